"""Before and after, a time and a time ago: one order said in another way passes, the other order fails."""

from __future__ import annotations

import pytest
from conftest import analysed

from drift.judge.sequence import Order

SAME = [
    ("She left two days before the vote.", "Two days before the ballot she left."),
    ("She left two days before the vote.", "Two days ahead of the vote she left."),
    ("The flood came after the fire.", "The fire came before the flood."),
    ("The treaty was not renewed until 2004.", "The treaty was renewed after 2004."),  # "not" turns the "until"
    ("Sweden will build two reactors by 2035.", "Sweden will build two reactors before 2035."),
    ("The deal was signed by Paul.", "The deal was signed after Paul."),  # "by" says who, not when; that it is wrong others must see
    ("The border was open until last week.", "The border was closed after last week."),  # opposites
    ("He died five years ago.", "He has been dead for five years."),
    ("He fled, and two weeks later he was arrested.", "He was arrested; he had fled two weeks earlier."),
    ("She waited for two hours and left.", "She left after waiting two hours."),
]

DRIFT = [
    ("The mine must close by the end of 2027.", "The mine must be closed after the end of the year 2027."),
    ("Sweden will build two new reactors by 2035.", "Sweden is going to build two new reactors after 2035."),
    ("The roof fell in before the firefighters arrived.", "The roof fell in after the firefighters arrived."),
    ("They met a week before the funeral.", "They met a week after the funeral."),
    ("Officials left prior to the inspection.", "Officials left following the inspection."),
    ("The power was out for three days in the suburbs.", "The power was cut three days ago in the suburbs."),
]


def said(reference, hypothesis):
    return [c for c in Order().detect(analysed(reference, hypothesis)) if c.severity != "minor"]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_one_order_passes(reference, hypothesis):
    assert not said(reference, hypothesis)
    assert not said(hypothesis, reference)


@pytest.mark.parametrize(("reference", "hypothesis"), DRIFT)
def test_another_order_fails(reference, hypothesis):
    assert [c.category for c in said(reference, hypothesis)] == ["date"]
    assert [c.category for c in said(hypothesis, reference)] == ["date"]
