"""Which of two is denied, and which of two is less: "landlords, not tenants", "higher than in Madrid"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.side import Side
from drift.lexicon import wordnet
from drift.lexicon.lemmas import lemmas, same_lemma

__all__ = ["Contrast", "comparison_turned"]

_DENIED: Final = {"rather": ("than",), "instead": ("of",), "as": ("opposed", "to"), "in": ("place", "of")}  # first word: the others
_NOT_THOSE: Final = frozenset("only just even merely simply all every always necessarily because".split())  # after "not"
_BETWEEN: Final = ("DT", "JJ", "IN", "TO", "PRP$", "CD", "POS", "PDT", "VBG")  # tags that may stand before what is denied or less
_STANDS_FOR: Final = frozenset("that those one ones in of from for by at on with to".split())  # "than those from Poland"
_REACH: Final = 6
_OWN: Final = 3  # words after a noun that can be part of its phrase
_MORE: Final = frozenset("more greater larger bigger higher longer older faster stronger richer better taller earlier wider deeper".split())
_LESS: Final = frozenset("less fewer smaller lower shorter younger slower weaker poorer worse later narrower shallower".split())


class Contrast:
    """The denied one of two, or the lesser."""

    name = "contrast"
    order = 39

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """What one side denies, or measures by, and the other affirms, or measures."""
        yield from self._denied(pair)
        yield from self._compared(pair)

    def _denied(self, pair: Analysis) -> Iterator[Candidate]:
        ref, hyp = list(_denied(pair.ref)), list(_denied(pair.hyp))
        if len(ref) != 1 or len(hyp) != 1 or not _exchanged(pair, ref[0], hyp[0]):
            return
        old, new = pair.ref.tokens[ref[0]].text, pair.hyp.tokens[hyp[0]].text
        yield Candidate(
            "role.contrast", "role", "critical", 0.8, f"What is denied changed: {quote(old)} was denied, now {quote(new)}.",
            (ref[0], ref[0] + 1), (hyp[0], hyp[0] + 1),
        )  # fmt: skip

    def _compared(self, pair: Analysis) -> Iterator[Candidate]:
        crossed = _crossed(pair)
        if crossed is None or _directions(pair) != 1:
            return
        old, new = pair.ref.tokens[crossed[0]].text, pair.hyp.tokens[crossed[1]].text
        yield Candidate(
            "role.comparison", "role", "critical", 0.8, f"The comparison is turned round: than {quote(old)} became than {quote(new)}.",
            (crossed[0], crossed[0] + 1), (crossed[1], crossed[1] + 1),
        )  # fmt: skip


def comparison_turned(pair: Analysis) -> bool:
    """Whether the two sides compare the same two from either end: "A is larger than B", "B is smaller than A"."""
    return _crossed(pair) is not None and _directions(pair) == -1


def _crossed(pair: Analysis) -> tuple[int, int] | None:
    """What follows "than" on either side, if the two exchanged places."""
    ref, hyp = list(_standards(pair.ref)), list(_standards(pair.hyp))
    if len(ref) != 1 or len(hyp) != 1 or not _exchanged(pair, ref[0], hyp[0]):
        return None
    return ref[0], hyp[0]


def _exchanged(pair: Analysis, i: int, j: int) -> bool:
    """Whether neither word is the other, and both are on both sides."""
    there, here = pair.to_hyp.get(i), pair.to_ref.get(j)
    if there is None or here is None or there == j:
        return False
    if _part_of(pair.ref, here, i) or _part_of(pair.hyp, there, j):
        return False  # "not the mayor of Leeds" ~ "not of Leeds"
    return not (_same(pair.hyp.words[there], pair.hyp.words[j]) or _same(pair.ref.words[here], pair.ref.words[i]))


def _part_of(side: Side, word: int, noun: int) -> bool:
    """Whether a word belongs to the phrase of a noun before it."""
    return 0 < word - noun <= _OWN and side.words[noun + 1] in ("of", "in", "from")


def _same(a: str, b: str) -> bool:
    return a == b or same_lemma(a, b)


def _denied(side: Side) -> Iterator[int]:
    """The noun, name or pronoun right after a "not" that denies no verb, or after "rather than" and its like."""
    for k, word in enumerate(side.words):
        if word == "not" and side.words[k + 1 : k + 2] and side.words[k + 1] not in _NOT_THOSE:
            noun = _noun_after(side, k + 1)
        elif word in _DENIED and side.words[k + 1 : k + 1 + len(_DENIED[word])] == _DENIED[word]:
            noun = _noun_after(side, k + 1 + len(_DENIED[word]))
        else:
            continue
        if noun is not None:
            yield noun


def _standards(side: Side) -> Iterator[int]:
    """What comparisons measure by: the noun, name or pronoun after "than"."""
    for k, word in enumerate(side.words):
        if word == "than" and side.words[k - 1 : k] not in (("rather",), ("other",)):
            noun = _noun_after(side, k + 1)
            if noun is not None and side.in_quantity[noun] < 0:
                yield noun


def _noun_after(side: Side, start: int) -> int | None:
    """The head of the noun phrase that begins at a word, prepositions and "those of" before it."""
    for k in range(start, min(start + _REACH, len(side.words))):
        tag, more = side.tags.tag[k], k + 1 < len(side.words)
        if side.words[k] in _STANDS_FOR or tag in _BETWEEN or side.in_quantity[k] >= 0:
            continue
        if tag in ("PRP",) or (tag.startswith("NN") and not (more and side.tags.tag[k + 1].startswith("NN"))):
            return k
        if not tag.startswith("NN"):
            return None
    return None


def _directions(pair: Analysis) -> int:
    """1 where both comparisons go the same way, -1 where they go opposite ways, 0 where that is not known."""
    ref, hyp = _comparative(pair.ref), _comparative(pair.hyp)
    if not ref or not hyp:
        return 0
    if ref == hyp or (ref in _MORE and hyp in _MORE) or (ref in _LESS and hyp in _LESS):
        return 1
    if (ref in _MORE and hyp in _LESS) or (ref in _LESS and hyp in _MORE):
        return -1
    return -1 if not lemmas(hyp).isdisjoint(wordnet.opposites(ref)) else 0


def _comparative(side: Side) -> str:
    """The comparative that belongs to the first "than" of a comparison."""
    than = next((k for k, w in enumerate(side.words) if w == "than" and side.words[k - 1 : k] not in (("rather",), ("other",))), 0)
    for k in range(than - 1, -1, -1):
        if side.tags.tag[k] in ("JJR", "RBR") or side.words[k] in _MORE or side.words[k] in _LESS:
            return side.words[k]
    return ""
