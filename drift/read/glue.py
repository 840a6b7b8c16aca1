"""Sentences that lost the blank or the stop between them: "Belarus.The world", "the regimeBut really"."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["glued"]

# a stop with no blank after it, before a capital or (after a word, not an abbreviation) a figure
STOP_GLUED = re.compile(r"(?<=[^\W\d_])(?:[!?…]|\.(?!\.))[\"”»’]?(?=[“«\"]?[^\W\d_])|(?<=[^\W\d_]{4})[.!?…](?=\d)")
CAMEL = re.compile(r"(?<![\w@#/._-])([^\W\d_]{3,})(?![/@._-]\w)")
ADDRESS = re.compile(r"\S*(?:://|www\.|@|\w/\w)\S*|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|news|[a-z]{2})\b(?!\.\w)", re.I)
COMMON_WORDS = 150  # this many most frequent words of a language count as words that open sentences
RIGHT_ZIPF = 4.3  # occurrences per billion words, log10: an everyday word
NAME_ZIPF = 3.0  # below this a capitalised left part is a name, not the first half of a brand ("MediaPart")


def glued(text: str, language: str) -> list[int]:
    """Offsets where a new sentence begins inside what is written as one word."""
    addresses = [m.span() for m in ADDRESS.finditer(text)]
    cuts = []
    for match in STOP_GLUED.finditer(text):
        if any(a <= match.start() < b for a, b in addresses):
            continue
        if text[match.end()].isdigit() or _opens(text, match.start(), match.end()):
            cuts.append(match.end())
    for match in CAMEL.finditer(text):
        cut = _seam(match[1], language)
        if cut is not None and text.count(match[1]) == 1:  # a name comes more than once, an accident does not
            cuts.append(match.start() + cut)
    return cuts


def _opens(text: str, stop: int, after: int) -> bool:
    """Whether the letters around a stop are the end of one word and the capitalised start of another."""
    left = re.search(r"[^\W\d_]+$", text[:stop])
    right = re.match(r"[“«\"]?([^\W\d_]+)", text[after:])
    if left is None or right is None:
        return False
    word = right[1]
    capital = word[0].isupper() and (len(word) == 1 or not word.isupper())
    return capital and len(left[0]) >= 2 and left[0][-1].islower() and text[after + len(right[0]) :][:1] != "."


def _seam(token: str, language: str) -> int | None:
    """Where one camel-cased token falls into the end of a sentence and the start of the next; None: it is a name."""
    seams = [i for i in range(2, len(token) - 1) if token[i - 1].islower() and token[i].isupper()]
    if len(seams) != 1:
        return None
    left, right = token[: seams[0]], token[seams[0] :]
    if not right[1:].islower() or not left[1:].islower():
        return None
    known = _frequency(token, language)
    if known > 0.0:  # WhatsApp, YouTube, McDonald: written as one word by many
        return None
    opener = right.casefold() in _common(language)
    everyday = _frequency(right, language) >= RIGHT_ZIPF
    if left[0].islower():
        return seams[0] if len(left) >= 3 and _frequency(left, language) >= NAME_ZIPF and (opener or everyday) else None
    if len(left) < 4:
        return None
    if opener and len(right) >= 2:
        return seams[0]
    return seams[0] if everyday and _frequency(left, language) < NAME_ZIPF else None


def _frequency(word: str, language: str) -> float:
    from wordfreq import zipf_frequency

    try:
        return float(zipf_frequency(word, language))
    except LookupError:  # a language it has no list for
        return 0.0


@lru_cache(maxsize=8)
def _common(language: str) -> frozenset[str]:
    from wordfreq import top_n_list

    try:
        return frozenset(top_n_list(language, COMMON_WORDS))
    except LookupError:
        return frozenset()
