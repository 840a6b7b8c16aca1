"""A trained model as a folder that drift ships: fp16 safetensors, tokenizer files and drift.json."""

from __future__ import annotations

import copy
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from drift.errors import ModelError
from drift.translate.training.vocab import Vocabulary

__all__ = ["export"]


def export(model: Any, vocabulary: Vocabulary, folder: Path, *, source: str, target: str, licence: str,
           half: bool = True, about: Mapping[str, Any] | None = None) -> None:
    """Write a Marian checkpoint that ``transformers`` and CTranslate2 both load; files of the same name are replaced.

    The weights are rounded to fp16 (``half``), at which no change of BLEU was seen. ``about`` joins drift.json.
    Raises ModelError DR260 if the padding embedding is not zero, for CTranslate2 would drop first words silently.
    """
    import torch

    pad = model.config.pad_token_id
    if model.model.shared.weight[pad].detach().abs().max().item() != 0.0:
        raise ModelError("DR260", f"The padding embedding (row {pad}) is not zero; call model.zero_padding() first.")
    precision = torch.float16 if half else torch.float32
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        made = Path(work)
        rounded = copy.deepcopy(model).to(precision)
        rounded.config.dtype = precision
        rounded.save_pretrained(str(made))
        vocabulary.copy_to(made, source=source, target=target)
        card = {"kind": "translation", "source": source, "target": target, "licence": licence,
                "parameters": sum(parameter.numel() for parameter in model.parameters()), **(about or {})}
        (made / "drift.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        for path in sorted(made.iterdir()):
            path.chmod(0o644)  # safetensors writes for the owner alone; others install the package too
            os.replace(path, folder / path.name)
