"""Who is denied, who is less, how many of which: the same in other words passes, an exchange fails."""

from __future__ import annotations

import pytest

SAME = [
    ("The tax will be paid by landlords, not tenants.", "It is landlords and not tenants who will pay the tax."),
    ("The minister, not the mayor, broke off the talks.", "It was not the mayor but the minister who broke off the talks."),
    ("They chose the train instead of the plane.", "They took the train rather than the plane."),
    ("Teachers earn less than fishermen.", "Fishermen earn more than teachers."),
    ("Rents in Lisbon are higher than in Madrid.", "In Madrid, rents are lower than in Lisbon."),
    ("Poland exports more apples than Hungary does.", "The apple exports of Hungary are smaller than those of Poland."),
    ("My sister is older than my brother.", "My brother is younger than my sister."),
    ("The company needs the river more than the river needs the company.",
     "The river needs the company less than the company needs the river."),
    ("Seven adults and three children were hurt.", "Three children and seven adults were hurt."),
    ("Two of the ten boats sank.", "Of the ten boats, two sank."),
    ("He is not the mayor of Leeds, but of York.", "He is the mayor of York, not of Leeds."),
]  # fmt: skip

DRIFT = [
    ("The tax will be paid by landlords, not tenants.", "The tax will be paid by tenants, not by landlords.", "role"),
    ("The minister, not the mayor, broke off the talks.", "It was not the minister but the mayor who broke off the talks.", "role"),
    ("The flood was caused by the earthquake, not by the rains.", "It was the rains that caused the flood, and not the earthquake.", "role"),
    ("They chose the train instead of the plane.", "They chose the plane rather than the train.", "role"),
    ("Teachers earn less than fishermen.", "Fishermen continue to earn less than teachers.", "role"),
    ("Rents in Lisbon are higher than in Madrid.", "In Madrid, rents are higher than in Lisbon.", "role"),
    ("Colombia imports more wheat from Canada than from Chile.", "Colombia buys more wheat from Chile than from Canada.", "role"),
    ("My sister is older than my brother.", "My brother is older than my sister.", "role"),
    ("Seven adults and three children were hurt.", "Among the injured were three adults and seven children.", "number"),
    ("The party won 40 seats in May and 12 mayors.", "In May, the party won 12 seats and 40 mayors.", "number"),
    ("She sold 30 cows and 8 horses.", "She sold 8 cows and 30 horses.", "number"),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
@pytest.mark.parametrize("detector", ["contrast", "counted", "roles", "places", "exchange"])
def test_the_same_in_other_words_passes(passes, detector, reference, hypothesis):
    passes(detector, reference, hypothesis)
    passes(detector, hypothesis, reference)


@pytest.mark.parametrize(("reference", "hypothesis", "category"), DRIFT)
def test_an_exchange_fails(fails, reference, hypothesis, category):
    fails(reference, hypothesis, category, "critical")
    fails(hypothesis, reference, category, "critical")
