"""A corpus of judged lines as text, JSON, JSON lines or TSV: the corpus score alone, or every line as well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from drift.render.safe import encodable, one_line
from drift.typology import MQM

if TYPE_CHECKING:
    from drift.corpus import CorpusDrift
    from drift.records import Finding, PairDrift, Span

__all__ = ["FORMATS", "finding_json", "render_corpus"]

FORMATS: Final = ("text", "json", "jsonl", "tsv")
_COLUMNS: Final = (
    "line",
    "score",
    "severity",
    "categories",
    "bleu",
    "chrf",
    "ter",
    "findings",
    "reference",
    "hypothesis",
)


def render_corpus(corpus: CorpusDrift, format: str = "text", *, lines: bool = False) -> str:
    """The corpus in one of `FORMATS`; `lines` adds every line (JSON lines and TSV are lines by nature)."""
    if format == "json":
        return json.dumps(_corpus(corpus, lines), ensure_ascii=False, indent=2) + "\n"
    if format == "jsonl":
        return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in _entries(corpus))
    if format == "tsv":
        return "\n".join(["\t".join(_COLUMNS), *_rows(corpus)]) + "\n"
    return "\n".join(_text(corpus, lines)) + "\n"


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding inside a pair, spans relative to the pair's two texts."""
    return {
        "category": finding.category,
        "mqm": MQM[finding.category],
        "severity": finding.severity,
        "confidence": finding.confidence,
        "detector": finding.detector,
        "message": encodable(finding.message),
        "reference_span": _span(finding.reference_span),
        "hypothesis_span": _span(finding.copy_span),
        "evidence": list(finding.evidence),
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": encodable(span.text)}


def _corpus(corpus: CorpusDrift, lines: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "schema": "drift.score/1",
        "signature": corpus.signature,
        "lines": len(corpus.lines),
        "score": round(corpus.drift, 4),
        "grave": round(corpus.grave, 4),
        "findings": corpus.counts,
        "metrics": {k: round(getattr(corpus.metrics, k), 2) for k in corpus.metric_signatures},
        "metric_signatures": corpus.metric_signatures,
    }
    return {**shown, "segments": list(_entries(corpus))} if lines else shown


def _entries(corpus: CorpusDrift) -> Iterator[dict[str, Any]]:
    for number, pair in enumerate(corpus.lines, start=1):
        yield {
            "line": number,
            "score": pair.score,
            "severity": pair.severity,
            "metrics": _pair_metrics(pair),
            "findings": [finding_json(f) for f in pair.findings],
            "reference": encodable(pair.reference),
            "hypothesis": encodable(pair.hypothesis),
            **({} if pair.source is None else {"source": encodable(pair.source)}),
        }


def _pair_metrics(pair: PairDrift) -> dict[str, float]:
    from drift.score import segment_metrics

    metrics = segment_metrics(pair.reference, pair.hypothesis)
    return {k: round(getattr(metrics, k), 2) for k in ("bleu", "chrf", "ter")}


def _rows(corpus: CorpusDrift) -> Iterator[str]:
    for number, pair in enumerate(corpus.lines, start=1):
        metrics = _pair_metrics(pair)
        cells = [
            str(number), f"{pair.score:.4f}", pair.severity or "none", ",".join(dict.fromkeys(f.category for f in pair.findings)),
            *(f"{metrics[k]:.2f}" for k in ("bleu", "chrf", "ter")),
            " ".join(f"{f.severity} {f.category}: {f.message}" for f in pair.findings), pair.reference, pair.hypothesis,
        ]  # fmt: skip
        yield "\t".join(one_line(encodable(cell)) for cell in cells)


def _text(corpus: CorpusDrift, lines: bool) -> Iterator[str]:
    if lines:
        for number, pair in enumerate(corpus.lines, start=1):
            yield f"{number:>6}  {pair.score:.4f}  {pair.severity or 'same'}"
            for finding in pair.findings:
                yield one_line(f"{'':16}{finding.severity} {finding.category}: {finding.message}")
        yield ""
    yield f"drift      {corpus.drift:.4f}   mean of {len(corpus.lines)} lines; 0 = same meaning, 1 = worst"
    yield f"grave      {100 * corpus.grave:.1f} %   of the lines have a major or critical finding"
    if corpus.counts:
        yield ""
        yield f"{'findings':<14}{'minor':>8}{'major':>8}{'critical':>10}"
        for category, row in corpus.counts.items():
            yield f"{category:<14}{row['minor']:>8}{row['major']:>8}{row['critical']:>10}"
    yield ""
    for name, signature in corpus.metric_signatures.items():
        yield f"{ {'bleu': 'BLEU', 'chrf': 'chrF++', 'ter': 'TER'}[name]:<10} {getattr(corpus.metrics, name):.2f}   {signature}"
    yield f"{'signature':<10} {corpus.signature}"
