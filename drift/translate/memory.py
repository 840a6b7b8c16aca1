"""The translation memory: no sentence is translated twice by the same instrument. One SQLite file.

It is a cache of what can be made again, so it never stops the work: what cannot be read is set aside and begun anew,
what cannot be written is gone without, and the user is told either way. Write-ahead logging lets several processes
read and write at once; a kill at any moment loses at most the sentences since the last of many small commits.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from drift.errors import UsageError
from drift.records import Translation
from drift.translate.base import Progress, Translator
from drift.translate.normalise import normalise

__all__ = ["Key", "Memory", "Remembering", "Unit", "default_memory_path"]

_T = TypeVar("_T")
_APPLICATION = 0x64726966  # "drif": says whose SQLite file this is
_COLUMNS = "engine, model, revision, settings, source_language, target_language, source, target, logprob, flags"
_SCHEMA = """CREATE TABLE IF NOT EXISTS unit (
    engine TEXT NOT NULL, model TEXT NOT NULL, revision TEXT NOT NULL, settings TEXT NOT NULL,
    source_language TEXT NOT NULL, target_language TEXT NOT NULL, source TEXT NOT NULL,
    target TEXT NOT NULL, logprob REAL, flags TEXT NOT NULL,
    PRIMARY KEY (engine, model, revision, settings, source_language, target_language, source)) WITHOUT ROWID"""
_WAIT_S = 30.0
_COMMIT_EVERY = 16  # sentences


@dataclass(frozen=True, slots=True)
class Key:
    """Everything that decides what a source sentence becomes."""

    engine: str
    model: str
    revision: str
    settings: str
    source_language: str
    target_language: str

    @classmethod
    def of(cls, translator: Translator) -> Key:
        """The key under which a translator's sentences are remembered."""
        return cls(translator.engine, translator.model, translator.revision or "",
                   str(getattr(translator, "settings", "")), translator.source, translator.target)


@dataclass(frozen=True, slots=True)
class Unit:
    """One remembered sentence."""

    key: Key
    source: str
    target: str
    logprob: float | None = None
    flags: tuple[str, ...] = ()


def default_memory_path() -> Path:
    """`memory.sqlite` in the user's cache folder; not created here."""
    from drift.translate.convert import cache_folder

    return cache_folder() / "memory.sqlite"


class Memory:
    """One file of remembered sentences; opened on first use, safe for threads and processes."""

    def __init__(self, path: str | Path, *, note: Callable[[str], None] | None = None) -> None:
        self.path = Path(path).expanduser()
        self.notes: list[str] = []
        self._tell = note
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._owner = 0  # process that opened the connection: SQLite's must not cross a fork
        self._given_up = False

    def look_up(self, key: Key, sources: Iterable[str]) -> dict[str, Unit]:
        """The units that are there, by source sentence."""
        wanted = list(dict.fromkeys(sources))

        def read(connection: sqlite3.Connection) -> dict[str, Unit]:
            found: dict[str, Unit] = {}
            for source in wanted:
                row = connection.execute(
                    f"SELECT {_COLUMNS} FROM unit WHERE engine=? AND model=? AND revision=? AND settings=? "
                    "AND source_language=? AND target_language=? AND source=?", (*_values(key), source)).fetchone()
                if row is not None:
                    found[source] = _unit(row)
            return found

        return self._run(read) or {}

    def add(self, units: Iterable[Unit]) -> None:
        """Remember; a unit with the same key and source replaces the older one."""
        rows = [(*_values(u.key), u.source, u.target, u.logprob, " ".join(u.flags)) for u in units]

        def write(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany(f"INSERT OR REPLACE INTO unit ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)", rows)

        self._run(write)

    def units(self) -> list[Unit]:
        """All of them, in the order of their keys."""
        order = _COLUMNS.split(", target,")[0]
        return self._run(lambda c: [_unit(r) for r in c.execute(f"SELECT {_COLUMNS} FROM unit ORDER BY {order}")]) or []

    def __len__(self) -> int:
        return self._run(lambda c: int(c.execute("SELECT count(*) FROM unit").fetchone()[0])) or 0

    def close(self) -> None:
        with self._lock:
            if self._connection is not None and self._owner == os.getpid():
                self._connection.close()
            self._connection = None

    def _run(self, work: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Do something with the open file; None where the memory cannot be used (which has been told)."""
        with self._lock:
            for last in (False, True):
                if self._given_up:
                    return None
                try:
                    return work(self._open())
                except (sqlite3.OperationalError, OSError) as error:
                    self._give_up(f"The translation memory {self.path} cannot be used ({error}); going on without.")
                except sqlite3.DatabaseError as error:
                    self.close()
                    if last:
                        self._give_up(f"The translation memory {self.path} stays damaged ({error}); going on without.")
                    else:
                        self._set_aside()
        return None

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._owner == os.getpid():
            return self._connection
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=_WAIT_S, check_same_thread=False)
        try:
            _prepare(connection, self.path)
        except BaseException:
            connection.close()
            raise
        self._connection, self._owner = connection, os.getpid()
        return connection

    def _set_aside(self) -> None:
        """Rename a damaged file, once, however many processes have found it damaged."""
        if not _ours_by_name(self.path):
            raise UsageError("DR211", f"{self.path} is not a translation memory; pass --memory a new path.")
        with _only_one(self.path):
            if _sound(self.path):  # another process was faster
                return
            aside = next(p for i in range(1, 10_000)
                         if not (p := self.path.with_name(f"{self.path.name}.damaged-{i}")).exists())
            for ending in ("-wal", "-shm"):  # first, or they might be those of another process's new file
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            with contextlib.suppress(FileNotFoundError):
                self.path.rename(aside)
        self._say(f"The translation memory {self.path} was damaged; it is kept as {aside.name} and begun anew.")

    def _give_up(self, why: str) -> None:
        self.close()
        self._given_up = True
        self._say(why)

    def _say(self, text: str) -> None:
        self.notes.append(text)
        if self._tell is not None:
            self._tell(text)


class Remembering:
    """A `Translator` that asks the memory first; it looks like the one inside."""

    def __init__(self, inner: Translator, memory: Memory) -> None:
        self.inner, self.memory = inner, memory
        self.engine, self.model, self.revision = inner.engine, inner.model, inner.revision
        self.source, self.target = inner.source, inner.target
        self.settings = str(getattr(inner, "settings", ""))
        self._key = Key.of(inner)

    def translate(self, sentences: Sequence[str], *, progress: Progress | None = None) -> list[Translation]:
        """Translate what is not remembered, a few sentences to a commit."""
        texts = [normalise(s) for s in sentences]
        known = self.memory.look_up(self._key, texts)
        missing = [t for t in dict.fromkeys(texts) if t not in known]
        if progress is not None:
            progress(len(texts) - len(missing))
        for start in range(0, len(missing), _COMMIT_EVERY):
            part = missing[start:start + _COMMIT_EVERY]
            made = self.inner.translate(part, progress=progress)
            new = [Unit(self._key, s, t.text, t.logprob, t.flags) for s, t in zip(part, made, strict=True)]
            self.memory.add(new)
            known |= {u.source: u for u in new}
        return [Translation(known[t].target, self.engine, self.model, self.revision, known[t].logprob, known[t].flags)
                for t in texts]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[list[tuple[str, float]]] | None:
        return self.inner.score(sources, targets)


def _values(key: Key) -> tuple[str, ...]:
    return (key.engine, key.model, key.revision, key.settings, key.source_language, key.target_language)


def _unit(row: tuple[object, ...]) -> Unit:
    logprob = row[8]
    return Unit(Key(*(str(v) for v in row[:6])), str(row[6]), str(row[7]),
                float(logprob) if isinstance(logprob, (int, float)) else None, tuple(str(row[9]).split()))


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the file ours, or refuse a database that is somebody else's."""
    # In one transaction: another process may be at the same file at the same moment.
    connection.execute("BEGIN")
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    connection.execute("ROLLBACK")
    if owner != _APPLICATION and tables:
        raise UsageError("DR211", f"{path} is another program's database; pass --memory a new path.")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    if not tables:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id={_APPLICATION}")
        connection.execute(_SCHEMA)
        connection.execute("COMMIT")


def _ours_by_name(path: Path) -> bool:
    """Whether a file that SQLite cannot read was one: never rename a user's article because of a mistyped option."""
    if path.suffix in (".sqlite", ".sqlite3", ".db"):
        return True
    with path.open("rb") as stream:
        return stream.read(15) == b"SQLite format 3"


def _sound(path: Path) -> bool:
    try:
        connection = sqlite3.connect(path, timeout=_WAIT_S)
        try:
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        return False


@contextlib.contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Hold a lock file beside `path`; where the system has no flock, go on without."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
