"""Negations that the other side says in another way: "did not come" ~ "failed to come", "not until May" ~ "only in May"."""

from __future__ import annotations

from itertools import pairwise

from drift.judge.opposites import next_content
from drift.judge.side import Side
from drift.lexicon import wordnet
from drift.lexicon.lemmas import lemmas, same_lemma

__all__ = ["LEXICAL_NEGATIVES", "bounds", "cancelled", "only_then"]

LEXICAL_NEGATIVES = frozenset(
    "fail refuse lack deny prevent avoid reject unable impossible absence absent stop cease forget miss ignore decline "
    "neglect vain doubt unlikely rarely seldom few little false against ignorant unaware "
    "exclude withhold refrain exempt spare escape empty".split()
)  # words that can carry a negation in a paraphrase ("did not come" ~ "failed to come")
_BOUNDS = frozenset({("at", "most"), ("at", "least"), ("up", "to"), ("a", "maximum"), ("a", "minimum"), ("at", "the"), ("no", "more"),
                     ("no", "fewer"), ("no", "less"), ("or", "less"), ("or", "more"), ("or", "fewer")})  # fmt: skip
_UNTIL = frozenset("until till before".split())
_ONLY = frozenset("only first just finally eventually after took waited later".split())


def _undone(word: str, positive: str) -> bool:
    """Whether a word is the negative of another by its prefix, in any inflection: "unanswered" ~ "answer", "undoubtedly" ~ "doubt"."""
    prefixes = ("un", "in", "im", "dis", "non")
    stems = [word[len(p) :] for p in prefixes if word.startswith(p) and len(word) > len(p) + 3]
    return any(same_lemma(stem, positive) or (len(positive) > 4 and stem.startswith(positive)) for stem in stems)


def cancelled(
    side: Side, opposite: Side, links: dict[int, int], at: int, target: int, opposites: dict[int, int], *, from_ref: bool
) -> bool:
    """Whether the other side says the negation in another way: an antonym, or a word such as "fail", "lack", "unable".

    `at` and `target` are the negator and its word in `opposite`; `links` lead from there to `side`.
    """
    if (from_ref and target in opposites) or (not from_ref and target in opposites.values()):
        return True
    about = {target, next_content(opposite, at + 1, target)}  # what is denied, and the noun after a "no"
    places = [links[k] for k in about if k in links]
    near = {k for place in places for k in range(max(0, place - 4), min(len(side.words), place + 5))} or set(range(len(side.words)))
    if any(_undone(side.words[k], opposite.words[word]) for k in near for word in about):
        return True
    mirrored = {m: k for k, m in links.items()}
    if any(_too(side, place) for place in places):
        return True
    return any(
        (lemmas(side.words[k]) & LEXICAL_NEGATIVES or (mirrored.get(k, target) in about and _prefixed(side, k)))
        and not (k in mirrored and same_lemma(opposite.words[mirrored[k]], side.words[k]))
        for k in near
    )


def bounds(side: Side, at: int, other: Side) -> bool:
    """Whether a negator makes a bound of a number that the other side has without it: "cannot take more than ten" ~ "up to ten"."""
    after = list(pairwise(side.words[at + 1 : at + 8]))
    turned = any(a in ("more", "less", "fewer", "later", "longer") and b == "than" for a, b in after)
    return turned and any(pair in _BOUNDS for pair in pairwise(other.words))


def only_then(side: Side, at: int, other: Side) -> bool:
    """Whether a negator goes with an "until" that the other side lacks and says otherwise: "not until May" ~ "only in May"."""
    until = any(w in _UNTIL and w not in other.words for w in side.words[at + 1 :])
    return until and any(w in _ONLY and w not in side.words for w in other.words)


def _too(side: Side, verb: int) -> bool:
    """Whether "too … to" says that something is not done: "too small for us to hear"."""
    return verb > 1 and side.words[verb - 1] == "to" and "too" in side.words[max(0, verb - 7) : verb - 1]


def _prefixed(side: Side, k: int) -> bool:
    """Whether a word denies by its prefix or its ending: "unclear" ~ "not understood", "pointless" ~ "has no meaning"."""
    word = side.words[k]
    less = word.endswith("less") and len(word) > 6 and wordnet.known(word[:-4])
    return side.content[k] and (less or bool(wordnet.entry(word).stems))
