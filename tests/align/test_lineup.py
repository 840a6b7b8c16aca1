"""Where the reference is silent a witness speaks, and there too half a sentence finds its other half."""

from __future__ import annotations

from drift.align import align_windows, copy_windows
from drift.align.encoders import load_encoder
from drift.align.lineup import line_up
from drift.records import Copy, Sentence

FRAME = ("The talks between the two ministers began on Monday in Geneva.", "Reporters waited outside the hotel until midnight.")
# The second half is so short that the beads leave it alone: hardly anything of it is in the embedding of the whole.
WHOLE = "The new harbour, which the islanders had been promised for thirty years, was opened on Friday by the king, who then fell asleep."
PARTS = ("The king opened the new harbour on Friday, thirty years after it was promised to the islanders.", "Then he fell asleep.")


def article(name: str, *sentences: str) -> Copy:
    return Copy(name, f"{name}.txt", " ".join(sentences), "en", tuple(Sentence(k, 0, len(s), s) for k, s in enumerate(sentences)))


def lined_up(reference: tuple[str, ...], witness: tuple[str, ...], copy: tuple[str, ...]) -> list[tuple[str, str]]:
    """Witness and kind of every bead between the frame's sentences."""
    articles = [article(name, FRAME[0], *middle, FRAME[1]) for name, middle in (("a", reference), ("b", witness), ("c", copy))]
    encoder = load_encoder()
    windows = {x.id: copy_windows(x, encoder) for x in articles}
    return [(b.witness, b.kind) for b in line_up(articles[0], articles[2], [articles[1]], windows).beads[1:-1]]


def test_half_a_sentence_is_compared_with_the_witness_that_has_the_whole():
    whole, parts = (copy_windows(article("b", FRAME[0], *x, FRAME[1]), load_encoder()) for x in ((WHOLE,), PARTS))
    assert [m.kind for m in align_windows(whole, parts)] == ["1-1", "1-1", "0-1", "1-1"]  # the beads alone do not see it
    assert lined_up((), (WHOLE,), PARTS) == [("b", "1-2")]
    assert lined_up((), PARTS, (WHOLE,)) == [("b", "2-1")]


def test_where_the_reference_tells_one_half_the_witness_still_tells_the_other():
    assert lined_up(("Then he fell asleep.",), (WHOLE,), PARTS) == [("b", "1-1"), ("a", "1-1")]
