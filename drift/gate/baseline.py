"""What a team has accepted: the findings and scores of a report, and what they may be compared with.

A baseline is a small JSON file in the repository. It holds no article, only digests of them; a finding's message quotes
the words it is about, so that a diff of the file can be read.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from drift.errors import UnreadableError
from drift.records import Bead, Copy, CopyDrift, Report
from drift.typology import Category, Severity

__all__ = ["SCHEMA", "Accepted", "Baseline", "CopyState", "load_baseline", "save_baseline"]

SCHEMA: Final = "drift.baseline/1"
DIGITS: Final = 4  # of scores


@dataclass(frozen=True, slots=True)
class Accepted:
    """One finding that counted when the baseline was written."""

    id: str  # the finding's fingerprint
    place: str  # digest of copy, category and the sentences: the same drift in other words of a translation
    copy: str
    category: Category
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class CopyState:
    """What one copy was."""

    digest: str  # of its stored text
    role: str
    score: float | None  # drift, 0..1, 0 = same meaning; None: it was not compared
    coverage: float  # 0..1


@dataclass(frozen=True, slots=True)
class Baseline:
    """What later reports are held against."""

    signature: str
    reference: str
    copies: Mapping[str, CopyState]
    findings: tuple[Accepted, ...]  # in order of copy and id

    @classmethod
    def of(cls, report: Report) -> Baseline:
        """The baseline that a report is; findings that somebody rejected are not in it."""
        copies = {
            c.id: CopyState(digest(c.copy), c.role, None if c.score is None else round(c.score, DIGITS),
                            round(c.coverage, DIGITS))
            for c in report.copies
        }
        findings = tuple(sorted(accepted_of(report), key=lambda a: (a.copy, a.id)))
        return cls(report.signature, report.reference.id, copies, findings)

    @property
    def corpus(self) -> str:
        """Digest of all copies, whatever their order: names and contents."""
        lines = "".join(f"{id}\0{state.digest}\n" for id, state in sorted(self.copies.items()))
        return _sha(lines)


def accepted_of(report: Report) -> list[Accepted]:
    """The findings that the gate looks at, as a baseline keeps them, in reading order: all but the rejected.

    Those of the instrument count here: the copies are those of the baseline, so that a new one is the MT model's loss.
    """
    return [
        Accepted(f.id, place(copy, bead, f.category), copy.id, f.category, f.severity, f.message)
        for copy in report.copies for bead in copy.beads for f in bead.findings if f.status != "rejected"
    ]


def place(copy: CopyDrift, bead: Bead, category: Category) -> str:
    """Digest of where a finding stands: the copy, the category and the sentences' own words on both sides."""
    sides = (" ".join(s.text for s in side) for side in (bead.reference, bead.copy))
    return _sha("\x1f".join([copy.id, category, *map(_plain, sides)]))[:12]


def digest(copy: Copy) -> str:
    """Digest of a copy's stored text: encodings and line ends aside, every character counts."""
    return _sha(copy.text)[:16]


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def save_baseline(baseline: Baseline, path: str | os.PathLike[str]) -> None:
    """Write a baseline: one finding a line, sorted, so that two branches merge and a diff can be read."""
    from drift.render import replace as put
    from drift.render.json import escaped, plain

    head = {"schema": SCHEMA, "signature": baseline.signature, "reference": baseline.reference,
            "corpus": baseline.corpus}
    parts = [f" {_json(key)}: {_json(value)}," for key, value in plain(head).items()]
    parts += [' "copies": {', _lines(f"{_json(id)}: {_json(plain(s))}" for id, s in sorted(baseline.copies.items())),
              " },", ' "findings": [', _lines(_json(plain(f)) for f in baseline.findings), " ]"]
    put(path, escaped("{\n" + "\n".join(p for p in parts if p) + "\n}\n"))


def _lines(items: Iterable[str]) -> str:
    return ",\n".join(f"  {item}" for item in items)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def load_baseline(path: str | os.PathLike[str]) -> Baseline:
    """Read a baseline; UnreadableError DR601 where there is none, DR602 where it is damaged."""
    from drift.render.decode import BadValueError, decode

    name = os.fspath(path)
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UnreadableError("DR601", f"there is no baseline {name!r}; --update writes it") from error
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or f"it is not JSON ({error})"
        raise UnreadableError("DR602", f"cannot read the baseline {name!r}: {reason}") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else None
        raise UnreadableError(
            "DR602", f"{name!r} is no baseline of this version (schema {found!r}, wanted {SCHEMA!r}); --update "
                     "--allow-regression begins anew")
    try:
        baseline = decode(Baseline, {**data, "copies": {}}, "baseline")
        states = decode(dict[str, Any], data.get("copies"), "copies")
        copies = {id: decode(CopyState, state, f"copies.{id}") for id, state in states.items()}
    except BadValueError as error:
        raise UnreadableError("DR602", f"the baseline {name!r} is damaged: {error}") from error
    whole = Baseline(baseline.signature, baseline.reference, copies, baseline.findings)
    if data.get("corpus") != whole.corpus:
        raise UnreadableError("DR602", f"the baseline {name!r} is damaged: its corpus digest is not that of its copies")
    return whole
