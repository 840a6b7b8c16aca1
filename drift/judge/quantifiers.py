"""How many of them: all, most, many, some, few, none; halved, doubled. Words, not numbers, and as easily lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.side import NEGATORS, Side
from drift.lexicon.lemmas import lemmas

__all__ = ["Quantifiers"]

# Steps of a scale. Two neighbouring steps are a matter of translation ("several" ~ "many"), except next to either end.
_SCALE: Final = {
    "none": 0, "few": 1, "some": 2, "several": 2, "certain": 2, "various": 2, "numerous": 3, "many": 3, "most": 4, "majority": 4,
    "all": 5, "every": 5, "each": 5, "everyone": 5, "everybody": 5, "entire": 5, "whole": 5, "someone": 2, "somebody": 2,
}  # fmt: skip
_FACTORS: Final = {"halve": 0.5, "double": 2.0, "triple": 3.0, "treble": 3.0, "quadruple": 4.0, "quintuple": 5.0}
_ALL = 5
_LIKE = 0.3  # cosine below which two quantifiers are linked by accident


class Quantifiers:
    """All, most, some, few, none."""

    name = "quantifiers"
    order = 25

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Linked quantifiers of the same thing, two steps apart, or one step from all; negated ones are left to polarity."""
        for i, j in pair.links:
            before, after = _factor(pair.ref, i), _factor(pair.hyp, j)
            if before and after and before != after:
                yield Candidate(
                    "number.factor", "number", "critical", 0.85,
                    f"{quote(pair.ref.tokens[i].text)} became {quote(pair.hyp.tokens[j].text)}: {before:g} times, here {after:g}.",
                    (i, i + 1), (j, j + 1),
                )  # fmt: skip
            a, b = _SCALE.get(pair.ref.words[i]), _SCALE.get(pair.hyp.words[j])
            if a is None or b is None or a == b or pair.cosine[i, j] < _LIKE:
                continue
            if abs(a - b) < 2 and _ALL not in (a, b):
                continue
            if _negated(pair.ref, i) or _negated(pair.hyp, j) or not _of_the_same(pair, i, j):
                continue
            yield Candidate(
                "number.quantifier", "number", "major", 0.75 if abs(a - b) > 1 else 0.6,
                f"How many changed: {quote(pair.ref.tokens[i].text)} became {quote(pair.hyp.tokens[j].text)}.", (i, i + 1), (j, j + 1),
            )  # fmt: skip


def _factor(side: Side, i: int) -> float | None:
    """By how much a verb says that something was multiplied."""
    if not side.tags.tag[i].startswith("VB"):
        return None
    return next((_FACTORS[lemma] for lemma in sorted(lemmas(side.words[i])) if lemma in _FACTORS), None)


def _negated(side: Side, i: int) -> bool:
    return any(w in NEGATORS for w in side.words[max(0, i - 2) : i]) or side.words[i + 1 : i + 2] == ("not",)


def _counted(side: Side, i: int) -> int | None:
    """The noun that is counted; "someone" and "everyone" count themselves, a lone "all" the verb after it."""
    if side.words[i].endswith(("one", "body")):
        return i
    after = range(i + 1, min(i + 6, len(side.words)))
    return next((k for k in after if side.tags.tag[k].startswith(("NN", "VB")) and (side.content[k] or side.name[k])), None)


def _of_the_same(pair: Analysis, i: int, j: int) -> bool:
    a, b = _counted(pair.ref, i), _counted(pair.hyp, j)
    return a is not None and b is not None and pair.to_hyp.get(a) == b
