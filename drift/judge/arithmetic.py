"""Whether a number follows from others: "85 percent … the rest" ~ "15 percent", "58 of the 61 seats" ~ "three short of the 61".

A translator may say the sum for the parts, the rest for the share, the percentage for the fraction. That is no other value, though it may
be a slip; where the numbers are small, anything follows from anything, and nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from drift.judge.analysis import Analysis
from drift.lexicon.quantities import Quantity, same_value

__all__ = ["follows"]

_CALENDAR: Final = frozenset(("day", "month", "weekday", "time"))
_SMALL: Final = 12  # where no number is larger, a match of whole numbers means nothing, and one of decimals little
_REST: Final = frozenset("rest remainder remaining remain remained others other balance".split())  # what speaks of a complement
_ROUNDED: Final = 0.005  # relative error of a quotient or a share; sums and products are exact


def follows(pair: Analysis, a: Quantity, b: Quantity) -> str | None:
    """How b of the hypothesis follows from a of the reference and a number that both sides have, "61 - 58 = 3"; None where it does not."""
    if {a.kind, b.kind} & _CALENDAR:
        return None
    x, y = a.value, b.value
    rest = any(w in _REST for side in (pair.ref, pair.hyp) for w in side.words)
    if a.kind == b.kind == "percent" and _equal(x + y, 100, _ROUNDED) and rest:
        return f"100 - {x:g} = {y:g}"
    shared = {q.value for q in pair.ref.quantities if q is not a and any(r is not b and same_value(q, r) for r in pair.hyp.quantities)}
    for c in sorted(shared):
        small = max(abs(x), abs(y), abs(c)) <= _SMALL
        if small and (x.is_integer() or c.is_integer()):
            continue
        for text, value, error in list(_results(x, c, a.kind == "percent"))[: 2 if small else None]:  # of small ones, differences alone
            if _equal(value, y, error):
                return f"{text} = {y:g}"
        if b.kind == "percent" and _equal(y / 100 * c, x, _ROUNDED):
            return f"{y:g} percent of {c:g} = {x:g}"
    return None


def _results(x: float, c: float, share: bool) -> Iterable[tuple[str, float, float]]:
    """What comes of two numbers: as text, as value, and the relative error that is allowed."""
    yield f"{c:g} - {x:g}", c - x, 0.0
    yield f"{x:g} - {c:g}", x - c, 0.0
    yield f"{x:g} + {c:g}", x + c, 0.0
    yield f"{x:g} x {c:g}", x * c, 0.0
    if share:
        yield f"{x:g} percent of {c:g}", x / 100 * c, _ROUNDED
    if x and c:
        yield f"{c:g} / {x:g}", c / x, _ROUNDED
        yield f"{x:g} / {c:g}", x / c, _ROUNDED


def _equal(value: float, other: float, error: float) -> bool:
    return value > 0 and abs(value - other) <= max(error, 1e-9) * abs(other)
