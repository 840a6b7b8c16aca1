"""Halves, thirds and shares in words: "half a million", "two thirds of the voters", "nine out of ten"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drift.lexicon.dates import CALENDAR
from drift.lexicon.figures import MAGNITUDE, digits
from drift.lexicon.units import unit as measure

__all__ = ["Fraction", "fractions"]

_SHARES = {"half": 50.0, "third": 100 / 3, "quarter": 25.0}  # of something, in percent
_PARTS = {"thirds": 3, "quarters": 4, "fourths": 4, "fifths": 5, "sixths": 6, "eighths": 8, "tenths": 10}
_OUT_OF = frozenset(("out", "in"))
_ONE = (("a",), ("one",))
_RANKS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
# Shares only with an article before, and "by" before that or one of the words below behind.
_ORDINAL_SHARES = {word: 100 / rank for word, rank in _RANKS.items() if rank > 3}
_OF = frozenset("of less more fewer lower higher smaller larger".split())


@dataclass(frozen=True, slots=True)
class Fraction:
    """One value in the words start..end-1.

    `is_share`: `value` is a percentage of something; else it is a number. `scales`: magnitudes and a unit may follow ("half a
    million euros"). `read_anew`: places of numbers that are part of it and no numbers of their own.
    """

    start: int
    end: int
    value: float
    is_share: bool = False
    scales: bool = False
    read_anew: frozenset[int] = frozenset()


def fractions(words: Sequence[str], taken: Sequence[bool], tags: Sequence[str] | None = None) -> Iterator[Fraction]:
    """Every fraction among the (case-folded) words, in order.

    `taken`: words that are part of another value; looked at anew before each fraction, for the reader marks those it was given.
    `tags` are Penn tags.
    """
    words = tuple(words)
    for i, word in enumerate(words):
        if word in _PARTS and not taken[i]:
            yield from _several_parts(words, taken, i)
        if word in _OUT_OF:
            yield from _out_of(words, taken, tags, i)
        if word in _ORDINAL_SHARES and words[i - 1 : i] in _ONE and (
            _OF.intersection(words[i + 1 : i + 2]) or (_by(words, i - 1) and not _noun(tags, i + 1))
        ):
            yield Fraction(i - 1, i + 1, _ORDINAL_SHARES[word], is_share=True, read_anew=frozenset({i - 1, i}))
        if word in _RANKS and not taken[i]:
            yield from _every(words, tags, i)
        if taken[i] or word not in _SHARES:
            continue
        mixed = word == "half" and words[i - 2 : i] == ("and", "a") and i >= 3 and not any(taken[i - 3 : i])
        found = _and_a_half(words, i) if mixed else (_half(words, i) if word == "half" else None) or _share(words, i)
        if found and not any(taken[found.start : found.end]):
            yield found


def _by(words: tuple[str, ...], i: int) -> bool:
    """Whether "by" stands before word i, or before an adverb there: "by a third", "by roughly a third"."""
    return "by" in words[max(0, i - 2) : i]


def _every(words: tuple[str, ...], tags: Sequence[str] | None, i: int) -> Iterator[Fraction]:
    """Read "every third patient", "a fourth part of the forest"; "every third year" is no share of them."""
    behind = words[i + 1 : i + 2]
    if words[i + 1 : i + 3] == ("part", "of") and words[i - 1 : i] in _ONE:
        yield Fraction(i, i + 1, 100 / _RANKS[words[i]], is_share=True)
    elif words[i - 1 : i] == ("every",) and behind and tags is not None and tags[i + 1] == "NN" and not _repeats(behind[0]):
        yield Fraction(i - 1, i + 1, 100 / _RANKS[words[i]], is_share=True)


def _noun(tags: Sequence[str] | None, at: int) -> bool:
    return tags is not None and at < len(tags) and tags[at].startswith("NN")


def _repeats(word: str) -> bool:
    """Whether it is what comes round again, of which every second one is no share: Wednesday, week."""
    return word in CALENDAR or measure(word) is not None


def _and_a_half(words: tuple[str, ...], i: int) -> Fraction | None:
    """Read "one and a half million", "one million and a half", "three tons and a half", "a year and a half"."""
    before = words[i - 4] if i > 3 else ""
    if i > 4 and (words[i - 5] in ("-", "and") or _spelled_value(words[i - 5]) is not None):
        return None  # "twenty-five tons and a half": only the end of the number is here
    count = 1.0 if before in ("a", "an") else _spelled_value(before) if before else None
    if measure(words[i - 3]) is not None and count is not None:
        return Fraction(i - 4, i - 3, count + 0.5)
    if words[i - 3] in MAGNITUDE and count is not None:
        return Fraction(i - 4, i + 1, (count + 0.5) * MAGNITUDE[words[i - 3]], read_anew=frozenset({i - 4, i - 3}))
    whole = _spelled_value(words[i - 3])
    return None if whole is None else Fraction(i - 3, i + 1, whole + 0.5, scales=True)


def _half(words: tuple[str, ...], i: int) -> Fraction | None:
    """Read "half a million", "half a dozen"."""
    if words[i + 1 : i + 2] == ("a",) and i + 2 < len(words) and words[i + 2] in MAGNITUDE:
        return Fraction(i, i + 2, 0.5, scales=True)
    if words[i + 1 : i + 2] == ("dozen",) or words[i + 1 : i + 3] == ("-", "dozen"):
        return Fraction(i, i + (2 if words[i + 1] == "dozen" else 3), 6.0)
    return None


def _share(words: tuple[str, ...], i: int) -> Fraction | None:
    """Read "by a third", "half of the voters", "a quarter of"."""
    one = words[i - 1 : i] in _ONE
    if words[i - 1 : i] == ("by",) or (one and _by(words, i - 1)):
        return Fraction(i if words[i - 1] == "by" else i - 1, i + 1, _SHARES[words[i]], is_share=True)
    if words[i + 1 : i + 2] in (("of",), ("the",)) and (words[i] == "half" or one):
        return Fraction(i - 1 if one else i, i + 1, _SHARES[words[i]], is_share=True)
    return None


def _several_parts(words: tuple[str, ...], taken: Sequence[bool], i: int) -> Iterator[Fraction]:
    """Read "two thirds", "three-quarters", "4/5" written out."""
    start = i - 2 if words[i - 1 : i] == ("-",) else i - 1
    count = _spelled_value(words[start]) if start >= 0 else None
    if count is not None and 1 < count < _PARTS[words[i]]:
        digit = frozenset({start} if taken[start] else ())  # read as a number of its own
        yield Fraction(start, i + 1, 100 * count / _PARTS[words[i]], is_share=True, read_anew=digit)


def _out_of(words: tuple[str, ...], taken: Sequence[bool], tags: Sequence[str] | None, i: int) -> Iterator[Fraction]:
    """Read "nine out of ten", "one in five voters", "two cases out of three"."""
    after = i + 2 if words[i : i + 2] == ("out", "of") else i + 1
    after += words[after : after + 1] == ("every",)
    if (words[i] == "out" and words[i + 1 : i + 2] != ("of",)) or i == 0 or after >= len(words) or taken[i]:
        return
    noun = words[i] == "out" or (tags is not None and tags[i - 1].startswith("NN"))
    start = i - 2 if noun and i > 1 and not taken[i - 1] and _spelled_value(words[i - 1]) is None else i - 1
    part, whole = _spelled_value(words[start]), _spelled_value(words[after])
    if words[start][:1].isdigit() != words[after][:1].isdigit():
        return  # "N1 in two cases"
    behind = words[after + 1 : after + 2]
    counted = tags is None or behind == ("of",) or (bool(behind) and tags[after + 1].startswith(("NN", "JJ")))
    if part is None or whole is None or not 0 < part < whole <= 1000 or (words[i] == "in" and not (counted or start == i - 2)):
        return
    yield Fraction(start, after + 1, 100 * part / whole, is_share=True, read_anew=frozenset({start, after}))


@lru_cache(maxsize=65536)
def _spelled_value(word: str) -> float | None:
    """The value of one word that is a number, in letters or digits."""
    from text_to_num import text2num

    if word[:1].isdigit():
        value = digits(word)
        return value[0] if value else None
    try:
        return float(text2num(word, "en"))
    except ValueError:
        return None
