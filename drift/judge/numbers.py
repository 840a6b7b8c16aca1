"""Numbers, dates, times: the same value written another way, a rounded one, another one, a lost or an invented one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from drift.judge.analysis import Analysis
from drift.judge.arithmetic import follows
from drift.judge.detector import Candidate, quote
from drift.judge.side import Side
from drift.lexicon.dates import clock
from drift.lexicon.quantities import Quantity, same_value
from drift.lexicon.units import Unit, unit
from drift.typology import Category

__all__ = ["Numbers", "converted"]

_DATES = frozenset({"year", "time", "month", "day", "weekday"})
_AT = frozenset((w,) for w in "at by until till around about before after since".split())
_CONVERTED = 0.06  # relative difference up to which a value in another unit is the same, converted and rounded
_BETWEEN = frozenset("- odd more further full whole long additional extra".split())  # between a number and its unit: "forty-odd years"
_SAME_SHARE = 0.01  # percentage points
_ROUNDING = 0.05  # relative difference up to which the rounder of two numbers may be a rounding of the other


class Numbers:
    """Numbers and dates with another value."""

    name = "numbers"
    order = 20

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Match equal values first, in any unit, wherever they stand; what is left is changed, lost or invented."""
        left, right = _with_times(pair.ref, pair.hyp), _with_times(pair.hyp, pair.ref)
        _shares(left, right)
        _shares(right, left)
        for a in list(left):
            equal = [b for b in right if converted(pair, a, b)]
            if equal:
                left.remove(a)
                right.remove(equal[0])
        for a in list(left):
            same = [b for b in right if _comparable(a, b) and (same_value(a, b) or any(same(pair, a, b) for same in _SAME))]
            if same:
                best = min(same, key=lambda b: (not _linked(pair, a, b), abs(a.start - b.start)))
                left.remove(a)
                right.remove(best)
                yield from _unit_changed(pair, a, best)
        met = [(a, b) for a in left for b in right if _linked(pair, a, b)]
        left = [a for a in left if any(a is x for x, _ in met) or not _in_a_word(pair.ref, a, pair.hyp)]
        right = [b for b in right if any(b is y for _, y in met) or not _in_a_word(pair.hyp, b, pair.ref)]
        for a in list(left):
            others = [b for b in right if _comparable(a, b)]
            if not others:
                continue
            best = min(others, key=lambda b: (not _linked(pair, a, b), a.kind != b.kind, abs(a.start - b.start)))
            if not _linked(pair, a, best) and (len(left) != len(right) or _trifling(a) or _trifling(best)):
                continue
            left.remove(a)
            right.remove(best)
            how = follows(pair, a, best)
            if how is None:
                yield _changed(pair, a, best)
            else:
                yield Candidate(
                    "number.derived", _category(a), "minor", 0.4,
                    f"{quote(_text(pair.ref, a))} became {quote(_text(pair.hyp, best))}, which may follow: {how}.",
                    (a.start, a.end), (best.start, best.end), (how,),
                )  # fmt: skip
        left = [a for a in left if not _in_a_word(pair.ref, a, pair.hyp) and not _again(a, pair.hyp)]
        right = [b for b in right if not _in_a_word(pair.hyp, b, pair.ref) and not _again(b, pair.ref)]
        spoken = {w for q in pair.hyp.quantities for w in pair.hyp.words[q.start : q.end]}
        for a in left:
            if _trifling(a) or spoken & set(pair.ref.words[a.start : a.end]):
                continue
            yield Candidate(
                "number.lost",
                "omission",
                "major",
                0.6,
                f"{_noun(a)} {quote(_text(pair.ref, a))} is missing.",
                (a.start, a.end),
            )
        for b in right:
            if _trifling(b):
                continue
            yield Candidate(
                "number.invented", "addition", "major", 0.5,
                f"{_noun(b)} {quote(_text(pair.hyp, b))} is not in the reference.", None, (b.start, b.end),
            )  # fmt: skip


_PART = frozenset("half third quarter".split())


def _shares(here: list[Quantity], there: list[Quantity]) -> None:
    """Take out every share of one side that the other says by its two numbers: "three seasons out of four" ~ "three of four seasons"."""
    for q in [q for q in here if q.kind == "percent" and q.end > q.start + 2]:
        plain = [x for x in there if x.kind == "number"]
        for part, whole in (sorted(two, key=lambda x: x.value) for two in pairwise(plain)):
            if 0 < part.value < whole.value and abs(100 * part.value / whole.value - q.value) < _SAME_SHARE:
                here.remove(q)
                there.remove(part)
                there.remove(whole)
                break


def _one_part(pair: Analysis, a: Quantity, b: Quantity) -> bool:
    """Whether both are one part of something, of which one was read as an ordinal: "a third of it" ~ "the third of it"."""
    return {a.kind, b.kind} == {"percent", "ordinal"} and pair.ref.words[a.end - 1] == pair.hyp.words[b.end - 1] in _PART


def _century(pair: Analysis, a: Quantity, b: Quantity) -> bool:
    """Whether one is a century and the other a year of it: "the sixteenth century" ~ "around 1550"."""
    for side, q, year in ((pair.ref, a, b), (pair.hyp, b, a)):
        if q.kind == "ordinal" and side.words[q.end : q.end + 1] == ("century",):
            other = pair.hyp if side is pair.ref else pair.ref
            plain = year.kind == "year" or (year.kind == "number" and not year.unit and _measure(other, year) is None)
            if other.words[year.start].endswith("s"):  # the 1400s are the fifteenth century
                return year.value // 100 == q.value - 1
            return plain and year.value.is_integer() and 100 * (q.value - 1) <= year.value <= 100 * q.value
    return False


def _one_and_other(pair: Analysis, a: Quantity, b: Quantity) -> bool:
    """Whether one side says of two what the other says of one and the other: "between the brothers", "from one to the other"."""
    for side, one, two in ((pair.ref, a, b), (pair.hyp, b, a)):
        plain = one.kind == two.kind == "number" and not one.unit and not two.unit
        if not plain or (one.value, two.value) != (1, 2) or side.words[one.start] != "one":
            continue
        counted = side.words[one.end : one.end + 1]
        for k in range(one.end, min(one.end + 8, len(side.words) - 1)):
            behind = side.words[k + 2 : k + 3]
            if side.words[k : k + 2] == ("the", "other") and (not behind or behind == counted or not behind[0].isalpha()):
                return True
    return False


def _small_change(pair: Analysis, a: Quantity, b: Quantity) -> bool:
    """Whether one is a hundred times the other in cents: "20 cents", "€0.20"."""
    for cents, whole in ((a, b), (b, a)):
        if cents.unit == "cent" and whole.unit in ("euro", "dollar"):
            return abs(cents.value - 100 * whole.value) < 1e-6 * cents.value
    return False


_SAME = (_one_part, _century, _one_and_other, _small_change)


def _with_times(side: Side, other: Side) -> list[Quantity]:
    """A side's quantities; where the other side names a time, digits such as "23.25" and hours such as "at six" are one too."""
    if not any(q.kind == "time" for q in other.quantities):
        return list(side.quantities)
    return [_as_time(side, q) if q.kind == "number" and q.end == q.start + 1 else q for q in side.quantities]


def _as_time(side: Side, q: Quantity) -> Quantity:
    if q.value.is_integer() and 1 <= q.value <= 12 and side.words[q.start - 1 : q.start] in _AT:  # "at six"
        return replace(q, value=q.value * 60, kind="time", ambiguous=(q.value * 60 + 720) % 1440)
    read = clock(side.words[q.start])
    return q if read is None else replace(q, value=read[0], kind="time", ambiguous=read[1])


def _trifling(q: Quantity) -> bool:
    """Whether it comes and goes in translation: "first", "one", "both"."""
    return q.kind == "ordinal" or (q.kind == "number" and q.value <= 2)


def _category(a: Quantity) -> Category:
    return "date" if a.kind in _DATES else "number"


def _noun(a: Quantity) -> str:
    return f"The {a.kind}" if a.kind in _DATES else "The number"


def _text(side: Side, q: Quantity) -> str:
    start, end = side.span(q.start, q.end)
    return side.text[start:end]


def _comparable(a: Quantity, b: Quantity) -> bool:
    """Numbers compare with numbers of any kind, months with months, weekdays with weekdays, times with times."""
    exclusive = {"month", "weekday", "time"}
    return a.kind == b.kind if a.kind in exclusive or b.kind in exclusive else True


def _linked(pair: Analysis, a: Quantity, b: Quantity) -> bool:
    return any(b.start <= pair.to_hyp.get(i, -1) < b.end for i in range(a.start, a.end))


def _changed(pair: Analysis, a: Quantity, b: Quantity) -> Candidate:
    old, new = _text(pair.ref, a), _text(pair.hyp, b)
    high = max(abs(a.value), abs(b.value), 1e-9)
    gap = abs(a.value - b.value) / high
    rounder = min(_digits(a.value), _digits(b.value)) < max(_digits(a.value), _digits(b.value))
    if a.kind == b.kind == "number" or {a.kind, b.kind} <= {"number", "money", "percent"}:
        rounding = gap <= _ROUNDING and rounder
    else:
        rounding = False
    if rounding:
        return Candidate(
            "number.rounded",
            _category(a),
            "minor",
            0.6,
            f"{quote(old)} is rounded to {quote(new)}.",
            (a.start, a.end),
            (b.start, b.end),
        )
    factor = max(abs(a.value), abs(b.value)) / max(min(abs(a.value), abs(b.value)), 1e-9)
    why = (f"off by a factor of {factor:,.0f}",) if factor >= 10 and a.kind not in _DATES else ()
    sure = 0.95 if _linked(pair, a, b) else 0.75
    return Candidate(
        "number.value", _category(a), "critical", sure, f"{_noun(a)} changed: {quote(old)} became {quote(new)}.",
        (a.start, a.end), (b.start, b.end), why,
    )  # fmt: skip


def _digits(value: float) -> int:
    """Significant digits: 2,100 has two."""
    return len(f"{value:.10g}".replace(".", "").strip("0")) if value else 0


def _unit_changed(pair: Analysis, a: Quantity, b: Quantity) -> Iterator[Candidate]:
    """An equal value in another currency or another measure, or percent against a plain number."""
    old, new = _measure(pair.ref, a), _measure(pair.hyp, b)
    if _small_change(pair, a, b):
        return
    if old and new and old[1] != new[1]:
        yield Candidate(
            "number.unit", "number", "critical", 0.85,
            f"The unit changed: {quote(old[0])} became {quote(new[0])} ({quote(_text(pair.ref, a))}).",
            (a.start, a.end + 1), (b.start, b.end + 1),
        )  # fmt: skip
        return
    if "about" in (a.unit, b.unit) or a.unit == b.unit or not a.unit or not b.unit:
        return
    yield Candidate(
        "number.unit", "number", "critical", 0.8,
        f"The unit changed: {quote(a.unit)} became {quote(b.unit)} ({quote(_text(pair.ref, a))}).",
        (a.start, a.end), (b.start, b.end),
    )  # fmt: skip


def _measure(side: Side, q: Quantity) -> tuple[str, Unit] | None:
    """The unit of measurement after a number, as written and as a unit."""
    weighed = q.kind == "number" or q.unit == "pound"  # pounds of either sort
    at = q.end
    if q.kind == "percent" and side.words[at : at + 2] in (("of", "an"), ("of", "a")):  # "a quarter of an hour"
        weighed, at = True, at + 2
    while at < min(q.end + 3, len(side.words)) and side.words[at] in _BETWEEN:
        at += 1
    if not weighed or at >= len(side.words):
        return None
    found, last = unit(side.words[at]), at
    if found is None and at + 1 < len(side.words):  # "nautical miles", "square metres"
        last += 1
        found = unit(f"{side.words[at]} {side.words[last]}")
    return None if found is None else (side.text[slice(*side.span(at, last + 1))], found)


def _in_a_word(side: Side, q: Quantity, other: Side) -> bool:
    """Whether the other side says a measure with one larger unit and no number: "ten years" ~ "a decade"."""
    here = _measure(side, q)
    if here is None:
        return False
    for k, word in enumerate(other.words):
        u = unit(word)
        if u is None or u.dimension != here[1].dimension or u.size <= here[1].size:
            continue
        size = u.size * (0.5 if "half" in other.words[max(0, k - 2) : k] else 1.0)  # "half a year"
        if abs(size - q.value * here[1].size) <= _CONVERTED * size:
            return True
    return False


def _again(q: Quantity, other: Side) -> bool:
    """Whether the other side says the value too, once for both: "the top and the bottom 20%"."""
    return any(_comparable(q, x) and same_value(q, x) for x in other.quantities)


def converted(pair: Analysis, a: Quantity, b: Quantity) -> bool:
    """Whether one measure is the other in another unit: 12 miles, 19 kilometres."""
    old, new = _measure(pair.ref, a), _measure(pair.hyp, b)
    if not old or not new or old[1].dimension != new[1].dimension or old[1].size == new[1].size:
        return False
    x, y = (q.value * (0.01 if q.kind == "percent" else 1.0) * measure[1].size for q, measure in ((a, old), (b, new)))
    return abs(x - y) <= _CONVERTED * max(x, y)
