"""`--control`: what the same models do to the reference is told, taken into account, and printed with and without."""

from __future__ import annotations

import json
import re

import pytest

import drift
from drift.cli import main
from drift.read.copies import copy_from_text
from drift.render import render
from drift.render.json import loads

ENGLISH = """The ferry left the harbour of Porvoo at six in the morning with 212 passengers on board.
Half an hour later the crew noticed smoke in the engine room.
Captain Nemo decided to turn back and informed the coast guard.
"""
FRENCH = """Le ferry a quitté le port de Porvoo à six heures du matin avec 212 passagers à bord.
Une demi-heure plus tard, l'équipage a remarqué de la fumée dans la salle des machines.
Le capitaine a décidé de faire demi-tour et a informé les garde-côtes.
"""
LINES = dict(zip(FRENCH.splitlines(), ENGLISH.splitlines(), strict=True))
WEAK = {f: e.replace("Captain Nemo", "The captain") for f, e in LINES.items()}  # a model that leaves a name out
BACK = {english: french for french, english in LINES.items()}
NUMBERS = re.compile(r"drifts\s+(\d\.\d\d)\s+by\s+itself;\s+this\s+copy\s+drifts\s+(\d\.\d\d)\s+with\s+that\s+taken\s+into\s+"
                     r"account,\s+(\d\.\d\d)\s+without")  # fmt: skip


def copies(french=FRENCH):
    return [
        copy_from_text(ENGLISH, id="en", path="en.txt"),
        copy_from_text(french, id="fr", path="fr.txt", language="fr"),
    ]


def left_out(report):
    return [f for f in report["fr"].findings if f.reference_span and "Nemo" in f.reference_span.text]


class TestControl:
    def test_what_the_models_do_to_the_reference_too_is_theirs(self, scripted):
        scripted({("fr", "en"): WEAK, ("en", "fr"): BACK})
        without = drift.report(copies(), memory=None)
        report = drift.report(copies(), control=True, memory=None)
        assert [f.attribution for f in left_out(without)] != ["instrument"]
        assert [f.attribution for f in left_out(report)] == ["instrument"]
        assert "reference itself" in left_out(report)[0].evidence[0]
        assert report["fr"].score < without["fr"].score

    def test_what_only_the_copy_says_stays_the_copys(self, scripted):
        changed = {f.replace("212", "21"): e.replace("212", "21") for f, e in LINES.items()}
        scripted({("fr", "en"): {**LINES, **changed}, ("en", "fr"): BACK})
        report = drift.report(copies(FRENCH.replace("212", "21")), control=True, memory=None)
        (number,) = [f for f in report["fr"].findings if f.category == "number"]
        assert number.attribution == "copy"

    @pytest.mark.parametrize("format", ["text", "html", "json", "md"])
    def test_the_drift_with_and_without_stands_in_the_report(self, scripted, format):
        scripted({("fr", "en"): WEAK, ("en", "fr"): BACK})
        without = drift.report(copies(), memory=None)
        report = drift.report(copies(), control=True, memory=None)
        if format == "md":  # the note has no place in a comment on a pull request; the score is the one with
            assert f"{report['fr'].score:.2f}" in render(report, "md")
            return
        noise, after, before = map(float, NUMBERS.search(render(report, format)).groups())
        assert noise > 0
        assert (after, before) == (round(report["fr"].score, 2), round(without["fr"].score, 2))

    def test_the_model_there_stands_in_the_signature(self, scripted):
        scripted({("fr", "en"): LINES, ("en", "fr"): BACK})
        assert "scripted/en-fr@r1" in drift.report(copies(), control=True, memory=None).signature
        assert "scripted/en-fr@r1" not in drift.report(copies(), memory=None).signature

    def test_without_a_model_there_the_report_says_so(self, scripted):
        scripted({("fr", "en"): WEAK})
        report = drift.report(copies(), control=True, memory=None)
        assert [w for w in report.warnings if "no control through fr" in w]
        assert report["fr"].score == drift.report(copies(), memory=None)["fr"].score

    def test_english_copies_have_no_control(self, scripted):
        scripted({})
        twin = copy_from_text(ENGLISH.replace("212", "21"), id="twin", path="twin.txt")
        assert drift.report([copies()[0], twin], reference="en", control=True, memory=None)["twin"].copy.notes == ()


def test_models_on_disk_and_the_shipped_one(tmp_path, tiny_model, capsys):
    (tmp_path / "en.txt").write_text(ENGLISH)
    (tmp_path / "fr.txt").write_text(FRENCH)
    arguments = ["report", str(tmp_path), "--lang", "fr=fr", "--control", "--model", f"en={tiny_model}", "--no-memory"]
    assert main([*arguments, "-f", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    (french,) = [c for c in report["copies"] if c["id"] == "fr"]
    noise, after, before = map(float, NUMBERS.search(" ".join(french["notes"])).groups())
    assert noise > 0.3  # random weights say nothing
    assert after <= before
    floor = french["control"]
    assert [round(floor[k], 2) for k in ("noise_floor", "drift", "drift_without")] == [noise, after, before]
    assert (floor["there"], floor["back"]) == ("tiny", "fr-en")
    assert loads(json.dumps(report))["fr"].copy.control.noise_floor == floor["noise_floor"]
    assert "/tiny@" in report["signature"]
