"""What is wrong with a translation, seen from its two texts alone: loops, silence, copied source.

A neural model fails fluently (Lee et al. 2018, "Hallucinations in NMT"; Raunak et al. 2021 on oscillation): the
signs below need no reference, so the instrument can say of itself where it is not to be trusted.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

__all__ = ["BROKEN", "copied", "inspect", "repeats", "wrong_language"]

# Flags that say the output is not a translation to rely on; the others tell how it came about.
BROKEN: Final = frozenset({"empty", "repetition", "untranslated", "short", "truncated", "wrong-language"})
# A stretch of letters said eight times without a break: loops inside a word, and in scripts without spaces.
_STUTTER = re.compile(r"([^\W_]{1,6}?)\1{7,}")
_QUOTED = re.compile(r'«[^»]*»|“[^”]*”|"[^"]*"')
# Of 1,597 professional translations from French (FLORES dev, NTREX) two are shorter than this share of their source.
_SHORT, _SHORT_FROM = 0.45, 40
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def inspect(source: str, target: str, *, same_language: bool = False) -> tuple[str, ...]:
    """Flags of one translation: "empty", "repetition", "untranslated", "short"; none where it looks sound.

    >>> inspect("Il est parti.", "He is gone.")
    ()
    """
    if not any(c.isalnum() for c in target):
        return ("empty",) if any(c.isalnum() for c in source) else ()
    found = []
    if repeats(source, target):
        found.append("repetition")
    if not same_language and copied(source, target):
        found.append("untranslated")
    if len(source) >= _SHORT_FROM and len(target) < _SHORT * len(source):
        found.append("short")
    return tuple(found)


def _words(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]


def repeats(source: str, target: str) -> bool:
    """Whether the target runs in circles: some words in a row said again and again, more often than in the source.

    True where some letters are stuttered, a unit of 1 to 8 words stands three times or more in direct succession, or
    a third of the target's runs of four words have been said before, and the source itself does none of it ("No, no,
    no!" may be said thrice).
    """
    if _STUTTER.search(target) and not _STUTTER.search(source):
        return True
    said, allowed = _words(target), _words(source)
    return _longest_loop(said) >= max(3, _longest_loop(allowed) + 1) or (
        len(said) >= 12 and _recurring_share(said, 4) > max(1 / 3, _recurring_share(allowed, 4) + 0.1))


def _longest_loop(words: list[str]) -> int:
    """How many times at most a unit of 1 to 8 words is repeated in direct succession."""
    best = 1 if words else 0
    for size in range(1, min(8, len(words) // 2) + 1):
        run = 0
        for i in range(size, len(words)):
            run = run + 1 if words[i] == words[i - size] else 0
            best = max(best, run // size + 1)
    return best


def _recurring_share(words: list[str], size: int) -> float:
    """Share of the word n-grams of this size that have occurred before, 0..1."""
    grams = Counter(tuple(words[i:i + size]) for i in range(len(words) - size + 1))
    total = sum(grams.values())
    return (total - len(grams)) / total if total else 0.0


def copied(source: str, target: str) -> bool:
    """Whether the target is mostly the source again: at least four lower-case words, four in five the same, in order.

    Names, numbers and words with a capital are rightly the same in both, so they do not count; nor does a title in
    quotation marks inside a sentence.
    """
    ours, theirs = _lower_words(source), _lower_words(target)
    if len(ours) < 4 or len(theirs) < 4:
        return False
    return _common(ours, theirs) >= 0.8 * max(len(ours), len(theirs))


def _lower_words(text: str) -> tuple[str, ...]:
    """Words that begin small, outside quotation marks where there are any outside."""
    outside, whole = (tuple(w for w in _WORD.findall(t) if w[0].islower() and len(w) > 1)
                      for t in (_QUOTED.sub(" ", text), text))
    return outside or whole


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        diagonal = 0
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], diagonal + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]


def wrong_language(text: str, expected: str) -> bool:
    """Whether a sentence is almost certainly not in the language its translator reads.

    Short sentences, and languages langdetect does not know, are never accused: detection on few letters is a guess.
    """
    if sum(c.isalpha() for c in text) < 40:
        return False
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0  # langdetect samples; unseeded, the same text gets different answers

    try:
        guesses = {g.lang.split("-")[0]: g.prob for g in detect_langs(text)}
    except LangDetectException:  # nothing in it that looks like a language
        return False
    best = max(guesses, key=guesses.__getitem__)
    return best != expected and guesses[best] >= 0.99 and expected in _detectable()


def _detectable() -> frozenset[str]:
    """The languages langdetect has a profile of, ISO 639-1."""
    from langdetect import detector_factory

    detector_factory.init_factory()
    return frozenset(code.split("-")[0] for code in detector_factory._factory.langlist)
