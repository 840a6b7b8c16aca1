"""Tests on meaning, for a project that translates: pytest finds the fixture `drift` where drift is installed."""

import pytest

CASES = [
    ("Not even he was there.", "Even he was not there."),
    ("At least fifty people came.", "At least 50 people came."),
]


@pytest.mark.parametrize(("reference", "translation"), CASES)
def test_the_meaning_is_kept(drift, reference, translation):
    drift.assert_same_meaning(reference, translation, at_most="minor")


def test_the_articles(drift):
    drift.check_copies("articles", baseline="articles.baseline.json", cassette="articles.cassette.jsonl")
