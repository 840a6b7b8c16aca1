"""Moved passages: what the monotone alignment had to leave over although both sides carry it, elsewhere.

Two leftover sentences are the same passage when each is the other's best match by a margin (mutual best with a margin
criterion: Artetxe & Schwenk, ACL 2019) and they are close enough; their neighbours follow on easier terms, because a
passage moves as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["MovedCosts", "moved_passages"]


@dataclass(frozen=True, slots=True)
class MovedCosts:
    """When two sentences out of order are the same passage; in units of relative similarity."""

    alone: float = 0.60  # out of order there is no context to lean on: clearly above the floor of the first pass
    margin: float = 0.10  # distance to the second best of either side
    beside: float = 0.42  # floor for the neighbour of a moved pair, in the same direction
    grown: float = 0.05  # by how much a pair must become closer for another leftover neighbour to join it


def moved_passages(
    similarities: Mapping[tuple[int, int], NDArray[np.float32]],
    rows: Collection[int],
    columns: Collection[int],
    costs: MovedCosts | None = None,
) -> list[tuple[range, range]]:
    """Leftover rows and columns that carry the same content, in order of rows; each sentence is used once.

    similarities[a, b][i][j] is the relative similarity of the a sentences from i on with the b sentences from j on,
    over the whole documents. Where a sentence of one side is two on the other, the second joins the first.
    """
    costs = costs or MovedCosts()
    pairs = _pairs(similarities[1, 1], rows, columns, costs)
    free_rows = set(rows) - {i for i, _ in pairs}
    free_columns = set(columns) - {j for _, j in pairs}
    passages = []
    for i, j in pairs:
        passage = (range(i, i + 1), range(j, j + 1))
        least = float(similarities[1, 1][i, j]) + costs.grown
        for r, c in (
            (range(i, i + 2), passage[1]), (range(i - 1, i + 1), passage[1]),
            (passage[0], range(j, j + 2)), (passage[0], range(j - 1, j + 1)),
        ):  # fmt: skip
            added_rows, added_columns = set(r) - {i}, set(c) - {j}
            size = (len(r), len(c))
            if size not in similarities or not (added_rows <= free_rows and added_columns <= free_columns):
                continue
            if float(similarities[size][r.start, c.start]) >= least:
                least = float(similarities[size][r.start, c.start])
                passage = (r, c)
        free_rows -= set(passage[0])
        free_columns -= set(passage[1])
        passages.append(passage)
    return passages


def _pairs(
    similarity: NDArray[np.float32],
    rows: Collection[int],
    columns: Collection[int],
    costs: MovedCosts,
) -> list[tuple[int, int]]:
    """Pairs (i, j) of single sentences.

    The second best is looked for in the whole row and column: a sentence that resembles one already matched is a
    repetition, not a moved passage.
    """
    import numpy as np

    free_rows, free_columns = set(rows), set(columns)
    found: dict[int, int] = {}
    if not free_rows or not free_columns:
        return []
    for i in sorted(free_rows):
        j = int(np.argmax(similarity[i]))
        if j not in free_columns or int(np.argmax(similarity[:, j])) != i or similarity[i, j] < costs.alone:
            continue
        rivals = np.concatenate([np.delete(similarity[i], j), np.delete(similarity[:, j], i), [-1.0]])
        if similarity[i, j] - float(rivals.max()) >= costs.margin:
            found[i] = j
    free_rows -= found.keys()
    free_columns -= set(found.values())
    frontier = sorted(found.items())
    while frontier:
        i, j = frontier.pop(0)
        for step in (-1, 1):
            beside = (i + step, j + step)
            if beside[0] in free_rows and beside[1] in free_columns and similarity[beside] >= costs.beside:
                found[beside[0]] = beside[1]
                free_rows.discard(beside[0])
                free_columns.discard(beside[1])
                frontier.append(beside)
    return sorted(found.items())
