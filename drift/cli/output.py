"""Where a command's output goes: standard output or files, and what is checked before any work is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from drift.errors import UsageError

__all__ = ["Target", "emit", "parse_targets"]


@dataclass(frozen=True, slots=True)
class Target:
    """One format and where it goes."""

    format: str
    path: str | None  # None: standard output


def parse_targets(formats: Sequence[str], output: str | None, inputs: Iterable[str]) -> list[Target]:
    """`-f NAME`, `-f NAME=FILE` and `-o FILE` -> targets; refuses what would overwrite an input or fail at the end.

    Without `-f` the ending of `-o FILE` says the format, else it is text. Raises UsageError (DR501, DR904 … DR907).
    """
    from drift.render import FORMATS

    targets = []
    for given in formats or [_format_of(output, FORMATS)]:
        name, equals, path = given.partition("=")
        if name not in FORMATS:
            raise UsageError("DR501", f"there is no format {name!r}; there are: {', '.join(FORMATS)}")
        if equals and not path:
            raise UsageError("DR906", f"-f {given} names no file; write -f {name}=FILE")
        targets.append(Target(name, path if equals else output))
    places = [t.path for t in targets]
    for place in places:
        if places.count(place) > 1:
            where = "standard output" if place is None else place
            raise UsageError(
                "DR904", f"several formats would go to {where}; give each a file: -f {targets[0].format}=FILE"
            )
    if output is not None and output not in places:
        raise UsageError("DR907", f"nothing would go to -o {output}: every -f names a file of its own")
    for target in targets:
        if target.path is not None:
            _check(target.path, inputs)
    return targets


def emit(text: str) -> None:
    """Write to standard output as UTF-8; a reader that went away (`| head`) is no error, and changes no exit code."""
    from drift.render.safe import encodable

    try:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        sys.stdout.write(encodable(text))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _format_of(output: str | None, formats: Iterable[str]) -> str:
    from drift.render import FORMATS

    ending = Path(output).suffix.lower() if output else ""
    return next((name for name in formats if FORMATS[name].ending == ending), "text")


def _check(path: str, inputs: Iterable[str]) -> None:
    """Fail before the work rather than after it: a folder that is not there, an input that would be overwritten."""
    target = Path(path)
    if target.is_dir():
        raise UsageError("DR905", f"{path} is a folder; name a file to write")
    if not target.parent.is_dir():
        raise UsageError(
            "DR905", f"there is no folder {str(target.parent)!r} to write {target.name} into; make it first"
        )
    if target.exists() and any(Path(i).is_file() and target.samefile(i) for i in inputs if i != "-"):
        raise UsageError("DR905", f"{path} is one of the copies; writing the report there would destroy it")
