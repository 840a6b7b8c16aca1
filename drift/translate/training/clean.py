"""Which sentence pairs are worth learning from: cheap checks, each with a name that the tally reports.

The usual suspects of mined and aligned corpora (Khayrallah and Koehn 2018): wrong language, copied source, lengths that
cannot belong together, other numbers, lines without words. Each check looks at one pair; duplicates are dropped last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from drift.translate.normalise import normalise
from drift.translate.training.data import Pair

__all__ = ["CHECKS", "Tally", "clean", "fault"]

NUMBER = re.compile(r"\d+")
LONGEST = 600  # characters
RATIO = 2.5  # of lengths, with room for short sentences


def empty(source: str, target: str) -> bool:
    """A side says nothing: no letter in it."""
    return not (any(map(str.isalpha, source)) and any(map(str.isalpha, target)))


def long(source: str, target: str) -> bool:
    """A side is a paragraph rather than a sentence."""
    return max(len(source), len(target)) > LONGEST


def lopsided(source: str, target: str) -> bool:
    """One side is far longer than the other."""
    short, longer = sorted((len(source), len(target)))
    return longer + 0.0 > RATIO * short + 15


def copied(source: str, target: str) -> bool:
    """Both sides are the same and more than a name."""
    return source.casefold() == target.casefold() and len(source.split()) > 4


def numbers(source: str, target: str) -> bool:
    """The sides share less than half of their digits' groups."""
    left, right = (Counter(number.lstrip("0") for number in NUMBER.findall(side)) for side in (source, target))
    return bool(left or right) and 2 * (left & right).total() < max(left.total(), right.total())


def symbols(source: str, target: str) -> bool:
    """A side is mostly no letters: tables, code, dotted lines."""
    return any(2 * sum(map(_wordlike, side)) < len(side) for side in (source, target))


def shouted(source: str, target: str) -> bool:
    """One side is in capitals and the other is not."""
    sides = [side.isupper() and len(side) > 12 for side in (source, target)]
    return sides[0] != sides[1]


def _wordlike(character: str) -> bool:
    return character.isalpha() or character.isspace()


CHECKS: dict[str, Callable[[str, str], bool]] = {
    check.__name__: check for check in (empty, long, lopsided, copied, numbers, symbols, shouted)
}


def fault(source: str, target: str) -> str | None:
    """The name of the first check that a pair fails; None for a good one."""
    return next((name for name, check in CHECKS.items() if check(source, target)), None)


@dataclass
class Tally:
    """How many pairs went in, stayed, and fell to each check."""

    seen: int = 0
    kept: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        lost = ", ".join(f"{name} {count:,}" for name, count in self.faults.most_common())
        return f"{self.kept:,} of {self.seen:,} pairs kept" + (f"; dropped: {lost}" if lost else "")


def clean(pairs: Iterable[Pair], tally: Tally, *, forbidden: frozenset[str] = frozenset()) -> Iterator[Pair]:
    """Normalised pairs that pass every check, each once; ``tally`` counts along.

    ``forbidden`` holds normalised sentences of the test sets: a pair with one of them on either side is dropped.
    """
    seen: set[int] = set()
    for pair in pairs:
        tally.seen += 1
        source, target = normalise(pair.source), normalise(pair.target)
        name = fault(source, target)
        if name is None and (source in forbidden or target in forbidden):
            name = "test set"
        key = hash((source, target))
        if name is None and key in seen:
            name = "duplicate"
        if name is not None:
            tally.faults[name] += 1
            continue
        seen.add(key)
        tally.kept += 1
        yield Pair(source, target, pair.corpus)
