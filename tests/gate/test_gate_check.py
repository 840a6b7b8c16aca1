"""The gate: what is new, what is fixed, what may not be compared, and one rule for verdict and exit code."""

from __future__ import annotations

import json
import xml.etree.ElementTree as Xml
from dataclasses import replace
from pathlib import Path

import pytest

from drift.errors import UnreadableError, UsageError
from drift.gate.baseline import Baseline, load_baseline, save_baseline
from drift.gate.check import check, check_update, differences
from drift.gate.formats import GATE_FORMATS, render_gate

NUMBER = (1, "number", "major", "Fifteen")
NAME = (0, "name", "critical", "mayor")
SLIGHT = (3, "wording", "minor", "rained")


@pytest.fixture
def gate(made):
    """What the gate says of findings now, after findings before; the rest goes to the report of now."""

    def of(before, now, *, floor="major", tolerance=0.01, **changed):
        return check(made(*now, **changed), Baseline.of(made(*before)), floor=floor, tolerance=tolerance)

    return of


@pytest.mark.parametrize(
    ("before", "now", "code", "new", "lesser", "fixed"),
    [
        ((), (), 0, 0, 0, 0),
        ((NUMBER,), (NUMBER,), 0, 0, 0, 0),
        ((), (NUMBER,), 1, 1, 0, 0),
        ((NUMBER,), (NUMBER, NAME), 1, 1, 0, 0),
        ((NUMBER,), (), 0, 0, 0, 1),
        ((NUMBER,), (NAME,), 1, 1, 0, 1),  # one fixed does not pay for one new
        ((), (SLIGHT,), 0, 0, 1, 0),  # below the floor
        ((SLIGHT,), ((3, "wording", "critical", "rained"),), 1, 1, 0, 0),  # the same finding, graver
        (((3, "wording", "critical", "rained"),), (SLIGHT,), 0, 0, 0, 0),  # the same finding, milder
    ],
)
def test_new_fixed_and_accepted(gate, before, now, code, new, lesser, fixed):
    found = gate(before, now)
    assert (found.exit_code, len(found.new), len(found.lesser), len(found.fixed)) == (code, new, lesser, fixed)
    assert str(found).startswith({0: "PASS", 1: "FAIL"}[code])


@pytest.mark.parametrize(("floor", "code"), [("minor", 1), ("major", 0), ("critical", 0)])
def test_the_floor_is_the_users(gate, floor, code):
    assert gate((), (SLIGHT,), floor=floor).exit_code == code


def test_the_same_drift_in_other_words_of_the_translation_is_not_new(gate):
    found = gate((NUMBER,), ((1, "number", "major", "15"),), english=["The mayor opened the bridge.", "15 people came.",
                                                                       "Nobody was hurt.", "It rained."])
    assert (found.exit_code, found.renamed, found.new, found.fixed) == (0, 1, (), ())


def test_other_words_excuse_one_finding_each_and_none_that_is_graver(gate):
    twice = ((1, "number", "major", "Fifteen"), (1, "number", "major", "people"))
    assert len(gate((NUMBER,), ((1, "number", "major", "came"), twice[1])).new) == 1
    assert len(gate((NUMBER,), ((1, "number", "critical", "came"),)).new) == 1


def test_a_loss_of_the_instrument_is_what_the_gate_is_for(gate):
    found = gate((), (NUMBER,), attribution="instrument")
    assert found.exit_code == 1
    assert "(the translation)" in render_gate(found, "text")


def test_what_was_rejected_does_not_count(made, rejected):
    assert check(rejected(made(NUMBER)), Baseline.of(made())).exit_code == 0
    assert Baseline.of(rejected(made(NUMBER))).findings == ()


@pytest.mark.parametrize(
    ("score", "coverage", "code", "says"),
    [
        (0.205, 1.0, 0, ""), (0.21, 1.0, 0, ""), (0.2101, 1.0, 1, "B: drift 0.200 → 0.210"),
        (0.05, 1.0, 0, "drift"), (0.2, 0.9, 1, "coverage"), (0.2, 0.995, 0, ""),
    ],
)
def test_scores_move_only_beyond_the_tolerance(gate, score, coverage, code, says):
    found = gate((), (), score=score, coverage=coverage)
    assert found.exit_code == code
    assert says in "; ".join(map(str, found.moves))
    assert bool(found.moves) == bool(says)
    assert (says in str(found)) or code == 0


def test_a_copy_that_is_no_longer_seen_is_no_pass(gate):
    found = gate((), (), score=None)
    assert (found.exit_code, str(found)) == (3, "NOT DECIDED: B could not be compared")


def test_a_copy_that_no_longer_tells_the_story_fails(gate):
    found = gate((), (), score=None, role="unrelated")
    assert (found.exit_code, str(found)) == (1, "FAIL: B: role copy → unrelated")


class TestComparable:
    @pytest.mark.parametrize(
        ("changed", "says"),
        [
            ({"lines": ["Un.", "Quinze personnes sont venues.", "Trois.", "Quatre."]}, "corpus: B is changed"),
            ({"signature": "drift|enc:labse/1|words:minilm|judge:1|mt:x|ref:chosen|version:0.1.0"},
             "signature: sentence encoder (enc) was use/1, is labse/1"),
            ({"signature": "drift|enc:use/1|words:minilm|judge:2|mt:x|ref:chosen|version:0.1.0"}, "judge"),
            ({"signature": "drift|enc:use/1|words:minilm|mt:x|ref:chosen|version:0.1.0"},
             "judge (judge) was 1, is absent"),
            ({"signature": "drift|enc:use/1|words:minilm|judge:1|mt:x|ref:chosen|version:9"}, "version"),
        ],
    )
    def test_what_differs_is_named_and_refused(self, gate, changed, says):
        with pytest.raises(UsageError) as refused:
            gate((), (), **changed)
        assert refused.value.code == "DR603"
        assert refused.value.exit_code == 2
        assert says in str(refused.value)

    def test_the_translator_is_under_test_and_may_differ(self, gate):
        found = gate((NUMBER,), (NUMBER,), mt="toy/other@2")
        assert found.exit_code == 0
        assert found.translator == ("toy/fr-en@1", "toy/other@2")
        assert "the translator was toy/fr-en@1 and is toy/other@2" in render_gate(found, "text")

    def test_copies_that_came_or_went(self, made):
        report = made()
        more = replace(report.copies[1], copy=replace(report.copies[1].copy, id="C"))
        bigger = replace(report, copies=(*report.copies, more))
        assert differences(bigger, Baseline.of(report)) == ["corpus: C is not in the baseline"]
        assert differences(report, Baseline.of(bigger)) == ["corpus: C is missing"]

    def test_the_order_of_copies_changes_nothing(self, made):
        report = made(NUMBER, NAME)
        turned = replace(report, copies=report.copies[::-1])
        assert Baseline.of(turned) == Baseline.of(report)
        assert Baseline.of(turned).corpus == Baseline.of(report).corpus


class TestFile:
    def test_what_is_written_is_read(self, made, tmp_path):
        baseline = Baseline.of(made(NUMBER, NAME, SLIGHT))
        save_baseline(baseline, tmp_path / "b.json")
        assert load_baseline(tmp_path / "b.json") == baseline
        first = (tmp_path / "b.json").read_bytes()
        save_baseline(load_baseline(tmp_path / "b.json"), tmp_path / "b.json")
        assert (tmp_path / "b.json").read_bytes() == first
        assert sum(b'"category"' in line for line in first.splitlines()) == 3  # one finding a line

    def test_nothing_but_the_baseline_is_left_in_the_folder(self, made, tmp_path):
        save_baseline(Baseline.of(made()), tmp_path / "b.json")
        assert [p.name for p in tmp_path.iterdir()] == ["b.json"]

    @pytest.mark.parametrize(
        ("content", "code", "says"),
        [
            (None, "DR601", "--update"), ("", "DR602", "not JSON"), ("[]", "DR602", "schema None"),
            ('{"schema": "drift.baseline/0"}', "DR602", "drift.baseline/0"),
            ('{"schema": "drift.baseline/1"}', "DR602", "signature"),
        ],
    )
    def test_a_file_that_is_none(self, tmp_path, content, code, says):
        path = tmp_path / "b.json"
        if content is not None:
            path.write_text(content)
        with pytest.raises(UnreadableError) as error:
            load_baseline(path)
        assert error.value.code == code
        assert says in str(error.value)

    def test_a_digest_edited_by_hand_is_noticed(self, made, tmp_path):
        baseline = Baseline.of(made())
        save_baseline(baseline, tmp_path / "b.json")
        text = (tmp_path / "b.json").read_text()
        (tmp_path / "b.json").write_text(text.replace(baseline.copies["B"].digest, "0" * 16))
        with pytest.raises(UnreadableError, match=r"DR602.*digest"):
            load_baseline(tmp_path / "b.json")


class TestUpdate:
    @pytest.mark.parametrize(
        ("before", "now", "changed", "worse"),
        [
            ((NUMBER,), (NUMBER,), {}, False), ((NUMBER,), (), {}, False), ((), (SLIGHT,), {}, True),
            ((), (), {"score": 0.3}, True), ((), (), {"score": 0.1}, False), ((), (), {"score": None}, True),
            ((), (), {"signature": "drift|version:2"}, True),  # nobody can tell
        ],
    )
    def test_a_worse_one_is_refused(self, made, before, now, changed, worse):
        baseline, report = Baseline.of(made(*before)), made(*now, **changed)
        if not worse:
            check_update(report, baseline)
            return
        with pytest.raises(UsageError, match=r"DR604.*--allow-regression"):
            check_update(report, baseline)


HOSTILE = "<script>alert(1)</script> @everyone \x1b[31m ![x](http://x) ]]> \u202e"


class TestFormats:
    @pytest.fixture
    def failing(self, made):
        english = [f"The mayor {HOSTILE}", "Fifteen people came.", "Nobody was hurt.", "It rained."]
        report = made((0, "name", "critical", f"mayor {HOSTILE}"), NUMBER, SLIGHT, english=english, score=0.4)
        return check(report, Baseline.of(made((2, "polarity", "major", "Nobody"))))

    def test_text_marks_the_words_and_ends_in_the_verdict(self, failing):
        text = render_gate(failing, "text")
        assert text.rstrip().endswith(str(failing))
        assert "in English  [Fifteen] people came." in text
        assert "fixed (1):" in text
        assert "\x1b" not in text
        assert "\u202e" not in text

    def test_json_says_the_same(self, failing):
        data = json.loads(render_gate(failing, "json"))
        assert (data["verdict"], data["exit_code"], data["says"]) == ("fail", 1, str(failing))
        assert (len(data["new"]), len(data["new_below"]), len(data["fixed"])) == (2, 1, 1)

    def test_junit_counts_the_failures(self, failing):
        suites = Xml.fromstring(render_gate(failing, "junit"))
        assert suites.get("failures") == "3"  # two findings and the drift of B
        assert len(suites.findall(".//failure")) == 3

    def test_sarif_says_what_is_new_and_what_is_gone(self, failing):
        results = json.loads(render_gate(failing, "sarif"))["runs"][0]["results"]
        assert sorted(r["baselineState"] for r in results) == ["absent", "new", "new", "new"]

    def test_sarif_fits_its_schema(self, failing):
        jsonschema = pytest.importorskip("jsonschema")
        schema = json.loads(next((Path(__file__).parents[1] / "render/data").glob("sarif*.json")).read_text())
        jsonschema.validate(json.loads(render_gate(failing, "sarif")), schema)

    def test_markdown_lets_no_article_write_markup(self, failing):
        text = render_gate(failing, "md")
        assert "❌" in text.splitlines()[0]
        for word in ("<script", "@everyone", "![x]", "\x1b"):
            assert word not in text

    @pytest.mark.parametrize("format", [*GATE_FORMATS, "html", "csv"])
    def test_the_same_gate_is_the_same_text(self, failing, format):
        assert render_gate(failing, format) == render_gate(failing, format)
