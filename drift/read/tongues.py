"""The languages of one document: one for the whole, confirmed paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from drift.read.glue import common_words
from drift.read.language import LETTERS, Guess, detect, majority
from drift.read.paragraphs import Paragraph

__all__ = ["Tongues", "tongues_of"]

MIN_LETTERS = 60  # of a paragraph whose language is to be told apart from the document's
MIN_LETTERS_NEAR = 150  # … from a close relative's
MIN_PROBABILITY = 0.95
MANY = 150  # paragraphs; a longer text is sampled
EVERYDAY = 0.25  # share of the words of running text that are among the most frequent ones of its language
# Languages that n-grams of a few lines confuse.
NEAR = (
    {"no", "da", "sv", "nb", "nn"},
    {"es", "pt", "ca", "gl", "it", "ro"},
    {"hr", "sl", "sr", "bs", "mk", "bg"},
    {"cs", "sk", "pl"},
    {"ru", "uk", "be", "bg", "mk", "kk", "ky", "tg", "mn", "sr"},
    {"id", "ms", "tl"},
    {"nl", "af", "de"},
    {"hi", "mr", "ne"},
    {"ar", "fa", "ur"},
    {"et", "fi"},
    {"zh", "ja", "ko"},
)


@dataclass(frozen=True, slots=True)
class Tongues:
    """`document` is ISO 639-1 or None where it cannot be told; `foreign` maps paragraphs to another language."""

    document: str | None
    foreign: dict[int, str]
    notes: tuple[str, ...]

    def of(self, paragraph: int) -> str | None:
        return self.foreign.get(paragraph, self.document)


def tongues_of(blocks: list[Paragraph], override: str | None = None) -> Tongues:
    """Tell the languages of a document's paragraphs; `override` is what the user says the document is in.

    With an override, paragraphs that look like the language which would have been detected are in the given one.
    """
    guesses = _guesses(blocks)
    detected = majority(guesses) or _whole(" ".join(block.text for block in blocks))
    document = override or detected
    if document is None:
        return Tongues(None, {}, ("Too short or too mixed to tell its language; name it with --lang.",))
    own = detected or document
    foreign = {
        index: guess.language
        for index, (guess, letters) in enumerate(guesses)
        if guess is not None and guess.language not in (document, detected) and _sure(guess, letters, own)
    }
    return Tongues(document, foreign, ())


def _guesses(blocks: list[Paragraph]) -> list[tuple[Guess | None, int]]:
    """Guess the language of every paragraph that is long enough, with its number of letters.

    langdetect takes milliseconds a paragraph. Of a very long text every so-maniest paragraph is asked first; others
    are asked only where the everyday words of that majority are missing from them.
    """
    letters = [len(LETTERS.findall(block.text)) for block in blocks]
    long = [i for i, count in enumerate(letters) if count >= MIN_LETTERS]
    asked = set(long if len(long) <= MANY else long[:: len(long) // MANY + 1])
    guesses = {i: detect(blocks[i].text) for i in sorted(asked)}
    language = majority([(guess, letters[i]) for i, guess in guesses.items()])
    common = common_words(language) if language is not None and len(asked) < len(long) else frozenset()
    for i in long:
        if i not in guesses:
            words = blocks[i].text.casefold().split()
            native = sum(word in common for word in words) >= EVERYDAY * len(words)
            guesses[i] = Guess(language or "", 1.0) if native else detect(blocks[i].text)
    return [(guesses.get(i), count) for i, count in enumerate(letters)]


def _whole(text: str) -> str | None:
    guess = detect(text)
    return None if guess is None else guess.language


def _sure(guess: Guess, letters: int, document: str) -> bool:
    near = any(document in family and guess.language in family for family in NEAR)
    return guess.probability >= MIN_PROBABILITY and letters >= (MIN_LETTERS_NEAR if near else MIN_LETTERS)
