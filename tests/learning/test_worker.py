"""The process that trains: what goes in and out, its bounds, its end."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from app.frames import LENGTH, unpack
from app.learning import Training, write_record
from app.learning import worker as module
from app.learning.worker import train
from tests.learning.small import SMALL, trained

ROOT = Path(__file__).resolve().parents[2]
START = "from app.learning.worker import main; main(int(__import__('sys').argv[1]))"


def reports(data: bytes) -> list[dict[str, Any]]:
    """The headers of all reports."""
    found, at = [], 0
    while at < len(data):
        (size,) = LENGTH.unpack_from(data, at)
        at += LENGTH.size
        found += [header for header, _ in unpack(data[at : at + size])]
        at += size
    return found


def said(first: dict[str, Any]) -> list[dict[str, Any]]:
    """All that is told from the first order to the end, by somebody who is always heard."""

    class Heard(SimpleQueue[Any]):
        def get(self, block: bool = True, timeout: float | None = None) -> dict[str, Any]:
            return {"order": "heard"}

    out = io.BytesIO()
    train({"going": True, "yours": True, **first}, Heard(), out)
    return reports(out.getvalue())


class Child:
    """The process as a host starts it."""

    def __init__(self, memory: int = 2**30) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", START, str(memory)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        )  # fmt: skip

    def say(self, **order: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()

    def next(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        data = self.process.stdout.read(LENGTH.size)
        ((header, _),) = unpack(self.process.stdout.read(LENGTH.unpack(data)[0]))
        return header

    def until(self, kind: str) -> dict[str, Any]:
        while (found := self.next())["type"] != kind:
            # It may have said its last already, and be gone.
            with contextlib.suppress(BrokenPipeError):
                self.say(order="heard")
        return found

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def test_it_trains_what_the_first_order_says_and_the_bits_are_those_of_python() -> None:
    with Child() as child:
        child.say(settings=SMALL, going=True, yours=True)
        assert child.until("record")["text"] == write_record(trained(6))
        assert child.until("done")["why"] == "finished"
        assert child.process.wait(20) == 0


def test_it_goes_on_from_a_record() -> None:
    kept = write_record(trained(2))
    found = said({"record": kept})
    assert found[0]["done"] == 2
    assert found[-2]["text"] == write_record(trained(6))


def test_bad_records_and_settings_are_told_as_problems() -> None:
    cut = {"record": write_record(trained(1))[:-9]}
    for first, code in ((cut, "record-cut-off"), ({"settings": {"task": "x"}}, "unknown-task")):
        (report,) = said(first)
        assert report["type"] == "problems"
        assert [each["code"] for each in report["problems"]] == [code]


@pytest.mark.parametrize(("error", "code"), [(MemoryError, "out-of-memory"), (ZeroDivisionError, "internal")])
def test_what_goes_wrong_inside_is_told_and_the_trace_is_for_the_log(
    error: type[Exception], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def step(self: Training, *, flow: bool = False) -> None:
        raise error("secret")

    monkeypatch.setattr(Training, "step", step)
    last = said({"settings": SMALL})[-1]
    assert (last["type"], last["why"], last["problem"]["code"]) == ("done", "stopped", code)
    assert "secret" not in json.dumps(last["problem"])
    assert ("secret" in last.get("fault", "")) == (code == "internal")


def test_whoever_started_it_is_gone_and_so_is_it() -> None:
    """Also while it computes: an update of this one takes seconds."""
    slow = {"task": "adding", "options": {"length": 400}, "units": 64, "batch": 64, "test": 1}
    with Child() as child:
        child.say(settings=slow, going=True, yours=True)
        assert child.until("example")["done"] == 0
        child.say(order="heard")
        time.sleep(0.3)
        assert child.process.poll() is None
        assert child.process.stdin is not None
        child.process.stdin.close()
        assert child.process.wait(10) == 0


def test_closed_before_it_was_told_anything() -> None:
    with Child() as child:
        assert child.process.stdin is not None
        child.process.stdin.close()
        assert child.process.wait(30) == 0


@pytest.mark.skipif(module._RESOURCE is None, reason="this system has no such bounds")
def test_it_gets_no_more_memory_than_it_may_have() -> None:
    large = {"task": "adding", "options": {"length": 400}, "units": 64, "batch": 64, "test": 1, "updates": 3}
    with Child(memory=100_000_000) as child:
        child.say(settings=large, going=True, yours=True)
        assert child.until("done")["problem"]["code"] == "out-of-memory"


@pytest.mark.skipif(not Path("/proc/self/oom_score_adj").exists(), reason="this system has no such order")
def test_where_memory_is_short_it_goes_before_the_server() -> None:
    with Child() as child:
        child.say(settings=SMALL, going=False, yours=True)
        child.until("training")
        assert int(Path(f"/proc/{child.process.pid}/oom_score_adj").read_text()) == 800


def test_an_interrupt_in_the_terminal_is_not_meant_for_it() -> None:
    with Child() as child:
        child.say(settings=SMALL, going=False, yours=True)
        child.until("training")
        child.process.send_signal(signal.SIGINT)
        child.say(order="pace", going=True, most=None, steps=None)
        assert child.until("done")["why"] == "finished"
