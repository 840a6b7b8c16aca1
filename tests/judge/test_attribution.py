"""Attribution: what the source sentence, the model's probabilities and the control say about who drifted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from attribution_cases import GLOSSED, SOURCE_HAS_THE_COPY, SOURCE_HAS_THE_REFERENCE, FakeModel, case, judged_copy

from drift.attribution.case import Fact, kind_of
from drift.attribution.control import Control, apply, run_control
from drift.attribution.copies import attribute, without_instrument
from drift.attribution.extent import extent_facts, usual_ratio
from drift.attribution.forced import NOTHING, score_cases
from drift.attribution.glossed import glossed_facts
from drift.attribution.negators import count_negations
from drift.attribution.source import name_in, source_facts
from drift.attribution.values import values_in
from drift.attribution.weigh import Scales, default_scales
from drift.errors import ModelError
from drift.records import Bead, Copy, Finding, Sentence, Span


def facts_of(c):
    return {f.name for f in source_facts(c)}


class TestSource:
    @pytest.mark.parametrize("c", SOURCE_HAS_THE_REFERENCE, ids=lambda c: c.source)
    def test_a_source_with_what_the_reference_has_blames_the_instrument(self, c):
        facts = list(source_facts(c))
        word, evidence = default_scales().decide(c.finding, facts)
        assert word == "instrument"
        assert evidence

    @pytest.mark.parametrize(("c", "fact"), SOURCE_HAS_THE_COPY, ids=lambda x: getattr(x, "source", x))
    def test_a_source_with_what_the_translation_has_speaks_against_the_copy(self, c, fact):
        facts = list(source_facts(c))
        assert fact in {f.name for f in facts}
        assert default_scales().probability(c.finding, facts) > max(0.5, default_scales().probability(c.finding, []))

    def test_a_source_with_neither_settles_nothing(self):
        assert facts_of(case("Elle est partie.", "Anna left.", "The one left.", "Anna", "one")) == {"no_reference_name"}

    @pytest.mark.parametrize("c", [
        case("Il la voit.", "He sees her.", "He sees him.", "her", "him", detector="roles"),  # "la" is an article too
        case("Le maire est venu.", "He came.", "She came.", "He", "She", detector="roles"),
        case("Elle est venue.", "He came.", "She came.", "He", "She", detector="roles", language="xx"),
    ], ids=lambda c: c.source)  # fmt: skip
    def test_a_pronoun_that_the_source_does_not_settle(self, c):
        assert facts_of(c) == set()

    @pytest.mark.parametrize(("c", "fact"), GLOSSED, ids=lambda x: getattr(x, "source", x))
    def test_the_word_list_finds_what_the_model_lost(self, c, fact):
        assert fact in {f.name for f in glossed_facts(c)}
        assert not list(glossed_facts(replace(c, language="xx")))

    def test_an_acronym_written_out_is_no_exchange(self):
        c = case("Les députés et Membres.", "The MPs spoke.", "The Membres spoke.", "MPs", "Membres")
        assert "name_exchanged" not in facts_of(c)

    def test_words_left_untranslated_stand_in_the_source(self):
        c = case("Deux eglises.", "Two churches.", "Two eglises.", "churches", "eglises", detector="untranslated",
                 category="untranslated")  # fmt: skip
        assert default_scales().decide(c.finding, list(source_facts(c)))[0] == "instrument"

    @pytest.mark.parametrize(
        ("name", "source", "there"),
        [
            ("Kiev", "Il vit à Kyiv.", True),
            ("Shostakovich", "La symphonie de Chostakovitch", True),
            ("Macedonian", "Le président macédonien", True),
            ("Putin", "Путин уехал.", True),
            ("Paris", "Il vit à Lyon.", False),
            ("Anna", "Une année entière.", False),
        ],
    )
    def test_names_are_found_across_spelling_and_script(self, name, source, there):
        assert name_in(name, source) is there

    @pytest.mark.parametrize(
        ("text", "language", "value"),
        [
            ("vingt-trois personnes", "fr", 23), ("dreiundzwanzig Leute", "de", 23), ("12 500 euros", "fr", 12500),
            ("1,5 млн", "ru", 1.5e6), ("3 millones", "es", 3e6), ("à 07h55", "fr", 475), ("XXI век", "ru", 21),
        ],
    )  # fmt: skip
    def test_values_are_read_in_many_languages(self, text, language, value):
        assert value in {v for q in values_in(text, language) for v in q.values}

    @pytest.mark.parametrize(
        ("text", "language", "times"),
        [
            ("He can't and won't.", "en", 2), ("Il ne vient plus.", "fr", 1), ("Il en veut plus.", "fr", 0),
            ("Er kommt nicht ohne Geld.", "de", 2), ("Она не пришла.", "ru", 1), ("No, nunca.", "es", 2), ("abc", "xx", None),
        ],
    )  # fmt: skip
    def test_negations_are_counted(self, text, language, times):
        assert count_negations(text, language) == times


class TestExtent:
    """A model that drops or invents words leaves a translation that is too short or too long for its source."""

    DROPPED = case(
        "Le maire, qui était venu avec sa femme et ses deux enfants, a refusé.",
        "The mayor, who had come with his wife and his two children, refused.", "The mayor refused.",
        "who had come with his wife and his two children", detector="coverage", category="omission",
    )  # fmt: skip
    LEFT_OUT = case(
        "Le maire a refusé.", "The mayor, who had come with his wife and his two children, refused.", "The mayor refused.",
        "who had come with his wife and his two children", detector="coverage", category="omission",
    )  # fmt: skip
    INVENTED = case(
        "Le maire a refusé.", "The mayor refused.", "The mayor, who had come with his wife and his two children, refused.",
        "", "who had come with his wife and his two children", detector="coverage", category="addition",
    )  # fmt: skip

    @staticmethod
    def facts(c, ratio=1.0):
        return {f.name: f.value for f in extent_facts(replace(c, ratio=ratio))}

    def test_whose_lengths_are_those_of_an_omission(self):
        assert self.facts(self.DROPPED)["extent_lost"] < 0 < self.facts(self.LEFT_OUT)["extent_lost"]
        assert self.facts(self.INVENTED)["extent_gained"] < 0

    def test_words_of_the_source_that_nothing_stands_for(self):
        assert self.facts(self.DROPPED)["left_over"] > 0 > self.facts(self.LEFT_OUT)["left_over"]
        assert "left_over" not in self.facts(replace(self.DROPPED, language="xx"))

    def test_nothing_is_usual_in_a_short_copy_and_nothing_follows(self):
        assert usual_ratio([("Le chat.", "The cat.")] * 7) is None
        assert usual_ratio([("Le chat.", "The cat.")] * 8) == 1.0
        assert not {"extent_lost", "extent_gained"} & self.facts(self.DROPPED, None).keys()

    def test_of_exchanged_words_it_says_nothing(self):
        assert not self.facts(SOURCE_HAS_THE_REFERENCE[0])


class TestForcedDecoding:
    def test_words_that_the_source_makes_likely_are_told_from_others(self):
        c = case("Le chat dort.", "The cat sleeps.", "The hat sleeps.", "cat", "hat", detector="wording", category="wording")
        forced = score_cases([c], FakeModel({"Le chat dort.": {"The", "cat", "sleeps."}}))
        facts = {f.name: f for f in forced.facts(c)}
        assert facts["reference_gain"].value > 1 > facts["copy_gain"].value
        assert facts["exchange"].value > 0
        assert "“cat”" in facts["reference_gain"].phrase

    def test_each_pair_is_scored_once_with_and_without_the_source(self):
        c = case("Le chat dort.", "The cat sleeps.", "The hat sleeps.", "cat", "hat")
        model = FakeModel()
        score_cases([c, c], model)
        assert len(model.asked) == len(set(model.asked)) == 4  # the exchanged sentence is the reference here
        assert {s for s, _ in model.asked} == {c.source, NOTHING}

    def test_an_engine_without_probabilities_gives_none(self):
        model = FakeModel()
        model.score = lambda sources, targets: None
        assert score_cases([case("a", "b Anna", "c", "Anna")], model) is None


SCALES = Scales({
    "prior": {"names.changed": 0.0}, "prior_of_others": -9.0, "weight": {"a": 2.0, "b": -1.0, "name_exchanged": 3.0},
    "copy_from": {"changed": 0.8, "lost": 0.6, "added": 0.8}, "instrument_below": 0.3, "name": "test",
})  # fmt: skip


class TestWeighing:
    finding = Finding("", "name", "critical", 0.5, "", Span(0, 1, "a"), Span(0, 1, "b"), detector="names")

    @pytest.mark.parametrize(
        ("facts", "word"),
        [
            ([Fact("a", 1.0)], "copy"),
            ([], "unclear"),
            ([Fact("b", 1.0)], "instrument"),
            ([Fact("a", 5.0), Fact("reference_name", 1.0)], "instrument"),
            ([Fact("name_exchanged", 1.0), Fact("b", 9.0)], "copy"),
        ],
    )
    def test_log_odds_become_a_word(self, facts, word):
        assert SCALES.decide(self.finding, facts)[0] == word

    def test_what_was_lost_has_a_threshold_of_its_own(self):
        assert SCALES.decide(replace(self.finding, copy_span=None, detector="x"), [Fact("a", 4.9)])[0] == "copy"
        assert SCALES.decide(replace(self.finding, detector="x"), [Fact("a", 4.9)])[0] == "unclear"

    def test_who_is_blamed_is_blamed_for_something_sure(self):
        chances = [SCALES.probability(replace(self.finding, confidence=c), [Fact("b", 0.5)]) for c in (0.3, 0.5, 0.9)]
        assert chances == sorted(chances)
        assert chances[0] < chances[2]

    def test_the_strongest_evidence_comes_first_and_what_speaks_against_it_last(self):
        facts = [Fact("b", 1.0, "against"), Fact("a", 1.0, "for"), Fact("a", 2.0, "more")]
        assert SCALES.decide(self.finding, facts)[1] == ("more", "for", "against")

    def test_a_kind_never_seen_has_a_prior_too(self):
        assert SCALES.decide(replace(self.finding, detector="new"), [])[0] == "instrument"

    def test_kinds_tell_changed_lost_and_added(self):
        assert kind_of(self.finding) == "names.changed"
        assert kind_of(replace(self.finding, copy_span=None)) == "names.lost"
        assert kind_of(replace(self.finding, reference_span=None)) == "names.added"


REFERENCE = Copy("r", "r.txt", "The cat sat.", "en", (Sentence(0, 0, 12, "The cat sat."),))


class TestCopies:
    def test_what_is_the_instruments_no_longer_counts(self):
        (x,) = attribute([judged_copy(SOURCE_HAS_THE_REFERENCE[0])], {"fr": FakeModel()}, None)
        assert x.beads[0].findings[0].attribution == "instrument"
        assert x.beads[0].score == 0.0

    def test_what_is_the_copys_keeps_its_score_and_says_why(self):
        (x,) = attribute([judged_copy(SOURCE_HAS_THE_COPY[0][0])], {}, None)
        assert x.beads[0].findings[0].attribution == "copy"
        assert "Lyon" in x.beads[0].findings[0].evidence[0]
        assert x.beads[0].score == 0.4

    def test_english_copies_are_left_alone(self):
        c = judged_copy(SOURCE_HAS_THE_REFERENCE[0])
        sentence = replace(c.copy.sentences[0], translation=None)
        bead = replace(c.beads[0], copy=(sentence,))
        same = replace(c, copy=replace(c.copy, sentences=(sentence,)), beads=(bead,))
        assert attribute([same], {}, None) == [same]

    def test_the_score_falls_in_proportion_to_the_weights_that_remain(self):
        major = replace(TestWeighing.finding, severity="major")
        bead = Bead("1-1", "r", (), (), 0.9, score=0.6, findings=(TestWeighing.finding, major))
        after = without_instrument(bead, [replace(TestWeighing.finding, attribution="instrument"), major])
        assert after.score == pytest.approx(0.6 * 5 / 15)


class TestControl:
    def test_findings_that_the_control_shows_are_the_instruments(self):
        shown = case("Le chat.", "The cat sat.", "The rat sat.", "cat", "rat", detector="wording", category="wording")
        control = Control("fr", FakeModel(), FakeModel(), 0.3, (shown.finding,))
        (x,) = apply([judged_copy(shown)], REFERENCE, {"fr": control})
        assert x.beads[0].findings[0].attribution == "instrument"
        assert "0.30 by itself" in x.copy.notes[-1]
        assert "drifts 0.00" in x.copy.notes[-1]
        assert "0.40 without" in x.copy.notes[-1]

    def test_findings_elsewhere_or_of_another_kind_stay(self):
        shown = case("Le chat.", "The cat sat.", "The rat sat.", "cat", "rat", detector="wording", category="wording")
        for other in (replace(shown.finding, detector="names"), replace(shown.finding, reference_span=Span(8, 11, "sat"))):
            control = Control("fr", FakeModel(), FakeModel(), 0.3, (other,))
            (x,) = apply([judged_copy(shown)], REFERENCE, {"fr": control})
            assert x.beads[0].findings[0].attribution == "copy"

    def test_without_a_model_from_english_there_is_no_control_and_a_note_says_so(self):
        def missing(language, note):
            raise ModelError("DR202", "there is no default model")

        controls, told = run_control(REFERENCE, {"fr": FakeModel()}, missing, pytest.fail)
        assert controls == {}
        assert len(told) == 1
        assert "fr" in told[0]

    def test_what_the_source_sentence_has_settled_stays_unless_the_same_words_came_back(self):
        c = case("Le rat.", "The cat sat.", "The rat sat.", "cat", "rat", detector="wording", category="wording")
        other = case("", "The cat sat.", "The hat sat.", "cat", "hat", detector="wording", category="wording")
        gone = case("", "The cat sat.", "The sat.", "cat", detector="wording", category="wording")
        for settled, shown, word in [
            ("copy", c, "instrument"), ("copy", other, "copy"), ("copy", gone, "copy"), ("unclear", gone, "instrument"),
        ]:  # fmt: skip
            control = Control("fr", FakeModel(), FakeModel(), 0.3, (shown.finding,))
            judged = judged_copy(replace(c, finding=replace(c.finding, attribution=settled)))
            (x,) = apply([judged], REFERENCE, {"fr": control})
            assert x.beads[0].findings[0].attribution == word
