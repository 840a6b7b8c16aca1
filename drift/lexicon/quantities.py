"""Numbers, dates and units in a tokenised English sentence, as values that can be compared.

Spelled-out numbers are read by text2num; what is here is the part that depends on drift: which digits form one value in
which locale's style, what kind of value it is, and the words that are numbers without looking like it ("half a million",
"two dozen", "both"). Days, months and times of day are in `drift.lexicon.dates`, halves and shares in `drift.lexicon.fractions`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from drift.lexicon.dates import CALENDAR, DECADES, half_day, month, spoken_times, time_of_day, weekday, written_dates
from drift.lexicon.figures import CURRENCIES, CURRENCY_SIGNS, MAGNITUDE, PLURAL, digits
from drift.lexicon.fractions import fractions
from drift.lexicon.spelled import spelled_numbers

__all__ = ["Quantity", "quantities", "same_value"]

Kind = Literal["number", "ordinal", "percent", "money", "year", "time", "month", "day", "weekday"]

_TIMES = {"both": 2.0, "twice": 2.0, "thrice": 3.0}
_BARE = frozenset({*MAGNITUDE, *PLURAL, *_TIMES})  # numbers without a number before them
_VAGUE = frozenset({"several", "few", "many", "some"})  # before a magnitude: "several hundred"
_AFTER_SECOND = frozenset("place century most term round time".split())
_RANKING = frozenset("came come comes coming finished finish finishes finishing placed ranked ranks ranking".split())
_YEAR = re.compile(r"^(1[0-9]|20)\d\d(s?)$")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_HUNDREDS = frozenset((17.0, 18.0, 19.0, 20.0))  # of years that are spoken in two parts
_RANGES = frozenset(("and", "to", "or", "-", "–"))
_NEXT_GROUP = re.compile(r"\d{3}(?:[.,]\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One value; `start` and `end` are token indices, half-open."""

    start: int
    end: int
    value: float
    kind: Kind
    unit: str = ""  # currency, "percent", "points" of percent, "about" for a vague one, or ""
    ambiguous: float | None = (
        None  # another reading ("1.000", "3:30" by day or by night): both count as equal to either
    )

    @property
    def values(self) -> tuple[float, ...]:
        return (self.value,) if self.ambiguous is None else (self.value, self.ambiguous)


def quantities(words: Sequence[str], tags: Sequence[str] | None = None) -> list[Quantity]:
    """Every number, date part and time among the (case-folded) words, in order; `tags` are Penn tags, to tell May from may."""
    return _Reader(tuple(words), tags).read()


class _Reader:
    """Reads one sentence: dates, then digits, then fractions, then spelled-out numbers; each word is used once."""

    def __init__(self, words: tuple[str, ...], tags: Sequence[str] | None) -> None:
        self.words = words
        self.tags = tags
        self.found: list[Quantity] = []
        self.taken = [False] * len(words)

    def read(self) -> list[Quantity]:
        for start, end, (day, month_number, year), swapped in written_dates(self.words):
            self._add(start, end, day, "day", "", month_number if swapped else None)
            self._add(start, end, month_number, "month", "", day if swapped else None)
            self._add(start, end, year, "year")
        for start, end, minutes, other in spoken_times(self.words):
            if not any(self.taken[start:end]):
                self._add(start, end, minutes, "time", "", other)
        for i, word in enumerate(self.words):
            if self.taken[i]:
                continue
            if word in CALENDAR:
                self._date(i)
            elif word[:1].isdigit() and word[:1].isascii():
                self._digits(i)
        self._fractions()
        if not all(self.taken):
            self._spelled()
            self._bare_magnitudes()
        return list(self._of_two(sorted(self._days(), key=lambda q: q.start)))

    def _of_two(self, found: list[Quantity]) -> Iterator[Quantity]:
        """What two neighbours say together: "nineteen eighty-four" is a year, in "1 to 1.5 million" the magnitude is of both."""
        k = 0
        while k < len(found):
            q, after = found[k], found[k + 1] if k + 1 < len(found) else None
            k += 1
            if after is None or q.kind != "number" or q.ambiguous is not None:
                yield q
            elif q.end == after.start and q.value in _HUNDREDS and 10 <= after.value < 100 and self._spoken_year(q, after):
                k += 1
                yield Quantity(q.start, after.end, 100 * q.value + after.value, "year")
            elif after.start == q.end + 1 and self.words[q.end] in _RANGES and not q.unit:
                scale = math.prod(MAGNITUDE.get(w, 1.0) for w in self.words[after.start : after.end])
                yield replace(q, ambiguous=q.value * scale) if q.value < q.value * scale <= after.value else q
            else:
                yield q

    def _spoken_year(self, first: Quantity, second: Quantity) -> bool:
        """Whether two numbers in words that nothing is counted with follow each other: not "twenty forty-foot containers"."""
        plain = second.kind == "number" and not second.unit
        spelled = self.words[first.start].isalpha() and self.words[second.start].isalpha()
        return plain and spelled and not self._counted(second.end)

    def _metres(self, start: int, after: int) -> bool:
        """Whether an "m" before the word `after` may be metres: nothing is counted with it, and it is no price."""
        priced = start > 0 and self.words[start - 1] in CURRENCY_SIGNS
        return not priced and not self._unit(start, after) and not self._counted(after)

    def _counted(self, at: int) -> bool:
        """Whether a noun, or what stands before one, begins at a word; yes where there are no tags to tell."""
        if at >= len(self.words):
            return False
        if self.words[at] == "-" or self.tags is None:
            return self.words[at].isalpha() or self.words[at] == "-"
        return self.tags[at].startswith(("NN", "JJ", "CD"))

    def _date(self, i: int) -> None:
        word = self.words[i]
        day, named, clock = weekday(self.words, i), month(self.words, self.tags, i), time_of_day(word)
        if named is not None:
            self._add(i, i + 1, float(named), "month")
        elif day is not None:
            self._add(i, i + 1, float(day), "weekday")
        elif clock is not None:
            self._add(i, i + 1, *clock)
        elif word in DECADES:
            self._add(i, i + 1, 1900.0 + DECADES[word], "year", "", float(DECADES[word]))

    def _add(self, start: int, end: int, value: float, kind: Kind, unit: str = "", other: float | None = None) -> None:
        self.found.append(Quantity(start, end, value, kind, unit, other))
        self.taken[start:end] = [True] * (end - start)

    def _digits(self, i: int) -> None:
        words, word = self.words, self.words[i]
        ordinal = _ORDINAL.match(word)
        if ordinal:
            self._add(i, i + 1, float(ordinal.group(1)), "ordinal")
            return
        clock = half_day(words, i)
        if clock is not None:
            end, minutes, other = clock
            self._add(i, end, minutes, "time", "", other)
            return
        value = digits(word.removesuffix("s"))
        if value is None:
            return
        number, other = value
        if word.endswith("s") and 20 <= number < 100 and number % 10 == 0:  # the 90s
            self._add(i, i + 1, 1900.0 + number, "year", "", number)
            return
        end = i + 1
        # "1 000 000,50": groups of three digits after a number of at most three, the last with its decimals
        while len(words[i]) <= 3 and end < len(words) and words[end].isascii() and _NEXT_GROUP.fullmatch(words[end]):
            number, end = number * 1000 + float(words[end].replace(",", ".")), end + 1
            if not words[end - 1].isdigit():
                break
        if words[end : end + 1] == ("m",) and self._metres(i, end + 1):
            other = number  # millions, or metres
            end, number, scaled = end + 1, number * MAGNITUDE["m"], True
        else:
            number, other, end, scaled = self._scale(number, other, end)
        unit = self._unit(i, end)
        if _YEAR.match(word) and not scaled and not unit and end == i + 1:
            self._add(i, end, number, "year")
        else:
            self._add(i, end, number, _kind(unit), unit, other)

    def _scale(self, number: float, other: float | None, end: int) -> tuple[float, float | None, int, bool]:
        """Multiply by the magnitudes that follow ("2.1 billion")."""
        start, words = end, self.words
        while True:
            at = end + (words[end : end + 1] == ("-",) and len("".join(words[end + 1 : end + 2])) > 1)  # "3-million-dollar"
            factor = MAGNITUDE.get(words[at]) or PLURAL.get(words[at]) if at < len(words) else None
            if factor is None:
                return number, other, end, end > start
            number, other, end = number * factor, other and other * factor, at + 1

    def _fractions(self) -> None:
        """Read "half a million", "one and a half million", "half of the voters", "two thirds", "nine out of ten"."""
        for part in fractions(self.words, self.taken, self.tags):
            self.found = [q for q in self.found if q.start not in part.read_anew]
            if part.is_share:
                self._add(part.start, part.end, part.value, "percent", "percent", float(round(part.value)))
                continue
            number, _, end, _ = self._scale(part.value, None, part.end) if part.scales else (part.value, None, part.end, False)
            unit = self._unit(part.start, end) if part.scales else ""
            self._add(part.start, end, number, _kind(unit), unit)

    def _spelled(self) -> None:
        """Spelled-out numbers; a lone "second", or a "one" that counts nothing, is left alone."""
        words = self.words
        for text, start, end in list(spelled_numbers(words, self.taken)):
            if any(self.taken[start:end]) or words[start:end] in (("point",), ("zero",)):
                continue
            if words[start:end] == ("second",) and not self._compares(start):
                continue
            if end - start == 1 and words[start] in PLURAL:
                continue  # "hundreds" is vague
            if words[start:end] == ("one",) and not self._counts(end):
                continue
            if (
                words[start:end] in (("hundred",), ("million",), ("billion",), ("thousand",))
                and start
                and words[start - 1] in _VAGUE
            ):
                continue
            ordinal = _ORDINAL.match(text)
            if ordinal:
                self._add(start, end, float(ordinal.group(1)), "ordinal")
                continue
            value = digits(text)
            if value is None:
                continue
            clock = (
                half_day((*words[: end - 1], str(int(value[0])), *words[end:]), end - 1) if end - start == 1 else None
            )
            if clock is not None:
                self._add(start, clock[0], clock[1], "time", "", clock[2])
                continue
            number, _, end, _ = self._scale(value[0], None, end)
            unit = self._unit(start, end)
            self._add(start, end, number, _kind(unit), unit)

    def _compares(self, at: int) -> bool:
        """Whether a "second" is the one after the first: "came second", or before a superlative, "place", "century" and their like."""
        after = self.words[at + 1 : at + 2]
        if any(w in _RANKING for w in self.words[max(0, at - 1) : at]) and after != ("to",):
            return True
        return any(w.endswith("est") or w in _AFTER_SECOND for w in after)

    def _counts(self, after: int) -> bool:
        """Whether a "one" stands before what it counts."""
        return self.tags is not None and after < len(self.tags) and self.tags[after] in ("NN", "JJ")

    def _bare_magnitudes(self) -> None:
        """The dozens: "a dozen" is exact; "hundreds" and "several hundred" are vague; "both" is two."""
        words = self.words
        for i, word in enumerate(words):
            if self.taken[i] or word not in _BARE:
                continue
            if word in PLURAL and word != "dozen":
                if words[i + 1 : i + 2] == ("of",) and i + 2 < len(words) and words[i + 2] in PLURAL and not self.taken[i + 2]:
                    self._add(i, i + 3, PLURAL[word] * PLURAL[words[i + 2]], "number", "about")  # "hundreds of thousands"
                else:
                    self._add(i, i + 1, PLURAL[word], "number", "about")
            elif word in MAGNITUDE and len(word) > 3 and i and words[i - 1] in _VAGUE:
                self._add(i, i + 1, MAGNITUDE[word], "number", "about")
            elif word == "dozen":
                self._add(i, i + 1, 12.0, "number")
            elif word in _TIMES:
                self._add(i, i + 1, _TIMES[word], "number")

    def _unit(self, start: int, end: int) -> str:
        words = self.words
        if words[end : end + 1] == ("-",):
            end += 1
        after = words[end] if end < len(words) else ""
        before = words[start - 1] if start else ""
        if after in ("%", "percent") or (after == "per" and words[end + 1 : end + 2] == ("cent",)):
            return "percent"
        if after == "percentage" and words[end + 1 : end + 2] in (("points",), ("point",)):
            return "points"
        if before in CURRENCY_SIGNS:
            return CURRENCY_SIGNS[before]
        if after in CURRENCY_SIGNS:
            return CURRENCY_SIGNS[after]
        lemma = after.removesuffix("s")
        return lemma if lemma in CURRENCIES else ""

    def _days(self) -> list[Quantity]:
        """Numbers beside a month are days of it."""
        months = {q.start for q in self.found if q.kind == "month"}
        return [
            replace(q, kind="day")
            if q.kind in ("number", "ordinal") and 1 <= q.value <= 31 and self._beside(q, months)
            else q
            for q in self.found
        ]

    def _beside(self, q: Quantity, months: set[int]) -> bool:
        """Directly before or after a month, "of" and "the" aside: "7 January", "January 7", "the 7th of January"."""
        words = self.words
        after = q.end + (q.end < len(words) and words[q.end] == "of")
        return (
            after in months
            or q.start - 1 in months
            or (words[q.start - 1 : q.start] == ("the",) and q.start - 2 in months)
        )


def _kind(unit: str) -> Kind:
    return "percent" if unit in ("percent", "points") else "money" if unit else "number"


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are one value; a vague plural ("hundreds") equals any number of its magnitude."""
    if "about" in (a.unit, b.unit):
        low, high = sorted((a.value, b.value))
        return low > 0 and high / low < 10
    return any(abs(x - y) <= 1e-9 * max(abs(x), abs(y)) for x in a.values for y in b.values)
