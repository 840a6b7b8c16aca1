"""`drift score`: line-aligned files, one number for the whole and, if wanted, one for each line."""

from __future__ import annotations

import argparse
from typing import Any

__all__ = ["add_parser", "run"]


def add_parser(subparsers: Any) -> None:
    """Declare the subcommand's arguments."""
    from drift.cli.arguments import add_jobs

    parser = subparsers.add_parser(
        "score",
        help="score the lines of a file against the lines of another",
        description="Judge line by line whether a file of English sentences means what a reference file means. Files are "
        "plain lines, .tsv, .jsonl, .tmx, .xlf or .po; FILE#COLUMN names a column, a field, or a side.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "-r", "--reference", required=True, metavar="FILE", help="what the lines should say, in English"
    )
    parser.add_argument("-i", "--input", required=True, metavar="FILE", help="the lines to judge, in English")
    parser.add_argument("-s", "--source", metavar="FILE", help="what they were translated from; shown beside them")
    parser.add_argument("--lang", metavar="CODE", help="language of the source, such as fr")
    parser.add_argument("--sentence-level", action="store_true", help="every line's score and findings as well")
    parser.add_argument(
        "-f", "--format", default="text", choices=("text", "json", "jsonl", "tsv"), metavar="NAME",
        help="text (default) or json for the whole; jsonl or tsv, one entry a line",
    )  # fmt: skip
    add_jobs(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand and return the exit code."""
    from drift.cli.output import emit
    from drift.cli.progress import hushed_libraries, showing_progress
    from drift.corpus import judge_lines
    from drift.gate.segments import read_segments
    from drift.render.corpus import render_corpus

    references = read_segments(args.reference, side="reference")
    hypotheses = read_segments(args.input, side="hypothesis")
    sources = None if args.source is None else read_segments(args.source, side="source")
    with hushed_libraries(), showing_progress(quiet=args.quiet) as progress:
        corpus = judge_lines(references, hypotheses, sources, language=args.lang, jobs=args.jobs, progress=progress)
    emit(render_corpus(corpus, args.format, lines=args.sentence_level))
    return 0
