"""Names said in full on one side and short on the other: initials, the head noun alone, one entity, joined or hyphenated."""

from __future__ import annotations

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
    for a, start_a, end_a in ref:
        for b, start_b, end_b in hyp:
            if end_a - start_a == 1 and end_b - start_b == 1:  # compared before, one by one
                if _head_of(a, b) or _head_of(b, a):
                    known[0].add(start_a)
                    known[1].add(start_b)
                continue
            if _initials(a, b) or _initials(b, a) or one_entity(a, b) or one_people(a.casefold(), b.casefold()) or _joined(a) == _joined(b):
                known[0].update(range(start_a, end_a))
                known[1].update(range(start_b, end_b))
    return known


def _windows(side: Side) -> list[tuple[str, int, int]]:
    """(text, start, end) of the stretches of up to nine words that begin and end with a capital and may be a name."""
    large = [t.text[:1].isupper() and t.is_word for t in side.tokens]
    small = [t.norm in JOINTS or (k > 0 and side.words[k - 1] == "-") for k, t in enumerate(side.tokens)]  # "Co-operation"
    out = []
    for start, flag in enumerate(large):
        for end in range(start + 1, min(start + _LONGEST, len(large) + 1)):
            if not flag or not (large[end - 1] or small[end - 1]):
                break
            if large[end - 1]:
                a, b = side.span(start, end)
                out.append((side.text[a:b], start, end))
    return out


def _initials(short: str, full: str) -> bool:
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 6 and letters.isupper()) or " " not in full:
        return False
    words = [w for w in full.replace("-", " ").split() if w.casefold() not in JOINTS]
    return letters in ("".join(w[0] for w in words), "".join(w[0] for w in words if w[0].isupper()))  # "Co-operation" is one


def _head_of(short: str, word: str) -> bool:
    """Whether the last of some initials is an ordinary noun written large: "the EU" ~ "the Union"."""
    initials = 2 <= len(short) <= 5 and short.isupper() and word[:1] == short[-1]
    return initials and word.istitle() and len(word) > 3 and is_ordinary(word.casefold())


def _joined(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
