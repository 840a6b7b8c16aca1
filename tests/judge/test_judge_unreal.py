"""Planned, tried, expected or done: said in another way it passes; an act that became real, or stopped being so, fails."""

from __future__ import annotations

import pytest

SAME = [
    ("She did not think she had been robbed.", "She didn't think she'd been robbed."),
    ("Police said the suspect had tried to burn the hall.", "The suspect made an attempt to burn the hall, police said."),
    ("The firm plans to open a plant.", "The firm intends to open a factory."),
    ("She managed to escape.", "She escaped."),
    ("They began to leave.", "They left."),
    ("He said he would come on Friday.", "He said he will come on Friday."),
    ("The vote is due to be held in May.", "The vote will be held in May."),
    ("The mayor opened the hall.", "The hall was opened by the mayor."),
    ("He would have won the race.", "He had almost won the race."),
    ("Did he want to stay?", "Did he stay?"),  # questions are not told as facts
]
DRIFT = [
    ("The dam would collapse if an earthquake struck.", "The dam collapsed when an earthquake struck."),
    ("We were going to open a second restaurant.", "We opened a second restaurant."),
    ("The minister has offered to resign.", "The minister has resigned."),
    ("The parliament has approved the budget.", "Parliament is expected to approve the budget."),
    ("The man tried to kill the judge.", "The man killed the judge."),
    ("The pope will visit Lima in May.", "The pope visited Lima in May."),
    ("The army threatened to shell the port.", "The army shelled the port."),
    ("The union refused to sign the deal.", "The union signed the deal."),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_as_real_as_before_passes(passes, reference, hypothesis):
    passes("unreal", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis"), DRIFT)
def test_what_became_real_or_unreal_fails(fails, reference, hypothesis):
    fails(reference, hypothesis, "modality", "major")
