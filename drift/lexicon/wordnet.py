"""How two English words are related in WordNet: the same sense, opposite, more general, derived, or nothing known."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from drift.errors import ModelError
from drift.lexicon.lemmas import lemmas

__all__ = [
    "Entry",
    "Relation",
    "acts",
    "between",
    "entry",
    "hypernyms",
    "is_proper",
    "known",
    "more_general",
    "names_of",
    "nearness",
    "opposed_verbs",
    "opposites",
    "relation",
    "synsets",
]

Relation = Literal["same", "synonym", "antonym", "derived", "hypernym", "hyponym", "sibling", "none"]

_TABLE = Path(__file__).parent.parent / "models" / "wordnet" / "wordnet.sqlite"
_NEAR = 3  # levels of hypernymy that still count as "the same thing, said more generally"
_NEGATIVE = "un in im il ir dis non anti mis".split()  # prefixes
_DEEP = 12  # levels from any noun to what it is in the end
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


@lru_cache(maxsize=1)
def _up() -> dict[int, tuple[int, ...]]:
    """Synset -> its direct hypernyms; the whole table at once (0.1 s), because one word asks for dozens."""
    return _grouped("SELECT synset, above FROM up ORDER BY synset, above")


@lru_cache(maxsize=1)
def _akin() -> dict[int, tuple[int, ...]]:
    """Synset -> those that mean much the same, or are entailed or caused."""
    return _grouped("SELECT synset, other FROM beside ORDER BY synset, other")


def _grouped(query: str) -> dict[int, tuple[int, ...]]:
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for synset, other in _table().execute(query):
        groups[synset].append(other)
    return {synset: tuple(others) for synset, others in groups.items()}


def _all(table: dict[int, tuple[int, ...]], keys: Iterable[int]) -> frozenset[int]:
    return frozenset(other for key in keys for other in table.get(key, ()))


def hypernyms(senses: Iterable[int], levels: int = _NEAR) -> frozenset[int]:
    """Synsets at most `levels` steps more general than any of `senses`."""
    seen = layer = _all(_up(), senses)
    for _ in range(levels - 1):
        layer = _all(_up(), layer) - seen
        seen |= layer
    return seen


@lru_cache(maxsize=65536)
def synsets(word: str) -> frozenset[int]:
    """All synsets of all lemmas of a (case-folded) word."""
    return frozenset(sense[1] for lemma in lemmas(word) for sense in _senses(lemma))


@lru_cache(maxsize=4096)
def names_of(word: str) -> tuple[str, ...]:
    """The other lemmas of a (case-folded) name's most frequent sense, in alphabetical order."""
    first = next((sense[1] for sense in _senses(word)), None)
    return () if first is None else tuple(sorted(_words_of(first) - {word}))


@lru_cache(maxsize=1)
def _actors() -> frozenset[int]:
    """The first senses of what does things of its own accord."""
    kinds = ("person", "animal", "organization", "legislature")
    return frozenset(next(sense[1] for sense in _senses(word) if sense[0] == "n") for word in kinds)


@lru_cache(maxsize=65536)
def acts(word: str) -> bool:
    """Whether a (case-folded) noun may mean a person, an animal or an organisation."""
    senses = frozenset(sense[1] for lemma in lemmas(word) for sense in _senses(lemma) if sense[0] == "n")
    return not _actors().isdisjoint(senses | hypernyms(senses, _DEEP))


@lru_cache(maxsize=65536)
def known(word: str) -> bool:
    """Whether WordNet has the word under any of its lemmas."""
    return any(_senses(lemma) for lemma in lemmas(word))


@lru_cache(maxsize=65536)
def is_proper(word: str) -> bool:
    """Whether every sense that WordNet has of the (case-folded) word is written with a capital."""
    senses = [sense for lemma in lemmas(word) for sense in _senses(lemma)]
    return bool(senses) and all(sense[3] for sense in senses)


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that `between` asks of one word, gathered once."""

    word: str
    lemmas: frozenset[str]
    synsets: frozenset[int]
    antonyms: frozenset[str]  # lemmas that are its opposite, directly or through a cluster of adjectives
    kin: frozenset[str]  # lemmas derived from it or it from them
    similar: frozenset[int]
    above: frozenset[int]  # synsets a few steps more general
    parents: frozenset[int]
    stems: frozenset[str]  # the word without a prefix that says no: "happy" for "unhappy"
    reach: frozenset[str | int]  # all of these together: words whose reaches do not meet are unrelated


@lru_cache(maxsize=32768)
def entry(word: str) -> Entry:
    """What WordNet says of a (case-folded) word, any inflection; sets are empty where it says nothing."""
    forms, senses = lemmas(word), synsets(word)
    beside = frozenset[tuple[str, str]]().union(*(_beside(form) for form in forms))
    antonyms = frozenset(other for other, kind in beside if kind == "antonym") | _indirect_antonyms(senses)
    kin = frozenset(other for other, kind in beside if kind in ("derived", "pertains"))
    similar, above = _all(_akin(), senses), hypernyms(senses)
    stems = frozenset(word.removeprefix(p) for p in _NEGATIVE if word.startswith(p) and len(word) > len(p) + 3)
    stems = stems if known(word) else frozenset()
    reach: frozenset[str | int] = frozenset((*forms, *senses, *antonyms, *kin, *similar, *above, *stems))
    return Entry(word, forms, senses, antonyms, kin, similar, above, hypernyms(senses, _SIBLING), stems, reach)


def relation(a: str, b: str) -> Relation:
    """How word `b` stands to word `a` (both case-folded, any inflection): `hypernym` means that `b` is the more general."""
    return between(entry(a), entry(b))


def between(one: Entry, two: Entry) -> Relation:
    """`relation` of two words already looked up: where each of many words is compared with each, looking up is what costs."""
    if not one.lemmas.isdisjoint(two.lemmas):
        return "same"
    share_sense = not one.synsets.isdisjoint(two.synsets)
    if not (one.antonyms.isdisjoint(two.lemmas) and two.antonyms.isdisjoint(one.lemmas)):
        return "synonym" if share_sense else "antonym"
    if share_sense:
        return "synonym"
    if not (one.kin.isdisjoint(two.lemmas) and two.kin.isdisjoint(one.lemmas)):
        return "derived"
    if not (one.similar.isdisjoint(two.synsets) and two.similar.isdisjoint(one.synsets)):
        return "synonym"
    if not one.above.isdisjoint(two.synsets):
        return "hypernym"
    if not two.above.isdisjoint(one.synsets):
        return "hyponym"
    return "none" if one.parents.isdisjoint(two.parents) else "sibling"


@lru_cache(maxsize=65536)
def _words_of(synset: int) -> frozenset[str]:
    return frozenset(r[0] for r in _table().execute("SELECT lemma FROM sense WHERE synset = ?", (synset,)))


def _indirect_antonyms(senses: frozenset[int]) -> frozenset[str]:
    """Adjectives oppose through the head of their cluster: "moist" ~ "wet" ! "dry" (Fellbaum 1998, ch. 2)."""
    adjectives = [s for s in senses if 200_000_000 <= s < 300_000_000]
    heads = _all(_akin(), adjectives)
    return frozenset(
        other for head in heads for word in _words_of(head) for other, kind in _beside(word) if kind == "antonym"
    )


@lru_cache(maxsize=16384)
def opposed_verbs(a: str, b: str) -> bool:
    """Whether two verbs (case-folded, any inflection) oppose through their kin, where WordNet has no direct link: reduce, increase.

    Opposition is noted between words, not senses ("decrease" ! "increase"); it holds for a verb that has one of the two for a
    synonym, and for one of which it is the more general word ("reduce" is to decrease), each in its most frequent senses.
    """
    return not (
        _opposed(_verbal(a, above=False)).isdisjoint(_verbal(b, above=True))
        and _opposed(_verbal(a, above=True)).isdisjoint(_verbal(b, above=False))
    )


@lru_cache(maxsize=16384)
def _verbal(word: str, *, above: bool, senses: int = 2) -> frozenset[str]:
    """Words that can stand for a verb in its most frequent senses; `above`: more general ones as well."""
    out: set[str] = set()
    for lemma in lemmas(word):
        for synset in [s for pos, s, _, _ in _senses(lemma) if pos == "v"][:senses]:
            for near in (synset, *(_up().get(synset, ()) if above else ())):
                out |= _words_of(near)
    return frozenset(out)


def _opposed(words: Iterable[str]) -> frozenset[str]:
    return frozenset(other for word in words for other, kind in _beside(word) if kind == "antonym")


@lru_cache(maxsize=65536)
def nearness(a: str, b: str, senses: int = 3) -> tuple[float, float]:
    """How near two (case-folded) words are in their most frequent senses, both in [0, 1], 1 the same; 0 where nothing is known.

    The first is the best similarity of Wu and Palmer (ACL 1994) among the first `senses` of each, the second how much of a
    first sense a shared sense is for both words: 1/(1 + its rank in one + its rank in the other).
    """
    one, two = _first_senses(a, senses), _first_senses(b, senses)
    path, shared = 0.0, 0.0
    for rank, (_, x) in enumerate(one):
        for other, (_, y) in enumerate(two):
            if x == y:
                shared = max(shared, 1 / (1 + rank + other))
    for pos, x in one:
        for other_pos, y in two:
            if pos == other_pos and pos in "nv":
                path = max(path, _wu_palmer(x, y))
    return round(path, 3), round(shared, 3)


@lru_cache(maxsize=32768)
def _first_senses(word: str, senses: int) -> tuple[tuple[str, int], ...]:
    """(part of speech, synset) of the most frequent senses of a word's lemmas, most frequent first."""
    found = {(pos, synset): count for lemma in sorted(lemmas(word)) for pos, synset, count, _ in _senses(lemma)}
    return tuple(sorted(found, key=lambda key: -found[key])[:senses])


@lru_cache(maxsize=65536)
def _wu_palmer(x: int, y: int) -> float:
    above_x, above_y = _ancestors(x), _ancestors(y)
    common = above_x.keys() & above_y.keys()
    if not common:
        return 0.0
    # Depths are counted from the top of the longer of the two ways through the best shared ancestor, as Wu and Palmer do.
    best = max(common, key=lambda s: (_depth(s), -s))
    depth = _depth(best)
    return 2 * depth / (2 * depth + above_x[best] + above_y[best])


@lru_cache(maxsize=65536)
def _ancestors(synset: int) -> dict[int, int]:
    """Every synset above, with the steps to it; itself at 0."""
    out, layer, steps = {synset: 0}, [synset], 0
    while layer:
        steps += 1
        layer = [up for s in layer for up in _up().get(s, ()) if up not in out]
        out |= dict.fromkeys(layer, steps)
    return out


@lru_cache(maxsize=65536)
def _depth(synset: int) -> int:
    """Steps from the top, 1 for the top itself."""
    return 1 + max(_ancestors(synset).values())


def opposites(word: str) -> tuple[str, ...]:
    """Direct antonyms of any lemma of a (case-folded) word, in alphabetical order."""
    return tuple(sorted({other for lemma in lemmas(word) for other, kind in _beside(lemma) if kind == "antonym"}))


def more_general(word: str) -> tuple[str, ...]:
    """Lemmas of the direct hypernyms of the word's most frequent noun sense, in alphabetical order."""
    for lemma in sorted(lemmas(word), key=len):
        first = next((synset for pos, synset, _, _ in _senses(lemma) if pos == "n"), None)
        if first is not None:
            return tuple(sorted({name for above in _up().get(first, ()) for name in _words_of(above)}))
    return ()
