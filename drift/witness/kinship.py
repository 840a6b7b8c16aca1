"""How two copies are related: how much of each the other carries, how closely, and whether in runs.

Two articles about the same people share a topic, names and single sentences; two copies of one story share passages.
What tells them apart is therefore not similarity but runs of neighbouring sentences that match neighbouring sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from drift.align.beads import Match, Windows
    from drift.records import Copy

__all__ = ["Kinship", "kinship", "words_of"]

NEAR: Final = 2  # matches at most this many sentences apart on both sides belong to one run
STRONG: Final = 0.55  # mean cosine of a run's matches from which it counts as a passage both carry
ENOUGH: Final = 0.08  # share of the smaller copy in such passages from which two copies tell the same story
SENTENCES: Final = 2  # and at least so many sentences of it, or all there are


@dataclass(frozen=True, slots=True)
class Kinship:
    """What a first copy has of a second one and the other way round."""

    of_first: float  # 0..1, share of the first copy's words in passages the second carries too
    of_second: float  # 0..1, the same for the second copy
    closeness: float  # -1..1, mean cosine of the matches in these passages, 0.0 without any
    sentences: int  # sentences of the smaller copy in these passages
    size: int  # sentences of the smaller copy

    @property
    def agreement(self) -> float:
        """Harmonic mean of both shares times closeness, 0..1: 1 is the same text."""
        if self.of_first + self.of_second == 0:
            return 0.0
        both = 2 * self.of_first * self.of_second / (self.of_first + self.of_second)
        return both * max(0.0, self.closeness)

    @property
    def same_story(self) -> bool:
        """Whether the two tell the same story, in whole or in part."""
        return max(self.of_first, self.of_second) >= ENOUGH and self.sentences >= min(SENTENCES, self.size)

    def reversed(self) -> Kinship:
        """The same seen from the second copy."""
        return Kinship(self.of_second, self.of_first, self.closeness, self.sentences, self.size)


def words_of(copy: Copy) -> list[int]:
    """Words in each sentence as compared, at least 1; languages without spaces count by their translation."""
    return [max(1, len(s.english.split())) for s in copy.sentences]


def kinship(first: Copy, second: Copy, first_windows: Windows, second_windows: Windows) -> Kinship:
    """Align the two copies sentence by sentence and measure the passages that both carry."""
    from drift.align import align_windows

    size = min(len(first.sentences), len(second.sentences))
    if not size:
        return Kinship(0.0, 0.0, 0.0, 0, size)
    matches = align_windows(first_windows.singles(), second_windows.singles())
    kept = passages([m for m in matches if m.similarity is not None], size)
    ours, theirs = words_of(first), words_of(second)
    return Kinship(
        of_first=sum(ours[i] for m in kept for i in m.reference) / sum(ours),
        of_second=sum(theirs[j] for m in kept for j in m.copy) / sum(theirs),
        closeness=sum(m.similarity or 0.0 for m in kept) / len(kept) if kept else 0.0,
        sentences=len(kept),
        size=size,
    )


def passages(matches: Sequence[Match], size: int) -> list[Match]:
    """The matches that stand in runs: neighbours on both sides, and close on average.

    A copy of one or two sentences has no room for a run; there a close match stands for itself.
    """
    runs: list[list[Match]] = []
    for match in sorted(matches, key=lambda m: (m.copy.start, m.reference.start)):
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and 0 <= match.copy.start - last.copy.stop < NEAR
            and 0 <= match.reference.start - last.reference.stop < NEAR
        ):
            runs[-1].append(match)
        else:
            runs.append([match])
    least = min(2, size)
    return [
        m
        for run in runs
        if len(run) >= least and sum(m.similarity or 0.0 for m in run) / len(run) >= STRONG
        for m in run
    ]
