"""Wording: synonyms, inflection and derivation pass; a word or phrase with another meaning fails."""

from __future__ import annotations

import pytest

SAME = [
    ("The doctor examined the patient.", "The physician examined the patient."),
    ("He bought a car.", "He purchased a car."),
    ("The film starts at eight.", "The movie begins at eight."),
    ("She answered quickly.", "She replied rapidly."),
    ("The rich live on the hill.", "The wealthy live on the hill."),
    ("It was a huge mistake.", "It was an enormous error."),
    ("The children were frightened.", "The kids were scared."),
    ("He repaired the roof.", "He fixed the roof."),
    ("The soldiers destroyed the village.", "The soldiers' destruction of the village."),
    ("The company is growing fast.", "The company is growing quickly."),
    ("They got permission to build.", "They obtained permission to build."),
    ("The attack happened at night.", "The attack took place at night."),
    ("He died last year.", "He passed away last year."),
    ("The lawyer defended him.", "The attorney defended him."),
    ("The house was sold.", "The home was sold."),
    ("The talks ended without result.", "The negotiations concluded without result."),
    ("The minister resigned.", "The minister stepped down."),
    ("She cooks well.", "She is a good cook."),
    ("The plane landed safely.", "The aircraft landed safely."),
    ("Many workers were dismissed.", "Many employees were fired."),
    ("He gave up smoking.", "He quit smoking."),
    ("The analysis of the samples took weeks.", "Analysing the samples took weeks."),
    ("How is your family name written?", "How is your last name written?"),
]

DRIFT = [
    ("The rebels ousted the president.", "The rebels hunted the president.", "wording", "major"),
    ("She baked a cake.", "She burned a cake.", "wording", "minor"),
    ("The court convicted the banker.", "The court invited the banker.", "wording", "major"),
    ("He is a famous surgeon.", "He is a famous carpenter.", "wording", "minor"),
    ("The ship sank near the coast.", "The ship sang near the coast.", "wording", "major"),
    ("They planted trees along the road.", "They planted bombs along the road.", "wording", "major"),
    ("The minister's speech was boring.", "The minister's speech was edible.", "wording", "major"),
    # hypernyms
    ("A sparrow sat on the roof.", "A bird sat on the roof.", "wording", "minor"),
    ("He plays the violin.", "He plays an instrument.", "wording", "minor"),
    # false friends
    ("The current mayor is ill.", "The actual mayor is ill.", "wording", "minor"),
    ("He attended the lecture.", "He waited for the lecture.", "wording", "minor"),
    ("She is a sensible woman.", "She is a sensitive woman.", "wording", "minor"),
    ("He bought it in a bookshop.", "He bought it in a library.", "wording", "minor"),
    # tortured phrases
    (
        "Artificial intelligence is used to diagnose breast cancer.",
        "Counterfeit consciousness is used to diagnose bosom peril.",
        "wording",
        "major",
    ),
    ("They turned a blind eye to the theft.", "They turned a blind man to the theft.", "wording", "minor"),
    ("The surgeon removed his kidney.", "The surgeon removed his piano.", "wording", "major"),
    ("The volcano threatens the village.", "The volcano decorates the village.", "wording", "major"),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_the_same_in_other_words_passes(passes, reference, hypothesis):
    passes("wording", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "category", "least"), DRIFT)
def test_another_meaning_fails(fails, reference, hypothesis, category, least):
    fails(reference, hypothesis, category, least)
