"""The whole report as JSON (`drift.report/1`, see schema/report-1.json), and back into records.

The file carries the stored texts and every sentence, so that ``load(dump(report))`` is the report again, apart from
floats, which are rounded so that equal results are equal bytes on every machine.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final

from drift.errors import UnreadableError
from drift.records import Bead, Copy, CopyDrift, Finding, Metrics, Report, Sentence, Span
from drift.render.decode import BadValueError, decode
from drift.render.safe import encodable
from drift.typology import MQM

__all__ = ["SCHEMA", "dump", "escaped", "finding", "load", "loads", "plain", "render"]

SCHEMA: Final = "drift.report/1"
DIGITS: Final = 4  # of every float

# JSON allows these as they are, but a terminal acts on them and an editor hides them.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def render(report: Report) -> str:
    """Return the report as indented JSON text, ending in a newline."""
    return escaped(json.dumps(dump(report), ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def escaped(text: str) -> str:
    """Escape what JSON allows in a string but a terminal or an editor would obey."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def dump(report: Report) -> dict[str, Any]:
    """Return the report as plain dicts, lists, strings, numbers and None, in the layout of ARCHITECTURE.md."""
    return {
        "schema": SCHEMA,
        "signature": encodable(report.signature),
        "metric_signatures": plain(report.metric_signatures),
        "warnings": plain(report.warnings),
        "reference": {**_named(report.reference), "why": plain(report.why)},
        "copies": [_copy(c) for c in report.copies],
    }


def _named(copy: Copy) -> dict[str, Any]:
    return {"id": encodable(copy.id), "path": encodable(copy.path), "language": copy.language}


def _copy(drift: CopyDrift) -> dict[str, Any]:
    copy = drift.copy
    return {
        **_named(copy),
        "role": drift.role,
        "why": encodable(drift.why),
        "error": plain(copy.error),
        "notes": plain(copy.notes),
        "score": plain(drift.score),
        "coverage": plain(drift.coverage),
        "mqm_per_100_words": plain(drift.mqm_per_100_words),
        "metrics": plain(drift.metrics),
        "translator": plain(drift.translator),
        **({} if copy.control is None else {"control": plain(copy.control)}),
        "beads": [_bead(b) for b in drift.beads],
        "encoding": copy.encoding,
        "text": encodable(copy.text),
        "boilerplate": plain(copy.boilerplate),
        "sentences": [{k: v for k, v in plain(s).items() if k != "text"} for s in copy.sentences],
    }


def _bead(bead: Bead) -> dict[str, Any]:
    return {
        "kind": bead.kind,
        "witness": encodable(bead.witness),
        "moved": bead.moved,
        "reference": [_place(s) for s in bead.reference],
        "copy": [
            {**_place(s), "translation": None if s.translation is None else encodable(s.translation.text)}
            for s in bead.copy
        ],
        "similarity": plain(bead.similarity),
        "score": plain(bead.score),
        "metrics": plain(bead.metrics),
        "findings": [finding(f) for f in bead.findings],
    }


def _place(sentence: Sentence) -> dict[str, Any]:
    return {"index": sentence.index, "start": sentence.start, "end": sentence.end, "text": encodable(sentence.text)}


def finding(found: Finding) -> dict[str, Any]:
    """One finding as the report writes it."""
    return {
        "id": found.id,
        "category": found.category,
        "mqm": MQM[found.category],
        "severity": found.severity,
        "confidence": plain(found.confidence),
        "attribution": found.attribution,
        "evidence": plain(found.evidence),
        "reference_span": plain(found.reference_span),
        "copy_span": plain(found.copy_span),
        "translation_span": plain(found.translation_span),
        "message": encodable(found.message),
        "status": found.status,
        "detector": found.detector,
    }


def plain(value: Any) -> Any:
    """Turn records, tuples, numpy scalars and floats into what JSON has; not-a-number and infinity become None."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return encodable(str(value))
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {encodable(str(k)): plain(v) for k, v in value.items()}
    if isinstance(value, (set, frozenset)):
        return [plain(v) for v in sorted(value, key=str)]
    if isinstance(value, Sequence):
        return [plain(v) for v in value]
    if hasattr(value, "item"):  # a numpy scalar
        return plain(value.item())
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return round(value, DIGITS) + 0.0 if math.isfinite(value) else None  # + 0.0: no "-0.0"
    return encodable(str(value))


def load(path: str | os.PathLike[str]) -> Report:
    """Read a report that `render` wrote; `UnreadableError` DR504 names the place that is not as it must be."""
    name = os.fspath(path)
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UnreadableError("DR504", f"cannot read the report {name!r}: {reason}") from error
    return loads(text, name=name)


def loads(text: str, *, name: str = "the report") -> Report:
    """As `load`, from a string; `name` stands in error messages."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("DR504", f"{name} is not JSON: {error}; write it with -f json") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else None
        raise UnreadableError(
            "DR504", f"{name} is no report of this version (schema {found!r}, wanted {SCHEMA!r}); write it with -f json"
        )
    try:
        return _report(data)
    except BadValueError as error:
        raise UnreadableError("DR504", f"{name} is damaged: {error}; write it again with -f json") from error


def _report(data: Mapping[str, Any]) -> Report:
    entries = decode(list[dict[str, Any]], data.get("copies"), "copies")
    copies = [_read_copy(entry, f"copies[{i}]") for i, entry in enumerate(entries)]
    by_id = {copy.id: copy for copy in copies}
    reference = decode(dict[str, Any], data.get("reference"), "reference")
    if reference.get("id") not in by_id:
        raise BadValueError(f"reference.id: {reference.get('id')!r} is none of the copies")
    return Report(
        reference=by_id[reference["id"]],
        why=decode(dict[str, Any], reference.get("why"), "reference.why"),
        copies=tuple(
            _read_drift(copy, entry, by_id, f"copies[{i}]")
            for i, (copy, entry) in enumerate(zip(copies, entries, strict=True))
        ),
        signature=decode(str, data.get("signature"), "signature"),
        warnings=decode(tuple[str, ...], data.get("warnings", []), "warnings"),
        metric_signatures=decode(dict[str, str], data.get("metric_signatures", {}), "metric_signatures"),
    )


def _read_copy(entry: Mapping[str, Any], where: str) -> Copy:
    text = decode(str, entry.get("text"), f"{where}.text")
    sentences = []
    for i, item in enumerate(decode(list[dict[str, Any]], entry.get("sentences"), f"{where}.sentences")):
        span = decode(Span, {**item, "text": ""}, f"{where}.sentences[{i}]")
        if not 0 <= span.start <= span.end <= len(text):
            raise BadValueError(f"{where}.sentences[{i}]: {span.start} to {span.end} is not a place in the copy's text")
        item = {**item, "text": text[span.start : span.end]}
        sentences.append(decode(Sentence, item, f"{where}.sentences[{i}]"))
    return decode(Copy, {**entry, "sentences": sentences}, where)


def _read_drift(copy: Copy, entry: Mapping[str, Any], by_id: Mapping[str, Copy], where: str) -> CopyDrift:
    beads = []
    for i, item in enumerate(decode(list[dict[str, Any]], entry.get("beads"), f"{where}.beads")):
        place = f"{where}.beads[{i}]"
        witness = by_id.get(item.get("witness", ""))
        if witness is None:
            raise BadValueError(f"{place}.witness: {item.get('witness')!r} is none of the copies")
        sides = {
            "reference": _read_sentences(witness, item.get("reference"), f"{place}.reference"),
            "copy": _read_sentences(copy, item.get("copy"), f"{place}.copy"),
        }
        beads.append(decode(Bead, {**item, **sides}, place))
    metrics = decode(Metrics, entry.get("metrics"), f"{where}.metrics")
    return decode(CopyDrift, {**entry, "copy": copy, "beads": beads, "metrics": metrics}, where)


def _read_sentences(copy: Copy, items: Any, where: str) -> list[Sentence]:
    by_index = {s.index: s for s in copy.sentences}
    found = []
    for i, item in enumerate(decode(list[dict[str, Any]], items, where)):
        sentence = by_index.get(decode(int, item.get("index"), f"{where}[{i}].index"))
        if sentence is None or sentence.text != item.get("text"):
            raise BadValueError(f"{where}[{i}]: it is not the sentence of that number in {copy.id!r}")
        found.append(sentence)
    return found
