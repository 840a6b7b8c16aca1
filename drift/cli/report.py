"""`drift report`: compare copies of one article."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Any

from drift.errors import ModelError, UsageError
from drift.typology import SEVERITIES

if TYPE_CHECKING:
    from drift.prepare import StageProgress
    from drift.records import Report

__all__ = ["add_parser", "run"]


def add_parser(subparsers: Any) -> None:
    """Declare the subcommand's arguments."""
    from drift.cli.translating import add_tape

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
    translating = parser.add_argument_group("translation")
    translating.add_argument(
        "--model", action="append", default=[], metavar="[CODE=]MODEL",
        help="MT model, a hub id or a folder; de=MODEL for one language only (repeatable)",
    )  # fmt: skip
    translating.add_argument("--revision", metavar="COMMIT", help="commit of the model on the hub")
    translating.add_argument("--engine", metavar="NAME", help="ctranslate2, transformers or apertium")
    translating.add_argument("--device", default="cpu", metavar="NAME", help="cpu (default), cuda, cuda:1, mps")
    translating.add_argument("--encoder", metavar="MODEL", help="sentence-transformers model that aligns the sentences")
    translating.add_argument(
        "--control", action="store_true",
        help="also send the reference through each language and back: what that shows is our translation's doing",
    )  # fmt: skip
    memory = translating.add_mutually_exclusive_group()
    memory.add_argument("--memory", metavar="FILE", help="translation memory (default: in the user's cache folder)")
    memory.add_argument("--no-memory", action="store_true", help="neither use nor write a translation memory")
    add_tape(translating)
    out = parser.add_argument_group("output")
    out.add_argument(
        "-f", "--format", action="append", default=[], metavar="NAME[=FILE]",
        help="text (default), html, json, jsonl, md, tsv, csv, sarif or junit; several with a file each",
    )  # fmt: skip
    out.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    out.add_argument("--limit", type=_positive, metavar="N", help="sentences shown for each copy in the text report")
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
    from drift.cli.translating import taping
    from drift.gate.effect import effect

    targets = parse_targets(args.format, args.output, args.paths)
    languages = _assignments(args.lang)
    model = _models(args.model)
    say = note(quiet=args.quiet)
    _check_device(args.device)

    from drift.pipeline import report as make_report
    from drift.prepare import DEFAULT_MEMORY
    from drift.render import render, write
    from drift.review import apply as apply_review
    from drift.verdict import verdict

    def make(progress: StageProgress | None = None) -> Report:
        return make_report(
            args.paths,
            reference=args.reference,
            languages=languages,
            model=model,
            revision=args.revision,
            engine=args.engine,
            device=args.device,
            memory=None if args.no_memory else args.memory or DEFAULT_MEMORY,
            encoder=args.encoder,
            control=args.control,
            progress=progress,
            note=say,
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


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of sentences")
    return int(text)


def _assignments(given: list[str]) -> dict[str, str]:
    """`ID=CODE` each; ids may contain "=", codes may not."""
    languages = {}
    for item in given:
        id, equals, code = item.rpartition("=")
        if not equals or not id or not code:
            raise UsageError("DR902", f"--lang {item!r} names no copy; write --lang ID=CODE, such as --lang B=fr")
        languages[id] = code
    return languages


def _models(given: list[str]) -> str | dict[str, str] | None:
    """One model for all languages, or `CODE=MODEL` each."""
    by_language = {m[1]: m[2] for item in given if (m := re.fullmatch(r"([a-z]{2,3})=(.+)", item))}
    general = [item for item in given if not re.fullmatch(r"[a-z]{2,3}=.+", item)]
    if len(general) > 1 or (general and by_language):
        raise UsageError(
            "DR902", "several models are given; say for which language each is: --model de=MODEL --model it=MODEL"
        )
    return general[0] if general else by_language or None


def _check_device(device: str) -> None:
    """Ask torch only where the user wants something else than the processor."""
    if device == "cpu":
        return
    import torch

    try:
        kind = torch.device(device).type
    except RuntimeError as error:
        raise UsageError("DR908", f"there is no device {device!r}; write cpu, cuda, cuda:1 or mps") from error
    available = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if not available.get(kind, False):
        raise ModelError(
            "DR909", f"this machine, or the installed torch, has no {kind}; leave --device out to use the CPU"
        )
