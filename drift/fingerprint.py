"""Stable ids of findings: the same finding in the next run has the same id, whatever was edited elsewhere."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from drift.records import Bead, Finding, Sentence

__all__ = ["with_ids"]

LENGTH = 12  # hex digits: 10^-5 chance of two equal ids in a report of 50,000 findings


def with_ids(copy_id: str, beads: Sequence[Bead]) -> tuple[Bead, ...]:
    """The beads with an id on every finding, made of the copy, the category, the words on both sides and a count.

    The copy's side is its own text, not the translation: another MT model must not rename a finding. The count tells
    equal findings apart in reading order.
    """
    seen: Counter[str] = Counter()

    def identified(bead: Bead, finding: Finding) -> Finding:
        place = finding.copy_span or finding.translation_span
        key = "\x1f".join(
            [
                copy_id,
                finding.category,
                _plain(_own_text(bead.reference)),
                _plain(_own_text(bead.copy)),
                _plain(finding.reference_span.text if finding.reference_span else ""),
                _plain(place.text if place else ""),
            ]
        )
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\x1f{seen[key]}".encode()).hexdigest()
        return replace(finding, id=digest[:LENGTH])

    return tuple(replace(bead, findings=tuple(identified(bead, f) for f in bead.findings)) for bead in beads)


def _own_text(sentences: Sequence[Sentence]) -> str:
    return " ".join(s.text for s in sentences)


def _plain(text: str) -> str:
    """Case, blanks and typography aside."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\W+", " ", folded).strip()
