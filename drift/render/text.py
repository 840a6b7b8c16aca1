"""The report for a terminal: who the reference is, a table of the copies, and the worst sentences with their marks.

Readable at 80 columns and without colour: a marked stretch is underlined and coloured, or stands in [brackets].
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from drift.records import Bead, CopyDrift, Report
from drift.render import view
from drift.render.marks import Piece, copy_side, excerpt, reference_side, translation_side
from drift.render.safe import one_line
from drift.typology import SEVERITIES, Severity, at_least

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

__all__ = ["render", "wants_color"]

STYLE: Final[Mapping[Severity, str]] = {"critical": "bold red", "major": "bold yellow", "minor": "cyan"}
SIGN: Final[Mapping[Severity, str]] = {"critical": "✗", "major": "!", "minor": "·"}
SENTENCES: Final = 9  # shown in all, unless `limit` asks for more: two screens
FINDINGS: Final = 3  # of one sentence
COPIES: Final = 10  # told about one by one, beyond the table, unless `limit` asks for more


def render(
    report: Report,
    *,
    limit: int | None = None,
    severity: Severity = "major",
    width: int | None = None,
    color: bool | None = None,
) -> str:
    """Return the report as text for people.

    limit     sentences shown for each copy; None: 4, and fewer where there are many copies
    severity  the least severity for a sentence to be shown at all
    width     columns; None: the terminal's, at most 100, and 80 where there is none
    color     None: as `wants_color` finds
    """
    from rich.console import Console

    color = wants_color() if color is None else color
    columns = width or (min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else 80)
    console = Console(
        file=io.StringIO(), width=max(columns, 40), force_terminal=color, color_system="standard" if color else None,
        no_color=not color, highlight=False, markup=False, emoji=False, legacy_windows=False, force_interactive=False,
        _environ={},
    )
    with console.capture() as caught:
        _head(console, report)
        _table(console, report)
        _worst(console, report, limit=limit, severity=severity, color=color)
        _foot(console, report)
    return "\n".join(line.rstrip() for line in caught.get().rstrip().split("\n")) + "\n"


def wants_color() -> bool:
    """Whether the terminal wants colour: NO_COLOR says no (no-color.org), FORCE_COLOR says yes."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _head(console: Console, report: Report) -> None:
    reference = report.reference
    console.print(_line(("Reference  ", "dim"), (reference.id, "bold"), f"  {view.language(reference)}  ",
                        (reference.path, "dim")))
    reasons = [(name, view.short(value, 200)) for name, value in view.reasons(report)]
    said = [f"{name}: {value}" for name, value in reasons if " " in value and not value[:1].isdigit()]
    measured = [f"{name} {value}" for name, value in reasons if f"{name}: {value}" not in said]
    for line in (*said[:3], " · ".join(measured)):
        if line:
            _indented(console, _line((line, "dim")), 11)
    console.print()


def _table(console: Console, report: Report) -> None:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=False)
    wide = console.width >= 96
    table.add_column("copy", overflow="ellipsis", no_wrap=True, max_width=36 if wide else 24)
    table.add_column("role", no_wrap=True, min_width=9)
    table.add_column("lang", no_wrap=True, min_width=4)
    for title in ("carries", "drift", *([""] if wide else []), "critical", "major", "minor"):
        table.add_column(title, justify="left" if not title else "right", no_wrap=True, min_width=len(title) or 10)
    for drift in report.copies:
        table.add_row(*_row(drift, wide=wide))
    console.print(table)
    console.print(_line((view.SCORE, "dim")))
    folded = sum((view.tally(c.findings) for c in report.copies), view.Tally())
    if folded.instrument:
        noun = "finding is" if folded.instrument == 1 else "findings are"
        words = f"{folded.instrument} more {noun} our translation's doing, not a copy's; not shown"
        console.print(_line((words, "dim")))
    if folded.rejected:
        console.print(_line((f"{folded.rejected} rejected in review; not shown", "dim")))


def _row(drift: CopyDrift, *, wide: bool) -> list[RenderableType]:
    name = _line((drift.id, "bold"))
    if drift.role == "reference":
        return [name, _line(("reference", "dim")), view.language(drift.copy)]
    role = "not read" if drift.copy.error is not None else drift.role
    if drift.score is None or drift.role == "unrelated":
        return [name, _line((role, "dim")), view.language(drift.copy)]
    found = view.tally(drift.findings)
    numbers = [_line((str(found[s]), STYLE[s] if found[s] else "dim")) for s in reversed(SEVERITIES)]
    full = "█" * round(drift.score * 10)
    bar = [_line((full, "red"), ("░" * (10 - len(full)), "dim"))] if wide else []
    share = view.percent(drift.coverage)
    return [name, role, view.language(drift.copy), share, f"{drift.score:.2f}", *bar, *numbers]


def _worst(console: Console, report: Report, *, limit: int | None, severity: Severity, color: bool) -> None:
    others = [c for c in report.copies if c.role != "reference"]
    order = sorted(others, key=lambda c: (c.role != "copy", c.score is None, -(c.score or 0)))
    left = SENTENCES
    for place, drift in enumerate(order):
        console.print()
        if place == COPIES and limit is None and len(order) > COPIES + 1:
            console.print(_line((f"… and {len(order) - COPIES} more; the table above and -f html have them", "dim")))
            break
        console.print(_line((view.short(view.verdict(report.reference.id, drift), 600), "bold")))
        beads = view.worst_beads(drift, floor=severity) if drift.score is not None and drift.role == "copy" else []
        shown = beads[: limit if limit is not None else min(4, left)]
        left -= len(shown)
        for bead in shown:
            console.print()
            _bead(console, drift, bead, severity=severity, color=color)
        if len(beads) > len(shown):
            console.print()
            _indented(console, _line((f"… and {len(beads) - len(shown)} more such sentences; --limit {len(beads)} or "
                                      "-f html shows them all", "dim")), 4)
        for note in drift.copy.notes:
            _indented(console, _line((f"note: {view.short(note)}", "dim")), 4)


def _bead(console: Console, drift: CopyDrift, bead: Bead, *, severity: Severity, color: bool) -> None:
    findings = view.worst_first(bead.findings)
    shown = [f for f in findings if at_least(f.severity, severity)][:FINDINGS]
    for number, finding in enumerate(shown):
        head = _line((f"{SIGN[finding.severity]} {finding.severity} {finding.category}", STYLE[finding.severity]),
                     (f" {view.percent(finding.confidence)}  ", "dim"))
        if finding.attribution == "unclear":
            head.append("perhaps our translation: ", "dim")
        head.append(one_line(view.short(finding.message)))
        if not number and bead.moved:
            head.append("  (moved)", "dim")
        if number == len(shown) - 1 and len(findings) > len(shown):
            head.append(f"  (and {len(findings) - len(shown)} more here)", "dim")
        _indented(console, head, 4, first=2)
    sides = [
        (bead.witness, reference_side(bead, shown.__contains__)),
        (drift.id, copy_side(bead, shown.__contains__)),
        ("in English", translation_side(bead, shown.__contains__)),
    ]
    room = min(max((len(name) for name, pieces in sides if pieces), default=0), 12)
    for name, pieces in sides:
        if pieces:
            label = _line((f"    {_fitted(name, room)}  ", "dim"))
            _indented(console, _marked(excerpt(pieces, room=200), bead, color=color), 6 + room, label=label)


def _fitted(name: str, room: int) -> str:
    return (name if len(name) <= room else name[: room - 1] + "…").ljust(room)


def _marked(pieces: Sequence[Piece], bead: Bead, *, color: bool) -> Text:
    from rich.text import Text

    text = Text()
    before = False
    for place, piece in enumerate(pieces):
        words = one_line(piece.text)
        if not piece.findings:
            text.append(words)
        elif color:
            worst = max((bead.findings[i].severity for i in piece.findings), key=SEVERITIES.index)
            text.append(words, f"underline {STYLE[worst]}")
        else:
            after = place + 1 < len(pieces) and bool(pieces[place + 1].findings)
            text.append(f"{'' if before else '['}{words}{'' if after else ']'}")
        before = bool(piece.findings)
    return text


def _foot(console: Console, report: Report) -> None:
    console.print()
    for warning in report.warnings:
        _indented(console, _line(("warning: ", "yellow"), view.short(warning)), 9, first=0)
    _indented(console, _line((f"signature {view.short(report.signature, 1000)}", "dim")), 2, first=0)


def _line(*parts: str | tuple[str, str]) -> Text:
    """Build a Text from strings and (string, style); what they contain is shown, never obeyed."""
    from rich.text import Text

    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(one_line(words), style)
    return text


def _indented(
    console: Console, text: Text, indent: int, *, first: int | None = None, label: Text | None = None
) -> None:
    """Print wrapped text with a hanging indent; the first line has `label` there, or an indent of its own."""
    start = indent if first is None else first
    for number, line in enumerate(text.wrap(console, console.width - indent)):
        if number or label is None:
            line.pad_left(indent if number else start)
        else:
            line = label + line
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
