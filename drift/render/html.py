"""The report as one self-contained HTML page: verdict, map, side by side, table.

The page asks for nothing outside itself: its Content-Security-Policy allows the one script and the one style sheet in
it, by their hashes, and nothing else. What articles say reaches the page through Jinja2 with autoescape and
as JSON in a data block that the script puts into text nodes; neither can become markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from drift._version import __version__
from drift.records import Bead, CopyDrift, Report
from drift.render import view
from drift.render.marks import Piece, copy_side, reference_side, translation_side
from drift.render.safe import one_line, visible
from drift.typology import CATEGORIES, MQM, SEVERITIES

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["page_data", "render"]

SCRIPTS: Final = ("core.js", "marks.js", "map.js", "list.js", "table.js", "main.js")
ATTRIBUTIONS: Final = ("copy", "unclear", "instrument")


def render(report: Report, *, title: str | None = None) -> str:
    """Return the page; `title` is what the browser's tab says."""
    style, script = _asset("page.css"), "\n".join(map(_asset, SCRIPTS))
    drifted = sorted((c for c in report.copies if c.role == "copy" and c.score is not None), key=_worst_score_first)
    others = [c for c in report.copies if c.role != "reference" and c not in drifted]
    return _environment().get_template("report.html.j2").render(
        report=report, drifted=drifted, others=others, title=title or _title(report), view=view, version=__version__,
        style=style, script=f"(() => {{\n'use strict';\n{script}\n}})();",
        style_hash=_hash(style), script_hash=_hash(f"(() => {{\n'use strict';\n{script}\n}})();"),
        data=embedded(page_data(report, drifted)), severities=list(reversed(SEVERITIES)), categories=CATEGORIES,
        copies_count=len(drifted),
    )


def _worst_score_first(drift: CopyDrift) -> tuple[float, str]:
    return -(drift.score or 0.0), drift.id


def _title(report: Report) -> str:
    return f"drift: {report.reference.id} and its copies"


@cache
def _asset(name: str) -> str:
    return files("drift.render").joinpath("page", name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("drift.render", "page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["safe_text"] = one_line
    return environment


def embedded(data: Any) -> str:
    """Return JSON that cannot end the script element it stands in, nor open a comment there."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def page_data(report: Report, drifted: list[CopyDrift]) -> dict[str, Any]:
    """Return what the script draws from; its keys are explained where it reads them, in page/core.js."""
    witnesses = {b.witness for d in drifted for b in d.beads} | {report.reference.id}
    return {
        "reference": one_line(report.reference.id),
        "sentences": len(report.reference.sentences),
        "texts": {
            one_line(c.id): {s.index: visible(s.text) for s in c.copy.sentences}
            for c in report.copies if c.id in witnesses
        },
        "mqm": MQM,
        "copies": [
            {
                "id": one_line(d.id),
                "language": view.language(d.copy),
                "verdict": one_line(view.verdict(report.reference.id, d)),
                "beads": [_bead(report, b) for b in d.beads],
            }
            for d in drifted
        ],
    }


def _bead(report: Report, bead: Bead) -> dict[str, Any]:
    data: dict[str, Any] = {"r": [s.index for s in bead.reference], "c": [s.index for s in bead.copy]}
    if bead.witness != report.reference.id:
        data["w"] = one_line(bead.witness)
    if bead.moved:
        data["moved"] = True
    if bead.findings:
        data["rt"] = _pieces(reference_side(bead, _any))
        data["f"] = [_finding(f) for f in bead.findings]
    if bead.copy:
        data["ct"] = _pieces(copy_side(bead, _any))
        translation = translation_side(bead, _any)
        if translation:
            data["tt"] = _pieces(translation)
    return data


def _any(_: Any) -> bool:
    return True


def _pieces(pieces: list[Piece]) -> list[Any]:
    """Unmarked text as a string, marked text as [text, index of a finding, …]."""
    return [[visible(p.text), *p.findings] if p.findings else visible(p.text) for p in pieces]


def _finding(found: Any) -> Mapping[str, Any]:
    data = {
        "id": found.id,
        "kind": found.category,
        "s": SEVERITIES.index(found.severity),
        "p": round(found.confidence, 2),
        "a": ATTRIBUTIONS.index(found.attribution),
        "m": one_line(view.short(found.message)),
        "e": [one_line(view.short(e)) for e in found.evidence],
        "rw": one_line(found.reference_span.text) if found.reference_span else "",
        "cw": one_line(found.copy_span.text) if found.copy_span else "",
        "tw": one_line(found.translation_span.text) if found.translation_span else "",
    }
    if found.status != "unreviewed":
        data["st"] = found.status
    return data
