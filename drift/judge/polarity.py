"""Negation added, lost or moved, and words that became their opposite; two reversals cancel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from drift.judge.analysis import Analysis
from drift.judge.contrast import comparison_turned
from drift.judge.detector import Candidate, quote
from drift.judge.modality import is_question
from drift.judge.opposites import how_opposed, next_content, opposed
from drift.judge.otherwise import LEXICAL_NEGATIVES, bounds, cancelled, only_then
from drift.judge.places import turned
from drift.judge.side import NEGATORS, Side
from drift.lexicon.lemmas import lemmas

__all__ = ["LEXICAL_NEGATIVES", "Polarity", "negated_words"]

_FOCUS = frozenset("even only just all every always everyone everybody everything".split())
_EVERY = frozenset("all every always everyone everything everybody".split())
_PART = frozenset("some part several few many certain sometimes someone something most".split())
_RAISING = frozenset("think believe expect suppose seem want appear imagine feel hope need have".split())
_NOT = frozenset("not n't never cannot".split())
_ANYTHING = frozenset("nothing nobody none nowhere never".split())
_FILLED = ({"full", "empty"}, {"open", "closed"}, {"open", "shut"})
_BOUNDS: tuple[Mapping[str, tuple[str, ...]], ...] = (
    {"least": ("at",), "more": ("or",)}, {"most": ("at",), "less": ("or",)}, {"most": ("at",), "fewer": ("or",)},
)  # fmt: skip
_CLAUSE = frozenset("and but or because although though while whereas which that who whom whose if when unless since , ; :".split())


def negated_words(side: Side) -> dict[int, int]:
    """Negator -> the word it negates, by the tree: the governing verb of "not", the verb of "no one" and "nothing"."""
    out: dict[int, int] = {}
    for i, flag in enumerate(side.negator):
        if not flag or _half(side, i):
            continue
        after = i + 1
        if after < len(side.words) and side.words[after] in _FOCUS:
            out[i] = next_content(side, after + 1, i, pronouns=True)
            continue
        target = side.tags.head[i]
        for _ in range(3):  # out of a noun phrase, up to what it is said of
            if side.tags.tag[target].startswith(("VB", "JJ", "MD")) or target == side.tags.head[target] != i:
                break
            target = side.tags.head[target]
        if target == i or side.auxiliary[target]:
            target = next_content(side, after, target)
        out[i] = target
    return out


def _half(side: Side, i: int) -> bool:
    """The second word of "neither … nor" is the same negation; "not only … but also" is none."""
    if side.words[i] == "nor":
        return "neither" in side.words[:i]
    only = i + 1 < len(side.words) and side.words[i + 1] in ("only", "just", "merely", "simply")
    return only and any(w in ("but", "also", "too", "well", ",") for w in side.words[i + 2 :])


class Polarity:
    """Negation and antonyms."""

    name = "polarity"
    order = 30

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Compare negators by what they negate; then linked opposites that no negation makes good."""
        ref, hyp = negated_words(pair.ref), negated_words(pair.hyp)
        matched, moved = _match(pair, ref, hyp)
        lonely_ref = [i for i in ref if i not in matched]
        lonely_hyp = [j for j in hyp if j not in matched.values()]
        opposites = {i: j for i, j in pair.links if opposed(pair, i, j)}
        for i, j in list(opposites.items()):
            if _sense_kept(pair, lonely_ref, lonely_hyp, i, j):
                del opposites[i]
        for i in list(lonely_ref):
            if cancelled(pair.hyp, pair.ref, pair.to_hyp, i, ref[i], opposites, from_ref=True):
                lonely_ref.remove(i)
        for j in list(lonely_hyp):
            if cancelled(pair.ref, pair.hyp, pair.to_ref, j, hyp[j], opposites, from_ref=False):
                lonely_hyp.remove(j)
        twice = [j for j in lonely_hyp if _concord(pair.hyp, j, matched.values(), hyp)]
        lonely_hyp = [j for j in lonely_hyp if j not in twice]
        lonely_ref = [i for i in lonely_ref if not (bounds(pair.ref, i, pair.hyp) or only_then(pair.ref, i, pair.hyp))]
        lonely_hyp = [j for j in lonely_hyp if not (bounds(pair.hyp, j, pair.ref) or only_then(pair.hyp, j, pair.ref))]
        # An odd number of unmatched negators reverses the sentence; an even one may be a paraphrase ("nothing … no damage").
        for i in lonely_ref:
            yield self._single(pair, i, ref[i], lost=True, balanced=bool(lonely_hyp))
        for j in lonely_hyp:
            yield self._single(pair, j, hyp[j], lost=False, balanced=bool(lonely_ref))
        for j in twice:
            said = quote(pair.hyp.tokens[j].text)
            yield Candidate(
                "polarity.concord", "polarity", "minor", 0.4, f"{said} denies a second time what is denied already.", None, (j, j + 1),
            )  # fmt: skip
        yield from self._moved(pair, moved, ref, hyp)
        yield from self._opposites(pair, opposites, set(ref.values()), set(hyp.values()))

    def _single(self, pair: Analysis, at: int, target: int, *, lost: bool, balanced: bool) -> Candidate:
        side, links = (pair.ref, pair.to_hyp) if lost else (pair.hyp, pair.to_ref)
        if target not in links:  # "I doubt it" ~ "I have no doubt of it": the noun is what both speak of
            noun = next_content(side, at + 1, target)
            target = noun if side.words[at] == "no" and noun in links else target
        word, about = side.tokens[at].text, side.tokens[target].text
        anchored = target in links
        strength = (0.85 if anchored else 0.55) - (0.3 if balanced else 0.0)
        verb = "is lost" if lost else "was added"
        other = links.get(target)
        here, there = (at, at + 1), (other, other + 1) if other is not None else None
        if is_question(pair.ref) and is_question(pair.hyp):  # "Does no one know?" asks what "Does anyone know?" asks
            return Candidate(
                "polarity.question", "polarity", "minor", 0.4, f"The negation {quote(word)} in a question {verb}.",
                here if lost else there, there if lost else here,
            )  # fmt: skip
        return Candidate(
            "polarity.lost" if lost else "polarity.added", "polarity", "critical" if anchored and not balanced else "major",
            strength, f"The negation {quote(word)} of {quote(about)} {verb}.",
            here if lost else there, there if lost else here,
        )  # fmt: skip

    def _moved(
        self, pair: Analysis, moved: list[tuple[int, int]], ref: dict[int, int], hyp: dict[int, int]
    ) -> Iterator[Candidate]:
        for i, j in moved:
            a, b = _verb_after(pair.ref, i), _verb_after(pair.hyp, j)
            a, b = (ref[i], hyp[j]) if a is None or b is None else (a, b)
            old, new = pair.ref.tokens[a].text, pair.hyp.tokens[b].text
            yield Candidate(
                "polarity.moved", "polarity", "critical", 0.75,
                f"The negation moved: {quote(pair.ref.tokens[i].text)} was said of {quote(old)}, now of {quote(new)}.",
                (min(i, ref[i]), max(i, ref[i]) + 1), (min(j, hyp[j]), max(j, hyp[j]) + 1),
            )  # fmt: skip

    def _opposites(
        self, pair: Analysis, opposites: dict[int, int], ref_targets: set[int], hyp_targets: set[int]
    ) -> Iterator[Candidate]:
        for i, j in opposites.items():
            if (i in ref_targets) != (j in hyp_targets):
                continue  # "not open" ~ "closed"
            if (pair.ref.words[i - 1 : i] == ("less",)) != (pair.hyp.words[j - 1 : j] == ("less",)):
                continue  # "less good" ~ "worse"
            a, b = pair.ref.tokens[i].text, pair.hyp.tokens[j].text
            kind, severity, strength = how_opposed(pair, i, j)
            yield Candidate(
                kind, "polarity", severity, strength, f"{quote(a)} became its opposite, {quote(b)}.", (i, i + 1), (j, j + 1),
            )  # fmt: skip


def _sense_kept(pair: Analysis, lonely_ref: list[int], lonely_hyp: list[int], i: int, j: int) -> bool:
    """Whether linked opposites i and j say the same as they stand; what negators that takes leaves `lonely_ref` and `lonely_hyp`."""
    if _same_condition(pair, lonely_ref, lonely_hyp, i, j) or _same_measure(pair, i, j):
        return True
    return _reversed_twice(pair.ref, lonely_ref, i) or _reversed_twice(pair.hyp, lonely_hyp, j) or _converse(pair, i, j)


def _same_condition(pair: Analysis, lonely_ref: list[int], lonely_hyp: list[int], i: int, j: int) -> bool:
    """Whether "unless" stands for "if not": the negator behind the "if" is then taken out of its side's lonely ones."""
    words = pair.ref.words[i], pair.hyp.words[j]
    if set(words) != {"unless", "if"}:
        return False
    lonely, start = (lonely_ref, i) if words[0] == "if" else (lonely_hyp, j)
    side = pair.ref if lonely is lonely_ref else pair.hyp
    behind = [k for k in lonely if k > start and _CLAUSE.isdisjoint(side.words[start + 1 : k])]  # in the clause of the "if"
    if behind:
        lonely.remove(behind[0])
    return bool(behind)


def _same_measure(pair: Analysis, i: int, j: int) -> bool:
    """Whether both say how much there is, from the two ends: "half empty" ~ "half full", "at least five" ~ "five or more"."""
    before = {pair.ref.words[i]: pair.ref.words[i - 1 : i], pair.hyp.words[j]: pair.hyp.words[j - 1 : j]}
    return (set(before.values()) == {("half",)} and before.keys() in _FILLED) or before in _BOUNDS


def _converse(pair: Analysis, i: int, j: int) -> bool:
    """Whether linked opposites i and j keep the sense because what they join was turned with them: sold to, bought from."""
    return turned(pair, i, j) or (pair.ref.tags.tag[i] in ("JJR", "RBR") and comparison_turned(pair))


def _concord(side: Side, at: int, matched: Collection[int], targets: Mapping[int, int]) -> bool:
    """Whether "not" and "nothing" deny one verb together: "it doesn't happen nothing".

    Most languages say it so, and what is translated from them word by word does. `matched`: the negators that the other version has
    too; where it has neither, two negations may well cancel ("we cannot do nothing"). `targets`: the word that each negates.
    """
    for other in matched:
        first, last = sorted((at, other))
        one_verb = targets[first] == targets[last] and first < targets[first] < last
        if side.words[last] in _ANYTHING and side.words[first] in _NOT and one_verb:
            return True
    return False


def _reversed_twice(side: Side, lonely: list[int], opposite: int) -> bool:
    """Whether a negator that the other side lacks stands before the opposite in its clause: "not an easy task" ~ "a hard task".

    It is then taken out of `lonely`.
    """
    for at in lonely:
        if at < opposite and _CLAUSE.isdisjoint(side.words[at + 1 : opposite]):
            lonely.remove(at)
            return True
    return False


def _match(pair: Analysis, ref: dict[int, int], hyp: dict[int, int]) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """Pair negators whose targets correspond; of the rest, those linked to each other over targets that do not, moved."""
    matched: dict[int, int] = {}
    for i, target in ref.items():
        options = [j for j in hyp if j not in matched.values()]
        best = [j for j in options if pair.to_hyp.get(target) == hyp[j]]
        best = best or [j for j in options if pair.to_hyp.get(i) == j and not _contradicts(pair, target, hyp[j])]
        if best:
            matched[i] = best[0]
    moved = [(i, j) for i, j in matched.items() if _other_verb(pair, i, j) and not _raised(pair, i, j)]
    for i, target in ref.items():
        if i in matched:
            continue
        for j in hyp:
            if j in matched.values():
                continue
            near = pair.to_hyp.get(i) == j or pair.ref.words[i] == pair.hyp.words[j]
            if near and _contradicts(pair, target, hyp[j]) and _plain(pair.ref, target) and _plain(pair.hyp, hyp[j]):
                matched[i] = j
                focused = _focused(pair.ref, i) or _focused(pair.hyp, j)
                if (focused and not _same_focus(pair, target, hyp[j])) or _other_verb(pair, i, j):
                    moved.append((i, j))
            elif near or (pair.to_hyp.get(target) is None and pair.to_ref.get(hyp[j]) is None):
                matched[i] = j
            if i in matched:
                break
    return matched, moved


def _contradicts(pair: Analysis, target_ref: int, target_hyp: int) -> bool:
    """Whether both targets have counterparts, and these are not each other."""
    a, b = pair.to_hyp.get(target_ref), pair.to_ref.get(target_hyp)
    return a is not None and b is not None and a != target_hyp


def _plain(side: Side, target: int) -> bool:
    return not any(lemma in _RAISING for lemma in (side.words[target], side.words[side.tags.head[target]]))


def _other_verb(pair: Analysis, i: int, j: int) -> bool:
    """Whether each negator stands directly before a verb, and each of these verbs is on the other side, said of there without it."""
    a, b = _verb_after(pair.ref, i), _verb_after(pair.hyp, j)
    if a is None or b is None:
        return False
    there, here = pair.to_hyp.get(a), pair.to_ref.get(b)
    if there is None or here is None or there == b:
        return False
    if any(_verb_after(pair.hyp, k) == there for k in range(there) if pair.hyp.negator[k]):
        return False  # that one is denied too
    if any(_verb_after(pair.ref, k) == here for k in range(here) if pair.ref.negator[k]):
        return False
    return pair.relation(a, there) == pair.relation(here, b) == "same"


def _raised(pair: Analysis, i: int, j: int) -> bool:
    """Whether a verb of opinion stands in between, which may be denied for what follows it: "expects not to" ~ "does not expect to"."""
    verbs = (side.words[k] for side, at in ((pair.ref, i), (pair.hyp, j)) if (k := _verb_after(side, at)) is not None)
    return any(lemmas(verb) & _RAISING for verb in verbs)


def _verb_after(side: Side, i: int) -> int | None:
    """The main verb or the adjective that follows a negator, with nothing but auxiliaries and adverbs between."""
    for k in range(i + 1, min(i + 4, len(side.words))):
        if side.tags.tag[k].startswith(("VB", "JJ")) and side.content[k]:
            return k
        if not (side.auxiliary[k] or side.words[k] == "to" or side.tags.tag[k].startswith("RB")):
            return None
    return None


def _focused(side: Side, at: int) -> bool:
    """Whether the negator stands before a focus word ("not even", "not all"), which makes its place part of the meaning."""
    return at + 1 < len(side.words) and side.words[at + 1] in _FOCUS


def _same_focus(pair: Analysis, target_ref: int, target_hyp: int) -> bool:
    """Whether "even" stands before the same word on both sides: "not even he came" ~ "even he did not come"."""

    def before(side: Side, at: int | None) -> bool:
        return at is not None and "even" in side.words[max(0, at - 2) : at]

    for here, there in ((pair.ref, pair.hyp), (pair.hyp, pair.ref)):  # "not all agreed" ~ "some did not agree"
        if any(a in NEGATORS and b in _EVERY for a, b in pairwise(here.words)) and any(w in _PART for w in there.words):
            return True
    return (before(pair.ref, target_ref) and before(pair.hyp, pair.to_hyp.get(target_ref))) or (
        before(pair.hyp, target_hyp) and before(pair.ref, pair.to_ref.get(target_hyp))
    )
