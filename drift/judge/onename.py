"""Whether two words name one person, place or people: spellings, demonyms, initials in another order."""

from __future__ import annotations

from drift.lexicon import wordnet
from drift.lexicon.gazetteer import commonness, is_geographic, is_known_name, is_ordinary, one_entity, one_people
from drift.lexicon.spelling import alike

__all__ = ["SPELLING", "same_name"]

_ERAS = ({"bc", "bce"}, {"ad", "ce"})
SPELLING = 0.72  # `alike` at or above: one name in two spellings, unless both are names of their own


def same_name(a: str, b: str) -> float:
    """Whether `b` (as written) names what `a` names: 1 the same, about 0.8 a variant spelling, below 0.5 another.

    A variant that happens to be a word or a name of its own is another: sounds alone would call them one.
    """
    low_a, low_b = a.casefold(), b.casefold()
    if low_a == low_b or low_a.removesuffix("s") == low_b.removesuffix("s"):
        return 1.0
    if _only_a_word(a, b) or _only_a_word(b, a):
        return 0.2
    if one_entity(low_a, low_b) or {low_a, low_b} in _ERAS:
        return 1.0
    if a != b and a.isupper() and b.isupper() and 2 < len(a) < 6 and sorted(a) == sorted(b) and not set(a) <= set("IVXLCDM"):
        return SPELLING  # initials in the order of another language: NATO ~ OTAN
    if a[:1].isupper() and b[:1].isupper() and one_people(low_a, low_b):
        return 1.0
    closeness = alike(a, b)
    if closeness < SPELLING:
        return 0.4 * closeness
    known_a, known_b = is_known_name(low_a), is_known_name(low_b)
    word_a, word_b = is_ordinary(low_a), is_ordinary(low_b)
    if (known_a and (known_b or word_b)) or (word_a and known_b):
        return 0.2  # two entries of a reference work that are not one entry
    if known_b and closeness < 0.9 and commonness(low_b) >= commonness(low_a):
        return 0.3
    if word_b and not word_a and commonness(low_b) > commonness(low_a) + 1:
        return 0.35
    return closeness


def _only_a_word(name: str, word: str) -> bool:
    """Whether one is a place or a people, and the other is written small and no name at all: Kurds, curds; Nice, nicely."""
    low = name.casefold()
    if not (name[:1].isupper() and word[:1].islower() and wordnet.known(word)) or wordnet.is_proper(word):
        return False
    return is_geographic(low) and not one_people(low, word)
