"""Where a stretch of a pair's text stands in the stored article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift.locate import copy_place, in_translation, pair_text
from drift.records import Copy, Sentence, Span, Translation


def article(*texts: str, between: str = "\n\n  ", translations: tuple[str, ...] | None = None) -> Copy:
    sentences, stored = [], "Title. "
    for i, text in enumerate(texts):
        translation = Translation(translations[i], "t", "m") if translations else None
        sentences.append(Sentence(i, len(stored), len(stored) + len(text), text, translation=translation))
        stored += text + between
    return Copy("X", "x", stored, "fr" if translations else "en", tuple(sentences))


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part), part)


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.text("ab \n", min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_a_place_slices_back_to_its_text_and_to_the_same_words(texts, data):
    copy = article(*texts)
    joined = pair_text(copy.sentences)
    start = data.draw(st.integers(0, len(joined)))
    end = data.draw(st.integers(start, len(joined)))
    place = copy_place(copy, copy.sentences, Span(start, end, joined[start:end]))
    if place is None:
        assert not joined[start:end].strip()
    else:
        assert copy.text[place.start : place.end] == place.text
        assert "".join(place.text.split()) == "".join(joined[start:end].split())


def test_a_stretch_over_two_sentences_keeps_what_stands_between_them():
    copy = article("He left.", "She stayed.", between="\n\n")
    place = copy_place(copy, copy.sentences, span(pair_text(copy.sentences), "left. She"))
    assert place is not None
    assert place.text == "left.\n\nShe"


def test_a_line_end_inside_a_sentence_moves_nothing():
    copy = article("in esi\nmess: sometimes")
    text = pair_text(copy.sentences)
    assert "\n" not in text
    place = copy_place(copy, copy.sentences, span(text, "esi mess"))
    assert place is not None
    assert place.text == "esi\nmess"


@pytest.mark.parametrize(
    ("source", "translation", "part", "expected"),
    [
        ("Il a vendu sa banque pour 2,1 milliards.", "He sold his bank for 2.1 billion.", "2.1 billion", "2,1"),
        ("Sa femme Chalabayeva a été arrêtée.", "His wife Shalabayeva was arrested.", "Shalabayeva", "Chalabayeva"),
        ("Le dissident Abliazov vit à Paris.", "The dissident Ablyazov lives in Paris.", "in Paris", "Paris"),
        ("Президент Токаев уехал.", "President Tokayev left.", "Tokayev", "Токаев"),
        ("La foule s’est rassemblée.", "The crowd gathered.", "crowd gathered", None),  # ordinary words cannot be found
        (
            "Paul a vu Marie hier soir.",
            "Paul saw Marie last night.",
            "Paul saw Marie",
            None,
        ),  # scattered names are not one place
        ("Il est parti.", "Berlin was left.", "Berlin", None),  # the name is not there
    ],
)
def test_of_a_translation_only_names_and_numbers_are_found(source, translation, part, expected):
    copy = article(source, translations=(translation,))
    given_span = span(translation, part)
    place = copy_place(copy, copy.sentences, given_span)
    assert (place.text if place else None) == expected
    assert place is None or copy.text[place.start : place.end] == place.text
    assert in_translation(copy.sentences, given_span) == given_span


def test_no_span_no_place():
    copy = article("He left.")
    assert copy_place(copy, copy.sentences, None) is None
    assert copy_place(copy, (), Span(0, 1, "x")) is None
    assert in_translation(copy.sentences, Span(0, 2, "He")) is None
