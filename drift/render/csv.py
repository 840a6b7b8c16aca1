"""One finding a row, for spreadsheets (RFC 4180). A cell that a spreadsheet would run as a formula is disarmed.

The disarming is OWASP's (https://owasp.org/www-community/attacks/CSV_Injection): an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from typing import Final

from drift.records import Report
from drift.render.safe import one_line
from drift.render.view import findings_of, sentence_numbers, text_of, translation_of
from drift.typology import MQM

__all__ = ["COLUMNS", "disarmed", "render"]

COLUMNS: Final = (
    "copy", "language", "witness", "sentence", "category", "mqm", "severity", "confidence", "attribution", "status",
    "message", "reference_words", "copy_words", "reference", "text", "translation", "evidence", "id",
)


def render(report: Report) -> str:
    """Return the table with a header row, all findings in reading order."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for drift, bead, found in findings_of(report):
        words = found.copy_span or found.translation_span
        writer.writerow([disarmed(cell) for cell in (
            drift.id, drift.copy.language or "", bead.witness, sentence_numbers(bead) if bead.reference else "",
            found.category, MQM[found.category], found.severity, f"{found.confidence:.4f}", found.attribution,
            found.status, found.message, found.reference_span.text if found.reference_span else "",
            words.text if words else "", text_of(bead.reference), text_of(bead.copy), translation_of(bead),
            "; ".join(found.evidence), found.id,
        )])
    return table.getvalue()


def disarmed(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; controls become visible, lines one line."""
    cell = one_line(cell)
    return f"'{cell}" if cell.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%") else cell
