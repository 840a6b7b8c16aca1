"""Why a pair has the score it has: the alignment, what every detector said and what became of it, and what weighed most.

A weight alone explains nothing, for every fact has some value in a faithful pair too. What a fact contributes is therefore
its weight times how far its value is from the value that the same fact has when the reference is compared with itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from drift.judge import Pair
from drift.judge.analysis import analyse
from drift.judge.detector import Candidate
from drift.judge.evidence import evidence, suspicion
from drift.judge.risk import default_risk
from drift.judge.severity import default_weigher, expected_charge
from drift.judge.side import read_sides
from drift.judge.suspects import NAME, TITLE
from drift.judge.tagger import default_tagger
from drift.judge.verdicts import DETECTORS, examine, first_explanation, judge_pairs, with_suspects
from drift.records import PairDrift
from drift.typology import Severity

__all__ = ["FACTS", "Aligned", "Contribution", "Explanation", "Opinion", "explain", "titles"]

FACTS: Final = {
    "recall": "how well the reference's words are found",
    "precision": "how well the hypothesis's words are founded",
    "f1": "likeness of the words (BERTScore's F1)",
    "recall_weighted": "how well the reference's weighty words are found",
    "precision_weighted": "how well the hypothesis's weighty words are founded",
    "recall_low": "how well the three worst found words of the reference are found",
    "precision_low": "how well the three worst founded words of the hypothesis are founded",
    "link_mean": "mean likeness of linked words",
    "link_low": "mean likeness of the least alike fifth of the links",
    "link_min": "likeness of the least alike link",
    "lost": "weight of the reference's words without a link",
    "added": "weight of the hypothesis's words without a link",
    "lost_words": "share of the reference's words without a link",
    "added_words": "share of the hypothesis's words without a link",
    "order": "share of links that run backwards",
    "length": "how much longer the hypothesis is",
    "pooled": "likeness of the sentences as wholes",
    "exact": "share of words taken over as they are",
    "risk": "distrust of the words, summed (risk network)",
    "risk_top": "distrust of the worst word (risk network)",
    "charge": "what the words' errors add up to (risk network)",
    "charge_log": "the same on a logarithmic scale: the first errors count for more than the tenth",
    "change": "log-odds that any of them changes the meaning (risk network)",
    "change_soft": "the same, where nothing below even odds counts for much",
    "change_ref": "changes of meaning in the reference's words, on a logarithmic scale (risk network)",
    "change_hyp": "changes of meaning in the hypothesis's words, on a logarithmic scale (risk network)",
}


@dataclass(frozen=True, slots=True)
class Aligned:
    """One row of the word alignment; None on the side that has nothing."""

    reference: str | None
    hypothesis: str | None
    similarity: float | None  # cosine in context, -1..1
    relation: str  # "same word", "synonym", "antonym", …; "" for words the lexicon does not relate


@dataclass(frozen=True, slots=True)
class Opinion:
    """One suspicion and what became of it."""

    detector: str
    candidate: Candidate
    confidence: float | None  # None: another detector had explained the same words before
    severity: Severity | None  # as reported; None: not reported

    @property
    def outcome(self) -> str:
        """One of "reported", "already explained", "too unlikely"."""
        if self.confidence is None:
            return "already explained"
        return "too unlikely" if self.severity is None else "reported"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one fact adds to the log-odds of the score, against the reference compared with itself."""

    fact: str
    meaning: str
    value: float
    usual: float  # its value for the reference against itself
    weight: float

    @property
    def amount(self) -> float:
        """Added to the log-odds; above 0 raises the score."""
        return self.weight * (self.value - self.usual)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one verdict."""

    verdict: PairDrift
    alignment: tuple[Aligned, ...]
    opinions: tuple[Opinion, ...]
    fitted: float  # score of the fitted model, 0..1
    charge: float  # what the findings' severities and confidences weigh, 0..1; for the verdict see `severity.combined`
    contributions: tuple[Contribution, ...]  # largest amount first


def titles() -> dict[str, str]:
    """Detector -> its title, the first line of its docstring, in the order in which they are asked; the risk network last."""
    return {d.name: (type(d).__doc__ or d.name).strip().splitlines()[0] for d in DETECTORS} | {NAME: TITLE}


def explain(reference: str, hypothesis: str, source: str | None = None, language: str | None = None) -> Explanation:
    """Judge one pair and keep everything that led to the verdict."""
    from drift.align.words import default_encoder

    verdict = judge_pairs([Pair(reference, hypothesis, source, language)])[0]
    sides = read_sides([reference, hypothesis], default_encoder(), default_tagger())
    pair, itself = analyse(sides[reference], sides[hypothesis]), analyse(sides[reference], sides[reference])
    said = examine(pair)
    kept = first_explanation(said)
    risk, risk_itself = default_risk().of([pair, itself], [[c for _, c in kept], []])
    weigh = default_weigher()
    kept = with_suspects(kept, pair, risk)
    said += [x for x in kept if x not in said]
    facts = evidence(pair, [c for _, c in kept], risk)
    fitted = weigh.score(facts) if verdict.evidence else 0.0
    usual = evidence(itself, [], risk_itself)
    opinions = []
    for name, candidate in said:
        if (name, candidate) in kept:
            severity, confidence = weigh.finding(candidate, suspicion(candidate, risk, pair), weigh.score(facts))
            opinions.append(Opinion(name, candidate, confidence, severity))
        else:
            opinions.append(Opinion(name, candidate, None, None))
    contributions = [
        Contribution(
            name,
            FACTS.get(name, name.replace("kind:", "detector: ").replace("risk:", "risk network: ")),
            facts.get(name, 0.0),
            usual.get(name, 0.0),
            weight,
        )
        for name, weight in _fact_weights().items()
    ]
    moved = sorted((c for c in contributions if abs(c.amount) >= 0.005), key=lambda c: (-abs(c.amount), c.fact))
    rows: list[Aligned] = []
    for i, token in enumerate(pair.ref.tokens):
        if not token.is_word:
            continue
        j = pair.to_hyp.get(i)
        if j is None:
            rows.append(Aligned(token.text, None, None, ""))
        else:
            rows.append(
                Aligned(token.text, pair.hyp.tokens[j].text, float(pair.cosine[i, j]), _relation(pair.relation(i, j)))
            )
    rows.extend(
        Aligned(None, token.text, None, "")
        for j, token in enumerate(pair.hyp.tokens)
        if token.is_word and j not in pair.to_ref
    )
    return Explanation(verdict, tuple(rows), tuple(opinions), fitted, expected_charge(verdict.findings), tuple(moved))


@lru_cache(maxsize=1)
def _fact_weights() -> dict[str, float]:
    shipped = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    return {str(name): float(weight) for name, weight in shipped["score"].items()}


def _relation(name: str) -> str:
    return {"none": "", "same": "same word", "hypernym": "more general", "hyponym": "more specific"}.get(name, name)
