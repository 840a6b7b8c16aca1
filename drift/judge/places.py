"""Two who took each other's part though the sentence is built anew: from bats to humans, in favour of the firm and against the fishermen.

A part is agent or patient of a verb (passives turned round), a preposition, or the possessor. Converse words turn the parts and keep
the sense: who sold is the one from whom somebody bought, and the older one is older than the younger.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from drift.judge.analysis import Analysis
from drift.judge.contrast import comparison_turned
from drift.judge.detector import Candidate, quote
from drift.judge.edit import noun_phrase
from drift.judge.opposites import opposed
from drift.judge.roles import SYMMETRIC, argument
from drift.judge.side import Side
from drift.lexicon.lemmas import lemmas, same_lemma

__all__ = ["Places", "converse", "turned"]

_TOGETHER = frozenset("with alongside and between of like".split())  # A with B is B with A
# Verbs that say of one deal what its two sides do; closed class.
_CONVERSE = tuple(
    set(pair.split()) for pair in (
        "sell buy", "sell purchase", "lend borrow", "give receive", "give get", "give take", "send receive", "pay receive", "teach learn",
        "let rent",
    )
)  # fmt: skip
_WAYS = frozenset(("to", "from"))  # of what changes hands
_NEAR = 6  # words between a part and an opposite that turns it
_KIN = ("same", "synonym", "hypernym", "hyponym", "sibling", "derived")

Part = tuple[str, int]  # "agent" or "patient" and its verb; a preposition or "poss" and -1


class Places:
    """Two words in each other's part."""

    name = "places"
    order = 41

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Every two linked words of which each has the other's part; not where a converse word turned them."""
        if comparison_turned(pair):
            return
        told: set[int] = set()
        for i, k in swaps(pair):
            j, m = pair.to_hyp[i], pair.to_hyp[k]
            if {i, k} & told or converse(pair, (i, k), (j, m)):
                continue
            told |= {i, k}
            yield Candidate(
                "role.places", "role", "critical", 0.75,
                f"{quote(pair.ref.tokens[i].text)} and {quote(pair.ref.tokens[k].text)} took each other's part.", (i, i + 1), (j, j + 1),
            )  # fmt: skip


def swaps(pair: Analysis) -> list[tuple[int, int]]:
    """Reference words (first, second), both on both sides, of which each has the part on the other side that the other one had."""
    parts = [(i, j, p, q) for i, j in pair.links if _same_thing(pair, i, j) and (p := _part(pair.ref, i)) and (q := _part(pair.hyp, j))]
    found = []
    for (i, _, before, after), (k, _, other_before, other_after) in combinations(parts, 2):
        if pair.ref.words[i] == pair.ref.words[k]:
            continue  # "I thought I was": which of the two is which nobody asks
        if (pair.ref.tags.tag[i] == "PRP") != (pair.ref.tags.tag[k] == "PRP") and before[1] != other_before[1]:
            continue  # "when the actress came, she was met" ~ "when she came, the actress was met"
        if before[0] in _TOGETHER or other_before[0] in _TOGETHER or _alike(pair, before, after):
            continue
        if _alike(pair, before, other_after) and _alike(pair, other_before, after) and before != other_before:
            found.append((i, k))
    return found


def turned(pair: Analysis, i: int, j: int) -> bool:
    """Whether linked opposites i and j are converse words whose parts were turned with them: "sold to him" ~ "he bought"."""
    if any(min(abs(i - a), abs(i - b)) <= _NEAR for a, b in swaps(pair)):
        return True
    converse = any({x, y} in _CONVERSE for x in lemmas(pair.ref.words[i]) for y in lemmas(pair.hyp.words[j]))
    for a, b in pair.links if converse else ():  # "sold by her to him": whom it went to is the agent of the converse
        parts = _part(pair.ref, a), _part(pair.hyp, b)
        if {("agent", i), ("agent", j)} & set(parts) and any(p and p[0] in _WAYS for p in parts) and _same_thing(pair, a, b):
            return True
    does, did = _agents(pair.ref, i), _agents(pair.hyp, j)
    if not does or not did:
        return False
    moved = all(pair.to_hyp.get(a) not in did for a in does)
    return moved and any(b in pair.to_ref and _same_thing(pair, pair.to_ref[b], b) for b in did)


def _agents(side: Side, verb: int) -> list[int]:
    return [k for k, tag in enumerate(side.tags.tag) if tag.startswith(("NN", "PRP")) and argument(side, k) == ("agent", verb)]


def _same_thing(pair: Analysis, i: int, j: int) -> bool:
    """Nouns, names and personal pronouns that are one word on both sides."""
    a, b = pair.ref.words[i], pair.hyp.words[j]
    if not pair.ref.tags.tag[i].startswith(("NN", "PRP")) or pair.ref.in_quantity[i] >= 0 or pair.ref.words[i + 1 : i + 2] == ("of",):
        return False
    return (pair.ref.content[i] or pair.ref.name[i] or pair.ref.tags.tag[i] == "PRP") and (a == b or same_lemma(a, b))


def _part(side: Side, k: int) -> Part | None:
    if side.words[k + 1 : k + 2] in (("'s",), ("'",)):
        return "poss", -1
    if k + 1 < len(side.words) and (side.name[k + 1] or side.tags.dep[k] == "compound"):
        return None  # the first word of a name or of a compound has no part of its own
    has = argument(side, k)
    if has is not None:
        return has
    at = noun_phrase(side, k)[0] - 1
    if at < 0 or side.tags.tag[at] not in ("IN", "TO"):
        return None
    if side.words[at] == "of" and side.words[max(0, at - 2) : at - 1] == ("in",):  # "in favour of"
        return f"{side.words[at - 1]} of", -1
    return side.words[at], -1


def _alike(pair: Analysis, a: Part, b: Part) -> bool:
    """Whether a part of the reference is a part of the hypothesis; verbs must be linked kin."""
    if a[0] != b[0] or (a[1] < 0) != (b[1] < 0):
        return False
    return a[1] < 0 or (pair.to_hyp.get(a[1]) == b[1] and (pair.relation(a[1], b[1]) in (*_KIN, "antonym", "none")))


def converse(pair: Analysis, refs: tuple[int, int], hyps: tuple[int, int], *, directed: bool = False) -> bool:
    """Whether a word beside them became its opposite, the other verb is none of the first one's kin, or the verb has no direction.

    `directed`: the caller has seen to verbs without one.
    """
    for i, j in pair.links:
        near = min(abs(i - k) for k in refs) <= _NEAR or min(abs(j - k) for k in hyps) <= _NEAR
        if near and opposed(pair, i, j):
            return True
    for side, places in ((pair.ref, refs), (pair.hyp, hyps)):
        for k in places:
            part = argument(side, k)
            if part is None:
                continue
            if not directed and lemmas(side.words[part[1]]) & SYMMETRIC:
                return True
            here = (part[1], pair.to_hyp.get(part[1])) if side is pair.ref else (pair.to_ref.get(part[1]), part[1])
            if here[0] is not None and here[1] is not None and pair.relation(here[0], here[1]) not in _KIN:
                return True
    return False
