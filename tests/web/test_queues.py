"""What waits on both sides of a session."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from app.session import Reply
from app.session.replies import Done, Frames, Opened, Pong
from app.web import queues
from app.web.queues import Inbox, Outbox


def test_an_inbox_gives_everything_in_order() -> None:
    async def play() -> None:
        inbox = Inbox()
        assert not inbox
        await inbox.put("a")
        await inbox.put(b"b")
        await inbox.wait()
        assert inbox
        assert inbox.take() == ["a", b"b"]
        assert not inbox
        assert inbox.take() == []

    asyncio.run(play())


@pytest.mark.parametrize(("name", "most"), [("INBOX_MESSAGES", 3), ("INBOX_BYTES", 30)])
def test_a_full_inbox_makes_the_reader_wait(monkeypatch: pytest.MonkeyPatch, name: str, most: int) -> None:
    monkeypatch.setattr(queues, name, most)

    async def play() -> None:
        inbox = Inbox()
        for _ in range(3):
            await inbox.put("0123456789")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(inbox.put("more"), 0.01)
        assert len(inbox.take()) == 3
        await inbox.put("more")
        assert inbox.take() == ["more"]

    asyncio.run(play())


def frames(id: int, lane: str = "main") -> Frames:
    return Frames(id, lane, 1, 1, 1, {"c": np.array([[float(id)]])})


def drain(outbox: Outbox) -> list[str | bytes]:
    found = []
    while outbox:
        found.append(outbox.next())
    return found


def put(outbox: Outbox, *replies: tuple[Reply, str]) -> None:
    outbox.extend(replies)


def test_a_newer_answer_takes_the_place_of_an_older_one() -> None:
    outbox = Outbox()
    put(outbox, (frames(1), "old frames"), (Done(1, "main", "run"), "old end"), (Done(1, "main", "gradient"), "gradient"))
    put(outbox, (frames(2), "frames"), (Done(2, "main", "run"), "end"))
    assert drain(outbox) == ["gradient", "frames", "end"]


def test_parts_of_one_answer_stay_together() -> None:
    outbox = Outbox()
    put(outbox, (frames(1), "1"), (frames(1), "2"))
    put(outbox, (frames(1), "3"), (Done(1, "main", "run"), "4"))
    assert drain(outbox) == ["1", "2", "3", "4"]


def test_what_is_made_together_travels_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "TOGETHER", 20)
    outbox = Outbox()
    made = [b"frames 1", b"end 1", b"too much for one frame", b"gradients", b"end 2"]
    outbox.extend((frames(1), data) for data in made[:4])
    outbox.extend([(Pong(1, "main"), "a text"), (Done(1, "main", "gradient"), made[4])])
    assert drain(outbox) == [b"frames 1end 1", b"too much for one frame", b"gradients", "a text", b"end 2"]


def test_other_lanes_other_kinds_and_what_always_matters_stay() -> None:
    outbox = Outbox()
    put(outbox, (frames(1, "left"), "left"), (Pong(1, "main"), "pong"), (Opened(1, "main", {}, {}, None, None, 0), "opened"))
    put(outbox, (frames(2), "frames"), (Pong(2, "main"), "pong 2"))
    assert drain(outbox) == ["left", "pong", "opened", "frames", "pong 2"]
    put(outbox, (Opened(1, "main", {}, {}, None, None, 0), "opened"), (Opened(2, "main", {}, {}, None, None, 0), "opened again"))
    assert drain(outbox) == ["opened again"]
