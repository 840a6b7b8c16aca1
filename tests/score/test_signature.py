"""What must be equal for two reports to be comparable."""

from __future__ import annotations

from drift import __version__
from drift.signature import make_signature, parse_signature, translator_entry

FIELDS = {"enc": "use/1", "mt": "none"}


def test_long_form():
    assert make_signature(FIELDS) == f"drift|enc:use/1|mt:none|weights:xcomet|version:{__version__}"


def test_short_form():
    assert make_signature(FIELDS, short=True) == f"drift|e:use/1|m:none|s:xcomet|v:{__version__}"


def test_both_forms_say_the_same():
    assert parse_signature(make_signature(FIELDS)) == parse_signature(make_signature(FIELDS, short=True))


def test_a_value_cannot_forge_a_field():
    parsed = parse_signature(make_signature({"enc": "x|version:9", "mt": "C:\\my models\\de"}))
    assert parsed["version"] == __version__
    assert parsed["enc"] == "x/version=9"


def test_models_are_named_once_in_an_order_that_does_not_depend_on_the_copies():
    a = {"engine": "ctranslate2", "model": "fr-en", "revision": "0123456789abcdef"}
    b = {"engine": "apertium", "model": "es-en", "revision": None}
    assert translator_entry([a, b, a]) == translator_entry([b, a]) == "apertium/es-en+ctranslate2/fr-en@0123456789ab"
    assert translator_entry([]) == "none"
