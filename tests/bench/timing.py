"""Measuring side by side on a machine that others use too: one thread, turns taken, ratios from one run."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Mapping

THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
TURN = 0.005


def with_one_thread() -> None:
    """Starts this program again with one thread for linear algebra, on one processor, unless it has been started so.

    The libraries read these names once, when they are loaded, so setting them here would come too late. JAX has no such
    name: only a process that has a single processor keeps it from using others.
    """
    if any(os.environ.get(name) != "1" for name in THREADS):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **dict.fromkeys(THREADS, "1")})
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def interleaved(candidates: Mapping[str, Callable[[], object]], seconds: float) -> dict[str, list[float]]:
    """Seconds for a call of every candidate, in turns, until about `seconds` have gone by; at least fifteen turns.

    Whatever else the machine does in a moment then falls on all of them alike. A turn is a few milliseconds, many calls
    for the short ones; as with timeit, Python's collector of garbage waits meanwhile.
    """
    calls = {name: max(1, round(TURN / _timed(candidate, 3))) for name, candidate in candidates.items()}
    times: dict[str, list[float]] = {name: [] for name in candidates}
    end = time.perf_counter() + seconds
    turns = 0
    while turns < 15 or time.perf_counter() < end:
        for name, candidate in candidates.items():
            gc.collect()
            times[name].append(_timed(candidate, calls[name]))
        turns += 1
    return times


def _timed(candidate: Callable[[], object], calls: int) -> float:
    """Seconds for one call of many, the first of which does not count: others have used the caches since."""
    candidate()
    gc.disable()
    try:
        start = time.perf_counter()
        for _ in range(calls):
            candidate()
        return (time.perf_counter() - start) / calls
    finally:
        gc.enable()
