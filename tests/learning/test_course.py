"""A training under orders: when it goes, when it tells, and that nothing of it is lost however slowly it is heard."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty
from typing import Any

import numpy as np
import pytest

from app.learning import Training, read_record, write_record
from app.learning import course as module
from app.learning.course import Course
from tests.learning.small import small, trained

NAN_SOON: dict[str, Any] = {
    "task": "adding", "options": {"length": 40}, "cell": "linear-rnn", "optimiser": "sgd", "rate": 1000.0, "clip": "none",
    "updates": 300, "every": 300,
}  # fmt: skip


Script = Callable[["Host"], dict[str, Any] | None]


class Host:
    """Somebody who listens, and a clock that moves when there is nothing to do, and a little at every look.

    `script` is called each time that an order is looked for, and gives the next one or None. What is told it `hears` at
    once, late (when nothing else is to be done), or never.
    """

    def __init__(self, script: Script = lambda host: None, *, hears: str = "at once", tick: float = 1e-5) -> None:
        self.script, self.hears, self.tick = script, hears, tick
        self.now = 0.0
        self.told: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.orders: list[dict[str, Any]] = []
        self.looks = 0

    def clock(self) -> float:
        self.now += self.tick
        return self.now

    def tell(self, header: Any, arrays: Any) -> None:
        self.told.append((dict(header), {name: np.array(array) for name, array in arrays.items()}))
        if self.hears == "at once" and header["type"] != "training":
            self.orders.append({"order": "heard"})

    def get_nowait(self) -> dict[str, Any]:
        return self.get(timeout=0.0)

    def get(self, timeout: float | None = None) -> dict[str, Any]:
        self.looks += 1
        assert self.looks < 20_000, "it never ends"
        order = self.script(self)
        if order is not None:
            self.orders.append(order)
        if self.orders:
            return self.orders.pop(0)
        if timeout is None and self.hears == "late":
            return {"order": "heard"}
        assert timeout is not None, "it waits for an order, and none will come"
        self.now += timeout
        raise Empty

    def lead(self, training: Training, **how: Any) -> Training:
        Course(training, self.tell, clock=self.clock, **how).run(self)  # type: ignore[arg-type]
        return training

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [header for header, _ in self.told if header["type"] == kind]

    def joined(self, name: str) -> list[Any]:
        return [row for header, arrays in self.told if header["type"] == "progress" for row in arrays[name].tolist()]


def after(done: int, *orders: dict[str, Any]) -> Script:
    """Gives orders when so many updates have been told of."""
    left = list(orders)

    def script(host: Host) -> dict[str, Any] | None:
        progress = host.of("progress")
        return left.pop(0) if left and progress and progress[-1]["done"] >= done else None

    return script


def pace(going: bool = True, most: float | None = None, steps: int | None = None) -> dict[str, Any]:
    return {"order": "pace", "going": going, "most": most, "steps": steps}


@pytest.mark.parametrize("hears", ["at once", "late"])
def test_every_update_is_told_once_and_is_that_of_the_training(hears: str) -> None:
    """The same run as without a host, also where it is told in one piece."""
    host = Host(hears=hears)
    training, alone = host.lead(Training(small(updates=40))), trained(40, updates=40)
    assert write_record(training) == write_record(alone)
    assert host.joined("loss") == alone.history.loss
    assert host.joined("norm") == alone.history.norm
    assert host.joined("rate") == [0.005] * 40
    assert [tuple(row) for row in host.joined("held_out")] == [
        (each.update, each.loss, each.accuracy) for each in alone.history.held_out
    ]
    if hears == "late":
        assert len(host.of("progress")) == 2, "the start, and all the rest"


def test_the_order_of_what_is_told() -> None:
    host = Host()
    host.lead(Training(small()))
    kinds = [header["type"] for header, _ in host.told]
    assert kinds[:3] == ["training", "progress", "example"]
    assert kinds[-4:] == ["progress", "example", "record", "done"]
    assert host.of("progress")[0]["done"] == host.of("example")[0]["done"] == 0, "it is seen before it has learnt anything"
    assert host.of("done") == [{"type": "done", "why": "finished", "problem": None}]
    assert host.of("progress")[-1]["going"] is False


def test_the_last_record_is_all_of_it() -> None:
    host = Host()
    training = host.lead(Training(small()))
    assert host.of("record")[-1] == {"type": "record", "done": 6, "text": write_record(training)}


def test_it_goes_on_from_a_record_as_if_nothing_had_been() -> None:
    host = Host()
    again = host.lead(read_record(write_record(trained(2))))
    assert write_record(again) == write_record(trained(6))
    (header, arrays) = host.told[0]
    assert header["done"] == 2
    assert arrays["loss"].tolist() == trained(2).history.loss
    assert next(each["first"] for each in host.of("progress") if each["done"] > 2) == 3


def test_a_record_of_a_training_that_is_over_is_shown_and_ends() -> None:
    host = Host()
    host.lead(read_record(write_record(trained(6))))
    assert [header["type"] for header, _ in host.told] == ["training", "progress", "example", "done"]
    assert host.of("progress")[0]["going"] is False


def test_paused_it_waits_and_gives_its_record() -> None:
    pauses, goes_on = after(3, pace(False)), iter([pace(True)])
    host = Host(lambda host: pauses(host) or (next(goes_on, None) if host.of("record") else None), tick=0.05)
    assert host.lead(Training(small(updates=30, every=30))).done == 30
    paused = [each["done"] for each in host.of("progress") if not each["going"]]
    assert host.of("record")[0]["done"] == paused[0] < 30, "with the pause comes the record"


def test_it_can_begin_paused_and_make_single_updates() -> None:
    host = Host(after(0, pace(False, steps=1)))
    with pytest.raises(AssertionError, match="none will come"):
        host.lead(Training(small()), going=False)
    assert [(each["done"], each["going"]) for each in host.of("progress")] == [(0, False), (0, True), (1, False)]
    assert [each["done"] for each in host.of("record")] == [1]


def test_single_updates_add_up_and_then_it_pauses() -> None:
    host = Host(after(0, pace(False, steps=2), pace(False, steps=3)))
    with pytest.raises(AssertionError, match="none will come"):
        host.lead(Training(small()), going=False)
    assert host.of("progress")[-1]["done"] == 5


def test_a_pace_is_kept() -> None:
    host = Host(after(0, pace(True, most=2.0)))
    host.lead(Training(small(updates=6)))
    assert 2.0 < host.now < 3.2, "six updates at two a second; the first is made at once"


def test_without_a_turn_nothing_is_computed_but_records_are_given() -> None:
    host = Host(after(0, {"order": "keep"}))
    with pytest.raises(AssertionError, match="none will come"):
        host.lead(Training(small()), yours=False)
    assert [each["done"] for each in host.of("record")] == [0]
    assert host.of("progress")[-1]["done"] == 0
    host = Host(after(0, {"order": "turn", "yours": True}))
    assert host.lead(Training(small()), yours=False).done == 6


def test_nothing_is_told_before_the_last_was_heard() -> None:
    host = Host(hears="never")
    with pytest.raises(AssertionError, match="none will come"):
        host.lead(Training(small()))
    assert [header["type"] for header, _ in host.told] == ["training", "progress", "example"]


def test_reports_pictures_and_records_come_no_more_often_than_they_should(monkeypatch: pytest.MonkeyPatch) -> None:
    host = Host()
    updates: list[float] = []
    step = Training.step

    def slow(self: Training, *, flow: bool = False) -> Any:
        host.now += 0.02
        updates.append(host.now)
        return step(self, flow=flow)

    monkeypatch.setattr(Training, "step", slow)
    host.lead(Training(small(updates=400, every=400)))
    lasted = updates[-1]
    assert lasted / module.PROGRESS * 0.7 < len(host.of("progress")) <= lasted / module.PROGRESS + 3
    assert len(host.of("example")) <= lasted / module.EXAMPLE + 3
    assert lasted / module.RECORD - 1 <= len(host.of("record")) <= lasted / module.RECORD + 2
    speeds = [each["per_second"] for each in host.of("progress")]
    assert speeds[-1] == pytest.approx(50, rel=0.05)
    assert host.of("progress")[-5]["seconds_left"] == pytest.approx((400 - host.of("progress")[-5]["done"]) / 50, rel=0.1)


def test_numbers_that_overflow_end_it_with_the_reason_and_the_last_good_weights() -> None:
    host = Host()
    training = host.lead(Training(small(**NAN_SOON)))
    (done,) = host.of("done")
    assert done["why"] == "stopped"
    assert done["problem"]["args"]["update"] == training.done + 1
    kept = read_record(host.of("record")[-1]["text"])
    assert kept.stopped is not None
    assert np.isfinite(kept.flat.vector).all()
    assert len(host.joined("loss")) == training.done
