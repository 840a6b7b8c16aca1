"""What is known of words and names: relations, spellings, places."""

from __future__ import annotations

import sqlite3
from itertools import combinations, pairwise

import pytest

from drift.errors import ModelError
from drift.lexicon import gazetteer, peoples, places, wordnet
from drift.lexicon.gazetteer import is_known_name, large_cities, one_entity, one_people, speaks_for
from drift.lexicon.lemmas import lemmas, same_lemma
from drift.lexicon.peoples import places_of
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


@pytest.mark.parametrize(
    ("people", "place"),
    [("finns", "finland"), ("danish", "denmark"), ("croats", "croatia"), ("parisians", "paris"), ("crimean", "crimea"), ("kosovan", "kosovo"),
     ("frenchmen", "france"), ("nigerian", "nigeria"), ("londoners", "london"), ("burmese", "myanmar")],
)  # fmt: skip
def test_whose_people_they_are(people, place):
    assert place in places_of(people)


@pytest.mark.parametrize("word", [
    "president", "christian", "merkel", "republican",
    # persons and places whose names end as those of peoples do
    "francis", "ghani", "porter", "lillian", "susan", "trenton", "atlantis", "fujian", "ferrari", "easter",
    # nicknames of peoples that are words
    "badger", "beaver", "volunteer", "sooner", "wolverine",
])  # fmt: skip
def test_nobodys_people(word):
    assert not places_of(word)


def test_peoples_of_different_states_are_not_one():
    rows = [line.split("\t") for line in peoples._TABLE.read_text(encoding="utf-8").splitlines()]
    states = {name: place for name, place in peoples._of_countries() if " " not in name}
    assert len(states) > 150
    several = {name for name in states if sum(r[0] == "people" and r[1] == name for r in rows) > 1}  # "Congolese", "British"
    for (a, here), (b, there) in combinations(sorted(states.items()), 2):
        if here != there and not {a, b} & several:
            assert not one_people(a, b), (a, b)


def test_who_speaks_for_a_country():
    assert speaks_for("Ottawa", "Canadians")
    assert speaks_for("Beijing", "China")
    assert not speaks_for("China", "Beijing")
    assert not speaks_for("Toronto", "Canada")
    assert not speaks_for("Hamilton", "Bermuda")


def test_the_shipped_peoples_and_seats_are_those_of_the_package():
    shipped = {tuple(line.split("\t")) for line in peoples._TABLE.read_text(encoding="utf-8").splitlines()}
    seats = {("seat", city, country) for city, country in peoples._seats() if city != country}
    assert seats == {row for row in shipped if row[0] == "seat"}
    assert {("people", name, place) for name, place in peoples._of_countries() if name != place} <= shipped  # the rest is WordNet's


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


_ASSORTED = (
    "good bad better evil bank shore money tree oak plant factory bus tram run ran walk happy unhappy legal illegal dance dancer "
    "moist dry wet qwrtz kyiv sell buy give take red colour colours president minister"
).split()


def test_words_whose_reaches_do_not_meet_are_unrelated():
    apart = [(a, b) for a, b in combinations(_ASSORTED, 2) if wordnet.entry(a).reach.isdisjoint(wordnet.entry(b).reach)]
    assert len(apart) > 100
    for a, b in apart:
        assert wordnet.relation(a, b) == wordnet.relation(b, a) == "none"
        assert a not in wordnet.entry(b).stems
        assert b not in wordnet.entry(a).stems


def test_what_is_more_general_by_one_step_is_more_general_by_three():
    chain = ["sparrow", "bird", "vertebrate"]
    for word, above in pairwise(chain):
        senses = wordnet.synsets(word)
        assert wordnet.hypernyms(senses, 1) <= wordnet.hypernyms(senses)
        assert wordnet.hypernyms(senses) & wordnet.synsets(above)


def test_the_negative_of_a_word_has_it_as_its_stem():
    assert "happy" in wordnet.entry("unhappy").stems
    assert not wordnet.entry("uncle").stems  # too short to be the negative of "cle"


def test_the_shipped_places_are_those_of_the_package(tmp_path):
    places.build(tmp_path / "places.sqlite")
    fresh, shipped = (
        sqlite3.connect(path).execute("SELECT name, bearer FROM place ORDER BY name, bearer").fetchall()
        for path in (tmp_path / "places.sqlite", gazetteer._TABLE)
    )
    assert fresh == shipped


@pytest.mark.parametrize(
    ("module", "rows", "ask"),
    [(gazetteer, gazetteer._places, lambda: is_known_name("Blagoveshchensk-on-Nowhere")), (peoples, peoples._rows, lambda: places_of("qwrtzer"))],
    ids=["places", "peoples"],
)
def test_a_missing_table_is_said(tmp_path, monkeypatch, module, rows, ask):
    monkeypatch.setattr(module, "_TABLE", tmp_path / "none")
    rows.cache_clear()
    with pytest.raises(ModelError, match="DR406"):
        ask()
    rows.cache_clear()
