"""Which models there are: shipped with drift, known by name, already on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from drift.translate.languages import iso2

__all__ = ["ModelInfo", "available", "default_model", "shipped"]

_MODELS = Path(__file__).resolve().parent.parent / "models"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One model a user may choose; a line of `drift models`."""

    engine: str
    model: str  # what --model takes
    source: tuple[str, ...]  # ISO 639-1
    target: str
    licence: str
    megabytes: int | None  # on disk, or to download; None: unknown
    installed: bool
    where: str = ""  # folder, hub page or program; "" where it is nowhere yet
    bleu: float | None = None  # FLORES dev, 0..100, higher is better; None: no figure at hand
    note: str = ""
    shipped: bool = False


# language -> hub id, megabytes of the weights, licence. Sizes are approximate (fp32 checkpoints of the hub) and are
# stated before a download. OPUS-MT (Tiedemann & Thottingal 2020); group models serve languages that have none.
_LICENCE = "CC-BY-4.0"
_OPUS = {language: (f"Helsinki-NLP/opus-mt-{name}-en", size) for language, name, size in (
    ("af", "af", 300), ("ar", "ar", 308), ("az", "az", 299), ("bg", "bg", 309), ("bn", "bn", 304), ("ca", "ca", 290),
    ("cs", "cs", 311), ("cy", "cy", 300), ("da", "da", 301), ("de", "de", 298), ("eo", "eo", 297), ("es", "es", 312),
    ("et", "et", 303), ("eu", "eu", 296), ("fi", "fi", 304), ("fr", "fr", 301), ("ga", "ga", 304), ("gl", "gl", 297),
    ("ha", "ha", 298), ("hi", "hi", 304), ("ht", "ht", 299), ("hu", "hu", 308), ("hy", "hy", 298), ("id", "id", 293),
    ("ig", "ig", 297), ("is", "is", 300), ("it", "it", 343), ("ja", "ja", 303), ("ka", "ka", 298), ("ko", "ko", 312),
    ("lv", "lv", 306), ("mk", "mk", 303), ("ml", "ml", 305), ("mr", "mr", 303), ("mt", "mt", 302), ("nl", "nl", 317),
    ("no", "gmq", 307), ("pl", "pl", 309), ("pt", "ROMANCE", 312), ("ro", "roa", 310), ("ru", "ru", 307),
    ("rw", "rw", 302), ("sk", "sk", 303), ("sl", "sla", 310), ("sn", "sn", 299), ("sq", "sq", 299), ("sr", "zls", 310),
    ("sv", "sv", 303), ("th", "th", 305), ("tl", "tl", 301), ("tr", "tr", 307), ("uk", "uk", 303), ("ur", "ur", 306),
    ("vi", "vi", 294), ("xh", "xh", 300), ("yo", "yo", 297), ("zh", "zh", 312),
)}
_OPUS |= {"hr": _OPUS["sr"], "bs": _OPUS["sr"], "nb": _OPUS["no"], "nn": _OPUS["no"]}
# From English, for round trips.
_FROM_ENGLISH = {language: (f"Helsinki-NLP/opus-mt-en-{language}", size) for language, size in (
    ("ar", 308), ("cs", 311), ("da", 301), ("de", 298), ("es", 312), ("fi", 304), ("fr", 301), ("hu", 308), ("id", 293),
    ("it", 343), ("nl", 317), ("ro", 304), ("ru", 307), ("sv", 303), ("uk", 303), ("vi", 290), ("zh", 312),
)}


def shipped() -> tuple[ModelInfo, ...]:
    """The translation models that came with drift: folders with weights and a drift.json of kind "translation"."""
    return tuple(_shipped())


def _shipped() -> Iterator[ModelInfo]:
    for card in sorted(_MODELS.glob("*/drift.json")):
        about = json.loads(card.read_text(encoding="utf-8"))
        weights = list(card.parent.glob("*.safetensors"))
        if about.get("kind") != "translation" or not weights:
            continue
        size = sum(p.stat().st_size for p in weights)
        yield ModelInfo("ctranslate2, transformers", card.parent.name, (iso2(about["source"]),), iso2(about["target"]),
                        about["licence"], round(size / 1e6), True, str(card.parent),
                        about.get("metrics", {}).get("flores-dev", {}).get("bleu"), "comes with drift", True)


def default_model(source: str, target: str) -> ModelInfo | None:
    """What translates this pair when no model is named: the shipped model, else the table's, else None."""
    source, target = iso2(source), iso2(target)
    for info in shipped():
        if info.source == (source,) and info.target == target:
            return info
    table = {"en": _OPUS}.get(target) or ({target: _FROM_ENGLISH[target]} if source == "en" and target in _FROM_ENGLISH
                                          else {})
    entry = table.get(source if target == "en" else target)
    return None if entry is None else _hub_info(entry[0], (source,), target, entry[1])


def _hub_info(model: str, source: tuple[str, ...], target: str, megabytes: int) -> ModelInfo:
    from drift.translate.hub import cached_commit

    there = cached_commit(model) is not None
    return ModelInfo("ctranslate2, transformers", model, source, target, _LICENCE, megabytes, there,
                     f"https://huggingface.co/{model}")


def available() -> list[ModelInfo]:
    """Every model drift knows by name or finds here: shipped, the default table, Apertium's installed pairs."""
    from drift.translate.apertium import installed_pairs

    rows = list(shipped())
    for target, table in (("en", _OPUS),):
        by_model: dict[str, list[str]] = {}
        for language, (model, _) in table.items():
            by_model.setdefault(model, []).append(language)
        sizes = dict(table.values())
        rows += [_hub_info(model, tuple(sorted(languages)), target, sizes[model])
                 for model, languages in sorted(by_model.items())]
    rows += [_hub_info(model, ("en",), language, size) for language, (model, size) in sorted(_FROM_ENGLISH.items())]
    rows += [ModelInfo("apertium", f"{a}-{b}", (iso2(a),), iso2(b), "GPL-2.0-or-later", None, True, "apertium")
             for a, b in installed_pairs()]
    return rows
