"""Peoples, their places, and the seats of their governments: a Finn is of Finland, and Helsinki speaks for it.

Built by ``python -m drift.lexicon.peoples DICT_FOLDER`` from what WordNet's glosses say ("a native or inhabitant of Finland";
Princeton's database files, as for `drift.lexicon.build`) and from the tables of the package countryinfo (MIT, needed for the
building alone).
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from drift.errors import ModelError
from drift.lexicon import wordnet
from drift.lexicon.lemmas import lemmas

__all__ = ["build", "peopled", "places_of", "seats_for"]

_TABLE: Final = Path(__file__).parent.parent / "models" / "wordnet" / "peoples.tsv"
_PERSON, _LOCATION = "18", "15"  # the numbers of WordNet's files of persons and of places
_PLACE: Final = r"(?:the )?((?:[A-Z][\w.'-]+)(?: (?:(?:of|and|the) )*[A-Z][\w.'-]+)*)"
_INHABITANT: Final = re.compile(rf"(?:natives?|inhabitants?|residents?|citizens?)(?: (?:or|of) inhabitants?)? of {_PLACE}")
_TRIBE: Final = re.compile(rf"people (?:of|living in|who live in|who settled in) {_PLACE}")
_BELONGING: Final = re.compile(
    r"^ *(?:of|relating to|pertaining to)(?:,? or (?:relating|pertaining) to|,? or (?:characteristic|typical) of|,? or)*(?: of)? "
    rf"{_PLACE}(?: or its| or the| and its|;| *$)"
)
_FOLK: Final = re.compile("(?<=...)(?:wo)?m[ae]n$")  # Frenchmen are French
_SAME: Final = 3  # letters that a people's name begins with as its place's does, where the word or the gloss may mean something else
_HEARD: Final = 3.3  # Zipf frequency of a place from which its people may go by an ending alone
_LARGE: Final = 1_000_000  # people of a country whose capital stands for it
_SMALL: Final = 0.05  # of the people that share a demonym, below which it is another country's: the French of Réunion


@lru_cache(maxsize=1)
def _rows() -> dict[str, dict[str, frozenset[str]]]:
    """Kind of row -> name -> places; raises ModelError DR406 where the table is missing."""
    if not _TABLE.is_file():
        raise ModelError("DR406", f"the table of peoples {_TABLE} is missing; reinstall translation-drift")
    tables: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        kind, name, place = line.split("\t")
        tables[kind][name].add(place)
    return {kind: {name: frozenset(places) for name, places in table.items()} for kind, table in tables.items()}


@lru_cache(maxsize=65536)
def places_of(name: str) -> frozenset[str]:
    """The case-folded names of the places whose people, or what is of them, a case-folded name means: Finns, Finnish -> finland."""
    people, forms = _rows()["people"], {name, *lemmas(name), name.removesuffix("s")}
    told = frozenset[str]().union(*(people.get(form, frozenset()) for form in forms))
    told = told or people.get(_FOLK.sub("", name), frozenset())
    return told or frozenset(place for form in forms for place in _by_ending(form))


def _by_ending(name: str) -> list[str]:
    """Crimea of "crimean", Kosovo of "kosovan": a well-known place and -n, where the whole is no word or name of its own."""
    from drift.lexicon.gazetteer import commonness, is_known_name

    if not name.endswith("an") or wordnet.known(name) or is_known_name(name):
        return []
    stems = [place for place in (name[:-1], f"{name[:-2]}o") if place in _rows()["place"]]
    return [place for place in stems if commonness(place) >= max(_HEARD, commonness(name))]


@lru_cache(maxsize=1)
def peopled() -> frozenset[str]:
    """Every place that has a people by name: one that has its own is no other name of a larger one (Wales, Great Britain)."""
    return frozenset[str]().union(*_rows()["people"].values())


def seats_for(name: str) -> frozenset[str]:
    """The case-folded names of the countries whose government sits in a city: helsinki -> finland."""
    return _rows()["seat"].get(name, frozenset())


def build(folder: Path, target: Path) -> None:
    """Write the table: ("people", "place" or "seat", name, place), case-folded, in a fixed order."""
    rows = {("people", name, place) for name, place in [*_of_wordnet(folder), *_of_countries()] if name != place}
    rows |= {("seat", city, country) for city, country in _seats() if city != country}
    rows |= {("place", place, place) for place in _places(folder)}
    target.write_text("".join(f"{kind}\t{name}\t{place}\n" for kind, name, place in sorted(rows)), encoding="utf-8")


def _of_wordnet(folder: Path) -> Iterator[tuple[str, str]]:
    """(people or adjective, place) of every gloss that says so; a gloss that names two places is read up to the first."""
    places = _places(folder)
    several = [(words, gloss) for words, file, one, gloss in _synsets(folder / "data.noun") if file == _PERSON and not one]
    adjectives = [(words, gloss) for words, _, _, gloss in _synsets(folder / "data.adj")]
    files = [folder / f"data.{pos}" for pos in ("noun", "verb", "adj", "adv")]
    common = {word for path in files for words, _, _, _ in _synsets(path) for word in words if word.islower()}
    for pattern, synsets in ((_INHABITANT, several), (_TRIBE, several), (_BELONGING, adjectives)):
        for words, gloss in synsets:
            found = pattern.search(gloss)
            place = found.group(1).casefold() if found else ""
            for word in (w.casefold() for w in words if w[0].isupper() and place in places):
                # The Sinhalese are not Sri Lanka, though the Croats are Croatia; a badger is an animal, though a Pole is of Poland.
                if word[:_SAME] == place[:_SAME] or (pattern is not _TRIBE and word not in common):
                    yield word, place


def _places(folder: Path) -> set[str]:
    """What WordNet knows as somewhere, case-folded."""
    synsets = _synsets(folder / "data.noun")
    return {word.casefold() for words, file, one, _ in synsets if file == _LOCATION and one for word in words if word[0].isupper()}


def _synsets(path: Path) -> Iterator[tuple[list[str], str, bool, str]]:
    """(words, number of the lexicographer's file, whether it is somebody or somewhere and no kind, gloss) of every meaning."""
    for line in path.read_text(encoding="latin-1").splitlines():
        if not line.startswith("  "):
            facts, _, gloss = line.partition("|")
            fields = facts.split()
            words = [fields[4 + 2 * k].partition("(")[0].replace("_", " ") for k in range(int(fields[3], 16))]
            yield words, fields[1], "@i" in fields, gloss


def _of_countries() -> Iterator[tuple[str, str]]:
    from drift.lexicon.places import countries

    named: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for _, entry in countries():
        demonym = entry.get("demonym") or ""
        for name in re.split(r",| and ", demonym):
            if name.strip() and "/" not in demonym:  # a union of two
                named[name.strip().casefold()].append((float(entry.get("population") or 0), _plain(entry["name"])))
    for name, places in named.items():
        largest = max(people for people, _ in places)
        yield from ((name, place) for people, place in places if people >= _SMALL * largest)


def _seats() -> Iterator[tuple[str, str]]:
    from drift.lexicon.places import countries

    for _, entry in countries():
        capital = entry.get("capital")
        if isinstance(capital, str) and capital and float(entry.get("population") or 0) >= _LARGE:
            for city in {capital, capital.removesuffix(" D.C."), capital.removeprefix("New "), capital.removesuffix(" City")}:
                yield _plain(city), _plain(entry["name"])


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ")


if __name__ == "__main__":
    build(Path(sys.argv[1]), _TABLE)
