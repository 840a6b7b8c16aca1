"""Two words in each other's place: a passive, a list, a symmetric verb pass; a frame that stayed while its fillers changed fails."""

from __future__ import annotations

import pytest

SAME = [
    ("France and Germany signed the treaty.", "Germany and France signed the treaty."),
    ("The pope met the rabbi in Rome.", "The rabbi met the pope in Rome."),
    ("The winner is Tom Baker.", "Tom Baker is the winner."),
    ("In Geneva, the minister met the ambassador.", "The minister met the ambassador in Geneva."),
    ("The dog bit the postman.", "The postman was bitten by the dog."),
    ("After a break of several years, he returned.", "After several years of break, he returned."),
    ("They sell apples, pears and plums.", "They sell plums, pears and apples."),
    ("The road from Lyon goes to Turin.", "To Turin goes the road from Lyon."),
    ("Anna married Peter.", "Peter married Anna."),
    ("The mayor of the town spoke to the press.", "The town's mayor spoke to the press."),
    ("On Monday the army entered the city.", "The army entered the city on Monday."),
    ("Smith resembles his brother.", "His brother resembles Smith."),
    ("By the time he retires, my father will be old.", "By the time my father retires, he will be old."),
]
DRIFT = [
    ("The rebels surrendered to the army.", "The army surrendered to the rebels."),
    ("The bank lent the company 3 million euros.", "The company lent the bank 3 million euros."),
    ("Thousands of Kurds fled from Syria to Turkey.", "Thousands of Kurds fled from Turkey to Syria."),
    ("Ukraine exports more grain than Russia.", "Russia exports more grain than Ukraine."),
    ("Barcelona beat Madrid 3-1.", "Madrid beat Barcelona 3-1."),
    ("The EU imposed sanctions on Russia.", "Russia imposed sanctions on the EU."),
    ("Armenians fled the town as Azeri troops advanced.", "Azeris fled the town as Armenian troops advanced."),
    ("The Turkish prime minister met the Greek president.", "The Turkish president met the Greek prime minister."),
    ("He said she lied.", "She said he lied."),
    ("The minister accompanied the king to Rome.", "The king accompanied the minister to Rome."),
    ("The older brother helped the younger sister.", "The younger brother helped the older sister."),
    ("Her father was a fisherman and her mother a teacher.", "Her mother was a fisherman and her father a teacher."),
    ("The train goes from Vienna to Prague.", "The train goes from Prague to Vienna."),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_another_order_of_the_same_passes(passes, reference, hypothesis):
    passes("exchange", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis"), DRIFT)
def test_changed_places_fail(fails, reference, hypothesis):
    fails(reference, hypothesis, "role", "critical")
