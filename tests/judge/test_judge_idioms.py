"""Idioms that deny or grant: plain words for them pass, what says the opposite fails."""

from __future__ import annotations

import pytest

from drift.lexicon.idioms import idioms_in

SAME = [
    ("A second wave cannot be ruled out.", "A second wave is possible."),
    ("The widow did not bat an eyelid.", "The widow was unmoved."),
    ("It goes without saying that the staff will be paid.", "It is evident that the staff will be paid."),
    ("The chairman made light of the losses in Asia.", "The chairman belittled the Asian losses."),
    ("The two leaders buried the hatchet in Muscat.", "In Muscat the two leaders ended their quarrel."),
    ("The West has turned a blind eye to corruption.", "The West has ignored corruption."),
    ("The officers turned a blind eye to smuggling.", "The officers tolerated smuggling."),
    ("The appeals fell on deaf ears in Brussels.", "Nobody in Brussels listened to the appeals."),
    ("The council did not turn a deaf ear to the parents.", "The council listened to the parents."),
    ("The union gave the offer short shrift.", "The union rejected the offer."),
    ("The mayor has given the cable car the green light.", "The mayor has approved the cable car."),
    ("The mayor has not ruled out a sale.", "The mayor is considering a sale."),
    ("The government spared no effort to free the hostages.", "The government made every effort to free the hostages."),
    ("The notary left no stone unturned to find the heir.", "In the search for the heir, the notary tried everything."),
    ("They swept the affair under the carpet.", "They turned a blind eye to the affair."),
]
DRIFT = [
    ("A second wave of the flu cannot be ruled out.", "A second flu wave is impossible."),
    ("The widow did not bat an eyelid.", "The widow was visibly shaken."),
    ("The chairman made light of the losses in Asia.", "The chairman called the Asian losses alarming."),
    ("The two leaders buried the hatchet in Muscat.", "In Muscat the two leaders quarrelled."),
    ("The West has turned a blind eye to corruption.", "Western nations saw the corruption."),
    ("The guards looked the other way.", "The guards intervened."),
    ("The appeals fell on deaf ears in Brussels.", "In Brussels the appeals were heard."),
    ("The council did not turn a deaf ear to the parents.", "The council ignored the parents."),
    ("The union gave the offer short shrift.", "The union welcomed the offer."),
    ("The mayor has given the cable car the green light.", "The mayor has vetoed the cable car."),
    ("The mayor has ruled out a sale.", "The mayor has announced a sale."),
    ("He kept silent about the money.", "He spoke about the money."),
    ("The West has turned a blind eye to corruption.", "The West has not turned a blind eye to corruption."),
]
WITHIN = [
    ("The mayor has given the cable car the green light.", "The mayor has approved the ferry.", "wording"),
]  # what stands amid the words of an idiom is compared as ever
NO_IDIOM = [
    "He closed his eyes and saw the sea.",
    "They look in the other direction when a car comes.",
    "The deaf man turned his left ear to the radio.",
    "The green light fell on the ears of corn.",
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
@pytest.mark.parametrize("detector", ["idioms", "polarity", "coverage", "wording"])
def test_an_idiom_in_plain_words_passes(passes, detector, reference, hypothesis):
    passes(detector, reference, hypothesis)
    passes(detector, hypothesis, reference)


@pytest.mark.parametrize(("reference", "hypothesis"), DRIFT)
def test_its_opposite_fails(fails, reference, hypothesis):
    fails(reference, hypothesis, "polarity", "critical")
    fails(hypothesis, reference, "polarity", "critical")


@pytest.mark.parametrize("sentence", NO_IDIOM)
def test_the_same_words_taken_literally_are_no_idiom(sentence):
    assert not idioms_in(tuple(sentence.lower().rstrip(".").split()))


@pytest.mark.parametrize(("reference", "hypothesis", "category"), WITHIN)
def test_an_object_amid_the_idiom_is_compared(fails, reference, hypothesis, category):
    fails(reference, hypothesis, category, "minor")


def test_the_opposite_of_an_idiom_is_grave_in_a_sentence_worded_otherwise():
    from drift import judge

    found = judge(
        "Nazarbayev has become more powerful because the West has turned a blind eye to corruption and crime.",
        "Nazarbayev has become more and more powerful as Western nations see corruption and crime.",
    ).findings
    assert [(f.category, f.severity) for f in found if f.severity != "minor"] == [("polarity", "critical")]
