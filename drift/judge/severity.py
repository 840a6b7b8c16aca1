"""From suspicion to finding and to score: the fitted weights, and how they are applied."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from drift.judge.detector import Candidate
from drift.judge.evidence import Suspicion
from drift.records import Finding
from drift.typology import SEGMENT_CAP, SEVERITY_WEIGHT, Severity

__all__ = ["SURE", "VERBATIM", "VETO", "Weigher", "combined", "default_weigher", "expected_charge", "group_of", "logit", "shipped_name"]

VERBATIM = 0.95  # share of equal words besides a finding's own from which the rest of the sentence counts as taken over
_NOTHING_ELSE = 0.999  # share of the other words, for all of them
SURE = 0.8  # confidence from which a finding alone sets the least score of its pair
_SURE_EXACT = 0.75  # the same for what is compared exactly: names, numbers, negations, roles
_FLOOR = 0.5  # share of the sure findings' charge that a score is not below
_BESIDE = 0.1  # share of the lower of the two that is added to the higher one
_BY_DEGREE = frozenset({"wording", "coverage", "fluency", "grammar", "risk"})  # the other detectors
# What is a matter of degree (wording, omissions) the network may talk out of a detector, who denies what and who does what
# it may doubt, and values and spellings, which are compared exactly, hardly.
_FUZZY = ("wording.", "omission.", "addition.")
_SYNTAX = ("polarity.", "role.", "modality.")
VETO = {"exact": -1.0, "syntax": -3.0, "fuzzy": -6.0, "form": -6.0, "risk": -6.0}  # the lowest log-odds of the network that count
# Confidence from which one word for another is grave where nothing else differs (`benchmarks/substitutions.py`). Of words that share no
# sense, 0.4 finds 870 of 912 errors and takes 11 of 30 synonyms for one; of words that share one, 0.44 finds 8 of 19 and takes 2 of 31;
# of siblings 0.35 finds 88 of 98 and takes 2 of 3.
_SUBSTITUTED = {"wording.word": 0.4, "wording.sibling": 0.35, "wording.phrase": 0.4, "wording.sense": 0.44, "risk.wording": 0.5}
# Minor by nature, whatever words they touch: another spelling, a rounded value, a word said twice, bad English, "read" for "was reading".
_NEVER_GRAVE = ("name.spelling", "name.title", "name.pronoun", "number.", "fluency.", "untranslated.", "addition.repeat",
                "addition.gloss", "omission.gloss",
                "risk.fluency", "polarity.concord", "modality.aspect")  # fmt: skip
_SHIPPED = Path(__file__).parent / "weights.json"


def group_of(kind: str) -> str:
    """Which weights hold for a kind of finding, a key of `VETO`: "form" is fluency, "fuzzy" another word or none."""
    if kind.startswith("risk."):
        return "risk"
    if kind.startswith(_SYNTAX):
        return "syntax"
    return "form" if kind.startswith("fluency.") else "fuzzy" if kind.startswith(_FUZZY) else "exact"


class Weigher:
    """Applies the weights of one JSON file, written by ``benchmarks/fit_judge.py``.

    A finding's confidence and its gravity are logistic regressions over its kind, its detector's strength, the risk network's
    opinion of its words and the score of the whole pair. The pair's score is a logistic regression over all facts.
    """

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self.name = str(weights["name"])  # stands in the signature
        self._kinds: Mapping[str, Mapping[str, float]] = weights["kinds"]
        self._right: Mapping[str, Mapping[str, float]] = weights["right"]
        self._grave: Mapping[str, Mapping[str, float]] = weights["grave"]
        self._score: Mapping[str, float] = weights["score"]
        self._bias = float(weights["score_bias"])
        self._report = float(weights["report"])
        self._major: Mapping[str, float] = weights["major"]  # gravity from which a finding is major, by group; some kinds have their own

    def confidence(self, kind: str, strength: float, risk: Suspicion, score: float) -> float:
        """Calibrated probability that a candidate is a drift, 0..1."""
        return self._probability("right", self._right, kind, strength, risk, score)

    def gravity(self, kind: str, strength: float, risk: Suspicion, score: float) -> float:
        """Calibrated probability that a candidate changes what the sentence says, 0..1: that it is more than a minor drift."""
        return self._probability("grave", self._grave, kind, strength, risk, score)

    def _probability(
        self, bias: str, weights: Mapping[str, Mapping[str, float]], kind: str, strength: float, risk: Suspicion, score: float
    ) -> float:
        """That the rest of the sentence was taken over matters: what differs in an otherwise equal sentence was changed."""
        group = group_of(kind)
        w, own = weights[group], self._kinds.get(kind) or self._kinds.get(f"{group}.other", {})
        z = float(own.get(bias, 0.0)) + w["bias"] + w["strength"] * strength + w["kind"] * risk.kind
        z += w["risk"] * max(risk.risk, VETO[group]) + w.get("change", 0.0) * max(risk.change, VETO[group])
        z += w["score"] * logit(score) + w["rest"] * risk.rest + w["verbatim"] * max(0.0, risk.rest - VERBATIM)
        return round(1.0 / (1.0 + math.exp(-z)), 3)

    def finding(self, candidate: Candidate, risk: Suspicion, score: float) -> tuple[Severity | None, float]:
        """(severity, confidence) of a candidate; severity None: too unlikely to be reported.

        What a detector calls grave and is more likely not is reported as minor, what it calls minor and is likely grave as
        major. A word that another replaced is grave where nothing else differs: a paraphrase does not stop at one word.
        """
        confidence = self.confidence(candidate.kind, candidate.strength, risk, score)
        if confidence < self._report:
            return None, confidence
        if risk.rest > _NOTHING_ELSE and confidence >= _SUBSTITUTED.get(candidate.kind, 1.0):
            return "major" if candidate.severity == "minor" else candidate.severity, confidence
        floor = self._major.get(candidate.kind.partition(".")[0], self._major[group_of(candidate.kind)])
        grave = self.gravity(candidate.kind, candidate.strength, risk, score) >= floor
        if candidate.severity != "minor":
            return candidate.severity if grave else "minor", confidence
        return "major" if grave and not candidate.kind.startswith(_NEVER_GRAVE) else "minor", confidence

    def score(self, facts: Mapping[str, float]) -> float:
        """Drift of a pair in [0, 1]."""
        z = self._bias + sum(weight * facts.get(name, 0.0) for name, weight in self._score.items())
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z)))), 4)


def combined(fitted: float, charge: float) -> float:
    """The score of a pair, 0..1: what the fitted model says, and at least half of its `expected_charge`.

    The whole of it would set the score of every sentence with a sure finding, and what else is wrong there would not count
    (`benchmarks/judge.py --unseen german`, DEMETR, when this was chosen: 0.965 with all of it, 0.972 with half). A tenth of the
    lower one is added: of two sentences with the same finding the better one stays better.
    """
    floor = _FLOOR * charge
    return round(min(1.0, max(fitted, floor) + _BESIDE * min(fitted, floor)), 4)


def expected_charge(findings: Sequence[Finding]) -> float:
    """Severity weights of what is sure and at least major, each times its confidence, capped and scaled as in `typology`: in [0, 1].

    What is certain about a few words must not drown in a long sentence that is otherwise the same. What is not certain is in
    the fitted score already: counted again it only adds noise (held-out DEMETR 0.961 with it, 0.968 without).
    """
    charge = sum(
        SEVERITY_WEIGHT[f.severity] * f.confidence
        for f in findings
        if f.severity != "minor" and f.confidence >= (SURE if f.detector in _BY_DEGREE else _SURE_EXACT)
    )
    return round(min(charge, SEGMENT_CAP) / SEGMENT_CAP, 4)


def logit(score: float) -> float:
    """Log-odds of a score, clipped to [-5, 5]."""
    p = min(max(score, 1e-3), 1 - 1e-3)
    return max(-5.0, min(5.0, math.log(p / (1 - p))))


@lru_cache(maxsize=1)
def default_weigher() -> Weigher:
    """The shipped weights, read once per process."""
    return Weigher(json.loads(_SHIPPED.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def shipped_name() -> str:
    """A digest of the shipped weights and of the risk network they were fitted with, for signatures."""
    from hashlib import sha256

    from drift.judge.risk import SHIPPED as NETWORK

    digest = sha256(_SHIPPED.read_bytes())
    digest.update(NETWORK.read_bytes())
    return digest.hexdigest()[:12]
