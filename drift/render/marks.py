"""Which stretches of a bead's texts the findings point at: texts cut into marked and unmarked pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from drift.records import Bead, Finding, Sentence, Span

__all__ = ["Piece", "copy_side", "cut", "excerpt", "is_marked", "reference_side", "translation_side"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the findings, by their index in the bead, that point at it; none: unmarked."""

    text: str
    findings: tuple[int, ...] = ()


Keep = Callable[[Finding], bool]


def reference_side(bead: Bead, keep: Keep) -> list[Piece]:
    """Cut the reference's sentences, joined by a space; only findings that `keep` lets through mark anything."""
    return _sentences(bead.reference, [(f.reference_span, i) for i, f in enumerate(bead.findings) if keep(f)])


def copy_side(bead: Bead, keep: Keep) -> list[Piece]:
    """Cut the copy's own sentences, in its own language, joined by a space."""
    return _sentences(bead.copy, [(f.copy_span, i) for i, f in enumerate(bead.findings) if keep(f)])


def translation_side(bead: Bead, keep: Keep) -> list[Piece]:
    """Cut the copy's sentences as they were translated, joined by a space; [] where nothing was translated."""
    if all(s.translation is None for s in bead.copy):
        return []
    text = " ".join(s.english for s in bead.copy)
    spans = [(f.translation_span, i) for i, f in enumerate(bead.findings) if keep(f)]
    return cut(text, 0, spans)


def is_marked(pieces: Iterable[Piece]) -> bool:
    """Whether any piece is marked."""
    return any(p.findings for p in pieces)


def _sentences(sentences: Sequence[Sentence], spans: Sequence[tuple[Span | None, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    for number, sentence in enumerate(sentences):
        if number:
            pieces.append(Piece(" "))
        pieces.extend(cut(sentence.text, sentence.start, spans))
    return _merged(pieces)


def cut(text: str, offset: int, spans: Sequence[tuple[Span | None, int]]) -> list[Piece]:
    """Cut `text`, which stands at `offset`, at the ends of the spans; a span outside it, or empty, marks nothing."""
    inside = []
    for span, index in spans:
        if span is not None:
            start, end = max(span.start - offset, 0), min(span.end - offset, len(text))
            if start < end:
                inside.append((start, end, index))
    ends = sorted({0, len(text), *(s for s, _, _ in inside), *(e for _, e, _ in inside)})
    return _merged([
        Piece(text[a:b], tuple(i for start, end, i in inside if start <= a and b <= end))
        for a, b in pairwise(ends)
    ])


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Join neighbours that carry the same findings."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and merged[-1].findings == piece.findings:
            merged[-1] = Piece(merged[-1].text + piece.text, piece.findings)
        elif piece.text:
            merged.append(piece)
    return merged


def excerpt(pieces: Sequence[Piece], *, room: int) -> list[Piece]:
    """Shorten unmarked stretches, with "…" where text was left out, so that the whole is about `room` characters.

    Marks survive, each with some words around it; a mark that is too long itself is cut in its middle.
    """
    if sum(len(p.text) for p in pieces) <= room:
        return list(pieces)
    share = max(12, room // (len(pieces) + 1))
    last = len(pieces) - 1
    short = []
    for place, piece in enumerate(pieces):
        if piece.findings:
            text = _middle(piece.text, max(share, room // 2))
        elif last == 0:
            text = _head(piece.text, room)
        elif place == 0:
            text = _tail(piece.text, share)
        elif place == last:
            text = _head(piece.text, share)
        else:
            text = _middle(piece.text, share)
        short.append(replace(piece, text=text))
    return short


def _head(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    cut = text[:room]
    end = cut.rfind(" ") if text[room] != " " else room
    return (cut[:end] if end > 0 else cut) + " …"  # at a word's end, unless the one word is too long


def _tail(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    cut = text[-room:]
    start = cut.find(" ") + 1 if text[-room - 1] != " " else 0
    return "… " + (cut[start:] if start < len(cut) else cut)


def _middle(text: str, room: int) -> str:
    if len(text) <= room + 3:
        return text
    return _head(text, room // 2) + " " + _tail(text, room // 2)[2:]
