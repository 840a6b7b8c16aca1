"""What is no drift in its article though it looks like one in its sentence: framing, stamps, a pronoun made explicit, a name in full.

The judge sees one pair of sentences. Here the sentences around them are known too; a finding that they explain is kept, as a
minor one that says why, and the bead's drift falls in proportion to the weight of its findings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from drift.judge.onename import SPELLING, same_name
from drift.lexicon.dates import CALENDAR
from drift.records import Bead, Copy, Finding, PairDrift, Sentence
from drift.typology import at_least, segment_score

__all__ = ["FRAMING", "STAMP", "framing_excused", "names_excused", "pronouns_excused", "stamps_excused"]

FRAMING: Final = "this copy is an article of its own that quotes the passage, and frames it in its own words"
STAMP: Final = "a stamp: it says when this copy was published or changed, not what happened"
REACH: Final = 2  # sentences before, in which a pronoun's name is looked for
_PERSONS: Final = ("he him his", "she her hers", "they them their theirs")  # a thing that is "it" has hardly a name
_PERSON: Final = {word: number for number, words in enumerate(_PERSONS) for word in words.split()}
_WORD: Final = re.compile(r"[^\W\d_]+")
_PUT_OUT: Final = frozenset("published posted updated update modified changed change edited revised".split())
_OF_A_STAMP: Final = _PUT_OUT | CALENDAR | frozenset("on at in by last date time a p m am pm h hrs hours th st nd rd".split())
_ZONE: Final = re.compile(r"\b[A-Z]{2,4}\b")  # GMT, CEST
_LARGE_BEFORE: Final = re.compile(r"\b([A-Z][\w’'-]+) $")
_LARGE_AFTER: Final = re.compile(r" ([A-Z][\w’'-]+)")


def framing_excused(bead: Bead) -> Bead:
    """A bead of an excerpt, its additions at most minor: who quotes must say who is speaking, when and where."""
    return _with(bead, [_minor(f, FRAMING) if f.category == "addition" else f for f in bead.findings])


def stamps_excused(bead: Bead) -> Bead:
    """Two stamps ("Updated 4 May 2021, 9 a.m."), all that differs in them at most minor: every copy has one of its own."""
    both = bool(bead.reference and bead.copy) and all(_stamp(" ".join(s.english for s in side)) for side in (bead.reference, bead.copy))
    return _with(bead, [_minor(f, STAMP) for f in bead.findings]) if both else bead


def _stamp(text: str) -> bool:
    """Whether a text says when something was put out, in what month at least, and no more; a bare date may head a chronicle's entry."""
    words = {w.casefold() for w in _WORD.findall(_ZONE.sub("", text))}
    return words <= _OF_A_STAMP and not _PUT_OUT.isdisjoint(words) and not CALENDAR.isdisjoint(words) and any(c.isdigit() for c in text)


def pronouns_excused(bead: Bead, verdict: PairDrift, witness: Copy, copy: Copy) -> Bead:
    """A name on one side for a pronoun on the other is minor where that side names it in the sentences just before.

    Translators make explicit what a pronoun leaves open, and the reverse (Blum-Kulka 1986). `verdict`: where the bead's findings come
    from, in the same order. Whether the pronoun means that name and no other the finding still asks.
    """
    spare = {"addition": _gone(verdict.reference, verdict.hypothesis), "omission": _gone(verdict.hypothesis, verdict.reference)}
    findings = []
    for finding, raw in zip(bead.findings, verdict.findings, strict=True):
        span = raw.copy_span if finding.category == "addition" else raw.reference_span
        pronouns = spare.get(finding.category, [])
        here, article = (bead.reference, witness) if finding.category == "addition" else (bead.copy, copy)
        if finding.detector == "names" and span is not None and pronouns and _named_before(span.text, here, article):
            why = f"“{pronouns.pop(0)}” may mean “{span.text}”, whom the sentences before name"  # each stands for one name
            finding = _minor(finding, why)
        findings.append(finding)
    return _with(bead, findings)


def names_excused(bead: Bead, verdict: PairDrift, witness: Copy, copy: Copy) -> Bead:
    """A first name, a surname or a title's name beside the rest of the name is minor where the other article has the full name somewhere.

    "Hribar" ~ "Anka Hribar". `verdict`: where the bead's findings come from, in the same order.
    """
    findings = []
    for finding, raw in zip(bead.findings, verdict.findings, strict=True):
        added = finding.category == "addition"
        span, text = (raw.copy_span, verdict.hypothesis) if added else (raw.reference_span, verdict.reference)
        other, article = (verdict.reference, witness) if added else (verdict.hypothesis, copy)
        if finding.detector == "names" and finding.category in ("addition", "omission") and span is not None:
            full = next((name for name in _in_full(text, span.start, span.end) if _short(name, span.text, other, article)), None)
            if full is not None:
                finding = _minor(finding, f"the other article has “{full}” elsewhere")
        findings.append(finding)
    return _with(bead, findings)


def _in_full(text: str, start: int, end: int) -> list[str]:
    """A name with the word written large right before it, and with the one right after it."""
    before, after = _LARGE_BEFORE.search(text[:start]), _LARGE_AFTER.match(text[end:])
    names = [f"{before.group(1)} {text[start:end]}" if before else "", f"{text[start:end]} {after.group(1)}" if after else ""]
    return [name for name in names if name]


def _short(full: str, name: str, other: str, article: Copy) -> bool:
    """Whether the other sentence has the rest of a name, and its article the whole."""
    rest = full.removeprefix(name).removesuffix(name).strip()
    return bool(re.search(rf"\b{re.escape(rest)}\b", other)) and any(full in s.english for s in article.sentences)


def _gone(here: str, there: str) -> list[str]:
    """The pronouns of a sentence whose person the other has no pronoun for at all; each once."""
    kept = {_PERSON[w.lower()] for w in _WORD.findall(there) if w.lower() in _PERSON}
    return list(dict.fromkeys(w.lower() for w in _WORD.findall(here) if w.lower() in _PERSON and _PERSON[w.lower()] not in kept))


def _named_before(name: str, here: Sequence[Sentence], article: Copy) -> bool:
    """Whether the sentences of an article right before these have every word of a name."""
    words = [w for w in _WORD.findall(name) if w[0].isupper()]
    first = here[0].index
    near = [s.english for s in article.sentences if first - REACH <= s.index < first]
    before = {w for text in near for w in _WORD.findall(text) if w[0].isupper()}
    return bool(words) and all(any(same_name(word, w) >= SPELLING for w in before) for word in words)


def _minor(finding: Finding, why: str) -> Finding:
    if not at_least(finding.severity, "major"):
        return finding
    return replace(finding, severity="minor", evidence=(*finding.evidence, why))


def _with(bead: Bead, findings: Sequence[Finding]) -> Bead:
    before, after = (segment_score(f.severity for f in part) for part in (bead.findings, findings))
    return replace(bead, findings=tuple(findings), score=bead.score * (after / before if before else 1.0))
