"""`drift memory`: what the translation memory holds, out to other tools and in from them."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drift.errors import UsageError

if TYPE_CHECKING:
    from drift.translate.memory import Memory

__all__ = ["add_parser", "run"]


def add_parser(subparsers: Any) -> None:
    """Declare the subcommand's arguments."""
    parser = subparsers.add_parser(
        "memory",
        help="show, export or import the translation memory",
        description="Show what the translation memory holds, write it to a file, or read one into it. The ending says "
        "the format: .tsv and .jsonl keep everything, .tmx is what other tools read and write. A sentence that is "
        "imported is not translated again, so that a corrected export corrects the reports.",
        allow_abbrev=False,
    )
    parser.add_argument("action", nargs="?", default="show", choices=("show", "export", "import"), metavar="ACTION",
                        help="show (default), export or import")  # fmt: skip
    parser.add_argument("file", nargs="?", metavar="FILE", help="where to, or where from: .tsv, .jsonl or .tmx")
    parser.add_argument("--memory", metavar="FILE", help="the memory (default: in the user's cache folder)")
    foreign = parser.add_argument_group(
        "import from another tool", "its file does not say which model its translations stand for; these options do"
    )
    foreign.add_argument("--lang", metavar="CODE", help="language of the sentences, such as fr")
    foreign.add_argument("--model", metavar="MODEL", help="MT model (default: what the language gets)")
    foreign.add_argument("--revision", metavar="COMMIT", help="commit of the model on the hub")
    foreign.add_argument("--engine", metavar="NAME", help="ctranslate2, transformers or apertium")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand and return the exit code."""
    from drift.cli.output import emit
    from drift.cli.progress import hushed_libraries, note
    from drift.render.safe import encodable, one_line
    from drift.translate import Memory, default_memory_path, export_memory

    if (args.file is None) != (args.action == "show"):
        wanted = "takes no file" if args.action == "show" else "needs a file: .tsv, .jsonl or .tmx"
        raise UsageError("DR914", f"`drift memory {args.action}` {wanted}")
    memory = Memory(args.memory or default_memory_path(), note=note(quiet=False))
    if args.action == "import":
        with hushed_libraries():
            said = [_import(args, memory)]
    elif not memory.path.exists():
        said = [f"{memory.path} does not exist yet; the first translation makes it"]
    elif args.action == "export":
        _check(args.file, memory)
        said = [f"{_counted(export_memory(memory, args.file))} written to {args.file}"]
    else:
        said = list(_contents(memory))
    memory.close()
    emit("".join(one_line(encodable(line)) + "\n" for line in said))
    return 0


def _import(args: argparse.Namespace, memory: Memory) -> str:
    from drift.cli.progress import note
    from drift.translate import load
    from drift.translate.exchange import read_units

    translator = None
    if args.lang is not None:
        translator = load(args.lang, model=args.model, revision=args.revision, engine=args.engine,
                          note=note(quiet=False))  # fmt: skip
    units = read_units(args.file, translator=translator)
    if any(u.key.engine == "import" for u in units):
        raise UsageError("DR915", f"{args.file} comes from another tool and does not say which model its translations "
                                  "stand for; name the language whose model they replace: --lang fr")
    memory.add(units)
    return f"{_counted(len(units))} read into {memory.path}"


def _check(file: str, memory: Memory) -> None:
    target = Path(file)
    if not target.parent.is_dir():
        raise UsageError("DR905", f"there is no folder {str(target.parent)!r} to write {target.name} into; make it first")
    if target.exists() and target.samefile(memory.path):
        raise UsageError("DR905", f"{file} is the memory itself; writing the export there would destroy it")


def _contents(memory: Memory) -> Iterator[str]:
    units = memory.units()
    yield f"{memory.path}: {_counted(len(units))}, {memory.path.stat().st_size / 1e6:.1f} MB"
    for key, count in sorted(Counter(u.key for u in units).items(), key=lambda item: str(item[0])):
        revision = f" at {key.revision[:12]}" if key.revision else ""
        yield f"  {count:>7}  {key.source_language} → {key.target_language}  {key.engine}/{key.model}{revision}"


def _counted(number: int) -> str:
    return f"{number} sentence" if number == 1 else f"{number} sentences"
