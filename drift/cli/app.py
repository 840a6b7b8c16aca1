"""The `drift` command: its subcommands, and what becomes of whatever goes wrong inside one."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from drift._version import __version__
from drift.errors import DriftError, UsageError

__all__ = ["COMMANDS", "run"]

# Each is a module of this package with `add_parser(subparsers)` and `run(args) -> int`; in the order of `--help`.
COMMANDS: Final = ("report", "score", "explain", "check", "compare", "review", "models", "memory", "selftest")

INTERRUPTED: Final = 130


class Parser(argparse.ArgumentParser):
    """argparse whose complaints are UsageErrors: one sentence, the same shape and exit code as every other."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("DR901", f"{message}; see `{self.prog} --help`")


def build_parser() -> Parser:
    """The whole command line; subcommands that are not installed yet are left out."""
    parser = Parser(
        prog="drift",
        description="Says where the meaning of an article moved while it was copied and translated.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"drift {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", parser_class=Parser)
    for name in COMMANDS:
        if importlib.util.find_spec(f"drift.cli.{name}") is not None:
            importlib.import_module(f"drift.cli.{name}").add_parser(subparsers)
    return parser


def run(arguments: Sequence[str] | None = None) -> int:
    """Parse and run; every way to fail is one sentence on standard error and an exit code, never a traceback."""
    try:
        parser = build_parser()
        args = parser.parse_args(arguments)
        if args.command is None:
            parser.print_help()
            return 0
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except DriftError as error:
        return _complain(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python flushes stdout once more at exit: give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        return _complain("[DR903] out of memory; compare fewer copies at a time, or a smaller model", 3)
    except Exception as error:
        if os.environ.get("DRIFT_TRACEBACK"):
            raise
        return _complain(
            f"[DR999] this is a fault in drift, not in your call: {type(error).__name__}: {error}; "
            "set DRIFT_TRACEBACK=1 to see where, and please report it",
            3,
        )


def _complain(sentence: str, code: int) -> int:
    from drift.render.safe import one_line

    sys.stdout.flush() if code != INTERRUPTED else None
    print(f"drift: {one_line(sentence)}", file=sys.stderr)
    return code
