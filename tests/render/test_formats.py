"""What holds for every format: the same report gives the same bytes, and what an article says is only text."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import stat
import xml.etree.ElementTree as Xml
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest

from drift.errors import ResourceError, UsageError
from drift.records import Report
from drift.render import FORMATS, render, write
from drift.render.csv import disarmed
from drift.render.md import escape
from drift.render.safe import one_line

from .handmade import HOSTILE, hostile_report, rich_report

CONTROLS = {chr(c) for c in (*range(0x20), 0x7F, *range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
LAYOUT = {"\n", "\t", "\r"}


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_report_gives_the_same_text_and_is_left_as_it_was(format):
    first, second = rich_report(), rich_report()
    assert render(first, format) == render(second, format) == render(first, format)
    assert first == second


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", ["report", "hostile"])
def test_every_format_can_be_encoded_and_holds_no_control_character(format, name, request):
    text = render(request.getfixturevalue(name), format)
    text.encode("utf-8")
    assert not set(text) & (CONTROLS - LAYOUT)
    assert format in ("tsv", "html") or "\t" not in text
    assert format == "csv" or "\r" not in text


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_of_nothing_but_its_reference(format, report):
    lonely = Report(report.reference, {}, (report["original"],), "signature")
    assert isinstance(render(lonely, format), str)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_described_in_its_own_module(format):
    module = import_module(f"drift.render.{format}")
    assert module.__doc__
    assert "render" in module.__all__
    assert re.fullmatch(r"\.[a-z]+", FORMATS[format].ending)
    assert FORMATS[format].description


@pytest.mark.parametrize("format", [f for f in FORMATS if f != "md"])
def test_every_critical_finding_is_in_every_format(format, report):
    text = render(report, format, **({"limit": 50} if format == "text" else {}))
    for words in ("2.1 billion", "Lion", "paid", "The postman"):
        assert words in re.sub(r"</?v>", "", text)


@pytest.mark.parametrize(("format", "options", "code"), [
    ("docx", {}, "DR501"), ("", {}, "DR501"), ("../json", {}, "DR501"),
    ("json", {"limit": 3}, "DR502"), ("text", {"colour": True}, "DR502"),
])
def test_a_wrong_call_is_a_usage_error_that_says_what_there_is(report, format, options, code):
    with pytest.raises(UsageError) as error:
        render(report, format, **options)
    assert error.value.code == code
    assert "there are: text" in str(error.value) or "option" in str(error.value)


# Files


def test_a_file_is_written_whole_with_the_usual_rights(report, tmp_path):
    path = tmp_path / "out.csv"
    write(report, "csv", path)
    assert path.read_bytes() == render(report, "csv").encode()
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]
    plain = tmp_path / "plain"
    plain.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_file_is_replaced_at_once_and_keeps_its_rights(report, tmp_path):
    path = tmp_path / "out.json"
    path.write_text("old")
    path.chmod(0o640)
    write(report, "json", path)
    assert json.loads(path.read_text("utf-8"))["schema"] == "drift.report/1"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(report, tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(report, "text", tmp_path / "link", color=False)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text("utf-8").startswith("Reference")


def test_when_writing_fails_the_old_file_is_still_there(report, tmp_path, monkeypatch):
    path = tmp_path / "out.json"
    path.write_text("old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(ResourceError, match="No space left") as error:
        write(report, "json", path)
    assert error.value.code == "DR503"
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_a_folder_that_is_not_there(report, tmp_path):
    with pytest.raises(ResourceError, match="DR503"):
        write(report, "json", tmp_path / "nowhere" / "out.json")


# jsonl, csv, tsv


def test_jsonl_is_one_finding_a_line(report, hostile):
    for each in (report, hostile):
        lines = render(each, "jsonl").splitlines()
        assert [json.loads(line)["id"] for line in lines] == [f.id for f in each.findings]
    first = json.loads(render(report, "jsonl").splitlines()[0])
    assert (first["copy"], first["reference_sentences"], first["category"]) == ("b-drifted", [0], "name")


def test_csv_is_one_finding_a_row(report, hostile):
    for each in (report, hostile):
        rows = list(csv.DictReader(io.StringIO(render(each, "csv"))))
        assert [row["id"] for row in rows] == [f.id for f in each.findings]
        assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.parametrize(("cell", "safe"), [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), (" =1", "' =1"), ("\t=1", "' =1"),
    ("\r=1", "' =1"), ("＝1", "'＝1"), ("%0A", "'%0A"), ("|calc", "'|calc"), ("a=1", "a=1"), ("1-2", "1-2"), ("", ""),
    ("a\nb", "a b"),
])
def test_a_spreadsheet_finds_no_formula(cell, safe):
    assert disarmed(cell) == safe


def test_tsv_has_marots_columns_and_marks(report):
    header, *rows = [line.split("\t") for line in render(report, "tsv").splitlines()]
    assert header == ["system", "doc", "docSegId", "globalSegId", "rater", "source", "target", "category", "severity",
                      "metadata"]
    assert all(len(row) == 10 for row in rows)
    assert rows[0][:9] == [
        "b-drifted", "original", "1", "1", "drift", "The mayor of <v>Lyon</v> opened the bridge on 3 May.",
        "The mare of <v>Lion</v> opened the bridge on 13 May.", "Accuracy/Mistranslation/Named entity", "Critical"]
    assert json.loads(rows[0][9])["marked_text"] == "Lion"


def test_tsv_says_where_there_is_no_error_and_leaves_out_what_is_not_the_copys(report):
    text = render(report, "tsv")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    french = [row for row in rows if row[0] == "c-french"]
    assert [(row[2], row[7]) for row in french] == [
        ("1", "no-error"), ("2", "Accuracy/Mistranslation/Number"), ("3", "no-error"), ("2", "no-error")]
    assert json.loads(french[1][9])["translation"] == "At least fifteen people were there."
    assert "REJECTED" not in text


def test_tsv_marks_are_only_its_own(hostile):
    for line in render(hostile, "tsv").splitlines()[1:]:
        cells = line.split("\t")
        assert len(cells) == 10
        for cell in cells[5:7]:
            assert cell.count("<v>") == cell.count("</v>") <= 1


# JUnit


def test_junit_counts_what_it_holds(report, hostile):
    for each in (report, hostile):
        root = Xml.fromstring(render(each, "junit"))
        assert root.tag == "testsuites"
        for suite in (root, *root):
            assert int(suite.get("tests")) == len(list(suite.iter("testcase")))
            for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                assert int(suite.get(attribute)) == len(list(suite.iter(tag)))
        names = [(c.get("classname"), c.get("name")) for c in root.iter("testcase")]
        assert len(set(names)) == len(names)


def test_junit_fails_where_the_copy_moved_the_meaning(report):
    root = Xml.fromstring(render(report, "junit"))
    failures = [f.get("type") for f in root.iter("failure")]
    assert failures == ["drift.name", "drift.polarity", "drift.modality", "drift.role", "drift.addition",
                        "drift.number", "drift.omission", "drift.number"]
    only_critical = Xml.fromstring(render(report, "junit", severity="critical"))
    assert only_critical.get("failures") == "4"


# SARIF

SARIF = json.loads(Path(__file__).with_name("data").joinpath("sarif-2.1.0-rtm.5.json").read_text("utf-8"))


@pytest.mark.parametrize("name", ["report", "hostile"])
def test_sarif_is_valid(name, request):
    jsonschema.Draft4Validator(SARIF).validate(json.loads(render(request.getfixturevalue(name), "sarif")))


def test_sarif_regions_are_the_words_on_their_line(report):
    run = json.loads(render(report, "sarif"))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    texts = {f"copies/{c.id}.txt": c.copy.text for c in report.copies}
    seen = 0
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for place in (*result["locations"], *result.get("relatedLocations", [])):
            place = place["physicalLocation"]
            text, region = texts[place["artifactLocation"]["uri"]], place["region"]
            line = text.split("\n")[region["startLine"] - 1]
            assert region["startLine"] == region["endLine"] or len(region["snippet"]["text"]) > 40
            if region["startLine"] == region["endLine"]:
                assert line[region["startColumn"] - 1:region["endColumn"] - 1] == region["snippet"]["text"]
            start = region["charOffset"]
            assert text[start:start + region["charLength"]] == region["snippet"]["text"]
            seen += 1
    assert seen > 20


def test_sarif_results_keep_their_fingerprints_and_levels(report):
    results = json.loads(render(report, "sarif"))["runs"][0]["results"]
    assert [r["partialFingerprints"]["driftFinding/v1"] for r in results] == [f.id for f in report.findings]
    by_id = {r["partialFingerprints"]["driftFinding/v1"]: r for r in results}
    assert [by_id[i]["level"] for i in ("f-name", "f-date", "f-fluency")] == ["error", "warning", "note"]
    assert "suppressions" in by_id["f-rejected"]
    assert "suppressions" in by_id["f-instrument"]
    assert "suppressions" not in by_id["f-unclear"]
    related = by_id["f-witness"]["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert related == "copies/witness.txt"


def test_sarif_puts_an_omission_where_the_sentence_would_stand(report):
    results = json.loads(render(report, "sarif"))["runs"][0]["results"]
    place = next(r for r in results if r["ruleId"] == "drift/omission")["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "copies/b-drifted.txt"
    assert "2.1 billion" in place["region"]["snippet"]["text"]


@pytest.mark.parametrize(("path", "uri"), [
    ("a b/ü.txt", "a%20b/%C3%BC.txt"), ("/tmp/x.txt", "file:///tmp/x.txt"), ("-", "stdin"),
    ("javascript:1", "javascript%3A1"),
])
def test_sarif_paths_are_addresses(report, path, uri):
    copy = replace(report["b-drifted"], copy=replace(report["b-drifted"].copy, path=path))
    run = json.loads(render(replace(report, copies=(copy, report["original"])), "sarif"))["runs"][0]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_annotates_a_web_page_as_a_whole(report):
    copy = replace(report["b-drifted"], copy=replace(report["b-drifted"].copy, path="page.html"))
    run = json.loads(render(replace(report, copies=(copy, report["original"])), "sarif"))["runs"][0]
    assert all("region" not in r["locations"][0]["physicalLocation"] for r in run["results"])


# Markdown


def html_of(text: str) -> str:
    from markdown_it import MarkdownIt

    return MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text)


def test_markdown_makes_a_table_and_folded_details(report):
    page = html_of(render(report, "md"))
    assert page.count("<tr>") == 6
    assert page.count("<details>") == page.count("</details>") == 2
    assert "<b><ins>2.1 billion</ins></b>" in page
    assert "REJECTED" not in page


def test_markdown_from_hostile_articles_is_only_text(hostile):
    page = html_of(render(hostile, "md"))
    allowed = {"h3", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "p", "details", "summary", "ul", "li",
               "br", "b", "ins", "sub"}
    tags = set(re.findall(r"</?([a-z][a-z0-9]*)", re.sub(r"<!-- -->", "", page)))
    assert tags <= allowed
    assert page.count("<details>") == page.count("</details>")
    assert not re.search(r"[@#]\w|\w://|www\.\w", re.sub(r"&#?\w+;", "", page))


@pytest.mark.parametrize("size", [3_000, 10_000, 60_000])
def test_markdown_fits_its_size(size, hostile):
    from .test_html_in_chromium import large_report

    for report in (rich_report(), hostile, large_report(30, 40)):
        text = render(report, "md", size=size, limit=1000)
        assert len(text) <= size
        assert text.count("<details>") == text.count("</details>")


@pytest.mark.parametrize("word", HOSTILE)
def test_markdown_shows_what_the_article_says(word):
    shown = re.sub(r"</?p>|<!-- -->", "", html_of("x " + escape(word)))
    assert html.unescape(shown).strip() == ("x " + one_line(word)).strip() or "  " in one_line(word)


def test_hostile_strings_alone_do_not_change_the_number_of_lines():
    for format in ("jsonl", "tsv", "csv"):
        tame = render(hostile_report(tuple("tame" for _ in HOSTILE)), format)
        assert len(render(hostile_report(), format).splitlines()) == len(tame.splitlines())
