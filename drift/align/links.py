"""One-to-one word alignment from a similarity matrix: anchors first, then what lies between them.

After SimAlign's "Itermax" (Jalili Sabet et al., Findings of EMNLP 2020), with two additions that matter for paraphrases of
one sentence in one language: a repeated word ("the", "he") goes to the occurrence whose neighbours are aligned alike, and
links compete greedily, so that each word is used once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["align_words"]

Matrix = NDArray[np.float32]

ANCHOR = 0.62  # weight at or above which a mutual best pair is an anchor
FLOOR = 0.40  # weight below which two words are not linked at all
_NEIGHBOUR = 0.10  # added per neighbour (left, right) that is linked in parallel
_DISTANCE = 0.12  # taken off for the full length of the sentence between the expected and the actual position
_ROUNDS = 3
_DECIMALS = 4  # scores that are equal in so many decimals are equal: the first cell wins
_GRAIN = 10.0**-_DECIMALS


def align_words(weight: Matrix, *, anchor: float = ANCHOR, floor: float = FLOOR) -> list[tuple[int, int]]:
    """Link rows (reference words) to columns (hypothesis words), each at most once; pairs in order of the row.

    `weight[i, j]` says how alike the words are, about 0..1; entries at or below 0 are never linked.
    """
    n, m = weight.shape
    if not n or not m:
        return []
    impossible = weight <= 0
    links: dict[int, int] = {}
    for _ in range(_ROUNDS):
        scores = weight + _context(n, m, links)
        scores[impossible] = -1.0
        threshold = floor if links else anchor
        fresh = _greedy(scores, threshold)
        if fresh == links:
            break
        links = fresh
    return sorted(links.items())


def _context(n: int, m: int, links: dict[int, int]) -> Matrix:
    """What the links found so far say about each cell: parallel neighbours, and distance from the interpolated diagonal."""
    bonus = np.zeros((n, m), np.float32)
    rows = np.arange(n, dtype=np.float32)
    if links:
        known = np.array(sorted(links.items()))
        # Where the anchors on either side say this row should land; reordered anchors make this a soft hint only.
        expected: NDArray[np.floating[Any]] = np.interp(rows, known[:, 0], np.maximum.accumulate(known[:, 1]))
        for step in (-1, 1):
            i, j = known[:, 0] + step, known[:, 1] + step
            inside = (i >= 0) & (i < n) & (j >= 0) & (j < m)
            bonus[i[inside], j[inside]] += _NEIGHBOUR
    else:
        expected = rows * ((m - 1) / max(n - 1, 1))
    bonus -= _DISTANCE * np.abs(expected[:, None] - np.arange(m, dtype=np.float32)[None, :]) / max(n, m)
    return bonus


def _greedy(scores: Matrix, threshold: float) -> dict[int, int]:
    """Competitive linking (Melamed 2000): the best cell, then the best that shares no row or column with it, …"""
    n, m = scores.shape
    flat = scores.ravel()
    cells = np.flatnonzero(flat >= threshold - 2 * _GRAIN)  # what is lower cannot come before the threshold is met
    order = cells[np.argsort(-np.round(flat[cells], _DECIMALS), kind="stable")]
    used_i, used_j = [False] * n, [False] * m
    links: dict[int, int] = {}
    rows, columns = np.divmod(order, m)
    for i, j, score in zip(rows.tolist(), columns.tolist(), flat[order].tolist(), strict=True):
        if score < threshold:
            break
        if not used_i[i] and not used_j[j]:
            used_i[i] = used_j[j] = True
            links[i] = j
    return links
