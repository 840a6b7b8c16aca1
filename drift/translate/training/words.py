"""A bilingual word list from sentence pairs: which English words each foreign word is usually translated by.

    python -m drift.translate.training.words --pairs TSV --out drift/models/fr-en/words.tsv.gz

IBM Model 1 (Brown et al. 1993) over whole words, with as few candidates a word as co-occurrence leaves. It is no help to a translator; it
tells attribution (`drift.attribution.glossary`) whether a word that the translation lacks is in the copy after all. A quarter of an
hour and some 6 GB for 1.4 million pairs.
"""

from __future__ import annotations

import argparse
import gzip
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

__all__ = ["Words", "read_pairs", "train", "words_of"]

_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 3  # times a word must occur
_FREQUENT = 150  # words of either side that hold sentences together and are translated by anything
_LONGEST = 40  # words of a sentence
_CHUNK = 40_000  # sentences at a time
_KEPT = 12  # candidates a word keeps from counting
_WRITTEN, _SHARE = 8, 0.02  # translations a word is written with, and the least probability of one

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def words_of(text: str) -> list[str]:
    """Case-folded words; what stands before and after an apostrophe is two."""
    return [m.group().casefold() for m in _WORD.finditer(text)]


def read_pairs(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """(source, target) of TSV files, plain or .zst."""
    import zstandard

    for path in paths:
        with path.open("rb") as raw:
            stream = zstandard.ZstdDecompressor().stream_reader(raw) if path.suffix == ".zst" else raw
            with io.TextIOWrapper(stream, encoding="utf-8") as lines:
                for line in lines:
                    cells = line.rstrip("\n").split("\t")
                    if len(cells) > 1:
                        yield cells[0], cells[1]


class Words:
    """The sentences of one side as ids of its frequent-enough words, each word once a sentence."""

    def __init__(self, sentences: Sequence[str]) -> None:
        split = [list(dict.fromkeys(words_of(s)))[:_LONGEST] for s in sentences]
        counts = Counter(w for words in split for w in words)
        common = {w for w, _ in counts.most_common(_FREQUENT)}
        self.forms = sorted(w for w, n in counts.items() if n >= _LEAST and w not in common)
        place = {w: k for k, w in enumerate(self.forms)}
        self.rows = [np.array([place[w] for w in words if w in place], np.int64) for words in split]


def _cells(source: Words, target: Words, start: int) -> tuple[Ids, Ids]:
    """(sentence * source word, source word * target word) of every two words of a chunk's pairs, as keys; sentences count from 0."""
    rows, keys, width = [], [], len(target.forms)
    for k in range(start, min(start + _CHUNK, len(source.rows))):
        a, b = source.rows[k], target.rows[k]
        if len(a) and len(b):
            keys.append((a[:, None] * width + b[None]).ravel())
            rows.append(np.tile((k - start) * width + b, len(a)))  # one key for every target word of every sentence
    empty = np.zeros(0, np.int64)
    return (np.concatenate(rows), np.concatenate(keys)) if keys else (empty, empty)


def _together(source: Words, target: Words) -> tuple[Ids, Floats]:
    """Keys of words that share sentences, and how many, with the `_KEPT` likeliest partners of each source word."""
    keys, counts = np.zeros(0, np.int64), np.zeros(0)
    for start in range(0, len(source.rows), _CHUNK):
        fresh, times = np.unique(_cells(source, target, start)[1], return_counts=True)
        both = np.concatenate([keys, fresh])
        order = np.argsort(both, kind="stable")
        weights = np.concatenate([counts, times.astype(np.float64)])[order]
        keys, first = np.unique(both[order], return_index=True)
        counts = np.add.reduceat(weights, first) if len(first) else np.zeros(0)
    width = len(target.forms)
    kept = counts >= 2
    keys, counts = keys[kept], counts[kept]
    total_s, total_t = (np.bincount(np.concatenate(side.rows), minlength=len(side.forms)) for side in (source, target))
    word = keys // width
    likeness = counts**2 / (total_s[word] * total_t[keys % width])
    order = np.lexsort((-likeness, word))
    rank = np.arange(len(order)) - np.searchsorted(word[order], word[order])
    chosen = np.sort(order[rank < _KEPT])
    return keys[chosen], counts[chosen]


def train(source: Words, target: Words, rounds: int = 4) -> dict[str, list[tuple[str, float]]]:
    """Source word -> (target word, probability), likeliest first."""
    keys, counts = _together(source, target)
    width = len(target.forms)
    word = keys // width
    table = counts / np.bincount(word, counts, len(source.forms))[word]
    for _ in range(rounds):
        gathered = np.zeros(len(keys))
        for start in range(0, len(source.rows), _CHUNK):
            rows, cells = _cells(source, target, start)
            at = np.minimum(np.searchsorted(keys, cells), len(keys) - 1)
            known = keys[at] == cells
            at, rows = at[known], rows[known]
            share = table[at]
            _, group = np.unique(rows, return_inverse=True)
            share /= np.bincount(group, share)[group] + 0.02  # some words have no partner
            gathered += np.bincount(at, share, len(keys))
        table = gathered / np.maximum(np.bincount(word, gathered, len(source.forms)), 1e-12)[word]
    out: dict[str, list[tuple[str, float]]] = {}
    for k in np.lexsort((-table, word)):
        if table[k] >= _SHARE and gathered[k] >= 1.0:
            found = out.setdefault(source.forms[word[k]], [])
            if len(found) < _WRITTEN:
                found.append((target.forms[keys[k] % width], round(float(table[k]), 2)))
    return out


def main() -> None:
    """Read the pairs, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, action="append", required=True, metavar="TSV", help="source and target, repeatable")
    parser.add_argument("--limit", type=int, help="pairs to read, for a trial")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    pairs = [pair for pair, _ in zip(read_pairs(args.pairs), range(args.limit or 1 << 40), strict=False)]
    found = train(Words([a for a, _ in pairs]), Words([b for _, b in pairs]))
    text = "".join(f"{word}\t{' '.join(f'{other}:{share:g}' for other, share in others)}\n" for word, others in sorted(found.items()))
    args.out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(found)} words of {len(pairs)} pairs: {args.out} ({args.out.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
