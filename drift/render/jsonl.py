"""One finding a line, each with its sentences, for `jq`, pandas and streams; all findings, in reading order."""

from __future__ import annotations

import json as plain_json

from drift.records import Report
from drift.render.json import escaped, finding
from drift.render.safe import encodable
from drift.render.view import findings_of, text_of, translation_of

__all__ = ["render"]


def render(report: Report) -> str:
    """Return a JSON object a line: the finding as in the report, and where it is."""
    lines = []
    paths = {c.id: c.copy.path for c in report.copies}
    for drift, bead, found in findings_of(report):
        line = {
            "copy": encodable(drift.id),
            "copy_path": encodable(drift.copy.path),
            "language": drift.copy.language,
            "witness": encodable(bead.witness),
            "witness_path": encodable(paths.get(bead.witness, "")),
            "bead": bead.kind,
            "reference_sentences": [s.index for s in bead.reference],
            "copy_sentences": [s.index for s in bead.copy],
            "reference": encodable(text_of(bead.reference)),
            "text": encodable(text_of(bead.copy)),
            "translation": encodable(translation_of(bead)) or None,
            **finding(found),
        }
        lines.append(escaped(plain_json.dumps(line, ensure_ascii=False, allow_nan=False)))
    return "".join(f"{line}\n" for line in lines)
