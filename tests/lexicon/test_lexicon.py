"""What is known of words and names: relations, spellings, places."""

from __future__ import annotations

import pytest

from drift.lexicon import wordnet
from drift.lexicon.gazetteer import is_known_name, large_cities, one_entity
from drift.lexicon.lemmas import lemmas, same_lemma
from drift.lexicon.spelling import alike


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [("physician", "doctor", "synonym"), ("hot", "cold", "antonym"), ("rise", "fell", "antonym"), ("sparrow", "bird", "hypernym"),
     ("bird", "sparrow", "hyponym"), ("houses", "house", "same"), ("destroy", "destruction", "derived"), ("kidney", "piano", "none")],
)  # fmt: skip
def test_relations(a, b, relation):
    assert wordnet.relation(a, b) == relation


@pytest.mark.parametrize(("a", "b"), [("Shostakovich", "Chostakovitch"), ("Putin", "Poutine"), ("Prokofiev", "Prokofieff"),
                                      ("Ablyazov", "Aplyasov"), ("Чехов", "Chekhov"), ("Zelenskyy", "Selenskyj")])  # fmt: skip
def test_one_name_by_sound(a, b):
    assert alike(a, b) == alike(b, a) >= 0.72


@pytest.mark.parametrize(("a", "b"), [("Merkel", "Scholz"), ("Paris", "Rome"), ("Anna", "Otto"), ("Ivanov", "Petrov")])
def test_two_names_by_sound(a, b):
    assert alike(a, b) < 0.6


@pytest.mark.parametrize(
    ("a", "b"), [("Kyiv", "Kiev"), ("Beijing", "Peking"), ("Cologne", "Köln"), ("Mumbai", "Bombay")]
)
def test_one_place(a, b):
    assert one_entity(a, b)


@pytest.mark.parametrize(
    ("a", "b"), [("Austria", "Australia"), ("Niger", "Nigeria"), ("Iran", "Iraq"), ("Lisbon", "Madrid")]
)
def test_two_places(a, b):
    assert not one_entity(a, b)


def test_known_names():
    assert is_known_name("Nazareth")
    assert not is_known_name("Qwrtzpsd")
    assert len(set(large_cities())) == len(large_cities()) == 300


def test_lemmas():
    assert "feed" in lemmas("fed")
    assert same_lemma("went", "goes")
    assert not same_lemma("mouse", "house")


def test_opposites_and_hypernyms():
    assert "cold" in wordnet.opposites("hot")
    assert "bird" in wordnet.more_general("sparrow") or "passerine" in wordnet.more_general("sparrow")
    assert wordnet.opposites("qwrtz") == wordnet.more_general("qwrtz") == ()
