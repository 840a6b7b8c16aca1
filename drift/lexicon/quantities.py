"""Numbers, dates and units in a tokenised English sentence, as values that can be compared.

Spelled-out numbers are read by text2num; what is here is the part that depends on drift: which digits form one value in
which locale's style, and what kind of value it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

__all__ = ["Quantity", "quantities", "same_value"]

Kind = Literal["number", "ordinal", "percent", "money", "year", "time", "month", "day", "weekday"]

_MAGNITUDE = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "mln": 1e6, "billion": 1e9, "bn": 1e9,
    "bln": 1e9, "milliard": 1e9, "trillion": 1e12, "tn": 1e12, "dozen": 12.0, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
_PLURAL = {f"{word}s": value for word, value in _MAGNITUDE.items() if len(word) > 3}
_MONTHS = {
    m: i + 1
    for i, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec")
    )
    for m in names.split()
}  # fmt: skip
_WEEKDAYS = {d: i for i, d in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_CURRENCY_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₽": "rouble", "₹": "rupee", "usd": "dollar",
                   "eur": "euro", "gbp": "pound", "chf": "franc"}  # fmt: skip
_CURRENCIES = {"dollar", "euro", "pound", "yen", "rouble", "ruble", "rupee", "franc", "yuan", "tenge", "lira", "peso",
               "krone", "crown", "zloty", "hryvnia", "cent"}  # fmt: skip
_TIME = re.compile(r"^([01]?\d|2[0-4])[:.]([0-5]\d)$")
_YEAR = re.compile(r"^(1[0-9]|20)\d\d(s?)$")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_GROUPED = re.compile(r"^\d{1,3}(?:[.,'’]\d{3})+$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One value; `start` and `end` are token indices, half-open."""

    start: int
    end: int
    value: float
    kind: Kind
    unit: str = ""  # currency, "percent", or ""
    ambiguous: float | None = None  # the other reading of "1.000": both count as equal to either

    @property
    def values(self) -> tuple[float, ...]:
        return (self.value,) if self.ambiguous is None else (self.value, self.ambiguous)


@dataclass(frozen=True)
class _Word:
    """What text2num reads: an object with a ``text()`` method."""

    norm: str

    def text(self) -> str:
        return self.norm

    def nt_separated(self, previous: object) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return not self.norm[:1].isalpha()


@lru_cache(maxsize=8192)
def _digits(text: str) -> tuple[float, float | None] | None:
    """Value of a number written in digits, and its other reading where the separator is ambiguous ("1.000")."""
    bare = text.replace("’", "'")
    if not re.fullmatch(r"\d+(?:[.,']\d+)*", bare):
        return None
    marks = [c for c in bare if not c.isdigit()]
    if not marks:
        return float(bare), None
    if len(set(marks)) > 1:  # 1,000.5 or 1.000,5: the last mark is the decimal point
        whole, _, part = bare.rpartition(marks[-1])
        return float(re.sub(r"\D", "", whole) + "." + part), None
    if len(marks) > 1:
        return float(re.sub(r"\D", "", bare)), None
    decimal = float(bare.replace(marks[0], "."))
    if _GROUPED.match(bare) and not bare.startswith("0"):
        grouped = float(re.sub(r"\D", "", bare))
        return (grouped, decimal) if marks[0] != "." else (decimal, grouped)
    return decimal, None


def quantities(words: Sequence[str], tags: Sequence[str] | None = None) -> list[Quantity]:
    """Every number, date part and time among the (case-folded) words, in order; `tags` are Penn tags, to tell May from may."""
    found: list[Quantity] = []
    taken = [False] * len(words)

    def add(start: int, end: int, value: float, kind: Kind, unit: str = "", other: float | None = None) -> None:
        found.append(Quantity(start, end, value, kind, unit, other))
        taken[start:end] = [True] * (end - start)

    for i, word in enumerate(words):
        if taken[i]:
            continue
        if word in _MONTHS and (word not in ("may", "mar", "march", "dec", "sep", "jan") or _is_date(words, tags, i)):
            add(i, i + 1, float(_MONTHS[word]), "month")
        elif word in _WEEKDAYS or (word.endswith("s") and word[:-1] in _WEEKDAYS):
            add(i, i + 1, float(_WEEKDAYS[word.removesuffix("s")]), "weekday")
        elif word[:1].isdigit():
            _read_digits(words, i, add)
    if not all(taken):
        _read_words(words, taken, add)
    return sorted(_days(found, words), key=lambda q: q.start)


def _days(found: list[Quantity], words: Sequence[str]) -> list[Quantity]:
    """Numbers beside a month are days of it."""
    months = {q.start for q in found if q.kind == "month"}
    return [
        replace(q, kind="day")
        if q.kind in ("number", "ordinal") and 1 <= q.value <= 31 and _beside(q, months, words)
        else q
        for q in found
    ]


def _beside(q: Quantity, months: set[int], words: Sequence[str]) -> bool:
    """Directly before or after a month, "of" and "the" aside: "7 January", "January 7", "the 7th of January"."""
    after = q.end + (q.end < len(words) and words[q.end] == "of")
    return after in months or q.start - 1 in months or (q.start >= 2 and words[q.start - 1] == "the" and q.start - 2 in months)


def _is_date(words: Sequence[str], tags: Sequence[str] | None, i: int) -> bool:
    """Whether a word that is also a month ("may", "march") is one here: a proper noun, or a number beside it."""
    beside = [words[k] for k in (i - 1, i + 1) if 0 <= k < len(words)]
    return any(w[:1].isdigit() for w in beside) or (tags is not None and tags[i].startswith("NNP"))


def _read_digits(words: Sequence[str], i: int, add: object) -> None:
    from collections.abc import Callable
    from typing import cast

    put = cast(Callable[..., None], add)
    word = words[i]
    ordinal = _ORDINAL.match(word)
    clock = _TIME.match(word)
    if ordinal:
        put(i, i + 1, float(ordinal.group(1)), "ordinal")
        return
    if clock and (":" in word or _followed_by(words, i, {"am", "pm", "a.m.", "p.m.", "h", "o'clock"})):
        put(i, i + 1, float(clock.group(1)) * 60 + float(clock.group(2)), "time")
        return
    year = _YEAR.match(word)
    value = _digits(word.removesuffix("s"))
    if value is None:
        return
    number, other = value
    end = i + 1
    # "1 000 000": groups of three digits after a number of at most three
    while len(words[i]) <= 3 and end < len(words) and re.fullmatch(r"\d{3}", words[end]):
        number, end = number * 1000 + float(words[end]), end + 1
    scaled = False
    while end < len(words) and (words[end] in _MAGNITUDE or words[end] in _PLURAL):
        factor = _MAGNITUDE.get(words[end]) or _PLURAL[words[end]]
        number, other, scaled, end = number * factor, other and other * factor, True, end + 1
    unit = _unit(words, i, end)
    if year and not scaled and not unit and end == i + 1:
        put(i, end, number, "year")
    else:
        put(i, end, number, "percent" if unit == "percent" else "money" if unit else "number", unit, other)


def _read_words(words: Sequence[str], taken: list[bool], add: object) -> None:
    """Spelled-out numbers; a lone "one", "second" or article-like use is left alone, it is rarely a count."""
    from collections.abc import Callable
    from typing import cast

    from text_to_num import find_numbers

    put = cast(Callable[..., None], add)
    stream = [_Word("," if taken[i] else w) for i, w in enumerate(words)]
    for hit in find_numbers(stream, "en", threshold=0.0):
        text = str(hit.text)
        start, end = int(hit.start), int(hit.end)
        if any(taken[start:end]) or words[start:end] in (["one"], ["second"], ["point"], ["zero"]):
            continue
        ordinal = _ORDINAL.match(text)
        if ordinal:
            put(start, end, float(ordinal.group(1)), "ordinal")
            continue
        value = _digits(text)
        if value is None:
            continue
        number = value[0]
        while end < len(words) and (words[end] in _MAGNITUDE or words[end] in _PLURAL):
            number, end = number * (_MAGNITUDE.get(words[end]) or _PLURAL[words[end]]), end + 1
        unit = _unit(words, start, end)
        put(start, end, number, "percent" if unit == "percent" else "money" if unit else "number", unit)
    for i, word in enumerate(words):
        if not taken[i] and word in ("hundreds", "thousands", "millions", "billions", "trillions", "dozens"):
            put(i, i + 1, _PLURAL[word], "number", "about")


def _followed_by(words: Sequence[str], i: int, what: set[str]) -> bool:
    return i + 1 < len(words) and words[i + 1] in what


def _unit(words: Sequence[str], start: int, end: int) -> str:
    after = words[end] if end < len(words) else ""
    before = words[start - 1] if start else ""
    if after in ("%", "percent") or (after == "per" and _followed_by(words, end, {"cent"})):
        return "percent"
    if before in _CURRENCY_SIGNS:
        return _CURRENCY_SIGNS[before]
    if after in _CURRENCY_SIGNS:
        return _CURRENCY_SIGNS[after]
    lemma = after.removesuffix("s")
    return lemma if lemma in _CURRENCIES else ""


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are one value; a vague plural ("hundreds") equals any number of its magnitude."""
    if "about" in (a.unit, b.unit):
        low, high = sorted((a.value, b.value))
        return low > 0 and high / low < 10
    return any(abs(x - y) <= 1e-9 * max(abs(x), abs(y)) for x in a.values for y in b.values)
