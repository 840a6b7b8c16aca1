"""Two words that changed places in a frame that stayed: "the rebels surrendered to the army", turned round.

A tree would say so too, were it always right. What stands directly before and after the two says it more surely: when each
of them now has the neighbours of the other, and a verb or a preposition between them tells the places apart, the roles
changed, whatever the labels. A passive, or a phrase that moved with its preposition, changes the neighbours and is let be.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

from drift.judge.analysis import Analysis
from drift.judge.contrast import comparison_turned
from drift.judge.detector import Candidate, quote
from drift.judge.opposites import opposed
from drift.judge.roles import SYMMETRIC
from drift.judge.side import Side
from drift.lexicon.lemmas import lemmas

__all__ = ["Exchange"]

_SLIGHT = frozenset("of with than as".split())  # alone between two words they are turned round freely: a break of years, years of break
_PERSONS = frozenset("i you he she we they".split())
_PASSED_OVER = ("DT", "PRP$", "JJ", "CD", "POS", "PDT", "VBN", "VBG")  # what stands between a noun and what governs it
_EDGE = -1  # the place before the first word and after the last
_STEM = 4  # letters that two forms of one name share: Azeri, Azeris


class Exchange:
    """Nouns, names and adjectives in each other's place."""

    name = "exchange"
    order = 39

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Every two words that are on both sides once and whose neighbours changed owners."""
        if comparison_turned(pair):
            return
        taken: set[int] = set()
        for (i, j), (k, m) in combinations(_movable(pair), 2):
            if {i, k} & taken or (i < k) == (j < m):
                continue
            if _foretold(pair.ref, i, k) or _foretold(pair.hyp, j, m):
                continue
            if not (_frame(pair, i, m) and _frame(pair, k, j) and _told_apart(pair, i, k, j, m)):
                continue
            if any(opposed(pair, *link) for link in pair.links if min(i, k) < link[0] < max(i, k)):
                continue  # "A is older than B" ~ "B is younger than A"
            taken |= {i, k}
            a, b = pair.ref.tokens[i].text, pair.ref.tokens[k].text
            yield Candidate(
                "role.exchange", "role", "critical", 0.85, f"{quote(a)} and {quote(b)} changed places.",
                (i, i + 1), (m, m + 1), (f"each now stands where the other stood: {_around(pair.ref, i)} / {_around(pair.hyp, m)}",),
            )  # fmt: skip


def _movable(pair: Analysis) -> list[tuple[int, int]]:
    """(reference word, the same word of the hypothesis): content words that each side has exactly once, wherever they are linked to."""
    found = []
    there = [j for j in range(len(pair.hyp.words)) if _may_move(pair.hyp, j)]
    for i, word in enumerate(pair.ref.words):
        if not _may_move(pair.ref, i) or pair.ref.words.count(word) != 1:
            continue
        same = [j for j in there if _one_word(word, pair.hyp.words[j])]
        if len(same) == 1 and sum(_one_word(w, pair.hyp.words[same[0]]) for w in pair.ref.words) == 1:
            found.append((i, same[0]))
    return found


def _foretold(side: Side, a: int, b: int) -> bool:
    """Whether one is a pronoun in a clause before a comma and the other the noun it announces: "When he retires, my father …"."""
    first, second = sorted((a, b))
    return side.words[first] in _PERSONS and side.words[second] not in _PERSONS and "," in side.words[first:second]


def _may_move(side: Side, i: int) -> bool:
    if side.words[i] in _PERSONS:
        return True
    return side.content[i] and side.in_quantity[i] < 0 and (side.name[i] or side.tags.tag[i].startswith(("NN", "JJ")))


@lru_cache(maxsize=131072)
def _one_word(a: str, b: str) -> bool:
    """The same word in any form; names have forms that no dictionary knows."""
    if a == b or not lemmas(a).isdisjoint(lemmas(b)):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= _STEM and long.startswith(short) and len(long) - len(short) <= 2


def _neighbours(side: Side, i: int) -> tuple[int, int]:
    """The words directly before the noun phrase and after the word; `_EDGE` at the ends of a clause."""
    left = i - 1
    while left >= 0 and (side.tags.tag[left].startswith(_PASSED_OVER) and not side.auxiliary[left] and not side.name[left]):
        left -= 1
    right = i + 1
    return (
        left if left >= 0 and side.is_word[left] else _EDGE,
        right if right < len(side.words) and side.is_word[right] else _EDGE,
    )


def _frame(pair: Analysis, i: int, j: int) -> bool:
    """Whether reference word i and hypothesis word j have corresponding neighbours, on both sides."""
    here, there = _neighbours(pair.ref, i), _neighbours(pair.hyp, j)
    return here != (_EDGE, _EDGE) and all(
        (a == _EDGE and b == _EDGE) or (a != _EDGE and b != _EDGE and pair.to_hyp.get(a) == b and _alike(pair, a, b))
        for a, b in zip(here, there, strict=True)
    )


def _alike(pair: Analysis, a: int, b: int) -> bool:
    return pair.relation(a, b) in ("same", "synonym")


def _told_apart(pair: Analysis, i: int, k: int, j: int, m: int) -> bool:
    """Whether the two places mean different roles: no mere list, no symmetric verb, no "A is B"."""
    for side, low, high in ((pair.ref, min(i, k), max(i, k)), (pair.hyp, min(j, m), max(j, m))):
        between = range(low + 1, high)
        verbs = [x for x in between if side.tags.tag[x].startswith("VB") and not side.auxiliary[x]]
        if any(lemmas(side.words[x]) & SYMMETRIC for x in verbs) and not _modified(pair, i, k, j, m):
            return False
        telling = verbs + [x for x in between if side.tags.tag[x] in ("IN", "TO", "RP") and side.words[x] not in _SLIGHT]
        telling += [x for x in between if side.tags.tag[x] in ("JJR", "RBR")]  # "bigger than"
        if any(side.auxiliary[x] for x in between):  # "her father is a fisher, her mother a teacher"
            telling += [x for x in between if side.tags.tag[x].startswith("NN") and side.content[x]]
        if not telling and not _modified(pair, i, k, j, m):
            return False
    return True


def _modified(pair: Analysis, i: int, k: int, j: int, m: int) -> bool:
    """Whether an adjective or a name before either word stayed behind: "the Turkish minister … the Greek president"."""
    return any(
        pair.to_hyp.get(before) in _modifiers(pair.hyp, successor)
        for at, successor in ((i, m), (k, j))
        for before in _modifiers(pair.ref, at)
    )


def _modifiers(side: Side, at: int) -> range:
    start = at
    while start and side.content[start - 1] and side.tags.tag[start - 1].startswith(("JJ", "NN")):
        start -= 1
    return range(start, at)


def _around(side: Side, i: int) -> str:
    low, high = max(0, i - 2), min(len(side.tokens), i + 3)
    start, end = side.span(low, high)
    return quote(side.text[start:end])
