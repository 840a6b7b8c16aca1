"""A pair in numbers: what the alignment and the detectors say, as named facts that the fitted model reads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate
from drift.judge.features import CATEGORIES, category_at
from drift.judge.risk import WordRisk

__all__ = ["Suspicion", "evidence", "suspicion"]


class Suspicion(NamedTuple):
    """What the risk network says of the words that a candidate points at, and what the other words look like."""

    risk: float  # the highest log-odds among them, -6..6; -6 where it points at none
    kind: float  # natural log of the probability that the most distrusted word's error is of the candidate's category, -4..0
    rest: float  # share of the other words that were taken over as they are, 0..1: at 1 nothing else in the sentence differs
    change: float  # the highest log-odds among its words that an error there changes the meaning, -6..6


def evidence(pair: Analysis, candidates: Sequence[Candidate], risk: WordRisk | None = None) -> dict[str, float]:
    """Facts by name; all finite, most in [0, 1]. `f1` is BERTScore's (Zhang et al., ICLR 2020) greedy matching."""
    ref, hyp, cosine = pair.ref, pair.hyp, pair.cosine
    facts: dict[str, float] = {}
    if cosine.size:
        best_ref, best_hyp = cosine.max(1), cosine.max(0)
        recall, precision = float(best_ref.mean()), float(best_hyp.mean())
    else:
        best_ref, best_hyp = np.zeros(len(ref.tokens)), np.zeros(len(hyp.tokens))
        recall = precision = 0.0
    facts["recall"], facts["precision"] = recall, precision
    facts["f1"] = 2 * recall * precision / (recall + precision) if recall + precision > 0 else 0.0
    weight_ref, weight_hyp = ref.weight, hyp.weight
    facts["recall_low"], facts["precision_low"] = _lowest(best_ref, ref.is_word), _lowest(best_hyp, hyp.is_word)
    facts["recall_weighted"] = _mean(best_ref, weight_ref)
    facts["precision_weighted"] = _mean(best_hyp, weight_hyp)
    linked = np.array([float(cosine[i, j]) for i, j in pair.links if ref.is_word[i]] or [0.0])
    facts["link_mean"], facts["link_low"] = float(linked.mean()), float(np.sort(linked)[: max(1, len(linked) // 5)].mean())
    facts["link_min"] = float(linked.min())
    facts["lost"] = _left(weight_ref, pair.to_hyp)
    facts["added"] = _left(weight_hyp, pair.to_ref)
    facts["lost_words"] = sum(w and i not in pair.to_hyp for i, w in enumerate(ref.is_word)) / max(1, sum(ref.is_word))
    facts["added_words"] = sum(w and j not in pair.to_ref for j, w in enumerate(hyp.is_word)) / max(1, sum(hyp.is_word))
    facts["order"] = _disorder([j for i, j in pair.links if ref.is_word[i]])
    facts["length"] = float(np.log((1 + len(hyp.text)) / (1 + len(ref.text))))
    mean_ref, mean_hyp = _pooled(ref.vectors, weight_ref), _pooled(hyp.vectors, weight_hyp)
    facts["pooled"] = float(mean_ref @ mean_hyp)
    facts["exact"] = sum(ref.words[i] == hyp.words[j] for i, j in pair.links) / max(1, len(ref.tokens), len(hyp.tokens))
    if risk is not None:
        soft_hyp, soft_ref = np.logaddexp(0.0, risk.hyp), np.logaddexp(0.0, risk.ref)
        facts["charge"], facts["change"] = risk.charge, risk.change
        # The first errors count for more than the tenth, and that nothing changed is one thing whatever the odds.
        facts["charge_log"], facts["change_soft"] = math.log(risk.charge + 0.3), float(np.logaddexp(0.0, risk.change))
        facts["risk"] = float(soft_hyp.sum() + soft_ref.sum())
        facts["risk_top"] = float(max(soft_hyp.max(initial=0.0), soft_ref.max(initial=0.0)))
        for side, odds in (("hyp", risk.hyp_change), ("ref", risk.ref_change)):
            facts[f"change_{side}"] = math.log(float(np.logaddexp(0.0, odds).sum()) + 0.05)
        of_kind = soft_hyp @ risk.hyp_kinds + soft_ref @ risk.ref_kinds
        facts |= {f"risk:{category}": share for category, share in zip(CATEGORIES, of_kind.tolist(), strict=True)}
    for candidate in candidates:
        if candidate.kind.startswith("risk."):  # counted in `risk` already
            continue
        key = f"kind:{candidate.kind}"
        facts[key] = min(facts.get(key, 0.0) + candidate.strength, 2.0)
    return {k: round(float(v), 4) for k, v in facts.items()}


def _mean(values: np.ndarray, weight: np.ndarray) -> float:
    total = float(weight.sum())
    return float((values * weight).sum() / total) if total > 0 else float(values.mean()) if values.size else 0.0


def _lowest(best: np.ndarray, is_word: tuple[bool, ...]) -> float:
    """Mean of the three words with the lowest values (of the marks, where there is no word): how little the other side has of them."""
    words = best[np.array(is_word, bool)] if any(is_word) else best
    return float(np.sort(words)[:3].mean()) if words.size else 0.0


def _left(weight: np.ndarray, links: dict[int, int]) -> float:
    """Share of the weight that no link carries."""
    total = float(weight.sum())
    return sum(float(w) for k, w in enumerate(weight) if k not in links) / total if total > 0 else 0.0


def _pooled(vectors: np.ndarray, weight: np.ndarray) -> np.ndarray:
    mean = (vectors * weight[:, None]).sum(0) if len(weight) else np.zeros(vectors.shape[1])
    norm = float(np.linalg.norm(mean))
    return mean / norm if norm > 0 else mean


def _disorder(places: Sequence[int]) -> float:
    """Share of neighbouring links that go backwards: 0 in order, 1 reversed."""
    if len(places) < 2:
        return 0.0
    return sum(b < a for a, b in pairwise(places)) / (len(places) - 1)


def suspicion(candidate: Candidate, risk: WordRisk, pair: Analysis) -> Suspicion:
    """The network's opinion of a candidate of the pair."""
    rest = _rest(candidate, pair)
    rows = [
        (float(odds[k]), kinds[k], float(change[k]))
        for where, odds, kinds, change in (
            (candidate.hyp, risk.hyp, risk.hyp_kinds, risk.hyp_change),
            (candidate.ref, risk.ref, risk.ref_kinds, risk.ref_change),
        )
        for k in range(*(where or (0, 0)))
    ]
    if not rows:
        return Suspicion(-6.0, -4.0, rest, -6.0)
    odds, kinds, _ = max(rows, key=lambda row: row[0])
    change = max(row[2] for row in rows)
    category = category_at(candidate.category)
    kind = -4.0 if category is None else math.log(max(float(kinds[category]), 1e-9))
    return Suspicion(round(_clipped(odds), 3), round(max(kind, -4.0), 2), rest, round(_clipped(change), 3))


def _clipped(odds: float) -> float:
    return min(max(odds, -6.0), 6.0)


def _rest(candidate: Candidate, pair: Analysis) -> float:
    ref, hyp = range(*(candidate.ref or (0, 0))), range(*(candidate.hyp or (0, 0)))
    equal = sum(pair.ref.words[i] == pair.hyp.words[j] for i, j in pair.links if i not in ref and j not in hyp)
    return round(equal / max(1, len(pair.ref.tokens) - len(ref), len(pair.hyp.tokens) - len(hyp)), 3)
