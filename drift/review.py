"""What people say of the findings: confirmed or rejected, kept by fingerprint in a file beside the articles.

    report = review.apply(report)                     # statuses of earlier reviews; rejected findings stay quiet
    report = review.decide(report, reject=["3f2a"])   # say something of a finding, by its id or the start of it
    review.save(report)                               # into drift-review.tsv, readable, sorted, one finding a line
    review.precision(report)                          # how often the tool was right, on what was reviewed

A finding's id stays the same while its words do, so that a review outlives new runs, models and edits elsewhere.
"""

from __future__ import annotations

import csv
import difflib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, get_args

from drift.errors import UnreadableError, UsageError
from drift.records import Bead, CopyDrift, Finding, Report
from drift.typology import CATEGORIES, SEVERITIES, segment_score

__all__ = ["NAME", "Precision", "Status", "apply", "decide", "exists", "load", "place", "precision", "save"]

NAME: Final = "drift-review.tsv"
COLUMNS: Final = ("id", "status", "copy", "category", "severity", "message")
SHORTEST: Final = 4  # characters of an id that may stand for it

Status = Literal["unreviewed", "confirmed", "rejected"]


@dataclass(frozen=True, slots=True)
class Precision:
    """How many findings of one kind people confirmed and rejected, and how sure the tool was of them on average."""

    name: str  # a category, a severity or "all"
    confirmed: int
    rejected: int
    confidence: float  # mean over the reviewed findings, 0..1; calibrated if it is about the precision

    @property
    def precision(self) -> float:
        """Share of the reviewed findings that were confirmed, 0..1."""
        return self.confirmed / (self.confirmed + self.rejected)


def place(report: Report) -> Path:
    """Where the review of a report is kept: `NAME` in the folder that its articles have in common."""
    folders = [os.path.dirname(os.path.abspath(c.copy.path)) for c in report.copies if c.copy.path != "-"]
    if not folders:
        return Path(NAME)
    try:
        folder = os.path.commonpath(folders)
    except ValueError:  # different drives
        folder = folders[0]
    return Path(os.path.relpath(folder)) / NAME


def exists(path: str | os.PathLike[str]) -> bool:
    """Whether there is a review file."""
    return Path(path).is_file()


def apply(report: Report, path: str | os.PathLike[str] | None = None) -> Report:
    """Put the statuses of an earlier review on the findings; without a review the report is returned as it is.

    `path` is the review file, None: `place(report)`. A rejected finding no longer counts in the scores: the drift of
    its sentence shrinks to the share of its severity weights that is left, and the copy's follows. UnreadableError
    DR511.
    """
    file = place(report) if path is None else Path(path)
    if path is None and not exists(file):
        return report
    return _with_statuses(report, load(file))


def decide(
    report: Report, *, confirm: Iterable[str] = (), reject: Iterable[str] = (), reset: Iterable[str] = ()
) -> Report:
    """Give findings a status, by their id or the start of it (four characters at least).

    UsageError DR512 names ids near one that does not exist; DR513: an id is given two statuses.
    """
    ids = [f.id for f in report.findings]
    wanted: dict[str, Status] = {}
    statuses: tuple[tuple[Iterable[str], Status], ...] = (
        (confirm, "confirmed"), (reject, "rejected"), (reset, "unreviewed"))
    for given, status in statuses:
        for name in given:
            id = _full(name, ids)
            if wanted.setdefault(id, status) != status:
                raise UsageError("DR513", f"finding {id} is to be both {wanted[id]} and {status}; say one of them")
    return _with_statuses(report, wanted)


def load(path: str | os.PathLike[str]) -> dict[str, Status]:
    """Read id -> status from a review file, or from any table with a header that has ``id`` and ``status``.

    Tab or comma separated, so that an export (-f csv, -f tsv) in which somebody filled in ``status`` works; Marot's
    columns have both in ``metadata``. Rows without a status are passed over. UnreadableError DR511 names the line.
    """
    name = os.fspath(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UnreadableError("DR511", f"cannot read the review {name!r}: {reason}") from error
    if not text.strip():
        return {}
    tabbed = "\t" in text.split("\n", 1)[0]
    lines = text.splitlines(keepends=True)
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if tabbed else csv.reader(lines)
    header, *body = rows
    if not ({"id", "status"} <= set(header) or "metadata" in header):
        raise UnreadableError("DR511", f"{name!r} is no review: its first line has no columns “id” and “status”")
    found: dict[str, Status] = {}
    for number, row in enumerate(body, 2):
        if not any(row):
            continue
        id, status = _said(dict(zip(header, row, strict=False)), name)
        if not id or not status:
            continue
        if status not in get_args(Status):
            options = ", ".join(get_args(Status))
            raise UnreadableError("DR511", f"line {number} of the review {name!r}: {status!r} is none of {options}")
        found[id] = status  # type: ignore[assignment]  # just checked
    return found


def save(report: Report, path: str | os.PathLike[str] | None = None) -> Path:
    """Write the reviewed findings of a report beside its articles (or to `path`), keeping what the file says of others.

    A finding that is not in this report may be back in the next one; one that was reset leaves the file.
    """
    from drift.render import replace as put
    from drift.render.safe import one_line

    file = place(report) if path is None else Path(path)
    kept: dict[str, tuple[str, ...]] = {}
    if exists(file):
        load(file)  # refuses what cannot be read
        header, *lines = file.read_text(encoding="utf-8-sig").split("\n")
        if header.strip() and header.rstrip("\r").split("\t")[:2] != list(COLUMNS[:2]):
            raise UsageError("DR515", f"{os.fspath(file)!r} is not a review file of drift; nothing was written to it")
        for line in lines:
            cells = line.split("\t")
            if cells[0]:
                kept[cells[0]] = tuple((*cells, *[""] * len(COLUMNS))[: len(COLUMNS)])
    for drift in report.copies:
        for f in drift.findings:
            kept.pop(f.id, None)
            if f.status != "unreviewed":
                kept[f.id] = (f.id, f.status, drift.id, f.category, f.severity, f.message)
    rows = [COLUMNS, *sorted(kept.values(), key=lambda row: (row[2], row[0]))]
    put(file, "".join("\t".join(map(one_line, row)) + "\n" for row in rows))
    return file


def precision(report: Report) -> list[Precision]:
    """How often the tool was right on what was reviewed: over all, by severity, by category; [] where nothing was."""
    reviewed = [f for f in report.findings if f.status != "unreviewed"]
    groups = [("all", reviewed)]
    groups += [(s, [f for f in reviewed if f.severity == s]) for s in reversed(SEVERITIES)]
    groups += [(c, [f for f in reviewed if f.category == c]) for c in CATEGORIES]
    return [
        Precision(
            name, sum(f.status == "confirmed" for f in found), sum(f.status == "rejected" for f in found),
            sum(f.confidence for f in found) / len(found),
        )
        for name, found in groups if found
    ]


def _said(row: Mapping[str, str], name: str) -> tuple[str, str]:
    if "id" in row and "status" in row:
        return row["id"].strip(), row["status"].strip().casefold()
    if "metadata" in row:
        try:
            said = json.loads(row["metadata"] or "{}")
        except ValueError as error:
            raise UnreadableError("DR511", f"the review {name!r} has metadata that is not JSON: {error}") from error
        if isinstance(said, dict):
            return str(said.get("id", "")), str(said.get("status", "")).casefold()
    return "", ""  # a short row


def _full(name: str, ids: list[str]) -> str:
    """Complete an id."""
    begun = [i for i in ids if i.startswith(name)] if len(name) >= SHORTEST else []
    matches = [name] if name in ids else list(dict.fromkeys(begun))
    if len(matches) == 1:
        return matches[0]
    near = matches[:5] or difflib.get_close_matches(name, ids, n=3, cutoff=0.4)
    hint = f"near: {', '.join(near)}" if near else "drift review REPORT lists them"
    problem = "stands for several findings" if matches else "is no finding of this report"
    raise UsageError("DR512", f"{name!r} {problem}; {hint}")


def _with_statuses(report: Report, wanted: Mapping[str, Status]) -> Report:
    if not any(wanted.get(f.id, f.status) != f.status for f in report.findings):
        return report
    return replace(report, copies=tuple(_copy_with(c, wanted) for c in report.copies))


def _copy_with(drift: CopyDrift, wanted: Mapping[str, Status]) -> CopyDrift:
    beads = tuple(_bead_with(b, wanted) for b in drift.beads)
    if all(new is old for new, old in zip(beads, drift.beads, strict=True)):
        return drift
    from drift.score import copy_score, mqm_per_100_words

    counting = [replace(b, findings=tuple(f for f in b.findings if f.status != "rejected")) for b in beads]
    return replace(drift, beads=beads, score=copy_score(counting), mqm_per_100_words=mqm_per_100_words(counting))


def _bead_with(bead: Bead, wanted: Mapping[str, Status]) -> Bead:
    findings = tuple(replace(f, status=wanted.get(f.id, f.status)) for f in bead.findings)
    if findings == bead.findings:
        return bead
    before, after = _weight(bead.findings), _weight(findings)
    score = bead.score
    if after != before:
        score = min(1.0, score * after / before) if before > 0 else after
    return replace(bead, findings=findings, score=score)


def _weight(findings: Iterable[Finding]) -> float:
    return segment_score(f.severity for f in findings if f.status != "rejected" and f.attribution != "instrument")
