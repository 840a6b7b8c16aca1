"""Denials: how often each word is denied, by a negator or by a word that denies what depends on it. Twice is not at all."""

from __future__ import annotations

import pytest

from drift.align.words import default_encoder
from drift.judge.denial import denials
from drift.judge.side import read_sides
from drift.judge.tagger import default_tagger

# sentence, a word, how often it is denied
DENIED = [
    ("Nobody approved the plan.", "approved", 1),
    ("The plan was not approved by the council.", "approved", 1),
    ("The plan was not approved by the council.", "plan", 1),  # as in "nobody approved the plan"
    ("The plan was not approved by the council.", "council", 1),
    ("He did not refuse to come.", "he", 0),
    ("He did not refuse to come.", "refuse", 1),
    ("He did not refuse to come.", "come", 2),
    ("She denied that the minister had lied.", "lied", 1),
    ("She denied that the minister had lied.", "denied", 0),
    ("They left without paying the bill.", "left", 0),
    ("They left without paying the bill.", "paying", 1),
    ("The hospital did not lack beds.", "beds", 2),
    ("He did not buy the house that she had built.", "house", 1),
    ("He did not buy the house that she had built.", "built", 0),
    ("The court refused to ban the party.", "party", 2),
    ("Not one of the passengers survived the crash.", "survived", 1),
    ("The bank stopped lending money.", "lending", 1),
]


@pytest.mark.parametrize(("sentence", "word", "times"), DENIED)
def test_a_word_is_denied_by_what_stands_above_it(sentence: str, word: str, times: int) -> None:
    side = read_sides([sentence], default_encoder(), default_tagger())[sentence]
    found = dict(zip(side.words, denials(side), strict=True))
    assert found[word] == times
