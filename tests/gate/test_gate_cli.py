"""`drift check` and `drift compare` at the shell: what goes where, exit codes, one sentence for what goes wrong."""

from __future__ import annotations

import json
import re
import sys

import pytest

from drift.cli import main
from drift.records import Finding, PairDrift

NUMBER = (1, "number", "major", "Fifteen")
NAME = (0, "name", "critical", "mayor")


@pytest.fixture
def now(monkeypatch, made):
    """Let the pipeline find what the test says: now(NUMBER, …)."""

    def find(*findings, **changed):
        report = made(*findings, **changed)
        monkeypatch.setattr("drift.pipeline.report", lambda paths, **options: report)

    find()
    return find


@pytest.fixture
def run(now, tmp_path, capsys):
    """drift check --baseline B …: exit code, standard output, standard error."""

    def check(*arguments: str):
        code = main(["check", "copies", "-b", str(tmp_path / "b.json"), *arguments])
        return code, *capsys.readouterr()

    return check


class TestCheck:
    def test_a_first_baseline_then_green(self, run, now, tmp_path):
        now(NUMBER)
        code, out, err = run("--update")
        assert (code, out) == (0, "")
        assert "1 accepted findings" in err
        code, out, err = run()
        assert (code, err) == (0, "")
        assert out.endswith("PASS: no new finding at or above major\n")

    def test_a_new_finding_is_red_and_the_last_line_says_so(self, run, now):
        run("--update")
        now(NUMBER)
        code, out, _ = run()
        assert code == 1
        assert "[Fifteen] people came." in out
        assert out.splitlines()[-1].startswith("FAIL: 1 new finding at or above major (1 major)")
        assert run("--fail-on", "critical")[0] == 0

    def test_verdict_on_standard_error_where_the_output_is_for_programs(self, run, now, tmp_path):
        run("--update")
        now(NUMBER)
        code, out, err = run("-f", "json", "-f", f"junit={tmp_path}/j.xml", "-f", f"md={tmp_path}/s.md")
        assert (code, json.loads(out)["exit_code"]) == (1, 1)
        assert err.startswith("drift: FAIL")
        assert "<failure" in (tmp_path / "j.xml").read_text()
        assert "FAIL" in (tmp_path / "s.md").read_text().splitlines()[0]

    def test_update_refuses_to_get_worse(self, run, now, tmp_path):
        run("--update")
        before = (tmp_path / "b.json").read_bytes()
        now(NAME)
        code, _, err = run("--update")
        assert (code, "DR604" in err) == (2, True)
        assert (tmp_path / "b.json").read_bytes() == before
        assert run("--update", "--allow-regression")[0] == 0
        assert run()[0] == 0

    def test_update_may_get_better(self, run, now):
        now(NAME, NUMBER)
        run("--update")
        now(NUMBER)
        assert run("--update")[0] == 0
        now(NAME, NUMBER)
        assert run()[0] == 1

    @pytest.mark.parametrize(
        ("arguments", "changed", "code", "says"),
        [
            ((), {"signature": "drift|judge:2"}, 2, "DR603.*judge was|DR603.*judge"),
            (("--allow-regression",), {}, 2, "DR605"), (("--tolerance", "2"), {}, 2, "DR901.*tolerance"),
            (("--fail-on", "everything"), {}, 2, "DR901"), (("-f", "docx"), {}, 2, "DR501"),
            (("--record", "a", "--replay", "b"), {}, 2, "DR901"), (("--replay", "/no/such"), {}, 3, "DR613"),
            (("--record", "/no/such/t.jsonl"), {}, 3, "DR612"), (("--lang", "x"), {}, 2, "DR902"),
        ],
    )
    def test_what_goes_wrong(self, run, now, arguments, changed, code, says):
        run("--update")
        now(**changed)
        found, out, err = run(*arguments)
        assert (found, out) == (code, "")
        assert re.search(says, err)

    def test_no_baseline(self, run):
        code, _, err = run()
        assert (code, "DR601" in err, "--update" in err) == (3, True, True)


@pytest.fixture
def judge(monkeypatch):
    """Sentences that differ are wrong."""

    def judge_many(pairs, **options):
        found = (Finding("", "wording", "major", 0.9, "It differs."),)
        return [PairDrift(p.reference, p.hypothesis, *((0.0, ()) if p.reference == p.hypothesis else (0.6, found)), 1.0)
                for p in pairs]

    monkeypatch.setattr(sys.modules["drift.judge"], "judge_many", judge_many)


@pytest.fixture
def files(tmp_path, judge):
    good = [f"The {i} cats sleep in the garden." for i in range(20)]
    (tmp_path / "r.txt").write_text("\n".join(good) + "\n")
    (tmp_path / "a.txt").write_text("\n".join(good) + "\n")
    (tmp_path / "b.txt").write_text("\n".join(line.replace("cats", "dogs") for line in good) + "\n")
    (tmp_path / "short.txt").write_text("One.\n")
    return tmp_path


class TestCompare:
    def compare(self, files, capsys, *arguments: str):
        code = main(["compare", "-q", *(a.format(f=files) for a in arguments)])
        return code, *capsys.readouterr()

    def test_text_html_and_json(self, files, capsys):
        code, out, _ = self.compare(files, capsys, "-r", "{f}/r.txt", "{f}/a.txt", "{f}/b.txt", "-f", "text",
                                    "-f", "html={f}/c.html", "-f", "json={f}/c.json")
        assert code == 0
        assert out.splitlines()[-1].startswith("FAIL: b loses meaning against a")
        assert "<!doctype html>" in (files / "c.html").read_text()
        assert json.loads((files / "c.json").read_text())["versus"][0]["losses"] == 20

    @pytest.mark.parametrize(("systems", "code"), [(("a", "b"), 1), (("b", "a"), 0), (("a", "r"), 0)])
    def test_the_gate(self, files, capsys, systems, code):
        paths = [f"{{f}}/{name}.txt" for name in systems]
        found, out, _ = self.compare(files, capsys, "-r", "{f}/r.txt", *paths, "--fail-if-worse")
        assert found == code
        assert out.splitlines()[-1].startswith({0: "PASS", 1: "FAIL"}[code])

    @pytest.mark.parametrize(
        ("arguments", "code", "says"),
        [
            (("{f}/a.txt", "{f}/b.txt"), 2, "DR608.*-r FILE"), (("-r", "{f}/r.txt", "{f}/a.txt"), 2, "DR607"),
            (("-r", "{f}/r.txt", "{f}/a.txt", "{f}/short.txt"), 2, "DR606.*short has 1 lines.*20"),
            (("-r", "{f}/r.txt", "-s", "{f}/short.txt", "{f}/a.txt", "{f}/b.txt"), 2, "DR606.*source has 1 lines.*20"),
            (("-r", "{f}/r.txt", "-s", "{f}/short.txt", "-n", "1", "{f}/a.txt", "{f}/b.txt"), 2, "DR606"),
            (("-r", "{f}/short.txt", "-n", "1", "{f}/a.txt", "{f}/b.txt"), 2, "DR606.*a has 20 lines.*1"),
            (("-r", "{f}/r.txt", "{f}/a.txt", "{f}/none.txt"), 3, "DR620"),
            (("-r", "{f}/r.txt", "{f}/a.txt", "{f}/a.txt"), 2, "DR609"),
            (("-r", "{f}/r.txt", "{f}/a.txt", "model:x"), 2, "DR608.*--lang"),
            (("-r", "{f}/r.txt", "{f}/a.txt", "{f}/b.txt", "-f", "sarif"), 2, "DR501"),
            (("-t", "wmt19", "{f}/a.txt", "{f}/b.txt"), 2, "DR608"),
            (("-r", "{f}/r.txt", "{f}/a.txt", "{f}/b.txt", "-o", "{f}/a.txt"), 2, "DR905"),
        ],
    )
    def test_what_goes_wrong(self, files, capsys, arguments, code, says):
        before = {p.name: p.read_bytes() for p in files.iterdir()}
        found, out, err = self.compare(files, capsys, *arguments)
        assert (found, out) == (code, "")
        assert re.search(says, err), err
        assert {p.name: p.read_bytes() for p in files.iterdir()} == before

    def test_a_model_is_replayed_without_weights(self, files, capsys):
        from drift.gate.cassette import Cassette, save_cassette
        from drift.gate.players import Instrument, Taken
        from drift.records import Translation

        good = (files / "r.txt").read_text().splitlines()
        taken = Taken({f"phrase {i}": Translation(t, "toy", "m", None) for i, t in enumerate(good)})
        save_cassette(Cassette(str(files / "t.jsonl"), {Instrument("toy", "m", "", "", "fr", "en"): taken}))
        (files / "s.txt").write_text("".join(f"phrase {i}\n" for i in range(20)))
        rest = ("-r", "{f}/r.txt", "-s", "{f}/s.txt", "--lang", "fr", "--replay", "{f}/t.jsonl", "{f}/b.txt", "model:m")
        code, out, err = self.compare(files, capsys, *rest)
        assert (code, err) == (0, "")
        assert "m beside b: better in 20, worse in 0, tied in 0" in out


def test_help_imports_nothing_heavy():
    import subprocess

    code = ("import sys; from drift.cli import main\n"
            "for command in ('check', 'compare'):\n"
            "    try: main([command, '--help'])\n"
            "    except SystemExit: pass\n"
            "print(sorted(m for m in ('numpy', 'torch', 'transformers', 'rich', 'sacrebleu', 'jinja2', 'pytest')"
            " if m in sys.modules))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "--baseline" in done.stdout
    assert "--fail-if-worse" in done.stdout
