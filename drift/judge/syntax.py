"""Every part that a word has in a sentence: agent and patient of verbs, also of those in a relative clause, and what it belongs to.

Read off the tagger's tree. "The dog that bit him", "bitten by the dog" and "having bitten him, the dog" make the dog the agent of "bite".
"""

from __future__ import annotations

from drift.judge.roles import argument
from drift.judge.side import Side

__all__ = ["Part", "parts"]

Part = tuple[str, int]  # "agent", "patient", a preposition or "of"; and the word that it is a part of

_RELATIVES = frozenset("who which that whom".split())
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_PARTS = ("NN", "JJ", "PRP", "W")  # tags of words that can have one
_ALIKE = frozenset("with alongside and between like than".split())  # A with B is B with A; "than" is `contrast`'s


def parts(side: Side) -> list[set[Part]]:
    """The parts of each word, as far as the tree tells; passives turned round, a modifier and a possessor are both "of" their noun."""
    dep, head, tag = side.tags.dep, side.tags.head, side.tags.tag
    found: list[set[Part]] = [set() for _ in dep]
    governed: list[list[int]] = [[] for _ in dep]
    for k, governor in enumerate(head):
        part = _plain(side, k) if tag[k].startswith(_PARTS) else None
        if part is not None:
            found[k].add(part)
        if governor != k:
            governed[governor].append(k)
    for verb, label in enumerate(dep):
        noun = head[verb]
        if noun == verb or not tag[verb].startswith("VB"):
            continue
        subjects = [k for k in governed[verb] if dep[k] in _SUBJECTS]
        if label == "relcl":
            pronouns = [k for k in governed[verb] if side.words[k] in _RELATIVES]
            if pronouns:
                found[noun].update(part for k in pronouns for part in found[k])
            elif subjects and not any(dep[k] in ("dobj", "ccomp") or tag[k].startswith("W") for k in governed[verb]):
                found[noun].add(("patient", verb))  # "the dog he bought"
        elif label == "acl" and tag[verb] in ("VBN", "VBG"):
            found[noun].add(("patient" if tag[verb] == "VBN" else "agent", verb))
        elif not subjects and (label == "conj" or (label == "advcl" and tag[verb] in ("VBN", "VBG"))):
            does = "patient" if _suffered(side, verb, governed[verb], label) else "agent"
            for k in governed[noun]:
                if dep[k] in _SUBJECTS:
                    found[k].add((does, verb))
    for k, label in enumerate(dep):
        if label == "conj" and tag[k].startswith("NN") and tag[head[k]].startswith("NN"):
            found[k].update(part for part in found[head[k]] if part[0] != "of")
    return found


def _plain(side: Side, k: int) -> Part | None:
    """The part that the word's own label tells."""
    label, governor = side.tags.dep[k], side.tags.head[k]
    if governor == k:
        return None
    part = argument(side, k)
    if part is not None:
        return part
    if label in ("amod", "compound", "nmod", "poss"):
        return "of", governor
    if label == "dative" and side.tags.tag[governor].startswith("VB"):
        return "to", governor
    if label != "pobj" or side.words[governor] in _ALIKE or side.tags.head[governor] == governor:
        return None
    return "agent" if side.words[governor] == "by" else side.words[governor], side.tags.head[governor]


def _suffered(side: Side, verb: int, governed: list[int], label: str) -> bool:
    """Whether a verb without a subject of its own is passive: "and was freed", "freed by the judge"; not "having freed"."""
    if side.tags.tag[verb] != "VBN":
        return False
    passive = any(side.tags.dep[k] == "auxpass" for k in governed)
    return passive or (label == "advcl" and not any(side.words[k] == "having" for k in governed))
