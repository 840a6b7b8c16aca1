"""The numbers of a bead and of a copy: our drift score, and sacrebleu's BLEU, chrF++ and TER beside it.

The drift of a copy is the mean drift of what it set out to carry, weighted by words:

    score = sum(words(bead) * drift(bead)) / sum(words(bead))

over the beads that both sides carry and over the gaps that were told (an omission or addition with a finding). `words`
counts the reference's side, for an addition the copy's. What an excerpt leaves out, or brings of its own, is no drift
and counts neither above nor below the line; `drift.align.scope` decides which gaps are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from drift.locate import pair_text
from drift.records import Bead, Metrics
from drift.typology import SEVERITY_WEIGHT

if TYPE_CHECKING:
    from drift.records import Sentence

__all__ = [
    "bead_words",
    "copy_metrics",
    "copy_score",
    "counted",
    "coverage",
    "metric_signatures",
    "mqm_per_100_words",
    "segment_metrics",
]


def bead_words(bead: Bead) -> int:
    """The weight of a bead: words of the reference's side, for an addition of the copy's; at least 1."""
    return max(1, len(pair_text(bead.reference or bead.copy).split()))


def counted(bead: Bead) -> bool:
    """Whether a bead takes part in the score: both sides carry it, or its gap was told."""
    return bool(bead.reference and bead.copy) or bool(bead.findings)


def copy_score(beads: Sequence[Bead]) -> float | None:
    """Drift of a copy, 0..1, 0 is the same meaning; None where nothing could be compared."""
    taking_part = [b for b in beads if counted(b)]
    words = sum(bead_words(b) for b in taking_part)
    return sum(bead_words(b) * b.score for b in taking_part) / words if words else None


def mqm_per_100_words(beads: Sequence[Bead]) -> float | None:
    """Summed severity weights, uncapped, per 100 words compared; findings blamed on the instrument do not count."""
    taking_part = [b for b in beads if counted(b)]
    words = sum(bead_words(b) for b in taking_part)
    weights = sum(SEVERITY_WEIGHT[f.severity] for b in taking_part for f in b.findings if f.attribution != "instrument")
    return 100 * weights / words if words else None


def coverage(beads: Sequence[Bead], sentences: Sequence[Sentence], reference_id: str) -> float:
    """Share of the reference's sentences that the copy carries, 0..1."""
    carried = {s.index for b in beads if b.witness == reference_id and b.copy for s in b.reference}
    return len(carried) / len(sentences) if sentences else 0.0


def segment_metrics(reference: str, hypothesis: str, similarity: float | None = None) -> Metrics:
    """Sentence BLEU (effective order), chrF++ and TER of one pair."""
    scores = {
        name: float(metric.sentence_score(hypothesis, [reference]).score) for name, metric in _metrics(True).items()
    }
    return Metrics(**scores, similarity=similarity)


def copy_metrics(beads: Sequence[Bead]) -> Metrics:
    """Corpus BLEU, chrF++ and TER over the beads that both sides carry; similarity is the mean weighted by words."""
    pairs = [b for b in beads if b.reference and b.copy]
    if not pairs:
        return Metrics()
    references, hypotheses = [pair_text(b.reference) for b in pairs], [pair_text(b.copy) for b in pairs]
    scores = {
        name: float(metric.corpus_score(hypotheses, [references]).score) for name, metric in _metrics(False).items()
    }
    words = sum(bead_words(b) for b in pairs)
    similarity = sum(bead_words(b) * (b.similarity or 0.0) for b in pairs) / words
    return Metrics(**scores, similarity=similarity)


def metric_signatures() -> Mapping[str, str]:
    """Sacrebleu's own signatures of the metrics of a copy, by name: equal signatures, comparable scores."""
    signatures = {}
    for name, metric in _metrics(False).items():
        metric.corpus_score(["a"], [["a"]])  # a signature knows the number of references only after a first score
        signatures[name] = str(metric.get_signature())
    return signatures


@lru_cache(maxsize=2)
def _metrics(sentence: bool) -> Mapping[str, Any]:
    """BLEU, chrF++ and TER; for single sentences BLEU's order shrinks with them, as in sacrebleu's own command line."""
    from sacrebleu.metrics import BLEU, CHRF, TER

    return {"bleu": BLEU(effective_order=sentence), "chrf": CHRF(word_order=2), "ter": TER()}
