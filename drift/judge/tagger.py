"""Part of speech, syntactic function, head and entity type of every word: a small network over the word vectors.

Probing classifiers (Tenney et al., ACL 2019: "BERT rediscovers the classical NLP pipeline") used for real: the vectors of
a middle layer already hold the grammar, so one hidden layer over a word and its neighbours reads it off for the price of
two matrix products. Taught by spaCy's small English model (``benchmarks/fit_tagger.py``); held-out agreement with it is in
the card, ``drift/models/tagger/README.md``.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from drift.errors import ModelError

__all__ = ["Tags", "Tagger", "default_tagger", "features"]

_SHIPPED = Path(__file__).parent.parent / "models" / "tagger" / "tagger.safetensors"
_SCALE = 6.0  # unit vectors have components of about 1/20; this brings them near 1/3, where the network was fitted
_ARC = 64


@dataclass(frozen=True, slots=True)
class Tags:
    """What the tagger says of one sentence; all sequences have one entry per word."""

    tag: tuple[str, ...]  # Penn Treebank part of speech: NN, VBD, PRP$, …
    dep: tuple[str, ...]  # function: nsubj, dobj, pobj, neg, … (ClearNLP labels, as spaCy's English models use them)
    head: tuple[int, ...]  # index of the governing word; the root governs itself
    ent: tuple[str, ...]  # entity type: PERSON, GPE, NORP, ORG, DATE, … or ""


def features(vectors: NDArray[np.float32], texts: Sequence[str]) -> NDArray[np.float32]:
    """Input rows, (words, 3 * dim + 6): the word between its neighbours, and its letters' case (the encoder sees none)."""
    n = len(texts)
    zero = np.zeros((1, vectors.shape[1]), np.float32)
    before, after = np.concatenate([zero, vectors[:-1]]), np.concatenate([vectors[1:], zero])
    case = np.zeros((n, 6), np.float32)
    case[:, :4] = [_letters(t) for t in texts]
    case[:1, 4] = case[-1:, 5] = 1.0  # the first and the last word
    rows: NDArray[np.float32] = np.concatenate([vectors * _SCALE, before * _SCALE, after * _SCALE, case], axis=1)
    return rows


@lru_cache(maxsize=65536)
def _letters(text: str) -> tuple[bool, bool, bool, bool]:
    """Whether a word as written begins with a capital, is all capitals, has a digit, and is only marks."""
    return (
        text[:1].isupper(),
        text.isupper() and len(text) > 1,
        any(c.isdigit() for c in text),
        not any(c.isalnum() for c in text),
    )


class Tagger:
    """The network and its label sets, read from one safetensors file (float16)."""

    def __init__(self, path: Path = _SHIPPED) -> None:
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise ModelError("DR404", f"the tagger {path} cannot be read; reinstall translation-drift") from error
        size = struct.unpack("<Q", raw[:8])[0]
        header = json.loads(raw[8 : 8 + size])
        names = header.pop("__metadata__")
        self._labels = [names[k].split("\n") for k in ("tag", "dep", "ent")]
        self._weights: dict[str, NDArray[np.float32]] = {}
        for key, entry in header.items():
            at, end = (8 + size + o for o in entry["data_offsets"])
            matrix = np.frombuffer(raw[at:end], np.float16).reshape(entry["shape"]).astype(np.float32)
            # Laid out as it is multiplied, inputs first: a product with a transposed view takes half as long again.
            self._weights[key] = np.ascontiguousarray(matrix.T)

    def tag(self, vectors: NDArray[np.float32], texts: Sequence[str]) -> Tags:
        """Tags of one sentence from its word vectors (words, dim) and its words as written.

        One sentence at a time on purpose: the last bits of a matrix product depend on its number of rows.
        """
        if not len(texts):
            return Tags((), (), (), ())
        hidden = np.maximum(features(vectors, texts) @ self._weights["hidden.weight"] + self._weights["hidden.bias"], 0)
        out = hidden @ self._weights["heads.weight"] + self._weights["heads.bias"]
        names: list[tuple[str, ...]] = []
        at = 0
        for labels in self._labels:
            names.append(tuple(labels[k] for k in out[:, at : at + len(labels)].argmax(1).tolist()))
            at += len(labels)
        child, parent = out[:, at : at + _ARC], out[:, at + _ARC : at + 2 * _ARC]
        head = (child @ parent.T).argmax(1)
        return Tags(names[0], names[1], tuple(head.tolist()), names[2])


@lru_cache(maxsize=1)
def default_tagger() -> Tagger:
    """The shipped tagger, loaded once per process."""
    return Tagger()
