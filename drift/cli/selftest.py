"""`drift selftest`: what the installed models notice, and what they cry wolf at, on a text of your own."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from drift.errors import UsageError

if TYPE_CHECKING:
    from drift.judge.selftest import KindResult, SelfTest

__all__ = ["add_parser", "run"]


def add_parser(subparsers: Any) -> None:
    """Declare the subcommand's arguments."""
    parser = subparsers.add_parser(
        "selftest",
        help="spoil a text on purpose and see what the judge notices",
        description="Spoil the sentences of an English text in many ways, rewrite them faithfully in others, and print how "
        "much of the damage the installed models notice, and how often they raise a false alarm.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "text", nargs="?", metavar="TEXTFILE", help="an English text (default: a short sample of our own)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the random choices (default: 0)")
    parser.add_argument("--examples", action="store_true", help="show sentences where the judge was wrong")
    parser.add_argument(
        "-f", "--format", default="text", choices=("text", "json"), metavar="NAME", help="text (default) or json"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand and return the exit code."""
    from drift.cli.output import emit
    from drift.cli.progress import hushed_libraries
    from drift.judge.selftest import SAMPLE, selftest

    with hushed_libraries():
        sentences: Sequence[str] = SAMPLE if args.text is None else _sentences(args.text)
        result = selftest(sentences, seed=args.seed)
    if args.format == "json":
        emit(json.dumps({"schema": "drift.selftest/1", **asdict(result)}, ensure_ascii=False, indent=2) + "\n")
    else:
        from drift.render.safe import encodable, one_line

        emit("".join(one_line(encodable(line)) + "\n" for line in _text(result, args.examples)))
    return 0


def _sentences(path: str) -> list[str]:
    from drift.read import read

    copy = read(path)
    if copy.language not in ("en", None):
        raise UsageError(
            "DR913", f"{path} is in another language ({copy.language}); the self-test needs an English text"
        )
    return [s.text for s in copy.sentences]


def _text(result: SelfTest, examples: bool) -> Iterator[str]:
    yield f"{result.sentences} sentences, seed {result.seed}"
    yield ""
    yield f"{'SPOILT':<14}{'tried':>6}{'found':>8}{'typed':>8}{'drift':>8}  what was done"
    for kind in result.recall:
        yield f"{kind.kind:<14}{kind.tried:>6}{_percent(kind.hits, kind.tried)}{_percent(kind.typed, kind.tried)}{_rest(kind)}"
        yield from _examples(kind, "not found", examples)
    yield _total("all", result.recall, typed=True)
    yield ""
    yield f"{'FAITHFUL':<14}{'tried':>6}{'alarms':>8}{'':>8}{'drift':>8}  what was done"
    for kind in result.false_alarms:
        yield f"{kind.kind:<14}{kind.tried:>6}{_percent(kind.hits, kind.tried)}{'':>8}{_rest(kind)}"
        yield from _examples(kind, "false alarm", examples)
    yield _total("all", result.false_alarms, typed=False)
    yield ""
    yield "found: a finding as severe as that error deserves; typed: of the right category;"
    yield "alarms: a major or critical finding; drift: mean score, 0 = same meaning"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:>6.0f} %" if whole else f"{'–':>8}"


def _rest(kind: KindResult) -> str:
    return f"{kind.drift:>8.2f}  {kind.title[0].lower()}{kind.title[1:]}"


def _total(name: str, kinds: Sequence[KindResult], *, typed: bool) -> str:
    tried = sum(k.tried for k in kinds)
    named = _percent(sum(k.typed for k in kinds), tried) if typed else ""
    return f"{name:<14}{tried:>6}{_percent(sum(k.hits for k in kinds), tried)}{named}"


def _examples(kind: KindResult, what: str, wanted: bool) -> Iterator[str]:
    for before, after in kind.examples if wanted else ():
        yield f"    {what}: {before}"
        yield f"    {'':<{len(what)}}  {after}"
