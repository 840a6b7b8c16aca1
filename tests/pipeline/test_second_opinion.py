"""`--second-opinion`, translations that look wrong by themselves, and batches: what a report says of its instrument."""

from __future__ import annotations

import json
import sys

import pytest

import drift
import drift.translate
from drift.cli import main
from drift.errors import ModelError
from drift.read.copies import copy_from_text

ENGLISH = """The ferry left the harbour of Porvoo at six in the morning with 212 passengers on board.
Half an hour later the crew noticed smoke in the engine room.
The captain decided to turn back and informed the coast guard.
"""
FRENCH = """Le ferry a quitté le port de Porvoo à six heures du matin avec 212 passagers à bord.
Une demi-heure plus tard, l'équipage a remarqué de la fumée dans la salle des machines.
Le capitaine a décidé de faire demi-tour et a informé les garde-côtes.
"""
LINES = dict(zip(FRENCH.splitlines(), ENGLISH.splitlines(), strict=True))
WEAK = {f: e.replace(" in the engine room", "") for f, e in LINES.items()}  # a model that leaves something out


@pytest.fixture
def copies():
    return [
        copy_from_text(ENGLISH, id="en", path="en.txt"),
        copy_from_text(FRENCH, id="fr", path="fr.txt", language="fr"),
    ]


def left_out(report):
    (finding,) = [f for f in report["fr"].findings if f.reference_span and "engine" in f.reference_span.text]
    return finding


class TestSecondOpinion:
    def test_its_word_stands_in_the_evidence(self, scripted, copies):
        scripted({("fr", "en"): WEAK}, apertium={("fr", "en"): LINES})
        assert not any("apertium" in phrase for phrase in left_out(drift.report(copies, memory=None)).evidence)
        finding = left_out(drift.report(copies, second_opinion="apertium", memory=None))
        assert any("apertium" in phrase and "engine room" in phrase for phrase in finding.evidence)

    def test_only_sentences_with_findings_are_translated_again(self, scripted, copies):
        made = scripted({("fr", "en"): {**WEAK}}, apertium={("fr", "en"): LINES})
        drift.report(copies, second_opinion="apertium", memory=None)
        (whole, *_) = made["fr", "en"].calls
        assert len(whole) == 3
        translator = drift.translate.load("fr", engine="apertium")
        assert [s for call in translator.calls for s in call] == [FRENCH.splitlines()[1]]

    def test_it_stands_in_the_signature(self, scripted, copies):
        scripted({("fr", "en"): WEAK}, apertium={("fr", "en"): LINES})
        assert "apertium/fr-en@r1" in drift.report(copies, second_opinion="apertium", memory=None).signature
        assert "apertium" not in drift.report(copies, memory=None).signature

    def test_for_one_language_only(self, scripted, copies):
        scripted({("fr", "en"): WEAK}, apertium={("fr", "en"): LINES})
        assert "apertium" not in drift.report(copies, second_opinion={"de": "apertium"}, memory=None).signature
        assert "apertium" in drift.report(copies, second_opinion={"fr": "apertium"}, memory=None).signature

    def test_an_engine_that_is_not_there_is_an_error(self, scripted, copies):
        scripted({("fr", "en"): WEAK})
        with pytest.raises(ModelError, match="DR209"):
            drift.report(copies, second_opinion="apertium", memory=None)

    def test_one_that_lacks_one_of_several_languages_says_so(self, scripted, copies):
        german = copy_from_text("Die Fähre verließ den Hafen von Porvoo um sechs Uhr. Der Kapitän kehrte um.", id="de",
                                path="de.txt", language="de")  # fmt: skip
        scripted({("fr", "en"): WEAK, ("de", "en"): {}}, apertium={("fr", "en"): LINES})
        report = drift.report([*copies, german], second_opinion="apertium", memory=None)
        assert [w for w in report.warnings if "no second opinion on de" in w]
        assert any("apertium" in phrase for phrase in left_out(report).evidence)

    def test_it_is_no_second_opinion_where_it_is_the_first(self, scripted, copies):
        scripted({}, apertium={("fr", "en"): WEAK})
        report = drift.report(copies, engine="apertium", second_opinion="apertium", memory=None)
        assert [w for w in report.warnings if "translated by apertium itself" in w]
        assert not any("second engine" in phrase for phrase in left_out(report).evidence)

    def test_at_a_shell(self, scripted, copies, tmp_path, capsys):
        scripted({("fr", "en"): WEAK}, apertium={("fr", "en"): LINES})
        (tmp_path / "en.txt").write_text(ENGLISH)
        (tmp_path / "fr.txt").write_text(FRENCH)
        arguments = ["report", str(tmp_path), "--no-memory", "-f", "json"]
        assert main([*arguments, "--second-opinion", "fr=apertium"]) == 0
        assert "a second engine (apertium)" in capsys.readouterr().out
        assert main([*arguments, "--second-opinion", "apertium", "--second-opinion", "me/mine"]) == 2
        assert "--second-opinion de=" in capsys.readouterr().err


class TestBrokenTranslations:
    def test_a_reader_is_told_how_many_look_wrong_and_how(self, scripted, copies):
        scripted({("fr", "en"): LINES}, flags=("repetition", "retried"))
        (note,) = drift.report(copies, memory=None)["fr"].copy.notes
        assert "Of 3 translated sentences 3 look wrong" in note
        assert "3 repetition" in note
        assert "retried" not in note

    def test_and_what_is_found_there_is_hardly_the_copys(self, scripted, copies):
        scripted({("fr", "en"): {**WEAK, "The captain": "Captain Nemo"}}, flags=("repetition",))
        report = drift.report(copies, memory=None)
        assert report["fr"].findings
        assert {f.attribution for f in report["fr"].findings} == {"instrument"}

    def test_sound_translations_have_no_note(self, scripted, copies):
        scripted({("fr", "en"): LINES})
        assert drift.report(copies, memory=None)["fr"].copy.notes == ()


def test_a_report_does_not_change_with_the_size_of_any_batch(copies, tmp_path, monkeypatch):
    """The shipped model, real stages; only what is handed over at once differs."""
    from drift.render.json import dump

    usual = dump(drift.report(copies, reference="en", memory=tmp_path / "a.sqlite"))
    monkeypatch.setattr("drift.translate.memory._COMMIT_EVERY", 1)
    monkeypatch.setattr(sys.modules["drift.judge.verdicts"], "PORTION", 1)  # `drift.judge` is a function
    one_by_one = dump(drift.report(copies, reference="en", memory=tmp_path / "b.sqlite"))
    assert json.dumps(one_by_one) == json.dumps(usual)
    assert json.dumps(dump(drift.report(copies[::-1], reference="en", memory=None))) == json.dumps(usual)
