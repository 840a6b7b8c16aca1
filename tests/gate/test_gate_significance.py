"""Is it noise? The tests of significance against slow and obvious ones, and as promises about probabilities."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift.gate.significance import holm, paired

QUICK = {"resamples": 200, "trials": 400}


def test_against_a_slow_and_obvious_randomisation():
    rng = random.Random(3)
    values = [rng.choice([-0.4, -0.1, 0.0, 0.2, 0.6]) for _ in range(12)]
    observed = abs(sum(values))
    extreme = sum(
        abs(sum(v if pattern >> i & 1 else -v for i, v in enumerate(values))) >= observed - 1e-9
        for pattern in range(2**12)
    )
    result, = paired(np.array(values)[:, None], resamples=10, trials=20_000)
    assert result.p_randomised == pytest.approx(extreme / 2**12, abs=0.015)


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(5)
    covered = 0
    for seed in range(100):
        result, = paired(rng.normal(0.1, 1.0, (40, 1)), resamples=200, trials=10, seed=seed)
        covered += result.low <= 0.1 <= result.high
    assert 85 <= covered <= 100


def test_turning_the_sides_turns_the_difference_only():
    values = np.random.default_rng(1).normal(0.2, 1, (50, 1))
    there, back = paired(values, **QUICK)[0], paired(-values, **QUICK)[0]
    assert (there.difference, there.low) == pytest.approx((-back.difference, -back.high))
    assert there.p_randomised == back.p_randomised


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_is_never_smaller_keeps_the_order_and_stays_a_probability(p):
    adjusted = holm(p)
    assert all(a >= b and a <= 1 for a, b in zip(adjusted, p, strict=True))
    assert all(adjusted[i] <= adjusted[j] for i in range(len(p)) for j in range(len(p)) if p[i] < p[j])


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


@settings(max_examples=20)
@given(st.integers(1, 40), st.integers(1, 3))
def test_p_values_are_probabilities_and_never_zero(n, k):
    table = np.random.default_rng(n).normal(0, 1, (n, k))
    for result in paired(table, resamples=20, trials=30):
        assert 0 < result.p_randomised <= 1
        assert 0 < result.p_bootstrap <= 1
        assert result.low <= result.high
