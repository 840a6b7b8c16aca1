"""A BERT checkpoint run by CTranslate2: on a CPU twice as fast as PyTorch, with the same vectors, and loaded in a second.

CTranslate2's own converter asks for torch and transformers, whose import takes longer than all else that a judge does. The
weights of a BERT are few and known, so they are put into the form of its files here, in memory; a test holds the result
equal to what the converter writes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drift.errors import ModelError

__all__ = ["Bert"]

# CTranslate2's numbers: of its file format, of the encoder's revision, of an activation and a way to merge embeddings
_VERSION, _REVISION, _GELU, _SUM = 6, 1, 3, 1
_TYPES = ("float32", "int8", "int16", "int32", "float16", "bfloat16")


class Bert:
    """The encoder layers of one checkpoint on disk: ``config.json``, ``model.safetensors`` (any float type), ``tokenizer.json``.

    In int8 it would be three times faster again, but what tells two prepositions apart is lost in the rounding: 0.01 of
    DEMETR's pairs.
    """

    def __init__(self, path: Path, vocabulary: Sequence[str], *, workers: int = 1) -> None:
        """Load; `vocabulary` lists the pieces in order of their ids, `workers` forward passes may run side by side.

        Raises ModelError DR407 where the checkpoint is of another architecture, DR402 where it is broken.
        """
        import ctranslate2

        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
        if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
            kind = f"{config.get('model_type')}, {config.get('hidden_act')}"
            raise ModelError("DR407", f"the word encoder {path} is no BERT with GELU ({kind}); name a checkpoint that is one")
        self.dim = int(config["hidden_size"])
        try:
            variables = _variables(config, _tensors(path / "model.safetensors"))
        except (KeyError, ValueError) as error:
            raise ModelError("DR402", f"the word encoder {path} is not complete ({error}); reinstall translation-drift") from error
        settings = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "[UNK]", "multi_query_attention": False,
                    "layer_norm_epsilon": float(config["layer_norm_eps"])}  # fmt: skip
        self._model: Any = ctranslate2.Encoder(
            path.name, device="cpu", compute_type="float32", inter_threads=workers, intra_threads=1,
            files={"model.bin": _packed(variables), "config.json": json.dumps(settings).encode(),
                   "vocabulary.json": json.dumps(list(vocabulary)).encode()},
        )  # fmt: skip

    def __call__(self, ids: list[list[int]]) -> NDArray[np.float32]:
        """Last hidden layer, (sentences, most pieces, dim), of piece ids; what follows a shorter sentence means nothing."""
        hidden: NDArray[np.float32] = np.array(self._model.forward_batch(ids).last_hidden_state)
        return hidden


def _tensors(path: Path) -> dict[str, NDArray[np.float32]]:
    from safetensors.numpy import load_file

    return {name.removeprefix("bert."): tensor.astype(np.float32) for name, tensor in load_file(path).items()}


def _variables(config: Mapping[str, Any], tensors: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[Any]]:
    """The checkpoint under CTranslate2's names; see `ctranslate2.converters.transformers.BertLoader`. There is no pooler."""
    plain = {
        "encoder/activation": np.int8(_GELU), "encoder/embeddings_merge": np.int8(_SUM), "encoder/multi_query_attention": np.int8(0),
        "encoder/num_heads": np.int16(config["num_attention_heads"]), "encoder/pre_norm": np.int8(0),
        "encoder/scale_embeddings": np.int8(0),
    }  # fmt: skip
    out: dict[str, NDArray[Any]] = {name: np.asarray(value) for name, value in plain.items()}
    out["encoder/embeddings_0/weight"] = tensors["embeddings.word_embeddings.weight"]
    out["encoder/embeddings_1/weight"] = tensors["embeddings.token_type_embeddings.weight"]
    out["encoder/position_encodings/encodings"] = tensors["embeddings.position_embeddings.weight"]
    _norm(out, "encoder/layernorm_embedding", tensors, "embeddings.LayerNorm")
    for number in range(int(config["num_hidden_layers"])):
        to, at = f"encoder/layer_{number}", f"encoder.layer.{number}"
        for kind in ("weight", "bias"):
            parts = [tensors[f"{at}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            out[f"{to}/self_attention/linear_0/{kind}"] = np.concatenate(parts)
            out[f"{to}/self_attention/linear_1/{kind}"] = tensors[f"{at}.attention.output.dense.{kind}"]
            out[f"{to}/ffn/linear_0/{kind}"] = tensors[f"{at}.intermediate.dense.{kind}"]
            out[f"{to}/ffn/linear_1/{kind}"] = tensors[f"{at}.output.dense.{kind}"]
        _norm(out, f"{to}/self_attention/layer_norm", tensors, f"{at}.attention.output.LayerNorm")
        _norm(out, f"{to}/ffn/layer_norm", tensors, f"{at}.output.LayerNorm")
    return out


def _norm(out: dict[str, NDArray[Any]], to: str, tensors: Mapping[str, NDArray[np.float32]], name: str) -> None:
    out[f"{to}/gamma"], out[f"{to}/beta"] = tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def _packed(variables: Mapping[str, NDArray[Any]]) -> bytes:
    """The bytes of a ``model.bin`` of version 6: a header, then each variable's name, shape, type and data, by name."""

    def text(value: str) -> bytes:
        return struct.pack("H", len(value) + 1) + value.encode() + b"\0"

    parts = [struct.pack("I", _VERSION), text("TransformerEncoderSpec"), struct.pack("II", _REVISION, len(variables))]
    for name, value in sorted(variables.items()):
        parts += [
            text(name), struct.pack("B", value.ndim), struct.pack(f"{value.ndim}I", *value.shape),
            struct.pack("B", _TYPES.index(value.dtype.name)) + struct.pack("I", value.nbytes), value.tobytes(),
        ]  # fmt: skip
    return b"".join([*parts, struct.pack("I", 0)])  # no aliases
