"""A name for a pronoun, and a name in full: no more than minor where the article has named it so, and only then."""

from __future__ import annotations

import pytest

from drift.excuses import STAMP, names_excused, pronouns_excused, stamps_excused
from drift.records import Bead, Copy, Finding, PairDrift, Sentence, Span

BEFORE = "The mayor, Anton Sadykov, took the floor."


def article(name: str, *sentences: str) -> Copy:
    return Copy(name, f"{name}.txt", " ".join(sentences), "en", tuple(Sentence(k, 0, len(s), s) for k, s in enumerate(sentences)))


def judged(
    before: tuple[str, ...], reference: str, before_copy: tuple[str, ...], copied: str, name: str, category: str, excused=pronouns_excused,
) -> Bead:  # fmt: skip
    """The bead of two sentences, each after others, with one major finding about a name, after `excused` has looked at it."""
    original, copy = article("a", *before, reference), article("b", *before_copy, copied)
    text = reference if category == "omission" else copied
    span = Span(text.index(name), text.index(name) + len(name), name)
    spans = (span, None) if category == "omission" else (None, span)
    finding = Finding("", category, "major", 0.8, "A name.", *spans, detector="names")
    bead = Bead("1-1", "a", (original.sentences[-1],), (copy.sentences[-1],), 0.9, score=0.4, findings=(finding,))
    return excused(bead, PairDrift(reference, copied, 0.4, (finding,), 0.9), original, copy)


EXCUSED = [
    ((BEFORE,), "He approved the building.", (), "The building got Sadyqov's approval.", "Sadyqov", "addition"),
    ((BEFORE, "Rain fell."), "It was his plan.", (), "It was the plan of Sadykov.", "Sadykov", "addition"),
    ((BEFORE,), "She said that he knew.", (), "She said that Sadykov knew.", "Sadykov", "addition"),
    ((), "Sadykov laughed.", (BEFORE,), "He laughed.", "Sadykov", "omission"),
]
KEPT = [
    ((BEFORE,), "He approved the building.", (), "The building got Akhmetov's approval.", "Akhmetov", "addition"),  # another name
    ((), "He approved the building.", (), "The building got Sadykov's approval.", "Sadykov", "addition"),  # named nowhere
    ((BEFORE, "It rained.", "It froze."), "He left.", (), "Sadykov left.", "Sadykov", "addition"),  # too far away
    ((BEFORE,), "The clerk left.", (), "Sadykov left.", "Sadykov", "addition"),  # no pronoun
    ((BEFORE,), "He denied it.", (), "He and Sadykov denied it.", "Sadykov", "addition"),  # the pronoun stands where it stood
    ((), "Sadykov laughed.", ("Nobody spoke.",), "He laughed.", "Sadykov", "omission"),
    (("The Cossacks came.",), "They fled.", (), "The Kazakhs fled.", "Kazakhs", "addition"),  # another people
    (("The Court met.",), "He left.", (), "Kurt left.", "Kurt", "addition"),  # another word
    ((BEFORE,), "They lost their homes.", (), "They and Sadykov lost homes.", "Sadykov", "addition"),  # they are still there
    ((BEFORE,), "It rained.", (), "Sadykov rained.", "Sadykov", "addition"),  # nobody was meant
]


@pytest.mark.parametrize("row", EXCUSED)
def test_a_pronoun_made_explicit_is_minor(row):
    bead = judged(*row)
    assert bead.findings[0].severity == "minor"
    assert row[4] in bead.findings[0].evidence[-1]
    assert 0 < bead.score < 0.4


def test_one_pronoun_stands_for_one_name():
    original = article("a", "Anton Sadykov and Olga Kim spoke.", "Then he left.")
    copy = article("b", "Then Sadykov and Kim left.")
    spans = [Span(5, 12, "Sadykov"), Span(17, 20, "Kim")]
    findings = tuple(Finding("", "addition", "major", 0.8, "A name.", None, s, detector="names") for s in spans)
    bead = Bead("1-1", "a", original.sentences[1:], copy.sentences, 0.9, score=0.4, findings=findings)
    after = pronouns_excused(bead, PairDrift("Then he left.", "Then Sadykov and Kim left.", 0.4, findings, 0.9), original, copy)
    assert [f.severity for f in after.findings] == ["minor", "major"]


@pytest.mark.parametrize("row", KEPT)
def test_a_name_from_nowhere_is_not(row):
    bead = judged(*row)
    assert (bead.findings[0].severity, bead.score) == ("major", 0.4)


FULL = "Anka Hribar painted it in 1907."


@pytest.mark.parametrize(
    ("before", "reference", "before_copy", "copied", "name", "category", "severity"),
    [
        ((FULL,), "It is by Hribar.", (), "It is by Anka Hribar.", "Anka", "addition", "minor"),
        ((), "It is by Anka Hribar.", (FULL,), "It is by Hribar.", "Anka", "omission", "minor"),
        ((FULL,), "It is by Anka.", (), "It is by Anka Hribar.", "Hribar", "addition", "minor"),
        (("Olga Hribar painted it.",), "It is by Hribar.", (), "It is by Anka Hribar.", "Anka", "addition", "major"),  # a sister?
        ((FULL,), "It is lost.", (), "It is lost, says Anka Hribar.", "Anka", "addition", "major"),  # not in the other sentence
        ((), "It is by Hribar.", (FULL,), "It is by Anka Hribar.", "Anka", "addition", "major"),  # named in the copy alone
    ],
)
def test_a_name_in_full_is_minor_where_the_other_article_has_it_so(before, reference, before_copy, copied, name, category, severity):
    bead = judged(before, reference, before_copy, copied, name, category, excused=names_excused)
    assert bead.findings[0].severity == severity


STAMPS = [
    ("January 7, 2022 (change January 8, 2022 | 00:34)", "January 7, 2022 (January 7, 2022 change | 18:43)", "minor"),
    ("Published on Monday, 3 May 2021 at 10:15 GMT", "Updated: 4 May 2021, 9 a.m.", "minor"),
    ("Last updated in May 2021", "Posted June 2, 2021", "minor"),
    ("7 January 2022", "8 January 2022", "critical"),  # may head an entry of a chronicle
    ("7 January 2022", "Updated 8 January 2022", "critical"),
    ("First published 1937.", "First published 1973.", "critical"),
    ("Last change at 10:30.", "Last change at 11:30.", "critical"),  # of trains
    ("The law was changed on 7 January 2022.", "The law was changed on 8 January 2022.", "critical"),
]


@pytest.mark.parametrize(("reference", "copied", "severity"), STAMPS)
def test_when_a_copy_was_put_out_is_not_what_it_says(reference, copied, severity):
    original, copy = article("a", reference), article("b", copied)
    finding = Finding("", "date", "critical", 0.9, "The day changed.", detector="numbers")
    bead = Bead("1-1", "a", original.sentences, copy.sentences, 0.9, score=0.4, findings=(finding,))
    excused = stamps_excused(bead)
    assert excused.findings[0].severity == severity
    assert (STAMP in excused.findings[0].evidence) == (severity == "minor")
    assert excused.score == pytest.approx(0.04 if severity == "minor" else 0.4)
