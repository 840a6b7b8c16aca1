"""Test sets in the formats that MT people have: one string a segment, in order, nothing skipped."""

from __future__ import annotations

import pytest

from drift.errors import DriftError
from drift.gate.segments import read_segments, read_test_set

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
srclang="fr" datatype="plaintext"/><body>
<tu><tuv xml:lang="fr"><seg>Un chat.</seg></tuv><tuv xml:lang="en"><seg>One cat &amp; more.</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Deux chats.</seg></tuv><tuv xml:lang="en"><seg>Two cats.</seg></tuv></tu>
</body></tmx>"""
XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x" source-language="fr"
target-language="en" datatype="plaintext"><body>
<trans-unit id="1"><source>Un chat.</source><target>One cat &amp; more.</target></trans-unit>
<trans-unit id="2"><source>Deux chats.</source><target>Two cats.</target></trans-unit>
</body></file></xliff>"""
PO = '''msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Un chat."
msgstr "One cat & "
"more."

msgid "Deux chats."
msgstr "Two cats."

#~ msgid "Vieux."
#~ msgstr "Old."
'''
SOURCES, TARGETS = ["Un chat.", "Deux chats."], ["One cat & more.", "Two cats."]


@pytest.fixture
def write(tmp_path):
    def put(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return put


@pytest.mark.parametrize(
    ("name", "content", "column", "side", "expected"),
    [
        ("x.txt", "a\nb\n", "", "source", ["a", "b"]),
        ("x.txt", "a\n\nb", "", "source", ["a", "", "b"]),  # an empty line is a segment
        ("x.txt", "a\r\nb\r\n", "", "source", ["a", "b"]),
        ("x.txt", "a\u2028b\x0cc\n", "", "source", ["a\u2028b\x0cc"]),  # only line feeds end a segment
        ("x.txt", b"\xef\xbb\xbfa\n", "", "source", ["a"]),
        ("x.tsv", "un\tone\ndeux\ttwo\n", "#1", "source", ["un", "deux"]),
        ("x.tsv", "un\tone\ndeux\ttwo\n", "#2", "reference", ["one", "two"]),
        ("x.tsv", "src\tref\nun\tone\n", "", "source", ["un"]),
        ("x.tsv", "src\tref\nun\tone\n", "", "reference", ["one"]),
        ("x.tsv", "id\tMine\n1\tone\n", "#mine", "hypothesis", ["one"]),
        ("x.jsonl", '{"src": "un", "mt": "one"}\n', "", "hypothesis", ["one"]),
        ("x.jsonl", '{"src": "un", "mt": "one"}\n', "#src", "hypothesis", ["un"]),
        ("x.jsonl", '"one"\n"two"\n', "", "hypothesis", ["one", "two"]),
    ],
)
def test_lines_and_tables(write, name, content, column, side, expected):
    assert read_segments(write(name, content) + column, side=side) == expected


@pytest.mark.parametrize(("name", "content"), [("x.tmx", TMX), ("x.xlf", XLIFF), ("x.xliff", XLIFF), ("x.po", PO)])
def test_translators_formats(write, name, content):
    pytest.importorskip("translate")
    path = write(name, content)
    assert read_segments(path, side="source") == SOURCES
    assert read_segments(path, side="reference") == TARGETS
    assert read_segments(path + "#source", side="hypothesis") == SOURCES


@pytest.mark.parametrize(
    ("name", "content", "column", "code"),
    [
        ("x.txt", b"\xff\xfe\x00", "", "DR620"), ("x.txt", "a\n", "#2", "DR622"), ("x.tsv", "a\tb\n", "#3", "DR622"),
        ("x.tsv", "a\tb\n", "", "DR622"), ("x.tsv", "a\tb\nc\n", "#2", "DR621"), ("x.jsonl", "{\n", "", "DR621"),
        ("x.jsonl", '{"a": 1}\n', "", "DR622"), ("x.tmx", "<tmx", "", "DR621"), ("x.xlf", "text", "", "DR621"),
        ("x.tmx", TMX, "#third", "DR622"),
        ("x.tmx", TMX.replace('tmx SYSTEM "tmx14.dtd"', 'tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]'), "", "DR621"),
        ("x.tmx", '<!DOCTYPE a [<!ENTITY b "c">]><tmx/>'.encode("utf-16"), "", "DR621"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(write, name, content, column, code):
    if name.endswith(("tmx", "xlf")):
        pytest.importorskip("translate")
    with pytest.raises(DriftError) as error:
        read_segments(write(name, content) + column, side="source")
    assert error.value.code == code
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DriftError, match=r"DR620"):
        read_segments(tmp_path / "none.txt", side="source")


class TestSacrebleu:
    @pytest.fixture
    def home(self, tmp_path, monkeypatch):
        """An empty folder for sacrebleu's downloads, and no way to fill it."""
        from sacrebleu import DATASETS

        dataset = DATASETS["wmt19"]
        monkeypatch.setattr(dataset, "_outdir", str(tmp_path))
        monkeypatch.setattr(dataset, "maybe_download", lambda: pytest.fail("it went to the network"))
        return tmp_path

    def test_what_was_downloaded_is_read(self, home):
        (home / "wmt19.de-en.src").write_text("Eins.\nZwei.\n")
        (home / "wmt19.de-en.ref").write_text("One.\nTwo.\n")
        assert read_test_set("wmt19", "de-en") == (["Eins.", "Zwei."], ["One.", "Two."])

    @pytest.mark.parametrize(
        ("name", "pair", "code", "says"),
        [("wmt19", "de-en", "DR625", "sacrebleu -t wmt19 -l de-en"), ("wmt19", "xx-yy", "DR624", "de-en"),
         ("nothing", "de-en", "DR624", "--list")],
    )
    def test_what_is_not_there(self, home, name, pair, code, says):
        with pytest.raises(DriftError) as error:
            read_test_set(name, pair)
        assert error.value.code == code
        assert says in str(error.value)
