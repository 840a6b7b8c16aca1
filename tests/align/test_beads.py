"""The dynamic programme: exact, gaps cheap in runs, merges that earn themselves. No model is loaded here."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift.align import align_windows
from drift.align.beads import Costs, Windows, bead_gains, best_path, relative_similarity, without_weak_edges


def slow_best(gains: dict, rows: int, columns: int, gap: float) -> float:
    """The oracle: every path, by plain recursion over (rows done, columns done, inside a gap)."""
    memo: dict = {}

    def best(i: int, j: int, in_gap: bool) -> float:
        """The best sum of what is still to come."""
        key = (i, j, in_gap)
        if key not in memo:
            options = [0.0]  # leave the rest over, which is free
            for (a, b), gain in gains.items():
                if i + a <= rows and j + b <= columns:
                    options.append(gain[i, j] + best(i + a, j + b, False))
            cost = 0.0 if in_gap else gap
            if i < rows:
                options.append(best(i + 1, j, True) - cost)
            if j < columns:
                options.append(best(i, j + 1, True) - cost)
            memo[key] = max(options)
        return memo[key]

    return best(0, 0, True)  # a run of gaps at the beginning is free


def price(path: list, gains: dict, gap: float) -> float:
    """What a path is worth under the same rules."""
    beads = [k for k, (r, c) in enumerate(path) if len(r) and len(c)]
    total = 0.0
    for k in beads:
        r, c = path[k]
        total += gains[len(r), len(c)][r.start, c.start]
    for here, following in pairwise(beads):
        total -= gap if following > here + 1 else 0.0
    return total


@st.composite
def problems(draw):
    rows, columns = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    value = st.one_of(st.floats(-1, 1, width=16), st.just(-math.inf))
    gains = {}
    for a in (1, 2, 3):
        for b in (1, 2, 3):
            if a <= rows and b <= columns:
                shape = (rows - a + 1, columns - b + 1)
                cells = draw(st.lists(value, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
                gains[a, b] = np.array(cells, dtype=np.float64).reshape(shape)
    return gains, rows, columns, draw(st.sampled_from([0.0, 0.125, 0.5]))


@given(problems())
@settings(max_examples=300, deadline=None)
def test_the_path_is_as_good_as_the_best_of_all_paths(problem):
    gains, rows, columns, gap = problem
    path = best_path(gains, rows, columns, gap)
    assert price(path, gains, gap) == pytest.approx(slow_best(gains, rows, columns, gap), abs=1e-9)


@given(problems())
@settings(max_examples=150, deadline=None)
def test_every_sentence_stands_in_exactly_one_bead_and_in_order(problem):
    gains, rows, columns, gap = problem
    path = best_path(gains, rows, columns, gap)
    assert [i for r, _ in path for i in r] == list(range(rows))
    assert [j for _, c in path for j in c] == list(range(columns))
    assert all(len(r) + len(c) for r, c in path)


def document(*vectors: list[float], lengths: list[int] | None = None, paragraphs: list[int] | None = None) -> Windows:
    """A document whose sentences have these vectors; a run has their mean, as an averaging encoder gives."""
    singles = np.array(vectors, dtype=np.float32).reshape(len(vectors), 24)
    lengths = lengths or [40] * len(vectors)
    sizes = []
    for size in (1, 2, 3):
        runs = [
            np.average(singles[i : i + size], axis=0, weights=lengths[i : i + size])
            for i in range(len(vectors) - size + 1)
        ]
        sizes.append(np.array([r / np.linalg.norm(r) for r in runs], dtype=np.float32).reshape(len(runs), 24))
    return Windows(tuple(sizes), tuple(lengths), tuple(paragraphs or [0] * len(vectors)), 0.0)


def axis(*hot: int, size: int = 24) -> list[float]:
    """A sentence about the given things, each a direction of its own."""
    vector = np.zeros(size)
    vector[list(hot)] = 1.0
    return list(vector / np.linalg.norm(vector))


def kinds(reference: Windows, copy: Windows) -> list[str]:
    return [m.kind + ("*" if m.moved else "") for m in align_windows(reference, copy)]


class TestShapes:
    def test_the_same_document_is_all_one_to_one(self):
        same = document(*(axis(i) for i in range(8)))
        assert kinds(same, same) == ["1-1"] * 8

    def test_a_dropped_passage_is_gaps_and_nothing_else_moves(self):
        whole, cut = document(*(axis(i) for i in range(10))), document(*(axis(i) for i in (0, 1, 2, 7, 8, 9)))
        assert kinds(whole, cut) == ["1-1"] * 3 + ["1-0"] * 4 + ["1-1"] * 3

    def test_a_sentence_cut_in_two_is_one_bead(self):
        whole = document(axis(0), axis(1, 2), axis(3), axis(4), axis(5))
        cut = document(axis(0), axis(1), axis(2), axis(3), axis(4), axis(5))
        assert kinds(whole, cut) == ["1-1", "1-2", "1-1", "1-1", "1-1"]

    def test_two_glued_sentences_are_one_bead(self):
        whole = document(*(axis(i) for i in range(6)))
        glued = document(axis(0), axis(1, 2), axis(3), axis(4), axis(5))
        assert kinds(whole, glued) == ["1-1", "2-1", "1-1", "1-1", "1-1"]

    def test_an_added_sentence_is_not_swallowed_by_its_neighbour(self):
        whole = document(*(axis(i) for i in range(5)))
        longer = document(axis(0), axis(1), axis(20), axis(2), axis(3), axis(4))
        assert kinds(whole, longer) == ["1-1", "1-1", "0-1", "1-1", "1-1", "1-1"]

    def test_a_short_added_sentence_is_not_swallowed_either(self):
        lengths = [40, 40, 6, 40, 40]
        whole = document(*(axis(i) for i in range(4)))
        longer = document(axis(0), axis(1), axis(20), axis(2), axis(3), lengths=lengths)
        assert kinds(whole, longer) == ["1-1", "1-1", "0-1", "1-1", "1-1"]

    def test_an_excerpt_in_ten_times_its_length_of_other_text(self):
        reference = document(*(axis(i) for i in range(20)))
        own = [axis(21), axis(22), axis(23), axis(21, 22), axis(22, 23), axis(21, 23), axis(21, 22, 23)] * 3
        excerpt = document(*own, axis(5), axis(6), axis(7), *own)
        found = [
            (m.reference.start, m.copy.start) for m in align_windows(reference, excerpt) if m.similarity is not None
        ]
        assert found == [(5, 21), (6, 22), (7, 23)]

    def test_a_passage_that_moved_is_found_where_it_went(self):
        order = (0, 1, 2, 3, 4, 5, 6, 7)
        moved = (0, 3, 4, 5, 6, 7, 1, 2)
        found = align_windows(document(*(axis(i) for i in order)), document(*(axis(i) for i in moved)))
        assert {(m.reference.start, m.copy.start) for m in found if m.moved} == {(1, 6), (2, 7)}
        assert all(m.similarity == pytest.approx(1.0) for m in found)

    def test_a_repetition_of_a_matched_sentence_is_no_moved_passage(self):
        whole = document(*(axis(i) for i in range(6)))
        twice = document(*(axis(i) for i in range(6)), axis(20), axis(21), axis(2))
        assert kinds(whole, twice) == ["1-1"] * 6 + ["0-1"] * 3

    def test_unrelated_documents_share_nothing(self):
        assert not any(
            m.similarity for m in align_windows(document(*map(axis, range(9))), document(*map(axis, range(10, 19))))
        )

    @pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 3), (3, 0), (1, 1)])
    def test_empty_and_tiny_documents(self, n, m):
        found = align_windows(document(*map(axis, range(n))), document(*map(axis, range(m))))
        assert sum(len(x.reference) for x in found) == n
        assert sum(len(x.copy) for x in found) == m
        assert (n, m) != (1, 1) or found[0].kind == "1-1"


def test_a_bead_is_not_merged_across_speakers_where_each_answers_for_himself():
    question_answer = [axis(0, 1), axis(1, 2)]
    reference = document(axis(10), *question_answer, axis(11), paragraphs=[0, 1, 2, 3])
    copy = document(axis(10), axis(0, 1, 2), axis(1, 2), axis(11), paragraphs=[0, 1, 2, 3])
    assert kinds(reference, copy) == ["1-1"] * 4


def test_relative_similarity_is_one_for_the_same_text_and_zero_for_the_usual_pair():
    cosines = np.full((20, 20), 0.3, dtype=np.float32)
    np.fill_diagonal(cosines, 1.0)
    relative = relative_similarity(cosines, prior=0.3)
    assert relative[0, 0] == pytest.approx(1.0)
    assert relative[0, 1] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("picture", "likeness", "left"),
    [
        ("+=+", 0.45, "+-++"),  # alone among gaps: dropped
        ("+=+", 0.55, "+=+"),
        ("+==+", 0.45, "+==+"),  # in company: kept
        ("+==+", 0.35, "+-+-++"),
        ("+===+", 0.35, "+-+=-++"),  # only the edges are
        ("===", 0.1, "==="),  # the ends of a document are no gaps
        ("=", 0.1, "="),
    ],
)
def test_a_bead_needs_the_less_likeness_of_its_own_the_more_its_neighbours_match(picture, likeness, left):
    path, i, j = [], 0, 0
    for sign in picture:
        r, c = sign in "=-", sign in "=+"
        path.append((range(i, i + r), range(j, j + c)))
        i, j = i + r, j + c
    similarities = {(1, 1): np.full((i, j), likeness, dtype=np.float32)}
    kept = without_weak_edges(path, similarities, Costs())
    assert "".join("=" if len(r) and len(c) else "-" if len(r) else "+" for r, c in kept) == left


def test_a_merge_that_adds_nothing_is_impossible():
    reference, copy = document(axis(0)), document(axis(0), axis(1))
    similarities = {(1, 1): reference.by_size[0] @ copy.by_size[0].T, (1, 2): reference.by_size[0] @ copy.by_size[1].T}
    assert bead_gains(similarities, reference, copy, Costs())[1, 2][0, 0] == -math.inf
