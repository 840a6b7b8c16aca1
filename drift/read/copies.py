"""The reading stage, top to bottom: bytes -> text -> paragraphs -> languages, boilerplate, sentences -> `Copy`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from os import PathLike

from drift.errors import UnreadableError, UsageError
from drift.read.boilerplate import find_boilerplate
from drift.read.decode import decode, normalise
from drift.read.files import Source, list_sources, printable, read_bytes, source_of, written_by_drift
from drift.read.html import is_html, main_text
from drift.read.language import normalise_tag
from drift.read.paragraphs import Paragraph, paragraphs
from drift.read.sentences import split
from drift.read.tongues import Tongues, tongues_of
from drift.records import Copy, Sentence, Span

__all__ = ["copy_from_text", "read_all", "read_one"]


def read_one(path: str | PathLike[str], *, language: str | None, id: str | None) -> Copy:
    """See `drift.read.read`."""
    language = None if language is None else normalise_tag(language)
    source = source_of(path, id)
    return _copy(source, read_bytes(source), language)


def read_all(
    paths: Iterable[str | PathLike[str]], *, languages: Mapping[str, str], skipped: Callable[[str], None]
) -> list[Copy]:
    """See `drift.read.read_paths`."""
    codes = {id: normalise_tag(tag) for id, tag in languages.items()}
    sources = list_sources(paths, skipped)
    ids = [source.id for source in sources]
    for id in sorted(codes):
        if id not in ids:
            known = ", ".join(ids)
            raise UsageError("DR108", f"A language is given for {id!r}, but no copy has that id; there are: {known}.")
    copies = []
    for source in sources:
        try:
            data = read_bytes(source)
            if not source.named and written_by_drift(data):
                skipped(f"{printable(source.path)} was left out: it is a report of drift.")
                continue
            copies.append(_copy(source, data, codes.get(source.id)))
        except UnreadableError as error:
            if source.named:
                raise
            copies.append(Copy(source.id, printable(source.path), "", None, (), error=str(error)))
    if all(copy.error for copy in copies):
        reasons = " ".join(copy.error or "" for copy in copies[:3])
        raise UnreadableError("DR107", f"None of the files can be read: {reasons}")
    return copies


def _copy(source: Source, data: bytes, language: str | None) -> Copy:
    shown = "Standard input" if source.path == "-" else printable(source.path)
    text, encoding, note = decode(data, shown=shown)
    notes = [note] if note else []
    if is_html(text, source.path):
        text = normalise(main_text(text, shown=shown))
        notes.append("Main text taken out of the HTML page; places refer to that text.")
    return copy_from_text(
        text, id=source.id, path=printable(source.path), language=language, encoding=encoding, notes=notes
    )


def copy_from_text(
    text: str,
    *,
    id: str,
    path: str = "-",
    language: str | None = None,
    encoding: str = "utf-8",
    notes: Iterable[str] = (),
) -> Copy:
    """Make a `Copy` of a text in hand; it is stored normalised (NFC, line ends), and spans point into that."""
    text = normalise(text)
    blocks = paragraphs(text)
    tongues = tongues_of(blocks, language)
    junk = find_boilerplate(blocks, tongues)
    sentences = _sentences(text, blocks, junk, tongues)
    boilerplate = _merge(text, junk)
    return Copy(
        id=id,
        path=path,
        text=text,
        language=tongues.document,
        sentences=tuple(sentences),
        boilerplate=tuple(boilerplate),
        encoding=encoding,
        notes=(*notes, *tongues.notes, *_boilerplate_note(text, boilerplate)),
    )


def _sentences(text: str, blocks: list[Paragraph], junk: list[tuple[int, int]], tongues: Tongues) -> list[Sentence]:
    sentences: list[Sentence] = []
    number = 0
    for index, block in enumerate(blocks):
        start, end = _outside(block, junk)
        if start >= end:
            continue
        language = tongues.of(index)
        for a, b in split(text[start:end], language):
            sentences.append(
                Sentence(
                    index=len(sentences),
                    start=start + a,
                    end=start + b,
                    text=text[start + a : start + b],
                    paragraph=number,
                    language=language if language != tongues.document else None,
                )
            )
        number += 1
    return sentences


def _outside(block: Paragraph, junk: list[tuple[int, int]]) -> tuple[int, int]:
    """Return what is left of a paragraph: all, nothing, or its beginning where only its end is boilerplate."""
    for start, end in junk:
        if start <= block.start < end:
            return block.end, block.end
        if block.start < start < block.end:
            return block.start, start
    return block.start, block.end


def _merge(text: str, junk: list[tuple[int, int]]) -> list[Span]:
    """Boilerplate spans with nothing but blanks between them become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(junk):
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return [Span(start, end, text[start:end]) for start, end in merged]


def _boilerplate_note(text: str, boilerplate: list[Span]) -> list[str]:
    if not boilerplate:
        return []
    words = sum(len(span.text.split()) for span in boilerplate)
    whole = len(text.split())
    return [f"{words} of {whole} words are boilerplate (site furniture, not the article) and were not compared."]
