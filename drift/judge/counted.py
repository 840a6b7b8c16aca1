"""Numbers that changed places: seven adults and three children, seven children and three adults."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.side import Side
from drift.lexicon.quantities import Quantity, same_value

__all__ = ["Counted"]

_KINDS = ("number", "percent", "money")
_REACH = 4  # words between a number and what it counts


class Counted:
    """Numbers of one thing said of another."""

    name = "counted"
    order = 23

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Every two numbers of which each counts on the other side what the other one counted."""
        ref, hyp = _counted(pair.ref), _counted(pair.hyp)
        for (i, a), (k, b) in combinations(ref.items(), 2):
            j, m = pair.to_hyp.get(i), pair.to_hyp.get(k)
            if j not in hyp or m not in hyp or same_value(a, b):
                continue
            c, d = hyp[j], hyp[m]
            if same_value(a, d) and same_value(b, c):
                told = quote(_text(pair.ref, a.start, i + 1)), quote(_text(pair.ref, b.start, k + 1))
                yield Candidate(
                    "number.counted", "number", "critical", 0.85, f"{told[0]} and {told[1]} exchanged their numbers.",
                    (a.start, i + 1), (c.start, j + 1),
                )  # fmt: skip


def _counted(side: Side) -> dict[int, Quantity]:
    """Noun -> the number that counts it, right before it with adjectives and "of the" between."""
    out: dict[int, Quantity] = {}
    for q in side.quantities:
        if q.kind not in _KINDS:
            continue
        for k in range(q.end, min(q.end + _REACH, len(side.words))):
            tag = side.tags.tag[k]
            if tag.startswith("NN") and side.in_quantity[k] < 0:
                compound = k + 1 < len(side.words) and side.tags.tag[k + 1].startswith("NN")
                if not compound:
                    out[k] = q
                    break
            elif not tag.startswith(("JJ", "DT", "IN", "PRP$", "CD", "$")) and side.words[k] not in ("%", "percent", "per", "cent"):
                break
    return out


def _text(side: Side, start: int, end: int) -> str:
    a, b = side.span(start, end)
    return side.text[a:b]
