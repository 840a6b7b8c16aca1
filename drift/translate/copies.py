"""Whole copies through a translator: the only file here that knows what a copy is."""

from __future__ import annotations

from dataclasses import replace

from drift.records import Copy, Sentence, Translation
from drift.translate.base import Progress, Translator

__all__ = ["round_trip", "through", "translate_alone", "translate_copy"]


def _foreign(copy: Copy, sentence: Sentence, target: str) -> bool:
    language = sentence.language or copy.language
    return language != target


def translate_copy(copy: Copy, translator: Translator, *, progress: Progress | None = None) -> Copy:
    """A new copy whose sentences carry their translation; those in the target language already are left alone."""
    wanted = [s for s in copy.sentences if _foreign(copy, s, translator.target)]
    if translator.engine == "identity" or not wanted:
        return copy
    translations = translator.translate([s.text for s in wanted], progress=progress)
    by_index = {s.index: t for s, t in zip(wanted, translations, strict=True)}
    return replace(copy, sentences=tuple(replace(s, translation=by_index.get(s.index, s.translation))
                                         for s in copy.sentences))


def translate_alone(text: str, translator: Translator) -> Translation:
    """Translate one text in a call of its own, past the memory: the second look at a suspected omission."""
    past_memory: Translator = getattr(translator, "inner", translator)
    return past_memory.translate([text])[0]


def round_trip(copy: Copy, via: str, forward: Translator, back: Translator, *,
               progress: Progress | None = None) -> Copy:
    """An English copy sent through another language and back: en -> via -> en, sentence by sentence.

    The result is an English copy with the same spans; each sentence's `translation` is what came back, with the flags
    of both directions and the lower of the two log-probabilities. `progress` counts each sentence twice.
    Raises ValueError where the translators do not meet.
    """
    trips = _trips(copy, via, forward, back, progress)
    by_index = {s.index: _both(a, b) for s, a, b in trips}
    return replace(copy, id=f"{copy.id}-via-{via}",
                   sentences=tuple(replace(s, translation=by_index.get(s.index)) for s in copy.sentences),
                   notes=(*copy.notes, f"A round trip of {copy.id} through {via}: {forward.model}, then {back.model}."))


def through(copy: Copy, via: str, forward: Translator, back: Translator, *, progress: Progress | None = None) -> Copy:
    """As `round_trip`, but the result is the copy in the other language, and its translations are what came back.

    Sentences keep their index and paragraph; those that are not in English are left out. The text has no file.
    """
    text, sentences, last = "", [], 0
    for sentence, there, home in _trips(copy, via, forward, back, progress):
        if text:
            text += " " if sentence.paragraph == last else "\n\n"
        start, last = len(text), sentence.paragraph
        text += there.text
        flags = tuple(dict.fromkeys(there.flags + home.flags))
        sentences.append(Sentence(sentence.index, start, len(text), there.text, sentence.paragraph, None,
                                  replace(home, flags=flags)))
    return Copy(f"{copy.id}-via-{via}", f"{copy.path}.via-{via}", text, via, tuple(sentences))


def _trips(copy: Copy, via: str, forward: Translator, back: Translator,
           progress: Progress | None) -> list[tuple[Sentence, Translation, Translation]]:
    if (forward.target, back.source) != (via, via) or forward.source != back.target:
        raise ValueError(f"no round trip through {via!r} with {forward.source}→{forward.target} and "
                         f"{back.source}→{back.target}")
    wanted = [s for s in copy.sentences if not _foreign(copy, s, forward.source)]
    there = forward.translate([s.text for s in wanted], progress=progress)
    home = back.translate([t.text for t in there], progress=progress)
    return list(zip(wanted, there, home, strict=True))


def _both(there: Translation, home: Translation) -> Translation:
    known = [p for p in (there.logprob, home.logprob) if p is not None]
    revision = f"{there.revision}+{home.revision}" if there.revision and home.revision else None
    return Translation(home.text, home.engine, f"{there.model}+{home.model}", revision, min(known, default=None),
                       tuple(dict.fromkeys(there.flags + home.flags)))
