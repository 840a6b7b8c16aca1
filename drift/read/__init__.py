r"""Bytes -> `Copy`: encodings, plain text, HTML, boilerplate, language, sentences with exact offsets.

    files ─list─▶ bytes ─decode─▶ text (NFC, "\n") ─▶ paragraphs ─┬─▶ language of the document and of each paragraph
                                                                 ├─▶ boilerplate at both ends
                                                                 └─▶ sentences

Nothing heavy is imported before a file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from os import PathLike

from drift.records import Copy

__all__ = ["MAX_BYTES", "read", "read_paths"]

MAX_BYTES = 10_000_000  # a file above this size is refused: no article has ten million characters


def read(path: str | PathLike[str], *, language: str | None = None, id: str | None = None) -> Copy:
    """Read one file ("-" is standard input) into a `Copy`.

    `language` (ISO 639-1, or any tag with such a meaning: fr-FR, fra, fra_Latn) overrides detection; `id` replaces the
    file's name without its ending. Raises UnreadableError (DR101 … DR107, DR110, DR111) for what cannot be used as text
    and UsageError (DR109) for an unknown language.
    """
    from drift.read.copies import read_one

    return read_one(path, language=language, id=id)


def read_paths(
    paths: Iterable[str | PathLike[str]],
    *,
    languages: Mapping[str, str] | None = None,
    skipped: Callable[[str], None] | None = None,
) -> list[Copy]:
    """Read files and folders into copies with unique ids, in order of id, whatever the order of `paths`.

    A folder gives the text and HTML files directly in it; what else lies there is left out, one sentence each to
    `skipped`. `languages` maps ids to languages and overrides detection. A file *named* in `paths` that cannot be read
    raises UnreadableError; one found *in a folder* becomes a `Copy` with `error` set and no sentences, so that it does
    not take the others down. Raises UsageError for an id in `languages` that no copy has (DR108), an unknown language
    (DR109) or no path at all (DR112), UnreadableError for a folder in which nothing can be read (DR107).
    """
    from drift.read.copies import read_all

    return read_all(paths, languages=languages or {}, skipped=skipped or (lambda _: None))
