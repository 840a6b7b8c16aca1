"""Progress on standard error: a bar in a terminal, nothing anywhere else; and quiet libraries."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from drift.prepare import StageProgress

__all__ = ["hushed_libraries", "note", "showing_progress"]


@contextmanager
def showing_progress(*, quiet: bool, color: bool = True) -> Iterator[StageProgress]:
    """A callable (stage, done, total) that draws bars while inside, one for each stage, and leaves no trace of them."""
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, no_color=not color)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            from drift.render.safe import one_line

            if stage not in tasks:
                tasks[stage] = bars.add_task(one_line(stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def note(*, quiet: bool) -> Callable[[str], None]:
    """A callable that prints one sentence on standard error, or nothing where the user wants none."""

    def say(sentence: str) -> None:
        from drift.render.safe import one_line

        if not quiet:
            print(f"drift: {one_line(sentence)}", file=sys.stderr)

    return say


@contextmanager
def hushed_libraries() -> Iterator[None]:
    """Keep the model libraries from talking on our streams while inside; what the user must know, drift says itself."""
    import logging
    import warnings

    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
