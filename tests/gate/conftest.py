"""Reports made by hand: what the gate must hold whatever the judge thinks of a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drift.fingerprint import with_ids
from drift.records import Bead, Copy, CopyDrift, Finding, Metrics, Report, Sentence, Span, Translation

LINES = ["The mayor opened the bridge.", "Fifty people came.", "Nobody was hurt.", "It rained all day."]
FRENCH = ["Le maire a ouvert le pont.", "Quinze personnes sont venues.", "Personne n'a été blessé.", "Il a plu."]
ENGLISH = ["The mayor opened the bridge.", "Fifteen people came.", "Nobody was hurt.", "It rained."]


def copy_of(id: str, lines: list[str], *, language: str = "en", translations: list[str] | None = None) -> Copy:
    text, sentences = "", []
    for index, line in enumerate(lines):
        said = Translation(translations[index], "toy", "fr-en", "1") if translations else None
        sentences.append(Sentence(index, len(text), len(text) + len(line), line, translation=said))
        text += line + "\n"
    return Copy(id, f"copies/{id}.txt", text, language, tuple(sentences))


def report_of(*findings: tuple[int, str, str, str], lines=None, english=None, mt="toy/fr-en@1", score=0.2, coverage=1.0,
              **changed) -> Report:
    """A reference and one French copy; a finding is (sentence, category, severity, words of the translation)."""
    reference = copy_of("A", LINES)
    copy = copy_of("B", lines or FRENCH, language="fr", translations=english or ENGLISH)
    beads = []
    for r, c in zip(reference.sentences, copy.sentences, strict=True):
        found = []
        for sentence, category, severity, words in findings:
            if sentence == r.index:
                at = c.english.index(words)
                found.append(Finding("", category, severity, 0.8, f"“{words}” is not what it was.",
                                     Span(r.start, r.end, r.text), None, Span(at, at + len(words), words),
                                     attribution=changed.get("attribution", "copy")))
        beads.append(Bead("1-1", "A", (r,), (c,), 0.9, 0.2 if found else 0.0, findings=tuple(found)))
    drifts = (CopyDrift(reference, "reference", 0.0, 1.0, 0.0, Metrics()),
              CopyDrift(copy, changed.get("role", "copy"), score, coverage, 5.0, Metrics(), with_ids("B", beads)))
    signature = changed.get("signature", f"drift|enc:use/1|words:minilm|judge:1|mt:{mt}|ref:chosen|version:0.1.0")
    return Report(reference, {}, drifts, signature)


@pytest.fixture
def made():
    return report_of


@pytest.fixture
def rejected():
    """The report with every finding rejected by a person."""

    def reject(report: Report) -> Report:
        copies = [
            replace(c, beads=tuple(
                replace(b, findings=tuple(replace(f, status="rejected") for f in b.findings)) for b in c.beads))
            for c in report.copies
        ]
        return replace(report, copies=tuple(copies))

    return reject
