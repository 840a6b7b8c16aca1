"""Another translation of the same sentence as evidence: a second engine's, our own clause by clause, a broken one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from attribution_cases import SOURCE_HAS_THE_COPY, SOURCE_HAS_THE_REFERENCE, FakeModel, case, judged_copy

from drift.attribution.case import Fact
from drift.attribution.copies import attribute
from drift.attribution.facts import gather_facts
from drift.attribution.second import ask, ask_again
from drift.attribution.weigh import default_scales
from drift.errors import ModelError, ResourceError
from drift.records import Finding, Span, Translation

FINDING = Finding("", "name", "critical", 0.9, "", Span(0, 1, "a"), Span(0, 1, "b"), detector="names")


class Other(FakeModel):
    """A second engine that says what it is told to."""

    engine, model = "other", "other"

    def __init__(self, says):
        super().__init__()
        self.says = says

    def translate(self, sentences, *, progress=None):
        self.asked += sentences
        return [Translation(self.says.get(s, s), "other", "other") for s in sentences]


def second_facts(c, says):
    asked = ask([c], Other({c.source: says}))
    return {f.name: f for f in asked.facts(c)}


class TestSecondOpinion:
    lost_and_gained = case("Le maire parle.", "The mayor speaks.", "The mother speaks.", "mayor", "mother",
                           detector="wording", category="wording")  # fmt: skip
    left_out = case("Le maire de la ville parle.", "The mayor of the town speaks.", "The mayor speaks.", "of the town",
                    detector="coverage", category="omission")  # fmt: skip
    denied = case("Il parle.", "He speaks.", "He does not speak.", "speaks", "not", detector="polarity", category="polarity")

    @pytest.mark.parametrize(
        ("c", "says", "facts"),
        [
            (lost_and_gained, "The mayor talks.", {"second_reference": 1.0}),
            (lost_and_gained, "The mayors talk.", {"second_reference": 1.0}),  # in any form
            (lost_and_gained, "A mother talks.", {"second_copy": 1.0}),
            (lost_and_gained, "The chief talks.", {}),  # a third word says nothing
            (left_out, "The mayor of a town talks.", {"second_reference": 1.0}),
            (left_out, "The mayor talks.", {"second_lacks": 1.0}),
            (denied, "He talks.", {"second_reference_negation": 1.0}),
            (denied, "He doesn't talk.", {"second_copy_negation": 1.0}),
        ],
    )
    def test_whose_words_it_has(self, c, says, facts):
        assert {name: f.value for name, f in second_facts(c, says).items()} == facts

    def test_it_quotes_what_it_has_and_says_who_says_so(self):
        phrase = second_facts(self.lost_and_gained, "The mayor talks.")["second_reference"].phrase
        assert "“mayor”" in phrase
        assert "other" in phrase

    def test_a_name_counts_in_any_spelling(self):
        c = case("M. Kowaltchouk parle.", "Mr Kowalchuk speaks.", "Mr Cow speaks.", "Kowalchuk", "Cow")
        assert set(second_facts(c, "Sir Kowaltchouk speaks.")) == {"second_reference"}

    def test_each_sentence_is_asked_once(self):
        other = Other({})
        ask([self.lost_and_gained, self.lost_and_gained, self.denied], other)
        assert other.asked == [self.lost_and_gained.source, self.denied.source]

    def test_a_recording_that_lacks_a_sentence_answers_for_the_others(self):
        other = Other({})

        def recorded(texts):
            if self.denied.source in texts:
                raise ResourceError("DR610", "not recorded")
            return Other({}).translate(texts)

        other.translate = recorded
        assert ask([self.denied], other) is None
        assert set(ask([self.left_out, self.denied, self.lost_and_gained], other).english) == {
            self.left_out.source, self.lost_and_gained.source,
        }  # fmt: skip

    def test_an_engine_that_fails_is_an_error(self):
        other = Other({})
        other.translate = lambda *_: (_ for _ in ()).throw(ModelError("DR212", "apertium failed"))
        with pytest.raises(ModelError, match="DR212"):
            ask([self.denied], other)

    def test_the_reference_s_words_in_it_speak_for_the_instrument(self):
        assert default_scales().weight["second_reference"] < 0

    def test_the_copy_s_words_in_it_speak_against_the_copy(self):
        assert min(default_scales().weight[name] for name in ("second_copy", "second_lacks")) > 0

    def test_it_is_told_even_where_it_moves_little(self):
        facts = [Fact("second_copy", 0.1, "a second engine says so"), Fact("kept", 0.1, "hardly anything")]
        assert default_scales().decide(self.lost_and_gained.finding, facts)[1] == ("a second engine says so",)

    def test_it_is_not_asked_where_the_source_has_settled_the_matter(self):
        finding = SOURCE_HAS_THE_COPY[0][0].finding
        facts = [Fact("name_exchanged", 1.0), Fact("second_reference", 1.0)]
        assert default_scales().probability(finding, facts) == default_scales().probability(finding, facts[:1])

    def test_its_word_stands_in_the_evidence(self):
        says = {"fr": Other({self.left_out.source: "The mayor of the town talks."})}
        (x,) = attribute([judged_copy(self.left_out)], {"fr": FakeModel()}, None, second=says)
        assert any("second engine" in phrase for phrase in x.beads[0].findings[0].evidence)


class TestSecondLook:
    """A suspected omission is translated again, clause by clause, before it is weighed."""

    source = "Le maire parle, dans la ville de Lyon, avec les gens."
    dropped = case(source, "The mayor speaks in the city with people.", "The mayor speaks with people.", "in the city",
                   detector="coverage", category="omission")  # fmt: skip

    def test_clauses_are_translated_alone_and_each_once(self):
        other = Other({})
        asked = ask_again([self.dropped, self.dropped], other)
        assert other.asked == ["Le maire parle,", "dans la ville de Lyon,", "avec les gens."]
        assert asked.english == {self.source: self.source}

    def test_words_that_come_back_were_lost_by_our_translation(self):
        asked = ask_again([self.dropped], Other({"dans la ville de Lyon,": "in the city of Lyon,"}))
        assert [(f.name, f.value) for f in asked.facts(self.dropped)] == [("again_reference", 1.0)]

    def test_words_that_do_not_come_back_speak_for_the_copy(self):
        assert [f.name for f in ask_again([self.dropped], Other({})).facts(self.dropped)] == ["again_lacks"]

    def test_other_findings_in_the_sentence_are_none_of_its_business(self):
        changed = case(self.source, self.dropped.reference, self.dropped.hypothesis, "mayor", "people", detector="wording",
                       category="wording")  # fmt: skip
        asked = ask_again([self.dropped, changed], Other({}))
        assert list(asked.facts(changed)) == []

    @pytest.mark.parametrize("c", [TestSecondOpinion.lost_and_gained, TestSecondOpinion.left_out])
    def test_changed_words_and_sentences_of_one_clause_are_not_asked_about(self, c):
        other = Other({})
        assert ask_again([c], other) is None
        assert other.asked == []


class TestBrokenTranslations:
    @pytest.mark.parametrize(("flags", "names"), [(("repetition",), {"broken"}), (("retried", "split"), set()), ((), set())])
    def test_a_translation_that_looks_wrong_is_evidence(self, flags, names):
        c = replace(SOURCE_HAS_THE_REFERENCE[0], flags=flags, source="Oui.")
        (facts,) = gather_facts([c], translator=None, encoder=None)
        assert {f.name for f in facts} & {"broken"} == names

    def test_it_weighs_against_what_would_else_be_the_copys(self):
        finding = FINDING
        plain, broken = ([Fact("no_reference_name", 1.0)], [Fact("no_reference_name", 1.0), Fact("broken", 1.0, "looks wrong")])
        assert default_scales().probability(finding, broken) < 0.3 < default_scales().probability(finding, plain)
        assert default_scales().decide(finding, broken)[0] != "copy"
        assert "looks wrong" in default_scales().decide(finding, broken)[1]
