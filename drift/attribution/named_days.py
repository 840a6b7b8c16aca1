"""Months and weekdays of a source sentence, by their names in its language (Unicode CLDR): a date is the copy's or it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from drift.attribution.case import Case, Fact
from drift.judge.tokens import tokenize
from drift.lexicon.quantities import quantities

__all__ = ["named_day_facts", "named_days"]

_KINDS: Final = ("month", "weekday")
_FIGURES: Final = re.compile(r"\d\s?[./月-]\s?\d|\d+월")  # a date in figures: its month has no name
# Languages that write these names in one form, so that one that is not found is not there.
_UNINFLECTED: Final = frozenset("ca da de en es fr gl it nb nl no pt ro sv".split())
_LEAST: Final = 3  # letters of a name that stands for nothing else, in scripts that part their words
_JOINED: Final = frozenset(["ja", "ko", "th", "zh"])  # languages in which a name is not parted from its neighbours


def named_day_facts(case: Case) -> Iterator[Fact]:
    """On whose side the source is in which month or weekday it is; nothing where CLDR does not know the language."""
    old, new = _read(case.lost), _read(case.gained)
    if not (old or new) or bool(case.lost and not old) or bool(case.gained and not new):
        return
    there = named_days(case.source, case.language)
    if there is None:
        return
    has_old, has_new = bool(old) and old <= there.keys(), bool(new) and new <= there.keys()
    if has_old:
        names = " ".join(there[day] for day in sorted(old))
        yield Fact("reference_number", 1.0, f"the original sentence has “{names}”, which is “{case.lost}”")
    elif any(kind == "month" for kind, _ in old | new) and _FIGURES.search(case.source):
        return
    elif not has_new and case.language not in _UNINFLECTED:
        return  # "в среду" is Wednesday too
    elif has_new:
        names = " ".join(there[day] for day in sorted(new))
        said = f"the original sentence itself has “{names}”" + (f" and not “{case.lost}”" if old else "")
        yield Fact("number_exchanged" if old else "copy_number", 1.0, said)
    elif old:
        yield Fact(f"reference_number_{'changed' if new else 'gone'}", 1.0, f"the original sentence does not have “{case.lost}”")
    else:
        yield Fact("no_copy_number", 1.0, f"“{case.gained}” does not stand in the original sentence")


def _read(text: str) -> set[tuple[str, int]]:
    """The months and weekdays of a stretch of English, nothing where it has other numbers too."""
    tokens = tokenize(text)
    found = quantities([t.norm for t in tokens], ["NNP" if t.text.istitle() else "NN" for t in tokens])  # May, not may
    return {(q.kind, int(q.value)) for q in found} if all(q.kind in _KINDS for q in found) else set()


def named_days(text: str, language: str) -> dict[tuple[str, int], str] | None:
    """("month", 1..12) or ("weekday", 0..6 from Monday) -> its name as it stands in the text; None: no names are known."""
    pattern = _names(language)
    if pattern is None:
        return None
    expression, meaning = pattern
    return {meaning[m.group().casefold()]: m.group() for m in expression.finditer(text)}


@lru_cache(maxsize=32)
def _names(language: str) -> tuple[re.Pattern[str], dict[str, tuple[str, int]]] | None:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
    meaning: dict[str, tuple[str, int]] = {}
    short: dict[str, set[tuple[str, int]]] = {}  # only with its dot; "mar." may be both
    for kind, forms in (("month", locale.months), ("weekday", locale.days)):
        for context in ("format", "stand-alone"):  # the genitive of a date, the nominative of a heading
            for number, name in forms.get(context, {}).get("wide", {}).items():
                if len(name) >= _LEAST or language in _JOINED:
                    meaning.setdefault(name.casefold(), (kind, number))
            for number, name in forms.get(context, {}).get("abbreviated", {}).items():
                if len(name.rstrip(".")) >= _LEAST and language not in _JOINED:
                    short.setdefault(f"{name.rstrip('.')}.".casefold(), set()).add((kind, number))
    if not meaning:
        return None
    meaning |= {name: days.pop() for name, days in short.items() if len(days) == 1 and name not in meaning}
    names = "|".join(re.escape(name) for name in sorted(meaning, key=lambda n: (-len(n), n)))
    before, behind = ("", "") if language in _JOINED else (r"(?<!\w)", r"(?!\w)")
    return re.compile(f"{before}(?:{names}){behind}", re.IGNORECASE), meaning
