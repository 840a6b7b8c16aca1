"""How much was said: whether the source has room for what the translation lost, or for what it gained.

A model that drops a phrase leaves a translation that is shorter than its source lets expect, and words of the source
that nothing in the translation stands for; where a copy leaves the phrase out, source and translation are of one
length. Lengths are compared as in sentence alignment (Gale & Church, Computational Linguistics 1993), against what
is usual in the copy at hand, so that no language needs a figure of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from statistics import median
from typing import Final

from drift.attribution.case import Case, Fact
from drift.lexicon.lemmas import lemmas
from drift.translate.glossary import glossary_for

__all__ = ["extent_facts", "usual_ratio"]

_FEW: Final = 8  # translated sentences, below which nothing is usual
_VARIANCE: Final = 6.8  # of a translation's length, for each letter of it (Gale & Church's figure)
_CAP: Final = 4.0  # log-odds; lengths alone prove nothing
_UNIT: Final = 2.0  # log-odds for a fact of size 1
_CLEAR: Final = 1.0  # log-odds that are worth saying
_LEAST: Final = 4  # letters of a word that has a meaning of its own
_WORD: Final = re.compile(r"[^\W\d_]+")


def usual_ratio(translated: Iterable[tuple[str, str]]) -> float | None:
    """Letters of English for one letter of the source, in the middle of these (source, translation); None for too few."""
    ratios = [len(ours) / len(theirs) for theirs, ours in translated if theirs and ours]
    return median(ratios) if len(ratios) >= _FEW else None


def extent_facts(case: Case) -> Iterator[Fact]:
    """Of a finding that something is missing, or was added: on whose side the lengths are, and the words left over."""
    if bool(case.lost) == bool(case.gained):
        return
    yield from _lengths(case)
    if case.lost:
        yield from _left_over(case)


def _lengths(case: Case) -> Iterator[Fact]:
    """The log-odds that the translation is as long as its source asks, against as much shorter or longer as the finding."""
    if case.ratio is None:
        return
    expected = case.ratio * len(case.source)
    deviation = expected - len(case.hypothesis) if case.lost else len(case.hypothesis) - expected
    size = len(case.lost or case.gained)
    odds = max(-_CAP, min(_CAP, size * (size - 2 * deviation) / (2 * _VARIANCE * max(expected, 1.0))))
    said = ""
    if odds > _CLEAR:
        said = "the translation is as long as the original lets expect"
    elif odds < -_CLEAR:
        said = f"the translation is {'shorter' if case.lost else 'longer'} than the original lets expect"
    yield Fact("extent_lost" if case.lost else "extent_gained", round(odds / _UNIT, 4), said)


def _left_over(case: Case) -> Iterator[Fact]:
    """How many words of the source nothing in the translation stands for, for each word that the translation lost."""
    glossary = glossary_for(case.language)
    if glossary is None:
        return
    there = frozenset[str]().union(*(lemmas(m.group().casefold()) for m in _WORD.finditer(case.hypothesis)))
    over = [
        word
        for word, others in glossary.of(case.source).items()
        if len(word) >= _LEAST and not any(lemmas(other) & there for other in others)
    ]
    lost = sum(len(m.group()) >= _LEAST for m in _WORD.finditer(case.lost))
    share = min(1.0, len(over) / max(1, lost))
    said = f"nothing in the translation stands for “{' '.join(over[:4])}” of the original" if over else ""
    yield Fact("left_over", round(share - 0.5, 3), said or "the translation has a word for every word of the original")
