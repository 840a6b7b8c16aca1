"""Two sides brought together: how alike each two words are, and which of them correspond."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from drift.align.links import align_words
from drift.judge.side import Side
from drift.lexicon import wordnet
from drift.lexicon.quantities import same_value
from drift.lexicon.spelling import alike

__all__ = ["Analysis", "analyse", "kinship"]

# Added to the cosine of two content words, by what the lexicon says of them. Antonyms are rewarded on purpose: they stand in
# each other's place, and only when they are linked can their opposition be seen.
_BONUS = {"same": 0.30, "synonym": 0.22, "antonym": 0.20, "derived": 0.25, "hypernym": 0.12, "hyponym": 0.12,
          "sibling": 0.08, "none": 0.0}  # fmt: skip
_EXACT = 0.35
_SPELLING = 0.35
_NAMES = 0.1  # for two names, besides what the lexicon says
_QUANTITY = 0.22
_NEGATORS = 0.1
_UNLIKE_QUANTITY = -0.3  # one is a number, the other is not
_UNLIKE_CONTENT = -0.15  # one carries meaning of its own, the other holds the sentence together
_LOOK = 0.15  # cosine below which no lexicon is asked


@lru_cache(maxsize=65536)
def kinship(a: str, b: str) -> str:
    """What the lexicon knows of two case-folded words: a `wordnet.Relation`, "antonym" also for un- and non- beside their stem."""
    return _kinship(wordnet.entry(a), wordnet.entry(b))


def _kinship(one: wordnet.Entry, two: wordnet.Entry) -> str:
    relation = wordnet.between(one, two)
    # What un- denies is the word itself. Of in-, dis- and mis- WordNet knows the opposites; the rest only look it: cover, discover.
    negated = any(a.word in b.stems and b.word.startswith(("un", "non")) for a, b in ((one, two), (two, one)))
    return "antonym" if negated and relation != "same" else relation


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
        a, b = self.ref.words[i], self.hyp.words[j]
        return "same" if a == b else kinship(a, b)


def analyse(ref: Side, hyp: Side) -> Analysis:
    """Compare and link the words of two sides."""
    cosine = np.round(ref.vectors @ hyp.vectors.T, 4)
    weight = cosine.copy()
    word_r, word_h = np.array(ref.is_word, bool), np.array(hyp.is_word, bool)
    weight[np.logical_xor.outer(word_r, word_h)] = 0.0
    ids = {w: k for k, w in enumerate(dict.fromkeys(ref.words + hyp.words))}
    exact = (
        np.equal.outer([ids[w] for w in ref.words], [ids[w] for w in hyp.words]) if ids else np.zeros_like(cosine, bool)
    )
    weight[exact] += _EXACT
    marks = ~np.logical_or.outer(word_r, word_h)
    weight[marks & ~exact] *= 0.6  # a comma may stand for a dash, but any mark with itself first
    _add_lexical(weight, ref, hyp, (cosine > _LOOK) & ~exact & np.logical_and.outer(word_r, word_h))
    return Analysis(ref, hyp, cosine, tuple(align_words(weight)))


def _add_lexical(weight: NDArray[np.float32], ref: Side, hyp: Side, look: NDArray[np.bool_]) -> None:
    """Add to each cell of `weight` that `look` marks what lexicon, spelling and value say of its two words.

    Whole classes of cells first; a lexicon is asked only about two content words, two values only about two quantities.
    """
    quantity_r, quantity_h = np.array(ref.in_quantity) >= 0, np.array(hyp.in_quantity) >= 0
    weight[look & np.logical_xor.outer(quantity_r, quantity_h)] += _UNLIKE_QUANTITY
    for i, j in np.argwhere(look & np.logical_and.outer(quantity_r, quantity_h)).tolist():
        equal = same_value(ref.quantities[ref.in_quantity[i]], hyp.quantities[hyp.in_quantity[j]])
        weight[i, j] += _EXACT if equal else _QUANTITY
    look = look & ~np.logical_or.outer(quantity_r, quantity_h)
    content_r, content_h = np.array(ref.content, bool), np.array(hyp.content, bool)
    weight[look & np.logical_xor.outer(content_r, content_h)] += _UNLIKE_CONTENT
    negators = np.logical_and.outer(np.array(ref.negator, bool), np.array(hyp.negator, bool))
    weight[look & negators & ~np.logical_or.outer(content_r, content_h)] += _NEGATORS
    look &= np.logical_and.outer(content_r, content_h)
    name_r, name_h = np.array(ref.name, bool), np.array(hyp.name, bool)
    for i, j in np.argwhere(look & np.logical_or.outer(name_r, name_h)).tolist():
        if alike(ref.tokens[i].text, hyp.tokens[j].text) >= 0.75:
            weight[i, j] += _SPELLING
        elif ref.name[i] and hyp.name[j]:
            weight[i, j] += _BONUS[kinship(ref.words[i], hyp.words[j])] + _NAMES
    plain = np.argwhere(look & ~np.logical_or.outer(name_r, name_h)).tolist()
    entries_r = {i: wordnet.entry(ref.words[i]) for i in {i for i, _ in plain}}
    entries_h = {j: wordnet.entry(hyp.words[j]) for j in {j for _, j in plain}}
    for i, j in plain:
        one, two = entries_r[i], entries_h[j]
        if not one.reach.isdisjoint(two.reach):
            weight[i, j] += _BONUS[_kinship(one, two)]
