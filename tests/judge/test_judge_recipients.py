"""Who does it and to whom it is done: another order passes, the recipient as agent fails."""

from __future__ import annotations

import pytest

SAME = [
    ("The letter was dictated to him by his wife.", "The letter was dictated by his wife to him."),
    ("He is known to the police.", "He is known by the police."),
    ("The cake was made for her birthday.", "The cake was made by her brother for her birthday."),
    ("The prize was given to the singer.", "The singer was given the prize."),
]
DRIFT = [
    ("The second document was at best dictated to him.", "The second document was at best dictated by him."),
    ("The house was sold by her cousin.", "The house was sold to her cousin."),
    ("The book was written for the king.", "The book was written by the king."),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_another_order_passes(passes, reference, hypothesis):
    passes("recipients", reference, hypothesis)
    passes("recipients", hypothesis, reference)


@pytest.mark.parametrize(("reference", "hypothesis"), DRIFT)
def test_a_recipient_as_agent_fails(fails, reference, hypothesis):
    fails(reference, hypothesis, "role", "critical")
    fails(hypothesis, reference, "role", "critical")
