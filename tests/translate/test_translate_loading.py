"""From a language to a translator, and copies through translators."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from drift.errors import ModelError, UsageError
from drift.read import read
from drift.records import Copy, Sentence, Translation
from drift.translate import Memory, available, hub, load, round_trip, translate_alone, translate_copy
from drift.translate.base import Translator
from drift.translate.catalogue import default_model, shipped
from drift.translate.memory import Remembering


def copy_of(*texts, language="fr", languages=None):
    """A copy with one sentence to a paragraph."""
    stored, sentences = "", []
    for i, text in enumerate(texts):
        sentences.append(Sentence(i, len(stored), len(stored) + len(text), text, i, (languages or {}).get(i)))
        stored += text + "\n"
    return Copy("c", "c.txt", stored, language, tuple(sentences))


class Marking:
    """A translator that puts its target in front of each sentence."""

    engine, model, revision = "marking", "m", "r"

    def __init__(self, source, target, flags=(), logprob=-1.0):
        self.source, self.target, self.flags, self.logprob, self.calls = source, target, flags, logprob, []

    def translate(self, sentences, *, progress=None):
        self.calls.append(list(sentences))
        return [Translation(f"{self.target}:{s}", self.engine, self.model, self.revision, self.logprob, self.flags)
                for s in sentences]

    def score(self, sources, targets):
        return None


class TestLoad:
    @pytest.mark.parametrize("code", ["en", "eng", "en-GB", "en_XX"])
    def test_english_passes_unchanged(self, code):
        translator = load(code)
        assert translator.engine == "identity"
        assert isinstance(translator, Translator)
        assert translator.translate(["It’s  odd\u00a0."])[0].text == "It’s  odd\u00a0."

    @pytest.mark.parametrize("code", ["fr", "fra_Latn", "fr-CA"])
    def test_french_takes_the_shipped_model(self, code):
        translator = load(code)
        assert (translator.engine, translator.source) == ("ctranslate2", "fr")
        assert translator.model == default_model("fr", "en").model

    def test_a_language_with_no_model_names_the_option(self):
        with pytest.raises(ModelError, match=r"DR202.*'tlh'.*--model"):
            load("tlh")

    def test_offline_the_table_s_model_is_named_with_its_size(self):
        told = []
        with pytest.raises(ModelError, match=r"DR202.*opus-mt-de-en.*HF_HUB_OFFLINE.*--model"):
            load("de", note=told.append)
        assert "opus-mt-de-en" in told[0]
        assert "MB" in told[0]

    @pytest.mark.parametrize(("kwargs", "error", "code"), [
        ({"model": "nowhere"}, ModelError, "DR210"),
        ({"model": "../../etc/passwd"}, ModelError, "DR210"),
        ({"model": "owner/name"}, ModelError, "DR202"),
        ({"engine": "oracle"}, UsageError, "DR201"),
    ])
    def test_what_cannot_be_had(self, kwargs, error, code):
        with pytest.raises(error) as caught:
            load("fr", **kwargs)
        assert caught.value.code == code
        assert "--model" in str(caught.value) or "--engine" in str(caught.value)

    def test_what_is_no_language(self):
        with pytest.raises(UsageError, match="DR201"):
            load("français")

    def test_a_local_folder(self, checkpoints):
        translator = load("de", model=str(checkpoints("marian").folder))
        assert (translator.engine, translator.model) == ("ctranslate2", "tiny-marian")
        assert load("de", model=str(checkpoints("nllb").folder)).engine == "transformers"

    def test_a_folder_has_no_revisions(self, checkpoints):
        with pytest.raises(UsageError, match=r"DR201.*--revision"):
            load("de", model=str(checkpoints("marian").folder), revision="main")

    def test_a_checkpoint_ctranslate2_cannot_take_goes_to_transformers(self, tmp_path, marian_at):
        folder = marian_at(tmp_path / "moved", moved_padding=True)
        assert load("fr", model=str(folder)).engine == "transformers"
        with pytest.raises(ModelError, match="DR205"):
            load("fr", model=str(folder), engine="ctranslate2")

    def test_with_a_memory_the_second_load_translates_nothing(self, checkpoints, tmp_path, monkeypatch):
        model = str(checkpoints("marian").folder)
        first = load("fr", model=model, memory=tmp_path / "m.sqlite").translate(["Le chat.", "Le chien."])
        again = load("fr", model=model, memory=tmp_path / "m.sqlite")
        monkeypatch.setattr(again.inner, "translate", lambda *_, **__: pytest.fail("translated again"))
        assert again.translate(["Le chien.", "Le chat."]) == first[::-1]


class TestHub:
    """The hub's client with its answers scripted: what is asked for, in which order, and what is taken."""

    @pytest.fixture
    def online(self, checkpoints, tmp_path, monkeypatch):
        import huggingface_hub
        from huggingface_hub.errors import LocalEntryNotFoundError

        asked = []
        files = {None: ["config.json", "pytorch_model.bin"], "refs/pr/7": ["config.json", "model.safetensors"],
                 "main2": ["config.json", "model.safetensors"]}

        class Api:
            def model_info(self, model, *, revision=None, files_metadata=False):
                asked.append(("info", revision))
                return SimpleNamespace(sha=f"commit-of-{revision}".replace("/", "-"), siblings=[
                    SimpleNamespace(rfilename=f, size=298_000_000) for f in files[revision]])

            def get_repo_discussions(self, model, *, author, discussion_type):
                asked.append(("requests", author))
                return [SimpleNamespace(num=7)]

        def snapshot(model, *, revision=None, allow_patterns, local_files_only=False):
            if local_files_only:
                raise LocalEntryNotFoundError("not here")
            asked.append(("download", revision))
            assert not any("bin" in p or "py" in p for p in allow_patterns)
            return shutil.copytree(checkpoints("marian").folder, tmp_path / revision)

        monkeypatch.setattr(huggingface_hub, "HfApi", Api)
        monkeypatch.setattr(huggingface_hub, "snapshot_download", snapshot)
        monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
        return asked

    def test_the_size_is_told_before_the_download(self, online):
        told = []
        checkpoint = hub.fetch("Helsinki-NLP/opus-mt-de-en", revision="main2",
                               note=lambda text: told.append((text, list(online))))
        (text, before), = told
        assert "Helsinki-NLP/opus-mt-de-en" in text
        assert "298 MB" in text
        assert ("download", "commit-of-main2") not in before
        assert ("download", "commit-of-main2") in online
        assert (checkpoint.name, checkpoint.revision) == ("Helsinki-NLP/opus-mt-de-en", "commit-of-main2")

    def test_without_safetensors_the_hub_s_own_conversion_is_taken(self, online):
        checkpoint = hub.fetch("Helsinki-NLP/opus-mt-de-en")
        assert ("requests", "SFconvertbot") in online
        assert checkpoint.revision == "commit-of-refs-pr-7"

    def test_a_revision_without_safetensors_is_refused(self, online, monkeypatch):
        monkeypatch.setattr("huggingface_hub.HfApi.get_repo_discussions", lambda *_, **__: [])
        with pytest.raises(ModelError, match=r"DR203.*safetensors.*--revision"):
            hub.fetch("Helsinki-NLP/opus-mt-de-en")

    def test_the_table_s_model_is_named_and_loaded(self, online):
        told = []
        translator = load("de", revision="main2", note=told.append)
        assert translator.model == "Helsinki-NLP/opus-mt-de-en"
        assert [t.split()[0] for t in told] == ["No", "Downloading"]

    def test_a_network_that_fails_is_one_sentence(self, online, monkeypatch):
        def fail(*_, **__):
            raise ConnectionError("no route\nto host")

        monkeypatch.setattr("huggingface_hub.HfApi.model_info", fail)
        with pytest.raises(ModelError, match=r"DR202.*cannot be reached.*--model") as caught:
            hub.fetch("Helsinki-NLP/opus-mt-de-en")
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize(("text", "is_id"), [("a/b", True), ("a/b/c", False), ("a", False), ("../b", False),
                                                 ("a/..", False), ("/etc/passwd", False)])
    def test_hub_ids(self, text, is_id):
        assert hub.is_hub_id(text) is is_id


class TestHubCache:
    """The real client, offline, on a cache laid out as the hub's client lays it out."""

    COMMIT = "0123456789abcdef0123456789abcdef01234567"

    @pytest.fixture
    def cached(self, checkpoints, tmp_path, monkeypatch):
        root = tmp_path / "hub" / "models--Helsinki-NLP--opus-mt-de-en"
        shutil.copytree(checkpoints("marian").folder, root / "snapshots" / self.COMMIT)
        (root / "refs").mkdir()
        (root / "refs" / "main").write_text(self.COMMIT)
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
        return root / "snapshots" / self.COMMIT

    @pytest.mark.parametrize("kwargs", [{}, {"model": "Helsinki-NLP/opus-mt-de-en"},
                                        {"model": "Helsinki-NLP/opus-mt-de-en", "revision": "main"},
                                        {"model": "Helsinki-NLP/opus-mt-de-en", "revision": COMMIT}])
    def test_what_is_on_this_machine_is_loaded_offline(self, cached, kwargs):
        told = []
        translator = load("de", note=told.append, **kwargs)
        assert (translator.model, translator.revision) == ("Helsinki-NLP/opus-mt-de-en", self.COMMIT)
        assert translator.translate(["Der Hund."])[0].revision == self.COMMIT
        assert "Downloading" not in " ".join(told)

    def test_a_revision_that_is_not_here_is_an_error(self, cached):
        with pytest.raises(ModelError, match=r"DR202.*opus-mt-de-en.*--model"):
            load("de", model="Helsinki-NLP/opus-mt-de-en", revision="f" * 40)

    def test_a_half_finished_download_does_not_pass_for_a_model(self, cached):
        (cached / "model.safetensors").unlink()
        with pytest.raises(ModelError, match="DR202"):
            load("de")
        assert not next(i for i in available() if i.model == "Helsinki-NLP/opus-mt-de-en").installed

    def test_the_catalogue_reads_the_licence_from_its_card(self, cached):
        (cached / "README.md").write_text("---\nlanguage:\n- de\nlicense: cc-by-4.0\n---\n# card\nlicense: none\n")
        info = next(i for i in available() if i.model == "Helsinki-NLP/opus-mt-de-en")
        assert (info.installed, info.licence, info.where) == (True, "cc-by-4.0", str(cached))


class TestCatalogue:
    def test_every_model_has_what_drift_models_prints(self):
        rows = available()
        assert len({(r.model, r.engine) for r in rows}) == len(rows)
        assert all(r.licence and r.source and r.target for r in rows)
        assert any(r.shipped and r.installed and r.bleu for r in rows)

    def test_shipped_models_are_found_by_their_card(self, tmp_path, monkeypatch, checkpoints):
        folder = shutil.copytree(checkpoints("marian").folder, tmp_path / "xx-yy")
        (folder / "drift.json").write_text(json.dumps(
            {"kind": "translation", "source": "deu", "target": "en", "licence": "CC0-1.0"}))
        (tmp_path / "encoder").mkdir()
        (tmp_path / "encoder" / "config.json").write_text("{}")
        monkeypatch.setattr("drift.translate.catalogue._MODELS", tmp_path)
        info, = shipped()
        assert (info.model, info.source, info.target, info.licence, info.bleu) == ("xx-yy", ("de",), "en", "CC0-1.0",
                                                                                     None)
        assert load("de").model == "xx-yy"

    @pytest.mark.parametrize(("source", "target", "model"), [
        ("de", "en", "Helsinki-NLP/opus-mt-de-en"), ("pt", "en", "Helsinki-NLP/opus-mt-ROMANCE-en"),
        ("nb", "en", "Helsinki-NLP/opus-mt-gmq-en"), ("en", "de", "Helsinki-NLP/opus-mt-en-de"), ("de", "fr", None),
    ])
    def test_table(self, source, target, model):
        info = default_model(source, target)
        assert (info.model if info else None) == model


class TestCopies:
    def test_a_translated_copy_is_a_new_copy(self):
        copy = copy_of("Un.", "Deux.")
        made = translate_copy(copy, Marking("fr", "en"))
        assert [s.english for s in made.sentences] == ["en:Un.", "en:Deux."]
        assert [s.translation for s in copy.sentences] == [None, None]
        assert [(s.start, s.end, s.text) for s in made.sentences] == [(s.start, s.end, s.text) for s in copy.sentences]

    def test_an_english_copy_is_left_as_it_is(self):
        copy = copy_of("One.", language="en")
        assert translate_copy(copy, load("en")) == copy
        assert not translate_copy(copy, Marking("fr", "en")).translated

    def test_an_english_paragraph_in_a_french_copy_is_left_alone(self):
        copy = copy_of("Un.", "Two.", "Trois.", languages={1: "en"})
        translator = Marking("fr", "en")
        assert [s.translation is None for s in translate_copy(copy, translator).sentences] == [False, True, False]
        assert translator.calls == [["Un.", "Trois."]]

    def test_a_copy_of_unknown_language_is_translated(self):
        assert translate_copy(copy_of("Un.", language=None), Marking("fr", "en")).translated

    def test_alone_means_past_the_memory(self, tmp_path):
        inner = Marking("fr", "en")
        wrapped = Remembering(inner, Memory(tmp_path / "m.sqlite"))
        wrapped.translate(["Un."])
        assert translate_alone("Un.", wrapped).text == "en:Un."
        assert inner.calls == [["Un."], ["Un."]]

    def test_round_trip(self):
        copy = copy_of("One.", "Two.", language="en")
        made = round_trip(copy, "fr", Marking("en", "fr", ("repetition",), -2.0), Marking("fr", "en", ("split",), -1.0))
        assert [s.english for s in made.sentences] == ["en:fr:One.", "en:fr:Two."]
        assert (made.id, made.language, made.text) == ("c-via-fr", "en", copy.text)
        first = made.sentences[0].translation
        assert (first.model, first.revision, first.logprob) == ("m+m", "r+r", -2.0)
        assert first.flags == ("repetition", "split")
        assert "round trip" in made.notes[-1]

    @pytest.mark.parametrize(("forward", "back"), [(("en", "de"), ("fr", "en")), (("en", "fr"), ("fr", "es"))])
    def test_a_round_trip_that_does_not_meet(self, forward, back):
        with pytest.raises(ValueError, match="no round trip"):
            round_trip(copy_of("One.", language="en"), "fr", Marking(*forward), Marking(*back))


FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "kazakhstan-2022"


def test_a_second_run_of_the_fixtures_translates_nothing(tmp_path):
    """The French article through the shipped model, twice, with one memory."""
    copy = read(FIXTURES / "D.anonymous.txt")
    runs = []
    for _ in range(2):
        translator = load("fr", memory=tmp_path / "memory.sqlite")
        calls, inner = [], translator.inner.translate

        def counted(sentences, *, progress=None, calls=calls, inner=inner):
            calls.extend(sentences)
            return inner(sentences, progress=progress)

        translator.inner.translate = counted
        runs.append((translate_copy(copy, translator), calls))
    (first, asked), (second, asked_again) = runs
    assert len(asked) == len({s.text for s in copy.sentences}) > 20
    assert asked_again == []
    assert second == first
    assert all(s.translation and s.translation.text and s.translation.logprob < 0 for s in first.sentences)


def test_importing_loads_nothing_heavy(tmp_path):
    code = ("import sys, drift.translate;"
            "print([m for m in ('torch', 'transformers', 'ctranslate2', 'huggingface_hub', 'numpy', 'langdetect')"
            " if m in sys.modules])")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
    assert not (tmp_path / "cache").exists()
