"""`drift models`: what is listed, from where, and that listing it costs nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from drift.cli import main

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """An empty hub cache; hub(name, config, **files) puts a model into it as the hub's client would."""
    root = tmp_path / "hub"
    root.mkdir()
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(root))

    def put(name, config, commit=COMMIT, **files):
        repo = root / f"models--{name.replace('/', '--')}"
        folder = repo / "snapshots" / commit
        folder.mkdir(parents=True)
        (repo / "refs").mkdir(exist_ok=True)
        (repo / "refs" / "main").write_text(commit)
        (folder / "config.json").write_text(json.dumps(config))
        for file, content in {"model__safetensors": b"x" * 3_000_000, **files}.items():
            if content is not None:
                (folder / file.replace("__", ".")).write_bytes(content)
        return folder

    return put


@pytest.fixture
def without_apertium(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")


def listed(capsys, *arguments):
    assert main(["models", "-f", "json", *arguments]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "drift.models/1"
    return {e["name"]: e for e in data["engines"]}, {m["model"]: m for m in data["models"]}


class TestModels:
    def test_what_comes_with_drift_is_here_and_the_default(self, hub, capsys):
        model = listed(capsys)[1]["fr-en"]
        assert (model["installed"], model["shipped"], model["default"], model["licence"]) == (True, True, True, "Apache-2.0")
        assert model["source"] == ["fr"]
        assert model["bleu"] > 20
        assert len(model["revision"]) == 12

    def test_every_language_of_the_table_has_one_default(self, hub, without_apertium, capsys):
        models = listed(capsys)[1]
        into_english = [s for m in models.values() if m["default"] and m["target"] == "en" for s in m["source"]]
        assert {"de", "pt", "ru", "fr"} <= set(into_english)
        assert len(into_english) == len(set(into_english))

    @pytest.mark.parametrize("code", ["de", "deu", "de-AT", "deu_Latn"])
    def test_a_language_by_any_usual_name(self, hub, without_apertium, capsys, code):
        assert set(listed(capsys, "--language", code)[1]) == {"Helsinki-NLP/opus-mt-de-en", "Helsinki-NLP/opus-mt-en-de"}

    def test_a_table_s_model_in_the_cache_has_its_commit_its_size_and_its_card_s_licence(self, hub, capsys):
        folder = hub("Helsinki-NLP/opus-mt-de-en", {"model_type": "marian"}, README__md=b"---\nlicense: cc-by-4.0\n---\n")
        model = listed(capsys, "--language", "de")[1]["Helsinki-NLP/opus-mt-de-en"]
        assert (model["installed"], model["default"], model["revision"]) == (True, True, COMMIT)
        assert (model["megabytes"], model["licence"], model["where"]) == (3, "cc-by-4.0", str(folder))

    @pytest.mark.parametrize(
        ("name", "config", "files", "source", "target", "engine"),
        [
            ("me/opus-mt-tc-big-he-en", {"model_type": "marian"}, {}, ["he"], "en", "ctranslate2, transformers"),
            ("me/mine", {"model_type": "marian"}, {"tokenizer_config__json": b'{"source_lang": "deu", "target_lang": "eng"}'},
             ["de"], "en", "ctranslate2, transformers"),
            ("me/mine", {"model_type": "marian"}, {}, ["und"], "und", "ctranslate2, transformers"),
            ("facebook/nllb", {"model_type": "m2m_100"}, {"tokenizer__json": b'"eng_Latn" "deu_Latn"'}, ["de", "en"], "*", "transformers"),
            ("facebook/m2m", {"model_type": "m2m_100"}, {"special_tokens_map__json": b'["__de__", "__en__"]'}, ["de", "en"], "*", "transformers"),
            ("facebook/mbart-50", {"model_type": "mbart"}, {"tokenizer__json": b'"de_DE" "en_XX"'}, ["de", "en"], "*", "transformers"),
            ("google/madlad", {"model_type": "t5"}, {"spiece__model": b"..<2de>..<2en>.."}, ["de", "en"], "*", "transformers"),
        ],
    )  # fmt: skip
    def test_any_translation_model_in_the_cache_is_found(self, hub, capsys, name, config, files, source, target, engine):
        hub(name, config, **files)
        model = listed(capsys, "--language", "de")[1].get(name) or listed(capsys)[1][name]
        assert (model["source"], model["target"], model["engine"]) == (source, target, engine)
        assert (model["installed"], model["default"], model["revision"]) == (True, False, COMMIT)

    @pytest.mark.parametrize(
        ("config", "files"),
        [
            ({"model_type": "bert"}, {}),
            ({"model_type": "t5"}, {"spiece__model": b"no language marks"}),
            ({"model_type": "marian"}, {"model__safetensors": None, "pytorch_model__bin": b"x"}),
            (["no object"], {}),
        ],
    )
    def test_what_cannot_translate_is_not_listed(self, hub, capsys, config, files):
        hub("me/other", config, **files)
        assert "me/other" not in listed(capsys)[1]

    def test_a_model_on_this_machine_is_listed_once(self, hub, capsys):
        hub("Helsinki-NLP/opus-mt-de-en", {"model_type": "marian"})
        assert main(["models"]) == 0
        out = capsys.readouterr().out
        assert out.count("opus-mt-de-en") == 1
        assert out.index("opus-mt-de-en") < out.index("DOWNLOADED")


class TestEngines:
    def test_a_missing_engine_comes_with_the_line_that_installs_it(self, hub, monkeypatch, without_apertium, capsys):
        from drift.translate import engines

        there = engines.importlib.util.find_spec
        monkeypatch.setattr(engines.importlib.util, "find_spec", lambda n: None if n == "ctranslate2" else there(n))
        assert main(["models", "--language", "fr"]) == 0
        lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
        assert "pip install ctranslate2" in lines
        assert "apt install apertium apertium-fr-es apertium-eng-spa" in lines
        assert not any(line.startswith("pip install transformers") for line in lines)

    def test_the_packages_are_those_of_the_language(self, hub, without_apertium, capsys):
        assert listed(capsys, "--language", "eo")[0]["apertium"]["install"] == "apt install apertium apertium-eo-en"
        assert listed(capsys, "--language", "de")[0]["apertium"]["install"] == "apt install apertium"

    def test_each_has_a_licence_and_says_whether_it_is_here(self, hub, without_apertium, capsys):
        engines = listed(capsys)[0]
        assert list(engines) == ["ctranslate2", "transformers", "apertium"]
        assert all(e["licence"] for e in engines.values())
        assert [e["available"] for e in engines.values()] == [True, True, False]

    def test_installed_pairs_and_chains_are_models(self, hub, tmp_path, monkeypatch, capsys):
        program = tmp_path / "bin" / "apertium"
        program.parent.mkdir()
        program.write_text('#!/bin/sh\n[ "$1" = -l ] && printf "fr-es\\nspa-eng\\n" || echo "Apertium 3.8.3"\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
        engines, models = listed(capsys, "--language", "fr")
        assert (engines["apertium"]["version"], engines["apertium"]["languages"]) == ("3.8.3", ["en", "es", "fr"])
        assert [models[m]["target"] for m in ("fr-es", "fr-es,spa-eng")] == ["es", "en"]
        assert not models["fr-es,spa-eng"]["default"]


def test_a_language_without_a_model_says_what_to_do(hub, without_apertium, capsys):
    assert main(["models", "--language", "tlh"]) == 0
    assert "--model" in capsys.readouterr().out


def test_what_is_no_language_is_one_sentence(capsys):
    assert main(["models", "--language", "français"]) == 2
    assert "DR201" in capsys.readouterr().err


def test_a_hub_cache_with_a_name_of_terminal_codes_is_shown_not_obeyed(hub, capsys):
    hub("me/\x1b[31mred", {"model_type": "marian"})
    assert main(["models"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_it_loads_no_model_opens_no_connection_and_writes_nothing(tmp_path):
    code = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise AssertionError('network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from drift.cli import main\n"
        "code = main(['models'])\n"
        "heavy = {'torch', 'ctranslate2', 'transformers', 'sentencepiece', 'numpy'}\n"
        "print(code, sorted(heavy & set(sys.modules)))"
    )
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "HF_HOME": str(tmp_path / "hf")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **home}, check=True
    )
    assert done.stdout.splitlines()[-1] == "0 []"
    assert list(tmp_path.iterdir()) == []
