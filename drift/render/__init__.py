"""A `Report` -> one format: what people read and what their tools read. Nothing here computes a score or a finding.

    text = render(report, "text")                       # one string
    write(report, "html", "report.html")                # the same, into a file, all of it or nothing
    again = drift.render.json.load("report.json")       # the records back

Every format shows the same findings in the same order. Article text is hostile input: each format escapes it in its own
way, and control characters never reach a terminal, a page or a spreadsheet (see `drift.render.safe`).
"""

from __future__ import annotations

import inspect
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from drift.errors import ResourceError, UsageError
from drift.records import Report

__all__ = ["FORMATS", "Format", "render", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a report down."""

    description: str  # one phrase, for `--help`
    ending: str  # of a file that holds it, with its dot

    def __str__(self) -> str:
        return self.description


FORMATS: Final[Mapping[str, Format]] = MappingProxyType({
    "text": Format("for the terminal: the verdict and the worst sentences", ".txt"),
    "html": Format("one self-contained page: verdict, map, side by side", ".html"),
    "json": Format("everything, for programs; drift reads it back", ".json"),
    "jsonl": Format("one finding a line, for programs", ".jsonl"),
    "md": Format("for a pull-request comment: short, with collapsed details", ".md"),
    "tsv": Format("MQM columns with marked spans, for annotation tools", ".tsv"),
    "csv": Format("one finding a row, for spreadsheets", ".csv"),
    "sarif": Format("SARIF 2.1.0, for annotations on the lines of the articles", ".sarif"),
    "junit": Format("JUnit XML, one test a sentence, for CI", ".xml"),
})


def render(report: Report, format: str = "text", **options: Any) -> str:
    """Write `report` down in one of `FORMATS`; the same report gives the same string.

    Options are those of the format's own `render` (``limit``, ``width``, ``color`` for text, …). An unknown format is a
    `UsageError` DR501, an option that the format does not have is DR502.
    """
    function = _renderer(format)
    known = [name for name, p in inspect.signature(function).parameters.items() if p.kind is p.KEYWORD_ONLY]
    for name in options:
        if name not in known:
            has = f"its options are {', '.join(known)}" if known else "it has no options"
            raise UsageError("DR502", f"the format {format!r} has no option {name!r}; {has}")
    return function(report, **options)


def write(report: Report, format: str, path: str | os.PathLike[str], **options: Any) -> None:
    """Render into a file: written beside it first and then put in its place, so that no half-written file remains.

    `ResourceError` DR503 where the file cannot be written.
    """
    replace(path, render(report, format, **options))


def replace(path: str | os.PathLike[str], content: str) -> None:
    """Put `content` (UTF-8, line ends as they are) into the file at `path`, in one step; DR503 where that fails."""
    target = Path(path)
    if target.is_symlink():
        target = target.resolve()  # replace what the link points to, not the link
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(content)
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(name)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise


def _unwritable(path: str | os.PathLike[str], error: OSError) -> ResourceError:
    return ResourceError("DR503", f"cannot write {os.fspath(path)!r}: {error.strerror or error}; nothing was changed")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _renderer(format: str) -> Callable[..., str]:
    if format not in FORMATS:
        raise UsageError("DR501", f"there is no format {format!r}; there are: {', '.join(FORMATS)}")
    function: Callable[..., str] = import_module(f"drift.render.{format}").render
    return function
