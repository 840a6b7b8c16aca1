"""Words that a small model garbled or left as they were, put right from a word list.

A model with too few pieces for a rare word spells something: "récolte" becomes "recoltch". The nearest source word by spelling is the one
that it stumbled over, and its usual translation says more than letters do (Luong et al., ACL 2015, replace unknown words so).
"""

from __future__ import annotations

import re
from typing import Final

from drift.lexicon import wordnet
from drift.lexicon.gazetteer import commonness
from drift.lexicon.lemmas import lemmas
from drift.translate.glossary import Glossary

__all__ = ["mend"]

_WORD: Final = re.compile(r"(?<![\w'’-])[^\W\d_]{4,}(?![\w'’-])")
_SOURCE_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_UNHEARD: Final = 1.8  # Zipf frequency below which a word that no dictionary has is none
_ALIKE: Final = 0.6  # likeness of spelling, 0..1, at which a garbled word comes from a source word
_FRONT: Final = 2  # letters that both have in common at the front
_SURE: Final = 0.5  # the same for a word written large
_USUAL: Final = 0.25  # probability of a translation that is worth putting in


def mend(translation: str, source: str, glossary: Glossary) -> str:
    """The English translation with every word that is none exchanged for what its source word usually means.

    A word written large is exchanged only where the model left it as it stood, and it is no name: it is written small in the source, or
    what it means is written large in English ("Mercredi").

    Left alone: what has no source word of its spelling, or one whose translation stands in the sentence already.
    """
    there = frozenset[str]().union(*(lemmas(m.group().casefold()) for m in _WORD.finditer(translation)))

    def exchanged(match: re.Match[str]) -> str:
        word = match.group()
        if wordnet.known(word.casefold()) or wordnet.is_proper(word.casefold()) or (word.islower() and commonness(word) >= _UNHEARD):
            return word
        better = _meaning(word, source, glossary) if word.islower() else _left(word, source, glossary)
        return word if better is None or not lemmas(better.casefold()).isdisjoint(there) else better

    return _WORD.sub(exchanged, translation)


def _meaning(word: str, source: str, glossary: Glossary) -> str | None:
    """The usual translation of the source word that looks most like `word`."""
    from anyascii import anyascii
    from rapidfuzz.fuzz import ratio

    plain = anyascii(word).casefold()
    best, found = _ALIKE, None
    for match in _SOURCE_WORD.finditer(source):
        form = match.group()
        if not form.islower():
            continue  # a name
        folded = anyascii(form).casefold()
        likeness = ratio(plain, folded) / 100
        if folded[:_FRONT] == plain[:_FRONT] and likeness > best:
            best, found = likeness, form
    return _usual(found or "", glossary, _USUAL)


def _left(word: str, source: str, glossary: Glossary) -> str | None:
    """The usual translation of a word written large that stands in the source as it is, if it is no name."""
    forms = {m.group() for m in _SOURCE_WORD.finditer(source) if m.group().casefold() == word.casefold()}
    better = _usual(word.casefold(), glossary, _SURE) if forms else None
    if better is None or better.casefold() == word.casefold():
        return None
    return better if word.casefold() in forms or better[:1].isupper() else None


def _usual(word: str, glossary: Glossary, least: float) -> str | None:
    """What a source word is translated by most often, if that often: a probability, 0..1."""
    others = glossary.translations.get(word)
    if not others:
        return None
    usual = max(others, key=lambda other: (others[other], other))
    if others[usual] < least:
        return None
    return usual.capitalize() if wordnet.is_proper(usual) else usual  # Welsh, Catalan
