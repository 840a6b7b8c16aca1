"""Base forms of English words, whatever their part of speech."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["lemmas", "same_lemma"]


@lru_cache(maxsize=65536)
def lemmas(word: str) -> frozenset[str]:
    """Every base form that the (case-folded) word can have, the word itself included: "fed" -> {"feed", "fed"}."""
    from lemminflect import getAllLemmas

    found = {form.lower() for forms in getAllLemmas(word).values() for form in forms} if word.isalpha() else set()
    if not found and word.isalpha() and len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found = {word[:-1]}  # plurals of words that no dictionary has, mostly names of peoples and families
    return frozenset(found | {word})


def same_lemma(a: str, b: str) -> bool:
    """Whether the two words can be forms of one word."""
    return a == b or bool(lemmas(a) & lemmas(b))
