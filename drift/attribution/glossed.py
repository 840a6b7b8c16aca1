"""Word by word: whether the copy has a word for what the translation lost, and one for what it gained.

A translation that drops or garbles a word leaves the word in the source, where a bilingual word list finds it whatever the model made
of it. The list knows no context, so this is weighed and settles nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from drift.attribution.case import Case, Fact
from drift.lexicon.lemmas import lemmas
from drift.translate.glossary import Glossary, glossary_for

__all__ = ["glossed_facts"]

_WORD: Final = re.compile(r"[^\W\d_]+")
_LEAST: Final = 0.04  # probability from which a word is a translation of another


def glossed_facts(case: Case) -> Iterator[Fact]:
    """Shares of the lost and of the gained words that the source has a word for; nothing in a language without a list."""
    glossary = glossary_for(case.language)
    if glossary is None:
        return
    lost, gained = _words(case.lost, glossary), _words(case.gained, glossary)
    shared = _forms(lost) & _forms(gained)
    lost, gained = ([w for w in words if lemmas(w).isdisjoint(shared)] for words in (lost, gained))
    ours = _meanings(case.source, case.language)
    for words, has, lacks in ((lost, "has_lost", "lacks_lost"), (gained, "has_gained", "lacks_gained")):
        if not words:
            continue
        found = {w: ours[form] for w in words for form in sorted(lemmas(w)) if form in ours}
        share = len(found) / len(words)
        if words is lost and case.finding.detector == "names" and share == 1.0 and all(there[0].isupper() for there in found.values()):
            said = " ".join(dict.fromkeys(found.values()))  # Allemagne is Germany: of names the list is sure
            yield Fact("reference_name", 1.0, f"the original sentence has “{said}”, which is “{case.lost}”")
        elif found:
            word, there = next(iter(found.items()))
            yield Fact(has, round(share, 3), f"the original sentence has “{there}”, a word for “{word}”")
        if len(found) < len(words):
            absent = [w for w in words if w not in found]
            yield Fact(lacks, round(1 - share, 3), f"the original sentence has no usual word for “{' '.join(absent[:4])}”")


def _words(text: str, glossary: Glossary) -> list[str]:
    """The case-folded words of a span that the list could have translated into."""
    return list(dict.fromkeys(w for m in _WORD.finditer(text) if (w := m.group().casefold()) in glossary.targets))


def _forms(words: list[str]) -> frozenset[str]:
    return frozenset[str]().union(*(lemmas(w) for w in words))


@lru_cache(maxsize=4096)
def _meanings(source: str, language: str) -> dict[str, str]:
    """Lemma of every English word that a word of the sentence is translated by -> that word."""
    glossary = glossary_for(language)
    if glossary is None:
        return {}
    found: dict[str, str] = {}
    for word, others in glossary.of(source).items():
        for other, share in others.items():
            if share >= _LEAST:
                for form in lemmas(other):
                    found.setdefault(form, word)
    return found
