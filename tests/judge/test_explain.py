"""The explanation of a verdict: every fact that weighs has a name, and there is one for any two texts."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from drift.judge import judge
from drift.judge.explain import FACTS, explain
from drift.judge.severity import combined

WEIGHTS = json.loads((files("drift.judge") / "weights.json").read_text(encoding="utf-8"))["score"]


def test_every_fact_that_weighs_is_known():
    assert [name for name in WEIGHTS if name not in FACTS and not name.startswith(("kind:", "risk:"))] == []


def test_every_fact_that_weighs_is_measured():
    measured = judge("The mayor opened the bridge on Monday.", "The mayor closed a bridge in 2021.").evidence
    assert [name for name in WEIGHTS if name not in measured and not name.startswith("kind:")] == []


@pytest.mark.parametrize(("reference", "hypothesis"), [("", "Hello"), ("Hello there.", ""), ("", ""), ("…", "Hello"), ("It rains.", "It rains.")])
def test_any_two_texts_are_explained(reference, hypothesis):
    explanation = explain(reference, hypothesis)
    assert explanation.verdict == judge(reference, hypothesis)
    if reference != hypothesis:
        assert explanation.verdict.score == combined(explanation.fitted, explanation.charge)


def test_a_sure_finding_sets_a_floor_and_what_else_is_wrong_still_counts():
    assert combined(0.12, 0.0) == 0.12
    assert combined(0.05, 0.4) > 0.2 > combined(0.05, 0.3)
    assert combined(0.06, 0.4) > combined(0.05, 0.4)
    assert combined(0.3, 0.4) > combined(0.3, 0.2) > 0.3
    assert combined(1.0, 1.0) == 1.0
