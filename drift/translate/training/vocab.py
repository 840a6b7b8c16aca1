"""One SentencePiece vocabulary for both languages, in the files that a Marian checkpoint carries.

``source.spm`` and ``target.spm`` are the same unigram model (Kudo 2018) with byte fallback, so that no character is
unknown; ``vocab.json`` maps its pieces to the checkpoint's ids: ``</s>`` 0, ``<unk>`` 1, the pieces, ``<pad>`` last.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from drift.errors import ModelError, UsageError

__all__ = ["VOCABULARY_FILES", "Vocabulary", "train_vocabulary"]

VOCABULARY_FILES = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json")
EOS, UNK, PAD = "</s>", "<unk>", "<pad>"


class Vocabulary:
    """The pieces of one checkpoint folder and the way between text and its ids (``uint16``, so at most 65,536)."""

    def __init__(self, folder: Path) -> None:
        import sentencepiece

        self.folder = folder
        for name in VOCABULARY_FILES[:3]:
            if not (folder / name).is_file():
                raise ModelError("DR251", f"{folder} has no {name}: point --from or --vocab at a Marian folder.")
        if (folder / "source.spm").read_bytes() != (folder / "target.spm").read_bytes():
            raise ModelError("DR252", f"{folder} has two vocabularies; this recipe trains models with a joint one.")
        self.pieces: Any = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
        self.ids: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
        self.eos, self.unk, self.pad = self.ids[EOS], self.ids[UNK], self.ids[PAD]
        names = [self.pieces.id_to_piece(i) for i in range(self.pieces.get_piece_size())]
        self._to_marian = np.array([self.ids.get(name, self.unk) for name in names], dtype=np.uint16)

    def __len__(self) -> int:
        return len(self.ids)

    def encode(self, texts: Sequence[str]) -> list[npt.NDArray[np.uint16]]:
        """The ids of each text, without ``</s>``."""
        return [self._to_marian[np.asarray(ids, dtype=np.int64)] for ids in self.pieces.encode(list(texts))]

    def split(self, text: str) -> list[str]:
        """The pieces of one text, as CTranslate2 wants them (it adds ``</s>`` itself)."""
        return list(self.pieces.encode(text, out_type=str))

    def join(self, pieces: Sequence[str]) -> str:
        """The text of pieces that a model produced."""
        return str(self.pieces.decode([piece for piece in pieces if piece not in (EOS, PAD)]))

    def copy_to(self, folder: Path, *, source: str, target: str) -> None:
        """Write the four tokenizer files of a model that translates ``source`` into ``target`` (ISO 639-1)."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in VOCABULARY_FILES[:3]:
            if (self.folder / name).resolve() != (folder / name).resolve():
                shutil.copyfile(self.folder / name, folder / name)
        _write_tokenizer_config(folder, source=source, target=target)


def train_vocabulary(texts: Iterable[str], folder: Path, *, size: int = 8000, source: str, target: str) -> Vocabulary:
    """Learn ``size`` joint pieces from sentences of both languages and write the four files into ``folder``."""
    import sentencepiece

    if not 300 <= size <= 65_536:
        raise UsageError("DR253", f"--vocab-size {size}: 256 bytes must fit in, and ids are 16 bits: use 300 to 65536.")
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "source.spm"
    with model.open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts), model_writer=file, vocab_size=size - 1, model_type="unigram",
            character_coverage=0.9995, byte_fallback=True, input_sentence_size=1_000_000, shuffle_input_sentence=True,
            unk_id=1, eos_id=0, bos_id=-1, pad_id=-1, normalization_rule_name="nfkc", num_threads=2,
            hard_vocab_limit=False, minloglevel=2,
        )
    shutil.copyfile(model, folder / "target.spm")
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(model))
    names = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    ids = {EOS: 0, UNK: 1}
    for name in [*names, PAD]:
        ids.setdefault(name, len(ids))
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), encoding="utf-8")
    _write_tokenizer_config(folder, source=source, target=target)
    return Vocabulary(folder)


def _write_tokenizer_config(folder: Path, *, source: str, target: str) -> None:
    config = {
        "source_lang": source, "target_lang": target, "model_max_length": 256, "tokenizer_class": "MarianTokenizer",
        "separate_vocabs": False, "eos_token": EOS, "unk_token": UNK, "pad_token": PAD,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
