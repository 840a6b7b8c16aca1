"""Words that no detector explains and the risk network distrusts: the net under the named kinds of drift.

Detectors say what they know how to name. What is left (a preposition that turns the sense, a paraphrase that misses the
point) only shows in the network's opinion of the words; a run of distrusted words becomes one suspicion of the kind that the
network takes it for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.fullnames import same_in_full
from drift.judge.idioms import in_plain_words
from drift.judge.numbers import converted
from drift.judge.onename import SPELLING, same_name
from drift.judge.opposites import opposed
from drift.judge.places import turned
from drift.judge.polarity import LEXICAL_NEGATIVES
from drift.judge.risk import CATEGORIES, WordRisk
from drift.judge.side import ADDRESSES, Side
from drift.lexicon.lemmas import lemmas
from drift.lexicon.quantities import same_value
from drift.typology import Category, Severity

__all__ = ["NAME", "TITLE", "suspects"]

NAME: Final = "risk"  # the detector's name in findings
TITLE: Final = "Words that only the risk network distrusts."
_FROM = -2.5  # log-odds from which a word is worth weighing
_MOVED = 0.0  # log-odds from which a word that both sides have may have another part in them
_CONNECTIVES = frozenset(
    "moreover furthermore besides however therefore thus indeed additionally consequently accordingly hence thereby meanwhile "
    "nevertheless nonetheless".split()
)  # tie a sentence to the one before, which stays where it is
_LONGEST = 8  # words; a longer run says no more than that the sentence is bad


def suspects(pair: Analysis, risk: WordRisk, explained: Sequence[Candidate]) -> list[Candidate]:
    """Runs of distrusted words that `explained` does not touch, the hypothesis's first."""
    out: list[Candidate] = []
    known = tuple(a | b for a, b in zip(same_in_full(pair), in_plain_words(pair), strict=True))
    for hypothesis in (True, False):
        side, odds, kinds = (pair.hyp, risk.hyp, risk.hyp_kinds) if hypothesis else (pair.ref, risk.ref, risk.ref_kinds)
        links = pair.to_ref if hypothesis else pair.to_hyp
        moved = {k for k, share in enumerate(kinds) if odds[k] > _MOVED and CATEGORIES[int(share.argmax())] == "role"}
        taken = {link[hypothesis] for link in pair.links if _settled(pair, *link)} - moved
        taken |= _repeats(side) | known[hypothesis]
        taken |= {k for k, quantity in enumerate(side.in_quantity) if quantity >= 0}  # compared exactly, by their own detector
        taken |= {k for c in explained for k in range(*((c.hyp if hypothesis else c.ref) or (0, 0)))}
        if not hypothesis:  # a pair of linked words is one suspicion
            taken |= {i for c in out if c.hyp for i in [pair.to_ref.get(k) for k in range(*c.hyp)] if i is not None}
        for start, end in _runs(side, odds, taken):
            if all(side.words[k] in _CONNECTIVES for k in range(start, end)):
                continue
            if all(side.words[k] in ADDRESSES for k in range(start, end)):
                continue  # "Mr": who is meant the name says, and which of the two the detector of roles
            if not any(k in links or _carries(side, k) for k in range(start, end)):
                continue  # a particle that came or went says nothing by itself
            found = _suspicion(pair, side, odds[start:end], kinds[start:end], (start, end), links, hypothesis)
            if found.category == "polarity" and (_negative(side, start, end) or _opposed(pair, start, end, links, hypothesis)):
                continue  # what negates what is read from the tree, and the detector saw no harm: "not true" ~ "false"
            if any(opposed(pair, *link) and turned(pair, *link) for link in _linked(start, end, links, hypothesis)):
                continue  # "preceded by" ~ "followed by", the other way round
            if not (_inflected(pair, start, end, links, hypothesis) and found.category not in ("fluency", "role")):
                out.append(found)  # a word in another form is no other word
    return out


def _carries(side: Side, k: int) -> bool:
    return side.content[k] or side.name[k] or side.negator[k] or side.in_quantity[k] >= 0


def _settled(pair: Analysis, i: int, j: int) -> bool:
    """Whether linked words say the same beyond doubt: one form, one name in two spellings, or one quantity."""
    if pair.ref.words[i] == pair.hyp.words[j]:
        return True
    if pair.ref.name[i] and pair.hyp.name[j] and same_name(pair.ref.tokens[i].text, pair.hyp.tokens[j].text) >= SPELLING:
        return True
    a, b = pair.ref.in_quantity[i], pair.hyp.in_quantity[j]
    if a < 0 or b < 0:
        return False
    one, two = pair.ref.quantities[a], pair.hyp.quantities[b]
    return same_value(one, two) or converted(pair, one, two)


def _inflected(pair: Analysis, start: int, end: int, links: dict[int, int], hypothesis: bool) -> bool:
    """Whether every word of the run is a form of its counterpart."""
    linked = _linked(start, end, links, hypothesis)
    return len(linked) == end - start and all(pair.relation(i, j) == "same" for i, j in linked)


def _negative(side: Side, start: int, end: int) -> bool:
    return any(side.negator[k] or lemmas(side.words[k]) & LEXICAL_NEGATIVES for k in range(start, end))


def _opposed(pair: Analysis, start: int, end: int, links: dict[int, int], hypothesis: bool) -> bool:
    """Whether a word of the run is linked to its opposite, which is for the detector of polarity to weigh."""
    return any(pair.relation(i, j) == "antonym" for i, j in _linked(start, end, links, hypothesis))


def _linked(start: int, end: int, links: dict[int, int], hypothesis: bool) -> list[tuple[int, int]]:
    return [(links[k], k) if hypothesis else (k, links[k]) for k in range(start, end) if k in links]


def _repeats(side: Side) -> set[int]:
    """Words said twice in a row: coverage speaks of them, and the first of the two is as good as the other."""
    return {m for k, word in enumerate(side.words[1:]) if word == side.words[k] for m in (k, k + 1)}


def _runs(side: Side, odds: NDArray[np.float32], taken: set[int]) -> Iterator[tuple[int, int]]:
    start = None
    for k in range(len(odds) + 1):
        on = k < len(odds) and odds[k] > _FROM and side.is_word[k] and k not in taken
        if on and start is None:
            start = k
        elif start is not None and (not on or k - start >= _LONGEST):
            yield start, k
            start = k if on else None


def _suspicion(
    pair: Analysis, side: Side, odds: NDArray[np.float32], kinds: NDArray[np.float32], run: tuple[int, int],
    links: dict[int, int], hypothesis: bool,
) -> Candidate:  # fmt: skip
    places = [links[k] for k in range(*run) if k in links]
    share = 1 / (1 + np.exp(-odds.astype(np.float64)))
    category = _category(CATEGORIES[int((kinds * share[:, None]).sum(0).argmax())], bool(places), hypothesis)
    a, b = side.span(*run)
    text = side.text[a:b]
    counterpart: tuple[int, int] | None = None
    if places and max(places) - min(places) < _LONGEST:
        counterpart = (min(places), max(places) + 1)
    grave = category not in ("fluency", "modality") and any(_carries(side, k) for k in range(*run))
    severity: Severity = "major" if grave else "minor"
    other = ""
    kind = f"risk.{category}"
    if counterpart:
        beyond = pair.ref if hypothesis else pair.hyp
        other = beyond.text[slice(*beyond.span(*counterpart))]
        if category == "wording" and not any(s.content[k] for s, r in ((side, run), (beyond, counterpart)) for k in range(*r)):
            kind, severity = "risk.function", "minor"  # "has to" ~ "must", "no one" ~ "nobody"
    return Candidate(
        kind, category, severity, round(float(share.max()), 3), _message(category, text, other, hypothesis),
        counterpart if hypothesis else run, run if hypothesis else counterpart, (f"distrust of the words {share.max():.2f}",),
    )  # fmt: skip


def _category(said: Category, linked: bool, hypothesis: bool) -> Category:
    """What cannot be is put right: a word with a counterpart was not added, one of the reference was never added."""
    if said in ("addition", "omission"):
        if linked:
            return "wording"
        return "addition" if hypothesis else "omission"
    return said


def _message(category: Category, text: str, other: str, hypothesis: bool) -> str:
    if other and other.casefold() != text.casefold():
        return f"{quote(other)} became {quote(text)}." if hypothesis else f"{quote(text)} became {quote(other)}."
    if category == "omission" or (not hypothesis and not other):
        return f"{quote(text)} is missing."
    if category == "addition":
        return f"{quote(text)} was added."
    if category == "role":
        return f"{quote(text)} may have another part here."
    return f"{quote(text)} does not fit here." if category == "fluency" else f"{quote(text)} may say something else here."
