"""Which gaps are told: a full copy answers for everything, an excerpt only for holes in what it quotes."""

from __future__ import annotations

import pytest

from drift.align.beads import Match
from drift.align.scope import about_nothing_else, told_gaps


def matches(picture: str) -> list[Match]:
    """ "=" both carry it, "-" the copy lacks it, "+" the copy adds it, "~" both carry it, moved."""
    found, i, j = [], 0, 0
    for sign in picture:
        r, c = sign in "=-~", sign in "=+~"
        both = r and c
        found.append(Match(range(i, i + r), range(j, j + c), 0.9 if both else None, moved=sign == "~"))
        i, j = i + r, j + c
    return found


def told(picture: str) -> str:
    found = matches(picture)
    lengths = [10] * len(picture)
    rows, columns = sum(len(m.reference) for m in found), sum(len(m.copy) for m in found)
    gaps = told_gaps(found, lengths[:rows], lengths[:columns])
    return "".join("!" if k in gaps else "." for k in range(len(picture)))


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        ("==========", ".........."),
        ("====--====", "....!!...."),  # a full copy that drops a passage is told
        ("===-----=======", "...!!!!!......."),
        ("====+=====", "....!....."),  # and so is one that brings a sentence
        ("--========", "!!........"),  # at the ends too
        ("----------====----------", "........................"),  # an excerpt is not told what it leaves out
        ("++++++++====++++++++--------", "............................"),  # nor its own text
        ("++++++++==-==++++++++----------", "..........!...................."),  # but a hole in what it quotes
        ("++++++++==---==++++++++----------", "................................."),  # a longer one is a new quotation
        ("++++++++=-=++++++++----------", "............................."),  # one sentence is no passage
        ("++++++++=~-==++++++++----------", "..............................."),  # nor is a moved one
        ("++++++++==+==++++++++----------", "..............................."),  # who quotes says who is speaking
    ],
)
def test_told_gaps(picture, expected):
    assert told(picture) == expected


@pytest.mark.parametrize(("picture", "expected"), [("====+", True), ("==+++", False), ("----==", True)])
def test_about_nothing_else(picture, expected):
    found = matches(picture)
    assert about_nothing_else(found, [10] * sum(len(m.copy) for m in found)) is expected
