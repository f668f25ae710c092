"""Learning in a lane, as a page asks for it."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest

from app.engine import OPTIMISERS
from app.lessons import Shelf
from app.session import Limits, Reply
from app.session.numbers import Floats
from app.session.questions import Update
from app.session.replies import Frames, Problems, Updates
from tests.session.conftest import Talk

W, U = "main.1.forward.W", "main.1.forward.U"


@pytest.fixture
def unit(talk: Talk) -> Talk:
    talk.say("open", lesson="back-through-time")
    return talk


def found(replies: list[Reply], name: str) -> Floats:
    return np.concatenate([each.arrays[name] for each in replies if isinstance(each, Updates)])


def weights(replies: list[Reply]) -> tuple[float, float]:
    last = [each for each in replies if isinstance(each, Updates)][-1]
    return float(last.arrays[f"now:{W}"][0, 0]), float(last.arrays[f"now:{U}"][0, 0])


def problem(replies: list[Reply]) -> str:
    (reply,) = replies
    assert isinstance(reply, Problems)
    return "; ".join(each.message for each in reply.problems)


def loss(replies: list[Reply]) -> float:
    (frames,) = [each for each in replies if isinstance(each, Frames)]
    return float(frames.arrays["loss_sum"][-1, 0])


def test_one_update_and_what_it_leads_to(unit: Talk) -> None:
    replies = unit.say("update", rate=0.02)
    assert [each.type for each in replies] == ["updates", "done"]
    assert found(replies, "loss") == pytest.approx([1.0625, 0.9237178975305625], rel=1e-14)
    assert found(replies, "norm")[0] == found(replies, "clipped")[0] == pytest.approx(np.hypot(4.625, 1.5))
    assert (found(replies, f"gradient:{W}")[0, 0], found(replies, f"gradient:{U}")[0, 0]) == (4.625, 1.5)
    assert weights(replies) == pytest.approx((0.9075, 0.47), rel=1e-14)
    assert loss(unit.say("run")) == 1.0625, "nothing is changed by asking"
    assert loss(unit.say("change", learned=unit.id - 1)) == pytest.approx(0.9237178975305625, rel=1e-14)


def test_what_a_change_names_lies_over_what_was_learned(unit: Talk) -> None:
    unit.say("update", rate=0.02)
    changed = unit.say("change", learned=unit.id, parameters=[{"address": "U", "index": [0, 0], "value": 0.5}])
    assert loss(changed) == pytest.approx(0.9075**2 + (5 - 0.9075 * 5.25) ** 2, rel=1e-13)


@pytest.mark.parametrize("rule", OPTIMISERS)
def test_ten_at_once_are_one_ten_times(unit: Talk, rule: str) -> None:
    """What the optimiser remembers goes on, also past a look ahead that nobody took."""
    once = unit.say("update", rule=rule, rate=0.01, updates=10)
    for _ in range(10):
        step = unit.say("update", rule=rule, rate=0.01)
        unit.say("change", learned=unit.id)
        unit.say("update", rule=rule, rate=0.01)
    assert weights(step) == weights(once)
    assert found(step, "loss")[-1] == found(once, "loss")[-1]


def test_weights_that_were_changed_begin_anew(unit: Talk) -> None:
    first = unit.say("update", rule="momentum", rate=0.01)
    unit.say("change", learned=unit.id)
    begun = [{"address": address, "index": [0, 0], "value": value} for address, value in (("W", 1), ("U", 0.5))]
    unit.say("change", parameters=begun)
    assert weights(unit.say("update", rule="momentum", rate=0.01)) == weights(first)


def test_many_come_in_pieces_and_a_newer_one_wins(shelf: Shelf) -> None:
    talk = Talk(shelf, clock=lambda: 0.0)
    talk.say("open", lesson="back-through-time")
    many = talk.begin("update", rate=0.001, updates=100)
    piece = next(many)
    assert (piece.first, len(piece.arrays["loss"])) == (0, 25)
    newer = talk.begin("update", rate=0.02)
    assert list(many) == [], "what was overtaken ends by itself"
    assert [each.type for each in newer if each is not None] == ["updates", "done"]
    assert problem(talk.say("change", learned=talk.id - 1)) == "message 2 is not the newest that has made updates"


def test_cancelled_at_once(unit: Talk) -> None:
    many = unit.begin("update", rate=0.001, updates=1000)
    next(many)
    assert [each.type for each in unit.say("cancel", kind="update")] == ["done"]
    assert list(many) == []


def test_a_thousand_updates_are_told_one_by_one(unit: Talk) -> None:
    replies = unit.say("update", rate=0.005, updates=1000)
    losses = found(replies, "loss")
    assert losses.shape == (1001,)
    assert (np.diff(losses) < 0).all()
    firsts = [each.first for each in replies if isinstance(each, Updates)]
    assert firsts == list(range(0, 1001, 25))


def test_learning_that_leaves_the_numbers_stops_and_says_where(unit: Talk) -> None:
    (reply, done) = unit.say("update", rate=1e9, updates=100)
    assert isinstance(reply, Updates)
    assert reply.stop is not None
    assert reply.stop.message == "stopped at update 3: the loss is not a finite number"
    assert np.isfinite(reply.arrays["loss"]).all()
    assert np.isfinite(weights([reply])).all()
    assert done.type == "done"
    assert np.isfinite(loss(unit.say("change", learned=unit.id)))


def test_a_clipped_one(unit: Talk) -> None:
    replies = unit.say("update", rate=0.02, clip=1.0)
    assert found(replies, "norm")[0] == pytest.approx(np.hypot(4.625, 1.5))
    assert found(replies, "clipped")[0] == pytest.approx(1, rel=1e-6)


def test_there_is_nothing_to_learn_without_a_loss(talk: Talk) -> None:
    talk.say("open", cell="lstm")
    assert problem(talk.say("update", rate=0.1)) == "the experiment has no loss"


def test_so_many_and_no_more(shelf: Shelf) -> None:
    talk = Talk(shelf, Limits(updates=5))
    talk.say("open", lesson="back-through-time")
    assert talk.say("update", rate=0.1, updates=5)[-1].type == "done"
    assert problem(talk.say("update", rate=0.1, updates=6)) == "6 updates: the limit is 5"


def test_a_sequence_that_is_read_again_learns_from_where_it_begins(unit: Talk) -> None:
    shown = loss(unit.say("change", carried=2))
    assert found(unit.say("update", rate=0.001), "loss")[0] == pytest.approx(shown, rel=1e-13)


def test_another_network_knows_nothing_of_it(unit: Talk) -> None:
    unit.say("update", rate=0.02)
    unit.say("open", lesson="back-through-time")
    assert "is not the newest" in problem(unit.say("change", learned=1))


def test_every_rule_of_the_engine_can_be_asked_for() -> None:
    assert get_args(Update.model_fields["rule"].annotation) == tuple(OPTIMISERS)


def test_the_steps_shares_add_up_to_the_gradient(talk: Talk) -> None:
    talk.say("open", lesson="sequence-loss")
    replies: list[Any] = talk.say("update", rate=0.1)
    gradients = [each for each in talk.say("differentiate", of="loss", step=3) if each.type == "gradients"]
    shares: Any = gradients[0]
    for address in (U, W, "main.readout.forward.V"):
        summed = shares.arrays[f"each:{address}"].sum(axis=0)
        assert summed == pytest.approx(replies[0].arrays[f"gradient:{address}"].ravel(), abs=1e-14)
