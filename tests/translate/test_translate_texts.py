"""Normalisation, language codes and flags: tables of examples."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.translate.flags import inspect, wrong_language
from drift.translate.languages import ISO3, find, iso2, iso3
from drift.translate.normalise import normalise, spelling


@pytest.mark.parametrize(("written", "meant"), [
    ("10\u00a0% des gens\u202f!", "10 % des gens !"),
    ("Cafe\u0301", "Café"),
    ("auto\u00admatique", "automatique"),
    ("\ufeffdébut", "début"),
    ("deux\nlignes\tet  plus", "deux lignes et plus"),
    ("می\u200cخواهم", "می\u200cخواهم"),  # the joiner is spelling in Persian
    ("\u202eabc\u202c", "abc"),
    ("", ""),
])
def test_normalise(written, meant):
    assert normalise(written) == meant


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in once
    assert not once.startswith(" ")


def test_signs_without_a_piece_become_variants_that_have_one():
    known = set("'\"«»–")
    table = spelling(lambda sign: sign in known)
    assert "l’ami dit “oui” — «non»".translate(table) == "l'ami dit «oui» – «non»".replace("«oui»", '"oui"')
    assert spelling(lambda sign: True) == {}
    assert spelling(lambda sign: False) == {}


@pytest.mark.parametrize("code", ["fr", "fra", "fre", "fr-FR", "fr_CA", "fra_Latn", "fr_XX", "FR", " fr "])
def test_every_spelling_of_french_is_french(code):
    assert iso2(code) == "fr"
    assert iso3(code) == "fra"


@pytest.mark.parametrize(("code", "two"), [
    ("zh-CN", "zh"), ("zho_Hans", "zh"), ("arb_Arab", "ar"), ("iw", "he"), ("pt-BR", "pt"), ("kaz_Cyrl", "kk"),
    ("ast", "ast"), ("ger", "de"),
])
def test_iso2(code, two):
    assert iso2(code) == two


@pytest.mark.parametrize("text", ["", "français", "1", "x", "../fr", "<2en>"])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(ValueError, match="not a language code"):
        iso2(text)


def test_two_and_three_letters_lead_back():
    assert [c for c in ISO3 if iso2(iso3(c)) != c] == []


NLLB = ["ace_Latn", "arb_Arab", "ary_Arab", "azb_Arab", "azj_Latn", "eng_Latn", "fra_Latn", "nno_Latn", "nob_Latn",
        "pes_Arab", "prs_Arab", "srp_Cyrl", "zho_Hans", "zho_Hant"]


@pytest.mark.parametrize(("code", "spellings", "found"), [
    ("fr", NLLB, "fra_Latn"), ("fr-CA", NLLB, "fra_Latn"), ("zh", NLLB, "zho_Hans"), ("ar", NLLB, "arb_Arab"),
    ("fa", NLLB, "pes_Arab"), ("no", NLLB, "nob_Latn"), ("nb", NLLB, "nob_Latn"), ("nn", NLLB, "nno_Latn"),
    ("az", NLLB, "azj_Latn"), ("zho_Hant", NLLB, "zho_Hant"), ("de", NLLB, None),
    ("fr", ["de_DE", "fr_XX"], "fr_XX"), ("fr", ["fr", "en"], "fr"), ("fr", ["fra", "eng"], "fra"),
])
def test_find_takes_the_model_s_own_spelling(code, spellings, found):
    assert find(code, spellings) == found


SOUND = [
    ("Il est parti.", "He is gone."),
    ("Non, non, non, non !", "No, no, no, no!"),
    ("Très, très, très loin.", "Very, very far."),
    ("Angela Merkel, Berlin, 2015", "Angela Merkel, Berlin, 2015"),
    ("Le film « Les quatre cents coups » de Truffaut", "The film “Les quatre cents coups” by Truffaut"),
    ("Aaaaaaaaaaaaah !", "Aaaaaaaaaaaaah!"),
    ("...", "..."),
    ("", ""),
    ("Oui.", "Yes."),
]
BAD = [
    ("Il est parti hier soir.", "", "empty"),
    ("Il est parti hier soir.", " .", "empty"),
    ("Le monde change.", "The world, the world, the world, the world.", "repetition"),
    ("Un long chemin.", "It is a long way and it is a long way and it is a long way", "repetition"),
    ("La ville.", "The cityyyyyyyyyyyy.", "repetition"),
    ("城市很大。", "hahahahahahahahahaha", "repetition"),
    ("Le chat noir dort sur la chaise.", "Le chat noir dort sur la chaise.", "untranslated"),
    ("Ce sont des gamins curieux... ils n’ont aucune intention de nuire.", "They are curious.", "short"),
    ("Le chat noir dort encore sur la chaise.", "The chat noir dort encore sur la chaise.", "untranslated"),
]


@pytest.mark.parametrize(("source", "target"), SOUND)
def test_sound_translations_have_no_flag(source, target):
    assert inspect(source, target) == ()


@pytest.mark.parametrize(("source", "target", "flag"), BAD)
def test_bad_translations_are_flagged(source, target, flag):
    assert flag in inspect(source, target)


@given(st.text(max_size=80), st.text(max_size=80))
def test_inspect_takes_any_text(source, target):
    assert set(inspect(source, target)) <= {"empty", "repetition", "untranslated", "short"}


@pytest.mark.parametrize(("text", "expected", "wrong"), [
    ("The government announced yesterday that the new law would be postponed.", "fr", True),
    ("Le gouvernement a annoncé hier que la nouvelle loi serait reportée.", "fr", False),
    ("Il governo ha annunciato ieri che la nuova legge sarà rinviata a marzo.", "fr", True),
    ("The law.", "fr", False),  # too short to accuse
    ("The government announced yesterday that the new law would be postponed.", "ast", False),  # unknown to langdetect
    ("1234567890 " * 10, "fr", False),
])
def test_wrong_language(text, expected, wrong):
    assert wrong_language(text, expected) is wrong
