"""Names said in full on one side and short on the other: initials, the head noun alone, one entity, joined or hyphenated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drift.judge.analysis import Analysis
from drift.judge.side import Side
from drift.lexicon.gazetteer import is_ordinary, one_entity, one_people

__all__ = ["JOINTS", "same_in_full"]

JOINTS: Final = frozenset("- ' ’ d l of the and for on in de du la le van von bin al".split())  # small words inside a name
_LONGEST = 10  # words of the longest name


def same_in_full(pair: Analysis) -> tuple[set[int], set[int]]:
    """Words of both sides that belong to one name of several words, written short, joined or otherwise on the other side.

    "UN" ~ "United Nations" (initials), "USA" ~ "United States" (one entry), "Alma-Ata" ~ "Almaty", "Nur-Sultan" ~ "Nursultan".
    """
    ref, hyp = _windows(pair.ref), _windows(pair.hyp)
    known: tuple[set[int], set[int]] = (set(), set())
    for a in ref:
        for b in hyp:
            if a.end - a.start == 1 and b.end - b.start == 1:  # compared before, one by one
                alike = _head_of(a.text, b.text) or _head_of(b.text, a.text)
            else:
                alike = (
                    a.letters in b.initials or b.letters in a.initials or a.joined == b.joined
                    or one_entity(a.text, b.text) or one_people(a.folded, b.folded)
                )  # fmt: skip
            if alike:
                known[0].update(range(a.start, a.end))
                known[1].update(range(b.start, b.end))
    return known


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of words that may be a name: `letters` it may be short for ("" for none), and those that may be short for it."""

    text: str
    start: int
    end: int
    folded: str
    joined: str
    letters: str
    initials: tuple[str, ...]


def _window(text: str, start: int, end: int) -> _Window:
    folded, letters = text.casefold(), text.replace(".", "")
    short = 2 <= len(letters) <= 6 and letters.isupper()
    words = [w for w in text.replace("-", " ").split() if w.casefold() not in JOINTS] if " " in text else []
    every, large = "".join(w[0] for w in words), "".join(w[0] for w in words if w[0].isupper())  # "Co-operation" is one
    joined = "".join(c for c in folded if c.isalnum())
    return _Window(text, start, end, folded, joined, letters if short else "", tuple(filter(None, (every, large))))


def _windows(side: Side) -> list[_Window]:
    """The stretches of up to nine words that begin and end with a capital and may be a name."""
    large = [t.text[:1].isupper() and t.is_word for t in side.tokens]
    small = [t.norm in JOINTS or (k > 0 and side.words[k - 1] == "-") for k, t in enumerate(side.tokens)]  # "Co-operation"
    out = []
    for start, flag in enumerate(large):
        for end in range(start + 1, min(start + _LONGEST, len(large) + 1)):
            if not flag or not (large[end - 1] or small[end - 1]):
                break
            if large[end - 1]:
                a, b = side.span(start, end)
                out.append(_window(side.text[a:b], start, end))
    return out


def _head_of(short: str, word: str) -> bool:
    """Whether the last of some initials is an ordinary noun written large: "the EU" ~ "the Union"."""
    initials = 2 <= len(short) <= 5 and short.isupper() and word[:1] == short[-1]
    return initials and word.istitle() and len(word) > 3 and is_ordinary(word.casefold())
