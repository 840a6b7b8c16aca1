"""Modality: must, may and will; question and statement; tense and aspect; hearsay and fact."""

from __future__ import annotations

import pytest

SAME = [
    ("You must wear a helmet.", "You have to wear a helmet."),
    ("You need to pay first.", "You have to pay first."),
    ("He can swim.", "He is able to swim."),
    ("They may leave early.", "They might leave early."),
    ("Maybe it will rain.", "It may rain."),
    ("Perhaps she forgot.", "She may have forgotten."),
    ("He'll arrive tomorrow.", "He will arrive tomorrow."),
    ("She is going to resign.", "She will resign."),
    ("The judge has ruled.", "The judge ruled."),
    ("You should apologise.", "You ought to apologise."),
    ("Why did he leave?", "Why has he left?"),
    ("Is this the end?", "Could this be the end?"),
    ("Where are they now?", "Now where are they?"),
    ("They say that he is rich.", "He is said to be rich."),
    ("Allegedly he took bribes.", "He reportedly took bribes."),
    ("He is thought to have fled.", "It is believed that he fled."),
    ("The river flooded the valley.", "The valley was flooded by the river."),
    ("I'd like some tea.", "I would like some tea."),
    ("The doctor told him to rest.", "The doctor said that he should rest."),
    ("He wondered who had called.", "Who had called, he wondered."),
    ("It is possible that they lost.", "They may have lost."),
    ("No entry without a ticket.", "You may not enter without a ticket."),
    ("If it rains, the match will be cancelled.", "Should it rain, the match will be called off."),
    ("When the rain stops, we will leave.", "If the rain stops, we will leave."),
    ("To assemble a chain, you need to program it.", "If you assemble a chain, you need to program it."),
    ("They asked if he was ill.", "They asked whether he was ill."),
    ("Could you bring us the bill, please?", "Please bring us the bill."),
    ("Hurry up, and you'll catch the bus.", "You'll catch the bus if you hurry."),
    ("We cannot allow that to happen.", "We must not allow that to happen."),
    ("I wish that we could spend more time together.", "I would like it if we could spend more time together."),
]

DRIFT = [
    ("The members, the report says, should resign.", "The members, the report says, may resign.", "modality", "major"),
    ("The signature was probably genuine, but he could not be sure.", "The signature was genuine, but he could not be sure.", "modality", "major"),
    ("You must report the accident.", "You may report the accident.", "modality", "major"),
    ("The court may fine the company.", "The court must fine the company.", "modality", "major"),
    ("The virus can spread by air.", "The virus must spread by air.", "modality", "major"),
    ("He might be guilty.", "He must be guilty.", "modality", "major"),
    ("Students should submit the essay.", "Students could submit the essay.", "modality", "major"),
    ("She could win the race.", "She won the race.", "modality", "major"),
    ("The levee may break tonight.", "The levee breaks tonight.", "modality", "major"),
    # question and statement
    ("Did he pay the fine?", "He paid the fine.", "modality", "major"),
    ("They sold the farm.", "Did they sell the farm?", "modality", "major"),
    ("Is the water safe to drink?", "The water is safe to drink.", "modality", "major"),
    ("Who ordered the attack?", "They ordered the attack.", "modality", "major"),
    # tense
    ("The factory closed.", "The factory will close.", "modality", "minor"),
    ("The negotiators will meet in Oslo.", "The negotiators met in Oslo.", "modality", "minor"),
    ("She works at the hospital.", "She worked at the hospital.", "modality", "minor"),
    ("He will marry her.", "He married her.", "modality", "minor"),
    ("The volcano is erupting.", "The volcano will erupt.", "modality", "minor"),
    # hearsay
    ("The mayor allegedly took the money.", "The mayor took the money.", "modality", "major"),
    ("The senator reportedly fainted.", "The senator fainted.", "modality", "major"),
    ("The general ordered the raid.", "The general allegedly ordered the raid.", "modality", "major"),
    ("Perhaps the letter was forged.", "The letter was forged.", "modality", "minor"),
    ("If the talks fail, war will follow.", "The talks failed and war followed.", "modality", "major"),
    ("The shop will close if sales fall.", "The shop will close as sales fall.", "modality", "major"),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_the_same_modality_passes(passes, reference, hypothesis):
    passes("modality", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "category", "least"), DRIFT)
def test_another_modality_fails(fails, reference, hypothesis, category, least):
    fails(reference, hypothesis, category, least)
