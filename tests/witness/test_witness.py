"""Which copies tell the same story, and which English version is the clearest: by passages, not by topic."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from drift.align import copy_windows
from drift.align.encoders import load_encoder
from drift.errors import ResourceError, UsageError
from drift.read.copies import copy_from_text
from drift.witness import find_story, kinship

STORY = [
    "The ferry left the harbour of Porvoo at six in the morning with 212 passengers on board.",
    "Half an hour later the crew noticed smoke in the engine room.",
    "The captain decided to turn back and informed the coast guard.",
    "Two helicopters and five boats reached the ship within forty minutes.",
    "Most passengers were taken off before the fire spread to the car deck.",
    "Eleven people were treated for smoke, none of them seriously.",
    "The company says that the engine had been inspected in March.",
    "An engineer who asked not to be named told us that the inspection never took place.",
    "The ministry has opened an inquiry and will report in the autumn.",
    "Until then all three ferries of this type remain in port.",
]
# The same people and the same sea, another story.
OTHER = [
    "The ferry company of Porvoo wants to order two electric ships.",
    "The captain of the fleet says that passengers will hardly notice the difference.",
    "Batteries are charged in the harbour while cars drive on board.",
    "The ministry pays a third of the price.",
    "In the summer a ship sails every forty minutes, in winter every two hours.",
    "Residents complain that tickets have become expensive.",
    "The coast guard uses electric boats since March.",
    "An engineer explained the charging station to schoolchildren.",
]
OWN = [
    "The parliament met on Tuesday to discuss the budget for roads and railways.",
    "The opposition wants to spend more on bridges in the north.",
    "A vote is expected before the holidays.",
    "The finance minister spoke for an hour and drank four glasses of water.",
    "Unions announced a strike of train drivers for Friday.",
    "Nobody mentioned the price of bread, which has doubled.",
    "Farmers parked their tractors in front of the building.",
    "The session ended late at night without a result.",
]
WORSE = [s.replace("passengers", "passenger people").replace("engine", "motor").replace("crew", "team") for s in STORY]
CLUMSY = " ".join(WORSE).replace(". ", ".", 3).replace(", ", " , ").replace("The company", "and The company")
FRENCH = (
    "Le ferry a quitté le port de Porvoo à six heures du matin avec 212 passagers à bord. "
    "Une demi-heure plus tard, l'équipage a remarqué de la fumée dans la salle des machines. "
    "Le capitaine a décidé de faire demi-tour et a informé les garde-côtes. "
    "Deux hélicoptères et cinq bateaux ont atteint le navire en quarante minutes."
)


def copy(id: str, *sentences: str, language: str = "en"):
    return copy_from_text(" ".join(sentences), id=id, language=language)


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


@pytest.fixture(scope="module")
def copies():
    return {
        "clear": copy("clear", *STORY),
        "clumsy": copy("clumsy", CLUMSY),
        "excerpt": copy("excerpt", *OWN[:5], *STORY[1:5], *OWN[5:]),
        "other": copy("other", *OTHER),
        "french": copy("french", FRENCH, language="fr"),
    }


@pytest.fixture(scope="module")
def windows(copies, encoder):
    return {id: copy_windows(c, encoder) for id, c in copies.items()}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("clear", "clumsy", True),
        ("clear", "excerpt", True),
        ("clear", "french", True),
        ("excerpt", "french", True),
        ("clear", "other", False),
        ("excerpt", "other", False),
        ("french", "other", False),
    ],
)
def test_same_story(copies, windows, first, second, same):
    there = kinship(copies[first], copies[second], windows[first], windows[second])
    back = kinship(copies[second], copies[first], windows[second], windows[first])
    assert (there.same_story, back.same_story) == (same, same)


def test_kinship_says_how_much_of_each_is_in_the_other(copies, windows):
    kin = kinship(copies["clear"], copies["excerpt"], windows["clear"], windows["excerpt"])
    assert kin.of_first == pytest.approx(0.4, abs=0.12)
    assert kin.of_second == pytest.approx(0.35, abs=0.12)
    assert kin.closeness > 0.95
    assert kin.reversed().of_first == kin.of_second


def test_one_sentence_can_be_a_copy_too(copies, windows, encoder):
    one = copy("one", STORY[3])
    assert kinship(copies["clear"], one, windows["clear"], copy_windows(one, encoder)).same_story


class TestFindStory:
    def test_the_clearest_version_is_chosen_and_every_criterion_shown(self, copies, windows):
        story = find_story(list(copies.values()), windows)
        assert story.reference.id == "clear"
        assert set(story.why["candidates"]) == {"clear", "clumsy", "excerpt", "other"}
        for values in story.why["candidates"].values():
            assert all(0 <= values[k] <= 1 for k in ("agreement", "completeness", "clean_english", "clarity"))

    def test_roles(self, copies, windows):
        story = find_story(list(copies.values()), windows)
        assert {id: story.tells_it(id) for id in story.related} == {
            "clumsy": True, "excerpt": True, "french": True, "other": False,
        }  # fmt: skip

    def test_the_order_of_the_copies_does_not_matter(self, copies, windows):
        orders = random.Random(0).sample(list(permutations(copies.values())), 12)
        results = {repr(find_story(order, windows).why) + find_story(order, windows).reference.id for order in orders}
        assert len(results) == 1

    def test_the_user_may_name_the_reference_by_id_or_path(self, copies, windows):
        story = find_story(list(copies.values()), windows, reference="excerpt")
        assert (story.reference.id, story.given) == ("excerpt", True)
        assert story.why["chosen"] == "named by the user"

    def test_an_unknown_reference_names_the_ids_there_are(self, copies, windows):
        with pytest.raises(UsageError, match=r"DR305.*clear, clumsy, excerpt, french, other"):
            find_story(list(copies.values()), windows, reference="nobody")

    def test_no_english_version_is_an_error_that_names_the_languages(self, copies, windows):
        with pytest.raises(ResourceError, match=r"DR303.*fr"):
            find_story([copies["french"]], windows)

    def test_only_a_clearer_english_original_speaks_against_a_copy(self, copies, windows):
        story = find_story(list(copies.values()), windows)
        others = [copies[id] for id in ("clumsy", "excerpt", "french")]
        against_french = [c.id for c in story.clearer_than(copies["french"], others)]
        assert set(against_french) == {"clumsy", "excerpt"}
        assert story.clearer_than(copies["clear"], others) == []
