"""Which model is asked for in which direction."""

from __future__ import annotations

import json

import pytest

from drift.prepare import Translating


@pytest.fixture
def asked(monkeypatch):
    """What `drift.translate.load` was called with."""
    calls = []
    monkeypatch.setattr("drift.translate.load", lambda language, **options: calls.append((language, options)))
    return calls


@pytest.fixture
def folder(tmp_path):
    """Make a folder that looks like a checkpoint of a family."""

    def make(family):
        (tmp_path / family).mkdir()
        (tmp_path / family / "config.json").write_text(json.dumps({"model_type": family}))
        (tmp_path / family / "model.safetensors").write_bytes(b"")
        return str(tmp_path / family)

    return make


def test_back_takes_what_was_named_for_the_language(asked):
    how = Translating(model={"de": "me/german"}, revision="abc", engine="transformers", memory=None)
    how.back("de", print)
    how.back("fr", print)
    assert [(language, o["target"], o["model"]) for language, o in asked] == [("de", "en", "me/german"), ("fr", "en", None)]
    assert all((o["revision"], o["engine"]) == ("abc", "transformers") for _, o in asked)


def test_forward_takes_what_was_named_for_english(asked):
    Translating(model={"fr": "me/french", "en": "me/english"}).forward("fr", print)
    ((language, options),) = asked
    assert (language, options["target"], options["model"]) == ("en", "fr", "me/english")


@pytest.mark.parametrize(("family", "both_ways"), [("marian", False), ("m2m_100", True), ("mbart", True), ("t5", True)])
def test_one_model_for_everything_goes_forward_too_if_it_can(asked, folder, family, both_ways):
    model = folder(family)
    Translating(model=model, revision="abc").forward("fr", print)
    ((_, options),) = asked
    assert (options["model"], options["revision"]) == ((model, "abc") if both_ways else (None, None))


@pytest.mark.parametrize("model", ["owner/never-heard-of", "fr-en", "fr-es,spa-eng"])
def test_a_model_that_is_not_here_is_not_guessed_about(asked, model):
    Translating(model=model).forward("fr", print)
    assert asked[0][1]["model"] is None


@pytest.mark.parametrize(
    ("second", "engine", "model"),
    [("apertium", "apertium", None), ("me/mine", None, "me/mine"), ({"fr": "apertium"}, "apertium", None)],
)
def test_a_second_opinion_is_an_engine_or_a_model(asked, second, engine, model):
    Translating(model="first", engine="ctranslate2", second=second).second_for("fr", print)
    ((_, options),) = asked
    assert (options["engine"], options["model"], options["target"]) == (engine, model, "en")


@pytest.mark.parametrize("second", [None, {"de": "apertium"}])
def test_none_is_asked_where_none_is_wanted(asked, second):
    assert Translating(second=second).second_for("fr", print) is None
    assert asked == []
