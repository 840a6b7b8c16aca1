"""Quantifiers: neighbouring steps of the scale and negated ones pass; two steps, or one away from all, fail."""

from __future__ import annotations

import pytest

SAME = [
    ("Every voter received a letter.", "Each voter got a letter."),
    ("Many people were hurt.", "Several people were injured."),
    ("Not all soldiers agreed.", "Some soldiers did not agree."),
    ("All the windows were broken.", "Every window was broken."),
    ("Most of the staff stayed.", "The majority of the staff stayed."),
    ("Some villages were flooded.", "Several villages were flooded."),
    ("The whole town was evacuated.", "The entire town was evacuated."),
    ("Numerous houses burned.", "Many houses burned."),
]
DRIFT = [
    ("All of the hostages were freed.", "Some of the hostages were freed.", "major"),
    ("Most of the money was stolen.", "All of the money was stolen.", "major"),
    ("Few people believe him.", "Many people believe him.", "major"),
    ("Every school was closed.", "Some schools were closed.", "major"),
    ("Everyone voted for the plan.", "Someone voted for the plan.", "major"),
    ("The company's profits doubled.", "The company's profits halved.", "critical"),
    ("The price of bread has tripled.", "The price of bread has doubled.", "critical"),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_about_as_many_pass(passes, reference, hypothesis):
    passes("quantifiers", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "least"), DRIFT)
def test_another_share_fails(fails, reference, hypothesis, least):
    fails(reference, hypothesis, "number", least)
