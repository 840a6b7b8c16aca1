"""Markdown that fits a pull-request comment: a table, a verdict for each copy, and the worst sentences folded away.

Written for GitHub and GitLab flavours. What articles say can make no markup, link, mention, image or issue reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from drift.records import Bead, CopyDrift, Report
from drift.render import view
from drift.render.marks import Piece, copy_side, excerpt, reference_side, translation_side
from drift.render.safe import one_line
from drift.typology import SEVERITIES, Severity

__all__ = ["escape", "render"]

SIGN: Final = {"critical": "✕", "major": "!", "minor": "·"}
FINDINGS: Final = 4  # of one sentence
_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]#|~^$>]|^\s*[-+=]|(?<=\d)[.)]")  # the last two: only lists and headings


def render(report: Report, *, limit: int = 10, severity: Severity = "major", size: int = 60_000) -> str:
    """Return the comment.

    limit     sentences shown for each copy
    severity  the least severity for a sentence to be shown
    size      characters at most (a comment on GitHub may have 65,536); the rest is counted
    """
    copies = sorted((c for c in report.copies if c.role != "reference"),
                    key=lambda c: (c.role != "copy", c.score is None, -(c.score or 0.0)))
    drifted = [c for c in copies if view.worst_beads(c, floor=severity) and c.role == "copy"]
    beside = f"{len(copies)} {'file' if len(copies) == 1 else 'files'} beside {_text(report.reference.id, 200)}"
    head = f"### drift: the meaning moved in {len(drifted)} of {beside}"
    blocks = [head, _table(report, copies, size // 4), *_verdicts(report, copies, size // 4)]
    foot = f"<sub>{view.SCORE}. Machine findings are issues to look at, not confirmed errors. " \
           f"Signature {_text(report.signature, 500)}</sub>"
    room = size - sum(len(b) + 2 for b in blocks) - len(foot) - 200
    for drift in drifted:
        block = _details(drift, limit, severity, room)
        room -= len(block) + 2
        if block:
            blocks.append(block)
    return "\n\n".join([*blocks, foot]) + "\n"


def _table(report: Report, copies: list[CopyDrift], size: int) -> str:
    rows = ["| copy | language | carries | drift | critical | major | minor |", "|---|---|--:|--:|--:|--:|--:|"]
    for number, drift in enumerate(copies):
        found = view.tally(drift.findings)
        cells = [f"**{_text(drift.id, 60)}**", _text(view.language(drift.copy))]
        if drift.role != "copy" or drift.score is None:
            cells += ["not read" if drift.copy.error is not None else drift.role, "", "", "", ""]
        else:
            cells += [view.percent(drift.coverage), f"{drift.score:.2f}"]
            cells += [str(found[s]) for s in reversed(SEVERITIES)]
        rows.append(f"| {' | '.join(cells)} |")
        if sum(map(len, rows)) > size:
            rows.append(f"| … and {len(copies) - number - 1} more | | | | | | |")
            break
    return "\n".join(rows)


def _verdicts(report: Report, copies: list[CopyDrift], size: int) -> Iterator[str]:
    for drift in copies:
        words = _text(view.verdict(report.reference.id, drift), 600)
        size -= len(words)
        if size < 0:
            yield "…"
            return
        yield words


def _details(drift: CopyDrift, limit: int, severity: Severity, room: int) -> str:
    """Write the worst sentences of one copy, as many as there is room for; "" where there is room for none."""
    beads = view.worst_beads(drift, floor=severity)
    items: list[str] = []
    for bead in beads[:limit]:
        item = _item(drift, bead)
        if sum(len(i) + 2 for i in items) + len(item) + 400 > room:
            break
        items.append(item)
    if not items:
        return ""
    every = "one sentence" if len(beads) == 1 else f"{len(beads)} sentences"
    shown = every if len(items) == len(beads) else f"the worst {len(items)} of {every}"
    return "\n\n".join([f"<details><summary>{_entities(one_line(view.short(drift.id, 60)))}: {shown}</summary>", *items,
                        "</details>"])


def _item(drift: CopyDrift, bead: Bead) -> str:
    lines = []
    findings = view.worst_first(bead.findings)
    for found in findings[:FINDINGS]:
        perhaps = " (perhaps our translation)" if found.attribution == "unclear" else ""
        lines.append(f"{SIGN[found.severity]} **{found.severity} {found.category}** "
                     f"{view.percent(found.confidence)}{perhaps}: {_text(found.message)}")
    if len(findings) > FINDINGS:
        lines.append(f"… and {len(findings) - FINDINGS} more here")
    for name, pieces in ((bead.witness, reference_side(bead, view.counts)), (drift.id, copy_side(bead, view.counts)),
                         ("in English", translation_side(bead, view.counts))):
        if pieces:
            lines.append(f"_{_text(name, 60)}:_ {_marked(excerpt(pieces, room=400))}")
    return "- " + "<br>\n  ".join(lines)


def _marked(pieces: list[Piece]) -> str:
    return "".join(f"<b><ins>{escape(p.text)}</ins></b>" if p.findings else escape(p.text) for p in pieces)


def _text(text: str, room: int = 300) -> str:
    return escape(view.short(text, room))


def escape(text: str) -> str:
    """Write text so that Markdown, the HTML in it, and a code host's mentions and links see only text."""
    text = _SPECIAL.sub(lambda found: f"\\{found[0].strip()}", one_line(text).replace("&", "\0"))
    text = text.replace("\\>", "&gt;").replace("<", "&lt;").replace("\0", "&amp;")
    # Hosts turn @name, #1 and bare addresses into links after Markdown is done: an empty comment keeps the parts apart.
    text = text.replace("@", "@<!-- -->").replace("\\#", "\\#<!-- -->").replace("://", ":<!-- -->//")
    return re.sub(r"(?i)\bwww\.", lambda found: f"{found[0][:3]}<!-- -->.", text)


def _entities(text: str) -> str:
    """Write text as character references, where neither HTML nor Markdown may see a special character."""
    return "".join(c if c.isalnum() or c in " ,;" else f"&#{ord(c)};" for c in text)
