"""Must, may, will; question or statement; tense and aspect; hearsay or fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.side import Side
from drift.lexicon.lemmas import lemmas, same_lemma

__all__ = ["Modality", "is_question", "tense"]

_NECESSITY, _POSSIBILITY, _WOULD = "necessity", "possibility", "hypothesis"
_FORCE = {
    "must": _NECESSITY, "should": _NECESSITY, "ought": _NECESSITY, "shall": _NECESSITY, "need": _NECESSITY,
    "may": _POSSIBILITY, "might": _POSSIBILITY, "could": _POSSIBILITY, "can": _POSSIBILITY,
    "would": _WOULD, "'d": _WOULD,
}  # fmt: skip
_HEARSAY = frozenset(
    "allegedly reportedly apparently supposedly purportedly seemingly rumoured rumored alleged".split()
)
_MAYBE = frozenset("perhaps maybe possibly probably presumably likely".split())
_POSSIBLE = frozenset("possible possibly possibility chance probable apparently seems seem".split())
_OBLIGED = frozenset("have need ought oblige require force compel".split())
_ALLOWED = frozenset("able unable allow permit enable".split())
_IF = frozenset("if unless".split())
_CONDITIONAL = frozenset("if unless when whenever whether should provided providing case once had were until suppose supposing".split())
_POLITE = frozenset((w,) for w in "could can would will".split())
_ASKING_WORDS = frozenset("who what when where why how which whose whom".split())


def tense(side: Side, verb: int) -> tuple[str, str, str]:
    """(tense, aspect, force) of a verb with its auxiliaries: ("past", "simple", ""), ("future", "progressive", ""), …"""
    aux = [
        k for k in range(max(0, verb - 5), verb)
        if side.auxiliary[k] and not _opens_condition(side, k)
        and ((side.tags.head[k] == verb and side.tags.dep[k] in ("aux", "auxpass")) or _between(side, k, verb))
    ]  # fmt: skip
    tag = side.tags.tag[verb]
    had = tag == "VBN" and not any(side.words[k] == "have" for k in aux)  # "I'd been robbed"
    words = ["had" if had and side.words[k] == "'d" else side.words[k] for k in aux]
    force = next((_FORCE[w] for w in words if w in _FORCE), "") or _periphrasis(side, verb)
    future = any(w in ("will", "'ll", "shall") for w in words) or _going_to(side, verb)
    have = any(w in ("have", "has", "had", "having", "'ve") for w in words)
    be = any(w in ("am", "is", "are", "was", "were", "be", "been", "being", "'re", "'m") for w in words)
    past_aux = any(w in ("was", "were", "had", "did") for w in words)
    if future:
        time = "future"
    elif past_aux or (tag == "VBD" and not words) or (tag in ("VBD", "VBN") and not words):
        time = "past"
    elif have and not past_aux:
        time = "perfect"
    elif words or tag in ("VBZ", "VBP"):
        time = "present"
    else:
        time = ""
    aspect = "progressive" if tag == "VBG" and be else "perfect" if have else "simple"
    return time, aspect, force


def _periphrasis(side: Side, verb: int) -> str:
    """The force of "have to", "be able to", "cannot" and their like before a verb."""
    if verb and side.words[verb - 1] == "cannot":
        return _POSSIBILITY
    if verb >= 2 and side.words[verb - 1] == "to":
        governor = lemmas(side.words[verb - 2])
        if governor & _OBLIGED:
            return _NECESSITY
        if governor & _ALLOWED:
            return _POSSIBILITY
    return ""


def _said_otherwise(side: Side, verb: int, force: str) -> bool:
    """Whether a side without a modal verb says its force in another way: "perhaps", "it is possible", "tell him to"."""
    if force == _POSSIBILITY:
        return any(w in _MAYBE or w in _POSSIBLE for w in side.words)
    return verb > 0 and side.words[verb - 1] == "to"


def _between(side: Side, k: int, verb: int) -> bool:
    """Only adverbs, negators and pronouns between an auxiliary and its verb."""
    return all(
        side.tags.tag[m].startswith(("RB", "PRP", "MD")) or side.auxiliary[m] or side.negator[m]
        for m in range(k + 1, verb)
    )


def _going_to(side: Side, verb: int) -> bool:
    return verb >= 2 and side.words[verb - 2 : verb] == ("going", "to")


def _opens_condition(side: Side, k: int) -> bool:
    """Whether a "should" means "if": "Should it rain, …"; not "the staff, it says, should leave"."""
    if side.words[k] != "should" or any(side.is_word[k - 1 : k]) or is_question(side):
        return False
    return not "".join(side.tags.tag[k + 1 : k + 2]).startswith(("VB", "RB"))


def is_question(side: Side) -> bool:
    """Whether the sentence asks: it ends in a question mark, quotes and dots aside."""
    marks = [w for w, is_word in zip(side.words, side.is_word, strict=True) if not is_word]
    return "?" in marks[-3:]


class Modality:
    """Modal force, question against statement, tense, aspect, hearsay."""

    name = "modality"
    order = 65

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Compare the sentence type, then each linked verb with its auxiliaries, then the hedges."""
        yield from self._sentence_type(pair)
        yield from self._conditions(pair)
        for i, j in pair.links:
            verbs = pair.ref.tags.tag[i].startswith("VB") and pair.hyp.tags.tag[j].startswith("VB")
            if verbs and not pair.ref.auxiliary[i] and not pair.hyp.auxiliary[j]:
                yield from self._verb(pair, i, j)
            elif {_FORCE.get(pair.ref.words[i]), _FORCE.get(pair.hyp.words[j])} == {_NECESSITY, _POSSIBILITY}:
                yield from self._copula(pair, i, j)
        yield from self._hedges(pair)

    def _sentence_type(self, pair: Analysis) -> Iterator[Candidate]:
        asks_ref, asks_hyp = is_question(pair.ref), is_question(pair.hyp)
        if asks_ref == asks_hyp or not pair.links:
            return
        asking = pair.hyp if asks_hyp else pair.ref
        other = pair.ref if asks_hyp else pair.hyp
        if _asks_anyway(other) or any(w == "?" for w in other.words):
            return  # the mark is missing, the question is not
        if _requested(asking, other):
            return
        last_ref = len(pair.ref.tokens) - 1
        last_hyp = len(pair.hyp.tokens) - 1
        begins = asking.auxiliary[0] or asking.words[0] in _ASKING_WORDS
        what = "A statement became a question." if asks_hyp else "A question became a statement."
        yield Candidate(
            "modality.question",
            "modality",
            "major",
            0.9 if begins else 0.7,
            what,
            (last_ref, last_ref + 1),
            (last_hyp, last_hyp + 1),
        )

    def _verb(self, pair: Analysis, i: int, j: int) -> Iterator[Candidate]:
        if _requested(pair.ref, pair.hyp) or _requested(pair.hyp, pair.ref):
            return
        time_a, aspect_a, force_a = tense(pair.ref, i)
        time_b, aspect_b, force_b = tense(pair.hyp, j)
        a, b = _group(pair.ref, i), _group(pair.hyp, j)
        text_a, text_b = _text(pair.ref, a), _text(pair.hyp, b)
        same_word = same_lemma(pair.ref.words[i], pair.hyp.words[j])
        if (not force_a and _said_otherwise(pair.ref, i, force_b)) or (
            not force_b and _said_otherwise(pair.hyp, j, force_a)
        ):
            return
        if force_a != force_b and {force_a, force_b} & {_NECESSITY, _POSSIBILITY}:
            grave = {force_a, force_b} == {_NECESSITY, _POSSIBILITY} or not force_a or not force_b
            if force_a and force_b and _denied(pair.ref, i) and _denied(pair.hyp, j):
                grave = False  # "cannot allow" ~ "must not allow"
            yield Candidate(
                "modality.force", "modality", "major" if grave and same_word else "minor", 0.7 if same_word else 0.5,
                f"{quote(text_a)} became {quote(text_b)}: another degree of certainty or obligation.", a, b,
            )  # fmt: skip
        elif time_a and time_b and time_a != time_b and {time_a, time_b} != {"past", "perfect"}:
            yield Candidate(
                "modality.tense", "modality", "minor", 0.65 if same_word else 0.4,
                f"The tense changed: {quote(text_a)} became {quote(text_b)}.", a, b,
            )  # fmt: skip
        elif aspect_a != aspect_b and same_word and time_a and time_b:
            yield Candidate(
                "modality.aspect",
                "modality",
                "minor",
                0.45,
                f"The aspect changed: {quote(text_a)} became {quote(text_b)}.",
                a,
                b,
            )

    def _copula(self, pair: Analysis, i: int, j: int) -> Iterator[Candidate]:
        """Two linked modal verbs before a form of be, which has no link of its own worth comparing: "might be", "must be"."""
        after = pair.ref.words[i + 1 : i + 3], pair.hyp.words[j + 1 : j + 3]
        if all("be" in words for words in after):
            yield Candidate(
                "modality.force", "modality", "major", 0.7,
                f"{quote(pair.ref.tokens[i].text)} became {quote(pair.hyp.tokens[j].text)}: another degree of certainty or obligation.",
                (i, i + 1), (j, j + 1),
            )  # fmt: skip

    def _conditions(self, pair: Analysis) -> Iterator[Candidate]:
        """A condition that became a fact, or a fact that became a condition."""
        for here, there, links, lost in ((pair.ref, pair.hyp, pair.to_hyp, True), (pair.hyp, pair.ref, pair.to_ref, False)):
            if any(w in _CONDITIONAL for w in there.words) or is_question(here) or is_question(there):
                continue
            for k, word in enumerate(here.words):
                if word not in _IF or (k and here.words[k - 1] in ("even", "as", "what")):
                    continue
                after = range(k + 1, min(k + 8, len(here.words)))
                verb = next((v for v in after if here.tags.tag[v].startswith("VB") and here.content[v]), None)
                if verb is None or verb not in links:
                    continue
                if here.words[k - 1 : k] == ("it",) or _order_and_promise(there):
                    continue  # "would like it if"; "if you hurry" ~ "hurry, and you will"
                other = links[verb]
                if there.tags.tag[other] == "VBG" or "to" in there.words[max(0, other - 1) : other]:
                    continue  # "if you want to win" ~ "to win", "winning"
                place, counterpart = (k, k + 1), (other, other + 1)
                yield Candidate(
                    "modality.condition", "modality", "major", 0.7,
                    f"{quote(here.tokens[k].text)} is lost: a condition became a fact." if lost
                    else f"{quote(here.tokens[k].text)} was added: a fact became a condition.",
                    place if lost else counterpart, counterpart if lost else place,
                )  # fmt: skip
                break

    def _hedges(self, pair: Analysis) -> Iterator[Candidate]:
        for here, there, links, lost in (
            (pair.ref, pair.hyp, pair.to_hyp, True),
            (pair.hyp, pair.ref, pair.to_ref, False),
        ):
            for k, word in enumerate(here.words):
                kind = "hearsay" if word in _HEARSAY else "hedge" if word in _MAYBE else ""
                if not kind or k in links or any(w in _HEARSAY | _MAYBE for w in there.words):
                    continue
                if kind == "hedge" and _modals(there) > _modals(here):
                    continue  # "it is possibly" ~ "it may be"
                message = f"The {kind} {quote(here.tokens[k].text)} {'is lost' if lost else 'was added'}."
                place = (k, k + 1)
                yield Candidate(
                    "modality.hedge",
                    "modality",
                    "major",
                    0.6,
                    message,
                    place if lost else None,
                    None if lost else place,
                )


def _modals(side: Side) -> int:
    return sum(w in ("may", "might", "could", "can", "should", "must", "seem", "seems", "seemed") for w in side.words)


def _order_and_promise(side: Side) -> bool:
    """Whether it is "do this, and that will happen", a condition without an "if"."""
    at = next((k for k, w in enumerate(side.words) if w in ("and", "or")), None)
    return at is not None and side.tags.tag[0] == "VB" and any(w in ("will", "'ll") for w in side.words[at + 1 : at + 4])


def _requested(asking: Side, other: Side) -> bool:
    """Whether one asks for what the other tells somebody to do: "Could you bring …?" ~ "Please bring …"."""
    if asking.words[:1] not in _POLITE or asking.words[1:2] != ("you",):
        return False
    return "please" in other.words or other.tags.tag[0] == "VB"


def _denied(side: Side, verb: int) -> bool:
    return any(side.negator[k] or side.words[k] == "cannot" for k in range(max(0, verb - 3), verb))


def _asks_anyway(side: Side) -> bool:
    """Whether it has the form of a question though the mark is missing."""
    first = side.words[0] if side.words else ""
    return first in _ASKING_WORDS or (bool(side.words) and side.auxiliary[0]) or bool(lemmas(first) & {"ask", "wonder"})


def _group(side: Side, verb: int) -> tuple[int, int]:
    """The verb with its auxiliaries, as a token range."""
    start = verb
    while start > 0 and verb - start < 4 and (side.auxiliary[start - 1] or side.negator[start - 1]):
        start -= 1
    return start, verb + 1


def _text(side: Side, where: tuple[int, int]) -> str:
    start, end = side.span(*where)
    return side.text[start:end]
