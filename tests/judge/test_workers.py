"""Many pairs are shared among processes: the same verdicts, whoever gives them and whatever happens to a helper."""

from __future__ import annotations

import sys

import pytest

from drift.judge import Pair, workers
from drift.judge.verdicts import judge_here

PAIRS = [
    Pair("The dog bit the postman.", "The postman bit the dog."),
    Pair("Nine people died in 2011.", "Ninety people died in 2011."),
    Pair("He does not know.", "He doesn't know."),
    Pair("The dog bit the postman.", "The dog bit a man."),
    Pair("", "Words from nowhere."),
    Pair("The same.", "The same."),
] * 3


def test_a_helper_gives_the_same_verdicts():
    helper = workers.Helper()
    try:
        assert helper.ask(PAIRS) == judge_here(PAIRS)
        assert helper.ask(PAIRS[:2]) == judge_here(PAIRS[:2])
    finally:
        helper.stop()


@pytest.mark.parametrize("portion", [1, 4, 100])
def test_shared_pairs_come_back_in_order(monkeypatch, portion):
    monkeypatch.setattr(workers, "_PORTION", portion)
    assert workers.spread(PAIRS, judge_here, 1) == judge_here(PAIRS)


@pytest.mark.parametrize("start", ["raise SystemExit(1)", "import time; time.sleep(0.2)", "print('no verdict')"])
def test_a_helper_that_dies_costs_nothing(monkeypatch, start):
    monkeypatch.setattr(workers, "_START", start)
    monkeypatch.setattr(workers, "_PORTION", 2)
    assert workers.spread(PAIRS, judge_here, 2) == judge_here(PAIRS)


def test_a_helper_that_cannot_start_costs_nothing(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert workers.spread(PAIRS, judge_here, 1) == judge_here(PAIRS)


def test_a_helper_imports_nothing_from_the_working_folder(monkeypatch, tmp_path):
    for name in ("drift", "numpy", "json", "pickle", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [p for p in sys.path if p])
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    helper = workers.Helper()
    try:
        assert helper.ask(PAIRS[:1]) == judge_here(PAIRS[:1])
    finally:
        helper.stop()
    assert not (tmp_path / "ran").exists()


def test_few_pairs_or_one_core_need_no_helper(monkeypatch):
    monkeypatch.setattr("drift.translate.convert.threads", lambda: 4)
    assert workers.helpers_for(workers.MANY - 1) == 0
    assert workers.helpers_for(workers.MANY) == 1
    assert workers.helpers_for(100_000) == 3
    monkeypatch.setattr("drift.translate.convert.threads", lambda: 1)
    assert workers.helpers_for(100_000) == 0
