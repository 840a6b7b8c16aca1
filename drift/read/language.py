"""Which language a text is in: langdetect with a seed of its own, and scripts and letters for what it does not know.

langdetect (Shuyo 2010) draws n-grams at random and keeps its seed and profiles in module globals. A factory of our own,
with the profiles loaded in the order of their names, makes results independent of earlier calls, of order, and of the
file system.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from drift.errors import UsageError

__all__ = ["Guess", "detect", "majority", "normalise_tag"]

LETTERS = re.compile(r"[^\W\d_]")
MIN_LETTERS = 20  # fewer say nothing
MIN_LETTERS_DENSE = 6  # of scripts that write a syllable or a word with one sign
MAX_CHARACTERS = 1500  # of one text; more does not change the answer, only the time it takes
MIN_PROBABILITY = 0.8
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
# Scripts of one language that langdetect does not know.
SCRIPTS = (
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
    ("km", re.compile(r"[\u1780-\u17ff]")),
    ("lo", re.compile(r"[\u0e80-\u0eff]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
    ("si", re.compile(r"[\u0d80-\u0dff]")),
    ("or", re.compile(r"[\u0b00-\u0b7f]")),
    ("bo", re.compile(r"[\u0f00-\u0fff]")),
)
# Letters of Cyrillic and Latin alphabets that langdetect takes for a neighbour's; the first line that matches counts.
ALPHABETS = (
    ("tg", re.compile(r"[ҷӣӯҳ]")),
    ("kk", re.compile(r"[әұі].*[ғқңұә]|[ғқ].*[әұі]", re.DOTALL)),
    ("ky", re.compile(r"[ң].*[өү]|[өү].*[ң]", re.DOTALL)),
    ("mn", re.compile(r"[өү]")),
    ("be", re.compile(r"ў")),
    ("sr", re.compile(r"[ђћљњџј]")),
    ("az", re.compile(r"ə")),
)
MIN_SHARE = 0.01  # of the letters; a single foreign name must not decide


class Guess(NamedTuple):
    """A language (ISO 639-1) and its probability, 0..1."""

    language: str
    probability: float


def detect(text: str) -> Guess | None:
    """Tell the language of a text, None where it is too short or too mixed to tell; same text, same answer."""
    letters = LETTERS.findall(text)
    needed = MIN_LETTERS_DENSE if len(DENSE.findall(text)) * 2 > len(letters) else MIN_LETTERS
    if len(letters) < needed:
        return None
    text = text[:MAX_CHARACTERS]
    return _by_script(text) or _by_alphabet(text) or _by_ngrams(text)


def majority(guesses: list[tuple[Guess | None, int]]) -> str | None:
    """Tell the language that most of a document is in, from (guess, number of letters) of its paragraphs."""
    weights: dict[str, float] = {}
    for guess, letters in guesses:
        if guess is not None:
            weights[guess.language] = weights.get(guess.language, 0.0) + letters * guess.probability
    return max(sorted(weights), key=weights.__getitem__, default=None)


def normalise_tag(tag: str) -> str:
    """Give the ISO 639-1 code (639-3 where there is none) of "fr", "FR", "fra", "fr-FR", "fra_Latn", …

    Raises UsageError DR109 for what is no language.
    """
    import langcodes

    wrong = UsageError("DR109", f"{tag!r} is no language code; write it as in ISO 639-1, such as fr, de or uk.")
    try:
        language = langcodes.get(tag.strip())
    except ValueError as error:
        raise wrong from error
    code: str | None = language.language
    if not code or not language.is_valid():
        raise wrong
    return {"cmn": "zh", "arb": "ar", "nb": "no", "nn": "no", "fil": "tl", "zsm": "ms", "pes": "fa"}.get(code, code)


def _by_script(text: str) -> Guess | None:
    letters = len(LETTERS.findall(text))
    for language, script in SCRIPTS:
        if len(script.findall(text)) * 2 > letters:
            return Guess(language, 1.0)
    return None


def _by_alphabet(text: str) -> Guess | None:
    lowered = text.lower()
    letters = len(LETTERS.findall(text))
    for language, alphabet in ALPHABETS:
        if alphabet.search(lowered) and _share(language, lowered) >= MIN_SHARE * letters:
            return Guess(language, 0.95)
    return None


def _share(language: str, lowered: str) -> int:
    telling = {"tg": "ҷӣӯҳ", "kk": "әғқңұ", "ky": "ңөү", "mn": "өү", "be": "ў", "sr": "ђћљњџј", "az": "ə"}[language]
    return sum(lowered.count(letter) for letter in telling)


def _by_ngrams(text: str) -> Guess | None:
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.append(text)
    try:
        ranked = detector.get_probabilities()
    except LangDetectException:  # no n-gram that it knows
        return None
    if not ranked or ranked[0].prob < MIN_PROBABILITY:
        return None
    return Guess(ranked[0].lang.partition("-")[0], float(ranked[0].prob))


@lru_cache(maxsize=1)
def _factory() -> Any:
    from pathlib import Path

    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    profiles = sorted(path for path in Path(PROFILES_DIRECTORY).iterdir() if path.is_file())
    factory.load_json_profile([path.read_text(encoding="utf-8") for path in profiles])
    factory.seed = 0  # on this object, not on the class
    return factory
