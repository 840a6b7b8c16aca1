"""`drift models`: which engines and MT models there are, which of them are here, and what each language gets."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from drift.errors import UsageError

if TYPE_CHECKING:
    from drift.translate.catalogue import ModelInfo
    from drift.translate.engines import EngineInfo

__all__ = ["add_parser", "run"]

LISTED: Final = 8  # languages of one model that are named; the rest is counted


def add_parser(subparsers: Any) -> None:
    """Declare the subcommand's arguments."""
    parser = subparsers.add_parser(
        "models",
        help="list the translation engines and models, and what each language gets",
        description="List the translation engines (and what installs those that are missing) and models: those that "
        "come with drift, those on this machine, and the default for every other language, which is downloaded when "
        "it is first needed. Loads no model and touches no network.",
        allow_abbrev=False,
    )
    parser.add_argument("--language", metavar="CODE", help="only models that read or write this language, such as de")
    parser.add_argument(
        "-f", "--format", default="text", choices=("text", "json"), metavar="NAME", help="text (default) or json"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand and return the exit code."""
    from drift.cli.output import emit
    from drift.cli.progress import hushed_libraries
    from drift.render.safe import encodable, one_line
    from drift.translate.catalogue import available
    from drift.translate.engines import engines

    language = _language(args.language)
    with hushed_libraries():
        machines = engines(language or "fr")
        models = [m for m in available() if language is None or _speaks(m, language)]
    if args.format == "json":
        data = {
            "schema": "drift.models/1",
            "engines": [{**asdict(e), "available": e.available} for e in machines],
            "models": [asdict(m) for m in models],
        }
        emit(encodable(json.dumps(data, ensure_ascii=False, indent=1)) + "\n")
    else:
        emit("".join(one_line(encodable(line)).rstrip() + "\n" for line in _text(machines, models, language)))
    return 0


def _language(code: str | None) -> str | None:
    from drift.translate.languages import iso2

    try:
        return None if code is None else iso2(code)
    except ValueError as error:
        raise UsageError("DR201", f"{error}") from error


def _speaks(model: ModelInfo, language: str) -> bool:
    return bool({language, "und"} & {*model.source, model.target})  # what does not say is shown rather than hidden


def _text(machines: Sequence[EngineInfo], models: Sequence[ModelInfo], language: str | None) -> Iterator[str]:
    yield "ENGINES"
    for e in machines:
        yield f"  {e.name:<13} {e.version or 'missing':<9} {e.licence:<17} {e.runs}"
        if not e.available:
            yield f"  {'':<13} {'':<9} {e.install}"
    here = [m for m in models if m.installed]
    others = [m for m in models if not m.installed]
    yield ""
    yield "ON THIS MACHINE" if here else "ON THIS MACHINE  nothing that reads or writes this language"
    yield from _rows(here)
    if others:
        yield ""
        yield "DOWNLOADED WHEN FIRST NEEDED, OR NAMED WITH --model"
        yield from _rows(others)
    elif not here:
        yield ""
        yield f"There is no default model for {language}; name one: --model a hub id, or a folder saved by transformers."
    if any(m.default for m in models):
        yield ""
        yield "* is what a language gets when no model is named. BLEU: FLORES dev, higher is better."


def _rows(models: Sequence[ModelInfo]) -> Iterator[str]:
    if not models:
        return
    rows = [
        (
            "*" if m.default else " ", _pair(m), m.model, _size(m), "" if m.bleu is None else f"BLEU {m.bleu:.1f}",
            "" if m.revision is None else m.revision[:12], m.licence.removesuffix(" (see its card)"), m.note,
        )
        for m in models
    ]  # fmt: skip
    room = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    for row in rows:
        cells = [text.rjust(n) if k == 3 else text.ljust(n) for k, (text, n) in enumerate(zip(row, room, strict=True)) if n]
        yield "  " + "  ".join(cells)


def _pair(model: ModelInfo) -> str:
    named = ", ".join(model.source[:LISTED])
    more = f" and {len(model.source) - LISTED} more" if len(model.source) > LISTED else ""
    return f"{named}{more} → {'each other' if model.target == '*' else model.target}"


def _size(model: ModelInfo) -> str:
    if model.megabytes is None:
        return ""
    return f"{model.megabytes} MB" if model.installed else f"about {model.megabytes} MB"
