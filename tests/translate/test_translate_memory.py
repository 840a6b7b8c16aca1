"""The translation memory: nothing twice, nothing lost, nothing in the way; and its exchange formats."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drift.errors import UnreadableError, UsageError
from drift.records import Translation
from drift.translate import Memory, default_memory_path, export_memory, import_memory
from drift.translate.base import Translator
from drift.translate.memory import Key, Remembering, Unit

KEY = Key("e", "m", "r", "beam=4", "fr", "en")


class Counting:
    """A translator that counts what it is asked."""

    engine, model, source, target = "e", "m", "fr", "en"

    def __init__(self, revision="r", settings="beam=4"):
        self.revision, self.settings, self.asked = revision, settings, []

    def translate(self, sentences, *, progress=None):
        self.asked += sentences
        if progress:
            progress(len(sentences))
        return [Translation(s.upper(), "e", "m", self.revision, -0.25, ("repetition",) if "!" in s else ())
                for s in sentences]

    def score(self, sources, targets):
        return [[("x", -1.0)]]


@pytest.fixture
def memory(tmp_path):
    made = Memory(tmp_path / "deep" / "memory.sqlite")
    yield made
    made.close()


class TestRemembering:
    def test_is_a_translator_that_looks_like_the_one_inside(self, memory):
        wrapped = Remembering(Counting(), memory)
        assert isinstance(wrapped, Translator)
        assert (wrapped.engine, wrapped.model, wrapped.revision) == ("e", "m", "r")
        assert wrapped.score([""], [""]) == [[("x", -1.0)]]

    def test_the_second_time_nothing_is_translated(self, memory):
        first, second = Counting(), Counting()
        made = Remembering(first, memory).translate(["un", "deux !", "un"])
        again = Remembering(second, Memory(memory.path)).translate(["deux !", "un"])
        assert first.asked == ["un", "deux !"]
        assert second.asked == []
        assert again == [made[1], made[0]]
        assert again[0].flags == ("repetition",)

    @pytest.mark.parametrize("other", [Counting(revision="r2"), Counting(settings="beam=5")])
    def test_another_revision_or_setting_is_another_instrument(self, memory, other):
        Remembering(Counting(), memory).translate(["un"])
        Remembering(other, memory).translate(["un"])
        assert other.asked == ["un"]

    def test_sentences_that_differ_in_spaces_only_are_one(self, memory):
        inner = Counting()
        Remembering(inner, memory).translate(["10 %", "10\u00a0%"])
        assert inner.asked == ["10 %"]

    def test_progress_counts_remembered_sentences_too(self, memory):
        wrapped, steps = Remembering(Counting(), memory), []
        wrapped.translate(["un", "deux"])
        wrapped.translate(["un", "trois", "trois"], progress=steps.append)
        assert sum(steps) == 3

    def test_work_done_before_an_interruption_is_kept(self, memory):
        class Interrupted(Counting):
            def translate(self, sentences, *, progress=None):
                if self.asked:
                    raise KeyboardInterrupt
                return super().translate(sentences, progress=progress)

        texts = [f"phrase {i}" for i in range(40)]
        with pytest.raises(KeyboardInterrupt):
            Remembering(Interrupted(), memory).translate(texts)
        rest = Counting()
        Remembering(rest, memory).translate(texts)
        assert 0 < len(rest.asked) < len(texts)


class TestFile:
    def test_nothing_is_created_before_it_is_used(self, tmp_path):
        Memory(tmp_path / "a" / "m.sqlite")
        default_memory_path()
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("content", [b"SQLite format 3\x00" + b"\xff" * 5000, b"\x00" * 4096, b"garbage" * 999])
    def test_a_damaged_file_is_kept_aside_and_begun_anew(self, tmp_path, content):
        path, told = tmp_path / "memory.sqlite", []
        path.write_bytes(content)
        memory = Memory(path, note=told.append)
        memory.add([Unit(KEY, "un", "one")])
        assert len(memory) == 1
        assert (tmp_path / "memory.sqlite.damaged-1").read_bytes() == content
        assert len(told) == 1
        assert "damaged" in told[0]
        assert memory.notes == told

    def test_damage_in_the_middle_of_work_is_survived(self, tmp_path):
        path = tmp_path / "memory.sqlite"
        memory = Memory(path)
        memory.add([Unit(KEY, f"phrase {i}" * 50, "x" * 500) for i in range(200)])
        memory.close()
        data = bytearray(path.read_bytes())
        data[4096:] = os.urandom(len(data) - 4096)
        path.write_bytes(data)
        inner = Counting()
        memory = Memory(path)
        assert Remembering(inner, memory).translate(["un"])[0].text == "UN"
        assert len(memory.notes) == 1

    @pytest.mark.parametrize("content", [b"An article.", b""])
    def test_a_file_that_was_never_a_memory_is_not_touched(self, tmp_path, content):
        path = tmp_path / "article.txt"
        path.write_bytes(content)
        if content:
            with pytest.raises(UsageError, match="DR211"):
                len(Memory(path))
            assert path.read_bytes() == content
        assert [p.name for p in tmp_path.iterdir()] == ["article.txt"]

    def test_another_program_s_database_is_not_touched(self, tmp_path):
        path = tmp_path / "other.sqlite"
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE bookmarks (url TEXT)")
        other.close()
        before = path.read_bytes()
        with pytest.raises(UsageError, match=r"DR211.*another program"):
            Memory(path).add([Unit(KEY, "un", "one")])
        assert path.read_bytes() == before

    def test_a_place_that_cannot_be_written_is_done_without(self, tmp_path):
        (tmp_path / "file").write_text("in the way")
        memory = Memory(tmp_path / "file" / "memory.sqlite")
        inner = Counting()
        assert Remembering(inner, memory).translate(["un"])[0].text == "UN"
        assert len(memory.notes) == 1
        assert "going on without" in memory.notes[0]

    def test_threads_share_one_memory(self, memory):
        def work(name):
            for i in range(20):
                memory.add([Unit(KEY, f"{name}-{i}", "x")])

        threads = [threading.Thread(target=work, args=(n,)) for n in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(memory) == 80


WRITER = """
import sys
from drift.translate.memory import Key, Memory, Unit
key, memory = Key("e", "m", "r", "beam=4", "fr", "en"), Memory(sys.argv[1])
for i in range(int(sys.argv[3])):
    memory.add([Unit(key, f"{sys.argv[2]}-{i}", "x" * 200)])
    print(i, flush=True)
"""


def writer(path, name, count):
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), name, str(count)], stdout=subprocess.PIPE,
                            text=True)


def test_several_processes_write_at_once(tmp_path):
    runs = [writer(tmp_path / "m.sqlite", name, 50) for name in "abc"]
    for run in runs:
        run.communicate()
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert len(Memory(tmp_path / "m.sqlite")) == 150


def test_a_kill_at_any_moment_loses_nothing_that_was_stored(tmp_path):
    path = tmp_path / "m.sqlite"
    run = writer(path, "a", 100_000)
    for line in run.stdout:
        if line.strip() == "30":
            break
    time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    memory = Memory(path)
    assert len(memory) >= 31
    assert memory.notes == []


def test_several_processes_find_the_same_damage(tmp_path):
    path = tmp_path / "m.sqlite"
    path.write_bytes(b"\x01" * 9000)
    runs = [writer(path, name, 20) for name in "abc"]
    for run in runs:
        run.communicate()
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1
    assert len(Memory(path)) == 60


UNITS = [
    Unit(KEY, "un", "one", -0.5, ("repetition", "retried")),
    Unit(KEY, 'deux "mots" <b>&amp; ’', "two\u2028words", None),
    Unit(replace(KEY, engine="apertium", revision=""), "trois", ""),
]


@pytest.mark.parametrize("ending", ["tsv", "jsonl", "tmx", "TSV"])
class TestExchange:
    def test_what_goes_out_comes_back(self, memory, tmp_path, ending):
        memory.add(UNITS)
        path = tmp_path / f"out.{ending}"
        assert export_memory(memory, path) == 3
        other = Memory(tmp_path / "other.sqlite")
        assert import_memory(other, path) == 3
        assert other.units() == memory.units()

    def test_two_exports_are_equal_byte_for_byte(self, memory, tmp_path, ending):
        memory.add(UNITS)
        other = Memory(tmp_path / "other.sqlite")
        other.add(UNITS[::-1])
        for name, each in (("a", memory), ("b", other)):
            export_memory(each, tmp_path / f"{name}.{ending}")
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()

    @pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"<tmx>", b"a\tb\nc", b"null\n", b"<html></html>"])
    def test_a_broken_file_adds_nothing(self, memory, tmp_path, ending, content):
        path = tmp_path / f"broken.{ending}"
        path.write_bytes(content)
        with pytest.raises(UnreadableError, match=r"DR214.*nothing was imported"):
            import_memory(memory, path)
        assert len(memory) == 0

    def test_a_file_that_is_not_there(self, memory, tmp_path, ending):
        with pytest.raises(UnreadableError, match="DR214"):
            import_memory(memory, tmp_path / f"none.{ending}")


def test_another_ending_is_refused(memory, tmp_path):
    with pytest.raises(UsageError, match=r"DR213.*\.tsv, \.jsonl or \.tmx"):
        export_memory(memory, tmp_path / "out.csv")


def test_a_failed_export_leaves_the_old_file(memory, tmp_path, monkeypatch):
    memory.add(UNITS)
    (tmp_path / "out.tsv").write_text("old")
    monkeypatch.setattr(os, "replace", lambda a, b: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        export_memory(memory, tmp_path / "out.tsv")
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["out.tsv"]
    assert (tmp_path / "out.tsv").read_text() == "old"


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="FR-FR" creationtool="other"/><body>
<tu><tuv xml:lang="EN-US"><seg>The <bpt i="1">cat</bpt></seg></tuv>
<tuv xml:lang="fr-FR"><seg>Le\u00a0chat</seg></tuv></tu>
</body></tmx>"""


def test_a_tmx_of_another_tool_serves_the_translator_it_is_imported_for(memory, tmp_path):
    (tmp_path / "other.tmx").write_text(FOREIGN, encoding="utf-8")
    inner = Counting()
    assert import_memory(memory, tmp_path / "other.tmx", translator=inner) == 1
    assert Remembering(inner, memory).translate(["Le chat"])[0].text == "The cat"
    assert inner.asked == []


@pytest.mark.parametrize("declaration", [
    '<!DOCTYPE tmx [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]>',
    '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
])
def test_entities_are_refused(memory, tmp_path, declaration):
    text = FOREIGN.replace('<!DOCTYPE tmx SYSTEM "tmx14.dtd">', declaration).replace("Le\u00a0chat", "&a;")
    (tmp_path / "evil.tmx").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError, match="entities"):
        import_memory(memory, tmp_path / "evil.tmx")


def test_a_tmx_export_is_well_formed_whatever_the_text(memory, tmp_path):
    memory.add([Unit(KEY, "a\x00b\x0b<&]]>\ud7ff", "\ufffe]]>")])
    export_memory(memory, tmp_path / "out.tmx")
    assert ElementTree.parse(tmp_path / "out.tmx").getroot().findtext("body/tu/tuv/seg") == "ab<&]]>\ud7ff"


LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINE, LINE)
def test_any_line_survives_each_format(tmp_path_factory, source, target):
    folder = tmp_path_factory.mktemp("any")
    memory = Memory(folder / "a.sqlite")
    memory.add([Unit(KEY, source, target)])
    for ending in ("tsv", "jsonl"):
        export_memory(memory, folder / f"x.{ending}")
        other = Memory(folder / f"{ending}.sqlite")
        import_memory(other, folder / f"x.{ending}")
        assert other.units() == memory.units()
        other.close()
    rows = [json.loads(line) for line in (folder / "x.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    assert [r["source"] for r in rows] == [source]
    memory.close()
