"""`--round-trip`: an English text through another language and back, and which way did what."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import drift
from drift.cli import main
from drift.errors import ModelError, UsageError
from drift.read.copies import copy_from_text
from drift.render import FORMATS, render
from drift.render.json import dump, loads

ARTICLE = """The ferry left the harbour of Porvoo at six in the morning with 212 passengers on board.
Half an hour later the crew noticed smoke in the engine room.
The captain decided to turn back and informed the coast guard.

Most passengers were taken off before the fire spread to the car deck.
"""
THERE = {"The ": "Le ", "212": "212", "Porvoo": "Porvoo", "passengers": "passagers"}
BACK = {"Le ": "The ", "passagers": "passengers"}


@pytest.fixture
def article():
    return copy_from_text(ARTICLE, id="art", path="art.txt")


def trip(article, scripted, *, there=None, back=None, **options):
    scripted({("en", "fr"): {**THERE, **(there or {})}, ("fr", "en"): {**BACK, **(back or {})}})
    return drift.report([article], round_trip="fr", memory=None, **options)


class TestReport:
    def test_one_english_text_is_enough(self, article, scripted):
        report = trip(article, scripted)
        assert report.reference.id == "art"
        assert {c.id: (c.role, c.copy.language) for c in report.copies} == {
            "art": ("reference", "en"), "art-via-fr": ("copy", "fr"),
        }  # fmt: skip
        assert report["art-via-fr"].coverage == 1.0

    def test_models_that_change_nothing_show_no_drift(self, article, scripted):
        report = trip(article, scripted)
        assert report["art-via-fr"].score == 0.0
        assert report.findings == ()

    def test_the_copy_is_the_text_in_the_pivot_language_with_what_came_back_beside_it(self, article, scripted):
        copy = trip(article, scripted)["art-via-fr"].copy
        assert copy.text.startswith("Le ferry left the harbour")
        assert [s.text for s in copy.sentences] == [copy.text[s.start : s.end] for s in copy.sentences]
        assert [s.english for s in copy.sentences] == [s.text for s in article.sentences]
        assert [s.paragraph for s in copy.sentences] == [s.paragraph for s in article.sentences]
        assert "\n\n" in copy.text
        assert "art" in copy.notes[0]
        assert "en-fr" in copy.notes[0]
        assert "fr-en" in copy.notes[0]

    @pytest.mark.parametrize(
        ("way", "words", "says"),
        [("there", {"212": "21"}, "way into fr"), ("back", {"212": "21"}, "way back from fr")],
    )
    def test_what_either_way_does_counts_and_says_which_it_was(self, article, scripted, way, words, says):
        (finding,) = [f for f in trip(article, scripted, **{way: words}).findings if f.category == "number"]
        assert (finding.attribution, finding.severity) == ("copy", "critical")
        assert says in finding.evidence[0]

    def test_what_cannot_be_told_says_so(self, article, scripted):
        report = trip(article, scripted, back={"noticed smoke": "bought bread"})
        assert report["art-via-fr"].score > 0
        assert all("way" in f.evidence[0] for f in report.findings)

    def test_spans_slice_back(self, article, scripted):
        report = trip(article, scripted, there={"Porvoo": "Lisbonne", "212": "21"}, back={"crew": "cook"})
        assert len(report.findings) >= 2
        for bead in report["art-via-fr"].beads:
            for f in bead.findings:
                for text, span in ((article.text, f.reference_span), (report["art-via-fr"].copy.text, f.copy_span)):
                    assert span is None or text[span.start : span.end] == span.text

    def test_both_models_stand_in_the_signature(self, article, scripted):
        signature = trip(article, scripted).signature
        assert "scripted/en-fr@r1" in signature
        assert "scripted/fr-en@r1" in signature

    def test_what_the_engine_flagged_on_either_way_is_kept(self, article, scripted):
        scripted({("en", "fr"): {}, ("fr", "en"): {}}, flags=("repetition",))
        report = drift.report([article], round_trip="fr", memory=None)
        assert {s.translation.flags for s in report["art-via-fr"].copy.sentences} == {("repetition",)}

    def test_several_languages_are_several_copies(self, article, scripted):
        pairs = {("en", "fr"): {}, ("fr", "en"): {}, ("en", "de"): {"212": "112"}, ("de", "en"): {}}
        scripted(pairs)
        report = drift.report([article], round_trip=["fr", "deu", "fr"], memory=None)
        assert [c.id for c in report.copies] == ["art", "art-via-de", "art-via-fr"]
        assert report["art-via-de"].score > report["art-via-fr"].score == 0.0

    def test_beside_other_copies_it_is_the_reference_that_travels(self, article, scripted):
        scripted({("en", "fr"): THERE, ("fr", "en"): BACK})
        other = copy_from_text(ARTICLE.replace("212", "21"), id="other", path="other.txt")
        alone = drift.report([article, other], reference="art", memory=None)
        report = drift.report([article, other], reference="art", round_trip="fr", memory=None)
        assert [c.id for c in report.copies] == ["art", "art-via-fr", "other"]
        assert report["other"] == alone["other"]

    def test_an_id_that_is_taken_is_not_taken_twice(self, article, scripted):
        scripted({("en", "fr"): THERE, ("fr", "en"): BACK})
        other = copy_from_text(ARTICLE, id="art-via-fr", path="other.txt")
        report = drift.report([article, other], reference="art", round_trip="fr", memory=None)
        assert [c.id for c in report.copies] == ["art", "art-via-fr", "art-via-fr-again"]

    def test_a_sentence_in_another_language_stays_at_home(self, scripted):
        article = copy_from_text(ARTICLE + "\nDie Maschine war im März überprüft worden.\n", id="art", path="art.txt")
        *english, german = article.sentences
        article = replace(article, sentences=(*english, replace(german, language="de")))
        scripted({("en", "fr"): THERE, ("fr", "en"): BACK, ("de", "en"): {}})
        report = drift.report([article], round_trip="fr", memory=None)
        assert len(report["art-via-fr"].copy.sentences) == len(article.sentences) - 1
        assert report.findings == ()

    @pytest.mark.parametrize("format", sorted(FORMATS))
    def test_every_format_can_tell_it(self, article, scripted, format):
        report = trip(article, scripted, there={"212": "21"})
        assert "via" in render(report, format)

    def test_its_json_is_read_back(self, article, scripted):
        report = trip(article, scripted, there={"212": "21"})
        assert dump(loads(json.dumps(dump(report)))) == dump(report)


class TestRefusals:
    def test_a_text_that_is_not_english(self, scripted):
        scripted({("en", "fr"): {}, ("fr", "en"): {}})
        french = copy_from_text("Le navire est parti à six heures avec les passagers.", id="f", path="f.txt", language="fr")
        with pytest.raises(UsageError, match=r"DR307.*f\.txt.*fr"):
            drift.report([french], reference="f", round_trip="fr", memory=None)

    @pytest.mark.parametrize(("language", "code"), [("en", "DR308"), ("eng", "DR308"), ("français", "DR201")])
    def test_a_language_that_is_none_or_english(self, article, language, code):
        with pytest.raises(UsageError, match=code):
            drift.report([article], round_trip=language, memory=None)

    @pytest.mark.parametrize("there", [("en", "fr"), ("fr", "en")])
    def test_a_way_without_a_model(self, article, scripted, there):
        scripted({there: {}})
        with pytest.raises(ModelError, match="DR202"):
            drift.report([article], round_trip="fr", memory=None)

    def test_without_a_round_trip_one_copy_is_too_few(self, article):
        with pytest.raises(UsageError, match="DR301"):
            drift.report([article])


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path):
        (tmp_path / "art.txt").write_text(ARTICLE)
        return str(tmp_path / "art.txt")

    def test_models_on_disk(self, file, tiny_model, capsys):
        arguments = ["report", file, "--round-trip", "fr", "--model", f"en={tiny_model}", "--no-memory", "-f", "json"]
        assert main(arguments) == 0
        (pivot,) = [c for c in json.loads(capsys.readouterr().out)["copies"] if c["role"] == "copy"]
        assert pivot["translator"]["model"] == "fr-en"
        assert "tiny, then fr-en" in pivot["notes"][0]

    def test_the_second_time_comes_from_the_memory(self, file, tmp_path, tiny_model, capsys, monkeypatch):
        memory = str(tmp_path / "m.sqlite")
        arguments = ["report", file, "--round-trip", "fr", "--model", f"en={tiny_model}", "-f", "json"]
        assert main([*arguments, "--memory", memory]) == 0
        first = capsys.readouterr().out
        engine = "drift.translate.ctranslate2_engine.CTranslate2Translator.decode"
        monkeypatch.setattr(engine, lambda *_, **__: pytest.fail("translated again"))
        assert main([*arguments, "--memory", memory]) == 0
        assert capsys.readouterr().out == first

    def test_a_recording_is_replayed_without_models(self, file, tmp_path, scripted, monkeypatch, capsys):
        scripted({("en", "fr"): {**THERE, "212": "21"}, ("fr", "en"): BACK})
        tape = str(tmp_path / "tape.jsonl")
        arguments = ["report", file, "--round-trip", "fr", "--no-memory", "-q", "-f", "json"]
        assert main([*arguments, "--record", tape]) == 0
        recorded = capsys.readouterr().out
        monkeypatch.setattr("drift.translate.load", lambda *_, **__: pytest.fail("loaded a model"))
        assert main([*arguments, "--replay", tape]) == 0
        assert capsys.readouterr().out == recorded

    def test_findings_fail_the_gate(self, file, scripted):
        scripted({("en", "fr"): {**THERE, "212": "21"}, ("fr", "en"): BACK})
        assert main(["report", file, "--round-trip", "fr", "--no-memory", "-q", "--fail-on", "critical"]) == 1
