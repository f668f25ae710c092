"""Error surfaces and the way down them, as a page asks for them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from app.lessons import Shelf
from app.session import Limits, Reply
from app.session.replies import Done, Footholds, Problems, Rows
from tests.engine.test_landscape import BIASES, PUBLISHED
from tests.session.conftest import Talk

LOSS = {"kind": "squared", "of": "h", "targets": [*[None] * 49, [0.7]]}
ACROSS = {"address": "b", "index": [0], "low": -2.8, "high": -2.0, "count": 9}
DOWN = {"address": "w", "index": [0], "low": 4.6, "high": 5.4, "count": 5}
PLACES = {name: {key: axis[key] for key in ("address", "index")} for name, axis in (("across", ACROSS), ("down", DOWN))}
ASKED: dict[str, Any] = {"across": ACROSS, "down": DOWN, "loss": LOSS}
START = 1 / (1 + math.exp(-0.5))


def pascanu(b: float = -2.3, w: float = 5.2, steps: int = 50) -> dict[str, Any]:
    return {
        "network": {"parts": [{"name": "main", "inputs": 1, "layers": [
            {"cell": "one", "text": "h = sigmoid(w * h_prev + b)", "units": 1}]}]},
        "parameters": {"values": {"main.1.forward.w": [w], "main.1.forward.b": [b]}},
        "sequence": {"inputs": [[0.0]] * steps},
        "initial": {"main.1.forward.h": [START]},
    }  # fmt: skip


@pytest.fixture
def open_talk(talk: Talk) -> Talk:
    talk.say("open", experiment=pascanu())
    return talk


def problem(replies: list[Reply]) -> str:
    (reply,) = replies
    assert isinstance(reply, Problems)
    return "; ".join(each.message for each in reply.problems)


def surface(replies: list[Reply], rows: int, columns: int) -> np.ndarray[Any, np.dtype[Any]]:
    found = np.full((rows, columns), np.nan)
    for each in replies:
        if isinstance(each, Rows) and each.arrays["losses"].dtype == np.float64:
            found[list(each.rows)] = each.arrays["losses"]
    return found


def shown(replies: Iterator[Reply | None]) -> Reply:
    """The next that is to be seen."""
    return next(each for each in replies if each is not None)


def walked(replies: list[Reply], name: str) -> np.ndarray[Any, np.dtype[Any]]:
    return np.concatenate([each.arrays[name] for each in replies if isinstance(each, Footholds)])


def test_the_published_values_through_the_wire(open_talk: Talk) -> None:
    replies = open_talk.say("landscape", **ASKED)
    assert isinstance(replies[-1], Done)
    assert replies[-1].kind == "landscape"
    found = surface(replies, 5, 9)
    columns = [round((b + 2.8) * 10) for b in BIASES]
    np.testing.assert_allclose(found[[0, 2, 4]][:, columns], PUBLISHED, atol=5e-11)


def test_fewer_targets_look_at_an_earlier_step(open_talk: Talk) -> None:
    loss = {**LOSS, "targets": [[0.7]]}
    found = surface(open_talk.say("landscape", **{**ASKED, "loss": loss}), 5, 9)
    expected = (1 / (1 + math.exp(-(4.6 * START - 2.8))) - 0.7) ** 2
    assert found[0, 0] == pytest.approx(expected, rel=1e-6)


def test_a_surface_is_of_the_numbers_as_they_are_now(open_talk: Talk) -> None:
    open_talk.say("change", initial={"main.1.forward.h": [0.0]})
    found = surface(open_talk.say("landscape", **ASKED), 5, 9)
    assert abs(found[2, 4] - PUBLISHED[1][3]) > 1e-3


def test_the_newest_wins(shelf: Shelf) -> None:
    open_talk = Talk(shelf, clock=lambda: 0.0)
    open_talk.say("open", experiment=pascanu())
    wide = {**ACROSS, "count": 200}
    first = open_talk.begin("landscape", across=wide, down={**DOWN, "count": 200}, loss=LOSS)
    assert isinstance(shown(first), Rows)
    second = open_talk.begin("landscape", **ASKED)
    assert list(first) == [], "an overtaken surface ends by itself"
    assert [each.type for each in second if each is not None] == ["rows", "rows", "done"]


def test_what_was_overtaken_before_it_began_is_not_begun_and_what_has_begun_is_seen(shelf: Shelf) -> None:
    open_talk = Talk(shelf, clock=iter(range(1000)).__next__)
    open_talk.say("open", experiment=pascanu())
    wide = {"across": {**ACROSS, "count": 200}, "down": {**DOWN, "count": 200}, "loss": LOSS}
    first, second = open_talk.begin("landscape", **wide), open_talk.begin("landscape", **wide)
    assert list(first) == []
    assert next(second) is None
    open_talk.begin("landscape", **wide)
    assert isinstance(shown(second), Rows), "a drag would show nothing otherwise"


def test_first_a_sketch_and_then_the_numbers(open_talk: Talk) -> None:
    *found, done = open_talk.say("landscape", **ASKED)
    assert isinstance(done, Done)
    assert [each.arrays["losses"].dtype for each in found if isinstance(each, Rows)] == [np.float32, np.float64]


def test_a_change_does_not_end_a_surface_and_cancel_does(open_talk: Talk) -> None:
    wide = {"across": {**ACROSS, "count": 200}, "down": {**DOWN, "count": 200}, "loss": LOSS}
    kept = open_talk.begin("landscape", **wide)
    shown(kept)
    open_talk.say("run")
    assert list(kept)[-1].type == "done"
    ended = open_talk.begin("landscape", **wide)
    shown(ended)
    assert [each.type for each in open_talk.say("cancel", kind="landscape")] == ["done"]
    assert list(ended) == []


def test_thrown_out_and_saved(open_talk: Talk) -> None:
    free = open_talk.say("descend", **PLACES, loss=LOSS, rate=0.1, updates=45)
    assert [each.type for each in free] == ["footholds", "footholds", "done"]
    assert [each.first for each in free if isinstance(each, Footholds)] == [0, 25]
    assert walked(free, "at").shape == (46, 2)
    assert walked(free, "norm")[:40].max() < 1
    assert walked(free, "norm")[40] == pytest.approx(962.9, abs=0.5)
    np.testing.assert_allclose(walked(free, "at")[41], [79.2188, 55.7516], rtol=1e-3)
    clipped = open_talk.say("descend", **PLACES, loss=LOSS, rate=0.1, clip=1.0, updates=45)
    np.testing.assert_allclose(walked(clipped, "at")[41], [-2.4899, 4.9924], atol=1e-4)


def test_without_updates_it_tells_where_the_network_stands(open_talk: Talk) -> None:
    open_talk.say("change", parameters=[
        {"address": "b", "index": [0], "value": -2.4}, {"address": "w", "index": [0], "value": 5.0}])  # fmt: skip
    (here, done) = open_talk.say("descend", **PLACES, loss=LOSS, rate=0.1)
    assert isinstance(here, Footholds)
    assert isinstance(done, Done)
    assert done.kind == "descent"
    assert here.arrays["loss"][0] == pytest.approx(0.0330047413, abs=5e-11)
    np.testing.assert_allclose(here.arrays["gradient"][0], [0.0792411059, 0.0698646699], atol=5e-11)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"down": {**ACROSS}}, "both axes are the same number of 'b'"),
        ({"across": {**ACROSS, "address": "q"}}, "q"),
        ({"across": {**ACROSS, "index": [3]}}, "has no entry [3]"),
        ({"loss": {**LOSS, "of": "q"}}, "q"),
        ({"loss": {**LOSS, "targets": [[0.7, 1.0]]}}, "step 1 has targets of shape (2,), 'h' has 1"),
        ({"loss": {**LOSS, "targets": [None, None]}}, "no step has a target"),
        ({"loss": {**LOSS, "targets": [*LOSS["targets"], None]}}, "targets for 51 steps, and the sequence has 50"),
    ],
)
def test_what_cannot_be_is_told(open_talk: Talk, change: dict[str, Any], message: str) -> None:
    assert message in problem(open_talk.say("landscape", **{**ASKED, **change}))


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(points=44), "45 points on an error surface: the limit is 44"),
        (Limits(sweep=1000), "values to compute for an error surface: the limit is 1,000"),
    ],
)
def test_limits_are_named(shelf: Shelf, limits: Limits, message: str) -> None:
    talk = Talk(shelf, limits)
    talk.say("open", experiment=pascanu())
    assert message in problem(talk.say("landscape", **ASKED))


def test_so_many_updates_and_no_more(shelf: Shelf) -> None:
    talk = Talk(shelf, Limits(updates=5))
    talk.say("open", experiment=pascanu())
    assert talk.say("descend", **PLACES, loss=LOSS, rate=0.1, updates=5)[-1].type == "done"
    assert problem(talk.say("descend", **PLACES, loss=LOSS, rate=0.1, updates=6)) == "6 updates: the limit is 5"
