"""Paths -> bytes: which files are meant, what they are called in a report, and refusing what is no article."""

from __future__ import annotations

import os
import stat
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from os import PathLike
from pathlib import PurePath
from typing import BinaryIO

from drift.errors import UnreadableError, UsageError
from drift.read import MAX_BYTES

__all__ = ["Source", "list_sources", "read_bytes", "source_of", "written_by_drift"]

STDIN = "-"
ENDINGS = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"})
LISTED = ", ".join(sorted(ENDINGS))
OWN_NAMES = ("drift-baseline", "drift-report", "drift-review")  # what drift writes beside articles itself


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read."""

    id: str
    path: str  # as the user gave it, "-" for standard input
    named: bool  # named by the user, not merely found in a folder


def source_of(path: str | PathLike[str], id: str | None = None) -> Source:
    """Name the source for one path, which must not be a folder (UsageError DR113)."""
    path = os.fspath(path)
    if path != STDIN and os.path.isdir(path):
        raise UsageError("DR113", f"{printable(path)} is a folder; read its files with read_paths or drift.report.")
    return Source(id or _name(path), path, named=True)


def list_sources(paths: Iterable[str | PathLike[str]], skipped: Callable[[str], None]) -> list[Source]:
    """Every file meant by `paths`, once each, with unique ids, in order of id."""
    named: dict[str, str] = {}  # absolute path -> path as given: the same file twice is one copy
    found: dict[str, str] = {}
    given = sorted({os.fspath(path) for path in paths})
    if not given:
        raise UsageError("DR112", "No file given; name the copies of one article, or a folder that holds them.")
    for path in given:
        if path != STDIN and os.path.isdir(path):
            found.update((os.path.abspath(file), file) for file in _files_in(path, skipped))
        else:
            named[path if path == STDIN else os.path.abspath(path)] = path
    files = {**found, **named}
    ids = _unique_ids(sorted(files))
    return sorted((Source(ids[key], files[key], key in named) for key in files), key=lambda source: source.id)


def _files_in(folder: str, skipped: Callable[[str], None]) -> list[str]:
    """Paths of the article files directly in a folder; hidden files are passed over in silence."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise UnreadableError("DR103", f"The folder {printable(folder)} cannot be opened: {_reason(error)}.") from error
    files = []
    for name in names:
        path = os.path.join(folder, name)
        stem, ending = os.path.splitext(name)
        if name.startswith("."):
            continue
        if os.path.isdir(path):
            skipped(f"{printable(path)} was left out: folders inside folders are not searched; name it to read it.")
        elif stem.casefold().startswith("readme"):
            skipped(f"{printable(path)} was left out: it describes the folder and is no article.")
        elif stem.casefold().startswith(OWN_NAMES):
            skipped(f"{printable(path)} was left out: it was written by drift.")
        elif ending.casefold() not in ENDINGS:
            skipped(f"{printable(path)} was left out: folders give {LISTED} only; name it to read it.")
        else:
            files.append(path)
    if not files:
        raise UnreadableError(
            "DR107", f"The folder {printable(folder)} has no article in it (looked for {LISTED})."
        )
    return files


def _unique_ids(files: list[str]) -> dict[str, str]:
    """File -> id: the shortest of name, name with ending, and ever more folders before it, that tells files apart.

    Depends on the set of files alone, never on the order in which they were given.
    """
    ids: dict[str, str] = {}
    waiting, depth = files, 0
    while waiting:
        names = {file: _name(file, depth) for file in waiting}
        counts: dict[str, int] = {}
        for name in [*names.values(), *ids.values()]:
            counts[name] = counts.get(name, 0) + 1
        longest = max((len(PurePath(file).parts) for file in waiting), default=0)
        for file in waiting:
            if counts[names[file]] == 1:
                ids[file] = names[file]
            elif depth > longest:  # names that differ only in characters that cannot be printed
                rank = 2 + sum(other < file for other in waiting if names[other] == names[file])
                ids[file] = f"{names[file]}~{rank}"
        waiting = [file for file in waiting if file not in ids]
        depth += 1
    return ids


def _name(path: str, depth: int = 0) -> str:
    """Say what a file is called: 0 its name without ending, 1 with its ending, 2 and more with folders before it."""
    if path == STDIN:
        return "stdin"
    pure = PurePath(path)
    if depth == 0:
        name = pure.stem if pure.suffix.casefold() in ENDINGS else pure.name
    else:
        name = "/".join(pure.parts[-depth:])
    return printable(unicodedata.normalize("NFC", name)).replace(" ", "_") or "copy"


def printable(path: str) -> str:
    """Write a path as it can stand in any report: undecodable bytes and control characters become visible escapes."""
    shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in shown)


def read_bytes(source: Source) -> bytes:
    """Read a source, at most MAX_BYTES; never blocks on a pipe and never reads a device."""
    if source.path == STDIN:
        return _checked(sys.stdin.buffer, "Standard input")
    shown = printable(source.path)
    # Non-blocking: opening a pipe that nobody writes to would wait for ever. The open file is what gets checked, so
    # that nothing can be swapped in between.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(source.path, flags)
    except FileNotFoundError as error:
        if source.named:
            raise UnreadableError("DR101", f"There is no file {shown}; check the path.") from error
        raise UnreadableError("DR111", f"{shown} vanished after the folder was listed; run again.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnreadableError("DR103", f"{shown} cannot be opened: {_reason(error)}.") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnreadableError(
                "DR102", f"{shown} is a pipe, a device or a socket, not a file; save its text, or pipe it in as -."
            )
        return _checked(file, shown)


def _checked(file: BinaryIO, shown: str) -> bytes:
    try:
        data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError("DR103", f"{shown} cannot be read: {_reason(error)}.") from error
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            "DR104", f"{shown} is larger than {MAX_BYTES // 1_000_000} MB, too large for an article; cut it down first."
        )
    if not data.strip():
        raise UnreadableError("DR105", f"{shown} is empty; there is nothing to compare.")
    return data


def written_by_drift(data: bytes) -> bool:
    """Whether a file is an HTML report of drift's own (`<meta name="generator" content="drift …">`)."""
    return b'name="generator" content="drift' in data[:4096]


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
