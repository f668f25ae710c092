from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.engine import Network, NetworkError, Problem, Trace
from app.engine.influence.point import gradient_of, point
from tests.engine import bumped, reference, texts, wirings
from tests.engine.wirings import Case

EPS = 1e-6


def last_value(case: Case, kind: int) -> str:
    """The topmost value of the last part, or the first state's value, or an argument of a gate in the lowest layer."""
    values = list(list(case.trace.runs.values())[-1].stack.values)
    return [values[-1], next(iter(case.network.states), values[0]), values[0]][kind]


@pytest.mark.parametrize("kind", [0, 1, 2])
@pytest.mark.parametrize("name", wirings.ALL)
def test_one_value_by_everything_before_it(name: str, kind: int) -> None:
    """All values and arguments of gates, inputs, parameters and starting states, by the complex step."""
    case = wirings.get(name)
    trace, full = case.trace, last_value(case, kind)
    at = point(trace, full, 3)
    for unit in (0, None) if kind == 0 else (None,):
        gradient = gradient_of(trace, full, step=3, unit=unit)
        units = slice(None) if unit is None else slice(unit, unit + 1)
        for wrt in case.differentiable():
            wanted = wirings.matrices(name, full, wrt)[2][..., units, :].sum(axis=-2)
            np.testing.assert_allclose(gradient[wrt], wanted, rtol=1e-10, atol=1e-12, err_msg=wrt)
        for state in case.network.states:
            found = bumped.derivative(wirings.moved_start(name, state), full)[2][..., units].sum(axis=-1)
            np.testing.assert_allclose(gradient.initial[state], np.moveaxis(found, 0, -1), rtol=1e-10, atol=1e-12)
        for parameter, array in gradient.parameters.items():
            found = bumped.derivative(wirings.moved_parameter(name, parameter), full)[2][..., units]
            wanted = found.reshape(len(found), -1).sum(axis=-1).reshape(array.shape)
            np.testing.assert_allclose(array, wanted, rtol=1e-10, atol=1e-12, err_msg=parameter)
    assert at.full == full


@pytest.mark.parametrize("name", ["cell lstm", "cell gru", *wirings.WIRINGS])
def test_one_value_by_central_differences(name: str) -> None:
    """By nothing but runs of the network, with entries of parameters and of starting states moved both ways."""
    case = wirings.get(name)
    full = last_value(case, 0)
    gradient = gradient_of(case.trace, full, step=3)
    groups = (
        ("parameters", case.parameters, gradient.parameters),
        ("initial", case.options.get("initial", {}), gradient.initial),
    )
    for group, arrays, found in groups:
        for each, array in arrays.items():
            for at in list(np.ndindex(*array.shape))[::9]:
                both = []
                for sign in (1, -1):
                    moved = array.copy()
                    moved[at] += sign * EPS
                    given: dict[str, Any] = {"parameters": {}, "initial": {}} | {group: {each: moved}}
                    both.append(float(case.again(**given)[full][2].sum()))
                assert found[each][at] == pytest.approx((both[0] - both[1]) / (2 * EPS), rel=1e-6, abs=1e-8), each


def small() -> tuple[Network, Trace]:
    network = Network([texts.layer("lstm")], 2)
    given = reference.numbers(network, 1, 4, (2,))
    return network, network.run(given.parameters, given.inputs)


def test_a_point() -> None:
    _, trace = small()
    at = point(trace, "c", 2, 1)
    assert (at.full, at.step, at.unit, at.size) == ("main.1.forward.c", 2, 1, 3)
    assert at.seeds().tolist() == [[[0, 1, 0]] * 2]
    assert point(trace, "c", 2).seeds()[:, 0].tolist() == np.eye(3).tolist()
    assert not gradient_of(trace, "c", step=2)["h"][2:].any()
    assert gradient_of(trace, "c", step=2)["c"][1].tolist() == [[1, 1, 1]] * 2


def said(name: str, step: Any, unit: Any = None) -> tuple[Problem, ...]:
    with pytest.raises(NetworkError) as error:
        gradient_of(small()[1], name, step=step, unit=unit)
    return error.value.problems


@pytest.mark.parametrize("step", [0, 5, -1, 2.0, True])
def test_steps_that_there_are_not(step: Any) -> None:
    assert said("c", step) == (
        Problem("no-step", f"there is no step {step}: the sequence has 4", {"step": str(step), "steps": 4},
                "give a whole number from 1 to 4", field="step"),
    )  # fmt: skip


@pytest.mark.parametrize("unit", [3, -1, 1.0, False])
def test_units_that_there_are_not(unit: Any) -> None:
    assert said("c", 1, unit) == (
        Problem("no-unit", f"'c' has no unit {unit}: it has 3", {"name": "c", "unit": str(unit), "size": 3},
                "count units from 0", field="unit"),
    )  # fmt: skip


def test_names_that_are_no_values_and_every_problem_at_once() -> None:
    first, second = said("W_i", 9)
    assert (first.code, first.message, first.hint) == (
        "unknown-name", "'W_i' is not one of the values", "they are i:in, i, f:in, f, o:in, o, g:in, g, c, h:tanh, h",
    )  # fmt: skip
    assert second.code == "no-step"
    assert [p.message for p in said("nothing", 1)] == ["nothing here is called 'nothing'"]
    assert [p.message for p in said("x", 1)] == ["'x' is not one of the values"]
