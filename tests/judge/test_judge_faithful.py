"""Faithful paraphrase is not drift: nothing major or critical from any detector once all is weighed.

The tables are of our own making: what a careful human translator may turn a sentence into. Another form of the same words
must never raise an alarm; for other words the rate is bounded.
"""

from __future__ import annotations

import pytest

from drift.judge import judge_many

PASSIVES = [
    ("The mayor opened the new library.", "The new library was opened by the mayor."),
    ("Thieves stole two paintings from the museum.", "Two paintings were stolen from the museum by thieves."),
    ("A journalist revealed the secret.", "The secret was revealed by a journalist."),
    ("The storm destroyed hundreds of houses.", "Hundreds of houses were destroyed by the storm."),
    ("Parliament will debate the law on Thursday.", "The law will be debated by Parliament on Thursday."),
    ("Experts have analysed the samples.", "The samples have been analysed by experts."),
]
REORDERINGS = [
    ("In 2015, the factory was sold to a Chinese investor.", "The factory was sold to a Chinese investor in 2015."),
    ("Although it was raining, thousands came.", "Thousands came, although it was raining."),
    ("“We are ready,” said the coach.", "The coach said: “We are ready.”"),
    ("If the talks fail, the union will strike.", "The union will strike if the talks fail."),
    ("Slowly, the water rose.", "The water rose slowly."),
    ("He bought bread and milk at the shop.", "At the shop he bought bread and milk."),
]
CONTRACTIONS = [
    ("It is not what they wanted.", "It isn't what they wanted."),
    ("I have never seen it.", "I've never seen it."),
    ("We will not give up.", "We won't give up."),
    ("They are sure that he cannot win.", "They're sure he can't win."),
    ("You would have laughed.", "You'd have laughed."),
    ("What is the matter?", "What's the matter?"),
]
NUMBERS = [
    ("Twelve ships left the port.", "12 ships left the port."),
    ("They killed at least fifty people.", "At least 50 people were killed."),
    ("It costs 3,000 dollars.", "It costs three thousand dollars."),
    ("The match starts at 8 p.m.", "The match starts at 20:00."),
    ("About 40 percent of the land is forest.", "Around forty per cent of the land is forest."),
    ("Half a million tonnes were exported.", "500,000 tonnes were exported."),
]
NAMES = [
    ("Volodymyr Zelensky spoke in Kyiv.", "Volodymyr Zelenskiy spoke in Kiev."),
    ("The airport of Almaty was occupied.", "The airport of Alma-Ata was occupied."),
    ("Mr Poutine called the Chinese president.", "Mr Putin called the president of China."),
    ("The UN condemned the attack.", "The United Nations condemned the attack."),
    ("Ablyazov lives in France.", "Abliazov lives in France."),
    ("The German government paid.", "Germany's government paid."),
]
OTHER_WORDS = [
    ("The meeting was cancelled.", "The meeting was called off."),
    ("He was very tired after the journey.", "After the trip he was exhausted."),
    ("The firm employs 300 people.", "The company has 300 employees."),
    ("She began to cry.", "She started crying."),
    ("The suspect was arrested at the border.", "Police arrested the suspect at the border."),
    ("Many people cannot afford a doctor.", "A lot of people are unable to pay for a doctor."),
    ("The plane took off an hour late.", "The plane departed with an hour's delay."),
    ("The inhabitants were asked to leave their homes.", "Residents were asked to leave their houses."),
    ("He did not answer the question.", "He left the question unanswered."),
    ("It is likely that prices will go up.", "Prices will probably rise."),
    ("Nobody knows where the money went.", "No one knows where the money has gone."),
    ("The children have been at school since Monday.", "Since Monday the children have been in school."),
    ("We met each other in Vienna ten years ago.", "Ten years ago we met in Vienna."),
    ("The law came into force in May.", "The law took effect in May."),
    ("The film tells the story of two sisters.", "The movie is about two sisters."),
    ("The accident happened near the station.", "The accident occurred close to the station."),
    ("I think you are right.", "In my opinion you are right."),
    ("He is the father of three children.", "He has three children."),
    ("The road is closed because of snow.", "Due to snow, the road is closed."),
    ("They want to build a hospital here.", "They would like to build a hospital here."),
]
FORMS = {
    "passives": PASSIVES,
    "reorderings": REORDERINGS,
    "contractions": CONTRACTIONS,
    "numbers": NUMBERS,
    "names": NAMES,
}


@pytest.mark.parametrize("table", FORMS)
def test_another_form_raises_no_alarm(table):
    alarms = _alarms(FORMS[table])
    assert not alarms


def test_other_words_seldom_raise_an_alarm():
    every = [row for table in FORMS.values() for row in table] + OTHER_WORDS
    assert len(_alarms(OTHER_WORDS)) <= 0.15 * len(OTHER_WORDS), _alarms(OTHER_WORDS)
    assert len(_alarms(every)) <= 0.08 * len(every)


def _alarms(rows):
    verdicts = judge_many(rows)
    return [
        (v.hypothesis, [f"{f.detector}: {f.message}" for f in v.findings if f.severity != "minor"])
        for v in verdicts
        if v.severity in ("major", "critical")
    ]
