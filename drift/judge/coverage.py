"""Phrases and whole sentences left out or put in, weighed by what they carry; repetition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from drift.judge.analysis import Analysis
from drift.judge.apposition import explains_a_name
from drift.judge.detector import Candidate, quote
from drift.judge.fullnames import same_in_full
from drift.judge.gaps import gaps
from drift.judge.polarity import LEXICAL_NEGATIVES
from drift.judge.side import Side
from drift.lexicon.lemmas import lemmas
from drift.records import Finding, Span
from drift.typology import Severity

__all__ = ["Coverage", "Gap", "judge_gaps"]

_LIGHT = frozenset(
    "also too very just really then now so well even still already however therefore thus indeed actually simply quite "
    "rather perhaps say said yes oh please once again there here moreover furthermore besides meanwhile nevertheless "
    "nonetheless additionally consequently accordingly hence thereby".split()
)  # words that come and go in translation without changing what is said
_FILLERS = frozenset(
    tuple(p.split()) for p in ("of course", "in fact", "in addition", "as well", "in turn", "in other words", "for his part",
                               "for her part", "for their part", "at the same time", "as a matter of fact", "on the other hand",
                               "that is to say", "in particular", "in this regard", "in this context")
)  # fmt: skip
_KINDS = frozenset("city town village state province region island coast month year river district county country area".split())
_CLAUSE_ENDS = frozenset(": ; ! ?".split())
_ABBREVIATION = 4  # letters of the longest word whose full stop may end nothing: "Prof."
_LIGHT_VERBS = frozenset("take make have do get give go come be begin start exist happen".split())  # "took place"


class Coverage:
    """Content that is missing or added within a sentence."""

    name = "coverage"
    order = 70

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Unlinked stretches that carry something and have no counterpart; then words said twice."""
        left = gaps(pair)
        known = same_in_full(pair) if left else (set(), set())
        for gap in left:
            if gap.ref and not _carries(pair.hyp, gap.hyp):
                for part in _clauses(pair.ref, gap.ref):
                    yield from self._left_over(pair, pair.ref, tuple(k for k in part if k not in known[0]), lost=True)
            if gap.hyp and not _carries(pair.ref, gap.ref):
                for part in _clauses(pair.hyp, gap.hyp):
                    yield from self._left_over(pair, pair.hyp, tuple(k for k in part if k not in known[1]), lost=False)
        yield from self._repeated(pair)

    def _left_over(self, pair: Analysis, side: Side, run: tuple[int, ...], *, lost: bool) -> Iterator[Candidate]:
        run = tuple(
            k for k in run if not (side.name[k] or side.in_quantity[k] >= 0)
        )  # these have detectors of their own
        carried = [k for k in run if side.content[k] and side.words[k] not in _LIGHT and side.words[k : k + 2] != ("able", "to")]
        if len(carried) == 1 and lemmas(side.words[carried[0]]) & _LIGHT_VERBS:
            return
        if not carried or tuple(side.words[k] for k in run) in _FILLERS:
            return
        other = pair.hyp if lost else pair.ref
        elsewhere = pair.cosine if lost else pair.cosine.T
        fresh = [
            k for k in carried if not any(elsewhere[k, m] > 0.8 and other.content[m] for m in range(len(other.tokens)))
        ]
        if not fresh:
            return  # said elsewhere in the sentence
        if all(side.words[k] == "minus" for k in fresh) and not {"-", "−", "–"}.isdisjoint(other.words):
            return
        if all(lemmas(side.words[k]) & LEXICAL_NEGATIVES for k in fresh) and any(other.negator) and not any(side.negator):
            return  # "declined to say" ~ "would not say"
        first, last = _trim(side, run)
        mass = float(side.weight[fresh].sum())
        start, end = side.span(first, last + 1)
        text = side.text[start:end]
        verbs = any(side.tags.tag[k].startswith("VB") for k in fresh)
        severity: Severity = "major" if mass >= 1.2 or len(fresh) >= 2 or verbs else "minor"
        strength = min(0.35 + 0.25 * mass, 0.9)
        place = (first, last + 1)
        size = "word" if len(run) == 1 else "phrase"
        if _kind_of_place(side, fresh) or explains_a_name(side, fresh, pair.to_hyp if lost else pair.to_ref):
            size, severity = "gloss", "minor"
        if lost:
            yield Candidate(
                f"omission.{size}", "omission", severity, strength, f"{quote(text)} is missing.", place, None
            )
        else:
            yield Candidate(
                f"addition.{size}", "addition", severity, strength, f"{quote(text)} was added.", None, place
            )

    def _repeated(self, pair: Analysis) -> Iterator[Candidate]:
        """A word or phrase said twice in a row that the reference says once."""
        words = pair.hyp.words
        for size in (1, 2, 3, 4):
            for j in range(len(words) - 2 * size + 1):
                first, second = words[j : j + size], words[j + size : j + 2 * size]
                if first != second or not any(pair.hyp.is_word[j : j + size]) or (size > 1 and len(set(first)) == 1):
                    continue
                if size == 1 and (first[0] in ("that", "had", "is", "very") or first[0].isdigit()):
                    continue
                if any(pair.ref.words[i : i + 2 * size] == first + second for i in range(len(pair.ref.words))):
                    continue
                start, end = pair.hyp.span(j + size, j + 2 * size)
                yield Candidate(
                    "addition.repeat", "addition", "minor", 0.85, f"{quote(pair.hyp.text[start:end])} is repeated.",
                    None, (j + size, j + 2 * size),
                )  # fmt: skip


def _clauses(side: Side, run: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The run cut where a clause ends inside it: "… clan: The question …" is two things that were added, each weighed by itself."""
    start = 0
    for at in range(1, len(run)):
        if any(_ends_clause(side, k) for k in range(run[at - 1] + 1, run[at])):
            yield run[start:at]
            start = at
    yield run[start:]


def _ends_clause(side: Side, k: int) -> bool:
    """Whether a mark ends a clause; a full stop does where a new sentence begins behind it."""
    if side.words[k] != ".":
        return side.words[k] in _CLAUSE_ENDS
    return len(side.words[k - 1]) > _ABBREVIATION and side.tokens[k + 1].text[:1].isupper()


def _kind_of_place(side: Side, fresh: list[int]) -> bool:
    """Whether all that came or went says what is named: "the coast of Crete", "the year 1938"."""
    after = fresh[-1] + 1
    if after >= len(side.words) or any(side.words[k] not in _KINDS for k in fresh):
        return False
    return side.words[after] == "of" or side.name[after] or side.in_quantity[after] >= 0


def _trim(side: Side, run: tuple[int, ...]) -> tuple[int, int]:
    """First and last word of the run without what only joins it to the rest: "and the house" stays, "house and" loses "and"."""
    last = len(run) - 1
    while last > 0 and not side.content[run[last]]:
        last -= 1
    return run[0], run[last]


def _carries(side: Side, run: tuple[int, ...]) -> bool:
    return any(side.content[k] and side.words[k] not in _LIGHT for k in run)


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence without a counterpart: of the reference (an omission) or of the copy (an addition)."""

    text: str
    side: Literal["omission", "addition"]


def judge_gaps(lone: Sequence[Gap]) -> list[list[Finding]]:
    """One finding for each sentence without a counterpart, spans relative to its text; severity by what it carries.

    A name, a number or a negation makes it major; a short phrase without content (a greeting, "Yes.") minor.
    """
    from drift.align.words import default_encoder
    from drift.judge.side import read_sides
    from drift.judge.tagger import default_tagger

    sides = read_sides([g.text for g in lone], default_encoder(), default_tagger())
    return [[_lone_finding(g, sides[g.text])] if sides[g.text].tokens else [] for g in lone]


def _lone_finding(lone: Gap, side: Side) -> Finding:
    mass = float(side.weight.sum())
    carries = [
        word
        for word, has in (
            ("a number", bool(side.quantities)),
            ("a name", any(side.name)),
            ("a negation", any(side.negator)),
        )
        if has
    ]
    severity: Severity = "major" if side.quantities or (carries and mass >= 1.5) or mass >= 3.0 else "minor"
    span = Span(0, len(lone.text), lone.text)
    what = f" with {' and '.join(carries)}" if carries else ""
    omitted = lone.side == "omission"
    return Finding(
        id="",
        category=lone.side,
        severity=severity,
        confidence=0.8,
        message=f"A sentence{what} {'is missing' if omitted else 'was added'}: {quote(lone.text, 80)}",
        reference_span=span if omitted else None,
        copy_span=None if omitted else span,
        detector="coverage",
    )
