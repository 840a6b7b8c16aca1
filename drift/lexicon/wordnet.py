"""How two English words are related in WordNet: the same sense, opposite, more general, derived, or nothing known."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import Literal

from drift.errors import ModelError
from drift.lexicon.lemmas import lemmas

__all__ = ["Relation", "hypernyms", "is_proper", "known", "relation", "synsets"]

Relation = Literal["same", "synonym", "antonym", "derived", "hypernym", "hyponym", "sibling", "none"]

_TABLE = Path(__file__).parent.parent / "models" / "wordnet" / "wordnet.sqlite"
_NEAR = 3  # levels of hypernymy that still count as "the same thing, said more generally"
_SIBLING = 1  # a shared parent this many levels up makes siblings ("bus", "tram")


@lru_cache(maxsize=1)
def _table() -> sqlite3.Connection:
    if not _TABLE.is_file():
        raise ModelError("DR403", f"the WordNet table {_TABLE} is missing; reinstall translation-drift")
    return sqlite3.connect(f"file:{_TABLE}?mode=ro&immutable=1", uri=True, check_same_thread=False)


@lru_cache(maxsize=65536)
def _senses(lemma: str) -> tuple[tuple[str, int, int, int], ...]:
    """(part of speech, synset, corpus count, written with a capital) of each sense, most frequent first."""
    rows = _table().execute("SELECT pos, synset, count, cased FROM sense WHERE lemma = ? ORDER BY rank", (lemma,))
    return tuple(rows.fetchall())


@lru_cache(maxsize=65536)
def _beside(lemma: str) -> frozenset[tuple[str, str]]:
    """(other lemma, kind) for the relations between words rather than senses."""
    return frozenset(_table().execute("SELECT other, kind FROM word WHERE lemma = ?", (lemma,)).fetchall())


@lru_cache(maxsize=65536)
def _up(synset: int) -> tuple[int, ...]:
    return tuple(r[0] for r in _table().execute("SELECT above FROM up WHERE synset = ?", (synset,)))


@lru_cache(maxsize=65536)
def _similar(synset: int) -> frozenset[int]:
    rows = _table().execute(
        "SELECT other FROM beside WHERE synset = ? AND kind IN ('similar', 'group', 'also', 'entails', 'causes')", (synset,)
    )
    return frozenset(r[0] for r in rows)


@lru_cache(maxsize=65536)
def hypernyms(synset: int, levels: int = _NEAR) -> frozenset[int]:
    """Synsets at most `levels` steps more general."""
    seen: set[int] = set()
    layer = {synset}
    for _ in range(levels):
        layer = {above for s in layer for above in _up(s)} - seen
        seen |= layer
    return frozenset(seen)


@lru_cache(maxsize=65536)
def synsets(word: str) -> frozenset[int]:
    """All synsets of all lemmas of a (case-folded) word."""
    return frozenset(sense[1] for lemma in lemmas(word) for sense in _senses(lemma))


def known(word: str) -> bool:
    """Whether WordNet has the word under any of its lemmas."""
    return any(_senses(lemma) for lemma in lemmas(word))


@lru_cache(maxsize=65536)
def is_proper(word: str) -> bool:
    """Whether every sense that WordNet has of the (case-folded) word is written with a capital."""
    senses = [sense for lemma in lemmas(word) for sense in _senses(lemma)]
    return bool(senses) and all(sense[3] for sense in senses)


@lru_cache(maxsize=262144)
def relation(a: str, b: str) -> Relation:
    """How word `b` stands to word `a` (both case-folded, any inflection): `hypernym` means that `b` is the more general."""
    lemmas_a, lemmas_b = lemmas(a), lemmas(b)
    if lemmas_a & lemmas_b:
        return "same"
    if any((other, "antonym") in _beside(lemma) for lemma in lemmas_a for other in lemmas_b):
        return "antonym"
    senses_a, senses_b = synsets(a), synsets(b)
    if senses_a & senses_b:
        return "synonym"
    for lemma in lemmas_a:
        if any((other, kind) in _beside(lemma) for other in lemmas_b for kind in ("derived", "pertains")):
            return "derived"
    if any(_similar(s) & senses_b for s in senses_a) or any(_similar(s) & senses_a for s in senses_b):
        return "synonym" if not _indirect_antonym(senses_a, lemmas_b) else "antonym"
    if _indirect_antonym(senses_a, lemmas_b) or _indirect_antonym(senses_b, lemmas_a):
        return "antonym"
    above_a = frozenset[int]().union(*(hypernyms(s) for s in senses_a))
    if above_a & senses_b:
        return "hypernym"
    above_b = frozenset[int]().union(*(hypernyms(s) for s in senses_b))
    if above_b & senses_a:
        return "hyponym"
    parents_a = frozenset[int]().union(*(hypernyms(s, _SIBLING) for s in senses_a))
    parents_b = frozenset[int]().union(*(hypernyms(s, _SIBLING) for s in senses_b))
    return "sibling" if parents_a & parents_b else "none"


@lru_cache(maxsize=65536)
def _words_of(synset: int) -> frozenset[str]:
    return frozenset(r[0] for r in _table().execute("SELECT lemma FROM sense WHERE synset = ?", (synset,)))


def _indirect_antonym(senses: frozenset[int], others: frozenset[str]) -> bool:
    """Adjectives oppose through the head of their cluster: "moist" ~ "wet" ! "dry" (Fellbaum 1998, ch. 2)."""
    for synset in senses:
        if not 200_000_000 <= synset < 300_000_000:
            continue
        for head in _similar(synset):
            for word in _words_of(head):
                if any(kind == "antonym" and other in others for other, kind in _beside(word)):
                    return True
    return False
