"""What another translation of the same source sentence says: a second engine's, or our own model's clause by clause.

Two instruments that fail differently rarely make the same mistake. Where the second one has the reference's words, the
source has them too and our model lost them; where it has the translation's words as well, they are in the source. A
suspected omission is translated again by our own model, each clause alone, for what a model drops in a long sentence
it seldom drops in a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from drift.attribution.case import Case, Fact
from drift.attribution.negators import count_negations
from drift.errors import ResourceError
from drift.lexicon.gazetteer import commonness
from drift.lexicon.lemmas import same_lemma
from drift.lexicon.spelling import alike

if TYPE_CHECKING:
    from drift.translate.base import Translator

__all__ = ["SECOND", "Second", "ask", "ask_again"]

SECOND: Final = "second_"  # what the names of a second engine's facts begin with
AGAIN: Final = "again_"  # and those of our own model's second look
_NOT_RECORDED: Final = "DR610"  # a cassette that lacks a sentence; see `drift.gate.players`
_FUNCTION: Final = 5.9  # Zipf frequency from which a word stands in any sentence, and says nothing
_ONE_NAME: Final = 0.72  # as in `source`
_WORD: Final = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_CLAUSE: Final = re.compile(r"(?<=[,;:!?…)—–])\s+|\s+(?=[(—–])")
_LEAST: Final = 3  # words of a clause


@dataclass(frozen=True, slots=True)
class Second:
    """Another English version of each source sentence, and how it is spoken of."""

    english: Mapping[str, str]  # source -> English
    prefix: str  # of the facts' names
    who: str

    def facts(self, case: Case) -> Iterator[Fact]:
        """Whether it has the words in question: the reference's, the translation's, or neither."""
        other = self.english.get(case.source)
        if other is None or (self.prefix == AGAIN and not _left_out(case)):
            return
        if case.finding.detector == "polarity":
            yield from self._negations(case, other)
            return
        lost, gained = _content(case.lost), _content(case.gained)
        lost, gained = [w for w in lost if not _among(w, gained)], [w for w in gained if not _among(w, lost)]
        words = _content(other)
        if lost:
            there = [w for w in lost if _among(w, words)]
            if there:
                said = f"{self.who} has the reference's “{' '.join(there)}” here"
                yield Fact(f"{self.prefix}reference", round(len(there) / len(lost), 4), said)
            elif not gained:
                said = f"{self.who} has nothing of “{' '.join(lost[:6])}” either"
                yield Fact(f"{self.prefix}lacks", 1.0, said)
        if gained:
            there = [w for w in gained if _among(w, words)]
            if there:
                said = f"{self.who} says “{' '.join(there)}” here too"
                yield Fact(f"{self.prefix}copy", round(len(there) / len(gained), 4), said)

    def _negations(self, case: Case, other: str) -> Iterator[Fact]:
        reference, copy, here = (count_negations(t, "en") for t in (case.reference, case.hypothesis, other))
        if reference is None or copy is None or here is None or reference == copy:
            return
        denies = "denies" if here else "does not deny"
        if abs(here - reference) < abs(here - copy):
            yield Fact(f"{self.prefix}reference_negation", 1.0, f"{self.who} {denies}, as the reference does")
        elif abs(here - copy) < abs(here - reference):
            yield Fact(f"{self.prefix}copy_negation", 1.0, f"{self.who} {denies} either" if not here
                       else f"{self.who} {denies} too, unlike the reference")  # fmt: skip


def ask(cases: Sequence[Case], translator: Translator) -> Second | None:
    """A second engine's version of every source sentence, each translated once; None where there is nothing to ask.

    A recording that lacks a sentence is no error: the findings are weighed without.
    """
    sources = list(dict.fromkeys(case.source for case in cases))
    english = _translated(sources, translator)
    return None if not english else Second(english, SECOND, f"a second engine ({translator.engine})")


def ask_again(cases: Sequence[Case], translator: Translator) -> Second | None:
    """Our own model's version of the sentences in which something seems left out, each clause translated alone."""
    parts = {case.source: _clauses(case.source) for case in cases if _left_out(case)}
    parts = {source: clauses for source, clauses in parts.items() if len(clauses) > 1}
    english = _translated(list(dict.fromkeys(c for clauses in parts.values() for c in clauses)), translator)
    whole = {
        source: " ".join(english[c] for c in clauses)
        for source, clauses in parts.items()
        if all(c in english for c in clauses)
    }
    return Second(whole, AGAIN, "our translation, clause by clause,") if whole else None


def _left_out(case: Case) -> bool:
    return bool(case.lost) and not case.gained


def _translated(texts: list[str], translator: Translator) -> dict[str, str]:
    """What each text becomes; those that a recording lacks are left out."""
    try:
        made = translator.translate(texts) if texts else []
    except ResourceError as error:
        if error.code != _NOT_RECORDED:
            raise
        half = len(texts) // 2
        return _translated(texts[:half], translator) | _translated(texts[half:], translator) if half else {}
    return {text: t.text for text, t in zip(texts, made, strict=True)}


def _clauses(source: str) -> list[str]:
    """The sentence cut at its inner punctuation; scraps stay with the clause before them."""
    clauses: list[str] = []
    for part in _CLAUSE.split(source):
        if clauses and (len(part.split()) < _LEAST or len(clauses[-1].split()) < _LEAST):
            clauses[-1] += " " + part
        else:
            clauses.append(part)
    return clauses


def _content(text: str) -> list[str]:
    """Words that say something, as written, each once."""
    words = dict.fromkeys(m.group() for m in _WORD.finditer(text))
    return [w for w in words if w[0].isdigit() or (len(w) > 1 and commonness(w.casefold()) < _FUNCTION)]


def _among(word: str, others: Sequence[str]) -> bool:
    """Whether one of the others is this word, in any form of it, or this name in any spelling."""
    folded = word.casefold()
    for other in others:
        if same_lemma(folded, other.casefold()):
            return True
        if word[0].isupper() and other[0].isupper() and min(len(word), len(other)) > 3 and alike(word, other) >= _ONE_NAME:
            return True
    return False
