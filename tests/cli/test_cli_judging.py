"""`drift score`, `drift explain` and `drift selftest` as a user calls them."""

from __future__ import annotations

import json

import pytest

from drift.cli import main

REFERENCE = ["The dog bit the postman.", "Fifty people were hurt.", "He does not know the answer."]
HYPOTHESIS = ["The postman bit the dog.", "50 people were hurt.", "He knows the answer."]


@pytest.fixture
def files(tmp_path):
    for name, lines in (
        ("ref.txt", REFERENCE),
        ("hyp.txt", HYPOTHESIS),
        ("same.txt", REFERENCE),
        ("short.txt", HYPOTHESIS[:2]),
    ):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    return tmp_path


def score(files, hypothesis, *options):
    return main(["score", "-r", str(files / "ref.txt"), "-i", str(files / hypothesis), *options])


def test_score_in_text_names_drift_kinds_and_metrics(files, capsys):
    assert score(files, "hyp.txt") == 0
    out = capsys.readouterr().out
    assert out.startswith("drift ")
    for word in ("mean of 3 lines", "66.7 %", "polarity", "role", "BLEU", "chrF++", "TER", "nrefs:1", "signature"):
        assert word in out


def test_score_in_json_is_the_mean_of_its_lines(files, capsys):
    assert score(files, "hyp.txt", "-f", "json", "--sentence-level") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "drift.score/1"
    assert data["lines"] == len(data["segments"]) == 3
    assert data["score"] == pytest.approx(sum(s["score"] for s in data["segments"]) / 3, abs=1e-4)
    assert data["grave"] == pytest.approx(2 / 3, abs=1e-4)
    for segment in data["segments"]:
        for finding in segment["findings"]:
            for side in ("reference", "hypothesis"):
                span = finding[f"{side}_span"]
                assert span is None or segment[side][span["start"] : span["end"]] == span["text"]


def test_score_without_sentence_level_has_no_lines(files, capsys):
    assert score(files, "hyp.txt", "-f", "json") == 0
    assert "segments" not in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("options", "jobs"), [((), None), (("--jobs", "3"), 3), (("-j", "1"), 1)])
def test_jobs_reach_the_judge(files, monkeypatch, options, jobs):
    import sys

    room, asked = sys.modules["drift.judge"], []  # `drift.judge` is a function
    real = room.judge_many
    monkeypatch.setattr(room, "judge_many", lambda pairs, **given: asked.append(given["jobs"]) or real(pairs))
    assert score(files, "hyp.txt", *options) == 0
    assert asked == [jobs]


def test_no_jobs_at_all_are_refused(files, capsys):
    assert score(files, "hyp.txt", "--jobs", "0") == 2
    assert "'0' is not a number from 1 on" in capsys.readouterr().err


def test_a_file_against_itself_has_no_drift(files, capsys):
    assert score(files, "same.txt", "-f", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["score"], data["grave"], data["findings"]) == (0.0, 0.0, {})
    assert data["metrics"]["bleu"] == pytest.approx(100.0)


@pytest.mark.parametrize("format", ["jsonl", "tsv"])
def test_one_entry_a_line(files, capsys, format):
    assert score(files, "hyp.txt", "-f", format) == 0
    lines = capsys.readouterr().out.splitlines()
    if format == "jsonl":
        assert [json.loads(line)["line"] for line in lines] == [1, 2, 3]
    else:
        header, *rows = (line.split("\t") for line in lines)
        assert len(rows) == 3
        assert all(len(row) == len(header) for row in rows)


def test_the_source_stands_beside(files, capsys):
    source = files / "src.txt"
    source.write_text("a\nb\nc\n", encoding="utf-8")
    assert score(files, "hyp.txt", "-s", str(source), "-f", "jsonl") == 0
    assert [json.loads(line)["source"] for line in capsys.readouterr().out.splitlines()] == ["a", "b", "c"]


def test_unequal_line_counts_name_both(files, capsys):
    assert score(files, "short.txt") == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "[DR910]" in captured.err
    assert "2" in captured.err
    assert "3" in captured.err


@pytest.mark.parametrize(("reference", "code", "exit_code"), [("empty.txt", "DR911", 2), ("nowhere.txt", "DR620", 3)])
def test_score_refuses(files, capsys, reference, code, exit_code):
    assert main(["score", "-r", str(files / reference), "-i", str(files / "empty.txt")]) == exit_code
    assert f"[{code}]" in capsys.readouterr().err


def test_explain_shows_alignment_detectors_and_reasons_in_80_columns(capsys):
    assert main(["explain", *(s[0] for s in (REFERENCE, HYPOTHESIS)), "-s", "Le chien a mordu le facteur."]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    for word in (
        "WORD ALIGNMENT",
        "postman",
        "same word",
        "DETECTORS",
        "roles",
        "critical",
        "WHY THIS SCORE",
        "log-odds",
        "Le chien",
    ):
        assert word in out


def test_every_detector_has_a_title_that_says_more_than_its_name():
    from drift.judge.explain import titles

    assert len(titles()) >= 9
    assert all(len(title) > len(name) + 5 and title[0].isupper() for name, title in titles().items())


def test_explain_in_json_adds_up(capsys):
    assert main(["explain", REFERENCE[2], HYPOTHESIS[2], "-f", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    fitted, floor = data["model"]["fitted"], data["model"]["charge"] / 2  # as the text says it
    assert data["score"] == pytest.approx(max(fitted, floor) + min(fitted, floor) / 10, abs=1e-4)
    assert [f["category"] for f in data["findings"]] == ["polarity"]
    amounts = [abs(c["amount"]) for c in data["contributions"]]
    assert amounts == sorted(amounts, reverse=True)
    reported = [s for d in data["detectors"] for s in d["said"] if s["outcome"] == "reported"]
    assert len(reported) == len(data["findings"])


def test_explain_of_equal_texts(capsys):
    assert main(["explain", REFERENCE[0], REFERENCE[0]]) == 0
    assert "score 0.0000" in capsys.readouterr().out


def test_explain_of_nothing(capsys):
    assert main(["explain", "", "Something."]) == 2
    assert "[DR912]" in capsys.readouterr().err


def test_selftest_of_the_sample(capsys):
    assert main(["selftest", "-f", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    recall = {k["kind"]: k for k in data["recall"]}
    assert {"name", "number", "negation", "antonym", "roles", "tense", "question", "word", "phrase"} <= recall.keys()
    for kind in ("name", "number", "negation", "untranslated"):
        assert recall[kind]["hits"] >= 0.75 * recall[kind]["tried"] > 0
    assert all(k["typed"] <= k["hits"] <= k["tried"] for k in data["recall"])
    alarms = data["false_alarms"]
    assert sum(k["hits"] for k in alarms) <= 0.2 * sum(k["tried"] for k in alarms)


def test_selftest_of_a_text_with_examples(files, capsys):
    text = files / "text.txt"
    text.write_text(
        "Anna Kowalska did not sell the three old boats to the bank in Gdansk. The storm sank two of them.\n", "utf-8"
    )
    assert main(["selftest", str(text), "--seed", "3", "--examples"]) == 0
    first = capsys.readouterr().out
    assert main(["selftest", str(text), "--seed", "3", "--examples"]) == 0
    assert capsys.readouterr().out == first
    assert "2 sentences, seed 3" in first
    assert "SPOILT" in first


def test_selftest_needs_english(files, capsys):
    text = files / "fr.txt"
    text.write_text(
        "Le gouvernement a annoncé hier que les écoles resteraient fermées jusqu'à la fin du mois de mars.\n" * 3,
        "utf-8",
    )
    assert main(["selftest", str(text)]) == 2
    assert "[DR913]" in capsys.readouterr().err
