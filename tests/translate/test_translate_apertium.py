"""Apertium: chains of pairs, lines that stay in place, marks of unknown words; with a program that stands in for it."""

import os
import shutil
import stat
import sys
import textwrap

import pytest

from drift.errors import ModelError
from drift.translate import load
from drift.translate.apertium import ApertiumTranslator, chain, installed_pairs

FAKE = """\
    #!{python}
    import sys
    calls = open({log!r}, "a")
    if sys.argv[1] == "-l":
        print("  fr-es\\n  spa-eng\\n  spa-eng_US\\n  fr-ca")
        sys.exit()
    calls.write(sys.argv[1] + "\\n")
    text = sys.stdin.read()
    {body}
    sys.stdout.write(text)
"""
SHOUT = 'text = text.replace("chat", "gato" if sys.argv[1] == "fr-es" else "cat").replace("gato", "cat" if ' \
        'sys.argv[1] == "spa-eng" else "gato")'


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """Install a program called apertium whose body is given; returns what it was called with."""
    def install(body=SHOUT):
        program, log = tmp_path / "bin" / "apertium", tmp_path / "calls"
        program.parent.mkdir(exist_ok=True)
        program.write_text(textwrap.dedent(FAKE).format(python=sys.executable, log=str(log),
                                                        body=textwrap.dedent(body).strip()), encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
        return lambda: log.read_text().split()

    return install


@pytest.mark.parametrize(("source", "target", "pairs", "names"), [
    ("fr", "en", [("fr", "es"), ("spa", "eng")], ["fr-es", "spa-eng"]),
    ("fr", "en", [("fr", "es"), ("es", "en"), ("fra", "eng")], ["fra-eng"]),  # the shortest
    ("fr", "en", [("fr", "es"), ("es", "fr")], None),
    ("fr", "en", [], None),
    ("fra_Latn", "en-GB", [("fr", "en")], ["fr-en"]),
])
def test_chain(source, target, pairs, names):
    assert chain(source, target, pairs) == names


def test_pairs_are_what_the_program_lists(fake):
    fake()
    assert installed_pairs() == [("fr", "ca"), ("fr", "es"), ("spa", "eng")]


def test_sentences_go_through_the_chain_in_one_run_a_pair(fake):
    calls = fake()
    made = load("fr", engine="apertium").translate(["Le chat.", "", "Un chat [sic] ; deux chats", "Le chat."])
    assert [m.text for m in made] == ["Le cat.", "", "Un cat [sic] ; deux cats", "Le cat."]
    assert {m.engine for m in made} == {"apertium"}
    assert {m.model for m in made} == {"fr-es,spa-eng"}
    assert {m.logprob for m in made} == {None}
    assert calls() == ["fr-es", "spa-eng"]


def test_unknown_words_lose_their_mark_and_are_flagged(fake):
    fake('text = text.replace("kazakh", "*kazakh").replace("loin", "@loin").replace("dort", "#dort")')
    made = load("fr", engine="apertium").translate(["Un kazakh dort loin.", "5 * 3, a@b.fr et #1", "Rien."])
    assert [m.text for m in made] == ["Un kazakh dort loin.", "5 * 3, a@b.fr et #1".replace("#1", "1"), "Rien."]
    assert ["unknown-words" in m.flags for m in made] == [True, False, False]


@pytest.mark.parametrize("body", [
    'text = text.replace("[§1§]", "")',  # loses a line's number
    'import re; text = re.sub(r"\\[§(\\d+)§\\]", lambda m: "[§" + str(9 - int(m[1])) + "§]", text)',  # disorder
    'text = "noise " + text if "[§" in text else text',
])
def test_lines_that_do_not_come_back_as_they_went_are_sent_one_by_one(fake, body):
    fake(body)
    made = load("fr", engine="apertium").translate(["Un.", "Deux.", "Trois."])
    assert [m.text for m in made] == ["Un.", "Deux.", "Trois."]


def test_text_that_imitates_the_numbers_cannot_take_another_s_place(fake):
    fake()
    texts = ["Un [§1§] deux.", "Trois [§0§]", "[§2§]"]
    assert [m.text for m in load("fr", engine="apertium").translate(texts)] == texts


def test_text_is_never_a_command(fake, tmp_path):
    fake()
    load("fr", engine="apertium").translate([f"$(touch {tmp_path}/ran); `touch {tmp_path}/ran` | -l"])
    assert not (tmp_path / "ran").exists()


def test_a_program_that_fails_is_one_sentence(fake):
    fake('sys.stderr.write("Error: mode broken\\nmore"); sys.exit(1)')
    with pytest.raises(ModelError, match=r"DR212.*Error: mode broken\).*--engine") as caught:
        load("fr", engine="apertium").translate(["Un."])
    assert "\n" not in str(caught.value)


def test_a_pair_that_is_not_installed(fake):
    fake()
    with pytest.raises(ModelError, match=r"DR208.*de-en.*installed: fr-ca, fr-es, spa-eng"):
        load("de", engine="apertium")
    with pytest.raises(ModelError, match=r"DR208.*fr-xx"):
        ApertiumTranslator("fr", "en", pairs="fr-xx")


def test_a_program_that_is_not_installed_names_the_package(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ModelError, match=r"DR209.*apt install apertium"):
        load("fr", engine="apertium")
    assert installed_pairs() == []


def test_it_has_no_probabilities(fake):
    fake()
    assert load("fr", engine="apertium").score(["a"], ["b"]) is None


@pytest.mark.skipif(shutil.which("apertium") is None or chain("fr", "en", installed_pairs()) is None,
                    reason="needs apertium with a way from French into English")
def test_the_real_program():
    translator = load("fr", engine="apertium")
    made = translator.translate(["Le chat dort.", "Le président a visité Zorglubistan.", "", "Oui [§1§]."])
    assert made[0].text == "The cat sleeps."
    assert made[0].flags == ()
    assert "Zorglubistan" in made[1].text
    assert "*" not in made[1].text
    assert "unknown-words" in made[1].flags
    assert len(translator.revision) == 12
    assert translator.translate(["Le chat dort."])[0] == made[0]
