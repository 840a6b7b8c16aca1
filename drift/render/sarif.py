"""SARIF 2.1.0 (OASIS Standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for annotations on the very lines.

One run, one rule for each category. What a person rejected, and what is our translation's doing, is a suppressed
result, so that code hosts stay quiet about it. Regions are counted in Unicode code points, from the stored offsets.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from drift._version import __version__
from drift.records import Bead, Copy, CopyDrift, Finding, Report, Span
from drift.render.json import escaped, plain
from drift.render.safe import encodable
from drift.typology import CATEGORIES, MQM, Category, Severity

__all__ = ["render"]

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
LEVEL: Final[Mapping[Severity, str]] = {"critical": "error", "major": "warning", "minor": "note"}
RULES: Final[Mapping[Category, str]] = {
    "name": "A name became another name, was lost or was invented.",
    "number": "A number changed.",
    "date": "A date or a time changed.",
    "polarity": "What is affirmed is denied, or the reverse.",
    "modality": "How certain it is, or when it happens, changed.",
    "role": "Who did what to whom changed.",
    "wording": "A word or a phrase has another meaning.",
    "omission": "Something that the reference says is missing.",
    "addition": "Something that the reference does not say was added.",
    "untranslated": "Words were left in another language.",
    "fluency": "The words are broken, though the meaning may be kept.",
}


def render(report: Report) -> str:
    """Return the log as JSON text; paths are relative to where drift was called, as in the report."""
    run = {
        "tool": {"driver": {
            "name": "drift", "version": __version__, "rules": [_rule(category) for category in CATEGORIES],
        }},
        "columnKind": "unicodeCodePoints",
        "artifacts": list({_uri(c.copy): _artifact(c.copy) for c in report.copies}.values()),
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(report)}],
        "results": [
            _result(report, drift, place, found)
            for drift in report.copies for place, bead in enumerate(drift.beads) for found in bead.findings
        ],
        "properties": {"signature": encodable(report.signature), "reference": encodable(report.reference.id)},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped(json.dumps(log, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def _artifact(copy: Copy) -> dict[str, Any]:
    language = {"sourceLanguage": copy.language} if copy.language else {}
    return {"location": {"uri": _uri(copy)}, **language}


def _rule(category: Category) -> dict[str, Any]:
    return {
        "id": f"drift/{category}",
        "name": f"{category.capitalize()}Drift",
        "shortDescription": {"text": RULES[category]},
        "defaultConfiguration": {"level": "note" if category == "fluency" else "warning"},
        "properties": {"tags": ["translation", "meaning"], "mqm": MQM[category]},
    }


def _notifications(report: Report) -> list[dict[str, Any]]:
    said = [*report.warnings, *(f"{c.id}: {c.copy.error}" for c in report.copies if c.copy.error is not None)]
    return [{"level": "warning", "message": {"text": _message(text)}} for text in said]


def _result(report: Report, drift: CopyDrift, place: int, found: Finding) -> dict[str, Any]:
    bead = drift.beads[place]
    witness = next((c.copy for c in report.copies if c.id == bead.witness), report.reference)
    result: dict[str, Any] = {
        "ruleId": f"drift/{found.category}",
        "ruleIndex": CATEGORIES.index(found.category),
        "level": LEVEL[found.severity],
        "message": {"text": _message(found.message)},
        "locations": [_location(drift.copy, _place_in_copy(drift, place, found))],
        "partialFingerprints": {"driftFinding/v1": encodable(found.id)},
        "rank": plain(found.confidence * 100.0),
        "properties": {
            "copy": encodable(drift.id), "severity": found.severity, "confidence": plain(found.confidence),
            "attribution": found.attribution, "mqm": MQM[found.category], "evidence": plain(found.evidence),
        },
    }
    if bead.reference:
        span = found.reference_span or Span(bead.reference[0].start, bead.reference[-1].end, "")
        words = {"text": _message(f"{witness.id} says: {witness.text[span.start:span.end]}")}
        result["relatedLocations"] = [{"id": 1, "message": words, **_location(witness, span)}]
    suppression = _suppression(found)
    if suppression:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": suppression}]
    return result


def _suppression(found: Finding) -> str:
    if found.status == "rejected":
        return "rejected in review"
    return "attributed to our translation of the copy, not to the copy" if found.attribution == "instrument" else ""


def _place_in_copy(drift: CopyDrift, place: int, found: Finding) -> Span:
    """Where the copy is to be annotated: the words, else the sentences, else the end of the sentence before the gap."""
    if found.copy_span is not None:
        return found.copy_span
    bead = drift.beads[place]
    if bead.copy:
        return Span(bead.copy[0].start, bead.copy[-1].end, "")
    before = [b for b in drift.beads[:place] if b.copy and not b.moved]
    at = before[-1].copy[-1] if before else _first_sentence(drift.beads)
    return Span(at.start, at.end, "") if at is not None else Span(0, 0, "")


def _first_sentence(beads: tuple[Bead, ...]) -> Any:
    return next((b.copy[0] for b in beads if b.copy), None)


def _location(copy: Copy, span: Span) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(copy)}}
    # The stored text of a page is the text in it: its lines are not the file's, so that a page is annotated as a whole.
    if PurePath(copy.path).suffix.lower() not in (".html", ".htm", ".xhtml"):
        line, column = _line_and_column(copy.text, span.start)
        end_line, end_column = _line_and_column(copy.text, span.end)
        place["region"] = {
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            "charOffset": span.start, "charLength": span.end - span.start,
            "snippet": {"text": encodable(copy.text[span.start : span.end])},
        }
    return {"physicalLocation": place}


@cache
def _line_starts(text: str) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Turn an offset into the line and column, both from 1, that SARIF counts."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset, hi=len(starts) - 1)
    return line, offset - starts[line - 1] + 1


def _uri(copy: Copy) -> str:
    path = encodable(copy.path)
    if path == "-":
        return "stdin"
    if PurePath(path).is_absolute():
        return "file://" + quote(PurePath(path).as_posix())
    return quote(PurePath(path).as_posix())


def _message(text: str) -> str:
    """Escape the brackets that make a link in SARIF messages (section 3.11.6)."""
    text = encodable(text)
    for character in "\\[]":
        text = text.replace(character, f"\\{character}")
    return text
