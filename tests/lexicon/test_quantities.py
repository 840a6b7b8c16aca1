"""Values of numbers, dates and times, whatever the style they are written in."""

from __future__ import annotations

import pytest

from drift.judge.tokens import tokenize
from drift.lexicon.quantities import quantities, same_value


def read(text):
    return quantities([t.norm for t in tokenize(text)])


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("1,000.00", 1000.0, "number"), ("1.000,00", 1000.0, "number"), ("1 000,00", 1000.0, "number"), ("1'000'000", 1e6, "number"),
        ("one thousand", 1000.0, "number"), ("a dozen", 12.0, "number"), ("two dozen", 24.0, "number"), ("half a million", 5e5, "number"),
        ("one and a half million", 1.5e6, "number"), ("2.1 billion", 2.1e9, "number"), ("2.1bn", 2.1e9, "number"),
        ("both", 2.0, "number"), ("$5", 5.0, "money"), ("5 euros", 5.0, "money"), ("20 per cent", 20.0, "percent"),
        ("half of them", 50.0, "percent"), ("a third of them", 100 / 3, "percent"), ("3rd", 3.0, "ordinal"), ("1991", 1991.0, "year"),
        ("1990s", 1990.0, "year"), ("the nineties", 1990.0, "year"), ("the 90s", 1990.0, "year"), ("15:30", 930.0, "time"),
        ("3.30 pm", 930.0, "time"), ("3 p.m.", 900.0, "time"), ("12 am", 0.0, "time"), ("noon", 720.0, "time"),
        ("nine o'clock", 540.0, "time"), ("December", 12.0, "month"), ("Sundays", 6.0, "weekday"),
    ],
)  # fmt: skip
def test_one_value(text, value, kind):
    [found] = read(text)
    assert (found.value, found.kind) == (pytest.approx(value), kind)


@pytest.mark.parametrize(("a", "b"), [("1.000", "1,000"), ("1.000", "1"), ("3:30", "15:30"), ("hundreds", "several hundred"),
                                      ("hundreds", "700"), ("a third of", "33 percent"), ("midnight", "24:00")])  # fmt: skip
def test_two_readings_of_one_value(a, b):
    assert same_value(read(a)[0], read(b)[0])


@pytest.mark.parametrize(("a", "b"), [("2.1 billion", "2.1 million"), ("3 am", "3 pm"), ("1991", "1919"), ("hundreds", "thousands"),
                                      ("15", "50"), ("0.5", "5")])  # fmt: skip
def test_two_values(a, b):
    assert not same_value(read(a)[0], read(b)[0])


@pytest.mark.parametrize(
    "text", ["they may march", "one never knows", "wait a second", "a point of order", "", "no one", "٣ ½"]
)
def test_no_value(text):
    assert read(text) == []


def test_days_belong_to_months():
    assert [q.kind for q in read("on 7 January and on the 9th of May")] == ["day", "month", "day", "month"]
