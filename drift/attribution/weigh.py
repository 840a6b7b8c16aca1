"""Facts -> copy, instrument or unclear: a logistic sum of log-odds whose terms can be read one by one.

    log-odds(copy) = prior[kind] + sum(weight[fact] * value[fact])

Where the source sentence has the reference's name, number, negation, pronoun or question, the finding is the instrument's
without any weighing. The prior of a kind says how often findings of this kind were the copy's on texts where that is
known; it carries what the instrument is bad at (tense, pronouns, wording of a weak model). Prior and weights are
fitted by ``benchmarks/attribution.py --fit`` and stand in ``weights.json`` with the model they were measured with.
Thresholds turn the probability into a word; from which one a finding is the copy's depends on what became of the words, for a
model drops and invents words in other sentences than those in which it exchanges them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from drift.attribution.case import Fact, form_of, kind_of
from drift.records import Finding
from drift.typology import Attribution, at_least

__all__ = ["FIXED", "WEIGHTS", "Scales", "default_scales", "heard"]

WEIGHTS: Final = Path(__file__).parent / "weights.json"
# Facts by which the source sides with the reference: the finding is the instrument's, whatever else is said.
CLEARED: Final = frozenset({"reference_name", "reference_number", "reference_negation", "reference_question",
                            "reference_pronoun", "open_pronoun", "left_as_is"})  # fmt: skip
# Facts by which it sides with the copy: weighed, but nothing that a model thinks is weighed beside them.
CHARGED: Final = frozenset({"name_exchanged", "name_exchanged_near", "both_names", "number_exchanged",
                            "copy_negation", "copy_question", "copy_pronoun"})  # fmt: skip
# Facts with a weight that is set and not fitted: a translation that is broken to the eye is too rare to be counted, one with a
# garbled word says nothing for the copy (the fit says it does: planted words get garbled too), and how
# sure the judge is has so little to do with whose fault it is that the fit gives it either sign; yet whoever is to be blamed
# should be blamed for something sure.
FIXED: Final = {"broken": -4.0, "stumbled": -1.0, "sure": 0.5}
# What a second engine says is told even where it moves little: somebody asked for it.
ASKED_FOR: Final = frozenset({"second_reference", "second_copy", "second_lacks"})
_CHARGE: Final = 2.0  # log-odds of testimony that the measured text had no example of
_SAID: Final = 0.3  # log-odds a fact must move to be said


def heard(finding: Finding, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that are weighed. Where the source itself settles the matter, what models think of it is not asked."""
    testimony = [f for f in facts if f.name in CLEARED | CHARGED]
    confidence = min(max(finding.confidence, 0.05), 0.95)
    judge = [
        Fact("major", float(at_least(finding.severity, "major"))),
        Fact("sure", round(math.log(confidence / (1 - confidence)), 3)),  # a finding that may be none is nobody's fault
    ]
    return [*judge, *(testimony or facts)]


class Scales:
    """The weights of one JSON file, and how they are applied."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self.prior: Mapping[str, float] = weights["prior"]
        self.unknown = float(weights["prior_of_others"])  # for a kind that was never seen
        self.weight: Mapping[str, float] = weights["weight"]
        self.copy_from: Mapping[str, float] = weights["copy_from"]  # probability, by what became of the words
        self.instrument_below = float(weights["instrument_below"])
        self.name = str(weights["name"])

    def probability(self, finding: Finding, facts: Sequence[Fact]) -> float:
        """0..1, that the copy rather than the instrument says something else."""
        z = self.prior.get(kind_of(finding), self.unknown) + sum(self._moves(f) for f in heard(finding, facts))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))

    def decide(self, finding: Finding, facts: Sequence[Fact]) -> tuple[Attribution, tuple[str, ...]]:
        """The attribution, and the phrases that speak for it, strongest first; what speaks against it comes last."""
        probability = self.probability(finding, facts)
        if probability >= self.copy_from[form_of(finding)]:
            word: Attribution = "copy"
        elif probability < self.instrument_below or any(f.name in CLEARED for f in facts):
            word = "instrument"
        else:
            word = "unclear"
        said = [f for f in heard(finding, facts) if f.phrase and (abs(self._moves(f)) >= _SAID or f.name in ASKED_FOR | CLEARED)]
        said.sort(key=lambda f: -abs(self._moves(f)))
        side = -1 if word == "instrument" or probability < 0.5 else 1
        said.sort(key=lambda f: self._moves(f) * side < 0)
        return word, tuple(dict.fromkeys(f.phrase for f in said))

    def _moves(self, fact: Fact) -> float:
        unseen = FIXED.get(fact.name, _CHARGE if fact.name in CHARGED else -_CHARGE if fact.name in CLEARED else 0.0)
        return self.weight.get(fact.name, unseen) * fact.value


@lru_cache(maxsize=1)
def default_scales() -> Scales:
    """The shipped weights, read once per process."""
    return Scales(json.loads(WEIGHTS.read_text(encoding="utf-8")))
