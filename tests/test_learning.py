"""A training is the same wherever it runs: in Python, in the terminal, through the page's socket, continued from a record."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from app.cli import main
from app.frames import unpack
from app.learning import read_record, write_record
from tests.learning.small import SMALL, trained
from tests.server import Server, from_source

LONG: dict[str, Any] = {**SMALL, "updates": 50_000, "every": 50_000}
pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes as Linux shows them")


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    """Two processes for trainings, one of which computes at a time."""
    with from_source(settings={"UNROLLED_TRAINERS": "2", "UNROLLED_TRAINING_AT_ONCE": "1"}) as server:
        yield server


@pytest.fixture
def own() -> Iterator[Server]:
    """A server that the test may end."""
    with from_source() as server:
        yield server


class Page:
    """A page's end of the socket."""

    def __init__(self, server: Server) -> None:
        self.server, self.id = server, 0
        self.heard: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.stack = ExitStack()

    def __enter__(self) -> Page:
        address, origin = f"ws://127.0.0.1:{self.server.port}/ws", Origin(self.server.url.rstrip("/"))
        self.socket = self.stack.enter_context(connect(address, origin=origin, compression=None, max_size=None))
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def say(self, type: str, lane: str = "run-a", **fields: Any) -> int:
        self.id += 1
        self.socket.send(json.dumps({"id": self.id, "lane": lane, "type": type, **fields}))
        return self.id

    def until(self, type: str, lane: str = "run-a", **fields: Any) -> dict[str, Any]:
        """Listens until something of that kind comes that has these fields; all is kept in `heard`."""
        while True:
            data = self.socket.recv(timeout=30)
            together = [(json.loads(data), {})] if isinstance(data, str) else list(unpack(data))
            self.heard += [(header, groups.get("arrays", {})) for header, groups in together]
            for header, _ in together:
                assert type == "problems" or header["type"] != "problems", header
                if (header["type"], header["lane"]) == (type, lane) and fields.items() <= header.items():
                    return header

    def joined(self, name: str) -> list[Any]:
        """What all progress has told of a quantity."""
        return [row for header, arrays in self.heard if header["type"] == "progress" for row in arrays[name].tolist()]

    def of(self, type: str) -> list[dict[str, Any]]:
        return [header for header, _ in self.heard if header["type"] == type]


def children(server: Server) -> set[int]:
    """Processes that the server has started, those included that have no name any more."""
    assert server.process is not None
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == server.process.pid and state != "Z":
            found.add(int(stat.parent.name))
    return found


def until_none(pids: set[int], seconds: float) -> float:
    """Waits until these processes are gone; gives how long that took."""
    start = time.monotonic()
    while any(Path(f"/proc/{pid}").exists() and "Z" not in _state(pid) for pid in pids):
        assert time.monotonic() - start < seconds, "a process is left over"
        time.sleep(0.002)
    return time.monotonic() - start


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_the_same_bits_in_python_in_the_terminal_and_through_the_socket(running: Server, tmp_path: Path) -> None:
    alone = write_record(trained(6))
    flags = [f"--{name}={SMALL[name]}" for name in ("units", "batch", "test", "every", "updates")]
    assert main(("train", SMALL["task"], "length=10", *flags, f"--out={tmp_path / 'mine'}")) == 0
    assert (tmp_path / "mine.json").read_text("utf-8") == alone
    with Page(running) as page:
        page.say("train", settings=SMALL)
        assert page.until("done")["why"] == "finished"
        assert page.of("record")[-1]["text"] == alone
        assert page.joined("loss") == trained(6).history.loss
        (_, last) = [each for each in page.heard if each[0]["type"] == "example"][-1]
        for name, array in trained(6).parameters.items():
            assert np.array_equal(last[name], array.astype(np.float32))


def test_a_run_that_is_continued_from_its_record_is_the_uninterrupted_one(running: Server, tmp_path: Path) -> None:
    """Stopped in the page and continued in the terminal, and the other way round."""
    with Page(running) as page:
        page.say("train", settings=SMALL, paused=True)
        page.until("example")
        page.say("pace", going=False, steps=2)
        kept = page.until("record", done=2)["text"]
        page.say("cancel", kind="training")
        assert page.until("done")["why"] == "cancelled"
        page.say("train", record=kept)
        assert page.until("training")["done"] == 2
        page.until("done", why="finished")
        assert page.of("record")[-1]["text"] == write_record(trained(6))
    (tmp_path / "page.json").write_text(kept, "utf-8")
    assert main(("train", f"--continue={tmp_path / 'page.json'}")) == 0
    assert (tmp_path / "page.json").read_text("utf-8") == write_record(trained(6))


def test_records_that_cannot_be_used_are_told(running: Server) -> None:
    text = write_record(trained(2))
    with Page(running) as page:
        for record, code in (
            (text[:-5], "record-cut-off"), (text.replace('"seed":0', '"seed":1'), "record-changed"),
            (text.replace('"version":2', '"version":9', 1), "newer-record"), ("[]", "not-a-record"),
        ):  # fmt: skip
            id = page.say("train", record=record)
            found = page.until("problems", id=id)
            assert [(each["code"], each["where"]["field"]) for each in found["problems"]] == [(code, "record")]
        page.say("keep")
        assert page.until("problems", id=page.id)["problems"][0]["code"] == "not-training", "the lane is free again"


def test_cancelled_it_is_quiet_at_once(running: Server) -> None:
    with Page(running) as page:
        page.say("train", settings=LONG)
        page.until("example")
        (pid,) = children(running)
        start = time.monotonic()
        page.say("cancel", kind="training")
        page.until("done", why="cancelled")
        until_none({pid}, 10)
        assert time.monotonic() - start < 1.0, "on a machine with nothing else to do it is a hundredth"


def test_a_killed_process_is_told_and_the_other_runs_go_on(running: Server) -> None:
    with Page(running) as page:
        page.say("train", settings=LONG)
        page.until("example")
        (pid,) = children(running)
        page.say("train", "run-b", settings=SMALL)
        os.kill(pid, signal.SIGKILL)
        assert page.until("done")["problem"]["code"] == "training-died"
        page.until("done", "run-b", why="finished")
        page.say("ping")
        page.until("pong")


def test_overflow_stops_it_with_the_reason_and_the_last_good_weights(running: Server) -> None:
    far = {**SMALL, "task": "adding", "options": {"length": 40}, "cell": "linear-rnn", "optimiser": "sgd", "rate": 1000.0,
           "clip": "none", "updates": 300, "every": 300}  # fmt: skip
    with Page(running) as page:
        page.say("train", settings=far)
        done = page.until("done")
        assert done["why"] == "stopped"
        assert done["problem"]["code"].endswith("-overflowed")
        training = read_record(page.of("record")[-1]["text"])
        assert np.isfinite(training.flat.vector).all()
        assert done["problem"]["args"]["update"] == training.done + 1


def test_who_finds_no_process_waits_for_one_and_two_visitors_share(running: Server) -> None:
    with Page(running) as one, Page(running) as other:
        one.say("train", settings=LONG)
        one.say("train", "run-b", settings=LONG)
        one.until("example")
        one.until("example", "run-b")
        one.say("train", "run-c", settings=SMALL)
        assert one.until("progress", "run-c")["waiting"] == 1
        other.say("train", settings=SMALL)
        assert other.until("progress")["waiting"] == 1, "who has none comes first"
        assert one.until("progress", "run-c", waiting=2)
        one.say("cancel", "run-b", kind="training")
        assert other.until("done")["why"] == "finished"
        assert one.until("done", "run-c")["why"] == "finished"


def test_who_leaves_takes_the_processes_along(running: Server) -> None:
    with Page(running) as page:
        page.say("train", settings=LONG)
        page.until("example")
        pids = children(running)
        assert len(pids) == 1
    until_none(pids, 10)


def test_a_server_that_stops_sends_the_records_and_leaves_nothing(own: Server) -> None:
    with Page(own) as page:
        page.say("train", settings=LONG, paused=True)
        page.until("example")
        page.say("pace", going=False, steps=2)
        page.until("record", done=2)
        page.say("pace", going=True)
        # The first word after an order may come before the first update.
        while (before := page.until("progress", going=True)["done"]) == 2:
            pass
        pids = children(own)
        assert own.process is not None
        own.process.send_signal(signal.SIGINT)
        with pytest.raises(ConnectionClosed):
            while True:
                page.until("nothing")
        assert page.of("record")[-1]["done"] >= before
        own.process.wait(20)
        until_none(pids, 5)


def test_a_server_that_is_killed_leaves_nothing_and_the_record_goes_on_elsewhere(own: Server) -> None:
    with Page(own) as page:
        page.say("train", settings={**LONG, "updates": 40_000})
        record = page.until("record")
        pids = children(own)
        own.kill()
        until_none(pids, 10)
    assert 0 < read_record(record["text"]).done <= 40_000
