"""Sentence pairs as token ids on disk, and batches of a few fixed shapes drawn from them in a reproducible order.

Shapes are fixed because oneDNN (and a GPU's kernel caches) prepare a primitive for every new shape: thousands of
different ones make training several times slower. A pair goes into the smallest shape that holds it; three source
widths for each target width keep the padding at a tenth.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from drift.errors import UsageError
from drift.translate.training.vocab import Vocabulary

__all__ = ["Batch", "Pair", "PairStore", "Sampler", "Shape", "pad_batch", "read_pairs", "write_store"]

WIDTHS = (4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 31, 34, 37, 40, 44, 48, 53, 58, 64, 72, 82, 96, 128)
SPLITS = (0.4, 0.8, 1.0)  # quantiles of the source width among pairs of one target width
Ids = npt.NDArray[np.int64]


class Pair(NamedTuple):
    """A sentence, its translation, and the name of the corpus it comes from."""

    source: str
    target: str
    corpus: str


class Shape(NamedTuple):
    """Rows of a batch and the width of both sides in tokens, ``</s>`` included."""

    rows: int
    source: int
    target: int


class Batch(NamedTuple):
    """Token ids, padded: ``source`` [rows, source], ``decoder_input`` and ``labels`` [rows, target]."""

    source: Ids
    decoder_input: Ids
    labels: Ids
    tokens: int  # real target tokens, ``</s>`` included


def read_pairs(path: Path, *, swap: bool = False, columns: tuple[int, int] = (0, 1)) -> Iterator[Pair]:
    """Pairs of a TSV, plain or ``.zst``: source, target and, where there is one, the corpus in the third column."""
    import io

    raw = path.open("rb")
    if path.suffix == ".zst":
        import zstandard

        lines: Iterable[str] = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8")
    else:
        lines = io.TextIOWrapper(raw, encoding="utf-8")
    with raw:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) <= max(columns):
                raise UsageError("DR254", f"{path}, line {number}: a sentence pair needs a tab between its two halves.")
            source, target = cells[columns[0]], cells[columns[1]]
            corpus = cells[2] if len(cells) > 2 else path.name.split(".")[0]
            yield Pair(target, source, corpus) if swap else Pair(source, target, corpus)


def write_store(pairs: Iterable[Pair], vocabulary: Vocabulary, folder: Path, *, longest: int = 90) -> PairStore:
    """Tokenise once: ``tokens.u16`` (source then target ids of every pair), ``pairs.npy`` and ``corpora.json``.

    Pairs with more than ``longest`` pieces on a side are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    corpora: dict[str, int] = {}
    rows: list[tuple[int, int, int, int]] = []
    offset = 0
    with (folder / "tokens.u16").open("wb") as file:
        for chunk in _chunks(pairs, 10_000):
            sources = vocabulary.encode([pair.source for pair in chunk])
            targets = vocabulary.encode([pair.target for pair in chunk])
            for pair, source, target in zip(chunk, sources, targets, strict=True):
                if not (0 < len(source) <= longest and 0 < len(target) <= longest):
                    continue
                corpus = corpora.setdefault(pair.corpus, len(corpora))
                rows.append((offset, len(source), len(target), corpus))
                file.write(source.tobytes() + target.tobytes())
                offset += len(source) + len(target)
    np.save(folder / "pairs.npy", np.array(rows, dtype=np.int64).reshape(-1, 4))
    (folder / "corpora.json").write_text(json.dumps(list(corpora)), encoding="utf-8")
    return PairStore(folder)


def _chunks(pairs: Iterable[Pair], size: int) -> Iterator[list[Pair]]:
    chunk: list[Pair] = []
    for pair in pairs:
        chunk.append(pair)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class PairStore:
    """A tokenised corpus, read from disk as it is needed; ``swap`` reads it in the other direction."""

    def __init__(self, folder: Path, *, swap: bool = False) -> None:
        if not (folder / "pairs.npy").is_file():
            raise UsageError("DR255", f"{folder} holds no prepared pairs: run `prepare` first.")
        self.folder, self.swap = folder, swap
        rows = np.load(folder / "pairs.npy")
        self.offset, self.first, self.second, self.corpus = (rows[:, i] for i in range(4))
        self.corpora: list[str] = json.loads((folder / "corpora.json").read_text(encoding="utf-8"))
        self.tokens: npt.NDArray[np.uint16] = np.zeros(0, dtype=np.uint16)
        if len(rows):  # an empty file cannot be mapped
            self.tokens = np.memmap(folder / "tokens.u16", dtype=np.uint16, mode="r")

    def __len__(self) -> int:
        return len(self.offset)

    @property
    def lengths(self) -> tuple[Ids, Ids]:
        """Source and target lengths in pieces, ``</s>`` not counted."""
        return (self.second, self.first) if self.swap else (self.first, self.second)

    def __getitem__(self, index: int) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16]]:
        start, middle = self.offset[index], self.offset[index] + self.first[index]
        first, second = self.tokens[start:middle], self.tokens[middle : middle + self.second[index]]
        return (second, first) if self.swap else (first, second)


@dataclass(frozen=True)
class Sampler:
    """The batches of every epoch: same store, settings and seed, same batches in the same order.

    ``mixture`` is the share of each corpus in one epoch (0.25: a quarter, another one each time; 2.0: all of it twice;
    corpora that are not named: all of it). ``tokens`` is the padded size of a batch: mean of both widths × rows.
    """

    store: PairStore
    mixture: Mapping[str, float]
    tokens: int = 8000
    seed: int = 1
    keep: npt.NDArray[np.bool_] | None = None  # pairs that a quality filter lets through

    def indices(self, epoch: int) -> Ids:
        """The pairs of one epoch, in random order; a pair may come more than once."""
        random = np.random.default_rng([self.seed, epoch])
        chosen = []
        for number, corpus in enumerate(self.store.corpora):
            members = np.flatnonzero(self.store.corpus == number)
            if self.keep is not None:
                members = members[self.keep[members]]
            share = self.mixture.get(corpus, 1.0)
            whole = int(share)
            chosen += [members] * whole
            chosen.append(random.permutation(members)[: round((share - whole) * len(members))])
        return random.permutation(np.concatenate(chosen)) if chosen else np.zeros(0, np.int64)

    def shape_of(self, indices: Ids) -> list[tuple[Shape, Ids]]:
        """Each shape in use with its pairs: by target width, then by source width."""
        source, target = (lengths[indices] + 1 for lengths in self.store.lengths)
        result: list[tuple[Shape, Ids]] = []
        bucket = np.searchsorted(WIDTHS, target)
        for number in np.unique(bucket):
            here = np.flatnonzero(bucket == number)
            width, low = int(WIDTHS[number]), 0
            for high in np.unique(np.quantile(source[here], SPLITS, method="higher")).tolist():
                members = here[(source[here] > low) & (source[here] <= high)]
                low = high
                if len(members):
                    rows = max(8, int(2 * self.tokens / (width + high)) // 8 * 8)
                    result.append((Shape(min(rows, len(members)), high, width), indices[members]))
        return result

    def plan(self, epoch: int) -> list[tuple[Shape, Ids]]:
        """Every batch of one epoch: its shape and the pairs in it. A last short one is filled up with earlier pairs."""
        random = np.random.default_rng([self.seed, epoch, 1])
        batches = []
        for shape, members in self.shape_of(self.indices(epoch)):
            count = -(-len(members) // shape.rows)
            filled = np.resize(members, count * shape.rows)
            batches += [(shape, filled[i * shape.rows : (i + 1) * shape.rows]) for i in range(count)]
        return [batches[i] for i in random.permutation(len(batches))]

    def batch(self, shape: Shape, members: Ids, vocabulary: Vocabulary) -> Batch:
        """The padded arrays of one planned batch."""
        return pad_batch([self.store[int(i)] for i in members], shape, eos=vocabulary.eos, pad=vocabulary.pad)


def pad_batch(pairs: Sequence[tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16]]], shape: Shape, *, eos: int,
              pad: int) -> Batch:
    """Arrays of one shape: ``</s>`` closes both sides, the decoder starts from ``<pad>``, the rest is ``<pad>``."""
    source = np.full((shape.rows, shape.source), pad, dtype=np.int64)
    labels = np.full((shape.rows, shape.target), pad, dtype=np.int64)
    tokens = 0
    for row, (first, second) in enumerate(pairs):
        source[row, : len(first)], source[row, len(first)] = first, eos
        labels[row, : len(second)], labels[row, len(second)] = second, eos
        tokens += len(second) + 1
    decoder_input = np.full_like(labels, pad)
    decoder_input[:, 1:] = labels[:, :-1]
    return Batch(source, decoder_input, labels, tokens)
