"""What the other witnesses say about a finding: whether they side with the reference or with the copy.

A reference can be wrong. Where another English version carries the same sentence, and drifts from the reference at the
same place but not from the copy, two witnesses stand against one: the finding is softened by one degree of severity and
says so. Where the other version agrees with the reference there, the finding says that. A translated copy whose finding might be
the instrument's is the one that drifted where an original in English, which no instrument touched, says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from drift.judge import Pair, judge_many
from drift.locate import pair_text
from drift.records import Bead, Copy, Finding, PairDrift, Span
from drift.typology import SEVERITIES, at_least

if TYPE_CHECKING:
    from drift.compare import Judged

__all__ = ["consult", "support"]

SOFTENED: Final = 0.6  # what is left of a finding's confidence when another witness says the same as the copy


@dataclass(frozen=True, slots=True)
class _Question:
    """One finding, and the bead of another witness that carries the same sentences of the reference."""

    copy_number: int
    bead_number: int
    finding_number: int
    witness: Copy
    pair: Pair  # the witness's sentence as reference, the copy's as hypothesis


def support(reference_sentence: int, judged: Sequence[Judged]) -> Mapping[str, Bead]:
    """Which other English originals carry a sentence of the reference, by id, and in which bead."""
    return {
        x.copy.id: bead
        for x in judged
        if x.copy.language == "en" and not x.copy.translated
        for bead in x.beads
        if bead.copy and any(s.index == reference_sentence for s in bead.reference)
    }


def consult(reference: Copy, judged: Sequence[Judged]) -> list[Judged]:
    """Ask the other English originals about every major and critical finding; the findings carry their answers."""
    questions: list[_Question] = []
    agreeing: dict[tuple[int, int, int], list[str]] = {}
    carriers = _carriers(reference, judged)
    for c, x in enumerate(judged):
        for b, bead in enumerate(x.beads):
            if bead.witness != reference.id or not bead.reference or not bead.copy:
                continue
            for f, finding in enumerate(bead.findings):
                if finding.reference_span is None or not at_least(finding.severity, "major"):
                    continue
                for other, theirs in carriers.get(bead.reference[0].index, ()):
                    if other.id == x.copy.id or theirs.reference != bead.reference:
                        continue
                    lacks = [g for g in theirs.findings if _overlap(finding.reference_span, g.reference_span)]
                    if lacks and (finding.copy_span is not None or any(g.copy_span is None for g in lacks)):
                        pair = Pair(pair_text(theirs.copy), pair_text(bead.copy))
                        questions.append(_Question(c, b, f, other, pair))
                    else:
                        agreeing.setdefault((c, b, f), []).append(other.id)
    answers = judge_many([q.pair for q in questions]) if questions else []
    against: dict[tuple[int, int, int], list[str]] = {}
    for question, answer in zip(questions, answers, strict=True):
        verdict = judged[question.copy_number].verdicts[question.bead_number]
        if verdict is not None and _same_here(answer, verdict.findings[question.finding_number]):
            key = (question.copy_number, question.bead_number, question.finding_number)
            against.setdefault(key, []).append(question.witness.id)
    return [_answered(c, x, agreeing, against) for c, x in enumerate(judged)]


def _carriers(reference: Copy, judged: Sequence[Judged]) -> dict[int, list[tuple[Copy, Bead]]]:
    """For each sentence of the reference the English originals that carry it, with their bead."""
    carriers: dict[int, list[tuple[Copy, Bead]]] = {}
    for x in judged:
        if x.copy.language != "en" or x.copy.translated:
            continue
        for bead in x.beads:
            if bead.witness == reference.id and bead.copy:
                for sentence in bead.reference:
                    carriers.setdefault(sentence.index, []).append((x.copy, bead))
    return carriers


def _same_here(answer: PairDrift, finding: Finding) -> bool:
    """Whether another witness and the copy agree where the copy differs from the reference; both may lack the same words."""
    if finding.copy_span is None:
        return not any(g.category == "omission" for g in answer.findings)
    return not any(at_least(g.severity, "major") and _overlap(finding.copy_span, g.copy_span) for g in answer.findings)


def _overlap(a: Span | None, b: Span | None) -> bool:
    return a is not None and b is not None and a.start < b.end and b.start < a.end


def _answered(
    c: int,
    x: Judged,
    agreeing: Mapping[tuple[int, int, int], Sequence[str]],
    against: Mapping[tuple[int, int, int], Sequence[str]],
) -> Judged:
    beads = []
    for b, bead in enumerate(x.beads):
        findings = []
        for f, finding in enumerate(bead.findings):
            with_copy, with_reference = against.get((c, b, f), ()), agreeing.get((c, b, f), ())
            if with_copy and finding.attribution == "unclear":
                finding = replace(finding, attribution="copy")  # nothing was translated there, and it says so too
            if with_copy and not with_reference:
                finding = replace(
                    finding,
                    severity=SEVERITIES[SEVERITIES.index(finding.severity) - 1],
                    confidence=finding.confidence * SOFTENED,
                    evidence=(
                        *finding.evidence,
                        *(f"{w} says the same as this copy, against the reference" for w in with_copy),
                    ),
                )
            elif with_copy or with_reference:
                finding = replace(
                    finding,
                    evidence=(
                        *finding.evidence,
                        *(f"{w} agrees with the reference here" for w in with_reference),
                        *(f"{w} says the same as this copy" for w in with_copy),
                    ),
                )
            findings.append(finding)
        beads.append(replace(bead, findings=tuple(findings)))
    return replace(x, beads=tuple(beads))
