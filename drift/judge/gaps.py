"""What the word alignment left over: stretches of unlinked words, paired where they stand between the same neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from drift.judge.analysis import Analysis

__all__ = ["LeftOver", "gaps"]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Unlinked word indices of the reference and of the hypothesis; either may be empty."""

    ref: tuple[int, ...]
    hyp: tuple[int, ...]


def gaps(pair: Analysis) -> list[LeftOver]:
    """Left-over stretches in order of the reference, then those of the hypothesis alone. Marks are not left over."""
    left = _stretches(pair.ref.is_word, pair.to_hyp)
    right = _stretches(pair.hyp.is_word, pair.to_ref)
    out: list[LeftOver] = []
    free = list(right)
    for stretch in left:
        before = next(
            (pair.to_hyp[i] for i in range(stretch[0] - 1, -1, -1) if i in pair.to_hyp and pair.ref.is_word[i]), -1
        )
        after = next(
            (
                pair.to_hyp[i]
                for i in range(stretch[-1] + 1, len(pair.ref.tokens))
                if i in pair.to_hyp and pair.ref.is_word[i]
            ),
            len(pair.hyp.tokens),
        )
        match = next((s for s in free if _touches(pair, s, before, after)), None)
        if match is not None:
            free.remove(match)
        out.append(LeftOver(tuple(stretch), tuple(match or ())))
    out.extend(LeftOver((), tuple(stretch)) for stretch in free)
    return out


def _touches(pair: Analysis, stretch: list[int], before: int, after: int) -> bool:
    """Whether a hypothesis stretch starts right after `before` or ends right before `after` (marks aside)."""
    start = next((j for j in range(stretch[0] - 1, -1, -1) if pair.hyp.is_word[j]), -1)
    end = next((j for j in range(stretch[-1] + 1, len(pair.hyp.tokens)) if pair.hyp.is_word[j]), len(pair.hyp.tokens))
    return start == before or end == after


def _stretches(is_word: tuple[bool, ...], links: dict[int, int]) -> list[list[int]]:
    """Maximal runs of unlinked words; a mark neither belongs to a run nor breaks one."""
    runs: list[list[int]] = []
    open_run = False
    for i, word in enumerate(is_word):
        if not word:
            continue
        if i in links:
            open_run = False
        elif open_run:
            runs[-1].append(i)
        else:
            runs.append([i])
            open_run = True
    return runs
