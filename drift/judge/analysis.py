"""Two sides brought together: how alike each two words are, and which of them correspond."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from drift.align.links import align_words
from drift.judge.side import Side
from drift.lexicon import wordnet
from drift.lexicon.lemmas import same_lemma
from drift.lexicon.quantities import same_value
from drift.lexicon.spelling import alike

__all__ = ["Analysis", "analyse", "kinship"]

# Added to the cosine of two words, by what the lexicon says of them. Antonyms are rewarded on purpose: they stand in each
# other's place, and only when they are linked can their opposition be seen.
_BONUS = {"same": 0.30, "synonym": 0.22, "antonym": 0.20, "derived": 0.25, "hypernym": 0.12, "hyponym": 0.12,
          "sibling": 0.08, "none": 0.0}  # fmt: skip
_EXACT = 0.35
_SPELLING = 0.35
_QUANTITY = 0.22
_LOOK = 0.15  # cosine below which no lexicon is asked


@lru_cache(maxsize=262144)
def kinship(a: str, b: str) -> str:
    """What the lexicon knows of two case-folded words: a `wordnet.Relation`, "antonym" also for un-/in-/dis- pairs."""
    if a == b or same_lemma(a, b):
        return "same"
    for short, long in ((a, b), (b, a)):
        for prefix in ("un", "in", "im", "il", "ir", "dis", "non", "anti", "mis"):
            if len(short) > 3 and long == prefix + short and wordnet.known(long):
                return "antonym"
    return wordnet.relation(a, b)


@dataclass(frozen=True)
class Analysis:
    """A reference and a hypothesis, their words compared and linked."""

    ref: Side
    hyp: Side
    cosine: NDArray[np.float32]  # (ref tokens, hyp tokens)
    links: tuple[tuple[int, int], ...]  # in order of the reference

    @cached_property
    def to_hyp(self) -> dict[int, int]:
        return dict(self.links)

    @cached_property
    def to_ref(self) -> dict[int, int]:
        return {j: i for i, j in self.links}

    def relation(self, i: int, j: int) -> str:
        """`kinship` of reference word i and hypothesis word j."""
        return kinship(self.ref.words[i], self.hyp.words[j])


def analyse(ref: Side, hyp: Side) -> Analysis:
    """Compare and link the words of two sides."""
    cosine = np.round(ref.vectors @ hyp.vectors.T, 4)
    weight = cosine.copy()
    word_r, word_h = np.array(ref.is_word, bool), np.array(hyp.is_word, bool)
    weight[np.logical_xor.outer(word_r, word_h)] = 0.0
    ids = {w: k for k, w in enumerate(dict.fromkeys(ref.words + hyp.words))}
    exact = np.equal.outer([ids[w] for w in ref.words], [ids[w] for w in hyp.words]) if ids else np.zeros_like(cosine, bool)
    weight[exact] += _EXACT
    marks = ~np.logical_or.outer(word_r, word_h)
    weight[marks & ~exact] *= 0.6  # a comma may stand for a dash, but any mark with itself first
    look = np.argwhere((cosine > _LOOK) & ~exact & np.logical_and.outer(word_r, word_h))
    for i, j in look.tolist():
        weight[i, j] += _lexical(ref, hyp, i, j)
    return Analysis(ref, hyp, cosine, tuple(align_words(weight)))


def _lexical(ref: Side, hyp: Side, i: int, j: int) -> float:
    """What lexicon, spelling and value add to the cosine of a reference and a hypothesis word."""
    qi, qj = ref.in_quantity[i], hyp.in_quantity[j]
    if (qi >= 0) != (qj >= 0):
        return -0.3
    if qi >= 0:
        return _EXACT if same_value(ref.quantities[qi], hyp.quantities[qj]) else _QUANTITY
    content_i, content_j = ref.content[i], hyp.content[j]
    if content_i != content_j:
        return -0.15
    if not content_i:
        return 0.1 if ref.negator[i] and hyp.negator[j] else 0.0
    if ref.name[i] or hyp.name[j]:
        closeness = alike(ref.tokens[i].text, hyp.tokens[j].text)
        if closeness >= 0.75:
            return _SPELLING
        if ref.name[i] != hyp.name[j]:
            return 0.0
        return _BONUS[kinship(ref.words[i], hyp.words[j])] + 0.1
    return _BONUS[kinship(ref.words[i], hyp.words[j])]
