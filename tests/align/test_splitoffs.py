"""What one version says in one sentence and the other in two: the second half is no addition, a sentence of its own is one."""

from __future__ import annotations

import pytest

from drift.align import align_windows, copy_windows
from drift.align.beads import Match
from drift.align.encoders import load_encoder
from drift.align.splitoffs import rejoined
from drift.records import Copy, Sentence

FRAME = ("The talks between the two ministers began on Monday in Geneva.", "Reporters waited outside the hotel until midnight.")


def article(name: str, *sentences: str) -> Copy:
    return Copy(name, f"{name}.txt", " ".join(sentences), "en", tuple(Sentence(k, 0, len(s), s) for k, s in enumerate(sentences)))


def matched(reference: tuple[str, ...], copy: tuple[str, ...], *matches: tuple[range, range]) -> list[str]:
    """Kinds of the matches after `rejoined`."""
    first, second = article("a", FRAME[0], *reference, FRAME[1]), article("b", FRAME[0], *copy, FRAME[1])
    encoder = load_encoder()
    windows = copy_windows(first, encoder), copy_windows(second, encoder)
    before = [Match(range(1), range(1), 1.0), *(Match(r, c, 0.5 if len(r) and len(c) else None) for r, c in matches)]
    before.append(Match(range(len(first.sentences) - 1, len(first.sentences)), range(len(second.sentences) - 1, len(second.sentences)), 1.0))
    return [m.kind for m in rejoined(before, first, second, windows)][1:-1]


WHOLE = "My doctor has advised me against another journey, but I have not yet promised to obey her."
HALVES = ("Another trip is something my doctor has counselled me not to make.", "So far I have given her no promise to do as she says.")
OTHER = "The hotel was full of tourists from Brazil."


def test_a_half_is_joined_to_the_sentence_that_it_is_half_of():
    assert matched((WHOLE,), HALVES, (range(1, 2), range(1, 2)), (range(2, 2), range(2, 3))) == ["1-2"]
    assert matched((WHOLE,), HALVES, (range(1, 1), range(1, 2)), (range(1, 2), range(2, 3))) == ["1-2"]
    assert matched(HALVES, (WHOLE,), (range(1, 2), range(1, 2)), (range(2, 3), range(2, 2))) == ["2-1"]


@pytest.mark.parametrize("own", [OTHER, "She also told me to stop smoking.", "Nobody knew why."])
def test_a_sentence_of_its_own_is_left_alone(own):
    assert matched((WHOLE,), (WHOLE, own), (range(1, 2), range(1, 2)), (range(2, 2), range(2, 3))) == ["1-1", "0-1"]
    assert matched((WHOLE, own), (WHOLE,), (range(1, 2), range(1, 2)), (range(2, 3), range(2, 2))) == ["1-1", "1-0"]


def test_no_bead_grows_larger_than_three():
    three = (*HALVES, OTHER)
    matches = [(range(1, 2), range(1, 4)), (range(2, 2), range(4, 5))]
    assert matched((WHOLE,), (*three, HALVES[1]), *matches) == ["1-3", "0-1"]


def test_what_is_aligned_well_already_stays():
    first, second = article("a", *FRAME, WHOLE), article("b", *FRAME, WHOLE)
    encoder = load_encoder()
    windows = copy_windows(first, encoder), copy_windows(second, encoder)
    matches = align_windows(*windows)
    assert rejoined(matches, first, second, windows) == matches
