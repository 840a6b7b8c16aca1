"""By whom and to whom: "dictated to him" is not "dictated by him"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.opposites import next_content
from drift.judge.side import Side
from drift.lexicon.lemmas import same_lemma

__all__ = ["Recipients"]

_TOWARDS: Final = frozenset("to for against".split())
_EITHER: Final = frozenset("known familiar seen".split())  # "known to the police" ~ "known by the police"
_REACH: Final = 3  # words after a participle in which its preposition is looked for


class Recipients:
    """Who does it, and to whom it is done."""

    name = "recipients"
    order = 42

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """One participle on both sides, of which the same person is the agent here and the recipient there."""
        for i, j in pair.links:
            if "VBN" not in (pair.ref.tags.tag[i], pair.hyp.tags.tag[j]) or not same_lemma(pair.ref.words[i], pair.hyp.words[j]):
                continue
            a, b = _preposition(pair.ref, i), _preposition(pair.hyp, j)
            if a is None or b is None or pair.ref.words[i] in _EITHER:
                continue
            said = {pair.ref.words[a], pair.hyp.words[b]}
            if "by" not in said or not said & _TOWARDS or not _same_person(pair, a, b):
                continue
            start, end = pair.ref.span(i, a + 1)
            old = pair.ref.text[start:end]
            start, end = pair.hyp.span(j, b + 1)
            new = pair.hyp.text[start:end]
            yield Candidate(
                "role.agent", "role", "critical", 0.8, f"{quote(old)} became {quote(new)}: who does it and to whom are exchanged.",
                (i, a + 1), (j, b + 1),
            )  # fmt: skip


def _preposition(side: Side, verb: int) -> int | None:
    """The preposition of a verb, if it follows at once or after adverbs."""
    for k in range(verb + 1, min(verb + 1 + _REACH, len(side.words))):
        if side.tags.tag[k] in ("IN", "TO"):
            return k
        if not side.tags.tag[k].startswith("RB"):
            return None
    return None


def _same_person(pair: Analysis, a: int, b: int) -> bool:
    """Whether what follows the two prepositions corresponds, and is no infinitive."""
    one, two = next_content(pair.ref, a + 1, -1, pronouns=True), next_content(pair.hyp, b + 1, -1, pronouns=True)
    if one < 0 or two < 0 or pair.to_hyp.get(one) != two:
        return False
    return not any(side.tags.tag[k].startswith("VB") for side, k in ((pair.ref, one), (pair.hyp, two)))
