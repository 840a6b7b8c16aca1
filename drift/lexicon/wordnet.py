"""How two English words are related in WordNet: the same sense, opposite, more general, derived, or nothing known."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from drift.errors import ModelError
from drift.lexicon.lemmas import lemmas

__all__ = ["Relation", "hypernyms", "is_proper", "known", "more_general", "opposites", "relation", "synsets"]

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
        "SELECT other FROM beside WHERE synset = ? AND kind IN ('similar', 'group', 'also', 'entails', 'causes')",
        (synset,),
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


@dataclass(frozen=True, slots=True)
class _Word:
    """Everything that `relation` asks of one word, gathered once."""

    lemmas: frozenset[str]
    synsets: frozenset[int]
    antonyms: frozenset[str]  # lemmas that are its opposite, directly or through a cluster of adjectives
    kin: frozenset[str]  # lemmas derived from it or it from them
    similar: frozenset[int]
    above: frozenset[int]  # synsets a few steps more general
    parents: frozenset[int]


@lru_cache(maxsize=65536)
def _word(word: str) -> _Word:
    forms, senses = lemmas(word), synsets(word)
    beside = frozenset[tuple[str, str]]().union(*(_beside(form) for form in forms))
    similar = frozenset[int]().union(*(_similar(s) for s in senses))
    return _Word(
        lemmas=forms,
        synsets=senses,
        antonyms=frozenset(other for other, kind in beside if kind == "antonym") | _indirect_antonyms(senses),
        kin=frozenset(other for other, kind in beside if kind in ("derived", "pertains")),
        similar=similar,
        above=frozenset[int]().union(*(hypernyms(s) for s in senses)),
        parents=frozenset[int]().union(*(hypernyms(s, _SIBLING) for s in senses)),
    )


@lru_cache(maxsize=262144)
def relation(a: str, b: str) -> Relation:
    """How word `b` stands to word `a` (both case-folded, any inflection): `hypernym` means that `b` is the more general."""
    one, two = _word(a), _word(b)
    if one.lemmas & two.lemmas:
        return "same"
    if one.antonyms & two.lemmas or two.antonyms & one.lemmas:
        return "antonym" if not one.synsets & two.synsets else "synonym"
    if one.synsets & two.synsets:
        return "synonym"
    if one.kin & two.lemmas or two.kin & one.lemmas:
        return "derived"
    if one.similar & two.synsets or two.similar & one.synsets:
        return "synonym"
    if one.above & two.synsets:
        return "hypernym"
    if two.above & one.synsets:
        return "hyponym"
    return "sibling" if one.parents & two.parents else "none"


@lru_cache(maxsize=65536)
def _words_of(synset: int) -> frozenset[str]:
    return frozenset(r[0] for r in _table().execute("SELECT lemma FROM sense WHERE synset = ?", (synset,)))


def _indirect_antonyms(senses: frozenset[int]) -> frozenset[str]:
    """Adjectives oppose through the head of their cluster: "moist" ~ "wet" ! "dry" (Fellbaum 1998, ch. 2)."""
    adjectives = [s for s in senses if 200_000_000 <= s < 300_000_000]
    heads = frozenset[int]().union(*(_similar(s) for s in adjectives))
    return frozenset(
        other for head in heads for word in _words_of(head) for other, kind in _beside(word) if kind == "antonym"
    )


def opposites(word: str) -> tuple[str, ...]:
    """Direct antonyms of any lemma of a (case-folded) word, in alphabetical order."""
    return tuple(sorted({other for lemma in lemmas(word) for other, kind in _beside(lemma) if kind == "antonym"}))


def more_general(word: str) -> tuple[str, ...]:
    """Lemmas of the direct hypernyms of the word's most frequent noun sense, in alphabetical order."""
    for lemma in sorted(lemmas(word), key=len):
        first = next((synset for pos, synset, _, _ in _senses(lemma) if pos == "n"), None)
        if first is not None:
            return tuple(sorted({name for above in _up(first) for name in _words_of(above)}))
    return ()
