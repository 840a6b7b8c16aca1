"""A `Gate` for programs: JSON, JUnit XML and SARIF 2.1.0, whose results say new, unchanged or absent."""

from __future__ import annotations

import json
import xml.etree.ElementTree as Xml  # only written, never parsed
from typing import Any, Final

from drift.gate.baseline import Accepted
from drift.gate.check import Found, Gate
from drift.gate.marked import bracketed
from drift.gate.readable import notes
from drift.render.json import escaped, finding, plain
from drift.render.marks import copy_side, reference_side, translation_side
from drift.render.safe import visible
from drift.render.view import sentence_numbers, short

__all__ = ["render_json", "render_junit", "render_sarif"]

SCHEMA: Final = "drift.gate/1"
VERDICT: Final = {0: "pass", 1: "fail", 3: "not decided"}


def render_json(gate: Gate) -> str:
    """Return everything the gate found, as `drift.gate/1`."""
    data = {
        "schema": SCHEMA,
        "verdict": VERDICT[gate.exit_code],
        "says": str(gate),
        "exit_code": gate.exit_code,
        "fail_on": gate.floor,
        "tolerance": gate.tolerance,
        "signature": gate.report.signature,
        "baseline_signature": gate.baseline.signature,
        "corpus": gate.baseline.corpus,
        "new": [_found(f) for f in gate.new],
        "new_below": [_found(f) for f in gate.lesser],
        "fixed": [plain(a) for a in gate.fixed],
        "renamed": gate.renamed,
        "moves": [plain(m) for m in gate.moves],
        "unseen": [c.id for c in gate.unseen],
        "copies": {
            c.id: {"score": c.score, "before": gate.baseline.copies[c.id].score, "coverage": c.coverage}
            for c in gate.report.copies if c.role == "copy"
        },
    }
    return escaped(json.dumps(plain(data), ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def _found(found: Found) -> dict[str, Any]:
    copy, bead, f = found
    return {"copy": copy.id, "witness": bead.witness, "reference": [s.text for s in bead.reference],
            "text": [s.text for s in bead.copy], **finding(f)}


def render_junit(gate: Gate) -> str:
    """Return JUnit XML: a suite for each copy, a failure for each new finding and each score that fell."""
    suites = Xml.Element("testsuites", name="drift check")
    for copy in gate.report.copies:
        if copy.role == "reference":
            continue
        suite = Xml.SubElement(suites, "testsuite", name=visible(copy.id))
        new = [f for f in gate.new if f[0].id == copy.id]
        for number, found in enumerate(new, 1):
            suite.append(_failed(number, found))
        if not new:
            Xml.SubElement(suite, "testcase", classname=visible(copy.id), name=f"no new finding from {gate.floor} on")
        case = Xml.SubElement(suite, "testcase", classname=visible(copy.id),
                              name=f"drift and coverage within {gate.tolerance:g}")
        moved = [str(m) for m in gate.worse if m.copy == copy.id]
        if moved:
            Xml.SubElement(case, "failure", type="drift.score", message=visible("; ".join(moved)))
        elif any(c.id == copy.id for c in gate.unseen):
            said = copy.copy.error or "it could not be compared"
            Xml.SubElement(case, "error", type="drift.unseen", message=visible(said))
        _count(suite)
    for attribute in ("tests", "failures", "errors"):
        suites.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in suites)))
    Xml.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(suites, encoding="unicode") + "\n"


def _count(suite: Xml.Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for attribute, tag in (("failures", "failure"), ("errors", "error")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{tag}"))))


def _failed(number: int, found: Found) -> Xml.Element:
    copy, bead, f = found
    name = f"new {number:03}: {f.category} in sentence {sentence_numbers(bead)} [{f.id}]"
    case = Xml.Element("testcase", classname=visible(copy.id), name=visible(name))
    message = f"{f.severity} {f.category}: {f.message}"
    failure = Xml.SubElement(case, "failure", type=f"drift.{f.category}", message=visible(short(message)))
    sides = ((bead.witness, reference_side(bead, f.__eq__)), (copy.id, copy_side(bead, f.__eq__)),
             ("in English", translation_side(bead, f.__eq__)))
    failure.text = visible("\n".join(f"{name}: {bracketed(pieces)}" for name, pieces in sides if pieces))
    return case


def render_sarif(gate: Gate) -> str:
    """Return the report's SARIF log, each result with its `baselineState`; fixed findings are results that are absent.

    Accepted findings are "unchanged", so that code hosts annotate only what is new.
    """
    from drift.render.sarif import LEVEL, render
    from drift.typology import CATEGORIES

    log = json.loads(render(gate.report))
    run = log["runs"][0]
    fresh = {f.id for _, _, f in (*gate.new, *gate.lesser)}
    for result in run["results"]:
        new = result["partialFingerprints"]["driftFinding/v1"] in fresh
        result["baselineState"] = "new" if new else "unchanged"
    run["results"] += [_absent(a, LEVEL[a.severity], CATEGORIES.index(a.category)) for a in gate.fixed]
    run["properties"]["gate"] = plain({"verdict": VERDICT[gate.exit_code], "says": str(gate), "notes": notes(gate)})
    return escaped(json.dumps(log, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def _absent(accepted: Accepted, level: str, rule: int) -> dict[str, Any]:
    text = accepted.message
    for character in "\\[]":
        text = text.replace(character, f"\\{character}")
    return {
        "ruleId": f"drift/{accepted.category}", "ruleIndex": rule, "level": level, "baselineState": "absent",
        "message": {"text": text}, "partialFingerprints": {"driftFinding/v1": accepted.id},
        "properties": {"copy": accepted.copy, "severity": accepted.severity},
    }
