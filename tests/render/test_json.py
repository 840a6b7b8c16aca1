"""The JSON is what outside tools build on: its schema, its bytes, and the way back into records."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drift.render
from drift.errors import UnreadableError
from drift.records import Bead, Copy, CopyDrift, Finding, Metrics, Report, Sentence, Span
from drift.render import render
from drift.render.json import dump, load, loads, plain

from .handmade import REFERENCE, rich_report

SCHEMA = json.loads(Path(drift.render.__file__).with_name("schema").joinpath("report-1.json").read_text("utf-8"))


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", ["report", "hostile"])
def test_what_is_written_is_valid(name, request):
    jsonschema.validate(json.loads(render(request.getfixturevalue(name), "json")), SCHEMA)


@pytest.mark.parametrize(("change", "where"), [
    (lambda d: d.update(schema="drift.report/2"), "schema"),
    (lambda d: d["copies"][0].update(role="witness"), "role"),
    (lambda d: d["copies"][0].update(score=1.5), "score"),
    (lambda d: d["copies"][0]["beads"][0]["findings"][0].update(severity="awful"), "severity"),
    (lambda d: d["copies"][0]["beads"][0]["findings"][0].update(confidence=-0.1), "confidence"),
    (lambda d: d["copies"][0]["beads"][0].pop("witness"), "beads"),
])
def test_the_schema_refuses_what_is_wrong(report, change, where):
    data = dump(report)
    change(data)
    with pytest.raises(jsonschema.ValidationError) as error:
        jsonschema.validate(data, SCHEMA)
    assert where in map(str, [*error.value.absolute_path, "beads"])


@pytest.mark.parametrize("name", ["report", "hostile"])
def test_written_read_and_written_again_is_the_same_bytes(name, request):
    text = render(request.getfixturevalue(name), "json")
    assert render(loads(text), "json") == text


def test_reading_back_gives_the_records_apart_from_the_last_digits(report, tmp_path):
    path = tmp_path / "report.json"
    drift.render.write(report, "json", path)
    again = load(path)
    assert again.reference == REFERENCE
    assert again.copies[0].beads == tuple(
        dataclasses.replace(b, metrics=dataclasses.replace(b.metrics, ter=plain(b.metrics.ter)))
        for b in report.copies[0].beads
    )
    assert again.findings == report.findings
    assert again.copies[1].copy == report.copies[1].copy


def test_every_span_slices_back_to_its_text(report):
    data = json.loads(render(report, "json"))
    texts = {c["id"]: c["text"] for c in data["copies"]}
    spans = 0
    for copy in data["copies"]:
        for bead in copy["beads"]:
            witness = texts[bead["witness"]]
            translated = " ".join(s["translation"] or s["text"] for s in bead["copy"])
            places = [(witness, s) for s in bead["reference"]] + [(copy["text"], s) for s in bead["copy"]]
            for found in bead["findings"]:
                places += [(witness, found["reference_span"]), (copy["text"], found["copy_span"]),
                           (translated, found["translation_span"])]
            for text, place in places:
                if place is not None:
                    spans += 1
                    assert text[place["start"]:place["end"]] == place["text"]
    assert spans > 50


@pytest.mark.parametrize(("value", "expected"), [
    (1 / 3, 0.3333), (-0.00001, 0.0), (float("nan"), None), (float("inf"), None), (True, True), (2, 2),
    (("a", 0.12345), ["a", 0.1235]), ({"b": {"c": 1.00004}}, {"b": {"c": 1.0}}), ("\ud83d", "\ufffd"), (None, None),
])
def test_plain_values(value, expected):
    assert plain(value) == expected
    assert str(plain(value)) == str(expected)  # 0.0, not -0.0


def test_numpy_scalars_are_numbers():
    import numpy as np

    assert plain({"a": np.float32(0.5), "b": np.int64(3), "c": np.bool_(True)}) == {"a": 0.5, "b": 3, "c": True}


def test_a_terminal_shows_the_file_without_obeying_it(hostile):
    text = render(hostile, "json")
    assert not {c for c in text if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2067\u2028"} - {"\n"}


@pytest.mark.parametrize(("text", "wrong"), [
    ("", "not JSON"), ("[]", "schema"), ("{}", "schema"), ('{"schema": "drift.report/9"}', "drift.report/9"),
    ('{"schema": "drift.report/1"}', "copies"), ("[" * 100_000, "not JSON"),
])
def test_what_is_no_report_is_refused(text, wrong):
    with pytest.raises(UnreadableError, match=wrong) as error:
        loads(text, name="x.json")
    assert error.value.code == "DR504"
    assert "x.json" in str(error.value)


@pytest.mark.parametrize(("path", "value", "place"), [
    (("copies", 0, "beads", 0, "findings", 0, "severity"), "awful", "copies[0].beads[0].findings[0].severity"),
    (("copies", 0, "beads", 0, "findings", 0, "confidence"), "high", "copies[0].beads[0].findings[0].confidence"),
    (("copies", 0, "beads", 0, "reference", 0, "index"), 99, "copies[0].beads[0].reference[0]"),
    (("copies", 0, "beads", 0, "copy", 0, "text"), "other", "copies[0].beads[0].copy[0]"),
    (("copies", 0, "beads", 0, "witness"), "nobody", "copies[0].beads[0].witness"),
    (("copies", 0, "sentences", 0, "end"), 10**9, "copies[0].sentences[0]"),
    (("copies", 0, "coverage"), True, "copies[0].coverage"),
    (("copies", 0, "coverage"), None, "copies[0].coverage"),
    (("reference", "id"), "nobody", "reference.id"),
    (("signature",), 3, "signature"),
])
def test_a_damaged_report_is_refused_by_its_place(report, path, value, place):
    data = json.loads(render(report, "json"))
    at = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(UnreadableError) as error:
        loads(json.dumps(data))
    assert place in str(error.value)


def test_unknown_keys_are_passed_over(report):
    data = json.loads(render(report, "json"))
    data["new"] = data["copies"][0]["new"] = data["copies"][0]["beads"][0]["findings"][0]["new"] = {"a": 1}
    assert loads(json.dumps(data)).findings == report.findings


@pytest.mark.parametrize("make", [lambda p: None, lambda p: p.mkdir(), lambda p: p.write_bytes(b"\xff\xfe{")])
def test_a_file_that_cannot_be_read(make, tmp_path):
    make(tmp_path / "r.json")
    with pytest.raises(UnreadableError, match="DR504"):
        load(tmp_path / "r.json")


_text = st.text(max_size=30)
_spans = st.none() | st.builds(lambda t: Span(0, len(t), t), _text)


@given(
    sentence=st.text(min_size=1, max_size=40), message=_text, evidence=st.lists(_text).map(tuple), span=_spans,
    why=st.dictionaries(_text, _text | st.floats() | st.integers() | st.none() | st.lists(_text)),
    score=st.none() | st.floats(0, 1), flags=st.lists(_text).map(tuple), moved=st.booleans(),
)
def test_any_report_survives_the_round_trip(sentence, message, evidence, span, why, score, flags, moved):
    place = Sentence(0, 0, len(sentence), sentence)
    copy = Copy("a", "-", sentence, None, (place,), notes=flags)
    found = Finding("id", "name", "minor", 0.5, message, span, span, span, "unclear", evidence)
    bead = Bead("1-1", "a", (place,), (place,), score, 0.5, Metrics(), (found,), moved)
    drifted = CopyDrift(copy, "reference", score, 1.0, score, Metrics(similarity=score), (bead,))
    text = render(Report(copy, why, (drifted,), message, evidence), "json")
    again = loads(text)
    assert render(again, "json") == text
    assert again.copies[0].copy == copy
    assert again.findings == (found,)


def test_two_equal_reports_are_equal_bytes(report):
    assert render(report, "json") == render(rich_report(), "json")
