"""An English text through another language and back (en → X → en): what a pivot language does to it, and on which way.

The round trip is a copy like any other, in the pivot language, with its translation back into English beside it. It
is aligned by the way it was made, sentence by sentence. Here the models are what is asked about: every finding counts,
and its evidence says whether the way there or the way back did it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from drift.attribution.copies import attribute
from drift.compare import Judged, judge_line_ups
from drift.errors import UsageError
from drift.prepare import named
from drift.records import Bead, Copy, Sentence
from drift.typology import Attribution

if TYPE_CHECKING:
    from drift.align.encoders import SentenceEncoder
    from drift.prepare import Prepared, StageProgress, Translating
    from drift.translate.base import Translator
    from drift.witness import Kinship, Story

__all__ = ["Pivot", "add_pivots", "judge_pivots", "pivot_languages", "send"]

WAY: Final[dict[Attribution, str]] = {
    "copy": "it happened on the way into {language}",
    "instrument": "it happened on the way back from {language}",
    "unclear": "whether it happened on the way into {language} or on the way back cannot be told",
}


@dataclass(frozen=True, slots=True)
class Pivot:
    """A text that was sent through another language."""

    copy: Copy  # in the pivot language, its translations are what came back
    there: Translator
    back: Translator


def pivot_languages(given: str | Iterable[str]) -> list[str]:
    """ISO 639-1 codes, each once, in the order given. Raises UsageError DR201 (no language) and DR308 (English)."""
    from drift.translate.languages import iso2

    codes = []
    for code in [given] if isinstance(given, str) else given:
        try:
            codes.append(iso2(code))
        except ValueError as error:
            raise UsageError("DR201", f"{error}") from error
    if "en" in codes:
        raise UsageError("DR308", "a round trip through English goes nowhere; name another language: --round-trip fr")
    return list(dict.fromkeys(codes))


def send(
    reference: Copy, languages: Sequence[str], how: Translating, *, progress: StageProgress,
    note: Callable[[str], None], taken: Sequence[str],
) -> list[Pivot]:
    """Send a text through each language; `taken` are ids that a round trip must not have.

    Raises UsageError DR307 where the text is not English, ModelError where a way has no model.
    """
    from drift.translate.copies import through

    if reference.language != "en":
        raise UsageError("DR307", f"{reference.path} is not in English ({reference.language or 'unknown'}); a round "
                                  "trip starts from English: name an English copy with -r")
    pivots = []
    for language in languages:
        back = how.back(language, note)
        there = how.forward(language, note)
        total, done = 2 * len(reference.sentences), 0

        def tick(more: int, stage: str = f"sending through {language}", total: int = total) -> None:
            nonlocal done
            done += more
            progress(stage, done, total)

        copy = through(reference, language, there, back, progress=tick)
        id = copy.id
        while id in taken:
            id += "-again"
        said = (f"This is {reference.id} itself, sent through {language} and back ({there.model}, then {back.model}): "
                "whatever differs is the doing of these two models.")
        pivots.append(Pivot(replace(copy, id=id, notes=(said,)), there, back))
    return pivots


def judge_pivots(
    reference: Copy, pivots: Sequence[Pivot], encoder: SentenceEncoder, *, progress: StageProgress
) -> list[Judged]:
    """Judge each round trip against the text itself; the evidence of each finding begins with the way that did it."""
    from drift.align.lineup import LineUp

    judged = []
    for pivot in pivots:
        line_up = LineUp(pivot.copy, _beads(reference, pivot.copy, encoder), frozenset())
        (plain,) = judge_line_ups([line_up], {reference.id: reference}, progress=progress)
        language = str(pivot.copy.language)
        (told,) = attribute([plain], {language: pivot.back}, encoder, progress=progress)
        beads = tuple(_counted(b, t, language) for b, t in zip(plain.beads, told.beads, strict=True))
        judged.append(replace(plain, beads=beads))
    return judged


def _beads(reference: Copy, copy: Copy, encoder: SentenceEncoder) -> tuple[Bead, ...]:
    """Each sentence beside what became of it; a sentence that was not English stayed at home."""
    by_index = {s.index: s for s in copy.sentences}
    both = [(s, by_index.get(s.index)) for s in reference.sentences]
    ours = encoder.encode([s.text for s, _ in both])
    theirs = encoder.encode([t.english if t else "" for _, t in both])
    return tuple(
        Bead("1-1", reference.id, (s,), (t,), round(float(a @ b), 6)) if t else Bead("1-0", reference.id, (s,), (), None)
        for (s, t), a, b in zip(both, ours, theirs, strict=True)
    )


def _counted(plain: Bead, told: Bead, language: str) -> Bead:
    """The bead with its drift as judged, its findings counted, and the way that did each in their evidence."""
    findings = tuple(
        replace(f, attribution="copy", evidence=(WAY[f.attribution].format(language=language), *f.evidence))
        for f in told.findings
    )
    return replace(plain, findings=findings)


def add_pivots(story: Story, prepared: Prepared, pivots: Sequence[Pivot]) -> tuple[Story, Prepared]:
    """The story and what was prepared, with the round trips among the copies and their models in the signature."""
    copies = tuple(sorted([*prepared.copies, *(p.copy for p in pivots)], key=lambda c: c.id))
    translators = {**prepared.translators, **{p.copy.id: named(p.back) for p in pivots}}
    prepared = replace(prepared, copies=copies, translators=translators)
    related = {**story.related, **{p.copy.id: _whole(p.copy.sentences) for p in pivots}}
    return replace(story, related=related), prepared.with_help("the way there", [p.there for p in pivots])


def _whole(sentences: Sequence[Sentence]) -> Kinship:
    from drift.witness import Kinship

    return Kinship(1.0, 1.0, 1.0, len(sentences), len(sentences))
