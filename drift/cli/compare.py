"""`drift compare`: two or more MT systems on one test set."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from drift.errors import UsageError

if TYPE_CHECKING:
    from drift.cli.output import Target
    from drift.prepare import StageProgress

__all__ = ["add_parser", "run"]

MODEL: Final = "model:"


def add_parser(subparsers: Any) -> None:
    """Declare the subcommand's arguments."""
    from drift.cli.arguments import add_jobs, positive
    from drift.cli.translating import add_options

    parser = subparsers.add_parser(
        "compare",
        help="hold MT systems against each other on a test set",
        description="Judge the translations of two or more MT systems line by line: which keeps the meaning, in which "
        "sentences, in which kinds, and whether the difference is more than noise. The first system is what the "
        "others are held against. Files are plain lines, .tsv, .jsonl, .tmx, .xlf or .po; FILE#COLUMN names a column, "
        "a field, or a side (#source, #target).",
        allow_abbrev=False,
    )
    parser.add_argument(
        "systems", nargs="+", metavar="SYSTEM",
        help=f"a file with translations, or {MODEL}NAME, an MT model to translate the source with",
    )  # fmt: skip
    parser.add_argument("-r", "--reference", metavar="FILE", help="what the translations should say, in English")
    parser.add_argument("-s", "--source", metavar="FILE", help="what was translated")
    parser.add_argument("-t", "--test-set", metavar="NAME", help="source and reference of a test set of sacrebleu's")
    parser.add_argument("-l", "--language-pair", metavar="PAIR", help="its languages, such as fr-en")
    parser.add_argument("--lang", metavar="CODE", help=f"language of the source, for {MODEL}NAME")
    parser.add_argument("-n", "--lines", type=positive, metavar="N", help="only the first N lines")
    parser.add_argument("--alpha", type=_share, default=0.05, metavar="P",
                        help="a difference with a smaller p-value is more than noise (default: 0.05)")  # fmt: skip
    parser.add_argument("--fail-if-worse", action="store_true",
                        help="exit with 1 if a system loses meaning against the first beyond noise")  # fmt: skip
    parser.add_argument("--seed", type=int, default=12345, metavar="N", help="of the random samples (default: 12345)")
    add_jobs(parser)
    add_options(parser)
    out = parser.add_argument_group("output")
    out.add_argument("-f", "--format", action="append", default=[], metavar="NAME[=FILE]",
                     help="text (default), json or html; several with a file each")  # fmt: skip
    out.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    out.add_argument("--limit", type=positive, default=10, metavar="N", help="sentences shown where they differ most")
    out.add_argument("-q", "--quiet", action="store_true", help="no progress, no warnings")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand and return the exit code."""
    from drift.cli.output import emit
    from drift.cli.progress import hushed_libraries, showing_progress
    from drift.gate.comparison import render_comparison
    from drift.gate.systems import check_counts, compare_systems
    from drift.render import replace as put

    targets = _targets(args)
    references, sources = _test_set(args)
    names = _names(args.systems)
    files = _read(names)
    check_counts(references, files, sources)  # before -n, which would make unequal files equal
    references, sources = references[: args.lines], None if sources is None else sources[: args.lines]
    with hushed_libraries(), showing_progress(quiet=args.quiet) as progress:
        made = _translate(args, names, sources, progress)
        systems = {name: files[name][: args.lines] if name in files else made[name] for name in names}
        comparison = compare_systems(
            references, systems, sources=sources, alpha=args.alpha, seed=args.seed, jobs=args.jobs, progress=progress
        )
    for target in targets:
        text = render_comparison(comparison, target.format, limit=args.limit)
        if target.path is None:
            emit(text)
        else:
            put(target.path, text)
    if not any(t.format == "text" and t.path is None for t in targets):
        from drift.render.safe import one_line

        for versus in comparison.versus:
            print(f"drift: {one_line(str(versus))}", file=sys.stderr)
    return comparison.exit_code if args.fail_if_worse else 0


def _targets(args: argparse.Namespace) -> list[Target]:
    from drift.cli.output import parse_targets
    from drift.gate.comparison import COMPARISON_FORMATS

    given = [item for item in (args.reference, args.source, *args.systems) if item is not None]
    targets = parse_targets(args.format, args.output, given)
    for target in targets:
        if target.format not in COMPARISON_FORMATS:
            there = ", ".join(COMPARISON_FORMATS)
            raise UsageError("DR501", f"a comparison has no format {target.format!r}; there are: {there}")
    return targets


def _test_set(args: argparse.Namespace) -> tuple[list[str], list[str] | None]:
    """References and sources; UsageError DR608 where it is not said what they are."""
    from drift.gate.segments import read_segments, read_test_set

    if args.test_set is not None:
        if args.language_pair is None or args.reference or args.source:
            raise UsageError("DR608", "-t NAME goes with -l PAIR, such as -l fr-en, and without -r and -s")
        sources, references = read_test_set(args.test_set, args.language_pair)
        return references, sources
    if args.reference is None:
        raise UsageError("DR608", "there is nothing to compare with; name the reference: -r FILE, or -t NAME -l PAIR")
    given = None if args.source is None else read_segments(args.source, side="source")
    return read_segments(args.reference, side="reference"), given


def _read(names: Mapping[str, str]) -> dict[str, list[str]]:
    """Name -> translations, of the systems that are files."""
    from drift.gate.segments import read_segments

    return {n: read_segments(given, side="hypothesis") for n, given in names.items() if not given.startswith(MODEL)}


def _translate(
    args: argparse.Namespace, names: Mapping[str, str], sources: Sequence[str] | None, progress: StageProgress
) -> dict[str, list[str]]:
    """Name -> translations, of the systems that are models."""
    from drift.cli.progress import note
    from drift.cli.translating import taping

    models = {name: given.removeprefix(MODEL) for name, given in names.items() if given.startswith(MODEL)}
    if not models:
        return {}
    with taping(args) as cassette:
        made = {name: _translated(args, name, model, sources, progress) for name, model in models.items()}
    if cassette is not None and args.record:
        note(quiet=args.quiet)(f"{args.record}: {cassette.changes}")
    return made


def _translated(
    args: argparse.Namespace, name: str, model: str, sources: Sequence[str] | None, progress: StageProgress
) -> list[str]:
    from drift import translate
    from drift.cli.progress import note
    from drift.cli.translating import check_device, memory_of
    from drift.translate import default_memory_path

    language = args.lang or (args.language_pair or "").partition("-")[0]
    if sources is None or not language:
        raise UsageError("DR608", f"{name} is to translate: name what with -s FILE, and its language with --lang CODE")
    check_device(args.device)
    translator = translate.load(
        language, model=model or None, revision=args.revision, engine=args.engine, device=args.device,
        memory=memory_of(args, default_memory_path()), note=note(quiet=args.quiet),
    )  # fmt: skip
    texts, count = list(sources), 0

    def tick(more: int) -> None:
        nonlocal count
        count += more
        progress(f"translating with {name}", count, len(texts))

    return [t.text for t in translator.translate(texts, progress=tick)]


def _names(given: Sequence[str]) -> Mapping[str, str]:
    """A short name for each system: what tells them apart."""
    shorteners: Sequence[Callable[[str], str]] = (
        lambda g: Path(g.removeprefix(MODEL)).stem, lambda g: Path(g).name, str,
    )  # fmt: skip
    for shorten in shorteners:
        names = [shorten(g) or g for g in given]
        if len(set(names)) == len(names):
            return dict(zip(names, given, strict=True))
    twice = sorted({g for g in given if list(given).count(g) > 1})
    raise UsageError("DR609", f"{', '.join(twice)} is given twice; a system cannot be compared with itself")


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not between 0 and 1")
    return value
