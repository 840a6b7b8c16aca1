"""Other originals as witnesses: who of them has what the reference has, and who lacks it as the copy does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drift.compare import Judged
from drift.judge import judge
from drift.records import Bead, Copy, Sentence, Translation
from drift.witness.support import consult

REFERENCE = "These things give strength to dictators, who pay nothing for the harm they do."
SHORT = "These things give strength to dictators."
FRENCH = "Ces choses donnent de la force aux dictateurs."


def copy(id, text, english=None):
    sentence = Sentence(0, 0, len(text), text, translation=None if english is None else Translation(english, "fake", "fake"))
    return Copy(id, f"{id}.txt", text, "en" if english is None else "fr", (sentence,))


def judged(c, attribution="copy"):
    verdict = judge(REFERENCE, c.sentences[0].english)
    grave = {"omission": "major"}  # however grave the judge finds what is missing
    findings = tuple(replace(f, attribution=attribution, severity=grave.get(f.category, f.severity)) for f in verdict.findings)
    reference = copy("r", REFERENCE).sentences
    return Judged(c, (Bead("1-1", "r", reference, c.sentences, 0.9, score=verdict.score, findings=findings),), (verdict,))


TRANSLATED = judged(copy("f", FRENCH, "These things give force to dictators."), attribution="unclear")
[MISSING] = [f for f in TRANSLATED.beads[0].findings if f.category == "omission" and f.severity != "minor"]


def after(x):
    [finding] = [f for f in x.beads[0].findings if f.reference_span == MISSING.reference_span]
    return finding


@pytest.mark.parametrize(
    ("other", "attribution", "said"),
    [
        (SHORT, "copy", "e says the same as this copy, against the reference"),
        (REFERENCE, "unclear", "e agrees with the reference here"),
    ],
)
def test_an_original_that_lacks_the_words_too_clears_the_instrument(other, attribution, said):
    _, translated = consult(copy("r", REFERENCE), [judged(copy("e", other)), TRANSLATED])
    assert after(translated).attribution == attribution
    assert said in after(translated).evidence


def test_what_two_say_against_one_is_softened():
    _, alone = consult(copy("r", REFERENCE), [judged(copy("e", REFERENCE)), TRANSLATED])
    _, seconded = consult(copy("r", REFERENCE), [judged(copy("e", SHORT)), TRANSLATED])
    assert (after(alone).severity, after(alone).confidence) == (MISSING.severity, MISSING.confidence)
    assert after(seconded).severity == "minor"
    assert after(seconded).confidence < MISSING.confidence


def test_what_the_instrument_did_stays_its_own():
    _, translated = consult(copy("r", REFERENCE), [judged(copy("e", SHORT)), judged(TRANSLATED.copy, attribution="instrument")])
    assert after(translated).attribution == "instrument"


def test_a_copy_is_no_witness_for_itself():
    [alone] = consult(copy("r", REFERENCE), [TRANSLATED])
    assert alone == TRANSLATED
