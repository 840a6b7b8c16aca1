"""What a notebook shows when a record is the last line of a cell: HTML without script or style sheet, and text.

Colours are translucent, so that light and dark notebooks can both show them, and are never alone: a mark is underlined
and carries its kind. `drift.records` calls this lazily.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from drift.records import Bead, CopyDrift, Finding, PairDrift, Report
from drift.render import view
from drift.render.marks import Piece, copy_side, cut, excerpt, reference_side, translation_side
from drift.render.safe import one_line
from drift.typology import SEVERITIES

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["mimebundle"]

SENTENCES: Final = 5  # of one copy, worst first
COPIES: Final = 20  # in a report


def mimebundle(record: object) -> dict[str, str]:
    """Return the record as ``text/html`` and ``text/plain``."""
    if isinstance(record, Report):
        return _bundle("report", _plain_report(record), report=record, copies=_worst_first(record)[:COPIES])
    if isinstance(record, CopyDrift):
        return _bundle("copy", _plain_copy(record), drift=record, reference=_reference(record))
    if isinstance(record, PairDrift):
        return _bundle("pair", _plain_pair(record), pair=record, sides=_pair_sides(record))
    if isinstance(record, Finding):
        return _bundle("finding", _plain_finding(record), found=record)
    return {"text/plain": repr(record)}


def _bundle(kind: str, text: str, **values: Any) -> dict[str, str]:
    template = _environment().get_template("notebook.html.j2").module
    html = str(getattr(template, kind)(**values))
    return {"text/html": html, "text/plain": text}


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("drift.render", "page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["safe_text"] = one_line
    environment.globals.update(
        view=view, severities=list(reversed(SEVERITIES)), worst=_worst, sides=_sides, limit=SENTENCES
    )
    return environment


def _worst_first(report: Report) -> list[CopyDrift]:
    others = [c for c in report.copies if c.role != "reference"]
    return sorted(others, key=lambda c: (c.role != "copy", c.score is None, -(c.score or 0.0)))


def _reference(drift: CopyDrift) -> str:
    """Name the version that most of the copy was compared with."""
    return next((witness for witness, _ in Counter(b.witness for b in drift.beads).most_common(1)), "")


def _worst(drift: CopyDrift) -> list[Bead]:
    return view.worst_beads(drift, floor="major")


def _sides(drift: CopyDrift, bead: Bead) -> list[tuple[str, str | None, list[tuple[str, str, str]]]]:
    """Name, language and marked text of each side that there is."""
    sides = [
        (bead.witness, None, reference_side(bead, view.counts)),
        (drift.id, drift.copy.language, copy_side(bead, view.counts)),
        ("in English", None, translation_side(bead, view.counts)),
    ]
    return [(name, language, _words(excerpt(p, room=600), bead.findings)) for name, language, p in sides if p]


def _pair_sides(pair: PairDrift) -> list[tuple[str, str | None, list[tuple[str, str, str]]]]:
    kept = [(i, f) for i, f in enumerate(pair.findings) if view.counts(f)]
    sides: list[tuple[str, str | None, list[Piece]]] = [
        ("reference", None, cut(pair.reference, 0, [(f.reference_span, i) for i, f in kept])),
        ("hypothesis", None, cut(pair.hypothesis, 0, [(f.copy_span, i) for i, f in kept])),
    ]
    if pair.source is not None:
        sides.append(("source", pair.language, [Piece(pair.source)]))
    return [(name, language, _words(pieces, pair.findings)) for name, language, pieces in sides]


def _words(pieces: Sequence[Piece], findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """(text, severity, kinds) of each piece; severity is "" where it is not marked."""
    words = []
    for piece in pieces:
        found = [findings[i] for i in piece.findings]
        severity = max((f.severity for f in found), key=SEVERITIES.index, default="")
        words.append((one_line(piece.text), severity, ", ".join(dict.fromkeys(f.category for f in found))))
    return words


def _plain_report(report: Report) -> str:
    from drift.render.text import render

    return render(report, color=False, width=88)


def _plain_copy(drift: CopyDrift) -> str:
    lines = [view.short(view.verdict(_reference(drift), drift), 1000) or f"{drift.id} is the reference."]
    lines += [f"  {_plain_finding(f)}" for b in _worst(drift)[:SENTENCES] for f in view.worst_first(b.findings)]
    return "\n".join(map(one_line, lines))


def _plain_pair(pair: PairDrift) -> str:
    lines = [f"drift {pair.score:.2f} (0 = same meaning … 1)"]
    for name, _, words in _pair_sides(pair):
        lines.append(f"  {name:<10} " + "".join(f"[{text}]" if severity else text for text, severity, _ in words))
    return "\n".join([*lines, *(f"  {_plain_finding(f)}" for f in view.worst_first(pair.findings))])


def _plain_finding(found: Finding) -> str:
    doing = {"copy": "", "unclear": " (perhaps our translation)", "instrument": " (our translation)"}[found.attribution]
    status = "" if found.status == "unreviewed" else f" [{found.status}]"
    head = f"{found.severity} {found.category} {view.percent(found.confidence)}{doing}{status}"
    return one_line(f"{head}: {view.short(found.message)}")
