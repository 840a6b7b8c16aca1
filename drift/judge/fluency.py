"""Misspelt words and words in disorder: never above minor, unless the sentence cannot be read at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.lexicon import wordnet
from drift.lexicon.gazetteer import commonness
from drift.lexicon.units import unit

__all__ = ["Fluency"]

_UNREADABLE = (
    0.70  # share of neighbours that no longer follow each other, at or above which the order of the words is lost
)
_VERBATIM = 0.75  # share of words taken over as they are: a free paraphrase may order things as it likes
_ARTICLES = frozenset("a an the".split())
_LONG = 8  # words a sentence must have for its order to be judged


def misspelt(right: str, wrong: str) -> bool:
    """Whether `wrong` (case-folded) is no word, and one or two letters away from `right`, which is a far commoner one."""
    from rapidfuzz.distance import OSA

    if min(len(right), len(wrong)) < 5 or right == wrong or wordnet.known(wrong):
        return False
    return OSA.distance(right, wrong) <= (1 if len(right) < 7 else 2) and commonness(wrong) <= commonness(right) - 1.0


class Fluency:
    """Spelling and word order."""

    name = "fluency"
    order = 80

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Unknown words close to the reference's word; neighbours that changed places; a shuffled sentence."""
        yield from self._spelling(pair)
        yield from self._order(pair)

    def _spelling(self, pair: Analysis) -> Iterator[Candidate]:
        have = set(pair.ref.words)
        for j, word in enumerate(pair.hyp.words):
            if not word.isalpha() or word in have or pair.hyp.name[j] or not word.isascii():
                continue
            if len(word) == 1 and word in ("a", "i", "o"):
                continue
            i = pair.to_ref.get(j)
            near = i is not None and misspelt(pair.ref.words[i], word)
            if not near and len(word) > 1 and (commonness(word) >= 2.0 or wordnet.known(word) or unit(word)):
                continue
            place = (i, i + 1) if i is not None else None
            yield Candidate(
                "fluency.spelling", "fluency", "minor", 0.8 if near or len(word) == 1 else 0.6,
                f"{quote(pair.hyp.tokens[j].text)} is not an English word.", place, (j, j + 1),
            )  # fmt: skip

    def _order(self, pair: Analysis) -> Iterator[Candidate]:
        share = _disorder(pair)
        if share >= _UNREADABLE:
            yield Candidate(
                "fluency.shuffled", "fluency", "major", min(1.0, 0.4 + share),
                "The order of the words is lost; the sentence cannot be read.",
                (0, len(pair.ref.tokens)), (0, len(pair.hyp.tokens)),
            )  # fmt: skip
            return
        links = [(i, j) for i, j in pair.links if pair.ref.is_word[i]]
        for (i, j), (k, m) in pairwise(links):
            if (
                k == i + 1
                and m == j - 1
                and pair.ref.words[i] == pair.hyp.words[j]
                and pair.ref.words[k] == pair.hyp.words[m]
            ):
                start, end = pair.hyp.span(m, j + 1)
                yield Candidate(
                    "fluency.order", "fluency", "minor", 0.6, f"Two words changed places: {quote(pair.hyp.text[start:end])}.",
                    (i, k + 1), (m, j + 1),
                )  # fmt: skip


def _disorder(pair: Analysis) -> float:
    """Share of the words, 0..1, that lost their neighbours, where a long sentence has the reference's words and no others; else 0.

    A paraphrase moves phrases; only a shuffle leaves hardly any two neighbours together. With other words it may order things as it likes.
    """
    links = [(i, j) for i, j in pair.links if pair.ref.is_word[i]]
    if len(links) < _LONG:
        return 0.0
    same = sum(pair.ref.words[i] == pair.hyp.words[j] for i, j in links) / max(sum(pair.ref.is_word), sum(pair.hyp.is_word))
    if same < _VERBATIM or _nouns_kept(pair):
        return 0.0
    return sum(b[1] - a[1] not in (1, 2) for a, b in pairwise(links) if b[0] - a[0] <= 2) / (len(links) - 1)


def _nouns_kept(pair: Analysis) -> bool:
    """Whether most words that stand behind an article still do, two of them at least: in a shuffle hardly any does."""
    behind = [(i, j) for i, j in pair.links if i and pair.ref.words[i - 1] in _ARTICLES]
    return len(behind) > 1 and sum(j > 0 and pair.hyp.words[j - 1] in _ARTICLES for _, j in behind) > len(behind) / 2
