"""A word or phrase replaced by one with another meaning; synonyms, inflection and derivation are tolerated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.fluency import misspelt
from drift.judge.gaps import LeftOver, gaps
from drift.lexicon import wordnet
from drift.lexicon.gazetteer import commonness
from drift.lexicon.lemmas import lemmas
from drift.typology import Severity

__all__ = ["Wording"]

_CLOSE = 0.74  # cosine in context at or above which two words mean the same here
_GENERAL = 0.85  # the same for a word and a more general one, which context likes to see together
_SENSE = 0.62  # cosine below which two synonyms are not meant in the sense that they share
_UNLIKE = 0.5  # cosine below which two words that no dictionary relates mean something else
_FAR = 0.42  # below it they are taken to mean different things unless the lexicon knows better
_PHRASE = 0.80  # cosine of two phrases' mean vectors at or above which they say the same


class Wording:
    """Content words with another meaning."""

    name = "wording"
    order = 60

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Linked words that are no kin and unlike in context; then stretches that replaced one another unlinked."""
        for i, j in pair.links:
            yield from self._linked(pair, i, j)
        for gap in gaps(pair):
            if gap.ref and gap.hyp:
                yield from self._replaced(pair, gap)

    def _linked(self, pair: Analysis, i: int, j: int) -> Iterator[Candidate]:
        if (
            not (pair.ref.content[i] and pair.hyp.content[j])
            or pair.ref.in_quantity[i] >= 0
            or pair.hyp.in_quantity[j] >= 0
        ):
            return
        if pair.ref.name[i] or pair.hyp.name[j]:
            return
        relation, cosine = pair.relation(i, j), float(pair.cosine[i, j])
        a, b = pair.ref.tokens[i].text, pair.hyp.tokens[j].text
        general = relation in ("hypernym", "hyponym")
        if relation in ("same", "derived", "antonym") or cosine >= (_GENERAL if general else _CLOSE):
            return
        if misspelt(pair.ref.words[i], pair.hyp.words[j]):
            return
        if relation == "synonym":
            if cosine < _SENSE:
                yield Candidate(
                    "wording.sense", "wording", "minor", 0.3 + (_SENSE - cosine), f"{quote(a)} became {quote(b)}.", (i, i + 1), (j, j + 1),
                    (f"likeness in context {cosine:.2f}", "synonyms in another sense"),
                )  # fmt: skip
            return
        if _inflected(pair.ref.words[i], pair.hyp.words[j]) or _phrasal(pair, i, j) or _compound(pair, i, j):
            return
        distance = float(np.clip((_CLOSE - cosine) / (_CLOSE - 0.2), 0.0, 1.0))
        if general:
            said = "more general" if relation == "hypernym" else "more specific"
            yield Candidate(
                "wording.hypernym", "wording", "minor", 0.3 + 0.3 * distance, f"{quote(a)} became the {said} {quote(b)}.",
                (i, i + 1), (j, j + 1), (f"likeness in context {cosine:.2f}",),
            )  # fmt: skip
            return
        kind = "wording.sibling" if relation == "sibling" else "wording.word"
        rare = commonness(pair.ref.words[i]) < 4.8 or commonness(pair.hyp.words[j]) < 4.8
        severity: Severity = "major" if cosine < (_FAR if relation == "sibling" else _UNLIKE) and rare else "minor"
        yield Candidate(
            kind, "wording", severity, 0.25 + 0.65 * distance, f"{quote(a)} became {quote(b)}.", (i, i + 1), (j, j + 1),
            (f"likeness in context {cosine:.2f}", "no kinship in WordNet" if relation == "none" else "kin in WordNet"),
        )  # fmt: skip

    def _replaced(self, pair: Analysis, gap: LeftOver) -> Iterator[Candidate]:
        """Two unlinked stretches between the same neighbours."""
        ref = [i for i in gap.ref if pair.ref.content[i]]
        hyp = [j for j in gap.hyp if pair.hyp.content[j]]
        if not ref or not hyp:
            return
        mean_a, mean_b = pair.ref.vectors[list(gap.ref)].mean(0), pair.hyp.vectors[list(gap.hyp)].mean(0)
        cosine = float(mean_a @ mean_b / (np.linalg.norm(mean_a) * np.linalg.norm(mean_b) + 1e-9))
        best = float(pair.cosine[np.ix_(ref, hyp)].max())
        if cosine >= _PHRASE:
            return
        distance = float(np.clip((_PHRASE - cosine) / _PHRASE, 0.0, 1.0))
        where_a, where_b = (gap.ref[0], gap.ref[-1] + 1), (gap.hyp[0], gap.hyp[-1] + 1)
        sa, ea = pair.ref.span(*where_a)
        sb, eb = pair.hyp.span(*where_b)
        grave: Severity = "major" if distance > 0.35 or best < 0.3 else "minor"
        yield Candidate(
            "wording.phrase", "wording", grave, 0.3 + 0.6 * distance,
            f"{quote(pair.ref.text[sa:ea])} became {quote(pair.hyp.text[sb:eb])}.", where_a, where_b,
            (f"likeness of the phrases {cosine:.2f}",),
        )  # fmt: skip


def _phrasal(pair: Analysis, i: int, j: int) -> bool:
    """Whether either verb makes, with the particle after it, a phrase of the dictionary that is kin to the other: give up ~ quit."""
    kin = ("same", "synonym", "derived", "hypernym", "hyponym")
    return any(
        wordnet.relation(phrase, other) in kin
        for side, at, other in ((pair.ref, i, pair.hyp.words[j]), (pair.hyp, j, pair.ref.words[i]))
        if side.tags.tag[at].startswith("VB") and at + 1 < len(side.words)
        for lemma in lemmas(side.words[at])
        if wordnet.known(phrase := f"{lemma} {side.words[at + 1]}")
    )


def _compound(pair: Analysis, i: int, j: int) -> bool:
    """Whether the two words make one entry of the dictionary with what stands before or after both: family name ~ last name."""
    for low, high in ((0, 2), (-1, 1)):
        beside = high - 1 if low == 0 else low
        if pair.to_hyp.get(i + beside) == j + beside:
            one, two = (" ".join(side.words[k + low : k + high]) for side, k in ((pair.ref, i), (pair.hyp, j)))
            if not wordnet.synsets(one).isdisjoint(wordnet.synsets(two)):
                return True
    return False


def _inflected(a: str, b: str) -> bool:
    """Words of one family that no dictionary links: a shared stem of five letters or more."""
    n = min(len(a), len(b))
    shared = next((k for k in range(n) if a[k] != b[k]), n)
    return shared >= 5 and shared >= 0.65 * max(len(a), len(b))
