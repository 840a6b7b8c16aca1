"""The options of every command that translates, and what they mean to the pipeline and to a cassette."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from drift.errors import ModelError, UsageError

if TYPE_CHECKING:
    from drift.gate.cassette import Cassette

__all__ = ["add_options", "add_tape", "check_device", "languages_of", "memory_of", "models_of", "options_of", "taping"]


def add_options(parser: argparse.ArgumentParser) -> Any:
    """Declare how to translate, what to remember, and what to record or replay; returns the group, for options of its own."""
    group = parser.add_argument_group("translation")
    group.add_argument(
        "--model", action="append", default=[], metavar="[CODE=]MODEL",
        help="MT model, a hub id or a folder; de=MODEL for one language only (repeatable)",
    )  # fmt: skip
    group.add_argument("--revision", metavar="COMMIT", help="commit of the model on the hub")
    group.add_argument("--engine", metavar="NAME", help="ctranslate2, transformers or apertium")
    group.add_argument("--device", default="cpu", metavar="NAME", help="cpu (default), cuda, cuda:1, mps")
    memory = group.add_mutually_exclusive_group()
    memory.add_argument("--memory", metavar="FILE", help="translation memory, or none (default: in the user's cache folder)")
    memory.add_argument("--no-memory", action="store_true", help="neither use nor write one: --memory none")
    add_tape(group)
    return group


def add_tape(group: Any) -> None:
    """Declare --record and --replay; see `taping`."""
    tape = group.add_mutually_exclusive_group()
    tape.add_argument("--record", metavar="FILE", help="write every translation into a cassette, and say what changed")
    tape.add_argument("--replay", metavar="FILE", help="take every translation from a cassette: no weights are needed")


def options_of(args: argparse.Namespace) -> dict[str, Any]:
    """The keyword arguments of `drift.report` that these options mean; UsageError DR902, DR908; ModelError DR909."""
    from drift.prepare import DEFAULT_MEMORY

    check_device(args.device)
    return {
        "model": models_of(args.model), "revision": args.revision, "engine": args.engine, "device": args.device,
        "memory": memory_of(args, DEFAULT_MEMORY),
    }


def memory_of(args: argparse.Namespace, default: Any) -> Any:
    """The translation memory asked for: a path, None for none (a file of that name is `./none`), else the default."""
    if args.no_memory or args.memory == "none":
        return None
    return args.memory or default


@contextmanager
def taping(args: argparse.Namespace) -> Iterator[Cassette | None]:
    """Record or replay while inside, as --record and --replay say; None where neither is given."""
    from drift.gate.cassette import recording, replaying

    if args.record:
        with recording(args.record) as cassette:
            yield cassette
    elif args.replay:
        with replaying(args.replay) as cassette:
            yield cassette
    else:
        yield None


def languages_of(given: list[str]) -> dict[str, str]:
    """`ID=CODE` each; ids may contain "=", codes may not."""
    languages = {}
    for item in given:
        id, equals, code = item.rpartition("=")
        if not equals or not id or not code:
            raise UsageError("DR902", f"--lang {item!r} names no copy; write --lang ID=CODE, such as --lang B=fr")
        languages[id] = code
    return languages


def models_of(given: list[str], *, option: str = "--model") -> str | dict[str, str] | None:
    """One model for all languages, or `CODE=MODEL` each."""
    by_language = {m[1]: m[2] for item in given if (m := re.fullmatch(r"([a-z]{2,3})=(.+)", item))}
    general = [item for item in given if not re.fullmatch(r"[a-z]{2,3}=.+", item)]
    if len(general) > 1 or (general and by_language):
        raise UsageError(
            "DR902",
            f"several models are given; say for which language each is: {option} de=MODEL {option} it=MODEL",
        )
    return general[0] if general else by_language or None


def check_device(device: str) -> None:
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
        raise ModelError("DR909", f"this machine, or the installed torch, has no {kind}; leave --device out to use the "
                                  "CPU")
