"""Bounds of numbers and words of the calendar: said in another way they pass, turned round they fail."""

from __future__ import annotations

import pytest

SAME = [
    ("At least 50 people died.", "No fewer than fifty people died."),
    ("More than 300 houses burned.", "Over 300 houses were burned."),
    ("Up to 40 guests may come.", "No more than 40 guests may come."),
    ("It cannot deliver more than 60 percent of the gas.", "It can deliver at most 60% of the gas."),
    ("Nearly 900 workers went home.", "Almost 900 workers went home."),
    ("About 900 workers went home.", "Nearly 900 workers went home."),
    ("All but three of the miners were saved.", "Only three of the miners were not saved."),
    ("All but two bridges are open.", "All the bridges except two are open."),
    ("Children of ten or more pay.", "Children of at least ten pay."),
]
BOUND = [
    ("At least 50 people died.", "At most 50 people died."),
    ("More than 300 houses burned.", "Fewer than 300 houses were burned."),
    ("Over a million people fled.", "Nearly a million people fled."),
    ("The firm employs up to 40 people.", "The firm employs at least 40 people."),
    ("It may hold no more than 20 tonnes.", "It may hold more than 20 tonnes."),
    ("All but three of the miners were saved.", "All three of the miners were saved."),
]
SAME_TIME = [
    ("He came last week.", "He came the previous week."),
    ("The vote is next month.", "The vote is in the coming month."),
    ("She left the same evening.", "She left the same night."),
    ("He was the last man to leave.", "He was the next man to leave."),  # not of time; for others to judge
    ("They spring from one family.", "They fall from one family."),
    ("He fell last year, not this year.", "This year he did not fall; he did last year."),
    ("It sells 90 cars a day.", "It sells ninety cars per day."),
]
OTHER_TIME = [
    ("They spoke yesterday.", "They will speak tomorrow.", "critical"),
    ("The vote is next month.", "The vote was last month.", "critical"),
    ("He was found in the morning of 3 May.", "He was found in the evening of 3 May.", "critical"),
    ("The harvest begins in spring.", "The harvest begins in autumn.", "critical"),
    ("The paper appears weekly.", "The paper appears monthly.", "critical"),
    ("It sells 90 cars a day.", "It sells 90 cars a year.", "major"),
    ("He came last week.", "He came last month.", "major"),
]
NUMBERS = [
    ("Hundreds of people came.", "Hundreds of thousands of people came.", "critical"),
    ("The ship lay 12 nautical miles off the coast.", "The ship lay 12 metres off the coast.", "critical"),
    ("Rates rose by two percentage points.", "Rates rose by two percent.", "critical"),
    ("She finished third in the race.", "She came second in the race.", "critical"),
]
SAME_NUMBERS = [
    ("The plant produces 1,000 megawatts.", "The plant produces one gigawatt."),
    ("He was held for a year and a half.", "He was held for eighteen months."),
    ("She finished second in the race.", "She came second in the race."),
    ("The field has two square kilometres.", "The field has 200 hectares."),
]
GLOSSES = [
    ("She was born in Kolkata.", "She was born in the Indian city of Kolkata."),
    ("He moved back to Manila.", "He moved back to Manila, the capital of the Philippines."),
    ("The Knesset was dissolved.", "The Knesset (the Israeli parliament) was dissolved."),
    ("The Bundestag voted on Thursday.", "The Bundestag, Germany's lower house of parliament, voted on Thursday."),
    ("It fell to minus 4 degrees Celsius.", "It fell to minus 4 degrees."),
    ("Anna's brother came.", "Her brother came."),
    ("The tomb dates from 300 BC.", "The tomb dates from 300 BCE."),
]
NO_GLOSSES = [
    ("The mayor of Lyon spoke.", "The mayor of Paris, the capital of France, spoke.", "critical"),
    ("The minister met reporters.", "The minister, who had flown to Moscow, met reporters.", "major"),
    ("The soldiers left the city of Aleppo.", "The Russian soldiers left the city of Aleppo.", "major"),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_one_bound_said_in_two_ways_passes(passes, reference, hypothesis):
    passes("bounds", reference, hypothesis)
    passes("numbers", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis"), BOUND)
def test_a_bound_turned_round_fails(fails, reference, hypothesis):
    fails(reference, hypothesis, "number", "critical")


@pytest.mark.parametrize(("reference", "hypothesis"), SAME_TIME)
def test_one_time_said_in_two_ways_passes(passes, reference, hypothesis):
    passes("calendar", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "least"), OTHER_TIME)
def test_another_time_fails(fails, reference, hypothesis, least):
    fails(reference, hypothesis, "date", least)


@pytest.mark.parametrize(("reference", "hypothesis"), SAME_NUMBERS)
def test_one_measure_in_two_units_passes(passes, reference, hypothesis):
    passes("numbers", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "least"), NUMBERS)
def test_another_measure_fails(fails, reference, hypothesis, least):
    fails(reference, hypothesis, "number", least)


@pytest.mark.parametrize(("reference", "hypothesis"), GLOSSES)
def test_an_explanation_of_a_name_passes(passes, reference, hypothesis):
    passes("names", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "least"), NO_GLOSSES)
def test_an_invented_name_fails(fails, reference, hypothesis, least):
    fails(reference, hypothesis, "name" if least == "critical" else "addition", least)
