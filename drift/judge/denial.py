"""How often each word of a sentence is denied: by "not", and by every word above it in the tree that denies what depends on it.

"He did not refuse to come" denies "refuse" once and "come" twice, which is not at all (polarity marking; Sánchez Valencia 1991).
A clause that only describes ("the house that she built", "because it rained") is not denied with what it describes.
"""

from __future__ import annotations

from drift.judge.otherwise import LEXICAL_NEGATIVES
from drift.judge.polarity import negated_words
from drift.judge.side import Side
from drift.lexicon.lemmas import lemmas

__all__ = ["denials"]

_DENYING = LEXICAL_NEGATIVES | frozenset(
    "ban bar block cancel forbid oppose prohibit abandon abolish dodge halt hinder omit resist scrap shun suspend unwilling reluctant "
    "failure refusal denial inability without instead".split()
)  # what depends on one of these is said not to be so, or not to be done
_APART = frozenset("nsubj csubj relcl advcl appos parataxis acl conj punct".split())  # labels of words not denied with their governor
_DEPENDS = frozenset("dobj pobj pcomp xcomp ccomp prep nsubjpass attr acomp poss".split())  # of words that are denied by it


def denials(side: Side) -> tuple[int, ...]:
    """Of each word, how many words deny it; whether it is denied is whether that is odd."""
    dep, head = side.tags.dep, side.tags.head
    denied = [0] * len(dep)
    for negator, target in negated_words(side).items():
        denied[target] += side.tags.tag[negator] != "IN"  # "without" denies what follows it, as those of `_DENYING` do
    denies = [not _DENYING.isdisjoint(lemmas(w)) for w in side.words]
    return tuple(sum(_at(k, at, dep, denied, denies) for k, at in _way_up(start, dep, head)) for start in range(len(dep)))


def _way_up(word: int, dep: tuple[str, ...], head: tuple[int, ...]) -> list[tuple[int, int]]:
    """The words from one up to the head of its clause, each with the one below it; a word below itself at the start."""
    way = [(word, word)]
    while len(way) <= len(dep):
        below = way[-1][0]
        if head[below] == below or dep[below] in _APART:
            break
        way.append((head[below], below))
    return way


def _at(word: int, below: int, dep: tuple[str, ...], denied: list[int], denies: list[bool]) -> int:
    """How often what hangs below a word is denied there."""
    return denied[word] + (word != below and denies[word] and dep[below] in _DEPENDS)
