"""From a language, or a model's name, to a loaded translator."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from drift.errors import ModelError, UsageError
from drift.translate.base import Translator
from drift.translate.catalogue import default_model, shipped
from drift.translate.glossary import FILE, open_glossary
from drift.translate.hub import cached_card, fetch, is_hub_id
from drift.translate.identity import Identity
from drift.translate.languages import iso2
from drift.translate.memory import Memory, Remembering
from drift.translate.neural import NeuralTranslator
from drift.translate.weights import Checkpoint, open_folder

__all__ = ["ENGINES", "Note", "knows_both_ways", "load"]

ENGINES = ("ctranslate2", "transformers", "apertium")
_MANY_TO_MANY = frozenset({"m2m_100", "mbart", "t5"})
Note = Callable[[str], None]  # called with one plain sentence that the user should see


def load(language: str, *, model: str | None = None, revision: str | None = None, engine: str | None = None,
         device: str = "cpu", memory: Memory | str | Path | None = None, target: str = "en",
         note: Note | None = None) -> Translator:
    """A translator from `language` into `target`; the one for `target` itself changes nothing.

    `model` is a hub id, a local folder or a shipped model's name; None takes the shipped model of the pair, else the
    table's. `engine` None takes CTranslate2 where it says the same as the checkpoint, else transformers. `memory` is a
    `Memory`, the path of one, or None for none. `note` is called with what the user should know (a download, a
    memory that was rebuilt).
    Raises UsageError DR201 (not a language, not an engine), ModelError DR202 to DR210 (each says what to pass).
    """
    source, target = _language(language), _language(target)
    if engine is not None and engine not in ENGINES:
        raise UsageError("DR201", f"there is no engine {engine!r}; pass --engine {' or '.join(ENGINES)}.")
    if source == target:
        return Identity(target)
    translator = _load(source, target, model, revision, engine, device, note or (lambda text: None))
    if memory is None:
        return translator
    return Remembering(translator, memory if isinstance(memory, Memory) else Memory(memory, note=note))


def knows_both_ways(model: str) -> bool:
    """Whether a folder, or a hub id that is on this machine, is of a family with one model for every direction."""
    folder = Path(model).expanduser()
    if not folder.is_dir():
        card = cached_card(model) if is_hub_id(model) else None
        if card is None:
            return False
        folder = card.parent
    return open_folder(folder).family in _MANY_TO_MANY


def _language(code: str) -> str:
    try:
        return iso2(code)
    except ValueError as error:
        raise UsageError("DR201", f"{error}.") from error


def _load(source: str, target: str, model: str | None, revision: str | None, engine: str | None, device: str,
          note: Note) -> Translator:
    if engine == "apertium":
        from drift.translate.apertium import ApertiumTranslator

        return ApertiumTranslator(source, target, pairs=model)
    checkpoint = _checkpoint(source, target, model, revision, note)
    if engine in (None, "ctranslate2"):
        from drift.translate.convert import convertible

        installed = importlib.util.find_spec("ctranslate2") is not None
        if engine is not None and not installed:
            raise ModelError("DR209", "the engine ctranslate2 needs a package that is not installed: "
                                      "pip install ctranslate2.")
        if engine is not None or (installed and device == "cpu" and convertible(checkpoint) is None):
            from drift.translate.ctranslate2_engine import CTranslate2Translator

            return _with_words(CTranslate2Translator(checkpoint, source=source, target=target, device=device), checkpoint)
    from drift.translate.transformers_engine import TransformersTranslator

    return _with_words(TransformersTranslator(checkpoint, source=source, target=target, device=device), checkpoint)


def _with_words(translator: NeuralTranslator, checkpoint: Checkpoint) -> NeuralTranslator:
    """Give an English-writing model the word list that lies beside its weights; what it then says is another setting."""
    path = checkpoint.folder / FILE
    if translator.target == "en" and path.is_file():
        translator.glossary = open_glossary(path)
        translator.settings += f";words={sha256(path.read_bytes()).hexdigest()[:8]}"
    return translator


def _checkpoint(source: str, target: str, model: str | None, revision: str | None, note: Note) -> Checkpoint:
    if model is None:
        info = default_model(source, target)
        if info is None:
            raise ModelError("DR202", f"there is no default model from {source!r} into {target!r}; pass --model a hub "
                                      "id or a folder that translates this pair.")
        if info.shipped:
            return open_folder(Path(info.where))
        size = "on this machine" if info.installed else f"about {info.megabytes} MB to download"
        note(f"No model from {source!r} into {target!r} comes with drift; taking {info.model} "
             f"({size}, {info.licence}).")
        return fetch(info.model, revision=revision, megabytes=info.megabytes, note=note)
    for info in shipped():
        if info.model == model:
            return open_folder(Path(info.where))
    folder = Path(model).expanduser()
    if folder.is_dir():
        if revision is not None:
            raise UsageError("DR201", f"{model} is a folder, which has no revisions; leave out --revision "
                                      f"{revision}, or pass --model a hub id.")
        return open_folder(folder)
    if not is_hub_id(model):
        raise ModelError("DR210", f"there is no model {model!r}: neither a folder, nor a hub id (owner/name), nor one "
                                  f"of the shipped ({', '.join(i.model for i in shipped())}); pass --model another.")
    return fetch(model, revision=revision, note=note)
