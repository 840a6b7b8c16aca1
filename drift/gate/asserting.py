"""What the pytest fixture `drift` can do. Failures show the sentences with their changed words in [brackets]."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from drift.errors import DriftError
from drift.gate.check import TOLERANCE, Gate
from drift.records import PairDrift, Report
from drift.typology import SEVERITIES, Severity, at_least

__all__ = ["Drift"]

Where = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Drift:
    """The fixture; relative paths are looked for beside the test's file."""

    root: Path
    update: bool = False
    allow_regression: bool = False
    record: bool = False
    fail_on: Severity | None = None

    def judge(
        self, reference: str, hypothesis: str, source: str | None = None, language: str | None = None
    ) -> PairDrift:
        """Judge two English sentences; see `drift.judge`."""
        from drift.judge import Pair, judge_many

        with _quiet():
            return judge_many([Pair(reference, hypothesis, source, language)])[0]

    def assert_same_meaning(
        self, reference: str, hypothesis: str, *, at_most: Severity | None = "minor", min_confidence: float = 0.0
    ) -> PairDrift:
        """Fail if the two sentences differ in meaning by more than `at_most`; None: any finding fails.

        Findings less sure than `min_confidence` (0..1) do not count.
        """
        __tracebackhide__ = True
        if at_most is not None and at_most not in SEVERITIES:
            raise ValueError(f"at_most={at_most!r} is none of {', '.join(SEVERITIES)} and None")
        from drift.gate.marked import marked_pair
        from drift.render.view import counts

        pair = self.judge(reference, hypothesis)
        found = [
            f for f in pair.findings
            if counts(f) and f.confidence >= min_confidence
            and (at_most is None or (f.severity != at_most and at_least(f.severity, at_most)))
        ]
        if found:
            allowed = "no finding is" if at_most is None else f"at most {at_most} is"
            pytest.fail(f"the meaning differs, {allowed} allowed:\n{marked_pair(pair, found)}", pytrace=False)
        return pair

    def check_copies(
        self,
        paths: Where | Iterable[Where],
        *,
        baseline: Where,
        cassette: Where | None = None,
        fail_on: Severity = "major",
        tolerance: float = TOLERANCE,
        **options: Any,
    ) -> Gate:
        """Fail if copies of an article drift more than their baseline says; see `drift check`.

        `cassette` holds the recorded translations; without one the MT model runs. `options` go to `drift.report`.
        ``--drift-update`` writes the baseline, ``--drift-record`` the cassette, ``--drift-fail-on`` goes before
        `fail_on`.
        """
        __tracebackhide__ = True
        from drift.gate.readable import render_text

        refused = ""
        try:
            report = self._report(paths, cassette, options)
            gate = self._gate(report, self.root / baseline, self.fail_on or fail_on, tolerance)
        except DriftError as error:
            refused = _in_pytest(str(error))
        if refused:  # outside of the except block: what pytest shows is the sentence alone
            pytest.fail(refused, pytrace=False)
        if not gate.passed:
            pytest.fail(render_text(gate), pytrace=False)
        return gate

    def _report(self, paths: Where | Iterable[Where], cassette: Where | None, options: Mapping[str, Any]) -> Report:
        from drift import review
        from drift.gate.cassette import recording, replaying
        from drift.pipeline import report

        given = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        places = [self._shown(p) for p in given]
        tape: Any = nullcontext()
        if cassette is not None:
            tape = (recording if self.record else replaying)(self._shown(cassette))
        with _quiet(), tape:
            return review.apply(report(places, **{"memory": None, **options}))

    def _gate(self, report: Report, baseline: Path, floor: Severity, tolerance: float) -> Gate:
        from drift.gate.baseline import Baseline, load_baseline, save_baseline
        from drift.gate.check import check, check_update

        if self.update:
            if baseline.exists() and not self.allow_regression:
                check_update(report, load_baseline(baseline), tolerance=tolerance)
            save_baseline(Baseline.of(report), baseline)
        return check(report, load_baseline(baseline), floor=floor, tolerance=tolerance)

    def _shown(self, path: Where) -> str:
        """A path as errors and reports show it: relative to where pytest runs, if that is shorter."""
        full = self.root / path
        near = os.path.relpath(full)
        return near if not near.startswith("..") else str(full)


def _in_pytest(sentence: str) -> str:
    """An error that names options of the command line, with those of the plugin."""
    renamed = re.sub(r"--record [^\s;,]+", "--drift-record", sentence)
    return re.sub(r"--(update|allow-regression)", r"--drift-\1", renamed)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the model libraries from warning in other people's tests, where warnings may be errors."""
    from drift.cli.progress import hushed_libraries

    with hushed_libraries():
        yield
