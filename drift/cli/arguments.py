"""Types of command line arguments that several commands share."""

from __future__ import annotations

import argparse

__all__ = ["add_jobs", "positive"]


def positive(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Declare ``--jobs``; None where it is not given."""
    parser.add_argument(
        "-j", "--jobs", type=positive, metavar="N",
        help="processes that judge side by side (default: 1, for 2000 pairs and more one for each core, at most 8)",
    )  # fmt: skip
