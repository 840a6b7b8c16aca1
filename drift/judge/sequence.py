"""What came first: before and after, by and after, for three days and three days ago.

A preposition of time is compared by what it governs, wherever that stands: "ahead of the vote" beside "after the ballot". Where the other
event is the one it governs ("A before B", "B after A") nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.opposites import opposed
from drift.judge.side import Side
from drift.lexicon.quantities import same_value
from drift.lexicon.units import unit

__all__ = ["Order"]

_EARLY: Final = frozenset("before until till".split())
_LATE: Final = frozenset("after following".split())
_EARLY_BEFORE_DATES: Final = frozenset(("by",))  # of other things it says who did it
_TWO_WORDS: Final = {("ahead", "of"): "early", ("prior", "to"): "early"}
_TURNS: Final = frozenset("not n't never only unless no without".split())  # "not until May" is from May on
_PERFECT: Final = frozenset("has have 's 've had been".split())  # "he has been dead for five years" is "he died five years ago"
_CLOSE: Final = 3  # words before a preposition, among which what denies it stands
_REACH: Final = 6  # words from a preposition to what it governs
_DATES: Final = frozenset(("year", "month", "day", "weekday", "time"))


class Order:
    """Before or after, for a time or a time ago."""

    name = "sequence"
    order = 31  # linked opposites are polarity's

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Prepositions of time that put one thing on either side of another, and durations that became distances."""
        yield from _orders(pair)
        yield from _frames(pair)


def _orders(pair: Analysis) -> Iterator[Candidate]:
    theirs = {anchor: (place, when) for anchor, place, when in _governed(pair.hyp)}
    for i, place, when in _governed(pair.ref):
        j = pair.to_hyp.get(i)
        if j is None or j not in theirs or theirs[j][1] == when:
            continue
        there = theirs[j][0]
        if _turned(pair.ref, place[0]) != _turned(pair.hyp, there[0]):
            continue
        if any(opposed(pair, a, b) for a, b in pair.links if pair.ref.content[a]):
            continue  # "open until May" ~ "closed after May"
        old, new = quote(pair.ref.text[slice(*pair.ref.span(*place))]), quote(pair.hyp.text[slice(*pair.hyp.span(*there))])
        yield Candidate(
            "date.order", "date", "critical", 0.8,
            f"The order of time changed: {old} became {new} ({quote(pair.hyp.tokens[j].text)}).", place, there,
        )  # fmt: skip


def _turned(side: Side, k: int) -> bool:
    """Whether the preposition is denied: "not until May" and "only after May" are from May on, wherever the "not" of an "until" stands."""
    reach = k if side.words[k] in ("until", "till") else _CLOSE
    return not _TURNS.isdisjoint(side.words[max(0, k - reach) : k])


def _governed(side: Side) -> Iterator[tuple[int, tuple[int, int], str]]:
    """(what a preposition of time governs, the preposition, "early" or "late") of every one in the sentence."""
    dated = {k for q in side.quantities if q.kind in _DATES for k in range(q.start, q.end)}
    for k, word in enumerate(side.words):
        if word in _EARLY or word in _LATE or word in _EARLY_BEFORE_DATES:
            start, when = k, "late" if word in _LATE else "early"
        elif (side.words[k - 1] if k else "", word) in _TWO_WORDS:
            start, when = k - 1, "early"
        else:
            continue
        anchor = _object(side, k)
        if anchor is not None and (word not in _EARLY_BEFORE_DATES or anchor in dated or _ends(side, anchor)):
            yield anchor, (start, k + 1), when


def _object(side: Side, preposition: int) -> int | None:
    """The head of what follows: the noun by the tree, the last word of the first noun phrase, or the verb of a clause."""
    for k in range(preposition + 1, min(preposition + 1 + _REACH, len(side.words))):
        tag = side.tags.tag[k]
        if tag.startswith(("NN", "CD", "VB")) and not side.auxiliary[k]:
            while tag.startswith("NN") and k + 1 < len(side.words) and side.tags.tag[k + 1].startswith("NN"):
                k += 1
            return k
        if not side.is_word[k]:
            return None
    return None


def _ends(side: Side, k: int) -> bool:
    return side.words[k] in ("end", "beginning", "start", "close")


def _frames(pair: Analysis) -> Iterator[Candidate]:
    """One and the same stretch of time that is said to last on one side and to be past on the other."""
    for a in pair.ref.quantities:
        before = _frame(pair.ref, a.start, a.end)
        if before is None:
            continue
        for b in pair.hyp.quantities:
            after = _frame(pair.hyp, b.start, b.end)
            if after is not None and after != before and same_value(a, b):
                said = quote(pair.hyp.text[slice(*pair.hyp.span(b.start, b.end))])
                yield Candidate(
                    "date.frame", "date", "critical", 0.75, f"The time changed: {quote(before)} became {quote(after)} ({said}).",
                    (a.start, a.end), (b.start, b.end),
                )  # fmt: skip
                break


def _frame(side: Side, start: int, end: int) -> str | None:
    """How a stretch of time is placed: "for" three days, three days "ago"; None for other ways, which depend on what else happened."""
    measure = unit(side.words[end]) if end < len(side.words) else None
    if measure is None or measure.dimension != "time":
        return None
    behind = side.words[end + 1] if end + 1 < len(side.words) else ""
    if behind == "ago":
        return "ago"
    return "for" if side.words[start - 1 : start] == ("for",) and _PERFECT.isdisjoint(side.words[:start]) else None
