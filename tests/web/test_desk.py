"""A session at work: messages first, then answers, a slice at a time."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from app.lessons import load_lessons
from app.session import Reply, Session
from app.session.replies import Frames, Problems
from app.web import desk as module
from app.web.desk import Desk
from app.web.queues import Sent

OPEN = '{"id":1,"type":"open","lesson":"gated-cell"}'


def never() -> bool:
    return False


def always() -> bool:
    return True


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(module, "SLICE", 60.0)  # however slow this machine is today
    return Desk(Session(load_lessons()))


def change(id: int, value: float) -> str:
    entry = {"address": "main.1.forward.b_f", "index": [0], "value": value}
    return json.dumps({"id": id, "type": "change", "parameters": [entry]})


def kinds(made: list[tuple[Reply, Sent]]) -> list[str]:
    return [reply.type for reply, _ in made]


def problem(made: list[tuple[Reply, Sent]]) -> dict[str, Any]:
    ((_, data),) = made
    return dict(json.loads(data)["problems"][0])


def test_a_small_experiment_is_answered_in_one_go(desk: Desk) -> None:
    assert kinds(desk.work([OPEN], never)) == ["opened", "frames", "done", "gradients", "done"]
    assert not desk.busy


def test_only_the_newest_of_many_changes_is_computed(desk: Desk) -> None:
    desk.work([OPEN], never)
    made = desk.work([change(id, id / 10) for id in range(2, 100)], never)
    assert kinds(made) == ["frames", "done", "gradients", "done"]
    assert {reply.id for reply, _ in made} == {99}


def test_what_is_newer_interrupts_after_one_reply(desk: Desk) -> None:
    desk.work([OPEN], never)
    assert kinds(desk.work([change(2, 1)], always)) == ["frames"]
    assert desk.busy
    made = desk.work([change(3, 2)], never)
    assert {reply.id for reply, _ in made} == {3}
    assert not desk.busy


def test_others_get_their_turn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLICE", -1.0)
    found = []
    messages = [OPEN]
    while messages or desk.busy:
        found.append(kinds(desk.work(messages, never)))
        messages = []
    assert [each for each in found if each] == [["opened"], ["frames"], ["done"], ["gradients"], ["done"]]


def test_not_more_is_computed_than_the_network_takes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 1)
    assert kinds(desk.work([OPEN], never)) == ["opened"]


def test_bad_messages_are_answered_and_the_others_followed(desk: Desk) -> None:
    made = desk.work(["{]", OPEN, b"\x00", '{"id":7,"lane":"left","type":"?"}'], never)
    assert kinds(made)[:2] == ["problems", "opened"]
    told = [reply for reply, _ in made if isinstance(reply, Problems)]
    assert [(each.id, each.lane, each.problems[0].code) for each in told] == [
        (None, "main", "not-json"),
        (None, "main", "not-text"),
        (7, "left", "unknown-type"),
    ]
    assert told[1].problems[0].message == "a message must be text, not binary"
    assert told[1].problems[0].hint == "send JSON in a text frame"


class Faulty(Session):
    """A session with a fault of ours."""

    def __init__(self, *, at_once: bool) -> None:
        self.at_once = at_once

    def handle(self, message: object) -> Iterator[Reply]:
        if self.at_once:
            raise KeyError("a visitor's secret")
        return self.later()

    def later(self) -> Iterator[Reply]:
        yield Frames(1, "main", 1, 1, 1, {})
        raise ZeroDivisionError("a visitor's secret")


@pytest.mark.parametrize("at_once", [True, False])
def test_a_fault_of_ours_ends_one_answer_and_not_the_visit(at_once: bool, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(Faulty(at_once=at_once))
    with caplog.at_level(logging.ERROR, "unrolled"):
        made = desk.work(['{"id":5,"lane":"left","type":"run"}'], never)
    reply, data = made[-1]
    assert (reply.type, reply.id, reply.lane) == ("problems", 5, "left")
    assert problem(made[-1:])["message"] == "the server failed at this message; the fault is not yours"
    assert problem(made[-1:])["hint"] == "undo, or reload the page"
    assert b"secret" not in (data.encode() if isinstance(data, str) else data)
    assert not desk.busy
    assert len(caplog.records) == 1
