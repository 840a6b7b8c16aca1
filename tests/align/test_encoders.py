"""Sentence encoders: unit vectors, the same for a sentence whatever stands beside it, and clear errors."""

from __future__ import annotations

import builtins

import numpy as np
import pytest

from drift.align import copy_windows
from drift.align.encoders import SentenceEncoder, load_encoder, unit_rows
from drift.errors import ModelError
from drift.records import Copy, Sentence, Translation


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return load_encoder()


def test_a_sentence_has_one_vector_whatever_stands_beside_it(encoder):
    sentences = [f"The mayor opened bridge number {i}." for i in range(70)]
    together = encoder.encode(sentences)
    assert np.allclose(together[33], encoder.encode([sentences[33]])[0], atol=1e-5)


def test_rows_have_length_one_and_no_sentences_give_no_rows(encoder):
    assert np.allclose(np.linalg.norm(encoder.encode(["One.", "Zwei.", ""]), axis=1), 1.0, atol=1e-5)
    assert encoder.encode([]).shape == (0, 512)


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("The minister resigned on Monday.", "Le ministre a démissionné lundi."),
        ("The minister resigned on Monday.", "Der Minister trat am Montag zurück."),
        ("The minister resigned on Monday.", "El ministro dimitió el lunes."),
    ],
)
def test_the_same_sentence_in_another_language_is_close(encoder, english, other):
    vectors = encoder.encode([english, other, "The soup needs more salt."])
    assert vectors[0] @ vectors[1] > 0.6 > vectors[0] @ vectors[2]


def test_a_zero_vector_stays_one():
    assert not unit_rows(np.zeros((1, 4), dtype=np.float32)).any()


def test_a_missing_extra_names_the_pip_command(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("sentence_transformers"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ModelError, match=r"DR310.*pip install 'translation-drift\[sentence-transformers\]'"):
        load_encoder("some/model-that-needs-the-extra")


class Recorder:
    """An encoder that knows English and French, and remembers what it was asked."""

    name, languages = "recorder", frozenset({"en", "fr"})

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, sentences):
        self.asked += sentences
        return np.ones((len(sentences), 2), dtype=np.float32) / np.sqrt(2).astype(np.float32)


@pytest.mark.parametrize(
    ("language", "given"),
    [("fr", "Bonjour."), ("fi", "Good day."), ("en", "Bonjour.")],
)
def test_a_copy_is_aligned_in_its_own_words_where_the_encoder_knows_the_language(language, given):
    recorder = Recorder()
    translation = None if language == "en" else Translation("Good day.", "test", "test")
    copy = Copy("X", "x", "Bonjour.", language, (Sentence(0, 0, 8, "Bonjour.", translation=translation),))
    copy_windows(copy, recorder)
    assert recorder.asked[0] == given
