"""The map and the scores as one matplotlib figure: a row for each copy, a column for each sentence of the reference."""

from __future__ import annotations

from typing import Any, Final

from drift.errors import ModelError
from drift.records import CopyDrift, Report
from drift.render import view
from drift.render.safe import one_line
from drift.typology import SEVERITIES, Severity

__all__ = ["cells", "plot"]

COLOR: Final[dict[str, str]] = {"critical": "#a8231b", "major": "#c98a1a", "minor": "#4d8bab", "": "#c9c2b4"}
HEIGHT: Final[dict[str, float]] = {"critical": 0.84, "major": 0.58, "minor": 0.34, "": 0.1}


def plot(report: Report, *, width: float = 10.0) -> Any:
    """Return a figure of `width` inches: the map, and beside it the drift of each copy (0 = same meaning).

    The height of a bar is its severity, as its colour is; a hollow bar is a sentence that the copy leaves out.
    ModelError DR505 where matplotlib is not installed.
    """
    try:
        import matplotlib.pyplot as pyplot
    except ImportError as error:
        raise ModelError("DR505", "matplotlib is not installed; pip install 'translation-drift[notebook]'") from error
    copies = sorted((c for c in report.copies if c.role == "copy" and c.score is not None),
                    key=lambda c: (-(c.score or 0.0), c.id))
    figure, (chart, scores) = pyplot.subplots(
        1, 2, width_ratios=[5, 1], sharey=True, layout="constrained", figsize=(width, 1.1 + 0.5 * max(len(copies), 1))
    )
    pyplot.close(figure)  # a cell shows what it returns; an open figure would be shown twice
    for row, drift in enumerate(copies):
        for column, severity, absent in cells(report, drift):
            chart.bar(
                column + 1, -HEIGHT[severity], bottom=row + 0.42, width=0.8, linewidth=0.8,
                color="none" if absent else COLOR[severity], edgecolor=COLOR[severity] if absent else "none",
            )
    names = [one_line(view.short(d.id, 30)).replace("$", r"\$") for d in copies]
    chart.set_yticks(range(len(copies)), names)
    chart.set(xlim=(0.2, len(report.reference.sentences) + 0.8), ylim=(len(copies) - 0.4, -0.6))  # first copy on top
    chart.set_xlabel("sentence of the reference")
    values = [d.score or 0.0 for d in copies]
    bars = scores.barh(range(len(copies)), values, height=0.5, color=COLOR["critical"])
    scores.bar_label(bars, fmt="%.2f", padding=3)
    scores.set(xlim=(0, 1.3), xlabel="drift, 0 = same")
    scores.set_xticks([0, 1])
    for axes in (chart, scores):
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(left=False)
    handles = [pyplot.Rectangle((0, 0), 1, 1, color=COLOR[s]) for s in (*reversed(SEVERITIES), "")]
    figure.legend(handles, [*reversed(SEVERITIES), "same"], loc="outside upper right", ncols=4, frameon=False)
    return figure


def cells(report: Report, drift: CopyDrift) -> list[tuple[int, Severity | str, bool]]:
    """Return the map's row: (index of the sentence, worst severity or "", whether the copy lacks it).

    A sentence that the copy lacks and nobody minds is not in it.
    """
    row: list[tuple[int, Severity | str, bool]] = []
    for bead in view.own_beads(report.reference.id, drift):
        found = view.worst_first(bead.findings)
        severity = found[0].severity if found else ""
        if bead.copy or found:
            row += [(s.index, severity, not bead.copy) for s in bead.reference]
    return row
