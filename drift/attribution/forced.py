"""Forced decoding: what the model that translated a sentence thinks of the reference's words there.

Three sentences are scored for each finding: the translation, the translation with the words in question exchanged for
the reference's (contrastive conditioning, Vamvas & Sennrich, ACL 2022), and the reference. Each is scored twice,
given the source and given none. The difference is what the source says about those words (pointwise mutual
information): a word that the source makes ten times likelier is in the source, whatever the model wrote in the end.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from drift.attribution.case import Case, Fact

if TYPE_CHECKING:
    from drift.records import Span
    from drift.translate.base import Translator

__all__ = ["Forced", "score_cases"]

NOTHING: Final = "."  # the source that says nothing
_CAP: Final = 8.0  # nats a word; beyond it more certainty says nothing new
_UNIT: Final = 4.0  # nats for a fact of size 1

_Tokens = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Forced:
    """Scored sentences of one language: (source, target) -> tokens with their natural log-probability."""

    scored: Mapping[tuple[str, str], _Tokens]

    def facts(self, case: Case) -> Iterator[Fact]:
        """How much the source speaks for the reference's words, for the translation's, and what the exchange costs."""
        old = self._gain_of_reference(case)
        new = self._gain(case.source, case.hypothesis, case.finding.copy_span) if case.gained else None
        if old is not None:
            said = f"the original makes the reference's “{_short(case.lost)}” {_times(old)} likelier to the model"
            yield Fact("reference_gain", _clip(old), said if old >= math.log(3) else "")
        if new is not None:
            said = f"the original makes “{_short(case.gained)}” {_times(new)} likelier to the model"
            yield Fact("copy_gain", _clip(new), said if new >= math.log(3) else "")
        if old is not None and new is not None:
            yield Fact("gain_difference", _clip(old - new))
        exchanged = case.with_reference_words()
        if exchanged and exchanged != case.hypothesis:
            ours, theirs = (self.scored.get((case.source, t)) for t in (exchanged, case.hypothesis))
            if ours and theirs:
                words = max(1, len(case.lost.split()), len(case.gained.split()))
                cost = (_total(ours) - _total(theirs)) / words
                near = "the model finds the reference's words nearly as likely as its own"
                yield Fact("exchange", _clip(cost), near if cost > -1.0 and case.lost else "")
        own = self.scored.get((case.source, case.hypothesis))
        if own:
            yield Fact("model_unsure", _clip(-_total(own) / len(own) * 2))
            if case.finding.copy_span:
                part = _part(own, case.hypothesis, case.finding.copy_span)
                low = -min((p for _, p in part), default=0.0)
                yield Fact("word_unsure", _clip(low), "the model was guessing at these words" if low > 3.0 else "")

    def _gain_of_reference(self, case: Case) -> float | None:
        """Of the reference's words: in the translation where they have a place there, and in the reference; the better."""
        if not case.lost:
            return None
        gains = [self._gain(case.source, case.reference, case.finding.reference_span)]
        exchanged = case.with_reference_words()
        if exchanged and case.finding.copy_span:
            from drift.records import Span

            start = case.finding.copy_span.start
            gains.append(self._gain(case.source, exchanged, Span(start, start + len(case.lost), case.lost)))
        known = [g for g in gains if g is not None]
        return max(known) if known else None

    def _gain(self, source: str, target: str, span: Span | None) -> float | None:
        """Natural log of how much likelier a stretch of the target is with the source than without, per word."""
        given, alone = self.scored.get((source, target)), self.scored.get((NOTHING, target))
        if span is None or not given or not alone or len(given) != len(alone):
            return None
        gain = _total(_part(given, target, span)) - _total(_part(alone, target, span))
        return gain / max(1, len(span.text.split()))


def score_cases(cases: Sequence[Case], translator: Translator) -> Forced | None:
    """Score every sentence the cases need, each once; None for an engine that cannot score."""
    wanted: dict[tuple[str, str], None] = {}
    for case in cases:
        exchanged = case.with_reference_words() if case.finding.copy_span else None
        for target in (case.hypothesis, case.reference, exchanged):
            if target:
                wanted[case.source, target] = wanted[NOTHING, target] = None
    pairs = list(wanted)
    scored = translator.score([s for s, _ in pairs], [t for _, t in pairs]) if pairs else []
    return None if scored is None else Forced(dict(zip(pairs, scored, strict=True)))


def _part(tokens: _Tokens, text: str, span: Span) -> list[tuple[str, float]]:
    """The tokens that touch a stretch of the text; places are counted in letters, spaces aside, as models respace."""
    sizes = [0 if t == "</s>" else len(t.replace("▁", "")) for t, _ in tokens]
    ends = list(accumulate(sizes))
    whole = len("".join(text.split()))
    if not whole or not ends or not ends[-1]:
        return []
    scale = ends[-1] / whole  # 1 unless the model's normalisation changed the number of characters
    start = len("".join(text[: span.start].split())) * scale
    end = start + len("".join(span.text.split())) * scale
    return [
        token
        for token, size, stop in zip(tokens, sizes, ends, strict=True)
        if size and stop > start and stop - size < end
    ]


def _total(tokens: _Tokens) -> float:
    return sum(p for _, p in tokens)


def _clip(nats: float) -> float:
    return round(max(-_CAP, min(_CAP, nats)) / _UNIT, 4)


def _times(nats: float) -> str:
    times = math.exp(min(nats, 7.0))
    return f"{times:,.0f} times" if nats < 7.0 else "over 1,000 times"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"
