"""Sentences with their changed words in [brackets], for failures that are read in a log."""

from __future__ import annotations

from collections.abc import Iterable

from drift.records import Finding, PairDrift
from drift.render.marks import Piece, cut
from drift.render.safe import one_line

__all__ = ["bracketed", "marked_pair"]


def bracketed(pieces: Iterable[Piece]) -> str:
    """The text of the pieces, marked ones in brackets; neighbours share theirs."""
    written, inside = [], False
    for piece in pieces:
        if bool(piece.findings) != inside:
            inside = not inside
            written.append("[" if inside else "]")
        written.append(piece.text)
    return "".join(written) + ("]" if inside else "")


def marked_pair(pair: PairDrift, findings: Iterable[Finding] | None = None) -> str:
    """The two sentences, one under the other, and a line for each finding (default: all that count)."""
    from drift.render.view import counts, percent, short, worst_first

    shown = worst_first(f for f in pair.findings if counts(f)) if findings is None else worst_first(findings)
    sides = [
        ("reference", cut(pair.reference, 0, [(f.reference_span, i) for i, f in enumerate(shown)])),
        ("hypothesis", cut(pair.hypothesis, 0, [(f.copy_span, i) for i, f in enumerate(shown)])),
    ]
    if pair.source is not None:
        sides.append(("source", [Piece(pair.source)]))
    lines = [f"  {name:<10}  {one_line(bracketed(pieces))}" for name, pieces in sides]
    lines += [one_line(f"  {f.severity} {f.category} {percent(f.confidence)}: {short(f.message)}") for f in shown]
    return "\n".join(lines)
