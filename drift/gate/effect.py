"""What recording translations anew did to the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from drift.errors import ResourceError
from drift.gate.baseline import Accepted, accepted_of
from drift.gate.cassette import Cassette, replaying
from drift.records import Report
from drift.typology import SEVERITIES

__all__ = ["effect"]


def effect(cassette: Cassette, report: Report, make: Callable[[], Report]) -> str:
    """Say what a recording changed, in one line: "12 of 400 translations changed, 2 new critical findings".

    `report` is the one on the new translations; `make` is called for the one on the old, where any changed.
    """
    changes = cassette.changes
    if cassette.before is None or not changes.changed:
        return str(changes)
    try:
        with replaying(cassette.before):
            old = make()
    except ResourceError:
        return f"{changes}; the findings cannot be compared, the old recording lacks sentences of today"
    return ", ".join([str(changes), *_difference(accepted_of(old), accepted_of(report))])


def _difference(before: list[Accepted], now: list[Accepted]) -> list[str]:
    """New and vanished findings by severity, the gravest first."""
    said = []
    for word, some, others in (("new", now, before), ("fewer", before, now)):
        ids = {a.id for a in others}
        counted = Counter(a.severity for a in some if a.id not in ids)
        said += [f"{counted[s]} {word} {s} finding{'s' if counted[s] != 1 else ''}"
                 for s in reversed(SEVERITIES) if counted[s]]
    return said or ["the same findings"]
