"""Beads -> judged beads: pairs of all copies in one batch, gaps in another, spans put back into the articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from drift.excuses import framing_excused, names_excused, pronouns_excused, stamps_excused
from drift.judge import Pair, judge_many
from drift.locate import copy_place, in_translation, pair_text
from drift.records import Bead, Copy, Finding, PairDrift
from drift.typology import segment_score

if TYPE_CHECKING:
    from drift.align.lineup import LineUp
    from drift.prepare import StageProgress

__all__ = ["Judged", "judge_line_ups", "pair_of"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A copy's judged beads, and the verdict each came from, its spans still in the pair's own texts."""

    copy: Copy
    beads: tuple[Bead, ...]
    verdicts: tuple[PairDrift | None, ...]  # one per bead; None for gaps


def pair_of(bead: Bead, copy: Copy) -> Pair:
    """What the judge is asked about a bead that both sides carry."""
    translated = any(s.translation is not None for s in bead.copy)
    return Pair(
        pair_text(bead.reference),
        pair_text(bead.copy),
        source=" ".join(s.text for s in bead.copy) if translated else None,
        language=(bead.copy[0].language or copy.language) if translated else None,
    )


def judge_line_ups(line_ups: Sequence[LineUp], by_id: Mapping[str, Copy], *, progress: StageProgress) -> list[Judged]:
    """Judge all beads of all copies; `by_id` finds the witnesses that the beads name."""
    pairs = [(x, b) for x in line_ups for b in x.beads if b.reference and b.copy]
    verdicts = iter(judge_many([pair_of(b, x.copy) for x, b in pairs], progress=partial(progress, "judging")))
    gaps = iter(_judge_gaps([x.beads[k] for x in line_ups for k in sorted(x.told)]))
    judged = []
    for x in line_ups:
        beads: list[Bead] = []
        own: list[PairDrift | None] = []
        for number, bead in enumerate(x.beads):
            witness = by_id[bead.witness]
            if bead.reference and bead.copy:
                verdict = next(verdicts)
                judged_bead = _with_verdict(bead, verdict, witness, x.copy)
                beads.append(framing_excused(judged_bead) if x.framed else judged_bead)
                own.append(verdict)
            else:
                beads.append(_with_gap(bead, next(gaps), witness, x.copy) if number in x.told else bead)
                own.append(None)
        judged.append(Judged(x.copy, tuple(beads), tuple(own)))
    return judged


def _with_verdict(bead: Bead, verdict: PairDrift, witness: Copy, copy: Copy) -> Bead:
    """The bead with the judge's findings, each put where it stands in the stored texts."""
    from drift.score import segment_metrics

    findings = tuple(
        replace(
            f,
            reference_span=copy_place(witness, bead.reference, f.reference_span),
            copy_span=copy_place(copy, bead.copy, f.copy_span),
            translation_span=in_translation(bead.copy, f.copy_span),
        )
        for f in verdict.findings
    )
    metrics = segment_metrics(pair_text(bead.reference), pair_text(bead.copy), bead.similarity)
    judged = replace(bead, score=verdict.score, findings=findings, metrics=metrics)
    return stamps_excused(names_excused(pronouns_excused(judged, verdict, witness, copy), verdict, witness, copy))


def _with_gap(bead: Bead, findings: Sequence[Finding], witness: Copy, copy: Copy) -> Bead:
    """A gap with what the judge says of it; its drift is that of its findings."""
    placed = tuple(
        replace(
            f,
            reference_span=copy_place(witness, bead.reference, f.reference_span),
            copy_span=copy_place(copy, bead.copy, f.copy_span),
            translation_span=in_translation(bead.copy, f.copy_span),
        )
        for f in findings
    )
    return replace(bead, score=segment_score(f.severity for f in placed), findings=placed)


def _judge_gaps(beads: Sequence[Bead]) -> list[list[Finding]]:
    if not beads:
        return []
    from drift.judge.coverage import Gap, judge_gaps

    return judge_gaps(
        [Gap(pair_text(b.reference), "omission") if b.reference else Gap(pair_text(b.copy), "addition") for b in beads]
    )
