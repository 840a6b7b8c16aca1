"""MQM annotations in Marot's columns, so that annotation tools open them and people can correct them.

https://github.com/google-research/google-research/tree/master/marot (Data file format); marked spans stand in
``<v>…</v>``, as in https://github.com/google/wmt-mqm-human-evaluation. The reference stands where MQM has the source;
the copy, in its own language, where it has the translation. A sentence without a finding has one row saying so, as the
averages need it. What a person rejected, and what is our translation's doing, is no annotation of the copy: left out.
"""

from __future__ import annotations

import json
from typing import Any, Final

from drift.records import Bead, CopyDrift, Finding, Report
from drift.render.marks import Piece, copy_side, reference_side
from drift.render.safe import one_line
from drift.render.view import counts, translation_of
from drift.typology import MQM

__all__ = ["COLUMNS", "render"]

COLUMNS: Final = ("system", "doc", "docSegId", "globalSegId", "rater", "source", "target", "category", "severity",
                  "metadata")
RATER: Final = "drift"


def render(report: Report) -> str:
    """Return the ten columns with their header line."""
    lines = ["\t".join(COLUMNS)]
    for drift in report.copies:
        for bead in drift.beads if drift.role == "copy" else ():
            kept = [(i, f) for i, f in enumerate(bead.findings) if counts(f)]
            for place, found in kept:
                lines.append(_row(drift, bead, place, found))
            if not kept and bead.reference and bead.copy:
                lines.append(_row(drift, bead, -1, None))
    return "".join(f"{line}\n" for line in lines)


def _row(drift: CopyDrift, bead: Bead, place: int, found: Finding | None) -> str:
    number = bead.reference[0].index + 1 if bead.reference else 0  # 0: the reference has no such sentence
    metadata: dict[str, Any] = {"translation": translation_of(bead)} if translation_of(bead) else {}
    if found is not None:
        words = found.copy_span or found.reference_span
        metadata |= {"note": found.message, "marked_text": words.text if words else "", "id": found.id,
                     "confidence": round(found.confidence, 4), "attribution": found.attribution, "status": found.status}
    cells = [
        drift.id, bead.witness, str(number), str(number), RATER,
        _tagged(reference_side(bead, lambda f: f is found), place),
        _tagged(copy_side(bead, lambda f: f is found), place),
        _named(MQM[found.category]) if found else "no-error", found.severity.capitalize() if found else "no-error",
        json.dumps(metadata, ensure_ascii=False, sort_keys=True),
    ]
    return "\t".join(one_line(cell) for cell in cells)


def _tagged(pieces: list[Piece], place: int) -> str:
    """Write marked text in <v>…</v>; the format knows no escape, so a <v> of the article's own gets other brackets."""
    text = ""
    for piece in pieces:
        words = piece.text.replace("<v>", "‹v›").replace("</v>", "‹/v›")
        text += f"<v>{words}</v>" if place in piece.findings else words
    return text


def _named(error_type: str) -> str:
    return "/".join(part.replace("-", " ").capitalize() for part in error_type.split("/"))
