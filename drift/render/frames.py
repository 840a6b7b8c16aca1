"""A report as tidy pandas frames: one row a copy, a bead, a finding; the keys are ``copy`` and ``bead``."""

from __future__ import annotations

from typing import Any, NamedTuple

from drift.errors import ModelError
from drift.records import Report
from drift.render.view import findings_of, tally, text_of, translation_of
from drift.typology import MQM

__all__ = ["Frames", "frames"]


class Frames(NamedTuple):
    """``copies.merge(beads, on="copy")`` and ``beads.merge(findings, on=["copy", "bead"])`` join them."""

    copies: Any  # pandas.DataFrame
    beads: Any
    findings: Any


def frames(report: Report) -> Frames:
    """Return the report's frames, in reading order; ModelError DR505 where pandas is not installed."""
    try:
        import pandas
    except ImportError as error:
        raise ModelError("DR505", "pandas is not installed; pip install 'translation-drift[notebook]'") from error
    return Frames(*(pandas.DataFrame(rows, columns=columns) for rows, columns in (
        (_copies(report), COPY_COLUMNS), (_beads(report), BEAD_COLUMNS), (_findings(report), FINDING_COLUMNS))))


COPY_COLUMNS = ["copy", "path", "language", "role", "score", "coverage", "mqm_per_100_words", "bleu", "chrf", "ter",
                "similarity", "critical", "major", "minor", "instrument", "rejected", "sentences", "error"]
BEAD_COLUMNS = ["copy", "bead", "kind", "witness", "reference_sentence", "copy_sentence", "reference", "text",
                "translation", "similarity", "score", "bleu", "chrf", "ter", "findings", "moved"]
FINDING_COLUMNS = ["copy", "bead", "id", "category", "mqm", "severity", "confidence", "attribution", "status",
                   "message", "reference_words", "copy_words", "translation_words", "evidence", "detector"]


def _copies(report: Report) -> list[tuple[Any, ...]]:
    rows = []
    for drift in report.copies:
        copy, metrics, found = drift.copy, drift.metrics, tally(drift.findings)
        rows.append((
            drift.id, copy.path, copy.language, drift.role, drift.score, drift.coverage, drift.mqm_per_100_words,
            metrics.bleu, metrics.chrf, metrics.ter, metrics.similarity, found.critical, found.major, found.minor,
            found.instrument, found.rejected, len(copy.sentences), copy.error,
        ))
    return rows


def _beads(report: Report) -> list[tuple[Any, ...]]:
    rows = []
    for drift in report.copies:
        for number, bead in enumerate(drift.beads):
            left, right, metrics = bead.reference, bead.copy, bead.metrics
            rows.append((
                drift.id, number, bead.kind, bead.witness, left[0].index if left else None,
                right[0].index if right else None, text_of(left), text_of(right), translation_of(bead) or None,
                bead.similarity, bead.score, metrics.bleu, metrics.chrf, metrics.ter, len(bead.findings), bead.moved,
            ))
    return rows


def _findings(report: Report) -> list[tuple[Any, ...]]:
    numbers = {id(bead): number for drift in report.copies for number, bead in enumerate(drift.beads)}
    return [
        (drift.id, numbers[id(bead)], f.id, f.category, MQM[f.category], f.severity, f.confidence, f.attribution,
         f.status, f.message, *(span and span.text for span in (f.reference_span, f.copy_span, f.translation_span)),
         "; ".join(f.evidence), f.detector)
        for drift, bead, f in findings_of(report)
    ]
