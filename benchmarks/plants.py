"""Errors planted into faithful French sentences by general rules, for benchmarks/attribution.py.

A name or a number exchanged, a negation taken out or put in, a clause left out or put in, a word or a pronoun exchanged. A row is
a French sentence and its English.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from drift.lexicon import wordnet
from drift.records import Finding

__all__ = ["PLANTERS", "Planted", "is_the_plant", "plant_all"]

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![\w.,-])\d{1,4}(?:,\d+)?(?![\w.,-]|\s\d{3}\b)")
_NEGATED = re.compile(r"\b(n['’]|ne )((?:\w+['’])?\w+) (pas|jamais)\b ?")
_AFFIRMED = re.compile(
    r"(?<!['’\w])(est|sont|a|ont|était|étaient|avait|avaient|sera|seront|peut|peuvent|doit|doivent|fait|va|vont) (?!pas|plus|jamais|rien|aucun|que|point)"
)
_CLAUSE = re.compile(r", ([^\W\d_]+(?:['’ -][^\W\d_]+){2,11})(?=[,.])")
# A French pronoun, the one it is exchanged for, and the English words that show whom the first one means.
_PRONOUNS = [
    ("il", "elle", "he"), ("elle", "il", "she"), ("son", "mon", "his|her|its"), ("sa", "ma", "his|her|its"), ("ses", "mes", "his|her|its"),
    ("notre", "leur", "our"), ("nos", "leurs", "our"), ("leur", "notre", "their"), ("leurs", "nos", "their"), ("mon", "son", "my"),
    ("ma", "sa", "my"), ("mes", "ses", "my"),
]  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """A French sentence with one error put in."""

    line: int
    kind: str
    source: str
    old: str
    new: str


def plant_name(line: int, row: Sequence[str], rows: Sequence[Sequence[str]], rng: random.Random) -> Planted | None:
    """Exchange a name that stands in both languages for one from another line."""
    names = _names(row)
    pool = sorted({n for other in rows for n in _names(other)} - set(names))
    if not names or not pool:
        return None
    old = rng.choice(names)
    new = rng.choice([n for n in pool if n[:2].casefold() != old[:2].casefold()])
    return Planted(line, "name", re.sub(rf"\b{old}\b", new, row[0]), old, new)


def _names(row: Sequence[str]) -> list[str]:
    """Words with a capital inside both sentences, equal in both."""
    inside = [
        m.group() for m in _WORD.finditer(row[0]) if m.start() > 2 and m.group()[0].isupper() and len(m.group()) > 3
    ]
    english = set(_WORD.findall(row[1][1:]))
    return sorted({n for n in inside if n in english and sum(c.isupper() for c in n) == 1 and _is_name(n)})


def _is_name(word: str) -> bool:
    """Not a word of the language that happens to be written large (Morning, Community): a reference work knows it as a name only."""
    return not wordnet.known(word.casefold()) or wordnet.is_proper(word.casefold())


def plant_number(line: int, row: Sequence[str], rows: Sequence[Sequence[str]], rng: random.Random) -> Planted | None:
    """Exchange digits that stand in both languages for others of the same length."""
    shared = [
        m
        for m in _NUMBER.finditer(row[0])
        if re.search(rf"(?<![\d.,]){m.group().replace(',', '.')}(?![\d]|[.,]\d)", row[1])
    ]
    shared = [m for m in shared if float(m.group().replace(",", ".")) > 2]
    if not shared:
        return None
    match = rng.choice(shared)
    old = match.group()
    while True:
        digits = [rng.choice("123456789") if c.isdigit() else c for c in old]
        new = "".join(digits)
        if len(old) == 4 and old[:2] in ("19", "20"):
            new = old[:2] + new[2:]
        if new != old and float(new.replace(",", ".")) > 2:
            break
    return Planted(
        line,
        "number",
        row[0][: match.start()] + new + row[0][match.end() :],
        old.replace(",", "."),
        new.replace(",", "."),
    )


def plant_negation(line: int, row: Sequence[str], rows: Sequence[Sequence[str]], rng: random.Random) -> Planted | None:
    """Take a negation out, or put one in at a frequent verb."""
    source = row[0]
    if (match := _NEGATED.search(source)) and " que" not in source[match.end() : match.end() + 4]:
        return Planted(
            line, "negation", source[: match.start()] + match.group(2) + " " + source[match.end() :], match.group(3), ""
        )
    if (match := _AFFIRMED.search(source)) and not re.search(r"\b(ne|n['’])", source):
        verb = match.group(1)
        denied = ("n’" if verb[0] in "aeéo" else "ne ") + verb + " pas "
        return Planted(line, "negation", source[: match.start()] + denied + source[match.end() :], "", "not")
    return None


def plant_omission(line: int, row: Sequence[str], rows: Sequence[Sequence[str]], rng: random.Random) -> Planted | None:
    """Leave a clause between commas out."""
    match = _CLAUSE.search(row[0])
    return match and Planted(line, "omission", row[0][: match.start()] + row[0][match.end() :], match.group(1), "")


def plant_addition(line: int, row: Sequence[str], rows: Sequence[Sequence[str]], rng: random.Random) -> Planted | None:
    """Put a clause of another line in, where this one has its first comma or its end."""
    clauses = [
        m.group(1) for other in rng.sample(list(rows), 40) if other is not row for m in _CLAUSE.finditer(other[0])
    ]
    place = row[0].find(",") if "," in row[0] else len(row[0].rstrip(" .»!?"))
    if not clauses or place < 10:
        return None
    new = rng.choice(clauses)
    return Planted(line, "addition", f"{row[0][:place]}, {new},{row[0][place:].lstrip(',')}", "", new)


def plant_wording(line: int, row: Sequence[str], rows: Sequence[Sequence[str]], rng: random.Random) -> Planted | None:
    """Exchange a long word for one of another line with the same ending."""
    own = [w for w in _WORD.findall(row[0]) if w.islower() and len(w) >= 6]
    if not own:
        return None
    old = rng.choice(own)
    pool = sorted(
        {
            w
            for o in rng.sample(list(rows), 60)
            for w in _WORD.findall(o[0])
            if w.islower() and len(w) >= 6 and w[-2:] == old[-2:] and w[:4] != old[:4]
        }
    )
    if not pool:
        return None
    new = rng.choice(pool)
    return Planted(line, "wording", re.sub(rf"\b{old}\b", new, row[0], count=1), old, new)


def plant_pronoun(line: int, row: Sequence[str], rows: Sequence[Sequence[str]], rng: random.Random) -> Planted | None:
    """Exchange a pronoun or possessor for that of another person, once, where the English sentence has its like."""
    for old, new, english in rng.sample(_PRONOUNS, len(_PRONOUNS)):
        found = list(re.finditer(rf"(?<![\w'’-]){old}\b", row[0], re.IGNORECASE))
        like = re.findall(rf"\b(?:{english})\b", row[1], re.IGNORECASE)
        if len(found) == 1 and len(like) == 1:
            match = found[0]
            put = new.capitalize() if match.group()[0].isupper() else new
            return Planted(line, "pronoun", row[0][: match.start()] + put + row[0][match.end() :], like[0], "")
    return None


PLANTERS: dict[str, Callable[..., Planted | None]] = {
    "name": plant_name, "number": plant_number, "negation": plant_negation,
    "omission": plant_omission, "addition": plant_addition, "wording": plant_wording, "pronoun": plant_pronoun,
}  # fmt: skip


def plant_all(rows: Sequence[Sequence[str]], seed: int) -> list[Planted]:
    """Every error that the rules can plant; the same rows and seed give the same."""
    return [
        p for line, row in enumerate(rows) for kind, make in PLANTERS.items()
        if (p := make(line, row, rows, random.Random(f"{seed}-{line}-{kind}"))) and p.source != row[0]
    ]  # fmt: skip


def is_the_plant(plant: Planted, finding: Finding, faithful: Sequence[Finding]) -> bool:
    """Whether a finding is about the planted error: its words, or one that the faithful sentence did not have."""
    lost = finding.reference_span.text if finding.reference_span else ""
    gained = finding.copy_span.text if finding.copy_span else ""
    if plant.kind in ("name", "number"):
        return bool(re.search(rf"(?<!\d){re.escape(plant.old)}(?!\d)", lost)) or plant.new in gained
    if plant.kind == "pronoun":
        return bool(gained) and re.search(rf"\b{plant.old}\b", lost) is not None and not any(_touch(finding, f) for f in faithful)
    if plant.kind == "negation":
        return finding.detector == "polarity" and not any(
            f.detector == "polarity" and f.message == finding.message for f in faithful
        )
    if plant.kind == "omission":
        return bool(lost) and not gained and not any(_touch(finding, f) for f in faithful)
    if plant.kind == "addition":
        before = {w.casefold() for f in faithful if f.copy_span for w in _WORD.findall(f.copy_span.text)}
        return bool(gained) and not lost and not {w.casefold() for w in _WORD.findall(gained)} & before
    return bool(lost) and bool(gained) and not any(_touch(finding, f) for f in faithful)


def _touch(a: Finding, b: Finding) -> bool:
    x, y = a.reference_span, b.reference_span
    return x is not None and y is not None and x.start < y.end and y.start < x.end
