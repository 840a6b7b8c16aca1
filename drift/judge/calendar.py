"""Words of the calendar that exclude one another: yesterday and tomorrow, last and next, a day and a year, spring and autumn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.side import Side
from drift.lexicon.dates import CALENDAR
from drift.lexicon.units import unit

__all__ = ["Calendar"]

# Groups of words; within a group, what stands in one place together means much the same.
_GROUPS: Final = tuple(
    {word: place for place, words in enumerate(group.split(";")) for word in words.split()}
    for group in (
        "yesterday;today tonight;tomorrow",
        "last past previous preceding;this current present;next coming following upcoming",
        "morning dawn daybreak;noon midday lunchtime;afternoon;evening dusk night nightfall overnight;midnight",
        "spring;summer;autumn fall;winter",
        "daily;weekly fortnightly;monthly;quarterly;yearly annual annually",
    )
)
_RELATIVE: Final = _GROUPS[1]
_SEASONS: Final = _GROUPS[3]
_PERIODS: Final = frozenset("second minute hour day week fortnight month quarter year decade century season weekend".split())
_PERIODS_MANY: Final = frozenset("centuries".split())
_LEADS: Final = frozenset("a an per every each last next this past coming previous following same the one current".split())
_RATE: Final = frozenset("a an per each every".split())


class Calendar:
    """Yesterday or tomorrow, last or next, per day or per year."""

    name = "calendar"
    order = 24

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Linked words of one group in different places of it, and linked periods of different length that nothing counts."""
        for i, j in pair.links:
            a, b = pair.ref.words[i], pair.hyp.words[j]
            if a == b or a in pair.hyp.words or b in pair.ref.words:
                continue  # it moved; the other one is there too
            if _excluded(pair.ref, i, pair.hyp, j):
                yield Candidate(
                    "date.calendar", "date", "critical", 0.8,
                    f"The time changed: {quote(pair.ref.tokens[i].text)} became {quote(pair.hyp.tokens[j].text)}.", (i, i + 1), (j, j + 1),
                )  # fmt: skip
            elif _other_period(pair.ref, i, pair.hyp, j):
                yield Candidate(
                    "date.period", "date", "major", 0.75,
                    f"The length of time changed: {quote(pair.ref.tokens[i].text)} became {quote(pair.hyp.tokens[j].text)}.",
                    (i, i + 1), (j, j + 1),
                )  # fmt: skip


def _excluded(ref: Side, i: int, hyp: Side, j: int) -> bool:
    a, b = ref.words[i], hyp.words[j]
    for group in _GROUPS:
        if a in group and b in group and group[a] != group[b]:
            if group is _RELATIVE:
                return _of_time(ref, i) and _of_time(hyp, j)
            return group is not _SEASONS or all(side.tags.tag[k].startswith("NN") for side, k in ((ref, i), (hyp, j)))
    return False


def _of_time(side: Side, k: int) -> bool:
    """Whether "last" or "next" stands before a period, a month or a weekday, and not before a name or a chance."""
    after = side.words[k + 1 : k + 2]
    return bool(after) and (_period(after[0]) or after[0] in CALENDAR or after[0] in _SEASONS)


def _period(word: str) -> bool:
    return word in _PERIODS or word in _PERIODS_MANY or word.removesuffix("s") in _PERIODS


def _other_period(ref: Side, i: int, hyp: Side, j: int) -> bool:
    """Two periods of different length, both singular and counted by the same sort of word: "last week", "last month"."""
    a, b = ref.words[i], hyp.words[j]
    if a not in _PERIODS or b not in _PERIODS or not i or not j:
        return False
    one, two = unit(a), unit(b)
    if one is not None and two is not None and one == two:
        return False
    before = {ref.words[i - 1], hyp.words[j - 1]}
    return (len(before) == 1 and before <= _LEADS) or before <= _RATE
