"""Two English sentences -> what differs in meaning, of which kind, where, how badly, how surely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drift.records import PairDrift

__all__ = ["Pair", "judge", "judge_many", "signature_fields"]


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


def judge_many(pairs: Iterable[Pair | tuple[str, ...]]) -> list[PairDrift]:
    """Judge pairs of English sentences, batched; the verdict on a pair does not depend on the others.

    A tuple is (reference, hypothesis), optionally followed by the source sentence and its language.
    """
    from drift.judge.verdicts import judge_pairs

    return judge_pairs([p if isinstance(p, Pair) else Pair(*p) for p in pairs])


def signature_fields() -> dict[str, str]:
    """What of the judge must be equal for two scores to be comparable: the word encoder and the fitted weights."""
    from drift.align.words import shipped_name
    from drift.judge.severity import shipped_name as weights_name

    return {"words": shipped_name(), "judge": weights_name()}
