
"""Paths, folders, standard input, encodings, and everything that is no article."""

import io
import os
import socket
import sys

import pytest

import drift
from drift.errors import DriftError, UnreadableError, UsageError
from drift.read import MAX_BYTES, files, read, read_paths

TEXT = "The harbour was closed on Friday after a storm. Nobody was hurt in the old town."


def write(path, content=TEXT):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refuses(code, call):
    """The call raises with this code, in one sentence that names no Python."""
    with pytest.raises(DriftError) as error:
        call()
    assert error.value.code == code
    assert "Traceback" not in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_read_is_the_package_s_own():
    assert drift.read is read


# ── ids and folders ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_ids_are_file_names_without_their_endings(tmp_path):
    for name in ("b.txt", "A.time-press.txt", "c.html", "d.md", "Ünï cödé.txt"):
        write(tmp_path / name)
    assert [c.id for c in read_paths([tmp_path])] == ["A.time-press", "b", "c", "d", "Ünï_cödé"]


def test_ids_that_clash_are_told_apart_whatever_the_order(tmp_path):
    paths = [write(tmp_path / "x" / "a.txt"), write(tmp_path / "y" / "a.txt"), write(tmp_path / "y" / "a.html"),
             write(tmp_path / "b.txt")]  # fmt: skip
    ids = [c.id for c in read_paths(paths)]

    assert ids == [c.id for c in read_paths(reversed(paths))] == ["a.html", "b", "x/a.txt", "y/a.txt"]


def test_the_same_file_twice_is_one_copy(tmp_path):
    path = write(tmp_path / "a.txt")
    assert [c.id for c in read_paths([path, tmp_path, f"{tmp_path}/./a.txt"])] == ["a"]


def test_a_folder_gives_its_articles_and_says_what_it_left_out(tmp_path):
    for name in ("a.txt", "b.HTM", ".hidden.txt", "README.md", "drift-baseline.txt", "data.json", "more/c.txt"):
        write(tmp_path / name)
    write(tmp_path / "out.html", b'<!doctype html><meta name="generator" content="drift 1"><p>Report of something</p>')
    said = []

    assert [c.id for c in read_paths([tmp_path], skipped=said.append)] == ["a", "b"]
    assert [any(name in line for line in said) for name in ("README", "baseline", "data.json", "more", "out.html")] == [True] * 5
    assert not any(".hidden" in line for line in said)


def test_a_file_of_any_ending_can_be_named(tmp_path):
    assert read(write(tmp_path / "article.data")).id == "article.data"
    assert read(write(tmp_path / "article.txt"), id="z").id == "z"


def test_languages_are_given_by_id(tmp_path):
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")

    assert [c.language for c in read_paths([tmp_path], languages={"b": "fr-FR"})] == ["en", "fr"]
    message = refuses("DR108", lambda: read_paths([tmp_path], languages={"B": "fr"}))
    assert "a, b" in message
    refuses("DR109", lambda: read_paths([tmp_path], languages={"b": "nonsense"}))


def test_a_file_that_cannot_be_read_does_not_take_the_folder_down(tmp_path):
    write(tmp_path / "a.txt")
    write(tmp_path / "bad.txt", b"\x00\x01\x02" * 100)
    good, bad = read_paths([tmp_path])

    assert (good.error, len(good.sentences)) == (None, 2)
    assert bad.error is not None
    assert bad.error.startswith("[DR106]")
    assert (bad.sentences, bad.text) == ((), "")


def test_named_on_the_command_line_it_does(tmp_path):
    bad = write(tmp_path / "bad.txt", b"\x00\x01\x02" * 100)
    refuses("DR106", lambda: read_paths([write(tmp_path / "a.txt"), bad]))
    refuses("DR106", lambda: read_paths([tmp_path, bad]))


def test_a_file_that_vanishes_after_the_listing(tmp_path, monkeypatch):
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    real = files.os.open
    monkeypatch.setattr(files.os, "open", lambda path, flags: (os.unlink(path) if "b.txt" in path else None, real(path, flags))[1])
    good, gone = read_paths([tmp_path])

    assert good.error is None
    assert gone.error is not None
    assert gone.error.startswith("[DR111]")


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_paths_that_are_not_there(tmp_path):
    assert "nowhere.txt" in refuses("DR101", lambda: read(tmp_path / "nowhere.txt"))
    refuses("DR101", lambda: read_paths([tmp_path / "nowhere"]))
    refuses("DR112", lambda: read_paths([]))
    refuses("DR103", lambda: read("a\0b"))


def test_folders_without_articles(tmp_path):
    refuses("DR107", lambda: read_paths([tmp_path]))
    write(tmp_path / "data.json")
    refuses("DR107", lambda: read_paths([tmp_path]))
    write(tmp_path / "empty.txt", b"")
    assert "DR105" in refuses("DR107", lambda: read_paths([tmp_path]))
    refuses("DR113", lambda: read(tmp_path))


EMPTY = [b"", b" ", b"\n\r\n\t ", "\u200b\u00a0\ufeff".encode(), b"\xef\xbb\xbf", b"\xff\xfe", "\u3000".encode()]


@pytest.mark.parametrize("content", EMPTY)
def test_empty_files(tmp_path, content):
    refuses("DR105", lambda: read(write(tmp_path / "a.txt", content)))


BINARY = [
    (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"), (b"%PDF-1.7\n%\xe2\xe3", "PDF"), (b"PK\x03\x04" + bytes(50), "ZIP"),
    (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"), (bytes(range(256)) * 8, "binary"), (b"some text\0\0\0\x07more", "binary"),
    (b"\x01\x02\x03\x04\x05\x06" * 40, "binary"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "kind"), BINARY)
def test_binary_files(tmp_path, content, kind):
    assert kind in refuses("DR106", lambda: read(write(tmp_path / "a.txt", content)))


def test_a_file_too_large_is_refused_without_being_read_whole(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)  # sparse
    assert "10 MB" in refuses("DR104", lambda: read(path))


def test_a_large_article_within_the_limit_is_read(tmp_path):
    content = (TEXT + "\n\n") * 2000
    assert len(content) < MAX_BYTES
    assert len(read(write(tmp_path / "a.txt", content)).sentences) == 4000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_devices_and_sockets(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.txt")
    refuses("DR102", lambda: read(tmp_path / "pipe.txt"))
    refuses("DR102", lambda: read("/dev/null"))
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.txt")
        refuses("DR103", lambda: read("s.txt"))


def test_a_file_without_permission(tmp_path, monkeypatch):
    path = write(tmp_path / "a.txt")

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "open", denied)
    assert "Permission denied" in refuses("DR103", lambda: read(path))


def test_a_folder_without_permission(tmp_path, monkeypatch):
    def denied(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "listdir", denied)
    refuses("DR103", lambda: read_paths([tmp_path]))


@pytest.mark.parametrize("name", ["a\nb.txt", "a\x1b[31mb.txt", "a\u202eb.txt", b"a\xff.txt", "'\"<b>.txt", "-.txt", "=.txt"])
def test_names_in_weird_characters(tmp_path, name):
    path = os.path.join(os.fsencode(tmp_path), os.fsencode(name))
    with open(path, "wb") as file:
        file.write(TEXT.encode())
    (copy,) = read_paths([tmp_path])

    assert len(copy.sentences) == 2
    assert (copy.id + copy.path).isprintable()
    (copy.id + copy.path).encode()


# ── standard input ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_standard_input_is_read_as_bytes(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Le café était fermé vendredi.".encode("cp1252"))))
    copy = read("-")

    assert (copy.id, copy.path, copy.text) == ("stdin", "-", "Le café était fermé vendredi.")


@pytest.mark.parametrize(("content", "code"), [(b"", "DR105"), (b"\0\1\2", "DR106"), (b"a" * (MAX_BYTES + 1), "DR104")])
def test_standard_input_that_is_no_article(monkeypatch, content, code):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert "Standard input" in refuses(code, lambda: read("-"))


# ── encodings ────────────────────────────────────────────────────────────────────────────────────────────────────────

FRENCH = "L’été dernier, le président a déclaré que la France n’accepterait pas l’accord. À Paris, on proteste."
RUSSIAN = "Президент России Владимир Путин заявил, что войска останутся в Казахстане до конца января."
JAPANESE = "カザフスタンの大統領は、抗議行動に対して警告なしの発砲を命じたと述べた。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(FRENCH, "cp1252"), (FRENCH, "utf-16"), (FRENCH, "utf-16-le"), (FRENCH, "utf-16-be"), (FRENCH, "utf-32"),
     (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "utf-16"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp")],
)  # fmt: skip
def test_other_encodings_are_found_and_said(tmp_path, text, encoding):
    copy = read(write(tmp_path / "a.txt", text.encode(encoding)))

    assert copy.text == text
    assert copy.encoding != "utf-8"
    assert any(copy.encoding in note for note in copy.notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_needs_no_remark(tmp_path, encoding):
    copy = read(write(tmp_path / "a.txt", FRENCH.encode(encoding)))
    assert (copy.text, copy.encoding, copy.notes) == (FRENCH, "utf-8", ())


def test_a_page_s_own_declaration_is_followed(tmp_path):
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>{FRENCH}</p></body></html>'
    copy = read(write(tmp_path / "a.html", page.encode("cp1252")))
    assert (copy.text, copy.encoding) == (FRENCH, "cp1252")


def test_text_is_stored_normalised(tmp_path):
    copy = read(write(tmp_path / "a.txt", "Le cafe\u0301 e\u0301tait ferme\u0301.\r\nOui.\rNon.\u2028Si."))
    assert copy.text == "Le café était fermé.\nOui.\nNon.\nSi."


def test_errors_are_of_the_documented_kinds(tmp_path):
    with pytest.raises(UnreadableError) as error:
        read(tmp_path / "nowhere")
    assert error.value.exit_code == 3
    with pytest.raises(UsageError) as usage:
        read_paths([])
    assert usage.value.exit_code == 2
