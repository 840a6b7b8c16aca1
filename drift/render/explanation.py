"""An `Explanation` as text for a terminal of 80 columns, or as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from drift.render.corpus import finding_json
from drift.render.safe import encodable, one_line

if TYPE_CHECKING:
    from drift.judge.explain import Aligned, Explanation, Opinion

__all__ = ["render_explanation"]

WIDTH = 80
SHOWN = 10  # facts listed in the text


def render_explanation(explanation: Explanation, format: str = "text") -> str:
    """`format` is "text" or "json"."""
    if format == "json":
        return json.dumps(_json(explanation), ensure_ascii=False, indent=2) + "\n"
    return "\n".join(one_line(line).rstrip() for line in _text(explanation)) + "\n"


def _text(e: Explanation) -> Iterator[str]:
    from drift.judge.explain import titles

    v = e.verdict
    for name, text in (("reference", v.reference), ("hypothesis", v.hypothesis), ("source", v.source)):
        if text is not None:
            yield from _wrapped(encodable(text), f"{name:<11}")
    yield ""
    yield f"score {v.score:.4f} (0 = same meaning, 1 = worst), worst finding: {v.severity or 'none'}"
    yield ""
    yield "WORD ALIGNMENT"
    yield from (_row(row) for row in e.alignment)
    yield ""
    yield "DETECTORS"
    for name, title in titles().items():
        mine = [o for o in e.opinions if o.detector == name]
        yield from _wrapped(title if mine else f"{title} – nothing", f"{name:<13}")
        for opinion in mine:
            yield from _wrapped(_opinion(opinion), " " * 4 + "· ")
    yield ""
    yield "WHY THIS SCORE"
    if not v.evidence:
        yield "  The two texts differ in nothing but spaces, quotes and dashes."
        return
    yield from _wrapped(
        f"The score is the higher of what the fitted model says, {e.fitted:.4f}, and half of what the sure findings weigh, "
        f"{e.charge:.4f} (severity times confidence), and a tenth of the lower. What moved the model's log-odds most, against the "
        "reference beside itself:", "  ",
    )  # fmt: skip
    for c in e.contributions[:SHOWN]:
        yield from _wrapped(f"{c.meaning} ({c.fact} {c.value:.2f}, usually {c.usual:.2f})", f"  {c.amount:+6.2f}  ")
    rest = e.contributions[SHOWN:]
    if rest:
        yield f"  {sum(c.amount for c in rest):+6.2f}  {len(rest)} smaller ones"


def _row(row: Aligned) -> str:
    left, right = (_short(w) if w is not None else "–" for w in (row.reference, row.hypothesis))
    likeness = "" if row.similarity is None else f"{row.similarity:5.2f}"
    what = "missing" if row.hypothesis is None else "added" if row.reference is None else row.relation
    return f"  {left:<22}  {right:<22}  {likeness:>5}  {what}"


def _short(word: str) -> str:
    word = encodable(word)
    return word if len(word) <= 22 else word[:21] + "…"


def _opinion(o: Opinion) -> str:
    said = o.severity or o.outcome
    sure = "" if o.confidence is None else f", {100 * o.confidence:.0f} % sure"
    why = f" ({'; '.join(o.candidate.evidence)})" if o.candidate.evidence else ""
    return f"{said}{sure}: {o.candidate.message}{why} [{o.candidate.kind}]"


def _wrapped(text: str, first: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), WIDTH, initial_indent=first, subsequent_indent=" " * len(first)) or [
        first
    ]


def _json(e: Explanation) -> dict[str, Any]:
    from drift.judge.explain import titles

    v = e.verdict
    return {
        "schema": "drift.explain/1",
        "reference": encodable(v.reference),
        "hypothesis": encodable(v.hypothesis),
        "source": None if v.source is None else encodable(v.source),
        "score": v.score,
        "severity": v.severity,
        "similarity": v.similarity,
        "findings": [finding_json(f) for f in v.findings],
        "alignment": [asdict(row) for row in e.alignment],
        "detectors": [
            {"name": name, "title": title, "said": [_said(o) for o in e.opinions if o.detector == name]}
            for name, title in titles().items()
        ],
        "model": {"fitted": e.fitted, "charge": e.charge},
        "contributions": [{**asdict(c), "amount": round(c.amount, 4)} for c in e.contributions],
    }


def _said(o: Opinion) -> dict[str, Any]:
    c = o.candidate
    return {
        "kind": c.kind, "category": c.category, "suspected": c.severity, "reported": o.severity, "outcome": o.outcome,
        "strength": round(c.strength, 4), "confidence": o.confidence, "message": encodable(c.message), "evidence": list(c.evidence),
    }  # fmt: skip
