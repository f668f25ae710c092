"""All trainings of all visitors: who has a process, who waits, and what is sent. The processes here do as the test says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest

from app.session import Reply
from app.session.told import Ended, Progress
from app.web import trainers as module
from app.web.settings import Settings
from app.web.trainers import Own, Trainers
from tests.learning.small import small

FIRST = {"settings": small().to_data(), "going": True}


class Played:
    """In the place of a process."""

    all: list[Played]

    def __init__(self, settings: Settings, hear: Callable[[Mapping[str, Any], Mapping[str, Any]], None]) -> None:
        self.hear, self.orders, self.killed = hear, [], False
        self.ended = asyncio.Event()
        self.all.append(self)

    def order(self, order: Mapping[str, Any]) -> None:
        self.orders.append(dict(order))

    def kill(self) -> None:
        self.killed = True
        self.ended.set()

    async def run(self) -> None:
        await self.ended.wait()

    def progress(self, done: int = 1, *, going: bool = True) -> None:
        self.hear({"type": "progress", "first": done, "done": done, "updates": 6, "going": going, "per_second": 1.0,
                   "seconds_left": None, "waiting": 0}, {})  # fmt: skip

    def finish(self) -> None:
        self.hear({"type": "done", "why": "finished", "problem": None}, {})
        self.ended.set()

    @property
    def yours(self) -> bool:
        return [each["yours"] for each in self.orders if "yours" in each][-1]


class Visitor:
    def __init__(self, trainers: Trainers) -> None:
        self.heard: list[Reply] = []
        self.own: Own = trainers.own()
        self.own.listen(self.heard.append)
        self.id = 0

    async def train(self, lane: str = "main", **first: Any) -> None:
        self.id += 1
        self.own.begin(lane, self.id, {**FIRST, **first})
        await asyncio.sleep(0.001)

    def waiting(self, lane: str = "main") -> list[int]:
        """The places that it has been told."""
        return [each.waiting for each in self.heard if isinstance(each, Progress) and each.lane == lane and each.waiting]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    Played.all = []
    monkeypatch.setattr(module, "Trainee", Played)

    def run(scene: Callable[[Trainers], Awaitable[None]], **settings: Any) -> None:
        async def scenery() -> None:
            trainers = Trainers(Settings(**settings))
            async with asyncio.timeout(20):
                await scene(trainers)
                await trainers.close()

        asyncio.run(scenery())

    return run


def test_who_finds_no_room_waits_and_each_visitor_waits_alike(play: Callable[..., None]) -> None:
    async def scene(trainers: Trainers) -> None:
        busy, late = Visitor(trainers), Visitor(trainers)
        for lane in ("a", "b", "c", "d"):
            await busy.train(lane)
        await late.train()
        assert len(Played.all) == 2
        assert busy.waiting("c") == [1, 2], "who has nothing yet comes first"
        assert busy.waiting("d") == [2, 3]
        assert late.waiting() == [1]
        Played.all[0].finish()
        await asyncio.sleep(0.001)
        assert len(Played.all) == 3
        assert busy.waiting("c") == [1, 2, 1]
        Played.all[2].progress()
        assert [type(each) for each in late.heard] == [Progress, Progress]

    play(scene, trainers=2)


def test_orders_to_somebody_who_waits_are_kept_for_later(play: Callable[..., None]) -> None:
    async def scene(trainers: Trainers) -> None:
        visitor = Visitor(trainers)
        await visitor.train("a")
        await visitor.train("b")
        assert visitor.own.order("b", {"order": "keep"})
        await asyncio.sleep(0.001)
        Played.all[0].finish()
        await asyncio.sleep(0.001)
        assert Played.all[1].orders[1] == {"order": "keep"}

    play(scene, trainers=1)


def test_turns_go_round(play: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TURN", 0.01)

    async def scene(trainers: Trainers) -> None:
        one, other = Visitor(trainers), Visitor(trainers)
        await one.train("a")
        await one.train("b")
        await other.train()
        seen = set()
        for _ in range(200):
            await asyncio.sleep(0.005)
            now = [at for at, each in enumerate(Played.all) if each.yours]
            assert len(now) == 1
            seen.update(now)
        assert seen == {0, 1, 2}
        turns = [sum(order.get("yours") is True for order in each.orders) for each in Played.all]
        assert turns[2] > max(turns[:2]), "who has one training is given more turns for it"

    play(scene, training_at_once=1)


def test_what_is_paused_leaves_its_turn_to_others(play: Callable[..., None]) -> None:
    async def scene(trainers: Trainers) -> None:
        one, other = Visitor(trainers), Visitor(trainers)
        await one.train(going=False)
        await other.train()
        assert [each.yours for each in Played.all] == [False, True]
        Played.all[1].progress(going=False)
        one.own.order("main", {"order": "pace", "going": True, "most": None, "steps": None})
        await asyncio.sleep(0.001)
        assert [each.yours for each in Played.all] == [True, False]

    play(scene, training_at_once=1)


def test_a_newer_training_of_a_lane_ends_the_older_one_and_is_alone_heard(play: Callable[..., None]) -> None:
    async def scene(trainers: Trainers) -> None:
        visitor = Visitor(trainers)
        await visitor.train()
        await visitor.train()
        assert [each.killed for each in Played.all] == [True, False]
        Played.all[0].progress()
        Played.all[1].progress()
        assert [each.id for each in visitor.heard] == [2]

    play(scene)


def test_cancelled_it_is_killed_and_not_heard_any_more(play: Callable[..., None]) -> None:
    async def scene(trainers: Trainers) -> None:
        visitor = Visitor(trainers)
        await visitor.train()
        visitor.own.end("main")
        assert visitor.own.lanes == ()
        assert not visitor.own.order("main", {"order": "keep"})
        Played.all[0].progress()
        await asyncio.sleep(0.001)
        assert Played.all[0].killed
        assert visitor.heard == []
        visitor.own.end("main")

    play(scene)


def test_who_leaves_takes_all_trainings_along_also_those_that_only_begin(play: Callable[..., None]) -> None:
    async def scene(trainers: Trainers) -> None:
        visitor = Visitor(trainers)
        await visitor.train("a")
        await visitor.train("b")
        visitor.own.begin("c", 9, FIRST)
        visitor.own.leave()
        await asyncio.sleep(0.001)
        assert len(Played.all) == 1
        assert Played.all[0].killed

    play(scene, trainers=1)


def test_the_end_frees_the_lane(play: Callable[..., None]) -> None:
    async def scene(trainers: Trainers) -> None:
        visitor = Visitor(trainers)
        await visitor.train()
        Played.all[0].finish()
        assert visitor.heard == [Ended(1, "main", "finished")]
        assert visitor.own.lanes == ()

    play(scene)


def test_more_is_told_when_all_has_been_sent(play: Callable[..., None]) -> None:
    async def scene(trainers: Trainers) -> None:
        visitor = Visitor(trainers)
        await visitor.train()
        (played,) = Played.all
        visitor.own.delivered()
        assert {"order": "heard"} not in played.orders, "nothing was told yet"
        played.progress()
        visitor.own.delivered()
        visitor.own.delivered()
        assert played.orders.count({"order": "heard"}) == 1

    play(scene)


def test_what_is_paused_for_long_gives_way_to_those_that_wait(
    play: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK", 0.01)

    async def scene(trainers: Trainers) -> None:
        idle, waiting = Visitor(trainers), Visitor(trainers)
        await idle.train(going=False)
        await waiting.train()
        while len(Played.all) < 2:
            await asyncio.sleep(0.01)
        assert Played.all[0].killed
        (end,) = idle.heard
        assert isinstance(end, Ended)
        assert end.problem is not None
        assert (end.why, end.problem["code"]) == ("stopped", "training-gave-way")
        assert not Played.all[1].killed

    play(scene, trainers=1, trainer_idle=0)


def test_before_the_server_stops_every_record_is_asked_for(play: Callable[..., None]) -> None:
    async def scene(trainers: Trainers) -> None:
        visitor = Visitor(trainers)
        await visitor.train()
        (played,) = Played.all
        last = asyncio.create_task(trainers.last_records())
        await asyncio.sleep(0.03)
        assert played.orders[-1] == {"order": "keep"}
        assert not last.done()
        played.hear({"type": "record", "done": 3, "text": "{}"}, {})
        await asyncio.sleep(0.03)
        assert not last.done(), "it has not been sent yet"
        visitor.own.delivered()
        await last

    play(scene)


def test_the_trace_of_a_fault_goes_to_the_log_alone(play: Callable[..., None], caplog: pytest.LogCaptureFixture) -> None:
    async def scene(trainers: Trainers) -> None:
        visitor = Visitor(trainers)
        await visitor.train()
        with caplog.at_level("ERROR", "unrolled"):
            Played.all[0].hear({"type": "done", "why": "stopped", "problem": None, "fault": "Traceback"}, {})
        assert visitor.heard == [Ended(1, "main", "stopped")]
        assert "Traceback" in caplog.text

    play(scene)
