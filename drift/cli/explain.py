"""`drift explain`: one pair of sentences, and why its score is what it is."""

from __future__ import annotations

import argparse
from typing import Any

from drift.errors import UsageError

__all__ = ["add_parser", "run"]


def add_parser(subparsers: Any) -> None:
    """Declare the subcommand's arguments."""
    parser = subparsers.add_parser(
        "explain",
        help="show for one pair of sentences what led to its score",
        description="Show for one pair of English sentences the word alignment, what every detector said and what became "
        "of it, and which facts moved the score most.",
        allow_abbrev=False,
    )
    parser.add_argument("reference", metavar="REFERENCE", help="what should be said")
    parser.add_argument("hypothesis", metavar="HYPOTHESIS", help="what is said")
    parser.add_argument("-s", "--source", metavar="TEXT", help="what the hypothesis was translated from")
    parser.add_argument("--lang", metavar="CODE", help="language of the source, such as fr")
    parser.add_argument(
        "-f", "--format", default="text", choices=("text", "json"), metavar="NAME", help="text (default) or json"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand and return the exit code."""
    for name in ("reference", "hypothesis"):
        if not getattr(args, name).strip():
            raise UsageError("DR912", f"the {name} is empty; there is nothing to explain")
    from drift.cli.output import emit
    from drift.cli.progress import hushed_libraries
    from drift.judge.explain import explain
    from drift.render.explanation import render_explanation

    with hushed_libraries():
        explanation = explain(args.reference, args.hypothesis, args.source, args.lang)
    emit(render_explanation(explanation, args.format))
    return 0
