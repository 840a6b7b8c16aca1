"""What a detector is, and what it hands over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from drift.judge.analysis import Analysis
from drift.typology import Category, Severity

__all__ = ["Candidate", "Detector", "quote"]

Range = tuple[int, int]  # token indices, half-open


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suspicion with its place: what a detector saw, before anything is weighed against anything else."""

    kind: str  # "name.swap", "number.value", …: the key under which confidence is calibrated
    category: Category
    severity: Severity
    strength: float  # 0..1, the detector's own certainty
    message: str  # one plain sentence
    ref: Range | None = None
    hyp: Range | None = None
    evidence: tuple[str, ...] = ()


class Detector(Protocol):
    """One kind of drift; its docstring's first line is its title in `drift explain` and `drift selftest`."""

    name: str
    order: int  # detectors with a lower order explain a word first; later ones do not report it again

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Everything suspicious of this kind between the two sides."""
        ...


def quote(text: str, limit: int = 60) -> str:
    """A short quotation for a message, cut in the middle of nothing."""
    flat = " ".join(text.split())
    return f"“{flat}”" if len(flat) <= limit else f"“{flat[: limit - 1].rstrip()}…”"
