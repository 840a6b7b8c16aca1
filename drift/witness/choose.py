"""The clearest English version, and which of the other copies tell its story.

The reference is the English original that agrees most with the others (a copy that drifted, dropped passages or drowned
the story in text of its own agrees less), that carries most of what others confirm, and whose English is cleanest.
Every criterion is a number between 0 and 1 that the report shows for every candidate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from drift.errors import ResourceError, UsageError
from drift.witness.fluency import fault_rate, faults
from drift.witness.kinship import Kinship, kinship, words_of

if TYPE_CHECKING:
    from drift.align.beads import Windows
    from drift.records import Copy

__all__ = ["WEIGHTS", "Story", "find_story"]

# criterion -> weight in the clarity of a candidate
WEIGHTS: Final[Mapping[str, float]] = {"agreement": 0.5, "completeness": 0.2, "clean_english": 0.3}


@dataclass(frozen=True, slots=True)
class Story:
    """The reference, why it is the reference, and how the others are related to it."""

    reference: Copy
    given: bool  # whether the user named the reference
    why: Mapping[str, Any]  # "chosen", its criteria, "candidates": id -> criterion -> value, "weights"
    related: Mapping[str, Kinship]  # id -> the reference (first) and that copy (second); every comparable copy is here
    clarity: Mapping[str, float]  # id of each English original -> 0..1, higher is clearer

    def tells_it(self, copy_id: str) -> bool:
        """Whether that copy tells the reference's story, in whole or in part."""
        return self.related[copy_id].same_story

    def clearer_than(self, copy: Copy, others: Sequence[Copy]) -> list[Copy]:
        """The English originals among `others` that may speak against `copy`, clearest first."""
        own = self.clarity.get(copy.id, -1.0)  # any English original may speak against a translated copy
        clearer = [c for c in others if c.id in self.clarity and c.id != copy.id and self.clarity[c.id] > own]
        return sorted(clearer, key=lambda c: (-round(self.clarity[c.id], 6), c.id))


def find_story(copies: Sequence[Copy], windows: Mapping[str, Windows], *, reference: str | None = None) -> Story:
    """Choose the reference among the English originals, or take the given one, and relate every copy to it.

    Only copies with `windows` take part. The order of `copies` does not matter. Raises UsageError, ResourceError.
    """
    comparable = sorted((c for c in copies if c.id in windows and c.sentences), key=lambda c: c.id)
    english = [c for c in comparable if c.language == "en"]
    given = _given(copies, reference) if reference is not None else None
    if given is not None and given.id not in {c.id for c in comparable}:
        raise ResourceError("DR304", f"{given.path} cannot be the reference: {given.error or 'it has no sentences'}")
    if given is None and not english:
        languages = ", ".join(sorted({c.language or "unknown" for c in copies})) or "none"
        raise ResourceError(
            "DR303",
            f"none of the copies is in English (languages: {languages}); add an English version, or name the language "
            "with --lang id=en if it was not recognised",
        )
    candidates = english if given is None or given in english else [*english, given]
    kin = {
        (x.id, y.id): kinship(x, y, windows[x.id], windows[y.id])
        for x in candidates
        for y in comparable
        if x.id != y.id
    }
    criteria = _criteria(candidates, comparable, kin)
    clarity = {id: sum(WEIGHTS[k] * float(v[k]) for k in WEIGHTS) for id, v in criteria.items()}
    best = given or min(candidates, key=lambda c: (-round(clarity[c.id], 6), c.id))
    why: dict[str, Any] = {
        "chosen": _chosen(given, english),
        **{k: v for k, v in criteria[best.id].items() if k in WEIGHTS},
        "clarity": round(clarity[best.id], 4),
        "candidates": {id: {"clarity": round(clarity[id], 4), **v} for id, v in sorted(criteria.items())},
        "weights": dict(WEIGHTS),
    }
    related = {c.id: kin[best.id, c.id] for c in comparable if c.id != best.id}
    return Story(best, given is not None, why, related, {c.id: clarity[c.id] for c in english})


def _chosen(given: Copy | None, english: Sequence[Copy]) -> str:
    if given is not None:
        return "named by the user"
    return "the only English original" if len(english) == 1 else f"the clearest of {len(english)} English originals"


def _given(copies: Sequence[Copy], reference: str) -> Copy:
    """The copy that `-r` names, by id or by path."""
    for copy in copies:
        if reference in (copy.id, copy.path):
            return copy
    named = ", ".join(sorted(c.id for c in copies))
    raise UsageError("DR305", f"--reference {reference!r} is none of the copies; there are: {named}")


def _criteria(
    candidates: Sequence[Copy], comparable: Sequence[Copy], kin: Mapping[tuple[str, str], Kinship]
) -> dict[str, dict[str, Any]]:
    """Each criterion of each candidate, 0..1, and the counts it was made from."""
    agreement: dict[str, float] = {}
    confirmed: dict[str, float] = {}
    for x in candidates:
        others = [kin[x.id, y.id] for y in comparable if y.id != x.id and kin[x.id, y.id].same_story]
        agreement[x.id] = sum(k.agreement for k in others)
        confirmed[x.id] = sum(words_of(x)) * max((k.of_first for k in others), default=0.0)
    most_agreement = max(agreement.values(), default=0.0) or 1.0
    most_confirmed = max(confirmed.values(), default=0.0) or 1.0
    values: dict[str, dict[str, Any]] = {}
    for x in candidates:
        body = _own_words(x)
        rate = fault_rate(body)
        values[x.id] = {
            "agreement": round(agreement[x.id] / most_agreement, 4),
            "completeness": round(confirmed[x.id] / most_confirmed, 4),
            "clean_english": round(1 / (1 + rate), 4),
            "faults_per_100_words": round(rate, 2),
            "faults": ", ".join(f"{n} {kind}" for kind, n in faults(body).items() if n) or "none",
            "words": sum(words_of(x)),
        }
    return values


def _own_words(copy: Copy) -> str:
    """What is compared of a copy, as it stands there; of a translated copy what is compared is the translation."""
    if copy.translated:
        return "\n".join(s.english for s in copy.sentences)
    paragraphs: dict[int, list[int]] = {}
    for s in copy.sentences:
        start, end = paragraphs.get(s.paragraph, [s.start, s.end])
        paragraphs[s.paragraph] = [min(start, s.start), max(end, s.end)]
    return "\n".join(copy.text[start:end].replace("\n", " ") for start, end in paragraphs.values())
