"""Marian's tokenizer over SentencePiece, without loading transformers (which takes seconds).

Equal to `transformers.MarianTokenizer` (a test compares them): pieces of source.spm, ids of vocab.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from drift.errors import ModelError

__all__ = ["MarianPieces"]

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
        target_vocabulary = folder / "target_vocab.json"  # only models with two vocabularies have it
        self._target_known = frozenset(_vocabulary(target_vocabulary)) if target_vocabulary.is_file() else self._known

    def __contains__(self, piece: str) -> bool:
        return piece in self._known

    def encode(self, text: str, *, prefix: str = "") -> list[str]:
        """Source pieces with the end mark; `prefix` is a language token such as ">>eng<<" or nothing."""
        pieces = [prefix, *self._source.encode(text, out_type=str)] if prefix else \
            self._source.encode(text, out_type=str)
        return [p if p in self._known else self.unknown for p in pieces] + [self.end]

    def encode_target(self, text: str) -> list[str]:
        """Target pieces without the end mark."""
        return [p if p in self._target_known else self.unknown for p in self._target.encode(text, out_type=str)]

    def decode(self, pieces: Iterable[str]) -> str:
        """Target pieces to text; end and padding marks are dropped."""
        kept = [p for p in pieces if p not in (self.end, "<pad>")]
        return str(self._target.decode_pieces(kept)).replace(_SPACE, " ").strip()


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
