"""Replies on the wire."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app.engine import Problem
from app.frames import unpack
from app.session.replies import (
    Done,
    Footholds,
    Frames,
    Gradients,
    Initialised,
    Measured,
    Opened,
    Pong,
    Problems,
    Reply,
    Rows,
    Updates,
)
from app.session.told import Ended, Example, Progress, Record, Training
from tests.session import jsdoc

C = {"main.1.forward.c": np.array([[1.0], [2.0]])}


def test_text_replies() -> None:
    assert json.loads(Pong(7, "main").encode()) == {"type": "pong", "id": 7, "lane": "main"}
    problem = Problem("code", "what is wrong", {"n": 1}, "what to do", field="place")
    assert json.loads(Problems(None, "main", [problem]).encode()) == {
        "type": "problems",
        "id": None,
        "lane": "main",
        "problems": [
            {
                "code": "code",
                "args": {"n": 1},
                "message": "what is wrong",
                "hint": "what to do",
                "where": {"field": "place"},
            }
        ],
    }
    opened = json.loads(Opened(1, "main", {"version": 1}, {"layers": []}, None, {"name": "lstm"}, 9).encode())
    assert list(opened) == ["type", "id", "lane", "experiment", "network", "lesson", "cell", "memory"]


def test_the_end_has_the_form_of_what_it_ends() -> None:
    end = {"type": "done", "id": 7, "lane": "left", "kind": "run"}
    assert list(unpack(Done(7, "left", "run").encode())) == [(end, {})]


def test_frames() -> None:
    [(header, groups)] = unpack(Frames(3, "main", 1, 2, 5, C).encode())
    assert header == {
        "type": "frames",
        "id": 3,
        "lane": "main",
        "window": None,
        "first": 1,
        "count": 2,
        "steps": 5,
        "memory": None,
        "arrays": [{"name": "main.1.forward.c", "dtype": "float64", "shape": [2, 1]}],
    }
    assert groups["arrays"]["main.1.forward.c"].tolist() == [[1.0], [2.0]]


def test_gradients_have_totals_only_at_the_end() -> None:
    early = Gradients(3, "main", "main.1.forward.y", 4, None, 1, 2, 5, C)
    [(header, _)] = unpack(early.encode())
    assert "totals" not in header
    assert (header["of"], header["step"], header["unit"]) == ("main.1.forward.y", 4, None)
    last = Gradients(3, "main", "main.1.forward.y", 4, 0, 1, 2, 5, C, {"main.1.forward.W": np.ones((1, 2))})
    [(header, groups)] = unpack(last.encode())
    assert header["totals"] == [{"name": "main.1.forward.W", "dtype": "float64", "shape": [1, 2]}]
    assert groups["totals"]["main.1.forward.W"].tolist() == [[1.0, 1.0]]


def test_what_grows_stale_and_what_never_does() -> None:
    assert Pong(1, "main").stream is None
    assert Problems(1, "main", []).stream is None
    assert Frames(1, "main", 1, 1, 1, C).stream == Done(1, "main", "run").stream == "run"
    assert Frames(1, "main", 1, 1, 1, C, kind="seek").stream == "seek"
    assert Frames(1, "main", 1, 1, 1, C, window="view").stream == "run:view", "each window has a newest of its own"
    assert Gradients(1, "main", "y", 1, None, 1, 1, 1, C, window="near").stream == "gradient:near"
    assert Gradients(1, "main", "y", 1, None, 1, 1, 1, C).stream == Done(1, "main", "gradient").stream == "gradient"
    assert Opened(1, "main", {}, {}, None, None, 0).stream == "open"


ALL = [
    Opened(1, "main", {}, {}, None, None, 0),
    Frames(1, "main", 1, 2, 2, C),
    Gradients(1, "main", "y", 1, None, 1, 2, 2, C, C),
    Initialised(1, "main", C),
    Rows(1, "main", (0, 2), {"losses": np.ones((2, 3), np.float32)}),
    Footholds(1, "main", 0, {"at": np.ones((1, 2))}),
    Measured(1, "main", "tanh", {"norms": np.ones(2)}),
    Updates(1, "main", 0, {"loss": np.ones(2)}, Problem("loss-overflowed", "stopped")),
    Done(1, "main", "run"),
    Training(1, "main", {}, {}, {}, 10, 1000, 0, {"loss": np.ones(0)}),
    Progress(1, "main", 1, 2, 9, True, 50.0, None, 0, {"loss": np.ones(2)}),
    Example(1, "main", 2, {"x": np.ones((3, 2))}),
    Record(1, "main", 2, "{}"),
    Ended(1, "main", "finished"),
    Problems(None, "main", []),
]


@pytest.mark.parametrize("reply", ALL, ids=lambda reply: reply.type)
def test_the_page_reads_the_same_replies(reply: Reply) -> None:
    data = reply.encode()
    sent = json.loads(data) if isinstance(data, str) else next(unpack(data))[0]
    assert set(jsdoc.records()[f"{type(reply).__name__}Message"]) == set(sent)


def test_a_problem_has_the_same_fields_in_the_page() -> None:
    assert set(jsdoc.records()["Problem"]) == set(Problem("code", "message").to_data())
