"""`drift memory`: show, export, import, and what an import is for."""

from __future__ import annotations

import pytest

from drift.cli import main
from drift.records import Translation
from drift.translate import Memory
from drift.translate.memory import Key, Unit

KEY = Key("ctranslate2", "fr-en", "abcdef", "beam=4", "fr", "en")
UNITS = [Unit(KEY, "un", "one", -0.5, ("retried",)), Unit(KEY, "deux", "two"), Unit(KEY, "trois", "three")]
FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header srclang="fr"/><body>
<tu><tuv xml:lang="fr"><seg>Le chat dort.</seg></tuv><tuv xml:lang="en"><seg>The tomcat slumbers.</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Le chat dort.</seg></tuv><tuv xml:lang="de"><seg>Die Katze schläft.</seg></tuv></tu>
</body></tmx>"""


@pytest.fixture
def memory(tmp_path):
    memory = Memory(tmp_path / "m.sqlite")
    memory.add(UNITS)
    memory.close()
    return str(tmp_path / "m.sqlite")


def contents(path):
    return sorted(Memory(path).units(), key=lambda u: u.source)


def test_it_shows_what_is_there_by_model(memory, capsys):
    assert main(["memory", "--memory", memory]) == 0
    out = capsys.readouterr().out
    assert "3 sentences" in out
    assert "fr → en  ctranslate2/fr-en at abcdef" in out


@pytest.mark.parametrize("action", [["show"], ["export", "{folder}/x.tsv"]])
def test_a_memory_that_is_not_there_is_told_and_not_made(tmp_path, capsys, action):
    arguments = [a.format(folder=tmp_path) for a in action]
    assert main(["memory", *arguments, "--memory", str(tmp_path / "none.sqlite")]) == 0
    assert "does not exist yet" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["tsv", "jsonl", "tmx"])
def test_out_and_in_again(memory, tmp_path, capsys, ending):
    file, other = str(tmp_path / f"out.{ending}"), str(tmp_path / "other.sqlite")
    assert main(["memory", "export", file, "--memory", memory]) == 0
    assert main(["memory", "import", file, "--memory", other]) == 0
    assert capsys.readouterr().out.count("3 sentences") == 2
    assert contents(other) == contents(memory)


def test_a_corrected_export_corrects_the_memory(memory, tmp_path):
    file = tmp_path / "out.tsv"
    main(["memory", "export", str(file), "--memory", memory])
    file.write_text(file.read_text().replace("\ttwo\t", "\ta pair\t"))
    assert main(["memory", "import", str(file), "--memory", memory]) == 0
    assert [u.target for u in contents(memory)] == ["a pair", "three", "one"]


class Model:
    engine, model, revision, source, target, settings = "scripted", "m", "r", "fr", "en", ""

    def translate(self, sentences, *, progress=None):
        return [Translation("made anew", "scripted", "m") for _ in sentences]


def test_another_tool_s_file_serves_the_model_that_is_named(tmp_path, monkeypatch, capsys):
    from drift.translate.memory import Remembering

    monkeypatch.setattr("drift.translate.load", lambda language, **_: Model())
    (tmp_path / "other.tmx").write_text(FOREIGN)
    memory = str(tmp_path / "m.sqlite")
    assert main(["memory", "import", str(tmp_path / "other.tmx"), "--memory", memory, "--lang", "fr"]) == 0
    assert "1 sentence " in capsys.readouterr().out  # the German one is none of this model's business
    texts = [t.text for t in Remembering(Model(), Memory(memory)).translate(["Le chat dort.", "Le chien dort."])]
    assert texts == ["The tomcat slumbers.", "made anew"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["import", "{folder}/other.tmx"], 2, "DR915.*--lang"),
        (["import", "{folder}/none.tmx"], 3, "DR214"),
        (["import", "{folder}/m.sqlite"], 2, "DR213"),
        (["export", "{folder}/out.csv"], 2, "DR213"),
        (["export", "{folder}/no/out.tsv"], 2, "DR905"),
        (["export"], 2, "DR914"),
        (["show", "x.tsv"], 2, "DR914"),
        (["forget"], 2, "DR901"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_changes_nothing(memory, tmp_path, capsys, arguments, code, says):
    import re

    (tmp_path / "other.tmx").write_text(FOREIGN)
    before = contents(memory)
    arguments = [a.format(folder=tmp_path) for a in arguments]
    assert main(["memory", *arguments, "--memory", memory]) == code
    assert re.search(says, capsys.readouterr().err)
    assert contents(memory) == before


def test_a_damaged_memory_is_begun_anew_with_a_warning(tmp_path, capsys):
    path = tmp_path / "m.sqlite"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    assert main(["memory", "--memory", str(path)]) == 0
    out, err = capsys.readouterr()
    assert "damaged" in err
    assert "0 sentences" in out
