"""Every shipped cell opens as an experiment of its own, with all that a page needs."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app.cells import names
from app.lessons import Shelf
from app.session import Limits, Session, read_message
from app.session.replies import Done, Frames, Gradients, Opened
from tests.engine import texts


@pytest.mark.parametrize("name", names())
def test_a_cell_opens_and_runs_both_ways(name: str) -> None:
    cell, units, sizes = texts.cell(name)
    record = {
        "network": {"parts": [{"name": "main", "inputs": 2, "layers": [{"cell": name, "units": units, "sizes": sizes}]}]},
        "sequence": {"inputs": [[1.0, float(step)] for step in range(5)]},
        "backward": {"of": f"main.1.forward.{cell.output}", "step": 5},
    }
    message = read_message(json.dumps({"id": 1, "type": "open", "experiment": record}))
    opened, *rest = Session(Shelf({}, {}), Limits()).handle(message)
    assert isinstance(opened, Opened)
    assert {f"main.1.forward.{p.name}" for p in cell.program.parameters} == set(opened.experiment["parameters"]["values"])
    assert set(opened.network["programs"]) == set(opened.network["diagrams"]) == {name}
    frames = [each for each in rest if isinstance(each, Frames)]
    gradients = [each for each in rest if isinstance(each, Gradients)]
    assert sum(isinstance(each, Done) for each in rest) == 2
    assert len(rest) == len(frames) + len(gradients) + 2
    values = {v.name for v in cell.program.values}
    assert {f"main.1.forward.{value}" for value in values} <= set(frames[0].arrays)
    for each in frames + gradients:
        assert all(np.isfinite(array).all() for array in each.arrays.values())
    totals = set(opened.experiment["parameters"]["values"]) | {f"initial:main.1.forward.{state}" for state in cell.states}
    assert set(gradients[-1].totals or ()) == totals
