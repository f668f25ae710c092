"""What many steps and many layers make of a number, as a page asks for it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.lessons import Shelf
from app.session import Limits, Reply
from app.session.messages import MessageError
from app.session.replies import Done, Measured, Problems
from tests.session.conftest import Talk

ACROSS = {"address": "U", "index": [0, 0], "low": 0.9, "high": 1.1, "count": 21}
MARKS = [0.01, 0.9, 0.99, 1.0, 1.01, 1.1]
WEIGHT: dict[str, Any] = {"kind": "weight", "across": ACROSS, "of": "h", "until": 1000, "marks": MARKS}
#: published (ground truth 5.1), worked out with forty digits
OUTPUTS = [0, 1.942079e-46, 4.3607320616826517e-05, 1, 20751.639245360059, 2.245394e41]
SLOPES = [0, 2.155708e-43, 0.0440037508042522518, 999, 20525631.2931828707, 2.039226e44]
PRODUCT: dict[str, Any] = {"kind": "product", "cells": ["tanh", "lstm"], "radius": 1.0, "steps": 20}
CAUSES: dict[str, Any] = {"kind": "causes", "radius": 1.0, "steps": 20}


def linear(w: float = 1.01, steps: int = 1000) -> dict[str, Any]:
    return {
        "network": {"parts": [{"name": "main", "inputs": 1, "layers": [{"cell": "linear-rnn", "units": 1}]}]},
        "parameters": {"values": {"main.1.forward.W": [[1.0]], "main.1.forward.U": [[w]]}},
        "sequence": {"inputs": [[1.0], *[[0.0]] * (steps - 1)]},
    }


@pytest.fixture
def open_talk(talk: Talk) -> Talk:
    talk.say("open", experiment=linear())
    return talk


def curves(replies: list[Reply]) -> dict[str, Any]:
    return {each.name: each.arrays for each in replies if isinstance(each, Measured)}


def problem(replies: list[Reply]) -> str:
    (reply,) = replies
    assert isinstance(reply, Problems)
    return "; ".join(each.message for each in reply.problems)


def test_the_published_powers(open_talk: Talk) -> None:
    found = curves(open_talk.say("measure", ask=WEIGHT))
    assert list(found) == ["time", "marks", "range"]
    np.testing.assert_allclose(found["marks"]["values"], OUTPUTS, rtol=1e-6)
    np.testing.assert_allclose(found["marks"]["slopes"], SLOPES, rtol=1e-6)
    np.testing.assert_allclose(found["marks"]["values"][[2, 4]], [OUTPUTS[2], OUTPUTS[4]], rtol=1e-12)
    assert found["range"]["at"][[0, 10, 20]].tolist() == [0.9, 1.0, 1.1]
    assert found["range"]["slopes"][10] == pytest.approx(999, rel=1e-12)


def test_out_and_back_over_time(open_talk: Talk) -> None:
    """w^(t-1) goes out, w^(T-t) comes back; what comes back for w itself is 999 w^998."""
    found = curves(open_talk.say("measure", ask=WEIGHT))["time"]
    powers = 1.01 ** np.arange(1000)
    np.testing.assert_allclose(found["values"], powers, rtol=1e-12)
    np.testing.assert_allclose(found["gradients"], powers[::-1], rtol=1e-12)
    assert found["slope"][0] == pytest.approx(SLOPES[4], rel=1e-12)


def test_an_earlier_step(open_talk: Talk) -> None:
    found = curves(open_talk.say("measure", ask={**WEIGHT, "until": 10}))
    assert len(found["time"]["values"]) == 10
    assert found["marks"]["values"][4] == pytest.approx(1.01**9)


def test_over_depth(open_talk: Talk) -> None:
    found = curves(open_talk.say("measure", ask={"kind": "depth", "layers": 5, "gain": 1.0}))
    assert list(found) == ["sigmoid", "tanh", "relu"]
    assert all(each["shares"].shape == (5,) and each["shares"][-1] == 1 for each in found.values())
    assert found["sigmoid"]["shares"][0] < 0.01 < 0.1 < found["relu"]["shares"][0]


def test_cells_and_causes(open_talk: Talk) -> None:
    found = curves(open_talk.say("measure", ask=PRODUCT))
    assert list(found) == ["tanh", "lstm"]
    assert found["tanh"]["rate"][0] == pytest.approx(found["tanh"]["norms"][-1] ** (1 / 20))
    assert list(curves(open_talk.say("measure", ask=CAUSES))) == [
        f"{name}-{kind}" for name in ("linear", "tanh", "sigmoid") for kind in ("repeated", "fresh")
    ]


def test_the_newest_wins_and_cancel_ends(shelf: Shelf) -> None:
    talk = Talk(shelf, clock=lambda: 0.0)
    talk.say("open", experiment=linear())
    first = talk.begin("measure", ask=PRODUCT)
    assert isinstance(next(first), Measured)
    second = talk.begin("measure", ask=PRODUCT)
    assert list(first) == [], "an overtaken question ends by itself"
    next(second)
    assert [each.type for each in talk.say("cancel", kind="measure")] == ["done"]
    assert list(second) == []
    last = talk.say("measure", ask=CAUSES)[-1]
    assert isinstance(last, Done)
    assert last.kind == "measure"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        ({**WEIGHT, "until": 1001}, "there is no step 1001: the sequence has 1000"),
        ({**WEIGHT, "of": "q"}, "nothing here is called 'q'"),
        ({**WEIGHT, "across": {**ACROSS, "address": "h"}}, "h"),
        ({**WEIGHT, "across": {**ACROSS, "index": [1, 0]}}, "has no entry [1, 0]"),
        ({"kind": "depth", "layers": 9, "gain": 1.0}, "9 layers: the limit is 8"),
        ({**PRODUCT, "steps": 2001}, "2,001 steps in the sequence: the limit is 2,000"),
        ({**CAUSES, "steps": 2001}, "2,001 steps in the sequence: the limit is 2,000"),
        ({**WEIGHT, "across": {**ACROSS, "count": 10_000}}, "bytes of memory: the limit is 100,000,000"),
        ({**WEIGHT, "across": {**ACROSS, "count": 50_000}}, "points on an error surface: the limit is 40,000"),
    ],
)
def test_what_cannot_be_is_told(open_talk: Talk, ask: dict[str, Any], message: str) -> None:
    assert message in problem(open_talk.say("measure", ask=ask))


def test_limits_are_named(shelf: Shelf) -> None:
    talk = Talk(shelf, Limits(sweep=1000))
    talk.say("open", experiment=linear())
    assert "values to compute for an error surface: the limit is 1,000" in problem(talk.say("measure", ask=WEIGHT))


@pytest.mark.parametrize("change", [{"radius": 0}, {"radius": -1.0}, {"drive": 1e9}, {"cells": []}, {"cells": ["rnn"]}])
def test_what_is_no_question(open_talk: Talk, change: dict[str, Any]) -> None:
    with pytest.raises(MessageError, match=rf"ask.*{next(iter(change))}"):
        open_talk.say("measure", ask={**PRODUCT, **change})
