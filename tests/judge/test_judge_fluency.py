"""Fluency: another order of the same facts passes; misspelt words and lost order are minor, a shuffled sentence is not."""

from __future__ import annotations

import pytest

SAME = [
    ("Yesterday the council approved the new budget for the city's schools.",
     "The council approved the new budget for the city's schools yesterday."),
    ("When the rain stopped, the players went back to the field.",
     "The players went back to the field when the rain stopped."),
    ("The colour of the theatre is grey.", "The color of the theater is gray."),
    ("He organised the programme.", "He organized the program."),
    ("The hotel, which was built in 1920 by an oil company, has been empty for years.",
     "Built by an oil company in 1920, the hotel has been empty for years."),
    ("Because the bridge was closed, the lorries had to take the road through the mountains.",
     "The lorries had to take the road through the mountains because the bridge was closed."),
    ("I e-mailed the PDF.", "I emailed the PDF."),
    ("The antibody binds the receptor.", "The receptor is bound by the antibody."),
    ("The flood was caused by the earthquake, not by the rains.", "It was the rains that caused the flood, and not the earthquake."),
]  # fmt: skip

DRIFT = [
    ("The government announced new measures.", "The government anounced new measures.", "fluency", "minor"),
    ("She received the package on time.", "She recieved the package on time.", "fluency", "minor"),
    ("The parliament voted against the law.", "The parliment voted against the law.", "fluency", "minor"),
    ("The old man crossed the street.", "The man old crossed the street.", "fluency", "minor"),
    ("He has always been a loyal friend.", "He has been always a friend loyal.", "fluency", "minor"),
    ("The court decided on Friday that the old factory must be closed within two years.",
     "Factory years closed the on must old that two be court Friday within decided the.", "fluency", "major"),
    ("The mountain village was cut off from the outside world for three days after the storm.",
     "Storm days outside the village after from three mountain was world off the for cut the.", "fluency", "major"),
]  # fmt: skip


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_another_order_passes(passes, reference, hypothesis):
    passes("fluency", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "category", "least"), DRIFT)
def test_broken_english_fails(fails, reference, hypothesis, category, least):
    fails(reference, hypothesis, category, least)


@pytest.mark.parametrize(("reference", "hypothesis", "category", "least"), DRIFT)
def test_it_is_never_critical(reference, hypothesis, category, least):
    from drift.align.words import default_encoder
    from drift.judge.analysis import analyse
    from drift.judge.side import read_sides
    from drift.judge.tagger import default_tagger
    from drift.judge.verdicts import examine

    sides = read_sides([reference, hypothesis], default_encoder(), default_tagger())
    said = examine(analyse(sides[reference], sides[hypothesis]))
    assert all(c.severity != "critical" for name, c in said if name == "fluency")


@pytest.mark.parametrize(
    ("reference", "shuffled"),
    [
        ("The nurse accused the surgeon of hiding the report from the judge.", "Judge the of surgeon the report accused from nurse the the hiding."),
        ("A Danish tourist found the wallet that the student had lost in Oslo.", "Lost the in tourist that had wallet Oslo Danish student found the a."),
    ],
)
def test_a_shuffled_sentence_tells_nothing_of_roles(reference, shuffled):
    from drift import judge

    found = [f.category for f in judge(reference, shuffled).findings]
    assert "fluency" in found
    assert "role" not in found
