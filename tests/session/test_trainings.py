"""Trainings as a page asks for them, with a trainer that only notes what it is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pytest

from app.engine import ProblemError
from app.lessons import Shelf
from app.session import Limits, Reply
from app.session.replies import Problems
from app.session.told import Ended
from app.session.trainings import weights_wanted
from tests.learning.small import SMALL
from tests.session.conftest import Talk


class Noting:
    """A trainer that trains nothing."""

    def __init__(self) -> None:
        self.noted: list[tuple[Any, ...]] = []
        self.here: dict[str, int] = {}

    @property
    def lanes(self) -> Collection[str]:
        return self.here

    def begin(self, lane: str, id: int, first: Mapping[str, Any]) -> None:
        self.here[lane] = id
        self.noted.append(("begin", lane, id, first))

    def order(self, lane: str, order: Mapping[str, Any]) -> bool:
        self.noted.append(("order", lane, order))
        return lane in self.here

    def end(self, lane: str) -> None:
        self.here.pop(lane, None)
        self.noted.append(("end", lane))


@pytest.fixture
def trainer() -> Noting:
    return Noting()


@pytest.fixture
def talk(shelf: Shelf, trainer: Noting) -> Talk:
    return Talk(shelf, trainer=trainer)


def told(replies: list[Reply]) -> list[tuple[str, str]]:
    """Code and field of each problem."""
    (reply,) = replies
    assert isinstance(reply, Problems)
    return [(each.code, each.field) for each in reply.problems]


def test_a_training_is_begun_with_complete_settings(talk: Talk, trainer: Noting) -> None:
    assert talk.say("train", lane="run-a", settings=SMALL, paused=True) == []
    ((what, lane, id, first),) = trainer.noted
    assert (what, lane, id, first["going"]) == ("begin", "run-a", 1, False)
    assert first["settings"]["optimiser"] == "adam", "what was left out is usual"
    assert first["settings"]["units"] == 4


def test_a_record_is_handed_on_unread(talk: Talk, trainer: Noting) -> None:
    """Reading it takes long where it is large: whoever trains reads it."""
    assert talk.say("train", record="{") == []
    assert trainer.noted == [("begin", "main", 1, {"going": True, "record": "{"})]


def test_orders_go_to_their_lane(talk: Talk, trainer: Noting) -> None:
    talk.say("train", lane="run-a", settings=SMALL)
    assert talk.say("pace", lane="run-a", going=False, steps=10) == []
    assert talk.say("pace", lane="run-a", going=True, most=2.5) == []
    assert talk.say("keep", lane="run-a") == []
    assert trainer.noted[1:] == [
        ("order", "run-a", {"order": "pace", "going": False, "most": None, "steps": 10}),
        ("order", "run-a", {"order": "pace", "going": True, "most": 2.5, "steps": None}),
        ("order", "run-a", {"order": "keep"}),
    ]
    assert told(talk.say("keep", lane="run-b")) == [("not-training", "lane")]
    assert told(talk.say("pace", lane="run-b", going=True)) == [("not-training", "lane")]


def test_cancelling_is_answered_whether_or_not_there_is_something(talk: Talk, trainer: Noting) -> None:
    talk.say("train", lane="run-a", settings=SMALL)
    for id in (2, 3):
        (reply,) = talk.say("cancel", lane="run-a", kind="training")
        assert reply == Ended(id, "run-a", "cancelled")
    assert trainer.noted[1:] == [("end", "run-a"), ("end", "run-a")]


def test_a_training_needs_no_open_network_and_an_open_network_is_left_alone(talk: Talk) -> None:
    talk.say("open", cell="gru")
    assert talk.say("train", settings=SMALL) == []
    assert talk.say("run")[0].type == "frames"


def test_which_weights_a_training_learns_is_told_however_they_start() -> None:
    wanted = {
        "main.1.forward.W": [4, 6], "main.1.forward.U": [4, 4], "main.1.forward.b": [4],
        "main.readout.forward.V": [4, 4], "main.readout.forward.d": [4],
    }  # fmt: skip
    settings = {**SMALL, "cell": "simple-rnn", "start": "given", "weights": {}}
    assert weights_wanted(settings, Limits()) == wanted
    with pytest.raises(ProblemError, match="a text of 30 characters"):
        weights_wanted({**settings, "equations": "h" * 30}, Limits(text=20))


HUGE = {"task": "adding", "options": {"length": 2000}, "batch": 1024, "units": 64}


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({}, [("no-task", "task")]),
        ({**SMALL, "rate": 1e9}, [("setting-not-above", "rate")]),
        ({**SMALL, "rate": 0}, [("setting-not-above", "rate")]),
        ({**SMALL, "rate": -0.1}, [("setting-not-above", "rate")]),
        ({**SMALL, "rate": "nan"}, [("setting-not-above", "rate")]),
        ({**SMALL, "data": 3}, [("batch-exceeds-data", "batch")]),
        ({**SMALL, "options": {"length": 0}}, [("setting-outside", "length")]),
        ({**SMALL, "options": {"length": 10**9}}, [("setting-outside", "length")]),
        ({**SMALL, "cell": "jordan", "task": "adding", "options": {}}, [("task-does-not-fit", "cell")]),
        ({**SMALL, "start": "given"}, [("weights-none", "start")]),
        ({**SMALL, "start": "given", "weights": {"b_i": [0.0]}}, [("weights-missing", "start")]),
        ({**SMALL, "version": 2}, [("newer-version", "version")]),
        ({**SMALL, "rate": None, "units": 0}, [("setting-outside", "units"), ("setting-not-above", "rate")]),
        (HUGE, [("over-limit", "")]),
        ({**SMALL, "units": 512}, [("over-limit", "")]),
        ({**SMALL, "updates": 1_000_000}, [("over-limit", "")]),
    ],
)  # fmt: skip
def test_what_cannot_be_trained_is_told_at_once(
    talk: Talk, trainer: Noting, settings: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    assert told(talk.say("train", settings=settings)) == found
    assert trainer.noted == []


@pytest.mark.parametrize("rate", [float("nan"), float("inf"), 1e308, True, [0.1]])
def test_what_is_no_learning_rate_is_told(talk: Talk, rate: Any) -> None:
    """Also NaN, which Python writes although JSON has none."""
    assert told(talk.say("train", settings={**SMALL, "rate": rate})) == [("setting-not-above", "rate")]


def test_limits_are_named(shelf: Shelf, trainer: Noting) -> None:
    talk = Talk(shelf, Limits(trainings=1, record=100), trainer=trainer)
    (reply,) = talk.say("train", record="x" * 101)
    assert isinstance(reply, Problems)
    assert reply.problems[0].args == {"limit": "record", "value": 101, "allowed": 100}
    talk.say("train", lane="run-a", record="x")
    talk.say("train", lane="run-a", record="y")
    (reply,) = talk.say("train", lane="run-b", record="x")
    assert isinstance(reply, Problems)
    assert reply.problems[0].args == {"limit": "trainings", "value": 2, "allowed": 1}
    assert len(trainer.noted) == 2


def test_without_a_trainer_nothing_is_trained(shelf: Shelf) -> None:
    assert told(Talk(shelf).say("train", settings=SMALL)) == [("no-trainer", "")]
