"""Many pairs judged by several processes: half of a verdict is Python, and Python runs one thread at a time.

Helpers are plain child processes that read portions of pairs from a pipe and write verdicts to another. `multiprocessing`
would run the caller's own script again in every child. A helper that cannot start or dies costs time and nothing else: its
portion is judged here.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread
from typing import IO, Any, Final

from drift.judge import Pair
from drift.records import PairDrift

__all__ = ["MANY", "helpers_for", "serve", "spread"]

MANY: Final = 1000  # pairs from which a helper earns the seconds that it takes to start
_PORTION: Final = 96  # pairs; at the end nobody waits long for the last one
_MOST: Final = 8  # processes; each holds the models and some 400 MB
# Isolated, then with this process's own module path: a helper must not import what lies in the working folder.
_START: Final = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); from drift.judge.workers import serve; serve()"
)

Judge = Callable[[Sequence[Pair]], list[PairDrift]]


def helpers_for(pairs: int) -> int:
    """How many helpers `pairs` are worth on this machine; ``OMP_NUM_THREADS=1`` means none."""
    from drift.translate.convert import threads

    if pairs < MANY or not sys.executable or getattr(sys, "frozen", False):
        return 0
    return max(0, min(threads(), _MOST, pairs // (MANY // 2)) - 1)


def spread(pairs: Sequence[Pair], judge: Judge, helpers: int) -> list[PairDrift]:
    """One verdict per pair, same order: `judge` works here, the helpers beside it, each on the next portion that is left."""
    verdicts: list[PairDrift | None] = [None] * len(pairs)
    first: dict[str, int] = {}  # pairs of one reference go together: a sentence is then read once
    for at, pair in enumerate(pairs):
        first.setdefault(pair.reference, at)
    order = sorted(range(len(pairs)), key=lambda at: (first[pairs[at].reference], at))
    left = deque(order[at : at + _PORTION] for at in range(0, len(order), _PORTION))
    started = [Helper() for _ in range(helpers)]
    threads = [Thread(target=_feed, args=(h, left, pairs, verdicts), daemon=True) for h in started]
    try:
        for thread in threads:
            thread.start()
        _work(left, pairs, verdicts, judge)
        for thread in threads:
            thread.join()
        _work(left, pairs, verdicts, judge)  # what a helper that died has left
    finally:
        for helper in started:
            helper.stop()
    return [v for v in verdicts if v is not None]


def _work(left: deque[list[int]], pairs: Sequence[Pair], verdicts: list[PairDrift | None], judge: Judge) -> None:
    while True:
        try:
            portion = left.popleft()
        except IndexError:
            return
        for at, verdict in zip(portion, judge([pairs[at] for at in portion]), strict=True):
            verdicts[at] = verdict


def _feed(helper: Helper, left: deque[list[int]], pairs: Sequence[Pair], verdicts: list[PairDrift | None]) -> None:
    """Give `helper` one portion after the other; a portion that comes to nothing goes back."""
    while left:
        try:
            portion = left.popleft()
        except IndexError:
            return
        try:
            found = helper.ask([pairs[at] for at in portion])
        except (OSError, EOFError, pickle.PickleError, ValueError, AttributeError, ImportError, IndexError):
            left.append(portion)
            return
        for at, verdict in zip(portion, found, strict=True):
            verdicts[at] = verdict


class Helper:
    """A child process that judges; it ends when its input does."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=os.environ | {"OMP_NUM_THREADS": "1"},
            )  # fmt: skip
            self._send(sys.path)
        except OSError:
            self.stop()

    def _send(self, what: Any) -> None:
        if self._process is None or self._process.stdin is None:
            raise EOFError("the helper did not start")
        pickle.dump(what, self._process.stdin, protocol=5)
        self._process.stdin.flush()

    def ask(self, pairs: list[Pair]) -> list[PairDrift]:
        """The verdicts on `pairs`. Raises OSError or EOFError when the helper is gone."""
        self._send(pairs)
        assert self._process is not None
        assert self._process.stdout is not None
        found: list[PairDrift] = pickle.load(self._process.stdout)
        return found

    def stop(self) -> None:
        """End the process; safe to call twice."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written has no reader any more
                    pipe.close()
        process.wait()


def serve(source: IO[bytes] | None = None, sink: IO[bytes] | None = None) -> None:
    """A helper's life: portions of pairs in, verdicts out, until the input ends."""
    from drift.judge.verdicts import judge_here

    given = source or sys.stdin.buffer
    if sink is None:  # whatever else is printed must not get between the verdicts
        sink = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)
    while True:
        try:
            pairs: list[Pair] = pickle.load(given)
        except EOFError:
            return
        pickle.dump(judge_here(pairs), sink, protocol=5)
        sink.flush()
