"""Sentences that lost the blank or the stop between them: "the vote.The mayor", "in the harbourThe mayor"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

__all__ = ["common_words", "glued", "has_word_list"]

# a stop with no blank after it, before a capital or (after a word, not an abbreviation) a figure
STOP_GLUED = re.compile(r"(?<=[^\W\d_])(?:[!?…]|\.(?!\.))[\"”»’]?(?=[“«\"]?[^\W\d_])|(?<=[^\W\d_]{4})[.!?…](?=\d)")
CAMEL = re.compile(r"(?<![\w@#/._-])([^\W\d_]{3,})(?![/@._-]\w)")
# a token that is an address: nothing inside it is a seam
ADDRESS = re.compile(
    r"://|^www\.|@|\w/\w|\w\.(?:com|org|net|info|news|gov|edu|(?-i:[a-z]{2}))(?:$|[^\w.])", re.IGNORECASE
)
LONGEST_ADDRESS = 300  # characters
WINDOW = 60  # characters around a stop
COMMON_WORDS = 150  # this many most frequent words of a language count as words that open sentences
RIGHT_ZIPF = 4.3  # occurrences per billion words, log10: an everyday word
NAME_ZIPF = 3.0  # below this a capitalised left part is a name, not the first half of a brand ("MediaPart")


def glued(text: str, language: str) -> list[int]:
    """Offsets where a new sentence begins inside what is written as one word."""
    addresses = [m.span() for m in re.finditer(r"\S+", text) if len(m[0]) <= LONGEST_ADDRESS and ADDRESS.search(m[0])]
    cuts = []
    for match in STOP_GLUED.finditer(text):
        at = bisect_right(addresses, (match.start(), len(text))) - 1
        if at >= 0 and match.start() < addresses[at][1]:
            continue
        if text[match.end()].isdigit() or _opens(text, match.start(), match.end()):
            cuts.append(match.end())
    camels = [match for match in CAMEL.finditer(text) if not (match[1][1:].islower() or match[1].isupper())]
    counts = Counter(match[1] for match in camels)
    for match in camels:
        # a name comes more than once, an accident does not
        cut = _seam(match[1], language) if counts[match[1]] == 1 else None
        if cut is not None:
            cuts.append(match.start() + cut)
    return cuts


def _opens(text: str, stop: int, after: int) -> bool:
    """Whether the letters around a stop are the end of one word and the capitalised start of another."""
    left = re.search(r"[^\W\d_]+$", text[max(0, stop - WINDOW) : stop])
    right = re.match(r"[“«\"]?([^\W\d_]+)", text[after : after + WINDOW])
    if left is None or right is None:
        return False
    word = right[1]
    capital = word[0].isupper() and (len(word) == 1 or not word.isupper())
    end = after + len(right[0])
    return capital and len(left[0]) >= 2 and left[0][-1].islower() and text[end : end + 1] != "."


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
    opener = right.casefold() in common_words(language)
    everyday = _frequency(right, language) >= RIGHT_ZIPF
    if left[0].islower():
        return seams[0] if len(left) >= 3 and _frequency(left, language) >= NAME_ZIPF and (opener or everyday) else None
    if len(left) < 4:
        return None
    if opener and len(right) >= 2:
        return seams[0]
    return seams[0] if everyday and _frequency(left, language) < NAME_ZIPF else None


def has_word_list(language: str) -> bool:
    """Whether wordfreq can look up words of this very language.

    For others it would silently take a neighbour's list, and for three it needs tokenizers that drift does without.
    """
    return language in _languages()


@lru_cache(maxsize=8)
def common_words(language: str) -> frozenset[str]:
    """Return the most frequent words of a language; none where there is no list for it."""
    from wordfreq import top_n_list

    return frozenset(top_n_list(language, COMMON_WORDS)) if has_word_list(language) else frozenset()


def _frequency(word: str, language: str) -> float:
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, language)) if has_word_list(language) else 0.0


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    from wordfreq import available_languages

    return frozenset(available_languages()) - {"ja", "ko", "zh"}
