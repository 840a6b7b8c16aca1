"""Months, weekdays, decades and times of day among the case-folded words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

__all__ = ["CALENDAR", "DECADES", "clock", "half_day", "month", "time_of_day", "weekday"]

_MONTHS = {
    name: i + 1
    for i, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec")
    )
    for name in names.split()
}  # fmt: skip
_ORDINARY_MONTHS = frozenset("may mar march dec sep jan".split())  # also words or names of another kind
_WEEKDAYS = {d: i for i, d in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_SHORT_WEEKDAYS = {name[:3]: i for name, i in _WEEKDAYS.items()}
DECADES: Final = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
                  "eighties": 80, "nineties": 90}  # fmt: skip
_TIMES = frozenset("noon midday midnight".split())
CALENDAR: Final = frozenset({*_MONTHS, *_WEEKDAYS, *(f"{d}s" for d in _WEEKDAYS), *_SHORT_WEEKDAYS, *DECADES, *_TIMES})
"""Every word that `month`, `weekday`, `time_of_day` or `DECADES` may know."""
_CLOCK = re.compile(r"^([01]?[0-9]|2[0-4])[:.]([0-5][0-9])$")
_HALF = 12 * 60.0


def month(words: Sequence[str], tags: Sequence[str] | None, i: int) -> int | None:
    """1..12 where word i is a month; `tags` (Penn) tell May from may."""
    word = words[i]
    if word not in _MONTHS:
        return None
    if word in _ORDINARY_MONTHS:
        proper = tags is not None and tags[i].startswith("NNP")
        if tags is not None and tags[i] == "MD":
            return None
        of_a_day = i >= 2 and words[i - 1] == "of" and words[i - 2][:1].isdigit()
        if not proper and not of_a_day and not _beside_digits(words, i):
            return None
    return _MONTHS[word]


def weekday(words: Sequence[str], i: int) -> int | None:
    """0 (Monday) .. 6 where word i is a day of the week; "Sun" and its like only beside a number."""
    word = words[i]
    if word in _WEEKDAYS or word.removesuffix("s") in _WEEKDAYS:
        return _WEEKDAYS[word.removesuffix("s")]
    return _SHORT_WEEKDAYS.get(word) if _beside_digits(words, i) else None


def time_of_day(word: str) -> tuple[float, Literal["time"], str, float | None] | None:
    """Minutes after midnight of "noon" and "midnight", as the arguments of a quantity: value, kind, unit, other reading."""
    if word in ("noon", "midday"):
        return _HALF, "time", "", None
    return (0.0, "time", "", 2 * _HALF) if word == "midnight" else None


def clock(word: str) -> tuple[float, float | None] | None:
    """(minutes after midnight, other reading) of "23.25" or "4:45", whatever else such digits may mean."""
    found = _CLOCK.match(word)
    if found is None:
        return None
    value = int(found.group(1)) * 60.0 + int(found.group(2))
    return value % (2 * _HALF), (value + _HALF) % (2 * _HALF) if value <= _HALF + 59 else None


def half_day(words: Sequence[str], i: int) -> tuple[int, float, float | None] | None:
    """(end, minutes after midnight, other reading) where digits at i are a time: "15:30", "3.30 pm", "3 p.m.", "9 o'clock".

    "12 noon" is one too. Without am or pm an hour up to twelve may be meant by day or by night: both readings count.
    """
    rest = tuple(words[i + 1 : i + 4])
    mark = rest[0].replace(".", "") if rest else ""
    if words[i] == "12" and rest and rest[0] in _TIMES:  # "12 noon"
        return i + 2, 0.0 if rest[0] == "midnight" else _HALF, None
    oclock = rest == ("o", "'", "clock") or mark == "o'clock"
    clock = _CLOCK.match(words[i])
    if clock and (":" in words[i] or mark in ("am", "pm", "h") or oclock):
        hour, minute = int(clock.group(1)), int(clock.group(2))
    elif re.fullmatch(r"[0-9]{1,2}", words[i]) and int(words[i]) <= 12 and (mark in ("am", "pm") or oclock):
        hour, minute = int(words[i]), 0
    else:
        return None
    value = hour * 60.0 + minute
    if mark in ("am", "pm") and hour <= 12:
        return i + 2, value % _HALF + (_HALF if mark == "pm" else 0.0), None
    end = i + 4 if rest == ("o", "'", "clock") else i + 2 if mark in ("h", "o'clock") else i + 1
    return end, value, (value + _HALF) % (2 * _HALF) if hour <= 12 else None


def _beside_digits(words: Sequence[str], i: int) -> bool:
    beside = [words[k] for k in (i - 1, i + 1) if 0 <= k < len(words)]
    return any(w[:1].isdigit() for w in beside)
