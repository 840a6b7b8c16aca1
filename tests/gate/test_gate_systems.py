"""Two systems side by side, with a judge whose scores are plain to see."""

from __future__ import annotations

import json
import re
import sys

import pytest

from drift.errors import UsageError
from drift.gate.comparison import COMPARISON_FORMATS, render_comparison
from drift.gate.systems import compare_systems
from drift.records import Finding, PairDrift, Span

QUICK = {"resamples": 200, "trials": 400}


@pytest.fixture(autouse=True)
def judge(monkeypatch):
    """A judge that finds a major number in every sentence with "wrong", and scores it 0.5."""

    def judge_many(pairs, **options):
        verdicts = []
        for pair in pairs:
            at = pair.hypothesis.find("wrong")
            found = () if at < 0 else (
                Finding("", "number", "major", 0.9, "wrong", None, Span(at, at + 5, "wrong")),)
            verdicts.append(PairDrift(pair.reference, pair.hypothesis, 0.5 if found else 0.0, found, 1.0))
        return verdicts

    monkeypatch.setattr(sys.modules["drift.judge"], "judge_many", judge_many)


def lines(count: int, wrong: int = 0) -> list[str]:
    return [f"Line {i} is {'wrong' if i < wrong else 'right'} today." for i in range(count)]


def compare(a, b, **options):
    reference = options.pop("reference", lines(len(a)))
    return compare_systems(reference, {"A": a, "B": b}, **{"metrics": False, **QUICK, **options})


@pytest.mark.parametrize(
    ("wrong", "counts", "code", "says"),
    [
        (0, (0, 60, 0), 0, "PASS: no loss"), (30, (0, 30, 30), 1, "FAIL: B loses meaning against A"),
        (1, (0, 59, 1), 0, "PASS: no loss"),  # one sentence of sixty is noise
    ],
)
def test_wins_ties_losses_and_the_verdict(wrong, counts, code, says):
    comparison = compare(lines(60), lines(60, wrong))
    versus = comparison.versus[0]
    assert (versus.wins, versus.ties, versus.losses) == counts
    assert comparison.exit_code == code
    assert str(versus).startswith(says)


def test_the_better_one_is_no_failure():
    comparison = compare(lines(60, 30), lines(60))
    assert comparison.exit_code == 0
    assert comparison.versus[0].better == ("drift", "number")


def test_the_same_output_twice_is_never_a_difference():
    versus = compare(lines(60, 7), lines(60, 7)).versus[0]
    assert (versus.drift.difference, versus.drift.p_randomised, versus.drift.p_bootstrap) == (0.0, 1.0, 1.0)
    assert versus.differing == ()


def test_kinds_are_counted():
    kinds = compare(lines(60, 10), lines(60, 40)).versus[0].kinds
    assert [(k.category, k.first, k.other) for k in kinds] == [("number", 10, 40)]
    assert kinds[0].p < 0.05


def test_every_pair_is_judged_once(monkeypatch):
    room = sys.modules["drift.judge"]  # `drift.judge` is a function
    asked, real = [], room.judge_many
    monkeypatch.setattr(room, "judge_many", lambda pairs, **options: asked.extend(pairs) or real(pairs, **options))
    compare(lines(60, 10), lines(60, 10))
    assert len(asked) == 60


def test_the_same_call_is_the_same_result():
    assert compare(lines(60, 10), lines(60, 20)) == compare(lines(60, 10), lines(60, 20))


def test_the_sentences_that_differ_most_come_first():
    assert compare(lines(10, 1), lines(10, 3)).versus[0].differing == (1, 2)


def test_sacrebleus_own_tests_are_beside_ours():
    comparison = compare(lines(60), lines(60, 40), metrics=True)
    bleu, chrf = comparison.versus[0].metrics
    assert (bleu.name, chrf.name) == ("BLEU", "chrF2++")
    assert bleu.first == pytest.approx(100)
    assert bleu.other < 90
    assert bleu.p_bootstrap < 0.05 > bleu.p_randomised
    assert "version" in bleu.signature


def test_equal_outputs_are_not_significantly_different_in_bleu_either():
    for metric in compare(lines(20, 5), lines(20, 5), metrics=True).versus[0].metrics:
        assert (metric.first, metric.p_bootstrap, metric.p_randomised) == (metric.other, 1.0, 1.0)


@pytest.mark.parametrize(
    ("reference", "systems", "sources", "code", "says"),
    [
        (2, {"A": 2, "B": 3}, None, "DR606", "B has 3 lines, the reference has 2"),
        (2, {"A": 2, "B": 2}, 1, "DR606", "the source has 1 lines"),
        (0, {"A": 0, "B": 0}, None, "DR607", "no lines"), (2, {"A": 2}, None, "DR607", "1 system"),
    ],
)
def test_what_does_not_line_up_is_refused(reference, systems, sources, code, says):
    with pytest.raises(UsageError) as error:
        compare_systems(lines(reference), {n: lines(k) for n, k in systems.items()},
                        sources=None if sources is None else lines(sources))
    assert error.value.code == code
    assert says in str(error.value)


class TestRendering:
    @pytest.fixture
    def comparison(self):
        hostile = ["<script>alert(1)</script> wrong \x1b[31m \u202e", *lines(60, 40)[1:]]
        return compare(lines(60), hostile, metrics=True, sources=[f"Ligne <b>{i}</b>" for i in range(60)])

    @pytest.mark.parametrize("format", COMPARISON_FORMATS)
    def test_no_article_text_is_obeyed(self, comparison, format):
        text = render_comparison(comparison, format)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert text == render_comparison(comparison, format)

    def test_text_ends_in_the_verdict_and_marks_the_words(self, comparison):
        text = render_comparison(comparison)
        assert text.rstrip().endswith(str(comparison.versus[0]))
        assert "[wrong]" in text
        assert "better in 0, worse in 40, tied in 20" in text

    def test_json_carries_every_score(self, comparison):
        data = json.loads(render_comparison(comparison, "json"))
        assert [len(s["scores"]) for s in data["systems"]] == [60, 60]
        assert (data["exit_code"], data["versus"][0]["losses"]) == (1, 40)

    def test_html_asks_for_nothing_and_runs_nothing(self, comparison):
        page = render_comparison(comparison, "html")
        assert "<script" not in page
        assert "<b>" not in page
        assert "default-src 'none'" in page
        assert re.search(r"(src|href)=", page) is None
        assert '<mark class="major">wrong</mark>' in page

    def test_an_unknown_format(self, comparison):
        with pytest.raises(UsageError, match=r"DR501"):
            render_comparison(comparison, "docx")
