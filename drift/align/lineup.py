"""A copy beside the reference -> its beads, gaps included, with the witness each is compared with.

Where the reference is silent another English version may speak: a sentence that looks added is compared with the
clearest witness that carries it too, and is then no addition.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from drift.records import Bead, Copy

if TYPE_CHECKING:
    from drift.align.beads import Match, Windows

__all__ = ["LineUp", "line_up"]

CONFIRMED: Final = 0.60  # cosine from which another witness is taken to carry an added sentence


@dataclass(frozen=True, slots=True)
class LineUp:
    """The beads of one copy, not judged yet."""

    copy: Copy
    beads: tuple[Bead, ...]
    told: frozenset[int]  # indices of the gaps among the beads that are omissions or additions
    framed: bool = False  # an excerpt inside an article of its own, which frames what it quotes


def line_up(reference: Copy, copy: Copy, witnesses: Sequence[Copy], windows: Mapping[str, Windows]) -> LineUp:
    """Align a copy with the reference and what is left over with the `witnesses`, clearest first."""
    from drift.align import align_windows
    from drift.align.scope import about_nothing_else, told_gaps
    from drift.align.splitoffs import rejoined

    def aligned(first: Copy, second: Copy) -> tuple[list[Match], list[Match]]:
        """The matches with halves rejoined, and as they were before."""
        both = windows[first.id], windows[second.id]
        plain = align_windows(*both)
        return rejoined(plain, first, second, both), plain

    matches, _ = aligned(reference, copy)
    told = told_gaps(matches, _words(reference), _words(copy))
    silent = {m.copy.start for m in matches if not len(m.reference)}
    spoken: dict[int, tuple[Copy, Match]] = {}
    for witness in witnesses:
        if not silent:
            break
        own = {m.copy.start for m in align_windows(windows[reference.id], windows[witness.id]) if not len(m.reference)}
        # First with the halves that belong together; where the reference tells one of them, the rest may be confirmed alone.
        for match in itertools.chain(*aligned(witness, copy)):
            if (
                (match.similarity or 0.0) >= CONFIRMED
                and silent.issuperset(match.copy)
                and own.issuperset(match.reference)
            ):
                spoken[match.copy.start] = (witness, match)
                silent.difference_update(match.copy)

    beads: list[Bead] = []
    kept: set[int] = set()
    taken = {j for _, match in spoken.values() for j in match.copy}
    for number, match in enumerate(matches):
        gap_in_copy = match.copy.start if not len(match.reference) else None
        if gap_in_copy in spoken:
            witness, found = spoken[gap_in_copy]
            beads.append(_bead(witness, copy, found))
        elif gap_in_copy not in taken:
            if number in told:
                kept.add(len(beads))
            beads.append(_bead(reference, copy, match))
    return LineUp(copy, tuple(beads), frozenset(kept), framed=not about_nothing_else(matches, _words(copy)))


def _bead(witness: Copy, copy: Copy, match: Match) -> Bead:
    return Bead(
        kind=match.kind,
        witness=witness.id,
        reference=tuple(witness.sentences[i] for i in match.reference),
        copy=tuple(copy.sentences[j] for j in match.copy),
        similarity=match.similarity,
        moved=match.moved,
    )


def _words(copy: Copy) -> list[int]:
    return [max(1, len(s.english.split())) for s in copy.sentences]
