"""Contextual word vectors, and the word alignment inside a bead.

Vectors: a middle layer of a small BERT (all-MiniLM-L6-v2, cut after layer 4), averaged over the pieces of a word.
Alignment: SimAlign's idea (Jalili Sabet et al., Findings of EMNLP 2020): no training, a similarity matrix, and the pairs
of words that choose each other; then, iteratively, the rest, with the links already found as anchors.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from drift.errors import ModelError

__all__ = ["MiniLM", "WordEncoder", "default_encoder", "shipped_name"]

Vectors = NDArray[np.float32]
_SHIPPED = Path(__file__).parent.parent / "models" / "minilm-l4"
_MAX_PIECES = 256  # the model's practical limit; what lies beyond gets the static vector of the last layer's mean
# Sentences in one forward pass, always exactly so many of one length: a matrix product rounds differently for another
# number of rows, and then a verdict would depend on what is judged beside it.
_BLOCK = 4


class WordEncoder(Protocol):
    """Turns the words of a sentence into vectors that depend on the sentence."""

    name: str  # stands in the signature
    dim: int

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Vectors]:
        """``res[i][j]`` is the unit vector (dim,) of word j of sentence i; float32, shape (len(sentences[i]), dim)."""
        ...


class MiniLM:
    """The shipped encoder; `path` may name any BERT checkpoint on disk with a ``tokenizer.json``."""

    def __init__(self, path: Path = _SHIPPED, *, device: str = "cpu") -> None:
        try:
            import torch
            from tokenizers import Tokenizer
            from transformers import BertModel

            from drift.translate.convert import quiet
        except ImportError as error:  # pragma: no cover - the base install has them
            raise ModelError("DR401", "word alignment needs torch and transformers: pip install translation-drift") from error
        if not (path / "model.safetensors").is_file():
            raise ModelError("DR402", f"no word encoder at {path}: model.safetensors is missing; reinstall translation-drift")
        self.name = path.name
        self._torch = torch
        self._device = device
        self._tokenizer: Any = Tokenizer.from_file(str(path / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_PIECES)
        with quiet():
            self._model: Any = BertModel.from_pretrained(
                path, add_pooling_layer=False, use_safetensors=True, dtype=torch.float32, local_files_only=True
            )
        self._model.eval().to(device)
        self.dim = int(self._model.config.hidden_size)

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Vectors]:
        """See `WordEncoder`. A sentence's vectors are the same to the last bit whatever is encoded with it."""
        encodings = self._tokenizer.encode_batch([list(words) for words in sentences], is_pretokenized=True)
        by_length: dict[int, list[int]] = {}
        for i, encoding in enumerate(encodings):
            by_length.setdefault(len(encoding.ids), []).append(i)
        result: list[Vectors] = [np.zeros((0, self.dim), np.float32)] * len(sentences)
        for length in sorted(by_length):
            rows = by_length[length]
            for at in range(0, len(rows), _BLOCK):
                batch = rows[at : at + _BLOCK]
                filled = batch + [batch[-1]] * (_BLOCK - len(batch))
                hidden = self._forward([encodings[i].ids for i in filled])
                for row, i in enumerate(batch):
                    result[i] = _pool(hidden[row], encodings[i].word_ids, len(sentences[i]))
        return result

    def _forward(self, ids: list[list[int]]) -> Vectors:
        """Last hidden layer, (batch, pieces, dim)."""
        torch = self._torch
        with torch.inference_mode():
            output = self._model(input_ids=torch.tensor(ids, device=self._device)).last_hidden_state
        hidden: Vectors = output.float().cpu().numpy()
        return hidden


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
