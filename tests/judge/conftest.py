"""How the tables of this folder are judged: `passes` and `fails`, one pair of sentences a row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drift.align.words import default_encoder
from drift.judge.analysis import Analysis, analyse
from drift.judge.detector import Candidate
from drift.judge.side import read_sides
from drift.judge.tagger import default_tagger
from drift.judge.verdicts import examine, first_explanation
from drift.typology import Category, Severity, at_least


def analysed(reference: str, hypothesis: str) -> Analysis:
    """The pair as every detector sees it."""
    sides = read_sides([reference, hypothesis], default_encoder(), default_tagger())
    return analyse(sides[reference], sides[hypothesis])


def suspicions(reference: str, hypothesis: str) -> list[tuple[str, Candidate]]:
    """(detector, candidate) for all that is left after each word is explained once."""
    return first_explanation(examine(analysed(reference, hypothesis)))


@pytest.fixture
def passes() -> Callable[[str, str, str], None]:
    """`passes(detector, reference, hypothesis)`: the detector has nothing major or critical to say."""

    def check(detector: str, reference: str, hypothesis: str) -> None:
        grave = [c for name, c in suspicions(reference, hypothesis) if name == detector and c.severity != "minor"]
        assert not grave, [(c.kind, c.message) for c in grave]

    return check


@pytest.fixture
def fails() -> Callable[[str, str, Category, Severity], None]:
    """`fails(reference, hypothesis, category, least)`: a suspicion of this category, at least this severe."""

    def check(reference: str, hypothesis: str, category: Category, least: Severity) -> None:
        said = [c for _, c in suspicions(reference, hypothesis)]
        assert any(c.category == category and at_least(c.severity, least) for c in said), [
            (c.kind, c.severity, c.message) for c in said
        ]

    return check


@pytest.fixture
def told() -> Callable[[str, str, str], list[str]]:
    """`told(detector, reference, hypothesis)`: the words that a detector points at, of the reference where it points there."""

    def texts(detector: str, reference: str, hypothesis: str) -> list[str]:
        pair = analysed(reference, hypothesis)
        out = []
        for name, c in first_explanation(examine(pair)):
            side, where = (pair.ref, c.ref) if c.ref else (pair.hyp, c.hyp)
            if name == detector and where:
                out.append(side.text[slice(*side.span(*where))])
        return out

    return texts
