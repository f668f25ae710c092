"""What a training tells, as replies."""

from __future__ import annotations

import json
from queue import SimpleQueue
from typing import Any

import numpy as np

from app.engine import Problem
from app.frames import unpack
from app.learning import Training as Learning
from app.learning.course import Course
from app.session.replies import Problems
from app.session.told import Ended, told
from tests.learning.small import small


def test_every_report_of_a_course_is_a_reply_that_can_be_sent() -> None:
    found: list[Any] = []
    orders: SimpleQueue[Any] = SimpleQueue()

    def tell(header: Any, arrays: Any) -> None:
        found.append(told(7, "run-a", header, arrays))
        orders.put({"order": "heard"})

    Course(Learning(small()), tell).run(orders)
    kinds = [each.type for each in found]
    assert (kinds[0], kinds[-1]) == ("training", "done")
    assert set(kinds) == {"training", "progress", "example", "record", "done"}
    for each in found:
        ((header, groups),) = unpack(each.encode())
        assert (header["type"], header["id"], header["lane"]) == (each.type, 7, "run-a")
        assert groups.get("arrays", {}).keys() == getattr(each, "arrays", {}).keys()
        assert each.stream == "training", "a newer training of the lane makes it stale"


def test_the_end_and_why() -> None:
    problem = Problem("value-overflowed", "h left the range", {"step": 3}, "a smaller rate").to_data()
    stopped = told(1, "main", {"type": "done", "why": "stopped", "problem": problem, "fault": "Traceback"}, {})
    assert stopped == Ended(1, "main", "stopped", problem)
    ((header, _),) = unpack(stopped.encode())  # type: ignore[arg-type]
    assert header == {"type": "done", "id": 1, "lane": "main", "kind": "training", "why": "stopped", "problem": problem}
    assert "Traceback" not in json.dumps(header)


def test_problems_come_back_as_they_were() -> None:
    problem = Problem("record-changed", "the record was changed", {"n": 1}, "start anew", field="record")
    assert told(1, "main", {"type": "problems", "problems": [problem.to_data()]}, {}) == Problems(1, "main", [problem])


def test_numbers_that_left_their_range_travel_as_they_are() -> None:
    header = {"type": "progress", "first": 1, "done": 1, "updates": 9, "going": True, "per_second": 0.0,
              "seconds_left": None, "waiting": 0}  # fmt: skip
    reply = told(1, "main", header, {"norm": np.array([np.inf])})
    ((_, groups),) = unpack(reply.encode())  # type: ignore[arg-type]
    assert groups["arrays"]["norm"].tolist() == [np.inf]
