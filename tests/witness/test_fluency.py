"""Faults that careless copying leaves behind."""

from __future__ import annotations

import pytest

from drift.witness.fluency import fault_rate, faults


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("He left BelarusThe crowd stayed.", "glued words", 1),
        ("He left Italy.After that nothing happened.", "glued words", 1),
        ("The McDonald family owns an iPhone and an eBay account.", "glued words", 0),
        ("He stood in front as he ran away His daughter cried.", "stray capitals", 1),
        ("She ran. His daughter cried.", "stray capitals", 0),
        ("The spokesman , who smiled , left .", "loose punctuation", 3),
        ("Who was there … I do not know.", "loose punctuation", 0),
        ("“He said nothing. “", "unbalanced quotes", 2),
        ("“He said nothing.”", "unbalanced quotes", 0),
        ("It was a xqzvtw day.", "unknown words", 1),
        ("It was a day in Xqzvtw.", "unknown words", 0),
    ],
)
def test_faults(text, kind, count):
    assert faults(text)[kind] == count


def test_an_empty_text_has_no_faults():
    assert fault_rate("") == 0.0
