"""One process that trains, as the server has it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from app.web import trainee as module
from app.web.settings import Settings
from app.web.trainee import Trainee
from tests.learning.small import SMALL

FIRST = {"settings": {**SMALL, "updates": 1_000_000, "every": 1_000_000}, "going": True, "yours": True}
Scene = Callable[["Trainee", list[dict[str, Any]]], Awaitable[None]]


def play(scene: Scene, first: dict[str, Any] = FIRST, **settings: Any) -> list[dict[str, Any]]:
    """What is heard of a process while a scene is played, until the process has ended."""
    found: list[dict[str, Any]] = []

    async def run() -> None:
        trainee = Trainee(Settings(**settings), lambda header, arrays: found.append(dict(header)))
        trainee.order(first)
        async with asyncio.timeout(60):
            running = asyncio.create_task(trainee.run())
            await scene(trainee, found)
            await running

    asyncio.run(run())
    return found


async def until(found: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    while not (those := [each for each in found if each["type"] == kind]):
        await asyncio.sleep(0.01)
    return those[-1]


async def to_the_end(trainee: Trainee, found: list[dict[str, Any]]) -> None:
    while not found or found[-1]["type"] not in ("done", "problems"):
        trainee.order({"order": "heard"})
        await asyncio.sleep(0.01)


def process(trainee: Trainee) -> int:
    assert trainee._process is not None
    return trainee._process.pid


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_it_is_heard_until_it_is_done() -> None:
    found = play(to_the_end, {**FIRST, "settings": SMALL})
    assert (found[0]["type"], found[-1]["why"]) == ("training", "finished")


def test_a_problem_is_the_last_that_is_heard() -> None:
    found = play(to_the_end, {**FIRST, "settings": {"task": "none"}})
    assert [each["type"] for each in found] == ["problems"]


def test_it_is_ended_at_once() -> None:
    """Within a tenth of a second nothing is left that could compute."""

    async def scene(trainee: Trainee, found: list[dict[str, Any]]) -> None:
        await until(found, "example")
        pid, heard = process(trainee), len(found)
        start = asyncio.get_running_loop().time()
        trainee.kill()
        while not gone(pid):
            await asyncio.sleep(0.001)
        assert asyncio.get_running_loop().time() - start < 0.1
        assert len(found) == heard

    play(scene)


def test_it_can_be_ended_before_it_has_started() -> None:
    async def scene(trainee: Trainee, found: list[dict[str, Any]]) -> None:
        await asyncio.sleep(0)
        trainee.kill()

    assert play(scene) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="another system's way to end a process")
def test_a_process_that_the_system_ends_is_told() -> None:
    async def scene(trainee: Trainee, found: list[dict[str, Any]]) -> None:
        await until(found, "example")
        os.kill(process(trainee), signal.SIGKILL)

    last = play(scene)[-1]
    assert (last["type"], last["why"], last["problem"]["code"]) == ("done", "stopped", "training-died")


def test_a_process_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (last,) = play(to_the_end)
    assert last["problem"]["code"] == "no-trainer"


def test_a_process_that_says_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_START", "pass")
    (last,) = play(to_the_end)
    assert last["problem"]["code"] == "training-died"


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="another system's way to step back")
def test_it_steps_back_for_others() -> None:
    async def scene(trainee: Trainee, found: list[dict[str, Any]]) -> None:
        await until(found, "training")
        assert os.getpriority(os.PRIO_PROCESS, process(trainee)) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + 7)
        assert os.getsid(process(trainee)) != os.getsid(0), "Ctrl-C in the terminal is not for it"
        trainee.kill()

    play(scene, trainer_niceness=7)
