"""The process in which a visitor's training runs: bounded first, then orders in, one JSON line each, and reports out.

A report is its length (u32, little-endian) and a message of `app.frames`. The first order is what to train:
`settings` or a `record`, whether it begins `going` and the processor is `yours`. When the other end of standard input
closes, whoever started this process is gone, and it ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from app.engine import Problem, ProblemError
from app.frames import LENGTH, Dense, pack

from .course import Course, Order
from .record import read_record
from .settings import read_settings
from .training import Training

#: absent on Windows
_RESOURCE: Any = import_module("resource") if find_spec("resource") else None


def main(memory: int) -> None:
    """Trains as it is told, with so many bytes of memory at most."""
    # Whatever a library prints must not get between the reports.
    out = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders: SimpleQueue[Order] = SimpleQueue()
    first = json.loads(sys.stdin.buffer.readline() or "null")
    threading.Thread(target=_listen, args=(sys.stdin.buffer, orders), daemon=True).start()
    bound(memory)
    try:
        if first is not None:
            train(first, orders, out)
    except BrokenPipeError:
        pass
    os._exit(0)


def train(first: Order, orders: SimpleQueue[Order], out: BinaryIO) -> None:
    """Follows the first order, and then the others, until the training is over."""

    def tell(header: Mapping[str, object], arrays: Mapping[str, Dense]) -> None:
        data = pack(header, {"arrays": arrays})
        out.write(LENGTH.pack(len(data)) + data)
        out.flush()

    try:
        Course(_begun(first), tell, going=first["going"], yours=first["yours"]).run(orders)
    except ProblemError as error:
        tell({"type": "problems", "problems": [each.to_data() for each in error.problems]}, {})
    except MemoryError:
        hint = "make batch, units, length or data smaller"
        tell(_stopped(Problem("out-of-memory", "the training needs more memory than it may have", {}, hint)), {})
    except BrokenPipeError:
        raise
    except Exception:
        said, hint = "the training failed; the fault is not yours", "go on from its last record"
        tell({**_stopped(Problem("internal", said, {}, hint)), "fault": traceback.format_exc()}, {})


def _begun(first: Order) -> Training:
    return read_record(first["record"]) if "record" in first else Training(read_settings(first["settings"]))


def _stopped(problem: Problem) -> dict[str, object]:
    return {"type": "done", "why": "stopped", "problem": problem.to_data()}


def _listen(source: BinaryIO, orders: SimpleQueue[Order]) -> None:
    for line in source:
        orders.put(json.loads(line))
    os._exit(0)


def bound(memory: int) -> None:
    """From here on this process gets no more memory than that, writes no file, and is the first to go where memory is short.

    Where the system has no such bounds (Windows), those of the settings remain.
    """
    try:
        Path("/proc/self/oom_score_adj").write_text("800", "ascii")
        used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        used = 0
    if _RESOURCE is None:
        return
    for name, most in {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0, "RLIMIT_AS": used + memory}.items():
        kind = getattr(_RESOURCE, name)
        _, hard = _RESOURCE.getrlimit(kind)
        allowed = most if hard == _RESOURCE.RLIM_INFINITY else min(most, hard)
        _RESOURCE.setrlimit(kind, (allowed, allowed))
