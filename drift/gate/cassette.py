"""Recorded translations: what an MT engine said, in a readable file that lives in the repository.

    with recording("fr.cassette.jsonl") as tape:      # every translation of this block goes into the file
        report = drift.report("copies/")
    print(tape.changes)                               # "12 of 400 translations changed, 3 new"
    with replaying("fr.cassette.jsonl"):              # no weights, no engine; an unknown sentence is an error
        report = drift.report("copies/")

A cassette is JSONL: a line for each instrument (engine, model, revision, languages), then its sentences in order, one
a line, so that a diff shows which translations changed. One corpus, one cassette: recording anew keeps only what was
asked for.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from drift.errors import ResourceError, UnreadableError
from drift.gate.players import Instrument, Player, Recorder, Taken
from drift.records import Translation
from drift.translate.base import Translator

__all__ = ["Cassette", "Changes", "load_cassette", "recording", "replaying", "save_cassette"]

SCHEMA: Final = "drift.cassette/1"
DIGITS: Final = 5  # of log-probabilities

Loader = Callable[..., Translator]


@dataclass(frozen=True, slots=True)
class Changes:
    """What recording anew changed."""

    kept: int  # sentences translated as before
    changed: tuple[tuple[str, str, str], ...]  # (sentence, translation before, translation now)
    new: int  # sentences that were not in the cassette
    gone: int  # sentences that nobody asked for any more

    def __str__(self) -> str:
        total = self.kept + len(self.changed) + self.new
        if total == self.new and not self.gone:
            return f"{total} translations recorded"
        parts = [f"{len(self.changed)} of {total} translations changed"]
        parts += [f"{number} {word}" for number, word in ((self.new, "new"), (self.gone, "no longer needed")) if number]
        return ", ".join(parts)


@dataclass(slots=True)
class Cassette:
    """What each instrument was asked and what it answered."""

    path: str
    tapes: dict[Instrument, Taken] = field(default_factory=dict)
    unnamed: set[Instrument] = field(default_factory=set)  # those that were loaded for a language and not by name
    before: Cassette | None = None  # when recording anew: what the file held

    @property
    def changes(self) -> Changes:
        """What differs from the recording before; sentences are matched by languages and text, whatever the model."""
        old, now = _by_sentence(self.before) if self.before else {}, _by_sentence(self)
        changed = tuple((k[2], old[k], text) for k, text in sorted(now.items()) if k in old and old[k] != text)
        both = len(now.keys() & old.keys())
        return Changes(both - len(changed), changed, len(now.keys() - old.keys()), len(old.keys() - now.keys()))


def _by_sentence(cassette: Cassette) -> dict[tuple[str, str, str], str]:
    return {
        (instrument.source, instrument.target, sentence): translation.text
        for instrument, taken in cassette.tapes.items()
        for sentence, translation in taken.translations.items()
    }


@contextmanager
def recording(path: str | os.PathLike[str]) -> Iterator[Cassette]:
    """Record every translation made inside; the file is written at the end, whole, and not at all after an error."""
    name = os.fspath(path)
    cassette = Cassette(name, before=load_cassette(name) if Path(name).exists() else None)
    if not Path(name).absolute().parent.is_dir():
        raise ResourceError("DR612", f"there is no folder to write the cassette {name!r} into; make it first")
    from drift.translate import load

    def load_and_record(*args: Any, **options: Any) -> Translator:
        translator = load(*args, **options)
        if translator.engine == "identity":
            return translator
        instrument = Instrument.of(translator)
        if options.get("model") is None and options.get("engine") is None:
            cassette.unnamed.add(instrument)
        return Recorder(translator, cassette.tapes.setdefault(instrument, Taken()))

    with _standing_in(load_and_record):
        yield cassette
    save_cassette(cassette)


@contextmanager
def replaying(recorded: str | os.PathLike[str] | Cassette) -> Iterator[Cassette]:
    """Answer every translation inside from a cassette or its file.

    ResourceError DR610 for a sentence that was never recorded, DR611 for a model that was not; UnreadableError DR613.
    """
    cassette = recorded if isinstance(recorded, Cassette) else load_cassette(recorded)

    def load_recorded(language: str, *, model: str | None = None, engine: str | None = None, target: str = "en",
                      note: Callable[[str], None] | None = None, **_: Any) -> Translator:
        from drift.translate.identity import Identity
        from drift.translate.languages import iso2

        source, target = iso2(language), iso2(target)
        if source == target:
            return Identity(target)
        return _player(cassette, source, target, model, engine, note)

    with _standing_in(load_recorded):
        yield cassette


def _player(
    cassette: Cassette, source: str, target: str, model: str | None, engine: str | None,
    note: Callable[[str], None] | None,
) -> Player:
    tapes = [i for i in cassette.tapes if (i.source, i.target) == (source, target)]
    wanted = [
        i for i in tapes
        if (model is None or i.model in (model, Path(model).name)) and (engine is None or i.engine == engine)
    ]
    if len(wanted) > 1 and model is None and engine is None:  # beside a second opinion
        wanted = [i for i in wanted if i in cassette.unnamed] or wanted
    if len(wanted) == 1:
        return Player(wanted[0], cassette.tapes[wanted[0]], cassette.path, note)
    if tapes:
        there = ", ".join(f"{i.engine}/{i.model}" for i in tapes)
        problem = f"several models for {source}→{target} ({there}); name one" if wanted else (
            f"{source}→{target} by {there}, not by {engine or 'any engine'}/{model or 'any model'}; record "
            f"it again with --record {cassette.path}")
        raise ResourceError("DR611", f"the cassette {cassette.path!r} has {problem}")
    # Nothing of this language: the first sentence asked for is the one that the error names.
    return Player(Instrument("cassette", "none", "", "", source, target), Taken(), cassette.path)


_patching = threading.RLock()


@contextmanager
def _standing_in(loader: Loader) -> Iterator[None]:
    """Let `drift.translate.load` be `loader` inside. Process-wide, as engines are, so one block at a time."""
    from drift import translate

    with _patching:
        original = translate.load
        translate.load = loader
        try:
            yield
        finally:
            translate.load = original


def load_cassette(path: str | os.PathLike[str]) -> Cassette:
    """Read a cassette; UnreadableError DR613 names the line that is not as it must be."""
    name = os.fspath(path)
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except FileNotFoundError as error:
        raise UnreadableError("DR613", f"there is no cassette {name!r}; record one with --record {name}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UnreadableError("DR613", f"cannot read the cassette {name!r}: {reason}") from error
    cassette = Cassette(name)
    instrument: Instrument | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            instrument = _read_line(json.loads(line), cassette, instrument, first=number == 1)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            said = str(error) or type(error).__name__
            raise UnreadableError("DR613", f"line {number} of the cassette {name!r} is damaged ({said}); record it "
                                           f"again with --record {name}") from error
    if not lines[0].strip():
        raise UnreadableError("DR613", f"{name!r} is empty, not a cassette; record it again with --record {name}")
    return cassette


def _read_line(
    row: Mapping[str, Any], cassette: Cassette, instrument: Instrument | None, *, first: bool
) -> Instrument | None:
    if first:
        if row.get("schema") != SCHEMA:
            raise ValueError(f"schema {row.get('schema')!r}, wanted {SCHEMA!r}")
        return None
    if "engine" in row:
        instrument = Instrument(**{k: str(v) for k, v in row.items()})
        cassette.tapes[instrument] = Taken()
        return instrument
    if instrument is None:
        raise ValueError("a sentence before any instrument")
    taken = cassette.tapes[instrument]
    if "unnamed" in row:
        cassette.unnamed.add(instrument)
    elif "scores" in row:
        taken.scores = None
    elif "given" in row:
        taken.scores = taken.scores or {}
        taken.scores[row["sentence"], row["given"]] = [(str(token), float(p)) for token, p in row["tokens"]]
    else:
        logprob = row.get("logprob")
        taken.translations[row["sentence"]] = Translation(
            str(row["translation"]), instrument.engine, instrument.model, instrument.revision or None,
            None if logprob is None else float(logprob), tuple(map(str, row.get("flags", ()))),
        )
    return instrument


def save_cassette(cassette: Cassette) -> None:
    """Write a cassette: the same recordings are the same bytes, in whatever order they were made."""
    from drift.render import replace as put
    from drift.render.json import escaped

    rows: list[dict[str, Any]] = [{"schema": SCHEMA}]
    for instrument, taken in sorted(cassette.tapes.items(), key=lambda item: str(item[0])):
        rows.append(asdict(instrument))
        rivals = sum((i.source, i.target) == (instrument.source, instrument.target) for i in cassette.tapes)
        if rivals > 1 and instrument in cassette.unnamed:
            rows.append({"unnamed": True})  # the one to take where none is asked for by name
        if taken.scores is None:
            rows.append({"scores": None})  # this engine cannot score
        for sentence, translation in sorted(taken.translations.items()):
            row: dict[str, Any] = {"sentence": sentence, "translation": translation.text}
            if translation.logprob is not None:
                row["logprob"] = round(translation.logprob, DIGITS)
            if translation.flags:
                row["flags"] = list(translation.flags)
            rows.append(row)
        for (sentence, given), scores in sorted((taken.scores or {}).items()):
            tokens = [[token, round(p, DIGITS)] for token, p in scores]
            rows.append({"sentence": sentence, "given": given, "tokens": tokens})
    put(cassette.path, "".join(escaped(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows))
