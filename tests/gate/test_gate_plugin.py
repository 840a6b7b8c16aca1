"""The pytest plugin, in sessions of its own: silent unless used, and clear when it fails."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

pytest_plugins = ["pytester"]

if not any(e.value == "drift.gate.plugin" for e in entry_points(group="pytest11")):
    pytest.skip("drift is not installed with its entry point: pip install -e .", allow_module_level=True)

# Other plugins have no part in this, and hypothesis' takes a second to load.
ALONE = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")

# A judge whose verdicts are plain to see, put in place before the tests of the inner session.
FAKES = '''
import sys, pytest
from drift.records import Finding, PairDrift, Span

def judge(pair):
    reference, hypothesis = pair.reference, pair.hypothesis
    at = hypothesis.find("Cossacks")
    found = () if at < 0 else (Finding("", "name", "critical", 0.9, "“Kazakhs” became “Cossacks”.",
                                       Span(4, 11, "Kazakhs"), Span(at, at + 8, "Cossacks")),)
    if "perhaps" in hypothesis:
        found += (Finding("", "modality", "minor", 0.4, "It is less certain."),)
    return PairDrift(reference, hypothesis, 0.4 if found else 0.0, found, 1.0)

sys.modules["drift.judge"].judge_many = lambda pairs, **options: [judge(p) for p in pairs]
'''


@pytest.fixture
def inner(pytester):
    """inner(test code, *arguments) -> result of an inner session."""
    pytester.makeconftest(FAKES)

    def run(code: str, *arguments: str):
        pytester.makepyfile(code)
        return pytester.runpytest_subprocess(*ALONE, *arguments)

    return run


def test_it_costs_nothing_until_it_is_used(pytester):
    pytester.makepyfile("""
        import sys
        def test_nothing_heavy():
            heavy = {"numpy", "torch", "transformers", "sacrebleu", "rich", "jinja2", "drift.gate.asserting"}
            assert not heavy & sys.modules.keys()
    """)
    done = subprocess.run([sys.executable, "-m", "pytest", "-W", "error", "-p", "no:cacheprovider", str(pytester.path)],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "drift" not in done.stdout.replace("translation-drift", "").split("\n", 5)[0]
    assert "drift" not in done.stderr


def test_every_option_has_the_prefix(pytester):
    text = pytester.runpytest_subprocess("--help", *ALONE).stdout.str()
    section = text.split("drift: tests on meaning:")[1].split("\n\n")[0]
    options = [line.split()[0] for line in section.splitlines() if line.strip().startswith("-")]
    assert options
    assert all(o.startswith("--drift-") for o in options)


def test_the_same_meaning_passes_and_the_verdict_is_returned(inner):
    result = inner("""
        def test_same(drift):
            pair = drift.assert_same_meaning("The Kazakhs came.", "The Kazakhs came.")
            assert pair.score == 0
            assert drift.judge("a", "Cossacks").severity == "critical"
    """)
    result.assert_outcomes(passed=1)


def test_a_failure_shows_the_marked_sentences_and_no_traceback(inner):
    result = inner("""
        def test_same(drift):
            drift.assert_same_meaning("The Kazakhs came.", "The Cossacks came.")
    """)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([
        "the meaning differs, at most minor is allowed:", "  reference   The [[]Kazakhs[]] came.",
        "  hypothesis  The [[]Cossacks[]] came.", "  critical name 90%: “Kazakhs” became “Cossacks”.",
    ])
    result.stdout.no_fnmatch_line("*asserting.py*")


def test_how_much_is_allowed(inner):
    result = inner("""
        import pytest

        @pytest.mark.parametrize(("options", "hypothesis"), [
            ({}, "perhaps"), ({"at_most": "critical"}, "Cossacks"),
            ({"at_most": None, "min_confidence": 0.5}, "perhaps"),
        ])
        def test_passes(drift, options, hypothesis):
            drift.assert_same_meaning("The Kazakhs", hypothesis, **options)

        @pytest.mark.parametrize(("options", "hypothesis"), [
            ({"at_most": None}, "perhaps"), ({"at_most": "major"}, "Cossacks"), ({"at_most": "grave"}, ""),
        ])
        def test_fails(drift, options, hypothesis):
            drift.assert_same_meaning("The Kazakhs", hypothesis, **options)
    """)
    result.assert_outcomes(passed=3, failed=3)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("[DR613] there is no cassette 'a b.jsonl'; record one with --record t.jsonl", "record one with --drift-record"),
        ("[DR604] it is worse; --allow-regression writes it all the same", "; --drift-allow-regression writes"),
        ("[DR603] write a new one with --update --allow-regression", "--drift-update --drift-allow-regression"),
    ],
)
def test_errors_name_the_options_of_the_plugin(said, shown):
    from drift.gate.asserting import _in_pytest

    assert shown in _in_pytest(said)


def test_the_real_judge_more_than_once(pytester):
    pytester.makepyfile("""
        def test_twice(drift):
            for _ in range(2):
                assert drift.assert_same_meaning("It rained.", "It  rained.").score == 0
    """)
    pytester.runpytest_subprocess(*ALONE, "-W", "error").assert_outcomes(passed=1)


class TestCopies:
    @pytest.fixture
    def session(self, pytester, request):
        """session(findings, *arguments): check_copies on a report with these findings."""
        source = (request.path.parent / "conftest.py").read_text("utf-8")
        pytester.makepyfile(made_reports=source)
        pytester.makeconftest("")

        def run(findings: str, *arguments: str, runner="inprocess"):
            pytester.makepyfile(test_copies=f"""
                import pytest
                from made_reports import report_of

                @pytest.fixture(autouse=True)
                def pipeline(monkeypatch):
                    monkeypatch.setattr("drift.pipeline.report", lambda paths, **options: report_of({findings}))

                @pytest.mark.parametrize("name", ["one", "two", "three"])
                def test_articles(drift, name):
                    gate = drift.check_copies("articles", baseline=name + ".json")
                    assert gate.passed
            """)
            call = pytester.runpytest_subprocess if runner == "subprocess" else pytester.runpytest_inprocess
            return call(*ALONE, *arguments)

        return run

    def test_no_baseline_then_one_then_a_regression(self, session, pytester):
        result = session("")
        result.assert_outcomes(failed=3)
        result.stdout.fnmatch_lines(["*DR601*--drift-update writes it*"])
        result.stdout.no_fnmatch_line("*another exception*")
        session("", "--drift-update").assert_outcomes(passed=3)
        assert {p.name for p in pytester.path.glob("*.json")} == {"one.json", "two.json", "three.json"}
        session("").assert_outcomes(passed=3)
        number = "(1, 'number', 'major', 'Fifteen')"
        result = session(number)
        result.assert_outcomes(failed=3)
        result.stdout.fnmatch_lines(["*in English  [[]Fifteen[]] people came.", "FAIL: 1 new finding*"])
        session(number, "--drift-fail-on=critical").assert_outcomes(passed=3)
        session(number, "--drift-update").assert_outcomes(failed=3)
        session(number, "--drift-update", "--drift-allow-regression").assert_outcomes(passed=3)
        session(number).assert_outcomes(passed=3)

    def test_several_workers(self, session):
        pytest.importorskip("xdist")
        session("", "-n", "2", "--drift-update", runner="subprocess").assert_outcomes(passed=3)
        session("", "-n", "2", runner="subprocess").assert_outcomes(passed=3)
