"""Word alignment: a slow, obviously correct greedy matcher is the oracle for what `align_words` does without context."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from drift.align.links import ANCHOR, FLOOR, _greedy, align_words

SHAPES = st.tuples(st.integers(0, 7), st.integers(0, 7))
MATRICES = SHAPES.flatmap(lambda s: arrays(np.float32, s, elements=st.sampled_from([i / 20 for i in range(-4, 28)])))
QUICK = settings(max_examples=150, deadline=None, derandomize=True)


def competitive(scores, threshold):
    """Melamed's competitive linking as it is told: look for the best cell, strike out its row and column, and again."""
    rounded = np.round(scores, 4)
    rows, columns = set(range(scores.shape[0])), set(range(scores.shape[1]))
    links = {}
    while rows and columns:
        _, i, j = min((-float(rounded[i, j]), i, j) for i in rows for j in columns)
        if scores[i, j] < threshold:
            break
        links[i] = j
        rows.discard(i)
        columns.discard(j)
    return links


@QUICK
@given(MATRICES, st.sampled_from([FLOOR, ANCHOR, 0.0]))
def test_greedy_linking_is_competitive_linking(scores, threshold):
    assert _greedy(scores, threshold) == competitive(scores, threshold)


@QUICK
@given(MATRICES)
def test_links_are_one_to_one_in_order_and_inside(weight):
    before = weight.copy()
    links = align_words(weight)
    rows, columns = [i for i, _ in links], [j for _, j in links]
    assert rows == sorted(set(rows))
    assert len(columns) == len(set(columns))
    assert all(weight[i, j] > 0 for i, j in links)
    assert (weight == before).all()
    assert align_words(weight) == links


@pytest.mark.parametrize("n", [1, 2, 5, 12])
def test_a_sentence_is_linked_with_itself_along_the_diagonal(n):
    weight = np.full((n, n), 0.2, np.float32) + np.eye(n, dtype=np.float32)
    assert align_words(weight) == [(k, k) for k in range(n)]


def test_a_word_said_twice_goes_to_the_place_with_the_same_neighbours():
    # "the dog bit the man" against itself: both "the" are alike everywhere
    words = ["the", "dog", "bit", "the", "man"]
    weight = np.array([[1.0 if a == b else 0.1 for b in words] for a in words], np.float32)
    assert align_words(weight) == [(k, k) for k in range(5)]


def test_words_that_changed_places_are_linked_across():
    weight = np.full((4, 4), 0.1, np.float32)
    for i, j in ((0, 3), (1, 1), (2, 2), (3, 0)):
        weight[i, j] = 1.2
    assert align_words(weight) == [(0, 3), (1, 1), (2, 2), (3, 0)]


def test_nothing_alike_nothing_linked():
    assert align_words(np.full((3, 4), FLOOR - 0.2, np.float32)) == []
    assert align_words(np.zeros((0, 3), np.float32)) == []
    assert align_words(np.zeros((3, 0), np.float32)) == []
