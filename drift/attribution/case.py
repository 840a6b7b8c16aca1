"""One finding in a translated copy, with the three sentences it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from drift.records import Finding

__all__ = ["Case", "Fact", "form_of", "kind_of"]

_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Case:
    """A finding, its spans in the pair's own texts, and what the copy itself says there."""

    finding: Finding
    reference: str
    hypothesis: str  # the translation of `source`, as it was judged
    source: str  # the copy's own words
    language: str  # of `source`, ISO 639-1
    flags: tuple[str, ...] = ()  # of the translations that make up the hypothesis
    ratio: float | None = None  # letters of English for one of the source, as is usual in the copy; None where it is too short

    @property
    def lost(self) -> str:
        """The reference's words in question, "" where something was added."""
        return self.finding.reference_span.text if self.finding.reference_span else ""

    @property
    def gained(self) -> str:
        """The translation's words in question, "" where something is missing."""
        return self.finding.copy_span.text if self.finding.copy_span else ""

    def with_reference_words(self) -> str | None:
        """The translation with its words in question exchanged for the reference's; None where no place can be told.

        This is the smallest sentence that undoes the finding, so that comparing it with the translation asks about
        these words alone (contrastive conditioning, Vamvas & Sennrich, ACL 2022).
        """
        there = self.finding.copy_span
        if there is None:
            return None
        return _SPACES.sub(" ", self.hypothesis[: there.start] + self.lost + self.hypothesis[there.end :]).strip()


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of evidence: its name in the weights, how much of it there is, and how it is said."""

    name: str
    value: float  # most in [-1, 1]
    phrase: str = ""  # one plain phrase; "" is weighed but not worth saying


def form_of(finding: Finding) -> str:
    """What became of the words: "lost", "added" or "changed"."""
    return "lost" if finding.copy_span is None else "added" if finding.reference_span is None else "changed"


def kind_of(finding: Finding) -> str:
    """The key under which the instrument's habits are counted: the detector, and what became of the words."""
    form = form_of(finding)
    if finding.detector == "names" and finding.category == "name":
        form = "spelling" if finding.severity == "minor" else form
    return f"{finding.detector or finding.category}.{form}"
