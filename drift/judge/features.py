"""What the risk network is told of each word besides its vector: alignment, lexicon, grammar, place, and what detectors say of it.

One row per word of a side. What belongs to the sentence alone is computed once (`own_features`), the rest for every pair
(`pair_features`), by array operations: a pair has some fifty words, and a Python loop over them would cost more than the
network itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from drift.judge.analysis import Analysis
from drift.judge.denial import denials
from drift.judge.detector import Candidate
from drift.judge.edit import noun_phrase
from drift.judge.roles import argument
from drift.judge.side import Side
from drift.judge.syntax import Part, parts
from drift.lexicon import wordnet
from drift.lexicon.gazetteer import commonness
from drift.lexicon.paraphrases import translated_alike
from drift.typology import Category

__all__ = ["CATEGORIES", "FEATURES", "Own", "Rows", "category_at", "own_features", "pair_features"]

# What an error can be, to the network: its last columns of input (what detectors say) and of output are in this order.
CATEGORIES: tuple[Category, ...] = (
    "addition", "omission", "wording", "modality", "polarity", "name", "number", "role", "untranslated", "fluency",
)  # fmt: skip

_RELATIONS = ("same", "synonym", "antonym", "derived", "hypernym", "hyponym", "sibling", "none")
_TAGS = ("NN", "NNP", "VB", "VBD", "VBG", "VBN", "VBZ", "VBP", "JJ", "RB", "IN", "DT", "PRP", "MD", "CD", "CC", "TO", "WP")
_DEPS = ("nsubj", "nsubjpass", "dobj", "pobj", "prep", "aux", "auxpass", "neg", "det", "amod", "advmod", "poss", "compound",
         "conj", "cc", "ROOT", "ccomp", "xcomp", "advcl", "relcl", "mark", "attr", "punct", "nummod")  # fmt: skip
_PLAIN = 49  # columns before the one-hot ones
_AT_TAG = _PLAIN + len(_RELATIONS)
_AT_DEP = _AT_TAG + len(_TAGS)
_AT_SAID = _AT_DEP + len(_DEPS)
# What a detector took the word for; behind these, how sure it was of what it calls major, and of what it calls critical.
_AT_MAJOR, _AT_CRITICAL = _AT_SAID + len(CATEGORIES), _AT_SAID + len(CATEGORIES) + 1
# Whether the trees give linked words the same part, another part of the same governor; then what denies a word, its counterpart, only one
# of the two, and how much more is denied in its sentence than in the other.
_AT_TREE, _AT_DENIED = _AT_CRITICAL + 1, _AT_CRITICAL + 3
FEATURES = _AT_DENIED + 4
_PARTS = ("NN", "PRP", "WP")  # tags of words that can have a part
_FAR = -9  # a place that no word has

Array = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Own:
    """What a sentence has without a counterpart: `values` (words, FEATURES), the pair's columns zero; and of each word its part.

    `part`: agent or patient, "" for neither; `verb`: of which verb, passives turned round; `before`: the preposition of its phrase;
    `parts`: every part that the tree gives it; `denied`: how often it is denied.
    """

    values: Array
    part: tuple[str, ...]
    verb: tuple[int, ...]
    before: tuple[str, ...]
    parts: Sequence[set[Part]]
    denied: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """One side of a pair: `values` (words, FEATURES), and for each word the other side's word that it is compared with.

    `match` is the linked word, else the most alike one; -1 where the other side is empty.
    """

    values: Array
    match: Places


@lru_cache(maxsize=256)
def _tag_column(tag: str) -> int:
    if tag in _TAGS:
        return _AT_TAG + _TAGS.index(tag)
    return next((_AT_TAG + k for k, name in enumerate(_TAGS) if tag.startswith(name)), -1)


def category_at(category: Category) -> int | None:
    """The place of a finding's category in `CATEGORIES`, a date being a number; None for one that the network does not know."""
    known = "number" if category == "date" else category
    return CATEGORIES.index(known) if known in CATEGORIES else None


def own_features(side: Side) -> Own:
    """What needs no counterpart; computed once for every pair that the sentence is part of."""
    n = len(side.tokens)
    out = np.zeros((n, FEATURES), np.float32)
    if not n:
        return Own(out, (), (), (), (), np.zeros(0, np.int64))
    words = np.array(side.words, object)
    common = np.array([commonness(w) for w in side.words])
    out[:, 4] = side.weight
    out[:, 5], out[:, 6], out[:, 8], out[:, 9], out[:, 10] = side.content, side.name, side.negator, side.auxiliary, side.is_word
    out[:, 7] = np.array(side.in_quantity) >= 0
    twice = words[1:] == words[:-1]
    out[1:, 11] = twice
    out[:-1, 11] = np.maximum(out[:-1, 11], twice)
    out[0, 12] = out[-1, 13] = 1.0
    out[:, 23] = 1 / (1 + n)
    out[:, 33] = out[:, 10] * (common <= 0)
    out[:, 34] = [t.text[:1].isupper() for t in side.tokens]
    out[:, 35] = [min(len(w), 12) / 12 for w in side.words]
    out[:, 38] = common / 8
    out[:, 39] = [entity != "" for entity in side.tags.ent]
    for k, (tag, dep) in enumerate(zip(side.tags.tag, side.tags.dep, strict=True)):
        column = _tag_column(tag)
        if column >= 0:
            out[k, column] = 1.0
        if dep in _DEPS:
            out[k, _AT_DEP + _DEPS.index(dep)] = 1.0
    arguments = [argument(side, k) if tag.startswith(_PARTS) else None for k, tag in enumerate(side.tags.tag)]
    denied = np.array(denials(side), np.int64)
    out[:, _AT_DENIED] = denied % 2
    return Own(
        out,
        tuple(p[0] if p else "" for p in arguments),
        tuple(p[1] if p else -1 for p in arguments),
        tuple(_preposition(side, k) if tag.startswith(_PARTS) else "" for k, tag in enumerate(side.tags.tag)),
        parts(side),
        denied,
    )


def _preposition(side: Side, noun: int) -> str:
    """The preposition right before the phrase of a noun or pronoun, "" for none."""
    at = noun_phrase(side, noun)[0] - 1
    return side.words[at] if at >= 0 and side.tags.tag[at] in ("IN", "TO") else ""


def pair_features(pair: Analysis, ref: Own, hyp: Own, said: Iterable[Candidate]) -> tuple[Rows, Rows]:
    """Rows of the reference and of the hypothesis; `ref` and `hyp` are their `own_features`, `said` what the detectors found."""
    n, m = len(pair.ref.tokens), len(pair.hyp.tokens)
    to_hyp, to_ref = np.full(n, -1), np.full(m, -1)
    relation_ref, relation_hyp = np.zeros(n, np.int64), np.zeros(m, np.int64)
    for i, j in pair.links:
        to_hyp[i], to_ref[j] = j, i
        relation_ref[i] = relation_hyp[j] = _PLAIN + _RELATIONS.index(pair.relation(i, j))
    rows = (
        _rows(pair.ref, pair.hyp, ref, hyp, pair.cosine, to_hyp, relation_ref),
        _rows(pair.hyp, pair.ref, hyp, ref, pair.cosine.T, to_ref, relation_hyp),
    )
    for candidate in said:
        _note(rows[0].values, candidate, candidate.ref)
        _note(rows[1].values, candidate, candidate.hyp)
    return rows


def _note(out: Array, candidate: Candidate, where: tuple[int, int] | None) -> None:
    """What one detector says of the words at `where`: its strength, 0..1; of several that say the same the surest counts."""
    if where is None:
        return
    category = category_at(candidate.category)
    columns = [] if category is None else [_AT_SAID + category]
    columns += [at for at, severity in ((_AT_MAJOR, "major"), (_AT_CRITICAL, "critical")) if candidate.severity == severity]
    for column in columns:
        part = out[where[0] : where[1], column]
        np.maximum(part, candidate.strength, out=part)


def _rows(own: Side, other: Side, mine: Own, theirs: Own, cosine: Array, links: Places, relation: Places) -> Rows:
    """`links` (words,): place in the other side, -1 for none; `relation` (words,): the column of what the lexicon says."""
    n, m = cosine.shape
    out = mine.values.copy()
    if not n:
        return Rows(out, np.zeros(0, np.int64))
    every = np.arange(n)
    best = np.full(n, -1)
    if m:
        best = cosine.argmax(1)
        out[:, 2] = cosine[every, best]
        if m > 1:
            out[:, 3] = np.partition(cosine, -2, axis=1)[:, -2]
    linked = links >= 0
    at = np.flatnonzero(linked)
    if len(at):
        _compare(out, own, other, cosine, links, at)
        out[at, relation[at]] = 1.0
        _parts(out, own, other, mine, theirs, links, at)
        out[at, _AT_DENIED + 1] = theirs.denied[links[at]] % 2
        out[at, _AT_DENIED + 2] = (mine.denied[at] + theirs.denied[links[at]]) % 2
    loose = ~linked & (out[:, 10] > 0)
    alone = np.flatnonzero(~linked)
    around = np.concatenate([[False], loose, [False]])
    out[alone, 21], out[alone, 22] = around[alone], around[alone + 2]
    _gap(out, links, at, theirs.values[:, 10] > 0)
    out[:, _AT_DENIED + 3] = np.clip((mine.denied > 0).mean() - ((theirs.denied > 0).mean() if m else 0.0), -1, 1)
    here, there = Counter(own.words), Counter(other.words)
    out[:, 32] = [max(-2, min(2, here[w] - there[w])) / 2 for w in own.words]
    return Rows(out, np.where(linked, links, best))


def _compare(out: Array, own: Side, other: Side, cosine: Array, links: Places, at: Places) -> None:
    """Linked words `at` beside their counterparts."""
    n, m = cosine.shape
    to = links[at]
    out[at, 0] = 1.0
    out[at, 1] = cosine[at, to]
    out[at, 15] = np.abs(at / n - to / max(m, 1))
    # the neighbour's counterpart is the counterpart's neighbour; an unlinked neighbour is nowhere near
    place = np.concatenate([[_FAR], np.where(links >= 0, links, _FAR), [_FAR]])
    out[at, 16] = place[at] == to - 1
    out[at, 17] = place[at + 2] == to + 1
    for column, a, b in (
        (14, own.words, other.words),
        (18, own.tags.tag, other.tags.tag),
        (19, own.tags.dep, other.tags.dep),
        (20, [t.text for t in own.tokens], [t.text for t in other.tokens]),
    ):
        out[at, column] = [a[i] == b[j] for i, j in zip(at.tolist(), to.tolist(), strict=True)]
    governor = links[np.array(own.tags.head)[at]]
    out[at, 36] = governor >= 0
    out[at, 37] = (governor >= 0) & (np.array(other.tags.head)[to] == governor)


def _parts(out: Array, own: Side, other: Side, mine: Own, theirs: Own, links: Places, at: Places) -> None:
    """Who does what on either side, which prepositions introduce whom, and how near two words are in the dictionary."""
    for i, j in zip(at.tolist(), links[at].tolist(), strict=True):
        if mine.part[i] and theirs.part[j]:
            out[i, 40] = 1.0
            out[i, 41] = mine.part[i] == theirs.part[j]
            out[i, 42] = links[mine.verb[i]] == theirs.verb[j]
        shared = {links[verb] for _, verb in mine.parts[i]} & {verb for _, verb in theirs.parts[j]} - {-1}
        if shared:
            out[i, _AT_TREE] = any((part, links[verb]) in theirs.parts[j] for part, verb in mine.parts[i])
            out[i, _AT_TREE + 1] = 1.0 - out[i, _AT_TREE]
        if mine.before[i] or theirs.before[j]:
            out[i, 43] = 1.0
            out[i, 44] = mine.before[i] == theirs.before[j]
        a, b = own.words[i], other.words[j]
        if a == b:
            out[i, 45:49] = 1.0
        elif own.content[i] and other.content[j]:
            out[i, 45], out[i, 46] = wordnet.nearness(a, b)
            out[i, 47], out[i, 48] = translated_alike(a, b)


def _gap(out: Array, links: Places, at: Places, is_word: NDArray[np.bool_]) -> None:
    """What the other side has between the counterparts of each word's linked neighbours."""
    n = len(links)
    every, linked = np.arange(n), links >= 0
    before = np.concatenate([[-1], np.maximum.accumulate(np.where(linked, every, -1))[:-1]])
    after = np.concatenate([np.minimum.accumulate(np.where(linked, every, n)[::-1])[::-1][1:], [n]])
    out[:, 30], out[:, 31] = before < 0, after >= n
    inside = np.flatnonzero((before >= 0) & (after < n))
    if not len(inside):
        return
    low, high = links[before[inside]], links[after[inside]]
    free = is_word.copy()
    free[links[at]] = False
    total = np.concatenate([[0], np.cumsum(free)])
    out[inside, 24] = 1.0
    out[inside, 25] = np.clip((high - low) / 5, -1, 1)
    out[inside, 26] = np.minimum(after[inside] - before[inside], 6) / 6
    out[inside, 27] = np.where(high > low + 1, np.minimum(total[high] - total[np.minimum(low + 1, len(free))], 5) / 5, 0.0)
    out[inside, 28] = high - low == 1
    out[inside, 29] = high < low
