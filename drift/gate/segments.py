"""Line-aligned test sets in the formats that MT people have; every reader gives one string per segment, in order:

    read_segments("ref.txt", side="reference")        # one segment a line
    read_segments("set.tsv#2", side="source")         # second column, or its name: set.tsv#source
    read_segments("set.jsonl#mt", side="hypothesis")  # a field
    read_segments("memory.tmx", side="reference")     # TMX, XLIFF, PO: #source or #target (translate-toolkit)
    read_test_set("wmt19", "fr-en")                   # what sacrebleu has downloaded: sources and references

Nothing is skipped and nothing is cut to the shorter side; what does not line up is for the caller to refuse.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from drift.errors import ModelError, ResourceError, UnreadableError, UsageError

__all__ = ["Side", "read_segments", "read_test_set"]

Side = Literal["source", "reference", "hypothesis"]

# Names that a column or field goes by, where none is given, best first.
USUAL: Final[Mapping[Side, tuple[str, ...]]] = {
    "source": ("source", "src"),
    "reference": ("reference", "ref", "target", "tgt"),
    "hypothesis": ("hypothesis", "hyp", "mt", "translation", "prediction", "target", "tgt"),
}
TOOLKIT: Final[Mapping[str, tuple[str, str]]] = {
    ".tmx": ("tmx", "tmxfile"), ".po": ("po", "pofile"), ".pot": ("po", "pofile"), ".xlf": ("xliff", "xlifffile"),
    ".xliff": ("xliff", "xlifffile"), ".sdlxliff": ("xliff", "xlifffile"),
}
_ENTITY: Final = re.compile(rb"<\s*!\s*(ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)


def read_segments(where: str | os.PathLike[str], *, side: Side) -> list[str]:
    """Read one side of a test set; the ending of the file says its format, "#" names a column, a field or a side.

    Raises UnreadableError DR620 (cannot be read), DR621 (not what its ending says), UsageError DR622 (no such column),
    ModelError DR623 (translate-toolkit is not installed).
    """
    path, column = _split(os.fspath(where))
    ending = Path(path).suffix.lower()
    data = _bytes(path)
    if ending in TOOLKIT:
        return _toolkit(path, data, ending, column, side)
    readers: Mapping[str, Callable[..., list[str]]] = {".tsv": _tsv, ".tab": _tsv, ".jsonl": _jsonl, ".ndjson": _jsonl}
    text = _text(path, data)
    if ending in readers:
        return readers[ending](path, text, column, side)
    if column is not None:
        raise UsageError("DR622", f"{path} is read as plain lines and has no column {column!r}; its name should end in "
                                  ".tsv, .jsonl, .tmx, .xlf or .po")
    return _lines(text)


def _split(where: str) -> tuple[str, str | None]:
    if "#" not in where or Path(where).exists():
        return where, None
    path, _, column = where.rpartition("#")
    return path, column


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UnreadableError("DR620", f"cannot read {path!r}: {error.strerror or error}") from error


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("DR620", f"{path} is not UTF-8 (byte {error.start}); convert it first") from error


def _lines(text: str) -> list[str]:
    """Split at line feeds only: other line ends of Unicode may stand inside a segment."""
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def _tsv(path: str, text: str, column: str | None, side: Side) -> list[str]:
    rows = [line.split("\t") for line in _lines(text)]
    if not rows:
        return []
    if column is not None and column.isdecimal():
        place, body = int(column) - 1, rows
        if not 0 <= place < len(rows[0]):
            raise UsageError("DR622", f"{path} has {len(rows[0])} columns, no column {column}")
    else:
        names = USUAL[side] if column is None else (column,)
        header = [cell.strip().casefold() for cell in rows[0]]
        found = next((header.index(n.casefold()) for n in names if n.casefold() in header), None)
        if found is None:
            problem = f"no column {column!r} in its first line" if column else f"no column named {' or '.join(names)}"
            raise UsageError("DR622", f"{path} has {problem}; name one by its number, such as {path}#1")
        place, body = found, rows[1:]
    for number, row in enumerate(rows, 1):
        if len(row) <= place:
            raise UnreadableError("DR621", f"line {number} of {path} has {len(row)} columns, not {place + 1}")
    return [row[place] for row in body]


def _jsonl(path: str, text: str, column: str | None, side: Side) -> list[str]:
    names = USUAL[side] if column is None else (column,)
    segments = []
    for number, line in enumerate(_lines(text), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UnreadableError("DR621", f"line {number} of {path} is not JSON: {error}") from error
        if isinstance(row, str) and column is None:
            segments.append(row)
            continue
        name = next((n for n in names if isinstance(row, dict) and isinstance(row.get(n), str)), None)
        if name is None:
            raise UsageError("DR622", f"line {number} of {path} has no text in a field {' or '.join(names)}; name one: "
                                      f"{path}#FIELD")
        segments.append(row[name])
    return segments


def _toolkit(path: str, data: bytes, ending: str, column: str | None, side: Side) -> list[str]:
    """TMX, XLIFF and PO, by translate-toolkit; units that no one translates (headers, obsolete ones) are left out."""
    wanted = column or ("source" if side == "source" else "target")
    if wanted not in ("source", "target"):
        raise UsageError("DR622", f"{path} has no side {wanted!r}; write {path}#source or {path}#target")
    module, name = TOOLKIT[ending]
    if module != "po" and _ENTITY.search(data.replace(b"\0", b"")):  # UTF-16 has a zero in every other byte
        raise UnreadableError("DR621", f"{path} declares entities, which may stand for anything; drift does not read "
                                       "such files")
    try:
        from importlib import import_module

        store = getattr(import_module(f"translate.storage.{module}"), name)
    except ImportError as error:
        raise ModelError("DR623", f"reading {ending} needs translate-toolkit: pip install 'translation-drift[formats]'"
                         ) from error
    try:
        units = store.parsestring(data).units
    except Exception as error:  # lxml's, the toolkit's own and plain ValueErrors, depending on what is wrong
        raise UnreadableError("DR621", f"{path} is not a {ending[1:].upper()} file: {_first_line(error)}") from error
    kept = [u for u in units if u.source and not u.isheader() and not u.isobsolete() and u.istranslatable()]
    return [_one_line(getattr(u, wanted)) for u in kept]


def _one_line(value: Any) -> str:
    return " ".join(str(value or "").split())


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip().split("\n")[0]


def read_test_set(name: str, pair: str) -> tuple[list[str], list[str]]:
    """Sources and (first) references of a test set that sacrebleu has downloaded; nothing is downloaded here.

    UsageError DR624: sacrebleu knows no such set or pair; ResourceError DR625 says how to get it.
    """
    from sacrebleu import DATASETS

    if name not in DATASETS:
        raise UsageError("DR624", f"sacrebleu has no test set {name!r}; `sacrebleu --list` names them")
    dataset = DATASETS[name]
    if pair not in dataset.langpairs:
        some = ", ".join(sorted(dataset.langpairs)[:12])
        raise UsageError("DR624", f"the test set {name} has no language pair {pair!r}; it has {some}")
    fields = dataset.fieldnames(pair)
    reference = next(field for field in fields if field.startswith("ref"))
    paths = [dataset._get_txt_file_path(pair, field) for field in ("src", reference)]
    if not all(Path(p).is_file() for p in paths):
        raise ResourceError("DR625", f"the test set {name} {pair} is not on this machine; get it with "
                                     f"`sacrebleu -t {name} -l {pair} --echo src`")
    source, target = (_lines(_text(p, _bytes(p))) for p in paths)
    return source, target
