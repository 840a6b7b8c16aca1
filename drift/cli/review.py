"""`drift review`: say which findings are right, keep it beside the articles, and see how often the tool is right."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drift.records import Report

__all__ = ["add_parser", "run"]

LISTED = 20


def add_parser(subparsers: Any) -> None:
    """Declare the subcommand's arguments."""
    parser = subparsers.add_parser(
        "review",
        help="confirm or reject findings; rejected ones stay quiet in the next run",
        description="Confirm or reject findings of a report, by their id or its beginning. What is said is kept beside "
        "the articles, in drift-review.tsv, and the next report of them takes it from there. Without a decision, the "
        "findings that nobody has reviewed are listed, the worst first.",
        allow_abbrev=False,
    )
    parser.add_argument("report", metavar="REPORT", help="a report written with -f json")
    decisions = (("--confirm", "these findings are right"), ("--reject", "these findings are wrong"),
                 ("--reset", "forget what was said of these findings"))
    for option, words in decisions:
        parser.add_argument(option, action="extend", nargs="+", default=[], metavar="ID", help=words)
    parser.add_argument(
        "--from", dest="table", metavar="TABLE",
        help="read ids and statuses from a table: an edited export (-f csv, -f tsv) or another review",
    )  # fmt: skip
    parser.add_argument("--file", metavar="FILE", help="the review (default: drift-review.tsv beside the articles)")
    parser.add_argument("--limit", type=int, default=LISTED, metavar="N", help=f"findings listed (default: {LISTED})")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand and return the exit code."""
    from drift import review
    from drift.cli.output import emit
    from drift.errors import UsageError
    from drift.render.json import load

    report = load(args.report)
    file = review.place(report) if args.file is None else args.file
    if review.exists(file):
        report = review.apply(report, file)
    decided = bool(args.confirm or args.reject or args.reset or args.table)
    if args.table:
        statuses = review.load(args.table)
        here = {f.id for f in report.findings}
        if statuses and not here & statuses.keys():
            raise UsageError("DR514", f"no finding of {args.report} is in {args.table}; is it a table of this report?")
        report = review.apply(report, args.table)
    report = review.decide(report, confirm=args.confirm, reject=args.reject, reset=args.reset)
    if decided:
        file = review.save(report, file)
    lines = [] if decided else _open_findings(report, args.limit)
    emit("\n".join([*lines, *_summary(report, str(file), decided)]) + "\n")
    return 0


def _open_findings(report: Report, limit: int) -> list[str]:
    """List what nobody has reviewed, the worst first."""
    from drift.render.safe import one_line
    from drift.render.view import findings_of, percent, short
    from drift.typology import SEVERITIES

    found = [(d, f) for d, _, f in findings_of(report) if f.status == "unreviewed" and f.attribution != "instrument"]
    found.sort(key=lambda item: (-SEVERITIES.index(item[1].severity), -item[1].confidence))
    lines = [
        one_line(f"{f.id}  {f.severity:<8} {f.category:<12} {percent(f.confidence):>4}  {d.id}: ")
        + one_line(short(f.message, 160))
        for d, f in found[:limit]
    ]
    if len(found) > limit:
        lines.append(f"… and {len(found) - limit} more; --limit {len(found)} lists them")
    return [*lines, ""] if lines else lines


def _summary(report: Report, file: str, decided: bool) -> list[str]:
    from drift.render.safe import one_line
    from drift.render.view import percent
    from drift.review import precision

    groups = precision(report)
    if not groups:
        return ["nothing is reviewed yet; --confirm ID and --reject ID say which findings are right"]
    every, *parts = groups
    reviewed = every.confirmed + every.rejected
    left = len(report.findings) - reviewed
    lines = [one_line(f"{every.confirmed} confirmed, {every.rejected} rejected, {left} not reviewed; "
                      f"{'kept' if decided else 'read'} in {file}"), "",
             f"{'':<14}{'confirmed':>9}  {'rejected':>8}  {'precision':>9}  {'said':>4}"]
    for group in (*parts, every):
        lines.append(f"{group.name:<14}{group.confirmed:>9}  {group.rejected:>8}  {percent(group.precision):>9}  "
                     f"{percent(group.confidence):>4}")
    lines += ["", "precision: the share that is right, of what was reviewed; said: how sure the tool was, on average"]
    return lines
