"""Tokenizers over SentencePiece itself, without loading transformers (which takes seconds).

Marian's is equal to `transformers.MarianTokenizer` (a test compares them), but for signs without a piece: `spelling`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from drift.errors import ModelError
from drift.translate.normalise import spelling
from drift.translate.weights import Checkpoint

__all__ = ["MarianPieces", "PlainPieces"]

_SPACE = "▁"


class MarianPieces:
    """Text to pieces of the source vocabulary and pieces of the target vocabulary to text."""

    end = "</s>"
    unknown = "<unk>"

    def __init__(self, folder: Path) -> None:
        """Load source.spm, target.spm and vocab.json of a Marian folder. Raises ModelError DR204."""
        self._source = _load(folder / "source.spm")
        self._target = _load(folder / "target.spm")
        self._known = frozenset(_vocabulary(folder / "vocab.json"))
        self._spelling = spelling(self.knows)
        target_vocabulary = folder / "target_vocab.json"  # only models with two vocabularies have it
        self._target_known = frozenset(_vocabulary(target_vocabulary)) if target_vocabulary.is_file() else self._known

    @property
    def vocabulary(self) -> frozenset[str]:
        """All source pieces."""
        return self._known

    def knows(self, sign: str) -> bool:
        """Whether a sign has a piece of its own, so that it is not spelled in bytes or lost as unknown."""
        return sign in self._known or _SPACE + sign in self._known

    def encode(self, text: str, *, prefix: str = "") -> list[str]:
        """Source pieces with the end mark; `prefix` is a language token such as ">>eng<<" or nothing."""
        pieces = [prefix] if prefix else []
        pieces += self._source.encode(text.translate(self._spelling), out_type=str)
        return [p if p in self._known else self.unknown for p in pieces] + [self.end]

    def encode_target(self, text: str) -> list[str]:
        """Target pieces without the end mark."""
        return [p if p in self._target_known else self.unknown for p in self._target.encode(text, out_type=str)]

    def decode(self, pieces: Iterable[str]) -> str:
        """Target pieces to text; end and padding marks are dropped."""
        kept = [p for p in pieces if p not in (self.end, "<pad>")]
        return str(self._target.decode_pieces(kept)).replace(_SPACE, " ").strip()


class PlainPieces:
    """The tokenizer of MADLAD-400: a SentencePiece model whose numbers are the model's own.

    It has the part of a transformers tokenizer's interface that `Family` uses. Reading the file itself keeps out of
    the question how a version of transformers rebuilds a T5 tokenizer (5.x fixes the place of the unknown piece).
    """

    def __init__(self, path: Path, *, end: int) -> None:
        self._model = _load(path)
        self.eos_token_id = end

    @classmethod
    def of(cls, checkpoint: Checkpoint) -> PlainPieces | None:
        """The tokenizer of a T5 checkpoint that has its SentencePiece model; None for every other."""
        path = checkpoint.folder / "spiece.model"
        if checkpoint.family != "t5" or not path.is_file():
            return None
        return cls(path, end=int(checkpoint.config.get("eos_token_id", 1)))

    def get_vocab(self) -> dict[str, int]:
        return {self._model.id_to_piece(i): i for i in range(self._model.get_piece_size())}

    def __call__(self, text: str | None = None, *, text_target: str | None = None) -> dict[str, list[int]]:
        ids = [*self._model.encode(text if text_target is None else text_target), self.eos_token_id]
        return {"input_ids": ids, "attention_mask": [1] * len(ids)}

    def decode(self, ids: Iterable[int], **_: Any) -> str:
        return str(self._model.decode([i for i in ids if not self._model.is_control(i)]))

    def convert_ids_to_tokens(self, ids: Iterable[int]) -> list[str]:
        return [str(self._model.id_to_piece(i)) for i in ids]


def _load(path: Path) -> Any:
    import sentencepiece

    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise ModelError("DR204", f"{path} cannot be loaded as a SentencePiece model ({error}); "
                                  "download or save the model again.") from error


def _vocabulary(path: Path) -> dict[str, int]:
    try:
        vocabulary = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError("DR204", f"{path} cannot be read as a vocabulary ({error}); "
                                  "download or save the model again.") from error
    return dict(vocabulary)
