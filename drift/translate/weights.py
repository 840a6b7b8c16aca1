"""Where a checkpoint is: a local folder or the hub, safetensors only; and which weights exactly it holds."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drift.errors import ModelError

__all__ = ["Checkpoint", "digest", "open_folder"]

_BLOCK = 1 << 16
_BLOCKS = 16


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model on this machine's disk."""

    folder: Path
    name: str  # hub id, or the folder's name
    revision: str  # hub commit, or `digest` of the folder
    config: dict[str, Any]  # config.json

    @property
    def family(self) -> str:
        """`model_type` of the config: marian, m2m_100, mbart, t5, …"""
        return str(self.config.get("model_type", ""))


def open_folder(folder: Path, *, name: str | None = None, revision: str | None = None) -> Checkpoint:
    """Check that a folder holds a loadable checkpoint. Raises ModelError DR203 (no weights) or DR204 (broken)."""
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError("DR203", f"{folder} is not a model folder: its config.json cannot be read "
                                  f"({error.strerror}); pass --model a folder saved by transformers.") from error
    except ValueError as error:
        raise ModelError("DR204", f"{path} is not valid JSON ({error}); download or save the model again.") from error
    if not isinstance(config, dict):
        raise ModelError("DR204", f"{path} does not hold a JSON object; download or save the model again.")
    if not list(folder.glob("*.safetensors")):
        raise ModelError("DR203", f"{folder} holds no *.safetensors; drift loads no other weight format: save the "
                                  "model with save_pretrained(), or pass --revision of a commit that has safetensors.")
    return Checkpoint(folder, name or folder.resolve().name, revision or digest(folder), config)


def digest(folder: Path) -> str:
    """A digest of a folder's files in 12 hexadecimal digits, cheap for weights of many gigabytes.

    Small files count whole; of each weights file its size, its head (safetensors keeps names and shapes there) and
    evenly spread blocks. Two trainings of one architecture differ in every block.
    """
    total = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.is_file() and p.suffix in {".json", ".spm", ".model", ".txt",
                                                                                   ".safetensors"}):
        size = path.stat().st_size
        if path.name == "drift.json":  # our own card, no part of what the model does
            continue
        total.update(f"{path.name}\0{size}\0".encode())
        with path.open("rb") as stream:
            if size <= _BLOCK * _BLOCKS:
                total.update(stream.read())
                continue
            for block in range(_BLOCKS):
                stream.seek((size - _BLOCK) * block // (_BLOCKS - 1))
                total.update(stream.read(_BLOCK))
    return total.hexdigest()[:12]
