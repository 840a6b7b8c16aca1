"""Paths or copies -> copies with every sentence in English: the reading and the translating stage, one copy at a time.

What goes wrong with one copy stays with that copy (`Copy.error`); what the user asked for by name and cannot be had is
raised.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from drift.errors import DriftError, UsageError
from drift.records import Copy, Sentence

if TYPE_CHECKING:
    from drift.translate.base import Translator

__all__ = ["DEFAULT_MEMORY", "Prepared", "StageProgress", "Translating", "gather", "in_english", "named",
           "second_opinions"]

DEFAULT_MEMORY: Final = "default"  # the translation memory in the user's cache folder

StageProgress = Callable[[str, int, int], None]  # (what is being done, how many are done, how many there are)


@dataclass(frozen=True, slots=True)
class Translating:
    """How to translate: what `drift.translate.load` is told."""

    model: str | Mapping[str, str] | None = None  # one for all languages, or language -> model
    revision: str | None = None
    engine: str | None = None
    device: str = "cpu"
    memory: str | Path | None = DEFAULT_MEMORY  # None: remember nothing

    second: str | Mapping[str, str] | None = None  # a second opinion: "apertium" or a model, for all or by language

    def model_for(self, language: str) -> str | None:
        return self.model.get(language) if isinstance(self.model, Mapping) else self.model

    def back(self, language: str, note: Callable[[str], None]) -> Translator:
        """The translator into English, as for a copy in that language."""
        return self._load(language, "en", self.model_for(language), self.revision, self.engine, note)

    def forward(self, language: str, note: Callable[[str], None]) -> Translator:
        """A translator from English, for the control and for round trips.

        The model named for "en", or the one named for all languages where it knows both ways; else the shipped or
        default model of the pair.
        """
        from drift.translate.loading import knows_both_ways

        model = self.model_for("en")
        if model is not None and not isinstance(self.model, Mapping) and not knows_both_ways(model):
            model = None
        return self._load("en", language, model, None if model is None else self.revision, self.engine, note)

    def second_for(self, language: str, note: Callable[[str], None]) -> Translator | None:
        """The engine that is asked for a second opinion on this language; None where none is wanted."""
        wanted = self.second.get(language) if isinstance(self.second, Mapping) else self.second
        if wanted is None:
            return None
        if wanted == "apertium":
            return self._load(language, "en", None, None, "apertium", note)
        return self._load(language, "en", wanted, None, None, note)

    def _load(
        self, source: str, target: str, model: str | None, revision: str | None, engine: str | None,
        note: Callable[[str], None],
    ) -> Translator:  # fmt: skip
        from drift.translate import default_memory_path, load

        memory = default_memory_path() if self.memory == DEFAULT_MEMORY else self.memory
        return load(
            source, target=target, model=model, revision=revision, engine=engine, device=self.device,
            memory=memory, note=note,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prepared:
    """Copies ready to be compared, and who translated them."""

    copies: tuple[Copy, ...]  # in order of id
    translators: Mapping[str, Mapping[str, str | None]]  # copy id -> {"engine", "model", "revision"}
    loaded: Mapping[str, Translator]  # language -> its translator
    warnings: tuple[str, ...]

    def with_help(self, what: str, helpers: Iterable[Translator], missing: Sequence[str] = ()) -> Prepared:
        """The same with further instruments that had a part in the report, so that its signature names them.

        `missing` are sentences about those that could not be had.
        """
        more = {f"{what} {number}": named(helper) for number, helper in enumerate(helpers)}
        return replace(self, translators={**self.translators, **more}, warnings=(*self.warnings, *missing))


def named(translator: Translator) -> dict[str, str | None]:
    """Who translated, as a report says it."""
    return {"engine": translator.engine, "model": translator.model, "revision": translator.revision}


def gather(
    given: str | os.PathLike[str] | Copy | Iterable[str | os.PathLike[str] | Copy],
    languages: Mapping[str, str] | None,
    skipped: Callable[[str], None],
    *,
    least: int = 2,
) -> list[Copy]:
    """Read what is a path, keep what is a copy; in order of id. Raises UsageError for fewer than `least` and for twins."""
    from drift.read import read_paths

    items = [given] if isinstance(given, (str, os.PathLike, Copy)) else list(given)
    copies = [item for item in items if isinstance(item, Copy)]
    paths = [item for item in items if not isinstance(item, Copy)]
    if paths:
        copies += read_paths(paths, languages=languages, skipped=skipped)
    twins = sorted(id for id, times in Counter(c.id for c in copies).items() if times > 1)
    if twins:
        raise UsageError("DR302", f"several copies have the id {', '.join(twins)}; give each copy an id of its own")
    if len(copies) < least:
        found = f"only {copies[0].path}" if copies else "nothing"
        raise UsageError("DR301", f"there is {found} to read; give at least two copies of an article to compare")
    return sorted(copies, key=lambda c: c.id)


def in_english(
    copies: Sequence[Copy], how: Translating, *, progress: StageProgress, note: Callable[[str], None]
) -> Prepared:
    """Translate every sentence that is not in English; a copy whose language has no model gets an `error` instead."""
    warnings: list[str] = []
    loaded: dict[str, Translator | DriftError] = {}
    translators: dict[str, Mapping[str, str | None]] = {}
    done: list[Copy] = []
    for copy in sorted(copies, key=lambda c: c.id):
        if copy.error is None and copy.language is None:
            copy = replace(
                copy,
                error=f"[DR306] the language of {copy.path} cannot be told; name it with --lang {copy.id}=CODE",
            )
        if copy.error is None:
            copy = _translate(copy, how, loaded, progress, note, warnings)
        main = loaded.get(copy.language or "")
        if copy.error is None and copy.translated and main is not None and not isinstance(main, DriftError):
            translators[copy.id] = named(main)
        if copy.error is not None:
            warnings.append(f"{copy.id} was not compared: {copy.error}")
        done.append(copy)
    usable = {language: t for language, t in loaded.items() if not isinstance(t, DriftError)}
    return Prepared(tuple(done), translators, usable, tuple(warnings))


def second_opinions(
    loaded: Mapping[str, Translator], how: Translating, *, note: Callable[[str], None]
) -> tuple[dict[str, Translator], list[str]]:
    """Language -> the engine that is asked beside the one that translated it, and a sentence for each that has none.

    Raises ModelError where what the user named cannot be had; that it lacks one of several languages is only told.
    """
    found: dict[str, Translator] = {}
    missing: list[str] = []
    for language, main in sorted(loaded.items()):
        if main.engine == "identity":
            continue
        try:
            second = how.second_for(language, note)
        except DriftError as error:
            if error.code != "DR208" or len(loaded) == 1:
                raise
            missing.append(f"There is no second opinion on {language}: {error.message}")
            continue
        if second is not None and (second.engine, second.model) == (main.engine, main.model):
            missing.append(f"There is no second opinion on {language}: it is translated by {main.engine} itself.")
        elif second is not None:
            found[language] = second
    return found, missing


def _translate(
    copy: Copy,
    how: Translating,
    loaded: dict[str, Translator | DriftError],
    progress: StageProgress,
    note: Callable[[str], None],
    warnings: list[str],
) -> Copy:
    """The copy with its translations, language by language; passages in a third language need a model of their own."""
    from drift.translate import translate_copy

    wanted: dict[str, list[Sentence]] = {}
    for sentence in copy.sentences:
        language = sentence.language or copy.language or ""
        if language != "en":
            wanted.setdefault(language, []).append(sentence)
    total = sum(len(sentences) for sentences in wanted.values())
    translated: dict[int, Sentence] = {}
    count = 0

    def tick(more: int) -> None:
        nonlocal count
        count += more
        progress(f"translating {copy.id}", count, total)

    for language, sentences in wanted.items():
        translator = _load(language, how, loaded, note)
        if isinstance(translator, DriftError):
            if language == copy.language:
                return replace(copy, error=str(translator))
            warnings.append(
                f"{len(sentences)} sentences of {copy.id} in {language!r} stay as they are: {translator.message}"
            )
            continue
        part = translate_copy(replace(copy, sentences=tuple(sentences)), translator, progress=tick)
        translated.update((s.index, s) for s in part.sentences)
    return replace(copy, sentences=tuple(translated.get(s.index, s) for s in copy.sentences),
                   notes=(*copy.notes, *_broken_note(translated.values(), total)))  # fmt: skip


def _broken_note(sentences: Iterable[Sentence], total: int) -> list[str]:
    """What a reader should know about translations that look wrong by themselves; nothing where none does."""
    from drift.translate.flags import BROKEN

    signs = [[f for f in s.translation.flags if f in BROKEN] for s in sentences if s.translation is not None]
    bad = [found for found in signs if found]
    if not bad:
        return []
    counted = Counter(f for found in bad for f in found)
    kinds = ", ".join(f"{count} {flag}" for flag, count in sorted(counted.items()))
    return [f"Of {total} translated sentences {len(bad)} {'looks' if len(bad) == 1 else 'look'} wrong by "
            f"{'itself' if len(bad) == 1 else 'themselves'} ({kinds}); what is found there is hardly the copy's."]


def _load(
    language: str, how: Translating, loaded: dict[str, Translator | DriftError], note: Callable[[str], None]
) -> Translator | DriftError:
    """The translator of a language, loaded once, or its error; raised where it was the user who named the model."""
    if language not in loaded:
        try:
            loaded[language] = how.back(language, note)
        except DriftError as error:
            if how.model_for(language) is not None or how.engine is not None:
                raise
            loaded[language] = error
    return loaded[language]
