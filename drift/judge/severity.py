"""From suspicion to finding and to score: the fitted weights, and how they are applied."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from drift.judge.detector import Candidate
from drift.records import Finding
from drift.typology import SEVERITIES, Severity, segment_score

__all__ = ["Weigher", "default_weigher"]

_SHIPPED = Path(__file__).parent / "weights.json"


class Weigher:
    """Applies the weights of one JSON file (written by ``benchmarks/fit_judge.py``)."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self._weights = weights
        self.name = str(weights.get("name", "unfitted"))

    def finding(self, candidate: Candidate, facts: Mapping[str, float]) -> tuple[Severity | None, float]:
        """(severity, confidence) of a candidate; severity None: too unlikely to be reported."""
        entry = self._weights.get("kinds", {}).get(candidate.kind)
        confidence = candidate.strength
        if entry is not None:
            z = float(entry["bias"]) + float(entry["strength"]) * candidate.strength
            z += sum(float(w) * facts.get(k, 0.0) for k, w in self._weights["context"].items())
            confidence = 1.0 / (1.0 + math.exp(-z))
        confidence = round(confidence, 3)
        if confidence < float(self._weights.get("report", 0.3)):
            return None, confidence
        severity = candidate.severity
        if confidence < float(self._weights.get("major", 0.5)) and severity != "minor":
            severity = SEVERITIES[max(0, SEVERITIES.index(severity) - 1)]
        return severity, confidence

    def score(self, findings: Sequence[Finding], facts: Mapping[str, float]) -> float:
        """Drift in [0, 1]: the fitted model over all facts where there is one, else the findings' severity weights."""
        model = self._weights.get("score")
        if not model:
            return round(segment_score([f.severity for f in findings]), 4)
        z = float(model["bias"]) + sum(float(w) * facts.get(k, 0.0) for k, w in model["weights"].items())
        return round(1.0 / (1.0 + math.exp(-z)), 4)


@lru_cache(maxsize=1)
def default_weigher() -> Weigher:
    """The shipped weights, read once per process."""
    return Weigher(json.loads(_SHIPPED.read_text(encoding="utf-8")) if _SHIPPED.is_file() else {})
