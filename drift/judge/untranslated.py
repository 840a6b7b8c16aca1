"""Words left in another language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.lexicon import wordnet
from drift.lexicon.gazetteer import commonness

__all__ = ["Untranslated", "foreign"]

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
            and not (pair.hyp.name[j] and pair.hyp.tags.ent[j])
            and not (w[:1].isdigit())
            and foreign(w) is not None
            for j, w in enumerate(pair.hyp.words)
        ]
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
