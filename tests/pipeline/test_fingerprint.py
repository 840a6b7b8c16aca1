"""Ids of findings survive re-runs and edits elsewhere, and tell equal findings apart."""

from __future__ import annotations

from dataclasses import replace

from drift.fingerprint import with_ids
from drift.records import Bead, Finding, Sentence, Span, Translation


def bead(index: int, reference: str, copy: str, *words: str, shift: int = 0, translation: str | None = None) -> Bead:
    s = Sentence(index, shift, shift + len(reference), reference)
    t = Sentence(
        index, shift, shift + len(copy), copy, translation=Translation(translation, "e", "m") if translation else None
    )
    findings = tuple(Finding("", "wording", "major", 0.5, "…", Span(shift, shift + len(w), w), None) for w in words)
    return Bead("1-1", "A", (s,), (t,), 0.9, findings=findings)


def ids(*beads: Bead, copy: str = "B") -> list[str]:
    return [f.id for b in with_ids(copy, beads) for f in b.findings]


def test_an_edit_elsewhere_changes_nothing():
    here = bead(3, "The crowd came.", "The crowd left.", "came")
    moved = bead(9, "The crowd came.", "The crowd left.", "came", shift=400)
    assert ids(here) == ids(bead(0, "Something new.", "Something else.", "new"), moved)[1:]


def test_typography_changes_nothing():
    assert ids(bead(0, "He “came”.", "x", "came")) == ids(bead(0, 'He "came" .', "X", "came"))


def test_another_translation_of_the_same_words_changes_nothing():
    assert ids(bead(0, "a", "il vint", "a", translation="he came")) == ids(
        bead(0, "a", "il vint", "a", translation="he arrived")
    )


def test_equal_findings_are_told_apart_by_their_order():
    twice = ids(bead(0, "No.", "Yes.", "No"), bead(1, "No.", "Yes.", "No"))
    assert len(set(twice)) == 2


def test_copy_category_and_words_matter():
    plain = bead(0, "He came.", "He left.", "came")
    other = replace(plain, findings=(replace(plain.findings[0], category="name"),))
    different = [ids(plain), ids(plain, copy="C"), ids(other), ids(bead(0, "He came.", "He left.", "He"))]
    assert len({i for x in different for i in x}) == 4


def test_severity_and_confidence_do_not():
    plain = bead(0, "He came.", "He left.", "came")
    softer = replace(
        plain, findings=(replace(plain.findings[0], severity="minor", confidence=0.1, message="new words"),)
    )
    assert ids(plain) == ids(softer)
