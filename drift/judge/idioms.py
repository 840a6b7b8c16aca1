"""Idioms that deny or grant beside plain words: "turned a blind eye to" is "ignored", and is not "saw"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.otherwise import LEXICAL_NEGATIVES
from drift.judge.side import Side
from drift.lexicon.idioms import Idiom, idioms_in
from drift.lexicon.lemmas import lemmas

__all__ = ["Idioms", "in_plain_words"]

_BEFORE = 4  # words before a verb among which a negator denies it
_ENDING = LEXICAL_NEGATIVES | frozenset("end settle resolve cease drop finish overcome".split())


class Idioms:
    """An idiom that became its opposite."""

    name = "idioms"
    order = 29

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Every idiom of a side of which the other side says the opposite, in plain words or by another idiom."""
        for idiom in idioms_in(pair.ref.words):
            yield from self._opposed(pair, idiom, in_ref=True)
        for idiom in idioms_in(pair.hyp.words):
            yield from self._opposed(pair, idiom, in_ref=False)

    def _opposed(self, pair: Analysis, idiom: Idiom, *, in_ref: bool) -> Iterator[Candidate]:
        side, other, links = (pair.ref, pair.hyp, pair.to_ref) if in_ref else (pair.hyp, pair.ref, pair.to_hyp)
        same, opposite = _said(side, other, idiom, links)
        if same or not opposite:
            return
        at = opposite[-1]
        here, there = (idiom.words[0], idiom.words[-1] + 1), (at, at + 1)
        a, b = (side.text[slice(*side.span(*here))], other.text[slice(*other.span(*there))])
        old, new = (a, b) if in_ref else (b, a)
        yield Candidate(
            "polarity.idiom", "polarity", "critical", 0.95, f"{quote(old)} became its opposite, {quote(new)}.",
            here if in_ref else there, there if in_ref else here,
        )  # fmt: skip


def in_plain_words(pair: Analysis) -> tuple[set[int], set[int]]:
    """Words of both sides that belong to an idiom which the other side says too, in plain words or by another idiom."""
    known: tuple[set[int], set[int]] = (set(), set())
    ways = ((pair.ref, pair.hyp, pair.to_hyp, pair.to_ref), (pair.hyp, pair.ref, pair.to_ref, pair.to_hyp))
    for at, (side, other, there, back) in enumerate(ways):
        for idiom in idioms_in(side.words):
            same, opposite = _said(side, other, idiom, back)
            if same and not opposite:
                words = [*_negators(side, idiom.words[0]), *idiom.words]
                known[at].update(words)
                known[1 - at].update(same, (there[k] for k in words if k in there))
    return known


def _said(side: Side, other: Side, idiom: Idiom, links: dict[int, int]) -> tuple[list[int], list[int]]:
    """Words of the other side that say what the idiom says, and that say the opposite; a denial turns both round.

    A word that has a counterpart of its own outside the idiom says nothing about it.
    """
    denied = bool(_negators(side, idiom.words[0]))
    same: list[int] = []
    opposite: list[int] = []
    for theirs in idioms_in(other.words):
        if idiom.means & theirs.means:
            negators = _negators(other, theirs.words[0])
            (same if bool(negators) == denied else opposite).extend([*negators, *theirs.words])
    for k, word in enumerate(other.words):
        if k in links and links[k] not in idiom.words and other.content[k] and side.content[links[k]]:
            continue
        for meant, mine, turned in ((idiom.means, same, opposite), (idiom.opposite, opposite, same)):
            if not meant.isdisjoint(lemmas(word)):
                negators = _negators(other, k)
                (mine if bool(negators) == denied else turned).extend([*negators, k])
    return same, opposite


def _negators(side: Side, at: int) -> list[int]:
    """What denies the word or puts an end to it, shortly before it, and the auxiliary of the first such word."""
    found = [k for k in range(max(0, at - _BEFORE), at) if side.negator[k] or lemmas(side.words[k]) & _ENDING]
    return [found[0] - 1, *found] if found and found[0] and side.auxiliary[found[0] - 1] else found
