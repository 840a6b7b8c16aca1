"""Two English sentences -> what differs in meaning, of which kind, where, how badly, how surely."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from drift.records import PairDrift

__all__ = ["Pair", "judge", "judge_many", "signature_fields"]

Progress = Callable[[int, int], None]  # called with the number of pairs judged so far and of all


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair to judge; `source` is the copy's own sentence where `hypothesis` is its back-translation."""

    reference: str
    hypothesis: str
    source: str | None = None
    language: str | None = None  # of `source`, ISO 639-1


def judge(reference: str, hypothesis: str, source: str | None = None, language: str | None = None) -> PairDrift:
    """Judge one pair of English sentences; see `judge_many`."""
    return judge_many([Pair(reference, hypothesis, source, language)])[0]


def judge_many(
    pairs: Iterable[Pair | tuple[str, ...]], *, jobs: int | None = 1, progress: Progress | None = None
) -> list[PairDrift]:
    """Judge pairs of English sentences, batched; the verdict on a pair does not depend on the others.

    A tuple is (reference, hypothesis), optionally followed by the source sentence and its language. `jobs`: processes that share
    the work, each with models of its own; None: one, for 2000 pairs and more one for each core, at most 8. A script that does not
    keep to one must have its own code under ``if __name__ == "__main__":``, for each process reads the script again.

    Raises ValueError where `jobs` is less than 1, ResourceError DR408 where a process dies.
    """
    from contextlib import closing

    from drift.judge.jobs import judge_portions

    todo = [p if isinstance(p, Pair) else Pair(*p) for p in pairs]
    verdicts: list[PairDrift] = []
    with closing(judge_portions(todo, jobs)) as portions:  # a callback that raises leaves no process behind
        if progress is not None:
            progress(0, len(todo))
        for portion in portions:
            verdicts += portion
            if progress is not None:
                progress(len(verdicts), len(todo))
    return verdicts


def signature_fields() -> dict[str, str]:
    """What of the judge must be equal for two scores to be comparable: the word encoder and the fitted weights."""
    from drift.align.words import shipped_name
    from drift.judge.severity import shipped_name as weights_name

    return {"words": shipped_name(), "judge": weights_name()}
