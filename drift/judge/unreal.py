"""Done, or only planned, tried, offered, expected: an act that became real on the way, or that no longer is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.modality import is_question
from drift.judge.side import Side
from drift.lexicon.lemmas import lemmas

__all__ = ["Unreal"]

# Verbs and nouns whose infinitive need not have come true. "Manage", "begin", "help" and "have" are not among them: theirs has.
_NOT_YET: Final = frozenset(
    "try attempt plan intend want hope offer threaten promise expect seek vow aim wish propose consider contemplate mean prepare "
    "pledge agree due set bid threat intention refuse decline urge ask order tell call encourage invite allow permit ready likely "
    "project predict forecast schedule demand request recommend advise want tend struggle fight about".split()
)
_FUTURE: Final = frozenset("will shall 'll would 'd".split())
_BE: Final = frozenset("am is are was were be 's 're".split())
_KIN: Final = ("same", "synonym", "derived", "hypernym", "hyponym")
_REAL: Final = ("VBD", "VBN", "VBZ", "VBP")
_CONDITIONS: Final = frozenset("if unless would 'd could might may should must ought".split())


class Unreal:
    """Planned, tried or expected, and done."""

    name = "unreal"
    order = 64

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Two linked verbs that are kin, of which one is governed by what need not come true and the other is told as a fact."""
        if is_question(pair.ref) or is_question(pair.hyp):
            return
        for i, j in pair.links:
            if not (_main(pair.ref, i) and _main(pair.hyp, j)) or pair.relation(i, j) not in _KIN:
                continue
            before, after = _open_by(pair.ref, i), _open_by(pair.hyp, j)
            if (before is None) == (after is None):
                continue
            real, verb, other, lead = (pair.hyp, j, pair.ref, before) if after is None else (pair.ref, i, pair.hyp, after)
            if lead is None or not _told_as_fact(real, verb) or _elsewhere(real, other):
                continue
            a, b = (min(lead, i) if before is not None else i, i + 1), (min(lead, j) if after is not None else j, j + 1)
            old, new = (side.text[slice(*side.span(*where))] for side, where in ((pair.ref, a), (pair.hyp, b)))
            said = "what was not done yet is told as done" if after is None else "what was done is not told as done"
            yield Candidate("modality.done", "modality", "major", 0.7, f"{quote(old)} became {quote(new)}: {said}.", a, b)


def _main(side: Side, k: int) -> bool:
    return side.tags.tag[k].startswith("VB") and side.content[k]


def _open_by(side: Side, verb: int) -> int | None:
    """The word that leaves open whether the verb comes true: the governor of its infinitive, "will", "would", "about to"; None for none."""
    for k in range(verb - 1, max(-1, verb - 5), -1):
        word = side.words[k]
        if word == "'d" and side.tags.tag[verb] == "VBN" and "have" not in side.words[k:verb]:
            return None  # had
        if word in _FUTURE and side.tags.tag[verb] in ("VB", "VBN"):
            return None if word in ("would", "'d") and "have" in side.words[k:verb] else k
        if word == "to":
            at = next((m for m in range(k - 1, max(-1, k - 4), -1) if not side.tags.tag[m].startswith(("RB", "PRP", "NN", "DT"))
                       or lemmas(side.words[m]) & _NOT_YET), None)  # fmt: skip
            if at is None:
                return None
            if lemmas(side.words[at]) & _NOT_YET or (side.words[at] == "going" and side.words[at - 1 : at] and side.words[at - 1] in _BE):
                return at
            return at if side.words[at] in _BE and at == k - 1 else None  # "is to visit"
        if not (side.auxiliary[k] or side.negator[k] or side.tags.tag[k].startswith("RB")):
            return None
    return None


def _told_as_fact(side: Side, verb: int) -> bool:
    """Whether the verb is finite or a participle with its auxiliary, in the past or the perfect, with nothing that leaves it open."""
    if side.tags.tag[verb] not in _REAL or any(side.negator[k] for k in range(max(0, verb - 3), verb)):
        return False
    helpers = [side.words[k] for k in range(max(0, verb - 4), verb) if side.auxiliary[k]]
    had = side.tags.tag[verb] == "VBN" and "have" not in helpers  # what "'d" stands for there
    if _CONDITIONS & set(helpers) - ({"'d"} if had else set()):
        return False
    if side.tags.tag[verb] == "VBD":
        return True
    return side.tags.tag[verb] == "VBN" and any(w in ("has", "have", "had", "'d", "was", "were", "been", "'ve") for w in helpers)


def _elsewhere(real: Side, other: Side) -> bool:
    """Whether the side with the fact says in another place that it is none: "in an attempt", "if", "would"."""
    said = {form for w in other.words for form in lemmas(w)}
    return any(w in _CONDITIONS and w not in other.words for w in real.words) or any(
        lemmas(w) & _NOT_YET and not lemmas(w) & said for w in real.words
    )
