"""Recorded translations: no weights on replay, no silence about an unknown sentence, what a new recording changed."""

from __future__ import annotations

import json

import pytest

from drift import translate
from drift.errors import ResourceError, UnreadableError
from drift.gate.cassette import load_cassette, recording, replaying
from drift.gate.effect import effect
from drift.records import Translation
from drift.translate.base import Translator


class Toy:
    """An engine with exact rules that says how often it was asked."""

    engine, model, revision, source, target, settings = "toy", "upper", "7", "fr", "en", "beam=1"
    asked = 0

    def __init__(self, **said: str) -> None:
        self.said = said

    def translate(self, sentences, *, progress=None):
        Toy.asked += len(sentences)
        return [Translation(self.said.get(s, s.upper()), self.engine, self.model, self.revision, -0.123456, ("short",))
                for s in sentences]

    def score(self, sources, targets):
        return [[("▁" + t, -0.5)] for t in targets]


@pytest.fixture
def engine(monkeypatch):
    """Let the engine of every language be the toy; `engine(un="one")` makes it translate otherwise."""

    def install(**said):
        monkeypatch.setattr(translate, "load", lambda language, **options: Toy(**said))

    install()
    return install


@pytest.fixture
def tape(tmp_path, engine):
    """A cassette of two sentences and one score."""
    with recording(tmp_path / "t.jsonl"):
        translator = translate.load("fr")
        translator.translate(["un", "deux"])
        translator.score(["un"], ["UN"])
    return tmp_path / "t.jsonl"


def test_replay_says_what_was_recorded_and_asks_no_engine(tape, monkeypatch):
    monkeypatch.setattr(translate, "load", lambda *a, **o: pytest.fail("an engine was loaded"))
    ticks = []
    with replaying(tape):
        translator = translate.load("fr", memory="anything")
        assert isinstance(translator, Translator)
        said = translator.translate(["deux", " un "], progress=ticks.append)  # blanks aside, as engines see it
        assert translator.score(["un"], ["UN"]) == [[("▁UN", -0.5)]]
    assert said == [Translation(t, "toy", "upper", "7", -0.12346, ("short",)) for t in ("DEUX", "UN")]
    assert (translator.engine, translator.model, translator.revision) == ("toy", "upper", "7")
    assert sum(ticks) == 2


def test_the_engine_is_back_afterwards_even_after_an_error(tape):
    before = translate.load
    with pytest.raises(ZeroDivisionError), replaying(tape):
        1 / 0  # noqa: B018
    assert translate.load is before


def test_an_unknown_sentence_is_an_error_that_names_it(tape):
    with replaying(tape), pytest.raises(ResourceError) as error:
        translate.load("fr").translate(["un", "trois", "quatre"])
    assert error.value.code == "DR610"
    assert error.value.exit_code == 3
    assert "fr→en of “trois” (and 1 more)" in str(error.value)
    assert f"--record {tape}" in str(error.value)


def test_an_unknown_score_is_gone_without_and_told(tape):
    said = []
    with replaying(tape):
        translator = translate.load("fr", note=said.append)
        assert translator.score(["un", "un"], ["UN", "EIN"]) is None
        assert translator.score(["un"], ["UN"]) is not None
    assert len(said) == 1
    assert "1 of 2 scores" in said[0]


def test_an_engine_that_cannot_score_cannot_on_replay(tmp_path, engine, monkeypatch):
    monkeypatch.setattr(Toy, "score", lambda self, sources, targets: None)
    with recording(tmp_path / "t.jsonl"):
        translate.load("fr").score(["un"], ["UN"])
    with replaying(tmp_path / "t.jsonl"):
        assert translate.load("fr").score(["deux"], ["DEUX"]) is None


def test_a_language_that_was_never_recorded_fails_at_its_first_sentence(tape):
    with replaying(tape), pytest.raises(ResourceError, match=r"DR610.*de→en.*Hallo"):
        translate.load("de").translate(["Hallo"])


def test_another_model_than_the_recorded_one_is_refused(tape):
    with replaying(tape):
        assert translate.load("fr", model="path/to/upper").model == "upper"
        with pytest.raises(ResourceError, match=r"DR611.*toy/upper"):
            translate.load("fr", model="other")


def test_a_second_opinion_does_not_hide_the_first(tmp_path, monkeypatch):
    class Second(Toy):
        engine, model = "apertium", "fra-eng"

    monkeypatch.setattr(translate, "load", lambda language, engine=None, **_: Second(un="a") if engine else Toy(un="one"))
    with recording(tmp_path / "t.jsonl"):
        translate.load("fr", engine="apertium").translate(["un"])
        translate.load("fr").translate(["un"])
    with replaying(tmp_path / "t.jsonl"):
        assert translate.load("fr").translate(["un"])[0].text == "one"
        assert translate.load("fr", engine="apertium").translate(["un"])[0].text == "a"


def test_english_needs_no_recording(tape):
    with replaying(tape):
        assert translate.load("en").translate(["as it is"])[0].text == "as it is"


def test_a_file_that_diffs_well(tape):
    rows = [json.loads(line) for line in tape.read_text().splitlines()]
    assert rows[0] == {"schema": "drift.cassette/1"}
    assert rows[1]["model"] == "upper"
    assert [r.get("sentence") for r in rows[2:]] == ["deux", "un", "un"]


def test_the_order_of_asking_changes_no_byte(tape, tmp_path):
    with recording(tmp_path / "other.jsonl"):
        translator = translate.load("fr")
        translator.score(["un"], ["UN"])
        translator.translate(["un"])
        translator.translate(["deux", "un"])
    assert (tmp_path / "other.jsonl").read_bytes() == tape.read_bytes()


class TestRecordingAnew:
    def record(self, tape, *sentences):
        with recording(tape) as cassette:
            translate.load("fr").translate(sentences)
        return cassette

    def test_nothing_changed(self, tape):
        assert str(self.record(tape, "un", "deux").changes) == "0 of 2 translations changed"

    def test_a_first_recording(self, tmp_path, engine):
        assert str(self.record(tmp_path / "new.jsonl", "un").changes) == "1 translations recorded"

    def test_changed_new_and_gone(self, tape, engine):
        engine(un="ONE")
        changes = self.record(tape, "un", "trois").changes
        assert changes.changed == (("un", "UN", "ONE"),)
        assert str(changes) == "1 of 2 translations changed, 1 new, 1 no longer needed"
        assert {s for t in load_cassette(tape).tapes.values() for s in t.translations} == {"un", "trois"}

    def test_what_it_did_to_the_findings(self, tape, engine, made):
        engine(un="ONE")
        cassette = self.record(tape, "un", "deux")
        old, new = made((1, "number", "major", "Fifteen")), made((0, "name", "critical", "mayor"))

        def again():
            assert translate.load("fr").translate(["un"])[0].text == "UN"  # the old recording answers
            return old

        said = effect(cassette, new, again)
        assert said == "1 of 2 translations changed, 1 new critical finding, 1 fewer major finding"

    def test_after_an_error_the_old_file_stays(self, tape):
        before = tape.read_bytes()
        with pytest.raises(ZeroDivisionError), recording(tape):
            translate.load("fr").translate(["quatre"])[1 // 0]
        assert tape.read_bytes() == before
        assert [p.name for p in tape.parent.iterdir()] == [tape.name]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no cassette"), ("", "empty"), ("{}\n", "line 1"), ("not json\n", "line 1"),
        ('{"schema": "drift.cassette/1"}\n{"sentence": "a", "translation": "b"}\n', "line 2.*before any instrument"),
        ('{"schema": "drift.cassette/1"}\n{"engine": "x"}\n', "line 2"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_damaged_cassette_names_the_line(tmp_path, content, says):
    path = tmp_path / "t.jsonl"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UnreadableError, match=f"(?s)DR613.*{says}.*"):
        load_cassette(path)


def test_no_folder_to_write_into(tmp_path, engine):
    with pytest.raises(ResourceError, match=r"DR612"), recording(tmp_path / "no" / "t.jsonl"):
        pytest.fail("work was done that cannot be kept")
