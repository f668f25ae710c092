"""Optimisers, schedules and clipping against PyTorch's in float64: what the table says of them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.engine.optimise.clip import clip_norm, clip_value
from app.engine.optimise.schedule import RateSchedule
from tests.engine.optimise.followed import followed
from tests.oracles.case import DATA
from tests.oracles.recorder import Measured, record

STORED = json.loads((DATA / "optimise.json").read_text("utf-8"))
OTHER = f"PyTorch {STORED['versions']['torch'].partition('+')[0]}, float64"
WHAT = "optimisers, 100 updates"
GROUPS = {
    "sgd": "SGD", "momentum": "momentum", "nesterov": "Nesterov", "rmsprop": "RMSprop", "adam": "Adam",
    "norm": "clipping", "value": "clipping",
}  # fmt: skip


def found(case: dict[str, Any]) -> tuple[Any, Any]:
    """Ours and theirs."""
    match case["kind"]:
        case "rule":
            return followed(case), case["found"]
        case "schedule":
            schedule = RateSchedule(**case["settings"])
            return [case["rate"] * schedule.share(n + 1) for n in range(len(case["rates"]))], case["rates"]
    gradient = np.array(case["given"])
    if case["name"] == "norm":
        clip_norm(gradient, case["most"])
    else:
        clip_value(gradient, case["most"])
    return gradient, case["found"]


@pytest.mark.measures
@pytest.mark.parametrize("case", STORED["cases"], ids=lambda case: f"{case['kind']}-{case['name']}")
def test_optimisers(case: dict[str, Any]) -> None:
    ours, theirs = (np.asarray(each) for each in found(case))
    far = float(np.abs(ours - theirs).max() / np.abs(theirs).max())
    assert far <= 1e-10
    record(Measured(OTHER, WHAT, (GROUPS.get(case["name"], "schedules"),), far))
