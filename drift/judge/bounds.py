"""At least or at most, all of them or all but some: what stands around an equal number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.side import Side
from drift.lexicon.quantities import Quantity, same_value

__all__ = ["Bounds"]

_LOWER, _UPPER = "at least", "at most"
# Right before a number; the longest that fits holds.
_BEFORE: Final = {
    _LOWER: "at least;more than;over;above;no fewer than;no less than;not less than;not fewer than;upwards of;exceeding;exceeded;exceeds;"
            "exceed;minimum of;in excess of;greater than;beyond;at a minimum;surpassed;topped;better than",
    _UPPER: "at most;up to;under;below;less than;fewer than;no more than;not more than;not exceeding;maximum of;nearly;almost;just under;"
            "smaller than;within;as many as;just short of;not even",
}  # fmt: skip
_AFTER: Final = {_LOWER: "or more;or above;or over;at least;at a minimum;plus", _UPPER: "or less;or fewer;or under;at most;at the most"}
_TURNED: Final = {_LOWER: _UPPER, _UPPER: _LOWER}
_LOOSE: Final = frozenset("the a an some about around of for to".split())  # may stand between the bound and its number
_EXCEPT: Final = frozenset("but except apart save bar barring excluding besides without".split())
_LEFT_OUT: Final = frozenset("not never no none only remain remained other others rest another".split())
_REACH: Final = 5  # words before a bound in which a negation turns it round: "not able to deliver more than"


class Bounds:
    """At least, at most; all but."""

    name = "bounds"
    order = 22

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Compare what stands around every two equal numbers that are linked, or the only ones of their value."""
        for a, b in _matched(pair):
            yield from self._bound(pair, a, b)
            yield from self._exception(pair, a, b)

    def _bound(self, pair: Analysis, a: Quantity, b: Quantity) -> Iterator[Candidate]:
        old, new = _bound(pair.ref, a), _bound(pair.hyp, b)
        if old and new and old[0] != new[0]:
            yield Candidate(
                "number.bound", "number", "critical", 0.85,
                f"{old[0].capitalize()} became {new[0]}: {quote(_text(pair.ref, old[1], a.end))}, {quote(_text(pair.hyp, new[1], b.end))}.",
                (old[1], a.end), (new[1], b.end),
            )  # fmt: skip

    def _exception(self, pair: Analysis, a: Quantity, b: Quantity) -> Iterator[Candidate]:
        old, new = _excepted(pair.ref, a), _excepted(pair.hyp, b)
        if old == new:
            return
        other = pair.hyp if old else pair.ref
        if any(w in _EXCEPT or w in _LEFT_OUT for w in other.words):
            return  # said in another way
        before, after = _text(pair.ref, a.start - old, a.end), _text(pair.hyp, b.start - new, b.end)
        yield Candidate(
            "number.exception", "number", "critical", 0.8,
            f"{quote(before)} became {quote(after)}: those left out and those counted changed places.",
            (a.start - old, a.end), (b.start - new, b.end),
        )  # fmt: skip


def _matched(pair: Analysis) -> Iterator[tuple[Quantity, Quantity]]:
    for a in pair.ref.quantities:
        same = [b for b in pair.hyp.quantities if same_value(a, b) and a.kind == b.kind]
        linked = [b for b in same if any(b.start <= pair.to_hyp.get(i, -1) < b.end for i in range(a.start, a.end))]
        if linked or len(same) == 1:
            yield a, (linked or same)[0]


def _bound(side: Side, q: Quantity) -> tuple[str, int] | None:
    """Which bound the number is, and where its words begin; None where it is none."""
    best: tuple[str, int] | None = None
    end = q.start
    while end and (side.words[end - 1] in _LOOSE or not side.is_word[end - 1]) and q.start - end < 2:
        end -= 1
    for stop in dict.fromkeys((q.start, end)):
        for which, phrases in _BEFORE.items():
            for phrase in phrases.split(";"):
                words = tuple(phrase.split())
                start = stop - len(words)
                if start >= 0 and side.words[start:stop] == words and (best is None or start < best[1]):
                    best = which, start
    if best is not None:
        which, start = best
        turned = which == _LOWER and side.words[start] not in ("no", "not", "at") and _denied(side, start)
        return (_TURNED[which], start) if turned else best
    for which, phrases in _AFTER.items():
        if any(side.words[q.end : q.end + len(p.split())] == tuple(p.split()) for p in phrases.split(";")):
            return which, q.start
    return None


def _denied(side: Side, start: int) -> bool:
    """Whether "more than" is denied from before: "would not be able to deliver more than 60 percent"."""
    before = range(max(0, start - _REACH), start)
    return any(side.negator[k] and "," not in side.words[k:start] for k in before)


def _excepted(side: Side, q: Quantity) -> int:
    """How many words before the number take it out of a whole ("all but", "everyone except"), 0 for none."""
    whole = ("all", "everyone", "everybody", "every", "none", "nobody")
    if q.start >= 2 and side.words[q.start - 1] in ("but", "except") and side.words[q.start - 2] in whole:
        return 2
    return 0


def _text(side: Side, start: int, end: int) -> str:
    a, b = side.span(start, end)
    return side.text[a:b]
