"""What can be trained, as data: complete, and what the settings themselves take."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.engine import OPTIMISERS, ProblemError
from app.learning import CHOICES, WHOLE, offered, read_settings
from app.learning.settings import NUMBERS, Settings
from app.tasks import TASKS

OFFER: dict[str, Any] = json.loads(json.dumps(offered()))


def test_every_setting_is_offered() -> None:
    others = {"task", "options", "tuning", "equations", "weights"}
    named = {each["name"] for kind in ("whole", "numbers") for each in OFFER[kind]} | set(OFFER["choices"])
    assert named | others == set(Settings.__slots__)
    assert [each["name"] for each in OFFER["tasks"]] == list(TASKS)
    assert [each["name"] for each in OFFER["optimisers"]] == list(OPTIMISERS)
    assert set(OFFER["choices"]) == set(CHOICES)
    assert [each["name"] for each in OFFER["whole"]] == list(WHOLE)
    assert {each["name"] for each in OFFER["numbers"]} == {*NUMBERS, "schedule_factor"}


def test_what_is_called_usual_is_what_is_used() -> None:
    plain = read_settings({"task": "adding"}).to_data()
    for kind in ("whole", "numbers"):
        for each in OFFER[kind]:
            usual = each["usual"]
            if usual is None:
                usual = next(rule["rate"] for rule in OFFER["optimisers"] if rule["name"] == plain["optimiser"])
            assert plain[each["name"]] == usual
    assert all(plain[name] == each["usual"] for name, each in OFFER["choices"].items())
    (adding,) = [each for each in OFFER["tasks"] if each["name"] == "adding"]
    assert plain["options"] == {each["name"]: each["usual"] for each in adding["options"]}
    assert adding["baseline"]["loss"] == 1 / 6


@pytest.mark.parametrize("each", [*OFFER["whole"], *OFFER["numbers"]], ids=lambda each: str(each["name"]))
def test_the_bounds_are_those_that_are_checked(each: dict[str, Any]) -> None:
    high = {"task": "adding", each["name"]: each["high"]}
    if each["name"] != "batch":
        assert getattr(read_settings(high), each["name"]) == each["high"]
    with pytest.raises(ProblemError):
        read_settings({**high, each["name"]: each["high"] + 1})
    with pytest.raises(ProblemError):
        read_settings({**high, each["name"]: each["low"] - 1})


@pytest.mark.parametrize("each", OFFER["tasks"], ids=lambda each: str(each["name"]))
def test_a_task_tells_how_many_numbers_a_step_gives_and_wants(each: dict[str, Any]) -> None:
    task = TASKS[each["name"]]
    batch = task.draw(np.random.default_rng(0), 1, task.complete({}))
    assert batch.inputs.shape[2] == each["inputs"]
    if each["kind"] != "classes":
        assert batch.targets.shape[2] == each["outputs"]
    else:
        assert 0 <= batch.targets.min() <= batch.targets.max() < each["outputs"]
