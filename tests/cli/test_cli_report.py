"""`drift report`: what goes where, exit codes, and one sentence for whatever goes wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from drift.cli import main
from drift.records import Bead, Copy, CopyDrift, Finding, Metrics, Report, Sentence

ARTICLE = "The ferry left the harbour at six with 212 passengers on board. The crew noticed smoke in the engine room."


def drift(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "drift", *arguments]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, **options)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "A.txt").write_text(ARTICLE)
    (tmp_path / "B.txt").write_text(ARTICLE.replace("212", "21"))
    return tmp_path


@pytest.fixture
def made_up(monkeypatch, folder):
    """A report without the work: one critical finding that is the copy's, one that is the instrument's."""

    def make(paths, **options):
        one = Sentence(0, 0, len(ARTICLE), ARTICLE)
        copies = []
        for id, role in (("A", "reference"), ("B", "copy")):
            copy = Copy(id, str(folder / f"{id}.txt"), ARTICLE, "en", (one,))
            findings = (
                Finding("1", "name", "major", 0.9, "“x” became “y”."),
                Finding("2", "number", "critical", 0.9, "“1” became “2”.", attribution="instrument"),
            )
            beads = () if role == "reference" else (Bead("1-1", "A", (one,), (one,), 0.9, 0.2, findings=findings),)
            copies.append(CopyDrift(copy, role, 0.2, 1.0, 5.0, Metrics(), beads))
        return Report(copies[0].copy, {"chosen": "named by the user"}, tuple(copies), "drift|version:0", ("a warning",))

    monkeypatch.setattr("drift.pipeline.report", make)
    return folder


class TestOutput:
    def test_standard_output_carries_the_report_and_nothing_else(self, made_up, capsys):
        assert main(["report", str(made_up), "-f", "json"]) == 0
        out, err = capsys.readouterr()
        assert json.loads(out)["schema"].startswith("drift.report/")
        assert err == "drift: a warning\n"

    def test_quiet_says_nothing(self, made_up, capsys):
        assert main(["report", str(made_up), "--quiet", "-f", "json"]) == 0
        assert capsys.readouterr().err == ""

    def test_several_formats_at_once(self, made_up, tmp_path, capsys):
        where = tmp_path / "out"
        where.mkdir()
        arguments = ["report", str(made_up), "-f", f"json={where}/r.json", "-f", f"text={where}/r.txt"]
        assert main(arguments) == 0
        assert capsys.readouterr().out == ""
        assert json.loads((where / "r.json").read_text())
        assert sorted(p.name for p in where.iterdir()) == ["r.json", "r.txt"]

    def test_the_ending_of_the_file_says_the_format(self, made_up, tmp_path):
        assert main(["report", str(made_up), "-o", str(tmp_path / "r.json")]) == 0
        assert json.loads((tmp_path / "r.json").read_text())

    def test_no_color_means_none(self, made_up, monkeypatch, capsys):
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert main(["report", str(made_up), "--no-color"]) == 0
        assert "\x1b" not in capsys.readouterr().out


class TestGate:
    @pytest.mark.parametrize(
        ("floor", "code", "line"),
        [
            ("minor", 1, "drift: FAIL: 1 finding at or above minor (B: 1)"),
            ("major", 1, "drift: FAIL: 1 finding at or above major (B: 1)"),
            ("critical", 0, "drift: PASS: no finding at or above critical"),  # the instrument's does not count
        ],
    )
    def test_verdict_and_exit_code_agree(self, made_up, capsys, floor, code, line):
        assert main(["report", str(made_up), "--fail-on", floor, "-q"]) == code
        assert capsys.readouterr().err.strip() == line


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([], 2, "DR901.*PATH"),
        (["{folder}", "--colour"], 2, "DR901.*--colour"),
        (["{folder}", "--fail-on", "everything"], 2, "DR901.*everything"),
        (["{folder}", "--limit", "0"], 2, "DR901.*limit"),
        (["{folder}", "--lang", "fr"], 2, "DR902.*ID=CODE"),
        (["{folder}", "--lang", "Z=fr"], 2, "DR108.*Z"),
        (["{folder}", "--lang", "A=klingon"], 2, "DR109"),
        (["{folder}", "-f", "docx"], 2, "DR501.*docx"),
        (["{folder}", "-f", "json="], 2, "DR906"),
        (["{folder}", "-f", "json", "-f", "text"], 2, "DR904.*standard output"),
        (["{folder}", "-f", "json=x.out", "-f", "text=x.out"], 2, "DR904.*x.out"),
        (["{folder}", "-f", "json=x.out", "-o", "y.out"], 2, "DR907.*y.out"),
        (["{folder}", "-o", "{folder}"], 2, "DR905.*folder"),
        (["{folder}", "-o", "{folder}/no/such/r.txt"], 2, "DR905"),
        (["{folder}/A.txt", "{folder}/B.txt", "-o", "{folder}/B.txt"], 2, "DR905.*destroy"),
        (["{folder}", "--model", "a/b", "--model", "c/d"], 2, "DR902.*--model de="),
        (["{folder}", "--device", "toaster"], 2, "DR908.*toaster"),
        (["{folder}", "-r", "Z"], 2, "DR305.*A, B"),
        (["{folder}/A.txt"], 2, "DR301.*two copies"),
        (["{folder}/nothing.txt", "{folder}/A.txt"], 3, "DR101.*nothing.txt"),
        (["{folder}/empty.txt", "{folder}/A.txt"], 3, "DR10.*empty"),
        (["{folder}/binary.txt", "{folder}/A.txt"], 3, "DR10.*binary"),
    ],
)
def test_whatever_goes_wrong_is_one_sentence_and_an_exit_code(folder, capsys, arguments, code, says):
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    if not any("empty" in a or "binary" in a for a in arguments):
        (folder / "empty.txt").unlink()
        (folder / "binary.txt").unlink()
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    assert main(["report", "--no-memory", *(a.format(folder=folder) for a in arguments)]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert len([line for line in err.splitlines() if "[DR" in line]) == 1
    assert re.search(says, err), err
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


class TestProcess:
    def test_help_imports_nothing_heavy(self):
        code = (
            "import sys; from drift.cli import main\n"
            "try: main(['report', '--help'])\n"
            "except SystemExit: pass\n"
            "heavy = {'numpy', 'torch', 'transformers', 'rich', 'sacrebleu', 'jinja2'}\n"
            "print(sorted(heavy & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "[]"

    def test_help_and_version_and_no_command(self):
        assert drift("--help").stdout.startswith("usage: drift")
        assert drift("--version").stdout.startswith("drift ")
        assert drift().stdout.startswith("usage: drift")

    def test_a_wrong_call_has_no_traceback(self):
        done = drift("report", "/no/such/file", "/no/other")
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith("drift: [DR101]")
        assert "Traceback" not in done.stderr

    def test_standard_input_is_a_copy(self, folder):
        done = drift("report", "-", str(folder / "A.txt"), "-r", "A", "--no-memory", "-f", "json", input=ARTICLE)
        assert done.returncode == 0, done.stderr
        assert {c["path"] for c in json.loads(done.stdout)["copies"]} == {"-", str(folder / "A.txt")}


def test_a_reader_that_went_away_is_no_error_and_no_pass(made_up, monkeypatch, capsys):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        assert main(["report", str(made_up), "--fail-on", "major", "-q"]) == 1


def test_an_interrupt_exits_with_130(monkeypatch, folder, capsys):
    def interrupted(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("drift.pipeline.report", interrupted)
    assert main(["report", str(folder)]) == 130
    assert capsys.readouterr().err == "drift: interrupted\n"


def test_a_fault_in_drift_is_one_sentence_too(monkeypatch, folder, capsys):
    def broken(*args, **options):
        raise RuntimeError("boom")

    monkeypatch.setattr("drift.pipeline.report", broken)
    monkeypatch.delenv("DRIFT_TRACEBACK", raising=False)
    assert main(["report", str(folder)]) == 3
    assert "DR999" in (err := capsys.readouterr().err)
    assert "boom" in err
