"""Glosses: what only says of something that is named already what everybody knows of it."""

from __future__ import annotations

from typing import Final

from drift.judge.side import Side

__all__ = ["explains_a_name", "is_gloss"]

_OPEN: Final = frozenset({",", "(", "–", "—", "-", ":", "["})
_CLOSE: Final = frozenset({",", ")", "–", "—", "-", ".", ";", "]", "!", "?"})
_FINITE: Final = ("VBD", "VBZ", "VBP", "MD")
_NEW: Final = 0.7  # share of a gloss's content words that the other side does not have
_LONGEST: Final = 12  # words
_KINDS: Final = frozenset(
    "city town village state province region island capital river district county country port lake mountain republic daily "
    "newspaper magazine suburb municipality territory resort oblast canton department".split()
)
_SCALES: Final = frozenset("celsius centigrade fahrenheit kelvin".split())


def is_gloss(side: Side, run: list[int], links: dict[int, int], other: Side) -> bool:
    """Whether a name that the other side lacks only explains one that it has.

    It stands in an apposition ("Manila, the capital of the Philippines"), before the kind of a place that is named ("the Indian
    city of Kolkata"), or is a scale of temperature that the other side takes for granted.
    """
    return _scale(side, run, other) or _before_kind(side, run, links) or _apposed(side, run, links) is not None


def explains_a_name(side: Side, run: list[int], links: dict[int, int]) -> bool:
    """Whether words that the other side lacks are an apposition to a name, and explain it by another: "the Israeli parliament"."""
    told = _apposed(side, run, links)
    return told is not None and side.name[told]


def _scale(side: Side, run: list[int], other: Side) -> bool:
    return all(side.words[k] in _SCALES for k in run) and _SCALES.isdisjoint(other.words)


def _before_kind(side: Side, run: list[int], links: dict[int, int]) -> bool:
    after = run[-1] + 1
    for k in range(after, min(after + 3, len(side.words) - 2)):
        if side.words[k] in _KINDS and side.words[k + 1] == "of":
            named = range(k + 2, min(k + 5, len(side.words)))
            return any(m in links and side.name[m] for m in named)
        if not side.tags.tag[k].startswith(("JJ", "NN")):
            return False
    return False


def _apposed(side: Side, run: list[int], links: dict[int, int]) -> int | None:
    """What an apposition with a name in it, of which the other side has next to nothing, is about; None where it is none."""
    start = next((k for k in range(run[0] - 1, -1, -1) if side.words[k] in _OPEN), None)
    if not start:
        return None
    end = next((k for k in range(run[-1] + 1, len(side.words)) if side.words[k] in _CLOSE), len(side.words))
    inside = range(start + 1, end)
    if len(inside) > _LONGEST or any(side.tags.tag[k].startswith(_FINITE) for k in inside) or not any(side.name[k] for k in inside):
        return None
    content = [k for k in inside if side.content[k] or side.name[k]]
    new = sum(k not in links for k in content) >= _NEW * len(content)
    told = next((k for k in range(start - 1, -1, -1) if side.is_word[k]), None)  # what the gloss is about
    if not new or told is None or told not in links:
        return None
    return told if side.name[told] or side.tags.tag[told].startswith("NN") else None
