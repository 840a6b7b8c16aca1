"""A `Gate` for people: text for a terminal or a CI log, Markdown for a pull request's summary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from drift.gate.baseline import Accepted
from drift.gate.check import Found, Gate
from drift.gate.marked import bracketed
from drift.render import view
from drift.render.marks import Piece, copy_side, excerpt, reference_side, translation_side
from drift.render.md import escape
from drift.render.safe import one_line
from drift.typology import SEVERITIES, at_least

__all__ = ["render_md", "render_text"]

SHOWN: Final = 20  # findings of one list
SIGN: Final = {"critical": "✕", "major": "!", "minor": "·"}


def render_text(gate: Gate, *, limit: int = SHOWN) -> str:
    """Return the gate as text: what is new with its words marked, what is fixed, what moved, and the verdict last.

    limit     findings shown of each list
    """
    blocks = [
        _block("new", gate.floor, [_text_item(f) for f in _worst_first(gate.new)], limit),
        _block("new, below", gate.floor, [_line(f) for f in _worst_first(gate.lesser)], limit),
        _block("fixed", "", [_accepted(a) for a in gate.fixed], limit),
        _block("moved", "", [f"  {m}" + ("" if m.worse else " (better)") for m in gate.moves], limit),
    ]
    lines = [line for block in blocks for line in block]
    lines += [f"note: {one_line(note)}" for note in notes(gate)]
    return "\n".join([*lines, str_line(gate)]) + "\n"


def notes(gate: Gate) -> list[str]:
    """What a reader should know beside the lists."""
    said = []
    if gate.translator:
        said.append(f"the translator was {gate.translator[0]} and is {gate.translator[1]}")
    if gate.renamed:
        noun = "finding stands" if gate.renamed == 1 else "findings stand"
        said.append(f"{gate.renamed} accepted {noun} in other words of the translation")
    accepted = len(gate.baseline.findings)
    said.append(f"{accepted} findings are accepted; drift and coverage may move by {gate.tolerance:g}")
    return said


def str_line(gate: Gate) -> str:
    """The verdict, safe to print."""
    return one_line(str(gate))


def _block(title: str, floor: str, items: Sequence[str], limit: int) -> list[str]:
    if not items:
        return []
    head = f"{title} {floor}".strip() + f" ({len(items)}):"
    more = [f"  … and {len(items) - limit} more"] if len(items) > limit else []
    return [head, *items[:limit], *more, ""]


def _worst_first(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda item: (-SEVERITIES.index(item[2].severity), -item[2].confidence, item[0].id))


def _line(found: Found) -> str:
    copy, _, f = found
    perhaps = {"copy": "", "unclear": " (perhaps the translation)", "instrument": " (the translation)"}[f.attribution]
    return one_line(f"  {SIGN[f.severity]} {f.severity} {f.category} {view.percent(f.confidence)}  {copy.id}: "
                    f"{view.short(f.message, 200)}{perhaps}  [{f.id}]")


def _text_item(found: Found) -> str:
    copy, bead, _ = found
    room = max(len(bead.witness), len(copy.id), len("in English"))
    sides = [f"      {one_line(name):<{room}}  {one_line(bracketed(pieces))}" for name, pieces in _sides(found)]
    return "\n".join([_line(found), *sides])


def _sides(found: Found) -> list[tuple[str, list[Piece]]]:
    copy, bead, f = found
    sides = [
        (bead.witness, reference_side(bead, f.__eq__)),
        (copy.id, copy_side(bead, f.__eq__)),
        ("in English", translation_side(bead, f.__eq__)),
    ]
    return [(name, excerpt(pieces, room=300)) for name, pieces in sides if pieces]


def _accepted(a: Accepted) -> str:
    return one_line(f"  {a.severity} {a.category}  {a.copy}: {view.short(a.message, 200)}  [{a.id}]")


def render_md(gate: Gate, *, limit: int = SHOWN) -> str:
    """Return the gate as Markdown for a pull request; what articles say can make no markup in it.

    limit     findings shown of each list
    """
    sign = {0: "✅", 1: "❌", 3: "⚠️"}[gate.exit_code]
    blocks = [f"### {sign} drift: {escape(str(gate))}"]
    rows = ["| copy | drift | was | critical | major | minor |", "|---|--:|--:|--:|--:|--:|"]
    for copy in gate.report.copies:
        if copy.role == "copy":
            found = view.tally(copy.findings)
            before = gate.baseline.copies[copy.id].score
            cells = [f"**{escape(view.short(copy.id, 60))}**", _score(copy.score), _score(before)]
            rows.append(f"| {' | '.join([*cells, *(str(found[s]) for s in reversed(SEVERITIES))])} |")
    blocks.append("\n".join(rows))
    blocks += _md_list("New", [_md_item(f) for f in _worst_first(gate.new)], limit, opened=True)
    below = [_md_item(f) for f in _worst_first(gate.lesser)]
    blocks += _md_list(f"New, below {gate.floor}", below, limit)
    blocks += _md_list("Fixed", [f"- {escape(_accepted(a).strip())}" for a in gate.fixed], limit)
    blocks += _md_list("Moved", [f"- {escape(str(m))}{'' if m.worse else ' (better)'}" for m in gate.moves], limit,
                       opened=True)
    blocks.append("<sub>" + escape("; ".join(notes(gate))) + ". Machine findings are issues to look at, not confirmed "
                  "errors.</sub>")
    return "\n\n".join(blocks) + "\n"


def _md_list(title: str, items: Sequence[str], limit: int, *, opened: bool = False) -> list[str]:
    if not items:
        return []
    more = [f"- … and {len(items) - limit} more"] if len(items) > limit else []
    attribute = " open" if opened else ""
    return [f"<details{attribute}><summary>{title}: {len(items)}</summary>", "\n".join([*items[:limit], *more]),
            "</details>"]


def _md_item(found: Found) -> str:
    copy, _, f = found
    head = f"- {SIGN[f.severity]} **{f.severity} {f.category}** {escape(copy.id)}: {escape(view.short(f.message, 200))}"
    if not at_least(f.severity, "major"):
        return head
    lines = [f"_{escape(view.short(name, 60))}:_ " + "".join(
        f"<b><ins>{escape(p.text)}</ins></b>" if p.findings else escape(p.text) for p in pieces
    ) for name, pieces in _sides(found)]
    return "<br>\n  ".join([head, *lines])


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.3f}"
