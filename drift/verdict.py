"""What `--fail-on` decides: one rule for the printed verdict and for the exit code."""

from __future__ import annotations

from dataclasses import dataclass

from drift.records import CopyDrift, Finding, Report
from drift.typology import Severity, at_least

__all__ = ["Verdict", "verdict"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a report passes a floor of severity, and what speaks against it."""

    floor: Severity
    failing: tuple[tuple[CopyDrift, Finding], ...]  # findings at the floor or worse that are not the instrument's
    unseen: tuple[CopyDrift, ...]  # copies that could not be compared: a gate cannot pass what it did not see

    @property
    def exit_code(self) -> int:
        """1 for findings, else 3 for copies not compared, else 0."""
        return 1 if self.failing else 3 if self.unseen else 0

    def __str__(self) -> str:
        if self.failing:
            per_copy: dict[str, int] = {}
            for copy, _ in self.failing:
                per_copy[copy.id] = per_copy.get(copy.id, 0) + 1
            where = ", ".join(f"{id}: {count}" for id, count in per_copy.items())
            noun = "finding" if len(self.failing) == 1 else "findings"
            return f"FAIL: {len(self.failing)} {noun} at or above {self.floor} ({where})"
        if self.unseen:
            return f"NOT DECIDED: {', '.join(c.id for c in self.unseen)} could not be compared"
        return f"PASS: no finding at or above {self.floor}"


def verdict(report: Report, floor: Severity) -> Verdict:
    """Judge a report by its worst findings; those blamed on the instrument or rejected in a review do not count."""
    failing = tuple(
        (copy, finding)
        for copy in report.copies
        for finding in copy.findings
        if at_least(finding.severity, floor) and finding.attribution != "instrument" and finding.status != "rejected"
    )
    return Verdict(floor, failing, tuple(c for c in report.copies if c.role == "copy" and c.score is None))
