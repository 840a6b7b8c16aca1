"""Coverage: words that come and go in translation pass; content that is left out, put in or said twice fails."""

from __future__ import annotations

import pytest

from drift.judge.coverage import Gap, judge_gaps

SAME = [
    ("He also spoke to the press.", "He spoke to the press."),
    ("However, the plan failed.", "The plan failed."),
    ("It is very cold here.", "It is cold here."),
    ("So they went home.", "They went home."),
    ("There is a man who sells bread.", "A man sells bread."),
    ("It was then that the roof collapsed.", "Then the roof collapsed."),
    ("The car that he drives is red.", "The car he drives is red."),
    ("She said that it was too late.", "She said it was too late."),
    ("Well, nobody knows.", "Nobody knows."),
    ("What he wants is peace.", "He wants peace."),
    ("In order to save money, they walked.", "To save money, they walked."),
    ("The fact that he lied is known.", "That he lied is known."),
    ("They just left.", "They left."),
    ("It will not be able to pay.", "It cannot pay."),
    ("Yes, of course we can.", "Yes, we can."),
    ("Thus the matter was settled.", "The matter was settled."),
    ("The students, who were tired, slept.", "The tired students slept."),
]

DRIFT = [
    ("He was an able and honest minister.", "He was an honest minister.", "omission", "minor"),
    (
        "The reporter was beaten and robbed in the street.",
        "The reporter was beaten in the street.",
        "omission",
        "major",
    ),
    ("The vaccine is safe for pregnant women.", "The vaccine is safe for women.", "omission", "minor"),
    ("He bought bread, cheese and wine.", "He bought bread and wine.", "omission", "minor"),
    ("The minister resigned after the corruption scandal.", "The minister resigned.", "omission", "major"),
    ("The ferry sank in heavy fog and many passengers drowned.", "The ferry sank in heavy fog.", "omission", "major"),
    ("Only registered voters may enter the hall.", "Voters may enter the hall.", "omission", "minor"),
    ("She opened the window because the kitchen was full of smoke.", "She opened the window.", "omission", "major"),
    ("The trial was postponed.", "The trial was postponed by order of the military governor.", "addition", "major"),
    ("The farmer sold the horse.", "The farmer sold the lame horse to the butcher.", "addition", "minor"),
    ("He apologised.", "He apologised and offered to repay the stolen money.", "addition", "major"),
    ("The museum reopened.", "The bankrupt museum reopened.", "addition", "minor"),
    ("The band played until midnight.", "The band played played until midnight.", "addition", "minor"),
    ("He left the room in silence.", "He left the room in silence in silence.", "addition", "minor"),
    ("The glacier is melting faster than expected.", "The glacier is melting.", "omission", "major"),
    ("The thief escaped through the window.", "The thief escaped.", "omission", "minor"),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_what_comes_and_goes_passes(passes, reference, hypothesis):
    passes("coverage", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "category", "least"), DRIFT)
def test_what_is_left_out_or_put_in_fails(fails, reference, hypothesis, category, least):
    fails(reference, hypothesis, category, least)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("At least 164 people were killed in the clashes.", "major"),
        ("Anderson has never paid taxes in Denmark.", "major"),
        ("The prisoners were tortured and the guards destroyed the recordings.", "major"),
        ("Yes.", "minor"),
        ("Good morning.", "minor"),
        ("So it goes.", "minor"),
    ],
)
@pytest.mark.parametrize("side", ["omission", "addition"])
def test_a_lone_sentence_weighs_what_it_carries(text, severity, side):
    [[finding]] = judge_gaps([Gap(text, side)])
    assert (finding.category, finding.severity) == (side, severity)
    span = finding.reference_span if side == "omission" else finding.copy_span
    assert span is not None
    assert text[span.start : span.end] == span.text == text


@pytest.mark.parametrize(
    ("reference", "hypothesis", "said"),
    [
        ("She sold the farm.", "She sold the farm equipment; the equipment was rusty.", ["equipment", "the equipment was rusty"]),
        ("The bridge was closed because of ice: the river had frozen.", "The bridge was closed.", ["because of ice", "the river had frozen"]),
        ("The vote was lost.", "The vote was lost in May: the weather kept voters away.", ["the weather kept voters away"]),
        ("He wrote two letters from prison. The guards burned both.", "He wrote two letters.", ["from prison", "The guards burned"]),
        ("The sergeant left the base.", "The ex. army sergeant left the base.", ["ex. army"]),  # short for something, and no end
        ("He wrote it.", "He wrote it (see fig. below for details).", ["see fig. below for details"]),
    ],
)
def test_what_is_left_out_or_put_in_ends_where_its_clause_ends(told, reference, hypothesis, said):
    assert told("coverage", reference, hypothesis) == said


def test_a_sentence_without_words_is_no_gap():
    assert judge_gaps([Gap("", "omission"), Gap("   ", "addition")]) == [[], []]
