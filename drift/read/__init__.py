"""Bytes -> `Copy`: encodings, plain text, HTML, boilerplate, language, sentences with exact offsets."""

from __future__ import annotations

from pathlib import Path

from drift.records import Copy

__all__ = ["read", "read_paths"]


def read(path: str | Path, *, language: str | None = None, id: str | None = None) -> Copy:
    """Read one file ("-" is stdin) into a `Copy`. Raises UnreadableError."""
    raise NotImplementedError


def read_paths(paths: list[str | Path], *, languages: dict[str, str] | None = None) -> list[Copy]:
    """Read files and folders into copies with unique ids, in order of id."""
    raise NotImplementedError
