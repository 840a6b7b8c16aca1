"""JUnit XML, for CI systems: a suite for each copy, a test for each sentence, a failure where the meaning moved."""

from __future__ import annotations

import xml.etree.ElementTree as Xml  # only written, never parsed

from drift.records import Bead, CopyDrift, Report
from drift.render.marks import Piece, copy_side, reference_side, translation_side
from drift.render.safe import visible
from drift.render.view import counts, sentence_numbers, short, text_of, worst_first
from drift.typology import Severity, at_least

__all__ = ["render"]


def render(report: Report, *, severity: Severity = "major") -> str:
    """Return the XML; findings of `severity` or worse that count against a copy are failures."""
    suites = Xml.Element("testsuites", name="drift")
    for drift in report.copies:
        if drift.role != "reference":
            suites.append(_suite(drift, severity))
    for attribute in ("tests", "failures", "errors", "skipped"):
        suites.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in suites)))
    Xml.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(suites, encoding="unicode") + "\n"


def _suite(drift: CopyDrift, severity: Severity) -> Xml.Element:
    name = visible(drift.id)
    suite = Xml.Element("testsuite", name=name)
    properties = Xml.SubElement(suite, "properties")
    for key, value in (("path", drift.copy.path), ("language", drift.copy.language or ""), ("role", drift.role),
                       ("score", "" if drift.score is None else f"{drift.score:.4f}"),
                       ("coverage", f"{drift.coverage:.4f}")):
        Xml.SubElement(properties, "property", name=key, value=visible(value))
    if drift.copy.error is not None:
        case = Xml.SubElement(suite, "testcase", classname=name, name="can be compared")
        Xml.SubElement(case, "error", message=visible(drift.copy.error))
    elif drift.role == "unrelated":
        case = Xml.SubElement(suite, "testcase", classname=name, name="is a copy of the story")
        Xml.SubElement(case, "skipped", message=visible(drift.why))
    else:
        for number, bead in enumerate(drift.beads, 1):
            suite.append(_case(name, number, bead, severity))
    suite.set("tests", str(len(suite.findall("testcase"))))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{tag}"))))
    return suite


def _case(copy: str, number: int, bead: Bead, severity: Severity) -> Xml.Element:
    words = short(text_of(bead.reference or bead.copy), 60)
    place = f"sentence {sentence_numbers(bead)}" if bead.reference else f"addition {sentence_numbers(bead)}"
    case = Xml.Element("testcase", classname=copy, name=visible(f"{number:04}: {place}: {words}"))
    found = [f for f in worst_first(bead.findings) if at_least(f.severity, severity)]
    if found:
        lines = [f"{f.severity} {f.category} ({f.confidence:.0%}, id {f.id}): {f.message}" for f in found]
        lines += [f"{name}: {_bracketed(side)}" for name, side in (
            (bead.witness, reference_side(bead, counts)), ("copy", copy_side(bead, counts)),
            ("in English", translation_side(bead, counts))) if side]
        message = f"{found[0].severity} {found[0].category}: {found[0].message}"
        failure = Xml.SubElement(case, "failure", type=f"drift.{found[0].category}", message=visible(short(message)))
        failure.text = visible("\n".join(lines))
    return case


def _bracketed(pieces: list[Piece]) -> str:
    return "".join(f"[{p.text}]" if p.findings else p.text for p in pieces)
