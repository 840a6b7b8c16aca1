"""Contextual word vectors, and the word alignment inside a bead.

Vectors: a middle layer of a small BERT (all-MiniLM-L6-v2, cut after layer 4), averaged over the pieces of a word.
Alignment: SimAlign's idea (Jalili Sabet et al., Findings of EMNLP 2020): no training, a similarity matrix, and the pairs
of words that choose each other; then, iteratively, the rest, with the links already found as anchors.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from drift.errors import ModelError

__all__ = ["MiniLM", "WordEncoder", "default_encoder", "shipped_name"]

Vectors = NDArray[np.float32]
_SHIPPED = Path(__file__).parent.parent / "models" / "minilm-l4"
_MAX_PIECES = 256  # the model's practical limit; the words beyond it get zeros
_BLOCK = 16  # sentences in one forward pass, all of one length
# Rows of a matrix product are computed so many at a time, by 6, 8, 16, … from processor to processor, and what is left over by
# another routine, whose last bits differ. A forward pass is filled up to a multiple of all of these.
_TILE = 48


class WordEncoder(Protocol):
    """Turns the words of a sentence into vectors that depend on the sentence."""

    name: str  # stands in the signature
    dim: int

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Vectors]:
        """``res[i][j]`` is the unit vector (dim,) of word j of sentence i; float32, shape (len(sentences[i]), dim)."""
        ...


class MiniLM:
    """The shipped encoder; `path` may name any BERT checkpoint on disk with a ``tokenizer.json``.

    A forward pass has sentences of one length only: nothing is padded, and a sentence's vectors do not depend on its
    neighbours.
    """

    def __init__(self, path: Path = _SHIPPED) -> None:
        try:
            from tokenizers import Tokenizer

            from drift.align.bert import Bert
            from drift.translate.convert import threads
        except ImportError as error:  # pragma: no cover - the base install has them
            raise ModelError("DR401", "word alignment needs ctranslate2 and tokenizers: pip install translation-drift") from error
        if not (path / "model.safetensors").is_file():
            raise ModelError("DR402", f"no word encoder at {path}: model.safetensors is missing; reinstall translation-drift")
        self.name = path.name
        self._tokenizer: Any = Tokenizer.from_file(str(path / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_PIECES)
        self._workers = threads()
        pieces = self._tokenizer.get_vocab()
        self._model = Bert(path, sorted(pieces, key=pieces.__getitem__), workers=self._workers)
        self.dim = self._model.dim

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Vectors]:
        """See `WordEncoder`. A sentence's vectors are the same to the last bit whatever is encoded with it."""
        encodings = self._tokenizer.encode_batch([list(words) for words in sentences], is_pretokenized=True)
        by_length: dict[int, list[int]] = {}
        for i, encoding in enumerate(encodings):
            by_length.setdefault(len(encoding.ids), []).append(i)
        blocks = [rows[at : at + _BLOCK] for rows in by_length.values() for at in range(0, len(rows), _BLOCK)]
        result: list[Vectors] = [np.zeros((0, self.dim), np.float32)] * len(sentences)

        def fill(block: list[int]) -> None:
            ids = [encodings[i].ids for i in block]
            hidden = self._model(ids + _filler(len(ids), ids[0]))
            for row, i in enumerate(block):
                result[i] = _pool(hidden[row], encodings[i].word_ids, len(sentences[i]))

        if len(blocks) < 2 or self._workers < 2:
            for block in blocks:
                fill(block)
        else:
            with ThreadPoolExecutor(self._workers) as pool:
                list(pool.map(fill, blocks))  # the model lets go of Python's lock while it computes
        return result


def _filler(sentences: int, ids: list[int]) -> list[list[int]]:
    """Sentences no longer than `ids` that bring so many of its length to a multiple of `_TILE` pieces."""
    missing = -sentences * len(ids) % _TILE
    whole, rest = divmod(missing, len(ids))
    return [ids] * whole + ([ids[:rest]] if rest else [])


def _pool(hidden: Vectors, word_ids: Sequence[int | None], n_words: int) -> Vectors:
    """Mean over the pieces of each word, then unit length; a word without pieces (truncated) gets zeros."""
    ids = np.array([-1 if w is None else w for w in word_ids])
    kept = ids >= 0
    out = np.zeros((n_words, hidden.shape[1]), np.float32)
    np.add.at(out, ids[kept], hidden[kept])
    norm = np.linalg.norm(out, axis=1, keepdims=True)
    unit: Vectors = (out / np.maximum(norm, 1e-9)).astype(np.float32)
    return unit


@lru_cache(maxsize=1)
def default_encoder() -> MiniLM:
    """The shipped encoder, loaded once per process."""
    return MiniLM()


def shipped_name() -> str:
    """Name of the default encoder, for signatures; loads nothing."""
    return _SHIPPED.name
