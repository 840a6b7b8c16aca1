"""Roles: a passive or a new order of the same facts passes; another doer, another person meant fails."""

from __future__ import annotations

import pytest

SAME = [
    ("The storm damaged sixty houses and a mosque.", "The storm damaged a mosque and sixty houses."),
    ("Minister Nino Beridze rejected the criticism.", "The minister, Nino Beridze, rejected these criticisms."),
    ("We were invited by the mayor.", "The mayor invited us."),
    ("The dog bit the postman.", "The postman was bitten by the dog."),
    ("The committee rejected the proposal.", "The proposal was rejected by the committee."),
    ("Hackers stole the data last night.", "Last night the data were stolen by hackers."),
    ("The king was murdered by his brother.", "His brother murdered the king."),
    ("Yesterday she met her lawyer.", "She met her lawyer yesterday."),
    ("The teacher gave the boy a book.", "The teacher gave a book to the boy."),
    ("I told him the truth.", "I told the truth to him."),
    ("It was the nurse who saved the child.", "The nurse saved the child."),
    ("My brother's car was stolen.", "The car of my brother was stolen."),
    ("The police chased the thief through the park.", "Through the park, the police chased the thief."),
    ("The film was directed by a student.", "A student directed the film."),
    ("The judge fined the driver.", "The driver was fined by the judge."),
    ("Mayor Elena Marchetti thanked the firemen.", "The firemen were thanked by Mayor Elena Marchetti."),
    ("What the farmers want is rain.", "The farmers want rain."),
    ("The wolf killed three sheep.", "Three sheep were killed by the wolf."),
    ("The army is led by a woman.", "A woman leads the army."),
    ("One must not forget the victims.", "You must not forget the victims."),
    ("He was awarded the prize by the academy.", "The academy awarded him the prize."),
    ("The government, he said, had lied.", "He said that the government had lied."),
    ("There are many reasons to stay.", "Many reasons to stay exist."),
    ("The storm left 10,000 homes without power.", "10,000 homes had no electricity after the storm."),
    ("The pope met the rabbi.", "The rabbi met the pope."),
    ("Nature prevents black holes from forming.", "Nature prevents the formation of black holes."),
    ("He asked some questions of the lady standing next to him.", "He asked the lady standing next to him some questions."),
    ("The sitting closed at 16.25.", "The sitting was closed at 16.25."),
    ("The Channel separates England and France.", "The Channel separates France from England."),
    ("In the past, Parliament was merely consulted on such agreements.", "In the past, it was only necessary to consult Parliament about such agreements."),
    ("He set fire to his own house.", "He set his house on fire."),
    ("Until your wife and her daughter were arrested.", "His wife and daughter were arrested."),
]

DRIFT = [
    ("The mayor, Ana Lopez, rejected the plan.", "The mayor, Ana Lopez, was rejected by the authors of the plan.", "role", "critical"),
    ("I had asked for Ankara.", "I had been asked for Ankara.", "role", "critical"),
    ("He paid for the repairs.", "He was paid for the repairs.", "role", "critical"),
    ("The dog bit the postman.", "The postman bit the dog.", "role", "critical"),
    ("The police attacked the demonstrators.", "The demonstrators attacked the police.", "role", "critical"),
    ("The lender sued the borrower.", "The borrower sued the lender.", "role", "critical"),
    ("The king was murdered by his brother.", "The king murdered his brother.", "role", "critical"),
    ("The union accused the company of fraud.", "The company accused the union of fraud.", "role", "critical"),
    ("The teacher praised the student.", "The student praised the teacher.", "role", "critical"),
    ("The cat was chased by the mouse.", "The mouse was chased by the cat.", "role", "critical"),
    ("The nurse called the doctor.", "The doctor called the nurse.", "role", "critical"),
    # pronouns
    ("He sold the house.", "She sold the house.", "role", "critical"),
    ("They blamed us for the delay.", "We blamed them for the delay.", "role", "major"),
    ("I am their enemy.", "They are my enemy.", "role", "critical"),
    ("We trust you.", "You trust us.", "role", "major"),
    ("I saw him at the station.", "He saw me at the station.", "role", "major"),
    ("She lost her job.", "She lost my job.", "role", "major"),
    ("This is our country.", "This is their country.", "role", "major"),
    ("I will come back.", "He will come back.", "role", "major"),
    ("Give it to me.", "Give it to them.", "role", "major"),
    # natural gender
    ("The policeman helped the girl.", "The policeman helped the boy.", "role", "critical"),
    ("His mother wrote the letter.", "His father wrote the letter.", "role", "critical"),
    ("Her husband was a poet.", "Her wife was a poet.", "role", "critical"),
    # who belongs to whom, who fed whom
    ("The hunter was killed by the bear.", "The hunter killed the bear.", "role", "critical"),
    ("The West fed the monster with its own hand.", "The monster fed the West with its own hand.", "role", "critical"),
    ("The man shot at the door.", "The man was shot at the door.", "role", "critical"),
    ("She gave the boy to the woman.", "She gave the woman to the boy.", "role", "critical"),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_the_same_roles_pass(passes, reference, hypothesis):
    passes("roles", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "category", "least"), DRIFT)
def test_roles_turned_round_fail(fails, reference, hypothesis, category, least):
    fails(reference, hypothesis, category, least)
