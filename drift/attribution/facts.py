"""All evidence on many findings at once; every sentence is scored and embedded once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from drift.attribution.case import Case, Fact
from drift.attribution.extent import extent_facts
from drift.attribution.forced import score_cases
from drift.attribution.glossed import glossed_facts
from drift.attribution.nearness import measure
from drift.attribution.second import ask, ask_again
from drift.attribution.source import source_facts
from drift.translate.flags import BROKEN

if TYPE_CHECKING:
    from drift.align.encoders import SentenceEncoder
    from drift.translate.base import Translator

__all__ = ["gather_facts"]


def gather_facts(
    cases: Sequence[Case],
    *,
    translator: Translator | None,
    encoder: SentenceEncoder | None,
    second: Translator | None = None,
) -> list[list[Fact]]:
    """The facts of each case, same order; all cases are in the language that `translator` and `second` read."""
    forced = score_cases(cases, translator) if translator is not None else None
    near = measure(cases, encoder) if encoder is not None else None
    again = ask_again(cases, translator) if translator is not None else None
    other = ask(cases, second) if second is not None else None
    facts = []
    for case in cases:
        found = [*source_facts(case), *glossed_facts(case), *extent_facts(case), *_broken(case)]
        for evidence in (forced, near, again, other):
            if evidence is not None:
                found += evidence.facts(case)
        facts.append(found)
    return facts


def _broken(case: Case) -> Iterator[Fact]:
    """A translation that looks wrong by itself: whatever is found in it says little about the copy."""
    signs = [f for f in case.flags if f in BROKEN]
    if signs:
        yield Fact("broken", 1.0, f"the translation itself looks wrong ({', '.join(signs)})")
