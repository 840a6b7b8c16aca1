"""Months, weekdays, decades and times of day among the case-folded words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

__all__ = ["CALENDAR", "DECADES", "clock", "half_day", "month", "spoken_times", "time_of_day", "weekday", "written_dates"]

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
_DOTTED = re.compile(r"^([0-3]?[0-9])[.]([0-3]?[0-9])[.]((?:1[0-9]|20)[0-9][0-9])$")
_YEAR_FIRST = re.compile(r"^((?:1[0-9]|20)[0-9][0-9])[.]([01]?[0-9])[.]([0-3]?[0-9])$")
_HOURS = {w: k + 1 for k, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split())}
_HOURS |= {str(k): k for k in range(1, 13)}
_CLOCKWISE = frozenset("at by until till from to before after around about since".split())  # before an hour
_PARTS_OF_DAY = frozenset("morning afternoon evening".split())
_LATE = frozenset("tonight evening afternoon night pm p.m.".split())
_MINUTES = {"quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20}


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


def written_dates(words: Sequence[str]) -> Iterator[tuple[int, int, tuple[float, float, float], bool]]:
    """(start, end, (day, month, year), whether day and month may be the other way round) of "12/05/2011", "12.5.2011", "2011-05-12"."""
    for i, word in enumerate(words):
        found, end = _DOTTED.match(word), i + 1
        if found is None and word[:1].isdigit() and tuple(words[i + 1 : i + 4 : 2]) in (("/", "/"), ("-", "-")):
            plain = ".".join(words[i : i + 5 : 2])
            found, end = _DOTTED.match(plain) or _YEAR_FIRST.match(plain), i + 5
        if found is None:
            continue
        first, second, third = (float(g) for g in found.groups())
        if found.re is _YEAR_FIRST:
            day, number, year, either = third, second, first, False
        elif second > 12:  # month first
            day, number, year, either = second, first, third, False
        else:
            day, number, year, either = first, second, third, first <= 12
        if 1 <= day <= 31 and 1 <= number <= 12:
            yield i, end, (day, number, year), either


def spoken_times(words: Sequence[str]) -> Iterator[tuple[int, int, float, float | None]]:
    """(start, end, minutes after midnight, other reading) of "a quarter to seven", "half past six", "ten in the evening", "at 22 hours"."""
    for i, word in enumerate(words):
        if word in _HOURS and i and words[i - 1] in _CLOCKWISE:
            part = words[i + 3 : i + 4] if tuple(words[i + 1 : i + 3]) == ("in", "the") else words[i + 2 : i + 3]
            if part and (part[0] in _PARTS_OF_DAY if words[i + 1] == "in" else tuple(words[i + 1 : i + 3]) == ("at", "night")):
                early = part[0] == "morning" or (part[0] == "night" and _HOURS[word] in (12, 1, 2, 3, 4))
                yield i, i + (4 if words[i + 1] == "in" else 3), (_HOURS[word] % 12 + (0 if early else 12)) * 60.0, None
        if word == "at" and tuple(words[i + 2 : i + 3]) == ("hours",) and re.fullmatch("1[3-9]|2[0-3]", words[i + 1]):
            yield i + 1, i + 3, int(words[i + 1]) * 60.0, None
        if word not in ("past", "to") or i == 0 or i + 1 >= len(words):
            continue
        minutes_past, hour = _MINUTES.get(words[i - 1]), _HOURS.get(words[i + 1])
        if minutes_past is None or hour is None or (word == "to" and words[i - 1] != "quarter"):
            continue
        start = i - 2 if i > 1 and words[i - 2] == "a" else i - 1
        value = hour * 60.0 + (minutes_past if word == "past" else -minutes_past)
        yield start, i + 2, value, (value + _HALF) % (2 * _HALF)


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
    # 06:00 is the morning, unless the sentence speaks of another half of the day.
    sure = words[i].startswith("0") and not oclock and _LATE.isdisjoint(words)
    end = i + 4 if rest == ("o", "'", "clock") else i + 2 if mark in ("h", "o'clock") else i + 1
    return end, value, (value + _HALF) % (2 * _HALF) if hour <= 12 and not sure else None


def _beside_digits(words: Sequence[str], i: int) -> bool:
    beside = [words[k] for k in (i - 1, i + 1) if 0 <= k < len(words)]
    return any(w[:1].isdigit() for w in beside)
