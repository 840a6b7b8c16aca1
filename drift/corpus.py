"""Line-aligned sentences judged as one corpus: mean drift, how many lines are grave, of which kinds, metrics beside it.

corpus = judge_lines(references, hypotheses)
corpus.drift                     # mean over lines, 0..1, 0 = same meaning
corpus.grave                     # share of the lines with a major or critical finding, 0..1
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from drift.errors import UsageError
from drift.records import Metrics, PairDrift
from drift.signature import make_signature
from drift.typology import CATEGORIES, SEVERITIES, Category, Severity, at_least

__all__ = ["CorpusDrift", "judge_lines"]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class CorpusDrift:
    """The verdicts on all lines, in order, and what they come to."""

    lines: tuple[PairDrift, ...]
    metrics: Metrics  # sacrebleu's corpus BLEU, chrF++ and TER
    signature: str  # what must be equal for two scores to be comparable
    metric_signatures: dict[str, str] = field(default_factory=dict)

    @property
    def drift(self) -> float:
        """Mean drift of the lines, 0..1, 0 = same meaning, higher is worse."""
        return sum(line.score for line in self.lines) / len(self.lines)

    @property
    def grave(self) -> float:
        """Share of the lines with a major or critical finding, 0..1."""
        return sum(any(at_least(f.severity, "major") for f in line.findings) for line in self.lines) / len(self.lines)

    @property
    def counts(self) -> dict[Category, dict[Severity, int]]:
        """Findings by category and severity; categories without any are left out."""
        seen = Counter((f.category, f.severity) for line in self.lines for f in line.findings)
        return {
            category: {severity: seen[category, severity] for severity in SEVERITIES}
            for category in CATEGORIES
            if any(seen[category, severity] for severity in SEVERITIES)
        }


def judge_lines(
    references: Sequence[str],
    hypotheses: Sequence[str],
    sources: Sequence[str] | None = None,
    *,
    language: str | None = None,
    jobs: int | None = 1,
    progress: Progress | None = None,
) -> CorpusDrift:
    """Judge hypothesis i against reference i; `language` is that of the sources (ISO 639-1), `jobs` as in `judge_many`.

    Raises UsageError DR910 (unequal numbers of lines), DR911 (no lines).
    """
    for name, lines in (("hypothesis", hypotheses), ("source", sources)):
        if lines is not None and len(lines) != len(references):
            raise UsageError(
                "DR910",
                f"the {name} has {len(lines)} lines, the reference has {len(references)}; line by line they must say the same",
            )
    if not references:
        raise UsageError("DR911", "the reference has no lines; there is nothing to score")
    from drift.judge import Pair, judge_many
    from drift.judge.severity import shipped_name

    pairs = [
        Pair(reference, hypothesis, None if sources is None else sources[i], language)
        for i, (reference, hypothesis) in enumerate(zip(references, hypotheses, strict=True))
    ]
    verdicts = judge_many(pairs, jobs=jobs, progress=None if progress is None else partial(progress, "judging"))
    metrics, signatures = _metrics(references, hypotheses)
    signature = make_signature({"judge": shipped_name(), "lines": str(len(pairs))})
    return CorpusDrift(tuple(verdicts), metrics, signature, signatures)


def _metrics(references: Sequence[str], hypotheses: Sequence[str]) -> tuple[Metrics, dict[str, str]]:
    from sacrebleu.metrics import BLEU, CHRF, TER

    scores, signatures = {}, {}
    for name, metric in (("bleu", BLEU()), ("chrf", CHRF(word_order=2)), ("ter", TER())):
        scores[name] = float(metric.corpus_score(list(hypotheses), [list(references)]).score)
        signatures[name] = str(metric.get_signature())
    return Metrics(**scores), signatures
