"""`drift report`: compare copies of one article."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from drift.cli.arguments import positive
from drift.typology import SEVERITIES

if TYPE_CHECKING:
    from drift.prepare import StageProgress
    from drift.records import Report

__all__ = ["add_parser", "run"]


def add_parser(subparsers: Any) -> None:
    """Declare the subcommand's arguments."""
    from drift.cli.translating import add_options

    parser = subparsers.add_parser(
        "report",
        help="compare copies of one article and say where the meaning moved",
        description="Compare copies of one article: choose the clearest English version, translate the others back, "
        "and say sentence by sentence where the meaning moved, how badly, and how sure that is.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help='files or folders with the copies; "-" is standard input'
    )
    parser.add_argument("-r", "--reference", metavar="ID", help="id or path of the version to compare with")
    parser.add_argument(
        "--lang", action="append", default=[], metavar="ID=CODE", help="language of a copy, such as B=fr (repeatable)"
    )
    translating = add_options(parser)
    translating.add_argument("--encoder", metavar="MODEL", help="sentence-transformers model that aligns the sentences")
    translating.add_argument(
        "--control", action="store_true",
        help="also send the reference through each language and back: what that shows is our translation's doing",
    )  # fmt: skip
    translating.add_argument(
        "--round-trip", action="append", default=[], metavar="CODE",
        help="also send the English reference through this language and back, as a copy of its own (repeatable; one "
        "file is then enough)",
    )  # fmt: skip
    translating.add_argument(
        "--second-opinion", action="append", default=[], metavar="[CODE=]NAME",
        help="apertium, or a second MT model: what it says of a sentence with findings is evidence for whose they are",
    )  # fmt: skip
    out = parser.add_argument_group("output")
    out.add_argument(
        "-f", "--format", action="append", default=[], metavar="NAME[=FILE]",
        help="text (default), html, json, jsonl, md, tsv, csv, sarif or junit; several with a file each",
    )  # fmt: skip
    out.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    out.add_argument("--limit", type=positive, metavar="N", help="sentences shown for each copy in the text report")
    out.add_argument("--no-color", action="store_true", help="no colour (NO_COLOR does the same)")
    out.add_argument("-q", "--quiet", action="store_true", help="no progress, no warnings")
    out.add_argument(
        "--fail-on", choices=SEVERITIES, metavar="SEVERITY",
        help="exit with 1 if there is a finding of this severity (minor, major, critical) or worse",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand and return the exit code."""
    from drift.cli.output import emit, parse_targets
    from drift.cli.progress import hushed_libraries, note, showing_progress
    from drift.cli.translating import languages_of, models_of, options_of, taping
    from drift.gate.effect import effect

    targets = parse_targets(args.format, args.output, args.paths)
    languages = languages_of(args.lang)
    translating = options_of(args)
    second = models_of(args.second_opinion, option="--second-opinion")
    say = note(quiet=args.quiet)

    from drift.pipeline import report as make_report
    from drift.render import render, write
    from drift.review import apply as apply_review
    from drift.verdict import verdict

    def make(progress: StageProgress | None = None) -> Report:
        return make_report(
            args.paths,
            reference=args.reference,
            languages=languages,
            encoder=args.encoder,
            control=args.control,
            round_trip=args.round_trip,
            second_opinion=second,
            progress=progress,
            note=say,
            **translating,
        )

    with hushed_libraries(), showing_progress(quiet=args.quiet, color=not args.no_color) as progress:
        with taping(args) as cassette:
            report = make(progress)
        if cassette is not None and args.record:
            say(effect(cassette, report, make))
    report = apply_review(report)
    for sentence in report.warnings:
        say(sentence)
    for target in targets:
        options: dict[str, Any] = {}
        if target.format == "text":
            options = {"limit": args.limit, "color": False if args.no_color or target.path else None}
        if target.path is None:
            emit(render(report, target.format, **options))
        else:
            write(report, target.format, target.path, **options)
    if args.fail_on is None:
        return 0
    decision = verdict(report, args.fail_on)
    print(f"drift: {decision}", file=sys.stderr)
    return decision.exit_code
