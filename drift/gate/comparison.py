"""A `Comparison` written down: text for a terminal, JSON for programs, one self-contained HTML page."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from drift.errors import UsageError
from drift.gate.marked import marked_pair
from drift.gate.systems import TIE, Comparison, System, Versus
from drift.records import PairDrift
from drift.render.json import escaped, finding, plain
from drift.render.marks import cut
from drift.render.safe import one_line
from drift.render.view import counts, short, worst_first
from drift.typology import SEVERITIES

__all__ = ["COMPARISON_FORMATS", "render_comparison"]

SCHEMA: Final = "drift.comparison/1"
SHOWN: Final = 10  # sentences where two systems differ most


def render_comparison(comparison: Comparison, format: str = "text", *, limit: int = SHOWN) -> str:
    """Write a comparison down in one of `COMPARISON_FORMATS`; UsageError DR501 for another.

    limit     sentences shown of those in which two systems differ (JSON has all)
    """
    if format not in COMPARISON_FORMATS:
        there = ", ".join(COMPARISON_FORMATS)
        raise UsageError("DR501", f"a comparison has no format {format!r}; there are: {there}")
    return COMPARISON_FORMATS[format](comparison, limit)


def _text(comparison: Comparison, limit: int) -> str:
    width = max(len(s.name) for s in comparison.systems)
    lines = [f"{len(comparison.references)} sentences; drift: 0 = same meaning … 1", "",
             f"{'':<{width}}  drift  sentences with a major drift"]
    lines += [f"{s.name:<{width}}  {s.drift:.3f}  {s.drifted:.1%}" for s in comparison.systems]
    for versus in comparison.versus:
        lines += ["", *_versus_lines(comparison, versus, limit)]
    lines += ["", f"signature {comparison.signature}", *(str(v) for v in comparison.versus)]
    return "\n".join(one_line(line) for line in lines) + "\n"


def _versus_lines(comparison: Comparison, v: Versus, limit: int) -> list[str]:
    d = v.drift
    lines = [
        f"{v.other} beside {v.first}: better in {v.wins}, worse in {v.losses}, tied in {v.ties} (within {TIE:g})",
        f"  drift {d.difference:+.4f}  95% [{d.low:+.4f}, {d.high:+.4f}]  p {d.p_bootstrap:.4f} (bootstrap) "
        f"{d.p_randomised:.4f} (randomisation)",
    ]
    lines += [
        f"  {m.name} {m.first:.2f} ± {m.first_ci:.2f} → {m.other:.2f} ± {m.other_ci:.2f}  p {m.p_bootstrap:.4f} "
        f"(bootstrap) {m.p_randomised:.4f} (randomisation)" for m in v.metrics
    ]
    if v.kinds:
        lines += ["", f"  {'major and critical':<20}{short(v.first, 14):>14}{short(v.other, 14):>14}{'p (Holm)':>10}"]
        lines += [f"  {k.category:<20}{k.first:>14}{k.other:>14}{k.p:>10.4f}{' *' if k.p < v.alpha else ''}"
                  for k in v.kinds]
    first, other = _system(comparison, v.first), _system(comparison, v.other)
    if v.differing:
        lines += ["", f"  where they differ most ({min(limit, len(v.differing))} of {len(v.differing)}):"]
    for i in v.differing[:limit]:
        a, b = first.verdicts[i], other.verdicts[i]
        lines.append(f"  line {i + 1}: drift {a.score:.2f} → {b.score:.2f}")
        lines += [f"    {name:<10} {text}" for name, text in _three_sides(v, a, b)]
    return lines


def _three_sides(v: Versus, a: PairDrift, b: PairDrift) -> list[tuple[str, str]]:
    """The reference and both translations, the words in question in brackets."""
    sides = [("reference", a.reference)]
    for name, pair in ((v.first, a), (v.other, b)):
        hypothesis = marked_pair(pair).split("\n")[1]
        sides.append((short(name, 10), hypothesis.partition("hypothesis")[2].strip()))
    return sides


def _system(comparison: Comparison, name: str) -> System:
    return next(s for s in comparison.systems if s.name == name)


def _json(comparison: Comparison, limit: int) -> str:
    data = {
        "schema": SCHEMA,
        "signature": comparison.signature,
        "exit_code": comparison.exit_code,
        "sentences": len(comparison.references),
        "systems": [{"name": s.name, "drift": s.drift, "drifted": s.drifted,
                     "scores": [x.score for x in s.verdicts]} for s in comparison.systems],
        "versus": [_versus(comparison, v) for v in comparison.versus],
    }
    return escaped(json.dumps(plain(data), ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def _versus(comparison: Comparison, v: Versus) -> dict[str, Any]:
    pair = [_system(comparison, name) for name in (v.first, v.other)]
    return {
        "first": v.first, "other": v.other, "says": str(v), "worse": v.worse, "better": v.better,
        "wins": v.wins, "ties": v.ties, "losses": v.losses, "tie": TIE, "alpha": v.alpha, "drift": v.drift,
        "kinds": v.kinds, "metrics": v.metrics,
        "differing": [
            {"line": i + 1, "reference": comparison.references[i],
             "source": comparison.sources[i] if comparison.sources else None,
             "systems": [{"text": s.lines[i], "score": s.verdicts[i].score,
                          "findings": [finding(f) for f in s.verdicts[i].findings]} for s in pair]}
            for i in v.differing
        ],
    }


def _html(comparison: Comparison, limit: int) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("drift.gate", "page"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    environment.filters["safe_text"] = one_line
    style = _style()
    rows = {v.other: [_row(comparison, v, i) for i in v.differing[:limit]] for v in comparison.versus}
    return environment.get_template("comparison.html.j2").render(
        comparison=comparison, rows=rows, style=style, style_hash=_hash(style), tie=TIE, limit=limit, sign=SIGN)


SIGN: Final = {"critical": "✕", "major": "!", "minor": "·"}


def _row(comparison: Comparison, v: Versus, i: int) -> dict[str, Any]:
    pair = [_system(comparison, name) for name in (v.first, v.other)]
    return {
        "line": i + 1,
        "reference": comparison.references[i],
        "source": comparison.sources[i] if comparison.sources else None,
        "systems": [{"name": s.name, "score": s.verdicts[i].score, "pieces": _pieces(s.verdicts[i]),
                     "findings": worst_first(s.verdicts[i].findings)} for s in pair],
    }


def _pieces(pair: PairDrift) -> list[tuple[str, str]]:
    """(text, worst severity) of each stretch of the hypothesis, "" where it is not marked."""
    found = [f for f in pair.findings if counts(f)]
    pieces = cut(pair.hypothesis, 0, [(f.copy_span, i) for i, f in enumerate(found)])
    return [(p.text, max((found[i].severity for i in p.findings), key=SEVERITIES.index, default="")) for p in pieces]


@cache
def _style() -> str:
    return files("drift.gate").joinpath("page", "comparison.css").read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


COMPARISON_FORMATS: Final[Mapping[str, Callable[[Comparison, int], str]]] = MappingProxyType({
    "text": _text, "json": _json, "html": _html,
})
