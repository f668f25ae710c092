"""The experiment that a cell opens with: whatever the cell, there is something to see."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app import cells
from app.engine import NetworkError
from app.session import Limits
from app.session.cell_experiment import cell_experiment
from app.session.experiment import Experiment
from app.session.prepared import Prepared, prepare
from app.session.runs import gradient, run


def prepared(name: str) -> Prepared:
    return prepare(cell_experiment(name), Limits())


@pytest.mark.parametrize("name", cells.names())
def test_it_is_a_record_that_runs(name: str) -> None:
    found = cell_experiment(name)
    assert (found.cell, found.lesson, found.step) == (name, None, 1)
    assert Experiment.model_validate_json(json.dumps(found.model_dump())) == found
    (layer,) = found.network.parts[0].layers
    assert layer.units == (6 if name == "clockwork-rnn" else 3)
    assert set(layer.sizes.values()) <= {2}
    assert len(found.sequence.inputs) == 6
    assert len({number for row in found.sequence.inputs for number in row}) > 8
    assert found.backward is not None
    assert (found.backward.of, found.backward.step) == (cells.load(name).output, 6)


@pytest.mark.parametrize("name", cells.names())
def test_every_value_changes_and_every_unit_of_a_gate(name: str) -> None:
    ready = prepared(name)
    trace = run(ready)
    program = ready.network.places[0].program
    for value in program.values:
        address = ready.network.full(value.name)
        assert np.isfinite(trace.values[address]).all()
        if not value.derived and value.role != "constant":
            assert np.ptp(trace.values[address], axis=0).max() > 0, f"{value.name} never changes"
        if value.role == "gate" and value.label != "clock":
            assert np.ptp(trace.values[address], axis=0).min() > 0, f"a unit of {value.name} never changes"


@pytest.mark.parametrize("name", cells.names())
def test_the_gradient_says_something(name: str) -> None:
    ready = prepared(name)
    found = gradient(ready, run(ready))
    states = ready.network.places[0].program.states
    output = ready.network.full(cells.load(name).output)
    assert np.abs(found.values[output][-1]).max() > 0
    # gates of exactly 0 forget all that was before
    farthest = 3 if name == "memory-cell-rounded" else 0
    for state in states:
        array = found.values[ready.network.full(state)]
        assert np.abs(array[farthest]).max() > 0, f"nothing arrives at step {farthest + 1} of {state}"
    assert any(np.abs(array).max() > 0 for array in found.parameters.values())


def test_outputs_that_add_up_to_one_are_not_differentiated_together() -> None:
    units = {name: asked.unit for name in cells.names() if (asked := cell_experiment(name).backward)}
    assert {name for name, unit in units.items() if unit is not None} == {"simple-rnn-uwv"}
    assert units["simple-rnn-uwv"] == 0


def test_groups_of_units_are_equal_and_more_than_one_unit() -> None:
    trace = run(prepared("clockwork-rnn"))
    clock = trace.values["main.1.forward.m"]
    assert clock[:, ::2].tolist() == clock[:, 1::2].tolist()
    assert clock[1].tolist() == [1, 1, 0, 0, 0, 0]


def test_a_cell_that_is_not_there() -> None:
    with pytest.raises(NetworkError, match="unknown cell 'lstn'"):
        cell_experiment("lstn")
