"""Who has whose part, where the sentence was built anew: (reference, copy), both directions."""

from __future__ import annotations

import pytest
from conftest import analysed

from drift.align.words import default_encoder
from drift.judge.parts import Parts
from drift.judge.side import read_sides
from drift.judge.syntax import parts
from drift.judge.tagger import default_tagger

MOVED = [
    ("The mayor's nephew robbed the jeweller.", "It was the jeweller who robbed the mayor's nephew."),
    ("The sergeant, whom the prisoner had betrayed, was hanged.", "The sergeant was hanged, who had betrayed the prisoner."),
    ("Canadian pilots trained Danish sailors in the harbour.", "Danish pilots in the harbour trained Canadian sailors."),
    ("The widow's lawyer insulted the banker's daughter.", "The daughter of the widow was insulted by the lawyer of the banker."),
    ("The actress thanked the doctor who had saved her husband.", "The doctor was thanked by the husband, whom the actress had saved."),
    ("The bishop expelled the monk and pardoned the nun.", "The monk was pardoned by the bishop, but the nun was expelled."),
    ("Norway lent the museum a sword found in Iceland.", "Iceland lent the museum a sword that was found in Norway."),
    ("The nurse who accused the surgeon has resigned.", "The surgeon who accused the nurse has resigned."),
    ("The president's daughter married a general.", "The president married the general's daughter."),
]
KEPT = [
    ("The mayor's nephew robbed the jeweller.", "It was the jeweller whom the mayor's nephew robbed."),
    ("The sergeant, whom the prisoner had betrayed, was hanged.", "The sergeant, betrayed by the prisoner, was hanged."),
    ("Canadian pilots trained Danish sailors in the harbour.", "In the harbour, sailors from Denmark were trained by Canadian pilots."),
    ("The widow's lawyer insulted the banker's daughter.", "The daughter of the banker was insulted by the lawyer of the widow."),
    ("The actress thanked the doctor who had saved her husband.", "The doctor who had saved her husband was thanked by the actress."),
    ("The bishop expelled the monk and pardoned the nun.", "The nun was pardoned by the bishop, but the monk was expelled."),
    ("Norway lent the museum a sword found in Iceland.", "A sword found in Iceland was lent to the museum by Norway."),
    ("The nurse who accused the surgeon has resigned.", "The nurse has resigned who accused the surgeon."),
    ("The farmer sold the horse to the miller.", "The miller bought the horse from the farmer."),
    ("The summit is higher than the lake.", "The lake is lower than the summit."),
    ("Brass replaced iron in the German mills.", "The German mills used brass instead of iron."),
    ("Peru met Chile in the final.", "Chile met Peru in the final."),
    ("The president's daughter married a general.", "The general married the president's daughter."),
]


@pytest.mark.parametrize(("reference", "hypothesis"), MOVED)
def test_another_has_the_part(reference: str, hypothesis: str) -> None:
    assert [c.kind for c in Parts().detect(analysed(reference, hypothesis))] == ["role.parts"]


@pytest.mark.parametrize(("reference", "hypothesis"), KEPT)
def test_the_same_parts_told_otherwise(reference: str, hypothesis: str) -> None:
    assert not list(Parts().detect(analysed(reference, hypothesis)))


@pytest.mark.parametrize(
    ("text", "word", "part", "of"),
    [
        ("The dog that bit him ran away.", "dog", "agent", "bit"),
        ("They never found the dog he bought.", "dog", "patient", "bought"),
        ("A dog found by the police died.", "dog", "patient", "found"),
        ("Having bitten the boy, the dog ran away.", "dog", "agent", "bitten"),
        ("The boy cried and was bitten by the dog.", "boy", "patient", "bitten"),
        ("The boy cried and hit the dog.", "boy", "agent", "hit"),
        ("The boy's dog ran away.", "boy", "of", "dog"),
        ("The dog of the boy ran away.", "boy", "of", "dog"),
        ("The girl and the boy hit the dog.", "boy", "agent", "hit"),
    ],
)
def test_parts(text: str, word: str, part: str, of: str) -> None:
    side = read_sides([text], default_encoder(), default_tagger())[text]
    assert (part, side.words.index(of)) in parts(side)[side.words.index(word)]
