"""Which models there are: shipped with drift, known by name, already on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drift.translate.cached import cached_models
from drift.translate.languages import iso2
from drift.translate.weights import digest

__all__ = ["ModelInfo", "available", "default_model", "shipped"]

_BOTH = "ctranslate2, transformers"
_MODELS = Path(__file__).resolve().parent.parent / "models"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One model a user may choose; a line of `drift models`."""

    engine: str
    model: str  # what --model takes
    source: tuple[str, ...]  # ISO 639-1
    target: str  # ISO 639-1; "*": each of `source`
    licence: str
    megabytes: int | None  # on disk, or to download; None: unknown
    installed: bool
    where: str = ""  # folder, hub page or program; "" where it is nowhere yet
    bleu: float | None = None  # FLORES dev, 0..100, higher is better; None: no figure at hand
    note: str = ""
    shipped: bool = False
    revision: str | None = None  # hub commit, digest of a folder or of Apertium's rules; None: not on this machine
    default: bool = False  # whether it is what its languages get when no model is named
    chrf: float | None = None  # FLORES dev, 0..100, higher is better


# The table of defaults: OPUS-MT (Tiedemann & Thottingal 2020), one model to a language where there is one, else the
# model of its language group. About 300 MB each in fp32, the "big" ones 470 MB; the hub states the size beforehand.
_OWN = """af ar az bg bn ca cs cy da de eo es et eu fi fr ga gl ha hi ht hu hy id ig is it ja ka ko lg lv mg mk ml mr
          mt nl pl ru rw sk sn sq sv th tl tr uk ur vi xh yo zh"""
_GROUPS = {"ROMANCE": "pt", "roa": "ro oc", "sla": "sl", "zls": "sr hr bs sh", "zle": "be", "gmq": "no nb nn fo",
           "grk": "el", "iir": "fa ps tg ku sd", "inc": "gu ne pa or as si", "dra": "ta te kn",
           "trk": "kk ky uz tk tt ug ba", "gmw": "lb fy yi", "cel": "br gd kw gv", "bnt": "sw zu", "mkh": "km",
           "sem": "am ti", "tc-big-he": "he", "tc-big-lt": "lt"}
_TARGETS = """ar bg ca cs cy da de el eo es et eu fi fr ga gl he hi hu hy id is it mk mt nl ro ru sk sq sv tl uk ur
              vi zh"""
_LICENCE = "Apache-2.0 or CC-BY-4.0 (see its card)"  # OPUS-MT's cards say one or the other
_TO_ENGLISH = {language: name for name, languages in
               ({code: code for code in _OWN.split()} | _GROUPS).items() for language in languages.split()}
_FROM_ENGLISH = tuple(_TARGETS.split())


def _hub_name(source: str, target: str) -> str | None:
    """The hub id of the table's model for a pair."""
    if target == "en" and source in _TO_ENGLISH:
        return f"Helsinki-NLP/opus-mt-{_TO_ENGLISH[source]}-en"
    if source == "en" and target in _FROM_ENGLISH:
        return f"Helsinki-NLP/opus-mt-en-{target}"
    return None


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
        measured = about.get("metrics", {}).get("flores-dev", {})
        yield ModelInfo(_BOTH, card.parent.name, (iso2(about["source"]),), iso2(about["target"]), about["licence"],
                        round(size / 1e6), True, str(card.parent), measured.get("bleu"), "comes with drift", True,
                        chrf=measured.get("chrf"))


def default_model(source: str, target: str) -> ModelInfo | None:
    """What translates this pair when no model is named: the shipped model, else the table's, else None."""
    source, target = iso2(source), iso2(target)
    for info in shipped():
        if info.source == (source,) and info.target == target:
            return info
    model = _hub_name(source, target)
    return None if model is None else _hub_info(model, (source,), target)


def _hub_info(model: str, source: tuple[str, ...], target: str) -> ModelInfo:
    from drift.translate.hub import cached_card

    card = cached_card(model)
    licence = _LICENCE if card is None else _front_matter(card).get("license", _LICENCE)
    return ModelInfo(_BOTH, model, source, target, licence, 470 if "-big-" in model else 300,
                     card is not None, str(card.parent) if card else f"https://huggingface.co/{model}")


def _front_matter(card: Path) -> dict[str, str]:
    """The plain `key: value` lines between the two "---" at the head of a model card."""
    try:
        text = card.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    head = text.split("---", 2)[1] if text.startswith("---") and text.count("---") > 1 else ""
    pairs = (line.split(":", 1) for line in head.splitlines() if ":" in line and not line.startswith((" ", "-", "#")))
    return {key.strip(): value.strip().strip("\"'") for key, value in pairs if value.strip()}


def available() -> list[ModelInfo]:
    """List every model drift knows by name or finds here, each once; loads none and touches no network.

    In this order: the shipped ones, those in the hub's cache, Apertium's pairs and chains, the table of defaults.
    """
    own = list(shipped())
    rows = [replace(info, revision=digest(Path(info.where)), default=_first(own, info)) for info in own]
    table = {str(info.model): info for info in _table()}
    for cached in cached_models():
        licence = _front_matter(cached.folder / "README.md").get("license")
        known = table.pop(cached.model, None)
        info = known or ModelInfo(_BOTH if cached.marian else "transformers", cached.model, cached.source,
                                  cached.target, "unknown (it has no card)", None, True)
        rows.append(replace(info, licence=licence or info.licence, megabytes=cached.megabytes, installed=True,
                            where=str(cached.folder), revision=cached.revision, note="in the hub's cache",
                            default=known is not None and not _covered(own, info)))
    rows += _apertium()
    return [*rows, *(replace(info, default=not _covered(own, info)) for info in table.values())]


def _first(own: Sequence[ModelInfo], info: ModelInfo) -> bool:
    """Whether no other shipped model of the pair comes before it."""
    return next(i for i in own if (i.source, i.target) == (info.source, info.target)) is info


def _covered(own: Sequence[ModelInfo], info: ModelInfo) -> bool:
    """Whether shipped models take precedence for every language of a table's row."""
    return all(any(i.source == (language,) and i.target == info.target for i in own) for language in info.source)


def _table() -> Iterator[ModelInfo]:
    by_model: dict[str, list[str]] = {}
    for language in _TO_ENGLISH:
        by_model.setdefault(str(_hub_name(language, "en")), []).append(language)
    rows = [(model, tuple(sorted(languages)), "en") for model, languages in sorted(by_model.items())]
    rows += [(str(_hub_name("en", language)), ("en",), language) for language in sorted(_FROM_ENGLISH)]
    for model, source, target in rows:
        yield _hub_info(model, source, target)


def _apertium() -> Iterator[ModelInfo]:
    """Every installed pair, and the chains that lead into English and out of it."""
    from drift.translate.apertium import chain, installed_pairs, revision_of

    pairs = installed_pairs()
    spoken = sorted({iso2(code) for pair in pairs for code in pair} - {"en"})
    ways = [(a, b, f"{a}-{b}") for a, b in pairs]
    for a, b in (*((s, "en") for s in spoken), *(("en", s) for s in spoken)):
        names = chain(a, b, pairs)
        if names is not None and len(names) > 1:
            ways.append((a, b, ",".join(names)))
    for a, b, model in ways:
        yield ModelInfo("apertium", model, (iso2(a),), iso2(b), "GPL-2.0-or-later", None, True, "apertium",
                        note="rules, no weights", revision=revision_of(model.split(",")))
