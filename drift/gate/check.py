"""A report beside what was accepted: new findings, fixed ones, scores that moved; one rule for verdict and exit code.

The MT model is what is under test, so a baseline may come from another one, and the gate says so. Everything else that
scores depend on must be equal: the copies, the reference, the encoders, the judge, the weights and drift's version.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from drift.errors import UsageError
from drift.gate.baseline import Accepted, Baseline, accepted_of
from drift.records import Bead, CopyDrift, Finding, Report
from drift.signature import parse_signature
from drift.typology import SEVERITIES, Severity, at_least

__all__ = ["FLOOR", "TOLERANCE", "Gate", "Move", "check", "check_update", "differences"]

FLOOR: Final[Severity] = "major"
TOLERANCE: Final = 0.01  # of drift and of coverage, both 0..1
UNDER_TEST: Final = frozenset({"mt"})  # signature fields that may differ
NAMES: Final = {"enc": "sentence encoder", "words": "word encoder", "judge": "judge", "weights": "severity weights",
                "ref": "how the reference was chosen", "version": "version of drift", "mt": "translator"}

Found = tuple[CopyDrift, Bead, Finding]


@dataclass(frozen=True, slots=True)
class Move:
    """A copy whose drift or coverage is not what it was, beyond the tolerance."""

    copy: str
    what: str  # "drift", "coverage" or "role"
    before: float | str | None
    now: float | str | None
    worse: bool

    def __str__(self) -> str:
        shown = [f"{v:.3f}" if isinstance(v, float) else str(v) for v in (self.before, self.now)]
        return f"{self.copy}: {self.what} {shown[0]} → {shown[1]}"


@dataclass(frozen=True, slots=True)
class Gate:
    """Today beside the baseline."""

    report: Report
    baseline: Baseline
    floor: Severity
    tolerance: float
    new: tuple[Found, ...]  # at the floor or above, not accepted, or graver than accepted
    lesser: tuple[Found, ...]  # new ones below the floor: told, not held against anybody
    fixed: tuple[Accepted, ...]  # accepted ones that are gone
    renamed: int  # accepted ones that are there in other words of the translation
    moves: tuple[Move, ...]  # beyond the tolerance, better or worse
    unseen: tuple[CopyDrift, ...]  # copies that could not be compared: a gate cannot pass what it did not see
    translator: tuple[str, str] | None = None  # before and now, where they differ

    @property
    def worse(self) -> tuple[Move, ...]:
        """The moves that fail."""
        return tuple(m for m in self.moves if m.worse)

    @property
    def exit_code(self) -> int:
        """1 where meaning was lost, else 3 where a copy was not seen, else 0; the verdict says the same."""
        return 1 if self.new or self.worse else 3 if self.unseen else 0

    @property
    def passed(self) -> bool:
        """Whether the exit code is 0."""
        return self.exit_code == 0

    def __str__(self) -> str:
        """The verdict in one line."""
        if self.exit_code == 1:
            counted = Counter(f.severity for _, _, f in self.new)
            kinds = ", ".join(f"{counted[s]} {s}" for s in reversed(SEVERITIES) if counted[s])
            said = [f"{_count(len(self.new), 'new finding')} at or above {self.floor} ({kinds})"] if self.new else []
            said += [str(m) for m in self.worse]
            return f"FAIL: {'; '.join(said)}"
        if self.exit_code == 3:
            return f"NOT DECIDED: {', '.join(c.id for c in self.unseen)} could not be compared"
        fixed = f", {len(self.fixed)} fixed" if self.fixed else ""
        return f"PASS: no new finding at or above {self.floor}{fixed}"


def check(report: Report, baseline: Baseline, *, floor: Severity = FLOOR, tolerance: float = TOLERANCE) -> Gate:
    """Hold a report against a baseline.

    New is a finding whose id is not in the baseline, or is there with a lower severity. One whose words changed while
    its sentence, its category and at most its severity stayed is not new: another translation put it otherwise. Drift
    may rise and coverage fall by `tolerance` (both 0..1). Raises UsageError DR603 naming what is not comparable.
    """
    reasons = differences(report, baseline)
    if reasons:
        raise UsageError("DR603", f"the baseline cannot be compared with this report: {'; '.join(reasons)}; use what "
                                  "it was made with, or write a new one with --update --allow-regression")
    known = {a.id: a for a in baseline.findings}
    here = {a.id: a for a in accepted_of(report)}
    gone = [a for a in baseline.findings if a.id not in here]
    by_place: dict[str, list[Accepted]] = {}
    for accepted in gone:
        by_place.setdefault(accepted.place, []).append(accepted)
    new: list[Found] = []
    lesser: list[Found] = []
    renamed = 0
    for copy in report.copies:
        for bead in copy.beads:
            for found in bead.findings:
                now = here.get(found.id)
                if now is None:
                    continue  # rejected
                before = known.get(found.id)
                if before is None:
                    before = _take(by_place.get(now.place, []), now.severity)
                    if before is not None:
                        gone.remove(before)
                        renamed += 1
                if before is None or not at_least(before.severity, now.severity):
                    (new if at_least(now.severity, floor) else lesser).append((copy, bead, found))
    return Gate(
        report, baseline, floor, tolerance, tuple(new), tuple(lesser), tuple(gone), renamed,
        tuple(_moves(report, baseline, tolerance)), _unseen(report, baseline), _translators(report, baseline),
    )


def _take(candidates: list[Accepted], severity: Severity) -> Accepted | None:
    """Take the mildest accepted finding of the place that is at least as grave, so that each excuses one only."""
    grave = [a for a in candidates if at_least(a.severity, severity)]
    if not grave:
        return None
    chosen = min(grave, key=lambda a: SEVERITIES.index(a.severity))
    candidates.remove(chosen)
    return chosen


def _moves(report: Report, baseline: Baseline, tolerance: float) -> list[Move]:
    today = Baseline.of(report).copies  # rounded as the baseline is
    moves = []
    for id, now in sorted(today.items()):
        before = baseline.copies[id]
        if before.role != now.role:
            moves.append(Move(id, "role", before.role, now.role, before.role == "copy"))
            continue
        if before.score is None or now.score is None:
            continue
        rise, loss = now.score - before.score, before.coverage - now.coverage
        if round(abs(rise), 6) > tolerance:
            moves.append(Move(id, "drift", before.score, now.score, rise > 0))
        if round(abs(loss), 6) > tolerance:
            moves.append(Move(id, "coverage", before.coverage, now.coverage, loss > 0))
    return moves


def _unseen(report: Report, baseline: Baseline) -> tuple[CopyDrift, ...]:
    """Copies that could not be compared today, though the baseline could, or said nothing of it."""
    return tuple(c for c in report.copies if c.role == "copy" and c.score is None
                 and baseline.copies[c.id].score is not None)


def differences(report: Report, baseline: Baseline) -> list[str]:
    """What keeps a report and a baseline from being compared, one phrase each; [] where nothing does."""
    today = Baseline.of(report)
    reasons = []
    old, new = baseline.copies, today.copies
    groups = (("changed", [i for i in old if i in new and old[i].digest != new[i].digest]),
              ("not in the baseline", [i for i in new if i not in old]), ("missing", [i for i in old if i not in new]))
    for words, ids in groups:
        if ids:
            reasons.append(f"corpus: {', '.join(sorted(ids))} {'is' if len(ids) == 1 else 'are'} {words}")
    if baseline.reference != today.reference and not reasons:
        reasons.append(f"reference: it was {baseline.reference}, it is {today.reference}")
    before, now = parse_signature(baseline.signature), parse_signature(report.signature)
    for field in dict.fromkeys([*before, *now]):
        if field not in UNDER_TEST and before.get(field) != now.get(field):
            name = f"{NAMES[field]} ({field})" if field in NAMES else field
            reasons.append(f"signature: {name} was {before.get(field, 'absent')}, is {now.get(field, 'absent')}")
    return reasons


def _translators(report: Report, baseline: Baseline) -> tuple[str, str] | None:
    before, now = (parse_signature(s).get("mt", "none") for s in (baseline.signature, report.signature))
    return (before, now) if before != now else None


def check_update(report: Report, baseline: Baseline, *, tolerance: float = TOLERANCE) -> None:
    """Refuse to replace a baseline by a worse report; UsageError DR604 says what is worse, or that nobody can tell.

    Worse is anything new at all, however minor, and any score that moved the wrong way beyond the tolerance.
    """
    reasons = differences(report, baseline)
    if reasons:
        raise UsageError("DR604", f"nobody can tell whether the new baseline is worse: {'; '.join(reasons)}; "
                                  "--allow-regression writes it all the same")
    gate = check(report, baseline, floor="minor", tolerance=tolerance)
    if gate.exit_code:
        raise UsageError("DR604", f"the new baseline would be worse: {str(gate).partition(': ')[2]}; "
                                  "--allow-regression writes it all the same")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
