"""What a reader is told first: which findings count, in which order, and the verdict in plain sentences.

Every readable format takes its words and its order from here, so that they cannot disagree. A finding that a person
rejected is quiet everywhere; one that the instrument (our translation) is to blame for is counted, and folded away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from drift.records import Bead, Copy, CopyDrift, Finding, Report, Sentence
from drift.typology import SEVERITIES, SEVERITY_WEIGHT, Category, Severity, at_least

__all__ = ["SCORE", "Tally", "candidates", "counts", "differs", "findings_of", "language", "own_beads", "percent",
           "reasons", "sentence_numbers", "short", "tally", "text_of", "translation_of", "verdict", "weight",
           "worst_beads", "worst_first"]

SCORE: Final = "drift score: 0 = same meaning … 1 = every sentence says something else"

# What changed, as a verdict says it, in order of gravity.
_WHAT: Final[tuple[tuple[frozenset[Category], str], ...]] = (
    (frozenset({"name", "role"}), "who did what, or who it is about, changed"),
    (frozenset({"polarity"}), "what is affirmed is denied or the reverse"),
    (frozenset({"number", "date"}), "a number or a date changed"),
    (frozenset({"modality"}), "how certain it is, or when it happens, changed"),
    (frozenset({"wording", "untranslated"}), "a word or a phrase means something else"),
    (frozenset({"omission", "addition"}), "something is missing or was added"),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings of each kind; tallies add up."""

    critical: int = 0
    major: int = 0
    minor: int = 0
    instrument: int = 0  # attributed to our translation: in none of the three above
    rejected: int = 0  # by a person: in none of the others

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))

    def __getitem__(self, severity: Severity) -> int:
        return int(getattr(self, severity))


def counts(finding: Finding) -> bool:
    """Whether a finding counts against the copy: nobody rejected it, and it is not our translation's."""
    return finding.status != "rejected" and finding.attribution != "instrument"


def tally(findings: Iterable[Finding]) -> Tally:
    """Count findings by severity, those of the instrument and the rejected ones apart."""
    number = dict.fromkeys(Tally.__slots__, 0)
    for finding in findings:
        if finding.status == "rejected":
            number["rejected"] += 1
        elif finding.attribution == "instrument":
            number["instrument"] += 1
        else:
            number[finding.severity] += 1
    return Tally(**number)


def weight(bead: Bead) -> float:
    """Sum the weights of the findings that count."""
    return sum(SEVERITY_WEIGHT[f.severity] for f in bead.findings if counts(f))


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Sort the findings that count: the worst and surest first, otherwise in their order."""
    kept = [f for f in findings if counts(f)]
    return sorted(kept, key=lambda f: (-SEVERITIES.index(f.severity), f.attribution != "copy", -f.confidence))


def worst_beads(drift: CopyDrift, *, floor: Severity = "minor") -> list[Bead]:
    """Beads with a finding that counts and is `floor` or worse; the worst first, equal ones in reading order."""
    ranked = []
    for place, bead in enumerate(drift.beads):
        found = worst_first(bead.findings)
        if found and at_least(found[0].severity, floor):
            ranked.append((-SEVERITIES.index(found[0].severity), -found[0].confidence, -weight(bead), place))
    return [drift.beads[rank[-1]] for rank in sorted(ranked)]


def findings_of(report: Report) -> Iterator[tuple[CopyDrift, Bead, Finding]]:
    """Yield every finding, the instrument's and the rejected ones too, with its copy and bead, in reading order."""
    for drift in report.copies:
        for bead in drift.beads:
            for finding in bead.findings:
                yield drift, bead, finding


def text_of(sentences: Iterable[Sentence]) -> str:
    """Join the sentences' own words by a space."""
    return " ".join(s.text for s in sentences)


def translation_of(bead: Bead) -> str:
    """Join the copy's sentences in English by a space; "" where nothing was translated."""
    return " ".join(s.english for s in bead.copy) if any(s.translation for s in bead.copy) else ""


def own_beads(reference: str, drift: CopyDrift) -> list[Bead]:
    """Beads that were compared with the reference itself (its id) rather than with another witness."""
    return [b for b in drift.beads if b.witness == reference]


def differs(bead: Bead, *, surely: bool = False) -> bool:
    """Whether both sides have text and a major or critical finding counts; `surely`: and it is plainly the copy's."""
    return bool(bead.reference and bead.copy) and any(
        counts(f) and at_least(f.severity, "major") and (f.attribution == "copy" or not surely) for f in bead.findings
    )


def verdict(reference: str, drift: CopyDrift) -> str:
    """Say in plain sentences what became of one copy beside `reference` (an id); "" for the reference itself."""
    name = drift.id
    if drift.role == "reference":
        return ""
    if drift.copy.error is not None:
        return f"{name} could not be compared: {_sentence(drift.copy.error)}"
    if drift.role == "unrelated":
        return f"{name} is not a copy of this story" + (f": {_sentence(drift.why)}" if drift.why else ".")
    own = [b for b in own_beads(reference, drift) if b.reference and b.copy]
    words = [_changed(name, own) if own else f"{name} carries no sentence of the reference."]
    return " ".join([*words, *_missing(reference, drift), *_beyond(reference, drift)])


def _beyond(reference: str, drift: CopyDrift) -> list[str]:
    """Say what was compared with other witnesses, where the reference is silent."""
    words = []
    for witness in dict.fromkeys(b.witness for b in drift.beads if b.witness != reference):
        both = [b for b in drift.beads if b.witness == witness and b.reference and b.copy]
        number = sum(len(b.copy) for b in both if differs(b, surely=True))
        if both:
            of = f"{_number(sum(len(b.copy) for b in both), 'further sentence')} compared with {witness}"
            words.append(f"Of {of}, {number or 'none'} {'say' if number > 1 else 'says'} something else.")
    return words


def _changed(name: str, both: list[Bead]) -> str:
    total = sum(len(b.reference) for b in both)
    sure = [b for b in both if differs(b, surely=True)]
    unsure = sum(len(b.reference) for b in both if differs(b) and not differs(b, surely=True))
    slight = sum(len(b.reference) for b in both if not differs(b) and any(map(counts, b.findings)))
    number = sum(len(b.reference) for b in sure)
    if sure:
        kinds = _kinds(sure)
        groups = [f"in {n}{' of them' if not i else ''} {words}" for i, (n, words) in enumerate(kinds)]
        what = "; " + "; ".join(groups) if number > 1 and groups else ""
        what = f": {kinds[0][1]}" if number == 1 and kinds else what
        where = "the one sentence" if total == 1 else f"{number} of the {total} sentences"
        words = [f"{name} says something else in {where} it carries{what}."]
    elif unsure == total:
        words = []
    elif total == 1:
        words = [f"{name} says the same in the one sentence it carries."]
    else:
        share = f"{total - unsure} of" if unsure else "all"
        words = [f"{name} says the same in {share} the {total} sentences it carries."]
    if unsure:
        more = f"{unsure} more" if sure else f"{unsure}"
        words.append(f"In {more}, either the copy or our translation of it moved the meaning.")
    if slight:
        words.append(f"It differs slightly in {slight}{' more' if sure else ''}.")
    return " ".join(words)


def _kinds(beads: Iterable[Bead]) -> list[tuple[int, str]]:
    """How many sentences each group of categories touches, the gravest groups first."""
    found = []
    for categories, words in _WHAT:
        number = sum(
            len(b.reference)
            for b in beads
            if any(f.category in categories and counts(f) and at_least(f.severity, "major") for f in b.findings)
        )
        if number:
            found.append((number, words))
    return found[:3]


def _missing(reference: str, drift: CopyDrift) -> list[str]:
    left_out = [s for b in own_beads(reference, drift) if not b.copy for s in b.reference]
    added = sum(len(b.copy) for b in drift.beads if not b.reference)
    words = []
    if left_out:
        words.append(f"leaves out {_number(len(left_out), 'sentence')} of the reference")
    if added:
        words.append(f"adds {_number(added, 'sentence')} of its own")
    return [f"It {' and '.join(words)}."] if words else []


def reasons(report: Report) -> list[tuple[str, str]]:
    """Why the reference is the reference: (criterion, value) as words, in the witness stage's order, without tables."""
    plain = {name: value for name, value in report.why.items() if name not in dict(_tables(report))}
    return [(str(name).replace("_", " "), _words(value)) for name, value in plain.items()]


def candidates(report: Report) -> list[tuple[list[str], list[list[str]]]]:
    """Tables in the reasons (candidate -> criterion -> value): for each the header, and the rows as words."""
    tables = []
    for name, table in _tables(report):
        criteria = list(dict.fromkeys(key for row in table.values() for key in row))
        header = [str(name).replace("_", " "), *(str(c).replace("_", " ") for c in criteria)]
        tables.append((header, [[str(k), *(_words(row.get(c, "")) for c in criteria)] for k, row in table.items()]))
    return tables


def _tables(report: Report) -> list[tuple[str, Mapping[str, Mapping[str, Any]]]]:
    return [
        (name, value) for name, value in report.why.items()
        if isinstance(value, Mapping) and value and all(isinstance(row, Mapping) for row in value.values())
    ]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {_words(v)}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_words, value))
    return str(value)


def percent(share: float) -> str:
    """Show a share of 1 as a whole percentage."""
    return f"{share * 100:.0f}%"


def short(text: str, room: int = 300) -> str:
    """Cut a message that nobody would read to its end."""
    return text if len(text) <= room else text[: room - 2] + " …"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if re.search(r"[.!?…]$", text) else f"{text}."


def sentence_numbers(bead: Bead) -> str:
    """Name the bead's place for people, counted from 1: "12" or "12 to 13", of the reference where it has one."""
    side = bead.reference or bead.copy
    first, last = side[0].index + 1, side[-1].index + 1
    return str(first) if first == last else f"{first} to {last}"


def language(copy: Copy) -> str:
    """Name a copy's language by its code, "?" where it is unknown."""
    return copy.language or "?"
