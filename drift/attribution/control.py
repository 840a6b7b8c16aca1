"""What the same instrument does to the reference itself: en → X → en, the control.

Nothing in a round trip is a copy's doing, so that whatever it shows is the instrument's noise floor. A finding that a
translated copy and the control share (the same detector at the same words of the reference) is attributed to the
instrument.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from drift.attribution.copies import without_instrument
from drift.errors import DriftError
from drift.judge import Pair, judge_many
from drift.locate import stored_place
from drift.records import Copy, Finding, Span

if TYPE_CHECKING:
    from drift.compare import Judged
    from drift.translate.base import Translator

__all__ = ["Control", "apply", "run_control"]

SHOWN: Final = "the reference itself, sent through the same models and back, shows this here too"


@dataclass(frozen=True, slots=True)
class Control:
    """What one round trip did to the reference."""

    language: str  # of the pivot, ISO 639-1
    models: tuple[str, str]  # there, back
    score: float  # drift of the reference against itself, 0..1: the noise floor
    findings: tuple[Finding, ...]  # reference spans in the stored reference


def run_control(
    reference: Copy,
    back: Mapping[str, Translator],
    forward: Callable[[str, Callable[[str], None]], Translator],
    note: Callable[[str], None],
) -> dict[str, Control]:
    """One control for each language that was translated; `forward(language, note)` loads the model from English.

    A language that has no model from English gets no control, and `note` says so.
    """
    from drift.translate import round_trip

    controls = {}
    for language, translator in sorted(back.items()):
        try:
            there = forward(language, note)
        except DriftError as error:
            note(f"There is no control through {language}: {error.message}")
            continue
        returned = round_trip(reference, language, there, translator)
        controls[language] = _judged(returned, language, (there.model, translator.model))
    return controls


def _judged(returned: Copy, language: str, models: tuple[str, str]) -> Control:
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
    return Control(language, models, score, tuple(findings))


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
            f"Control: the reference sent through {control.models[0]} and {control.models[1]} drifts {control.score:.2f} by itself; "
            f"this copy drifts {after:.2f} with that taken into account, {before:.2f} without."
        )
        out.append(replace(x, copy=replace(x.copy, notes=(*x.copy.notes, said)), beads=tuple(beads)))
    return out


def _controlled(finding: Finding, control: Control) -> Finding:
    if not any(
        g.detector == finding.detector and _overlap(finding.reference_span, g.reference_span) for g in control.findings
    ):
        return finding
    return replace(finding, attribution="instrument", evidence=(SHOWN, *finding.evidence))


def _overlap(a: Span | None, b: Span | None) -> bool:
    return a is not None and b is not None and a.start < b.end and b.start < a.end
