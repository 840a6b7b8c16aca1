"""A `Gate` in any format: its own words where a gate has something of its own to say, else the whole report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from drift.gate.check import Gate
from drift.gate.machine import render_json, render_junit, render_sarif
from drift.gate.readable import render_md, render_text

__all__ = ["GATE_FORMATS", "render_gate"]

GATE_FORMATS: Final[Mapping[str, Callable[[Gate], str]]] = MappingProxyType({
    "text": render_text, "json": render_json, "md": render_md, "junit": render_junit, "sarif": render_sarif,
})


def render_gate(gate: Gate, format: str) -> str:
    """Return the gate in one of `GATE_FORMATS`, or its report in one of `drift.render.FORMATS`; UsageError DR501."""
    if format in GATE_FORMATS:
        return GATE_FORMATS[format](gate)
    from drift.render import render

    return render(gate.report, format)
