"""All evidence on many findings at once; every sentence is scored and embedded once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from drift.attribution.case import Case, Fact
from drift.attribution.forced import score_cases
from drift.attribution.nearness import measure
from drift.attribution.source import source_facts

if TYPE_CHECKING:
    from drift.align.encoders import SentenceEncoder
    from drift.translate.base import Translator

__all__ = ["gather_facts"]


def gather_facts(
    cases: Sequence[Case], *, translator: Translator | None, encoder: SentenceEncoder | None
) -> list[list[Fact]]:
    """The facts of each case, same order; all cases are in the language that `translator` reads."""
    forced = score_cases(cases, translator) if translator is not None else None
    near = measure(cases, encoder) if encoder is not None else None
    facts = []
    for case in cases:
        found = list(source_facts(case))
        if forced is not None:
            found += forced.facts(case)
        if near is not None:
            found += near.facts(case)
        facts.append(found)
    return facts
