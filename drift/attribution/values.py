"""Numbers in a sentence of any language, by value: digits with either locale's marks, number words, scales, clocks, numerals.

A finding about a number is settled by the source alone: it has the reference's value, or it has not. Measures that a
translator converted for his readers (inches to centimetres) count as the reference's value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from drift.attribution.case import Case, Fact
from drift.judge.tokens import tokenize
from drift.lexicon.quantities import Quantity, quantities, same_value

__all__ = ["number_facts", "values_in"]

_CLOCK: Final = re.compile(
    r"\b([01]?\d|2[0-4])\s?(?:h(?:eures?|rs)?(?![a-z])\s?|[:.]|Uhr|uur|hodin\w*|horas?|час\w*|klo\b)([0-5]\d)?(?!\d)"
)
_SPELLED: Final = frozenset(["en", "fr", "de", "es", "it", "pt", "nl"])  # languages whose number words text2num reads
# Words for powers of ten that stand behind digits; closed class, a few rows.
_SCALES: Final = {
    **dict.fromkeys(
        (
            "mille mil tausend duizend tusen tusind tisíc tysiąc tysięcy tysiące тысяча тысяч тысячи тыс тисяч "
            "bin ribu "
        ).split(),
        1e3,
    ),
    **dict.fromkeys(
        (
            "million millions millionen milioni milione millón millones milhão milhões miljoen miljoner milion "
            "milionów milionu mln mio миллион миллиона миллионов млн мільйон мільйонів milyon juta "
        ).split(),
        1e6,
    ),
    **dict.fromkeys(
        (
            "milliard milliards milliarden miliardi miliardo miljard miljarder miliard miliardów mrd md mld "
            "миллиард миллиарда миллиардов млрд мільярд milyar miliar bilhão bilhões "
        ).split(),
        1e9,
    ),
}  # fmt: skip
_PIECE: Final = re.compile(r"\d+(?:[.,:'’]\d+)*|[^\W\d_]+")
_GROUPS: Final = re.compile(r"(?<=\d)[\u00a0\u202f\u2009 ](?=\d{3}(?!\d))")  # 1 000 000
_ROMAN: Final = re.compile(r"\b(?=[IVX]{2,}|[VX])(X{0,2})(IX|IV|V?I{0,3})(?=(?:e|ème|º|°|\.)?\b)")
_UNITS: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "": 0}
# Word behind the reference's number -> metric units in one of it (Fahrenheit is no factor, and not here).
_METRIC: Final = {
    **dict.fromkeys(("inch", "inches"), (2.54, 25.4)), **dict.fromkeys(("foot", "feet", "ft"), (0.3048, 30.48)),
    **dict.fromkeys(("yard", "yards"), (0.9144,)), **dict.fromkeys(("mile", "miles", "mph"), (1.609,)),
    **dict.fromkeys(("pound", "pounds", "lb", "lbs"), (0.4536,)), **dict.fromkeys(("ounce", "ounces", "oz"), (28.35,)),
    **dict.fromkeys(("acre", "acres"), (0.4047, 4047.0)), **dict.fromkeys(("gallon", "gallons"), (3.785, 4.546)),
    **dict.fromkeys(("pint", "pints"), (0.473, 0.568)), **dict.fromkeys(("stone",), (6.35,)),
}  # fmt: skip
_CONVERTED: Final = 0.26  # how far a converted and rounded measure may be off: 2 inches are 5 cm, 1 inch 2.5 to 3
_NAMED: Final = ("month", "weekday")  # words, which `named_days` looks for


def number_facts(case: Case) -> Iterator[Fact]:
    """Whether the source has the reference's number, and whether it has the translation's."""
    old, new = _read(case.lost), _read(case.gained)
    if any(q.kind in _NAMED for q in (*old, *new)):
        return
    values = values_in(case.source, case.language)
    has_old = bool(old) and (all(_held(q, values) for q in old) or _parts_held(case.lost, values))
    has_new = bool(new) and all(_held(q, values) for q in new)
    if has_old:
        yield Fact("reference_number", 1.0, f"the original sentence has the reference's “{case.lost}”")
    elif old and _converted(case, old, values):
        yield Fact(
            "reference_number", 1.0, f"“{case.lost}” in the original sentence's units is the reference's measure"
        )
    elif not old and new and _in_reference(case, new):
        yield Fact("reference_number", 1.0, f"the reference has “{case.gained}” too, written another way")
    elif old and new and has_new:
        yield Fact("number_exchanged", 1.0, f"the original sentence itself has “{case.gained}” and not “{case.lost}”")
    elif old:
        form = "changed" if new else "gone"
        yield Fact(f"reference_number_{form}", 1.0, f"the original sentence does not have “{case.lost}”")
    elif has_new:
        yield Fact("copy_number", 1.0, f"the original sentence itself has “{case.gained}”")
    elif new:
        yield Fact("no_copy_number", 1.0, f"“{case.gained}” does not stand in the original sentence")


def _read(text: str) -> list[Quantity]:
    return quantities([t.norm for t in tokenize(text)])


def _held(q: Quantity, values: tuple[Quantity, ...]) -> bool:
    if any(same_value(q, v) for v in values):
        return True
    if q.kind == "time":
        return any(v.kind == "time" and v.value % 720 == q.value % 720 for v in values)
    return q.kind == "year" and any(v.value == q.value % 100 for v in values)  # les années 30


def _parts_held(text: str, values: tuple[Quantity, ...]) -> bool:
    """Whether a share of several numbers is in the source number by number: "three seasons out of four", "trois saisons sur quatre"."""
    parts = values_in(text, "en")
    return len(parts) > 1 and all(_held(q, values) for q in parts)


def _converted(case: Case, old: list[Quantity], values: tuple[Quantity, ...]) -> bool:
    """Whether the reference's number has an Anglo-American unit, and the source a number that is as much in metric."""
    span = case.finding.reference_span
    if span is None:
        return False
    behind = {w.casefold() for w in _PIECE.findall(case.reference[span.start :])[:8]}
    factors = [f for unit, fs in _METRIC.items() if unit in behind for f in fs]
    return bool(factors) and all(
        any(
            abs(v.value - q.value * f) <= _CONVERTED * q.value * f
            for v in values
            for f in factors
            if v.value != q.value
        )
        for q in old
    )


def _in_reference(case: Case, new: list[Quantity]) -> bool:
    """Whether a number that seems added is a clock time, or an hour, a minute of one, in the reference."""
    times = [v for v in values_in(case.reference, "en") if v.kind == "time"]
    times += [q for q in _read(case.reference) if q.kind == "time"]
    parts = {part for t in times for part in (t.value // 60, t.value // 60 % 12, t.value // 60 % 12 + 12, t.value % 60)}
    return bool(times) and all(q.value in parts for q in new)


@lru_cache(maxsize=4096)
def values_in(text: str, language: str) -> tuple[Quantity, ...]:
    """Every number of a sentence in any language; number words where text2num knows the language, clock times in minutes."""
    from text_to_num import alpha2digit

    found = [Quantity(0, 1, float(m.group(1)) * 60 + float(m.group(2) or 0), "time") for m in _CLOCK.finditer(text)]
    found += [
        Quantity(0, 1, float(10 * len(m.group(1)) + _UNITS[m.group(2)]), "ordinal") for m in _ROMAN.finditer(text)
    ]
    readings = [text, alpha2digit(text, language, 0.0)] if language in _SPELLED else [text]
    for reading in readings:
        found += _in_digits(_GROUPS.sub("", reading))
    return tuple(dict.fromkeys(found))


def _in_digits(text: str) -> Iterator[Quantity]:
    """Numbers in digits, and each times the word of scale behind it."""
    pieces = [m.group().casefold() for m in _PIECE.finditer(text)]
    for k, piece in enumerate(pieces):
        factor = _SCALES.get(pieces[k + 1]) if k + 1 < len(pieces) else None
        for q in quantities([piece]) if piece[0].isdigit() else ():
            yield q
            if factor is not None:
                yield Quantity(0, 1, q.value * factor, "number", "", q.ambiguous and q.ambiguous * factor)
