"""Words left in another language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.side import Side
from drift.lexicon import wordnet
from drift.lexicon.gazetteer import commonness, is_known_name

__all__ = ["Untranslated", "everyday", "foreign"]

_LANGUAGES = ("fr", "de", "es", "it", "pt", "nl", "pl", "ru", "sv")
_SURER = 1.6  # orders of magnitude (Zipf) by which a word must be commoner elsewhere than in English
_KNOWN = 2.8  # Zipf frequency in English above which a word is taken for English


@lru_cache(maxsize=65536)
def foreign(word: str, languages: tuple[str, ...] = _LANGUAGES) -> str | None:
    """The language (ISO 639-1) that a case-folded word is from when it is not English, "other" for its script, or None."""
    if len(word) < 3 or not any(c.isalpha() for c in word):
        return "other" if any(ord(c) > 0x2E7F for c in word) else None
    if any(ord(c) > 0x24F for c in word if c.isalpha()):
        return "ru" if all("Ѐ" <= c <= "ӿ" for c in word if c.isalpha()) else "other"
    english = commonness(word)
    if english >= _KNOWN or wordnet.known(word):
        return None
    best = max(languages, key=lambda code: commonness(word, code))
    return best if commonness(word, best) >= max(english + _SURER, 2.5) else None


def everyday(word: str) -> bool:
    """Whether a capitalised word is an everyday word of its language rather than a name: German nouns."""
    language = foreign(word)
    return language == "de" and not is_known_name(word) and commonness(word, "de") >= 2.5


def _for_a_name(pair: Analysis, j: int) -> bool:
    i = pair.to_ref.get(j)
    return i is not None and pair.ref.name[i]


def _loan(side: Side, j: int) -> bool:
    """The second part of a loan that English writes with an apostrophe: "d'état"."""
    return j >= 2 and side.words[j - 1] == "'" and len(side.words[j - 2]) == 1


def _neighbours(side: Side, flags: list[bool], have: set[str]) -> list[int]:
    """Words beside a foreign one that its language uses far more than English does: "la", "pan", "ist" in a foreign run."""
    added: list[int] = []
    for step in (1, -1):
        order = range(len(flags)) if step > 0 else range(len(flags) - 1, -1, -1)
        language: str | None = None
        for j in order:
            word = side.words[j]
            if flags[j]:
                language = foreign(word)
            elif not side.is_word[j]:
                continue
            elif (
                language
                and language != "other"
                and word not in have
                and commonness(word, language) >= commonness(word) + 0.3
            ):
                added.append(j)
            else:
                language = None
    return added


class Untranslated:
    """Words or stretches that were not translated."""

    name = "untranslated"
    order = 35

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Runs of hypothesis words that belong to another language and that the reference does not have."""
        have = set(pair.ref.words)
        run: list[int] = []
        flags = [
            pair.hyp.is_word[j]
            and w not in have
            and not (pair.hyp.name[j] and (not everyday(w) or _for_a_name(pair, j)))
            and not _loan(pair.hyp, j)
            and not (w[:1].isdigit())
            and foreign(w) is not None
            and not any(wordnet.known(" ".join(pair.hyp.words[k : k + 2])) for k in (j - 1, j) if k >= 0)  # diabetes mellitus
            for j, w in enumerate(pair.hyp.words)
        ]
        for j in _neighbours(pair.hyp, flags, have):
            flags[j] = True
        for j, flag in enumerate([*flags, False]):
            if flag:
                run.append(j)
            elif run:
                yield self._candidate(pair, run)
                run = []

    def _candidate(self, pair: Analysis, run: list[int]) -> Candidate:
        start, end = pair.hyp.span(run[0], run[-1] + 1)
        text = pair.hyp.text[start:end]
        language = foreign(pair.hyp.words[run[0]])
        counterpart = [pair.to_ref[j] for j in run if j in pair.to_ref]
        long = len(run) >= 3 or len(run) * 2 >= sum(pair.hyp.is_word)
        where = (min(counterpart), max(counterpart) + 1) if counterpart else None
        return Candidate(
            "untranslated.run" if long else "untranslated.word", "untranslated", "critical" if long else "major",
            0.85 if long else 0.7, f"{quote(text)} was not translated" + (f" (language: {language})." if language != "other" else "."),
            where, (run[0], run[-1] + 1),
        )  # fmt: skip
