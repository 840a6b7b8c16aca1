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


def test_half_a_sentence_is_compared_with_the_witness_that_has_the_whole():
    reference = article("a", *FRAME)
    witness = article("b", FRAME[0], WHOLE, FRAME[1])
    copy = article("c", FRAME[0], *PARTS, FRAME[1])
    encoder = load_encoder()
    windows = {x.id: copy_windows(x, encoder) for x in (reference, witness, copy)}
    assert [m.kind for m in align_windows(windows["b"], windows["c"])] == ["1-1", "1-1", "0-1", "1-1"]
    beads = line_up(reference, copy, [witness], windows).beads
    assert [(b.witness, b.kind) for b in beads] == [("a", "1-1"), ("b", "1-2"), ("a", "1-1")]
