"""Sentence beads: which sentences of a copy carry what which sentences of the reference carry.

An exact dynamic programme over beads 1-0, 0-1 and 1-1 … 3-3, scored by sentence embeddings. Neighbouring sentences
are embedded as one text and similarities are measured against the background of the two documents, as in vecalign
(Thompson & Koehn, EMNLP 2019). Gaps are affine (Gotoh, J. Mol. Biol. 1982): opening one costs, staying in it is free,
because a copy may drop half of the reference or bring ten sentences of its own and be no less of a copy in the rest.

The costs were set on NTREX news (1,000 lines, French and its machine translation against English) with sentences
dropped, joined and inserted (`benchmarks/alignment.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from drift.align.encoders import SentenceEncoder

__all__ = [
    "LARGEST",
    "Costs",
    "Match",
    "Windows",
    "bead_gains",
    "best_path",
    "cosine",
    "embed_windows",
    "relative_similarity",
    "unrelated_cosine",
    "window_similarities",
    "without_weak_edges",
]

LARGEST: Final = 3  # sentences on one side of a bead

UNRELATED: Final = (
    "The cat sleeps on the warm stones behind the kitchen.",
    "Shares of the company fell by four percent on Monday.",
    "Add the flour slowly and stir until the dough is smooth.",
    "The court rejected the appeal of the former governor.",
    "She learned to play the violin when she was six.",
    "Heavy snow closed the mountain road for two days.",
    "Press the green button to start the engine.",
    "Their defender was injured in the second half.",
)


@dataclass(frozen=True, slots=True)
class Costs:
    """What the dynamic programme pays; all in units of relative similarity (0 random pair, 1 same text)."""

    floor: float = 0.30  # a pair below this is worth less than leaving both sentences alone
    gap: float = 0.10  # opening a run of unmatched sentences, whatever its length
    merge: float = 0.05  # each sentence joined to another
    paragraph: float = 0.10  # joining across a paragraph's end, where often another person begins to speak
    earned: float = 0.15  # a merged bead must be closer than a smaller one inside it by this times the share it adds
    island: float = 0.50  # a bead with gaps before and behind has no context to lean on and must be this close
    edge: float = 0.40  # and one with a gap on one side this close


@dataclass(frozen=True, slots=True)
class Match:
    """Sentences [start, stop) of the reference and of the copy that carry the same content; an empty side is a gap."""

    reference: range
    copy: range
    similarity: float | None = None  # cosine of the two sides' embeddings; None for a gap
    moved: bool = False

    @property
    def kind(self) -> str:
        return f"{len(self.reference)}-{len(self.copy)}"


@dataclass(frozen=True, slots=True)
class Windows:
    """One document: embeddings of every run of 1 … LARGEST neighbouring sentences, and how it is laid out."""

    by_size: tuple[NDArray[np.float32], ...]  # by_size[k - 1][i] is the run of k sentences that begins at i
    lengths: tuple[int, ...]  # characters of each sentence
    paragraphs: tuple[int, ...]  # the paragraph each sentence stands in
    prior: float  # cosine of unrelated sentences under the encoder

    def singles(self) -> Windows:
        """The same without runs: enough to see what two documents have in common, and much less work."""
        return replace(self, by_size=self.by_size[:1])

    def __len__(self) -> int:
        return len(self.by_size[0])


def embed_windows(
    sentences: Sequence[str],
    encoder: SentenceEncoder,
    *,
    paragraphs: Sequence[int] | None = None,
    largest: int = LARGEST,
) -> Windows:
    """Embed each sentence and each run of up to `largest` neighbours, joined by a space."""
    runs = [
        [" ".join(sentences[i : i + size]) for i in range(len(sentences) - size + 1)] for size in range(1, largest + 1)
    ]
    return Windows(
        tuple(encoder.encode(run) for run in runs),
        tuple(max(1, len(s)) for s in sentences),
        tuple(paragraphs if paragraphs is not None else [0] * len(sentences)),
        unrelated_cosine(encoder),
    )


def unrelated_cosine(encoder: SentenceEncoder) -> float:
    """Mean cosine of sentences that have nothing to do with each other, under this encoder."""
    import numpy as np

    vectors = encoder.encode(UNRELATED)
    cosines = vectors @ vectors.T
    return float(np.mean(cosines[~np.eye(len(UNRELATED), dtype=bool)]))


def cosine(reference: Windows, copy: Windows, rows: range, columns: range) -> float:
    """Cosine of the two sides of a bead, each embedded as one text."""
    x = reference.by_size[len(rows) - 1][rows.start]
    y = copy.by_size[len(columns) - 1][columns.start]
    return min(1.0, max(-1.0, float(x @ y)))


def relative_similarity(cosines: NDArray[np.float32], prior: float) -> NDArray[np.float32]:
    """res[i][j] = 1 - (1 - cosines[i][j]) / background: 0 is a random pair of these documents, 1 the same text.

    The background is the mean of the row's and the column's median distance. In short documents, where a median means
    little, it is drawn towards `1 - prior`, the distance of unrelated sentences under this encoder.
    """
    import numpy as np

    rows, columns = cosines.shape
    if not rows or not columns:
        return cosines
    weight = 8.0  # a document of eight sentences counts as much as the prior

    def shrunk(median: NDArray[np.float32], size: int) -> NDArray[np.float32]:
        return (size * median + weight * prior) / (size + weight)

    usual_row = shrunk(np.median(cosines, axis=1), columns)
    usual_column = shrunk(np.median(cosines, axis=0), rows)
    background = np.maximum(1.0 - (usual_row[:, None] + usual_column[None, :]) / 2, 1e-3)
    return np.asarray(1.0 - (1.0 - cosines) / background, dtype=np.float32)


def window_similarities(reference: Windows, copy: Windows) -> dict[tuple[int, int], NDArray[np.float32]]:
    """res[a, b][i][j]: relative similarity of the a sentences from i on with the b sentences from j on."""
    prior = (reference.prior + copy.prior) / 2
    return {
        (a, b): relative_similarity(x @ y.T, prior)
        for a, x in enumerate(reference.by_size, 1)
        for b, y in enumerate(copy.by_size, 1)
    }


def bead_gains(
    similarities: Mapping[tuple[int, int], NDArray[np.float32]], reference: Windows, copy: Windows, costs: Costs
) -> dict[tuple[int, int], NDArray[np.float64]]:
    """What each bead adds to a path; above 0 it is better than leaving its sentences alone.

    A merged bead must be closer than the smaller beads inside it, the more so the longer the sentence it adds: a
    short one can hardly move an embedding. One that has not earned its merging gets -inf: the extra sentence is a gap.
    """
    import numpy as np

    gains: dict[tuple[int, int], NDArray[np.float64]] = {}
    closest: dict[tuple[int, int], NDArray[np.float64]] = {}  # the best similarity inside, the bead itself included
    for a, b in sorted(similarities, key=sum):
        here = similarities[a, b].astype(np.float64)
        gain = min(a, b) * (here - costs.floor) - (a + b - 2) * costs.merge
        if a + b == 2 or not here.size:
            gains[a, b], closest[a, b] = gain, here
            continue
        inside = needed = np.full(here.shape, -np.inf)
        if a > 1:
            first, last = _edge_shares(reference.lengths, a)
            smaller = closest[a - 1, b]
            inside = np.maximum(smaller[:-1], smaller[1:])
            needed = costs.earned * np.stack([last, first])[:, :, None] + np.stack([smaller[:-1], smaller[1:]])
            needed = needed.max(axis=0)
        if b > 1:
            first, last = _edge_shares(copy.lengths, b)
            smaller = closest[a, b - 1]
            inside = np.maximum(inside, np.maximum(smaller[:, :-1], smaller[:, 1:]))
            beside = costs.earned * np.stack([last, first])[:, None, :] + np.stack([smaller[:, :-1], smaller[:, 1:]])
            needed = np.maximum(needed, beside.max(axis=0))
        crossed = _crossings(reference.paragraphs, a)[:, None] + _crossings(copy.paragraphs, b)[None, :]
        gains[a, b] = np.where(here < needed, -np.inf, gain - crossed * costs.paragraph)
        closest[a, b] = np.maximum(inside, here)
    return gains


def _edge_shares(lengths: Sequence[int], size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What share of each run of `size` sentences its first sentence is, and its last."""
    import numpy as np

    characters = np.asarray(lengths, dtype=np.float64)
    runs = np.convolve(characters, np.ones(size), mode="valid")
    return characters[: len(runs)] / runs, characters[size - 1 :] / runs


def _crossings(paragraphs: Sequence[int], size: int) -> NDArray[np.int64]:
    """How many paragraph ends lie inside each run of `size` sentences."""
    import numpy as np

    places = np.asarray(paragraphs, dtype=np.int64)
    ends = np.concatenate([[0], np.cumsum(np.diff(places) != 0)])
    return np.asarray(ends[size - 1 :] - ends[: len(ends) - size + 1], dtype=np.int64)


def best_path(
    gains: Mapping[tuple[int, int], NDArray[np.float64]], rows: int, columns: int, gap: float
) -> list[tuple[range, range]]:
    """The beads of the path with the highest sum of gains less `gap` for each run of gaps between two beads.

    gains[a, b] has shape (rows - a + 1, columns - b + 1). Runs of gaps at the beginning and the end are free. Exact;
    O(rows * columns) per kind of bead, one vector operation per row.
    """
    import numpy as np

    # matched[i, j]: best sum over the first i and j sentences, the last step being a bead; `open_` the same with a gap.
    matched = np.full((rows + 1, columns + 1), -np.inf)
    open_ = np.full((rows + 1, columns + 1), -np.inf)
    taken = np.zeros((rows + 1, columns + 1), dtype=np.int16)  # which kind of bead reached matched[i, j]
    kinds = sorted(k for k in gains if k[0] <= rows and k[1] <= columns)
    open_[0, :] = 0.0
    for i in range(rows + 1):
        if i:
            best = np.maximum(matched[:i], open_[:i])
            for number, (a, b) in enumerate(kinds):
                if a > i:
                    continue
                candidate = best[i - a, : columns + 1 - b] + gains[a, b][i - a]
                here = matched[i, b:]
                better = candidate > here
                here[better] = candidate[better]
                taken[i, b:][better] = number
        # Into a gap: from above or from the left, free inside a gap, `gap` after a bead. The left neighbour may be a
        # gap itself, hence the running maximum.
        source = matched[i] - gap
        enter = np.full(columns + 1, -np.inf)
        enter[1:] = source[:-1]
        if i:
            enter = np.maximum(enter, np.maximum(open_[i - 1], matched[i - 1] - gap))
        else:
            enter[0] = 0.0
        open_[i] = np.maximum.accumulate(enter)
    return _trace(matched, open_, taken, kinds, gap)


def without_weak_edges(
    path: Sequence[tuple[range, range]], similarities: Mapping[tuple[int, int], NDArray[np.float32]], costs: Costs
) -> list[tuple[range, range]]:
    """Split weak beads beside gaps into gaps: a bead needs the less likeness of its own the more its neighbours match.

    The ends of a document are no gaps: there is nothing that could stand beside a first or last sentence.
    """
    kept: list[tuple[range, range]] = []
    for k, (r, c) in enumerate(path):
        around = [*path[max(0, k - 1) : k], *path[k + 1 : k + 2]]
        company = sum(bool(len(x) and len(y)) for x, y in around)
        least = -1.0 if company == len(around) else costs.edge if company else costs.island
        if len(r) and len(c) and similarities[len(r), len(c)][r.start, c.start] < least:
            kept += [(range(i, i + 1), range(c.start, c.start)) for i in r]
            kept += [(range(r.stop, r.stop), range(j, j + 1)) for j in c]
        else:
            kept.append((r, c))
    return kept


def _trace(
    matched: NDArray[np.float64],
    open_: NDArray[np.float64],
    taken: NDArray[np.int16],
    kinds: Sequence[tuple[int, int]],
    gap: float,
) -> list[tuple[range, range]]:
    """Walk back from the end; every comparison is between values that were copied, so equality is exact."""
    i, j = matched.shape[0] - 1, matched.shape[1] - 1
    path: list[tuple[range, range]] = []
    # The last run of gaps is free, as the first is.
    end = _free_end(matched, open_)
    while i > end[0]:
        i -= 1
        path.append((range(i, i + 1), range(j, j)))
    while j > end[1]:
        j -= 1
        path.append((range(i, i), range(j, j + 1)))
    inside = bool(open_[i, j] > matched[i, j])
    while i or j:
        if inside:
            value = open_[i, j]
            if i and open_[i - 1, j] == value:
                step, inside = (1, 0), True
            elif j and open_[i, j - 1] == value:
                step, inside = (0, 1), True
            elif i and matched[i - 1, j] - gap == value:
                step, inside = (1, 0), False
            else:
                step, inside = (0, 1), False
        else:
            step = kinds[taken[i, j]]
            before = (i - step[0], j - step[1])
            inside = bool(open_[before] > matched[before])
        path.append((range(i - step[0], i), range(j - step[1], j)))
        i, j = i - step[0], j - step[1]
    path.reverse()
    return path


def _free_end(matched: NDArray[np.float64], open_: NDArray[np.float64]) -> tuple[int, int]:
    """Where the path ends that is best when the gaps after it cost nothing; the first in reading order among equals."""
    import numpy as np

    best = np.maximum(matched, open_)
    i, j = np.unravel_index(int(np.argmax(best)), best.shape)
    return int(i), int(j)
