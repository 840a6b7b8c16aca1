"""Small edits of a sentence by its tokens, used by the perturbations and the faithful rewrites."""

from __future__ import annotations

from drift.judge.side import Side

__all__ = ["fitting", "noun_phrase", "spliced"]

_LEFT = frozenset("det amod compound poss nummod case predet quantmod".split())


def spliced(side: Side, start: int, end: int, new: str) -> str:
    """The text with the tokens start..end-1 replaced; what is taken out at the front leaves a capital behind."""
    a, b = side.span(start, end)
    before, after = side.text[:a], side.text[b:]
    if new:
        return before + new + after
    text = (before.rstrip() + after) if before.strip() else after.lstrip(" ,")
    return text[:1].upper() + text[1:] if start == 0 else text


def fitting(word: str, old: str) -> str:
    """The word with the capital of the one that it replaces."""
    return word[:1].upper() + word[1:] if old[:1].isupper() else word


def noun_phrase(side: Side, noun: int) -> tuple[int, int]:
    """Token range from the noun's first determiner, adjective or possessor to the noun itself."""
    start = noun
    while start and (side.tags.dep[start - 1] in _LEFT and side.is_word[start - 1]):
        start -= 1
    return start, noun + 1
