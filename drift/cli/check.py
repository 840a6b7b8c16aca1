"""`drift check`: today's report beside a baseline."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from drift.errors import UsageError
from drift.typology import SEVERITIES

if TYPE_CHECKING:
    from drift.gate.check import Gate
    from drift.prepare import StageProgress
    from drift.records import Report

__all__ = ["add_parser", "run"]

BASELINE: Final = "drift-baseline.json"


def add_parser(subparsers: Any) -> None:
    """Declare the subcommand's arguments."""
    from drift.cli.translating import add_options

    parser = subparsers.add_parser(
        "check",
        help="compare today's report with an accepted one; fail on new findings",
        description="Compare copies of an article as `report` does, and hold the result against a baseline: new "
        "findings and scores that got worse fail, fixed ones are named. The copies and everything that scores depend "
        "on must be those of the baseline; the MT model is what is under test and may differ.",
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files or folders with the copies")
    parser.add_argument("-r", "--reference", metavar="ID", help="id or path of the version to compare with")
    parser.add_argument(
        "--lang", action="append", default=[], metavar="ID=CODE", help="language of a copy, such as B=fr (repeatable)"
    )
    gate = parser.add_argument_group("gate")
    gate.add_argument("-b", "--baseline", default=BASELINE, metavar="FILE", help=f"the baseline (default: {BASELINE})")
    gate.add_argument(
        "--fail-on", choices=SEVERITIES, default="major", metavar="SEVERITY",
        help="new findings of this severity or worse fail: minor, major (default), critical",
    )  # fmt: skip
    gate.add_argument(
        "--tolerance", type=_share, default=0.01, metavar="X",
        help="how far drift may rise and coverage fall, both 0 to 1 (default: 0.01)",
    )  # fmt: skip
    gate.add_argument("--update", action="store_true", help="write the baseline; refused where it would be worse")
    gate.add_argument("--allow-regression", action="store_true", help="with --update: write it even if it is worse")
    add_options(parser)
    parser.add_argument("--encoder", metavar="MODEL", help="sentence-transformers model that aligns the sentences")
    out = parser.add_argument_group("output")
    out.add_argument(
        "-f", "--format", action="append", default=[], metavar="NAME[=FILE]",
        help="text (default), json, md, junit or sarif of the gate; html, jsonl, tsv or csv of the whole report; "
        "several with a file each",
    )  # fmt: skip
    out.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    out.add_argument("-q", "--quiet", action="store_true", help="no progress, no warnings")
    parser.set_defaults(run=run, no_color=False)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand and return the exit code."""
    from drift.cli.output import parse_targets
    from drift.cli.progress import note
    from drift.cli.translating import languages_of, options_of
    from drift.gate.baseline import load_baseline
    from drift.gate.check import check

    if args.allow_regression and not args.update:
        raise UsageError("DR605", "--allow-regression does nothing without --update")
    targets = parse_targets(args.format, args.output, [*args.paths, args.baseline])
    options = {**options_of(args), "languages": languages_of(args.lang), "reference": args.reference,
               "encoder": args.encoder}
    say = note(quiet=args.quiet)
    baseline = None if args.update else load_baseline(args.baseline)
    report = _report(args, options, say)
    if baseline is None:
        print(f"drift: {_update(args, report)}", file=sys.stderr)
        return 0
    gate = check(report, baseline, floor=args.fail_on, tolerance=args.tolerance)
    for target in targets:
        _put(gate, target.format, target.path)
    if not any(t.format == "text" and t.path is None for t in targets):
        from drift.gate.readable import str_line

        print(f"drift: {str_line(gate)}", file=sys.stderr)
    return gate.exit_code


def _report(args: argparse.Namespace, options: dict[str, Any], say: Callable[[str], None]) -> Report:
    """The report, recorded or replayed where that is asked for, with what people said of its findings."""
    from drift import review
    from drift.cli.progress import hushed_libraries, showing_progress
    from drift.cli.translating import taping
    from drift.gate.effect import effect
    from drift.pipeline import report as make_report

    def make(progress: StageProgress | None = None) -> Report:
        return review.apply(make_report(args.paths, **options, progress=progress, note=say))

    with hushed_libraries(), showing_progress(quiet=args.quiet) as progress:
        with taping(args) as cassette:
            report = make(progress)
        if cassette is not None and args.record:
            say(effect(cassette, report, make))
    for sentence in report.warnings:
        say(sentence)
    return report


def _update(args: argparse.Namespace, report: Report) -> str:
    """Write the baseline, unless it would be worse than the one that is there; say what was done."""
    from pathlib import Path

    from drift.gate.baseline import Baseline, load_baseline, save_baseline
    from drift.gate.check import check_update

    if Path(args.baseline).exists() and not args.allow_regression:
        check_update(report, load_baseline(args.baseline), tolerance=args.tolerance)
    baseline = Baseline.of(report)
    save_baseline(baseline, args.baseline)
    return f"wrote {args.baseline}: {len(baseline.copies)} copies, {len(baseline.findings)} accepted findings"


def _put(gate: Gate, format: str, path: str | None) -> None:
    from drift.cli.output import emit
    from drift.gate.formats import render_gate
    from drift.render import replace as put

    text = render_gate(gate, format)
    if path is None:
        emit(text)
    else:
        put(path, text)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value
