"""The command line: parse, call, render, exit code. One file per subcommand; nothing heavy is imported to print help.

Exit codes: 0 done, 1 the gate found what it must not find, 2 the call is wrong, 3 something it needs is missing or
unreadable, 130 interrupted. Standard output carries the report and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `drift` with `arguments` (default: those of the process) and return its exit code."""
    from drift.cli.app import run

    return run(arguments)
