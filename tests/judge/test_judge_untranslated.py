"""Untranslated: loan words, names and terms pass; words left in another language fail."""

from __future__ import annotations

import pytest

SAME = [
    ("He ordered a croissant and an espresso.", "He ordered a croissant and an espresso."),
    ("The coup failed.", "The coup d'état failed."),
    ("It is a kind of ersatz coffee.", "It is a sort of ersatz coffee."),
    ("The newspaper reported it.", "The newspaper Le Monde reported it."),
    ("She read it in Der Spiegel.", "She read about it in Der Spiegel."),
    ("The samurai drew his sword.", "The samurai pulled out his sword."),
    ("The patient received ibuprofen.", "The patient was given ibuprofen."),
    ("They met in São Paulo.", "They met in São Paulo."),
    ("Visit https://example.org for details.", "For details, visit https://example.org."),
    ("The protein BRCA1 is mutated.", "The BRCA1 protein is mutated."),
    ("The tsunami destroyed the harbour.", "The tsunami destroyed the port."),
    ("We ate sushi.", "We had sushi."),
]

DRIFT = [
    ("The house is near the river.", "The house is near the rivière.", "untranslated", "major"),
    ("He works as a baker.", "He works as a boulanger.", "untranslated", "major"),
    ("The children played in the garden.", "The children played in the jardin.", "untranslated", "major"),
    ("The government has resigned.", "Die Regierung ist zurückgetreten.", "untranslated", "critical"),
    ("The woman bought fresh bread.", "La mujer compró pan fresco.", "untranslated", "critical"),
    ("He hid behind the wardrobe.", "He hid behind the Kleiderschrank.", "untranslated", "major"),
    ("The factory produces shoes.", "The фабрика produces shoes.", "untranslated", "major"),
    ("The mayor opened the bridge.", "市长 opened the bridge.", "untranslated", "major"),
    (
        "They were waiting for the verdict of the judges.",
        "They were waiting for le verdict des juges.",
        "untranslated",
        "major",
    ),
    ("The weather was beautiful.", "The weather was wunderschön.", "untranslated", "major"),
    ("The plane landed early.", "Самолёт приземлился рано.", "untranslated", "critical"),
]


@pytest.mark.parametrize(("reference", "hypothesis"), SAME)
def test_loan_words_and_names_pass(passes, reference, hypothesis):
    passes("untranslated", reference, hypothesis)


@pytest.mark.parametrize(("reference", "hypothesis", "category", "least"), DRIFT)
def test_foreign_words_fail(fails, reference, hypothesis, category, least):
    fails(reference, hypothesis, category, least)
