"""The two translators of a cassette, by the same protocol as every engine: one that writes down, one that reads out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from drift.errors import ResourceError
from drift.records import Translation
from drift.translate.base import Progress, Translator

__all__ = ["Instrument", "Player", "Recorder", "Taken"]

Scores = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Instrument:
    """Everything that decides what a sentence becomes; "" where an engine has no such thing."""

    engine: str
    model: str
    revision: str
    settings: str
    source: str
    target: str

    @classmethod
    def of(cls, translator: Translator) -> Instrument:
        """The instrument that a loaded translator is."""
        settings = str(getattr(translator, "settings", ""))
        return cls(translator.engine, translator.model, translator.revision or "", settings, translator.source,
                   translator.target)


@dataclass(slots=True)
class Taken:
    """What one instrument answered."""

    translations: dict[str, Translation] = field(default_factory=dict)  # by sentence, normalised
    scores: dict[tuple[str, str], Scores] | None = field(default_factory=dict)  # by (sentence, given translation);
    # None: this engine cannot score


class _Like:
    """The attributes of a `Translator`, taken from an instrument."""

    def __init__(self, instrument: Instrument) -> None:
        self.engine, self.model, self.revision = instrument.engine, instrument.model, instrument.revision or None
        self.source, self.target, self.settings = instrument.source, instrument.target, instrument.settings


class Recorder(_Like):
    """A translator that writes down what the one behind it says."""

    def __init__(self, behind: Translator, taken: Taken) -> None:
        super().__init__(Instrument.of(behind))
        self._behind, self._taken = behind, taken

    def translate(self, sentences: Sequence[str], *, progress: Progress | None = None) -> list[Translation]:
        """Translate and remember."""
        made = self._behind.translate(sentences, progress=progress)
        self._taken.translations.update((key(s), t) for s, t in zip(sentences, made, strict=True))
        return made

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[Scores] | None:
        """Score and remember, also that an engine cannot."""
        scores = self._behind.score(sources, targets)
        if scores is None or self._taken.scores is None:
            self._taken.scores = None
        else:
            self._taken.scores.update(((key(s), key(t)), found)
                                      for s, t, found in zip(sources, targets, scores, strict=True))
        return scores


class Player(_Like):
    """A translator that only repeats what was recorded; ResourceError DR610 for a sentence that was not."""

    def __init__(
        self, instrument: Instrument, taken: Taken, path: str, note: Callable[[str], None] | None = None
    ) -> None:
        super().__init__(instrument)
        self._taken, self._path, self._note = taken, path, note

    def translate(self, sentences: Sequence[str], *, progress: Progress | None = None) -> list[Translation]:
        """The recorded translations, in order."""
        missing = [s for s in sentences if key(s) not in self._taken.translations]
        if missing:
            sentence = missing[0] if len(missing[0]) <= 120 else missing[0][:119] + "…"
            more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
            raise ResourceError(
                "DR610", f"the cassette {self._path!r} has no translation {self.source}→{self.target} of “{sentence}”"
                         f"{more}; record it again with --record {self._path}")
        if progress is not None:
            progress(len(sentences))
        return [self._taken.translations[key(s)] for s in sentences]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[Scores] | None:
        """The recorded scores; None where the engine cannot score, or was not asked for one of these when recording.

        Which pairs are scored depends on what the judge finds: another judge must not make a cassette useless.
        """
        if self._taken.scores is None:
            return None
        found = [self._taken.scores.get((key(s), key(t))) for s, t in zip(sources, targets, strict=True)]
        given = [scores for scores in found if scores is not None]
        if len(given) == len(found):
            return given
        if self._note is not None:
            self._note(f"the cassette {self._path} lacks {len(found) - len(given)} of {len(found)} scores; whether a "
                       "finding is the copy's or our translation's is told without them, until it is recorded again")
        return None


def key(sentence: str) -> str:
    """A sentence as the engines see it."""
    from drift.translate.normalise import normalise

    return normalise(sentence)
