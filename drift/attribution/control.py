"""What the same instrument does to the reference itself: en → X → en, the control.

Nothing in a round trip is a copy's doing, so that whatever it shows is the instrument's noise floor. A finding that a
translated copy and the control share (the same detector at the same words of the reference) is attributed to the
instrument; one that other evidence has given to the copy only where the same words took their place, for there the
source sentence has spoken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from drift.attribution.copies import without_instrument
from drift.errors import DriftError
from drift.judge import Pair, judge_many
from drift.locate import stored_place
from drift.records import Copy, Finding, NoiseFloor, Span

if TYPE_CHECKING:
    from drift.compare import Judged
    from drift.translate.base import Translator

__all__ = ["Control", "apply", "run_control"]

SHOWN: Final = "the reference itself, sent through the same models and back, shows this here too"


@dataclass(frozen=True, slots=True)
class Control:
    """What one round trip did to the reference."""

    language: str  # of the pivot, ISO 639-1
    there: Translator  # from English
    back: Translator  # and into English
    score: float  # drift of the reference against itself, 0..1: the noise floor
    findings: tuple[Finding, ...]  # reference spans in the stored reference


def run_control(
    reference: Copy,
    back: Mapping[str, Translator],
    forward: Callable[[str, Callable[[str], None]], Translator],
    note: Callable[[str], None],
) -> tuple[dict[str, Control], list[str]]:
    """One control for each language that was translated, and a sentence for each that has none.

    `forward(language, note)` loads the model from English; a language without one gets no control.
    """
    from drift.translate import round_trip

    controls, missing = {}, []
    for language, translator in sorted(back.items()):
        if translator.engine == "identity":
            continue
        try:
            there = forward(language, note)
        except DriftError as error:
            missing.append(f"There is no control through {language}: {error.message}")
            continue
        returned = round_trip(reference, language, there, translator)
        controls[language] = _judged(returned, language, there, translator)
    return controls, missing


def _judged(returned: Copy, language: str, there: Translator, back: Translator) -> Control:
    sentences = [s for s in returned.sentences if s.translation is not None]
    verdicts = judge_many([Pair(s.text.replace("\n", " "), s.english) for s in sentences])
    findings = []
    for sentence, verdict in zip(sentences, verdicts, strict=True):
        own = replace(sentence, translation=None)
        for f in verdict.findings:
            span = stored_place(returned, [own], f.reference_span) if f.reference_span else None
            findings.append(replace(f, reference_span=span))
    words = [max(1, len(s.text.split())) for s in sentences]
    score = sum(w * v.score for w, v in zip(words, verdicts, strict=True)) / sum(words) if words else 0.0
    return Control(language, there, back, score, tuple(findings))


def apply(judged: Sequence[Judged], reference: Copy, controls: Mapping[str, Control]) -> list[Judged]:
    """Findings that the control shows too become the instrument's; the copy's notes say its drift with and without."""
    from drift.score import copy_score

    out = []
    for x in judged:
        control = controls.get(x.copy.language or "")
        if control is None or not x.copy.translated:
            out.append(x)
            continue
        beads = []
        for bead in x.beads:
            shown = bead.witness == reference.id and bool(bead.copy)
            findings = tuple(_controlled(f, control) if shown else f for f in bead.findings)
            beads.append(without_instrument(bead, findings) if findings != bead.findings else bead)
        before, after = copy_score(x.beads) or 0.0, copy_score(beads) or 0.0
        said = (
            f"Control: the reference sent through {control.there.model} and {control.back.model} drifts "
            f"{control.score:.2f} by itself; this copy drifts {after:.2f} with that taken into account, "
            f"{before:.2f} without."
        )
        floor = NoiseFloor(control.score, after, before, str(control.there.model), str(control.back.model))
        out.append(replace(x, copy=replace(x.copy, notes=(*x.copy.notes, said), control=floor), beads=tuple(beads)))
    return out


def _controlled(finding: Finding, control: Control) -> Finding:
    if not any(_shows(g, finding) for g in control.findings):
        return finding
    return replace(finding, attribution="instrument", evidence=(SHOWN, *finding.evidence))


def _shows(shown: Finding, finding: Finding) -> bool:
    if shown.detector != finding.detector or not _overlap(finding.reference_span, shown.reference_span):
        return False
    return finding.attribution != "copy" or _instead(shown) == _instead(finding) != ""


def _instead(finding: Finding) -> str:
    """The translation's words in question, "" where the reference's are gone without any."""
    span = finding.translation_span or finding.copy_span
    return "" if span is None else " ".join(span.text.casefold().split())


def _overlap(a: Span | None, b: Span | None) -> bool:
    return a is not None and b is not None and a.start < b.end and b.start < a.end
