"""A quotation that is a sentence of its own is cut from what introduces it, so that an excerpt meets its original."""

import pytest

from drift.read.sentences import split

CUT = [
    ("He told the paper what happened: “The crowd gathered and tried to march on the palace.", "en", 1),
    ("The minister told reporters on Monday that “after that, Italy did nothing and nobody was punished.", "en", 1),
    ("L’ancien ministre déclare qu’« après cela, l’Italie n’a rien fait et personne n’a été puni.", "fr", 1),
    ("Il a dit au journal ce qui s’est passé : « La foule s’est rassemblée et a tenté de marcher.", "fr", 1),
]
WHOLE = [
    ("He had a “long and very difficult conversation with him” on Sunday evening.", "en"),
    ("They spoke of “high treason”.", "en"),
    ("“They say that someone abroad is behind it”, he explained to the paper.", "en"),
    ("Tokayev for his part had a “long conversation” with Putin with the aim of “restoring order”.", "en"),
]


@pytest.mark.parametrize(("text", "language", "cuts"), CUT)
def test_long_quotation_is_cut_from_its_lead_in(text: str, language: str, cuts: int) -> None:
    spans = split(text, language)
    assert len(spans) == cuts + 1
    assert text[slice(*spans[-1])][0] in "“«"


@pytest.mark.parametrize(("text", "language"), WHOLE)
def test_short_or_enclosed_quotation_stays(text: str, language: str) -> None:
    assert len(split(text, language)) == 1
