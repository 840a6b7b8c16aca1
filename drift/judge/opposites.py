"""Words that are each other's opposite, as the dictionary has them and as they stand in the two sentences."""

from __future__ import annotations

from drift.judge.analysis import Analysis
from drift.judge.roles import SUPPORT, other_gender
from drift.judge.side import Side
from drift.lexicon import wordnet
from drift.lexicon.gazetteer import commonness
from drift.lexicon.lemmas import lemmas
from drift.typology import Severity

__all__ = ["how_opposed", "next_content", "opposed"]

_PREPOSITIONS = frozenset(
    frozenset(p.split()) for p in ("before after", "above below", "inside outside", "over under", "up down", "upon under",
                                   "into from", "to from", "toward away", "towards away", "since until", "earlier later", "for against",
                                   "if unless", "because despite", "because although", "because though")
)  # opposites that WordNet, which has no function words, does not know  # fmt: skip
_POINTING = frozenset(frozenset(p.split()) for p in ("here there", "come go", "bring take"))  # often a matter of where one stands
_PLACES = frozenset(("here", "there"))  # opposed to each other alone: "present" is no opposite of "there"
_LIGHT = 5.25  # frequency (Zipf) from which a verb has too many senses for a dictionary to say what it opposes: take, bring
_ANTONYM_COSINE = 0.25  # below this, two words stand in each other's place by accident


def opposed(pair: Analysis, i: int, j: int) -> bool:
    """Whether linked words i and j are opposites: antonyms, verbs opposed through their kin, opposite prepositions."""
    a, b = pair.ref.words[i], pair.hyp.words[j]
    if frozenset((a, b)) in _PREPOSITIONS:
        return _same_neighbour(pair, i, j)
    if a == b or other_gender(a, b) or len(_PLACES & {a, b}) == 1:
        return False
    if pair.relation(i, j) != "antonym" and not _opposite_verbs(pair, i, j):
        return False
    if a in pair.hyp.words and b in pair.ref.words:
        return False  # both are on both sides: if anything, they changed places
    return pair.ref.content[i] and pair.hyp.content[j] and float(pair.cosine[i, j]) >= _ANTONYM_COSINE


def how_opposed(pair: Analysis, i: int, j: int) -> tuple[str, Severity, float]:
    """Kind, severity, strength: adjectives that oppose only through their kin ("hard" ! "good") are less than sure.

    So are verbs that mean little without their object: "give an example", "take an example".
    """
    if any(frozenset((x, y)) in _POINTING for x in lemmas(pair.ref.words[i]) for y in lemmas(pair.hyp.words[j])):
        return "polarity.pointing", "minor", 0.5
    if pair.ref.content[i] and pair.relation(i, j) != "antonym":
        return "polarity.opposite", "critical", 0.7
    a, b = pair.ref.words[i], pair.hyp.words[j]
    direct = not (lemmas(b).isdisjoint(wordnet.opposites(a)) and lemmas(a).isdisjoint(wordnet.opposites(b)))
    adjective = pair.ref.tags.tag[i].startswith("JJ")
    if pair.ref.tags.tag[i].startswith("VB") and not SUPPORT.isdisjoint(lemmas(a) | lemmas(b)):
        return "polarity.indirect", "major", 0.6
    if direct or not adjective or a.endswith(b) or b.endswith(a):
        return "polarity.antonym", "critical", 0.8
    return "polarity.indirect", "major", 0.6


def _opposite_verbs(pair: Analysis, i: int, j: int) -> bool:
    verbs = all(
        side.tags.tag[k].startswith("VB") and max(map(commonness, lemmas(side.words[k]))) < _LIGHT
        for side, k in ((pair.ref, i), (pair.hyp, j))
    )
    return verbs and pair.relation(i, j) in ("none", "sibling") and wordnet.opposed_verbs(pair.ref.words[i], pair.hyp.words[j])


def _same_neighbour(pair: Analysis, i: int, j: int) -> bool:
    """Whether the words that follow correspond: "before the storm" ~ "after the storm", not "A before B" ~ "B after A"."""
    a, b = next_content(pair.ref, i + 1, -1), next_content(pair.hyp, j + 1, -1)
    return a >= 0 and pair.to_hyp.get(a) == b


def next_content(side: Side, start: int, default: int, *, pronouns: bool = False) -> int:
    """The first content word from `start` on, five words at most; `default` where there is none."""
    wanted = range(start, min(start + 5, len(side.words)))
    return next((k for k in wanted if side.content[k] or (pronouns and side.tags.tag[k] == "PRP")), default)
