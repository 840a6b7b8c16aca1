"""The word list beside a model: read from disk, and what it puts right."""

from __future__ import annotations

import gzip

import pytest

from drift.translate.glossary import FILE, Glossary, glossary_for, open_glossary
from drift.translate.mend import mend

WORDS = Glossary(
    {
        "récolte": {"harvest": 0.6, "crop": 0.3}, "sursis": {"suspended": 0.5, "reprieve": 0.3}, "toit": {"roof": 0.97},
        "noisettes": {"hazelnuts": 0.9}, "rare": {"a": 0.1}, "catalanes": {"catalan": 0.8},
        "mercredi": {"wednesday": 0.95}, "boulanger": {"baker": 0.95}, "aval": {"downstream": 0.6},
    },
    frozenset("harvest crop suspended reprieve roof hazelnuts a".split()),
)  # fmt: skip
MENDED = [
    ("La récolte est perdue.", "The recoltch is lost.", "The harvest is lost."),
    ("Trois ans avec sursis.", "Three years with sursis.", "Three years with suspended."),
    ("Les lois catalanes.", "The catalane laws.", "The Catalan laws."),
    ("Le toit s'est effondré.", "The toit has collapsed.", "The roof has collapsed."),
    ("Mercredi, il pleuvait.", "Mercredi, it rained.", "Wednesday, it rained."),
    ("Ceux de l'aval en ont besoin.", "Those in the Aval need it.", "Those in the downstream need it."),
]
LEFT = [
    ("La récolte est perdue.", "The Recoltch is lost."),  # a name for all one knows
    ("La récolte est perdue.", "The harvest, the recoltch, is lost."),  # said already
    ("La ville est perdue.", "The recoltch is lost."),  # no word of the source looks like it
    ("La récolte est perdue.", "The crop is lost."),
    ("C'est rare.", "It is raregh."),  # too seldom translated that way
    ("Récolte et toit", ""),
    ("Le juge Boulanger est venu.", "Judge Boulanger came."),  # a name
    ("Boulanger est venu.", "Boulanger came."),
]


@pytest.mark.parametrize(("source", "translation", "mended"), MENDED)
def test_a_garbled_word_becomes_what_its_source_word_means(source, translation, mended):
    assert mend(translation, source, WORDS) == mended


@pytest.mark.parametrize(("source", "translation"), LEFT)
def test_what_is_english_or_cannot_be_told_is_left(source, translation):
    assert mend(translation, source, WORDS) == translation


def test_a_list_is_read_from_a_models_folder(tmp_path):
    (tmp_path / FILE).write_bytes(gzip.compress(b"chat\tcat:0.9 chat:0.05\n"))
    read = open_glossary(tmp_path / FILE)
    assert read is not None
    assert read.of("Le Chat dort.") == {"Chat": {"cat": 0.9, "chat": 0.05}}
    assert read.targets == {"cat", "chat"}
    assert open_glossary(tmp_path / "none.gz") is None


def test_the_list_that_comes_with_drift_and_none_for_what_is_no_language():
    french = glossary_for("fr")
    assert french is not None
    assert max(french.translations["récolte"], key=french.translations["récolte"].get) in ("harvest", "crop")
    assert glossary_for("xx") is None
    assert glossary_for("../fr") is None
