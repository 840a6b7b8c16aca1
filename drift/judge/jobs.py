"""The judge in several processes: Python computes on one core only, and half of the judge's work is Python."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Sequence

from drift.errors import ResourceError
from drift.judge import Pair
from drift.records import PairDrift

__all__ = ["MANY", "PORTION", "judge_portions", "suggested_jobs"]

MANY = 2000  # pairs from which loading the models once more is sooner made good than missed
PORTION = 256  # pairs judged between two signs of progress, by one process; changes no verdict
Portions = Generator[list[PairDrift], None, None]
_MOST = 61  # processes that Windows can wait for


def judge_portions(pairs: Sequence[Pair], jobs: int | None = 1) -> Portions:
    """Verdicts in order, as they are ready; the same to the last digit whatever `jobs` is (None: `suggested_jobs`).

    Raises ValueError where `jobs` is less than 1; ResourceError DR408, as it goes, where a process dies.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    many = min(jobs or suggested_jobs(len(pairs)), -(-len(pairs) // PORTION), _MOST)
    if many > 1:
        return _side_by_side(pairs, many)
    from drift.judge.verdicts import judged_portions

    return judged_portions(pairs)


def _side_by_side(pairs: Sequence[Pair], jobs: int) -> Portions:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    from drift.judge.verdicts import judge_pairs, judged_portions
    from drift.translate.convert import threads

    portions = [pairs[at : at + PORTION] for at in range(0, len(pairs), PORTION)]
    # Spawned on every system: a fork would copy the locks of CTranslate2's threads, held or not.
    start = _begin, (max(1, threads() // jobs), logging.root.manager.disable)
    try:
        pool = ProcessPoolExecutor(jobs, get_context("spawn"), *start)
    except (ImportError, NotImplementedError, OSError):  # no semaphores here, as in some sandboxes: one process does it all
        yield from judged_portions(pairs)
        return
    try:
        yield from pool.map(judge_pairs, portions)
    except BrokenProcessPool as error:
        raise ResourceError("DR408", f"one of {jobs} judging processes died, perhaps for want of memory; try --jobs 1") from error
    finally:  # also where the caller stops listening: what is under way is finished, what waits is not begun
        pool.shutdown(cancel_futures=True)


def _begin(cores: int, hushed: int) -> None:
    """Before a process loads its models: it has so many cores to itself, and an interrupt is the parent's to deal with."""
    import signal

    os.environ["OMP_NUM_THREADS"] = str(cores)
    logging.disable(hushed)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def suggested_jobs(pairs: int) -> int:
    """How many processes `pairs` are worth on this machine: the cores, at most 8, for `MANY` and more; else 1."""
    from drift.translate.convert import threads

    return min(threads(), 8) if pairs >= MANY else 1
