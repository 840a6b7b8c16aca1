"""Which gaps are drift: what a copy was bound to carry, and what stands in it that nobody wrote.

A full copy that drops a passage, or brings one, is told. An excerpt set into another article is not told what it never
set out to carry, nor its own text, which frames what it quotes; only a hole of a sentence or two inside a passage that
goes on seamlessly on the other side is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from drift.align.beads import Match

__all__ = ["FULL", "about_nothing_else", "told_gaps"]

FULL: Final = 0.60  # share of the words carried from which a copy counts as full, or as being about nothing else
HOLE: Final = 2  # sentences in a row that an excerpt may be missing, and still have dropped rather than not quoted


def told_gaps(matches: Sequence[Match], reference_words: Sequence[int], copy_words: Sequence[int]) -> set[int]:
    """Indices into `matches` of the gaps that are omissions or additions, not outside what the copy set out to carry.

    `reference_words[i]` and `copy_words[j]` are the words of each sentence.
    """
    carried_reference = sum(reference_words[i] for m in matches if m.similarity is not None for i in m.reference)
    full = carried_reference >= FULL * sum(reference_words)
    nothing_else = about_nothing_else(matches, copy_words)
    told = set()
    for run in _runs(matches):
        omitted = [k for k in run if len(matches[k].reference)]
        added = [k for k in run if len(matches[k].copy)]
        inside = _inside_a_passage(matches, run)
        if full or (inside and len(omitted) <= HOLE):
            told.update(omitted)
        if nothing_else:
            told.update(added)
    return told


def about_nothing_else(matches: Sequence[Match], copy_words: Sequence[int]) -> bool:
    """Whether most of a copy's words carry the reference: if not, it is an article of its own that quotes."""
    carried = sum(copy_words[j] for m in matches if m.similarity is not None for j in m.copy)
    return carried >= FULL * sum(copy_words)


def _runs(matches: Sequence[Match]) -> list[list[int]]:
    """Runs of neighbouring gaps."""
    runs: list[list[int]] = []
    for k, match in enumerate(matches):
        if match.similarity is not None:
            continue
        if runs and runs[-1][-1] == k - 1:
            runs[-1].append(k)
        else:
            runs.append([k])
    return runs


def _inside_a_passage(matches: Sequence[Match], run: Sequence[int]) -> bool:
    """Whether the sentences before and after a run of gaps are carried, in order, and more than by one sentence each.

    With only one carried sentence on a side the hole may as well be the end of one quotation and the start of another.
    """
    before, after = matches[max(0, run[0] - 2) : run[0]], matches[run[-1] + 1 : run[-1] + 3]
    around = [*before, *after]
    return len(around) == 4 and all(m.similarity is not None and not m.moved for m in around)
