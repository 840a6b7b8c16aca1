"""Where nothing else in the sentence differs, one word for another is grave; where much differs, it is a matter of style."""

from __future__ import annotations

import pytest

from drift.judge import judge

GRAVE = [
    ("The judge dropped the charges.", "The judge dropped the batteries."),
    ("The vessel was carrying crude oil.", "The vessel was carrying rude oil."),
    ("The cabinet approved the budget.", "The cupboard approved the budget."),
    ("The airline grounded its fleet.", "The airline crushed its fleet."),
    ("The party lost its seat in parliament.", "The party lost its headquarters in parliament."),
]
SYNONYMS = [
    ("The doctor examined the child.", "The physician examined the child."),
    ("They want to buy a big house.", "They want to buy a large house."),
    ("The accident happened at noon.", "The accident occurred at noon."),
    ("He began to speak.", "He started to speak."),
    ("Protesters blocked the road.", "Demonstrators blocked the road."),
]


@pytest.mark.parametrize(("reference", "hypothesis"), GRAVE)
def test_the_only_difference_is_grave(reference, hypothesis):
    assert judge(reference, hypothesis).severity in ("major", "critical")


@pytest.mark.parametrize(("reference", "hypothesis"), SYNONYMS)
def test_a_synonym_is_not(reference, hypothesis):
    assert judge(reference, hypothesis).severity not in ("major", "critical")
