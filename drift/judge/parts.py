"""Two who took each other's part, and a part that another took, wherever the tree has them: in relative clauses, in phrases, in names.

`places` and `exchange` look at what stands around the words; this asks the trees alone, and therefore wants words that are on both
sides and governors that are linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from drift.judge.analysis import Analysis
from drift.judge.contrast import comparison_turned
from drift.judge.detector import Candidate, quote
from drift.judge.places import converse
from drift.judge.roles import SUPPORT, SYMMETRIC
from drift.judge.side import Side
from drift.judge.syntax import Part, parts
from drift.lexicon import wordnet
from drift.lexicon.lemmas import lemmas, same_lemma

__all__ = ["Parts"]

_LIGHT = SUPPORT | {"be", "bring", "keep", "go", "come", "say"}
_MEANS = {"agent": "does it", "patient": "has it done to it"}
_TURNING = frozenset("than instead".split())  # on one side only, they turn what they join: "A instead of B" ~ "B gave way to A"


class Parts:
    """Words in each other's part, and verbs of which another is agent or patient."""

    name = "parts"
    order = 43

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Exchanges first; a word of one is not told again as displaced."""
        if comparison_turned(pair) or any((w in pair.ref.words) != (w in pair.hyp.words) for w in _TURNING):
            return
        same = [
            (i, j) for i, j in pair.links
            if _tells(pair.ref, i) and _tells(pair.hyp, j) and same_lemma(pair.ref.words[i], pair.hyp.words[j])
        ]  # fmt: skip
        if len(same) < 2:
            return
        ref, hyp = parts(pair.ref), parts(pair.hyp)
        told: set[int] = set()
        for i, k, j, part in (*_exchanged(pair, ref, hyp, same), *_displaced(pair, ref, hyp, dict(same))):
            if {i, k} & told:
                continue
            told |= {i, k}
            yield Candidate(
                "role.parts", "role", "critical", 0.75,
                f"In the reference {quote(pair.ref.tokens[i].text)} {_MEANS.get(part[0], 'belongs to it')} "
                f"({quote(pair.ref.tokens[part[1]].text)}), here {quote(pair.hyp.tokens[j].text)}.",
                (i, i + 1), (j, j + 1),
            )  # fmt: skip


def _exchanged(
    pair: Analysis, ref: list[set[Part]], hyp: list[set[Part]], same: list[tuple[int, int]]
) -> Iterator[tuple[int, int, int, Part]]:
    """Reference words that have each other's part in the hypothesis; then the hypothesis's word in the first one's part, and the part."""
    for (i, j), (k, m) in combinations(same, 2):
        left = _left(pair, ref[i], hyp[m], hyp[j], (i, k))
        other = left and _left(pair, ref[k], hyp[j], hyp[m], (i, k))
        if all(a == b for a in left for b in other):  # nothing changed, or two of one part, which is a list
            continue
        if not same_lemma(pair.ref.words[i], pair.ref.words[k]) and not converse(pair, (i, k), (j, m), directed=True):
            yield i, k, m, left[0]


def _left(pair: Analysis, had: set[Part], others: set[Part], has: set[Part], but: tuple[int, int]) -> list[Part]:
    """The parts that a reference word had, that another has in the hypothesis, and that it has no more; in the words' order."""
    if not had or not others:
        return []
    left = (a for a in had if a[1] not in but and _among(pair, a, others) and not _among(pair, a, has))
    return sorted(left, key=lambda a: (a[1], a[0]))


def _among(pair: Analysis, part: Part, others: set[Part]) -> bool:
    """Whether another has the same part of the same governor; of "marry" and the like agent and patient are one part."""
    there = pair.to_hyp.get(part[1])
    if there is None:
        return False
    either = part[0] in _MEANS and not SYMMETRIC.isdisjoint(lemmas(pair.ref.words[part[1]]))
    return any((name, there) in others for name in (_MEANS if either else part[:1]))


def _displaced(
    pair: Analysis, ref: list[set[Part]], hyp: list[set[Part]], same: dict[int, int]
) -> Iterator[tuple[int, int, int, Part]]:
    """One verb on both sides whose agent, or patient, is another who is told of in the reference too, and with whom the first one stays."""
    back = {j: i for i, j in same.items()}
    for verb, there in pair.links:
        if not (pair.ref.tags.tag[verb].startswith("VB") and pair.hyp.tags.tag[there].startswith("VB")):
            continue
        if pair.relation(verb, there) not in ("same", "synonym") or lemmas(pair.ref.words[verb]) & (SYMMETRIC | _LIGHT):
            continue
        for part in ("agent", "patient"):
            before, after = _who(pair.ref, ref, (part, verb)), _who(pair.hyp, hyp, (part, there))
            gone, come = [same.get(i) for i in before], [back.get(j) for j in after]
            if not before or not after or None in gone or None in come or set(before) & set(come) or set(gone) & set(after):
                continue
            i, j, k, m = before[0], after[0], come[0], gone[0]
            if k is None or m is None or not ref[k] or not hyp[m] or converse(pair, (i, k), (m, j)):
                continue
            if not (_tied(pair.ref, i, k) or _tied(pair.hyp, m, j)):
                yield i, k, j, (part, verb)


def _who(side: Side, found: list[set[Part]], part: Part) -> list[int]:
    """The people, peoples and places that have a part."""
    return [
        k for k, has in enumerate(found)
        if part in has and _tells(side, k) and (side.name[k] or (side.tags.tag[k].startswith("NN") and wordnet.acts(side.words[k])))
    ]  # fmt: skip


def _tells(side: Side, k: int) -> bool:
    return (side.content[k] or side.name[k]) and side.in_quantity[k] < 0 and side.tags.tag[k].startswith(("NN", "JJ"))


def _tied(side: Side, a: int, b: int) -> bool:
    """Whether one belongs to the other: "the minister, Jan Hora", "the minister's guard"; either may then stand for both."""
    return any(_above(side, x) == y for x, y in ((a, b), (b, a)))


def _above(side: Side, k: int) -> int:
    governor = side.tags.head[k]
    return side.tags.head[governor] if side.tags.dep[k] == "pobj" else governor
