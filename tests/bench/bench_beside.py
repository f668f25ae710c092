"""What others feel of a training, and what the training itself pays for being a process of its own.

    python -m tests.bench.bench_beside [seconds per turn]

One visitor moves a weight and waits for the last answer, over the real socket, in turns without and with another
visitor's training; the slowest twentieth may become twice as slow. Then processor time per update, in this process and
in the one that the server starts, with all that it tells. Ratios of one run; Linux.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from app.frames import unpack
from app.learning import Training, read_settings
from tests.bench.timing import with_one_thread
from tests.server import Server, from_source

TURNS = 4
MOST = 2.0
LONG = {"task": "adding", "options": {"length": 50}, "batch": 32, "units": 32, "updates": 50_000, "every": 50_000}
SIZES: dict[str, dict[str, Any]] = {
    "1 x 20 x 8": {"options": {"length": 20}, "batch": 1, "units": 8},
    "32 x 50 x 32": {},
    "64 x 100 x 64": {"options": {"length": 100}, "batch": 64, "units": 64},
}


@contextmanager
def visit(server: Server) -> Iterator[ClientConnection]:
    address, origin = f"ws://127.0.0.1:{server.port}/ws", Origin(server.url.rstrip("/"))
    with connect(address, origin=origin, compression=None, max_size=None) as socket:
        yield socket


def say(socket: ClientConnection, **fields: Any) -> None:
    socket.send(json.dumps(fields))


def until(socket: ClientConnection, **fields: Any) -> dict[str, Any]:
    """The next header that has these fields."""
    while True:
        data = socket.recv(timeout=60)
        headers = [json.loads(data)] if isinstance(data, str) else [header for header, _ in unpack(data)]
        for header in headers:
            assert header["type"] != "problems", header
            if fields.items() <= header.items():
                return header


def moves(socket: ClientConnection, id: int, seconds: float) -> list[float]:
    """Milliseconds from a changed weight to its last answer, thirty times a second."""
    found, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        id += 1
        start = time.perf_counter()
        change = {"address": "main.1.forward.b_f", "index": [0], "value": id % 7 / 10}
        say(socket, id=id, type="change", parameters=[change])
        until(socket, id=id, type="done", kind="gradient")
        took = time.perf_counter() - start
        found.append(1000 * took)
        time.sleep(max(0.0, 1 / 30 - took))
    return found


def felt(server: Server, seconds: float) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {"alone": [], "beside a training": []}
    with visit(server) as looking, visit(server) as training:
        say(looking, id=1, type="open", lesson="gated-cell")
        until(looking, id=1, type="done", kind="gradient")
        moves(looking, 10, 0.5)
        for turn in range(TURNS):
            found["alone"] += moves(looking, 10_000 * (2 * turn + 1), seconds)
            say(training, id=turn, type="train", settings=LONG)
            until(training, id=turn, type="example")
            found["beside a training"] += moves(looking, 10_000 * (2 * turn + 2), seconds)
            say(training, id=turn, type="cancel", kind="training")
            time.sleep(0.2)
    return found


def here(settings: dict[str, Any], seconds: float) -> float:
    """Processor seconds of an update in this process."""
    training = Training(read_settings(settings))
    training.step()
    done, start, end = training.done, time.process_time(), time.monotonic() + seconds
    while time.monotonic() < end:
        training.step()
    return (time.process_time() - start) / (training.done - done)


def there(server: Server, settings: dict[str, Any], seconds: float) -> float:
    """Processor seconds of an update in a process of the server's, from its second report on."""
    with visit(server) as socket:
        say(socket, id=1, type="train", settings=settings)
        until(socket, type="example")
        first = last = 0
        while first == 0:
            first = int(until(socket, type="progress")["done"])
        assert server.process is not None
        (child,) = (pid for pid in _processes() if _parent(pid) == server.process.pid)
        start, end = _seconds(child), time.monotonic() + seconds
        while time.monotonic() < end:
            last = int(until(socket, type="progress")["done"])
        return (_seconds(child) - start) / (last - first)


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["Z", "0"]


def _parent(pid: int) -> int:
    return int(_stat(pid)[1])


def _seconds(pid: int) -> float:
    return sum(map(int, _stat(pid)[11:13])) / os.sysconf("SC_CLK_TCK")


def main(seconds: float) -> int:
    server = from_source()
    server.start()
    try:
        found = felt(server, seconds)
        slow = {}
        print(f"{'another visitor moves a weight':<40}{'median ms':>10}{'p95 ms':>10}")
        for name, times in found.items():
            median, slow[name] = np.percentile(times, [50, 95])
            print(f"{name:<40}{median:>10.1f}{slow[name]:>10.1f}")
        ratio = slow["beside a training"] / slow["alone"]
        print(f"{'p95, beside / alone (wanted: at most 2)':<40}{'':>10}{ratio:>10.2f}\n")
        print(f"{'lstm, batch x steps x units':<40}{'here ms':>10}{'there ms':>10}{'there / here':>14}")
        for name, changed in SIZES.items():
            settings = {**LONG, **changed}
            one, other = here(settings, seconds), there(server, settings, seconds)
            print(f"{name:<40}{1000 * one:>10.2f}{1000 * other:>10.2f}{other / one:>14.2f}", flush=True)
    finally:
        server.kill()
    return int(ratio > MOST)


if __name__ == "__main__":
    with_one_thread()
    raise SystemExit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0))
