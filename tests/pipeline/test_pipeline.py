"""The whole way on small articles, with the real stages: what must hold whatever the judge thinks of a sentence."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

import drift
from drift.errors import ModelError, ResourceError, UnreadableError, UsageError
from drift.read.copies import copy_from_text

CLEAR = """The ferry left the harbour of Porvoo at six in the morning with 212 passengers on board.
Half an hour later the crew noticed smoke in the engine room.
The captain decided to turn back and informed the coast guard.

Two helicopters and five boats reached the ship within forty minutes.
Most passengers were taken off before the fire spread to the car deck.
Eleven people were treated for smoke, none of them seriously.

The company says that the engine had been inspected in March.
The ministry has opened an inquiry and will report in the autumn.
"""
CHANGED = """The ferry left the harbour of Porvoo at six in the morning with 21 passengers on board.
Half an hour later the crew noticed smoke in the engine room.
The captain decided not to turn back and informed the coast guard.

Two helicopters and five boats reached the ship within forty minutes.
Eleven people were treated for smoke, none of them seriously.

The company says that the engine had been inspected in March.
The ministry has opened an inquiry and will report in the autumn.
"""
OTHER = """The parliament met on Tuesday to discuss the budget for roads and railways.
The opposition wants to spend more on bridges in the north. A vote is expected before the holidays.
The finance minister spoke for an hour and drank four glasses of water.
"""
FRENCH = """Le ferry a quitté le port de Porvoo à six heures du matin avec 212 passagers à bord.
Une demi-heure plus tard, l'équipage a remarqué de la fumée dans la salle des machines.
Le capitaine a décidé de faire demi-tour et a informé les garde-côtes.
Deux hélicoptères et cinq bateaux ont atteint le navire en quarante minutes.
"""


@pytest.fixture(scope="module")
def copies():
    return [
        copy_from_text(CLEAR, id="clear", path="clear.txt"),
        copy_from_text(CHANGED, id="changed", path="changed.txt"),
        copy_from_text(OTHER, id="other", path="other.txt"),
        copy_from_text(FRENCH, id="french", path="french.txt", language="fr"),
    ]


@pytest.fixture(scope="module")
def report(copies):
    return drift.report(copies, reference="clear", memory=None)


def test_every_copy_is_in_the_report_once_in_order_of_id(report):
    assert [c.id for c in report.copies] == ["changed", "clear", "french", "other"]
    assert {c.id: c.role for c in report.copies} == {
        "changed": "copy", "clear": "reference", "french": "copy", "other": "unrelated",
    }  # fmt: skip


def test_what_changed_is_found_and_the_rest_is_not(report):
    worst = {b.reference[0].index: b for b in report["changed"].beads if b.reference and b.findings}
    assert {0, 2, 4} <= set(worst)
    assert worst[4].kind == "1-0"
    assert {f.category for f in worst[4].findings} == {"omission"}
    assert report["changed"].score > 0.05
    assert report["changed"].coverage == pytest.approx(7 / 8)


def test_every_span_slices_back_to_its_text(report):
    for copy in report.copies:
        for bead in copy.beads:
            for finding in bead.findings:
                for text, span in (
                    (report[bead.witness].copy.text, finding.reference_span),
                    (copy.copy.text, finding.copy_span),
                    (" ".join(s.english for s in bead.copy).replace("\n", " "), finding.translation_span),
                ):
                    assert span is None or text[span.start : span.end] == span.text


def test_findings_have_ids_of_their_own(report):
    ids = [f.id for f in report.findings]
    assert len(ids) == len(set(ids)) > 0
    assert all(ids)


def test_every_sentence_of_both_sides_stands_in_one_bead(report):
    for id in ("changed", "french"):
        copy = report[id]
        assert sorted(s.index for b in copy.beads for s in b.copy) == [s.index for s in copy.copy.sentences]
        of_reference = [s.index for b in copy.beads if b.witness == "clear" for s in b.reference]
        assert sorted(of_reference) == [s.index for s in report.reference.sentences]


def test_a_translated_copy_names_its_translator_and_keeps_its_source(report):
    french = report["french"]
    assert set(french.translator) == {"engine", "model", "revision"}
    assert all(s.translation and s.text in french.copy.text for s in french.copy.sentences)
    assert "mt:" in report.signature
    assert french.translator["model"] in report.signature


def test_an_unrelated_copy_has_no_score_and_says_why(report):
    other = report["other"]
    assert (other.score, other.beads, other.coverage) == (None, (), 0.0)
    assert "another story" in other.why


def test_the_order_of_the_copies_changes_nothing(copies, report):
    shuffled = random.Random(3).sample(copies, len(copies))
    assert drift.report(shuffled, reference="clear", memory=None) == report


def test_the_order_changes_nothing_where_the_reference_is_chosen_either(copies):
    english = copies[:3]
    chosen = drift.report(english, memory=None)
    assert drift.report(english[::-1], memory=None) == chosen
    assert chosen.reference.id in {"clear", "changed"}


def test_a_copy_of_itself_has_no_drift(copies):
    twin = replace(copies[0], id="twin")
    report = drift.report([copies[0], twin], reference="clear", memory=None)
    assert (report["twin"].score, report["twin"].coverage, report["twin"].findings) == (0.0, 1.0, ())
    assert report["twin"].metrics.bleu == pytest.approx(100)


def test_a_language_without_a_model_is_told_and_the_others_are_reported(copies):
    unknown = replace(copies[3], id="unknown", language="mt")
    offline = pytest.MonkeyPatch()
    with offline.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        report = drift.report([*copies[:2], unknown], reference="clear", memory=None)
    assert report["unknown"].score is None
    assert "--model" in report["unknown"].copy.error
    assert report["changed"].score is not None
    assert any("unknown" in w for w in report.warnings)


def test_a_copy_that_could_not_be_read_is_carried_along(copies):
    broken = replace(copies[2], id="broken", sentences=(), text="", language=None, error="[DR102] empty")
    report = drift.report([*copies[:2], broken], reference="clear", memory=None)
    assert (report["broken"].role, report["broken"].score, report["broken"].why) == ("copy", None, "[DR102] empty")


class TestRefusals:
    def test_one_copy(self, copies):
        with pytest.raises(UsageError, match="DR301"):
            drift.report(copies[:1])

    def test_no_copies(self):
        with pytest.raises(UsageError, match="DR301"):
            drift.report([])

    def test_twins(self, copies):
        with pytest.raises(UsageError, match=r"DR302.*clear"):
            drift.report([copies[0], copies[0]])

    def test_nothing_in_english(self, copies):
        with pytest.raises(ResourceError, match=r"DR303.*fr"):
            drift.report([copies[3], replace(copies[3], id="again")], memory=None)

    def test_an_unknown_reference(self, copies):
        with pytest.raises(UsageError, match="DR305"):
            drift.report(copies[:2], reference="nobody", memory=None)

    def test_a_path_that_is_not_there(self, tmp_path):
        with pytest.raises(UnreadableError, match="DR101"):
            drift.report([tmp_path / "a.txt", tmp_path / "b.txt"])

    def test_a_model_that_is_named_and_not_there(self, copies, tmp_path):
        with pytest.raises(ModelError, match="no-such-model"):
            drift.report(copies, model=str(tmp_path / "no-such-model"), memory=None)
