"""A Marian checkpoint in CTranslate2's format, converted once into the user's cache folder."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drift.errors import ModelError
from drift.translate.weights import Checkpoint

__all__ = ["cache_folder", "convertible", "converted", "quiet", "threads"]

_DAY_S = 86_400
_EMBEDDINGS = ("model.shared.weight", "model.decoder.embed_tokens.weight")


def cache_folder() -> Path:
    """Where drift keeps what it can make again; not created here."""
    import platformdirs

    return Path(platformdirs.user_cache_path("drift", appauthor=False))


def convertible(checkpoint: Checkpoint) -> str | None:
    """None where CTranslate2 will say what the checkpoint says, else why not, as half a sentence.

    Marian starts decoding from a zero vector and the converter assumes so. In `transformers` that vector is the
    embedding of the padding token; where training moved it, the converted model drops the first word of every sentence.
    """
    if checkpoint.family != "marian":
        return f"it is of the family {checkpoint.family or 'unknown'}, not Marian"
    for name in ("source.spm", "target.spm", "vocab.json"):
        if not (checkpoint.folder / name).is_file():
            return f"it has no {name}"
    config = checkpoint.config
    if not config.get("share_encoder_decoder_embeddings", True):
        return "its source and target vocabularies differ"
    pad = int(config.get("pad_token_id", config.get("vocab_size", 1) - 1))
    if config.get("decoder_start_token_id", pad) != pad:
        return "its decoder does not start from the padding token"
    row = _embedding(checkpoint.folder, pad)
    if row is None or any(row):
        return "its padding embedding is not zero"
    return None


def _embedding(folder: Path, index: int) -> bytes | None:
    """One row of the shared embedding without its signs, from the file itself: no library, no look at the rest.

    The format: 8 bytes with the header's length, a JSON header with each tensor's type, shape and place, the data.
    """
    for path in sorted(folder.glob("*.safetensors")):
        with path.open("rb") as stream:
            try:
                size = int.from_bytes(stream.read(8), "little")
                header = json.loads(stream.read(min(size, 100_000_000)))
                tensor = next((header[name] for name in _EMBEDDINGS if name in header), None)
                if tensor is None:
                    continue
                rows, _ = tensor["shape"]
                begin, end = tensor["data_offsets"]
                length = (end - begin) // rows
                stream.seek(8 + size + begin + index * length)
                row = bytearray(stream.read(length))
                width = {"F64": 8, "F32": 4}.get(tensor["dtype"], 2)
            except (ValueError, KeyError, TypeError, ZeroDivisionError) as error:
                raise ModelError("DR204", f"{path} is not a sound safetensors file; "
                                          "download or save the model again.") from error
        for i in range(width - 1, length, width):
            row[i] &= 0x7F
        return bytes(row)
    return None


def converted(checkpoint: Checkpoint, *, quantization: str, again: bool = False) -> Path:
    """The folder with the converted model; converts if need be. `again` throws away what is there (it would not load).

    Several processes may do this at once: each converts into a folder of its own, and the first to finish gives it
    its name in one step. A cache folder that cannot be written to is replaced by one that goes with the process.
    """
    import ctranslate2

    name = re.sub(r"[^\w.-]+", "--", f"{checkpoint.name}-{checkpoint.revision}")
    version = ".".join(ctranslate2.__version__.split(".")[:2])
    parent = cache_folder() / "ctranslate2"
    final = parent / f"{name}-{quantization}-{version}"
    if again:
        shutil.rmtree(final, ignore_errors=True)
    if (final / "model.bin").is_file():
        return final
    try:
        parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".making-", dir=parent))
    except OSError:
        return _convert(checkpoint, _passing_folder(), quantization)
    try:
        made = _convert(checkpoint, work / "model", quantization)
        # A folder that is there already is another process's, just as good as ours.
        with contextlib.suppress(OSError):
            made.rename(final)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        _sweep(parent)
    return final


def _sweep(parent: Path) -> None:
    """Remove what conversions that were killed have left, once it is a day old."""
    for left in parent.glob(".making-*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _DAY_S:
                shutil.rmtree(left, ignore_errors=True)


def _passing_folder() -> Path:
    import atexit

    folder = Path(tempfile.mkdtemp(prefix="drift-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder / "model"


def _convert(checkpoint: Checkpoint, folder: Path, quantization: str) -> Path:
    from ctranslate2.converters import TransformersConverter

    with quiet():
        converter = TransformersConverter(str(checkpoint.folder))
        try:
            converter.convert(str(folder), quantization=quantization)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise ModelError("DR205", f"{checkpoint.name} cannot be converted for CTranslate2 ({error}); "
                                      "pass --engine transformers.") from error
    return folder


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep transformers from drawing bars and from recommending packages while a model loads."""
    from transformers.utils import logging

    module: Any = logging
    bars, level = module.is_progress_bar_enabled(), module.get_verbosity()
    module.disable_progress_bar()
    module.set_verbosity_error()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*sacremoses.*")
            yield
    finally:
        module.set_verbosity(level)
        if bars:
            module.enable_progress_bar()


def threads() -> int:
    """Cores this process may use, as far as OMP_NUM_THREADS allows; at most 16."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        cores = os.cpu_count() or 1
    allowed = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(cores, int(allowed) if allowed.isdigit() else cores, 16))
