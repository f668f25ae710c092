from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, NetworkError
from app.engine.influence.dependency import Dependencies, dependencies, dependents
from app.engine.influence.room import Limits
from tests.engine import bumped, texts, wirings
from tests.engine.wirings import Array


def values_of(name: str) -> list[str]:
    case = wirings.get(name)
    values = [each for each in case.differentiable() if ".0." not in each]
    return [values[-1], values[len(values) // 2]]


def norm(matrices: Array) -> Array:
    return np.asarray(np.sqrt((matrices**2).sum((-2, -1))))


@pytest.mark.parametrize("name", wirings.ALL)
def test_strengths_by_the_complex_step(name: str) -> None:
    case = wirings.get(name)
    for full in values_of(name):
        for unit in (None, 1):
            found = dependencies(case.trace, full, step=3, unit=unit)
            units = slice(None) if unit is None else slice(unit, unit + 1)
            for wrt in case.differentiable():
                wanted = norm(wirings.matrices(name, full, wrt)[2][..., units, :])
                if wrt not in found.values:  # nothing but itself
                    wanted[2] = 0 if wrt == full else wanted[2]
                    assert not wanted.any(), wrt
                    continue
                np.testing.assert_allclose(found.strength[wrt], wanted, rtol=1e-10, atol=1e-12, err_msg=wrt)
            for state, strength in found.initial.items():
                matrices = np.moveaxis(bumped.derivative(wirings.moved_start(name, state), full)[2], 0, -1)[..., units, :]
                np.testing.assert_allclose(strength, norm(matrices), rtol=1e-10, atol=1e-12, err_msg=state)
            for parameter in case.network.parameters:
                matrices = bumped.derivative(wirings.moved_parameter(name, parameter), full)[2]
                # every sequence uses the same parameter
                wanted = norm(matrices.reshape(len(matrices), -1, matrices.shape[-1]).sum(axis=1)[..., units])
                np.testing.assert_allclose(
                    found.parameters.get(parameter, 0.0), wanted, rtol=1e-10, atol=1e-12, err_msg=parameter
                )


@pytest.mark.parametrize("name", wirings.ALL)
def test_what_depends_by_the_complex_step(name: str) -> None:
    case = wirings.get(name)
    for full in values_of(name):
        found = dependents(case.trace, full, step=2)
        for of in case.network.values:
            wanted = norm(wirings.matrices(name, of, full)[:, 1])
            if of not in found.values:
                wanted[1] = 0 if of == full else wanted[1]
                assert not wanted.any(), of
                continue
            np.testing.assert_allclose(found.strength[of], wanted, rtol=1e-10, atol=1e-12, err_msg=of)
        assert (found.parameters, found.initial) == ({}, {})
        assert found.values.keys() == found.strength.keys()


def gated(forget: float) -> Dependencies:
    """A memory cell whose gates look at nothing; the input gate is open."""
    network = Network([Layer(load("memory-cell"), 1)], 1)
    weights = {name: np.zeros(shape) for name, shape in network.parameters.items()}
    weights |= {"main.1.forward.W_z": np.ones((1, 1)), "main.1.forward.b_i": np.array([800.0])}
    weights["main.1.forward.b_f"] = np.array([forget])
    return dependencies(network.run(weights, np.ones((4, 1))), "c", step=3)


def test_a_shut_gate_keeps_out_what_the_equations_would_let_in() -> None:
    shut, open_ = gated(-800), gated(800)
    assert shut.values.keys() == open_.values.keys()
    assert shut.values["main.0.forward.x"].when == ("now", "before")
    assert shut.strength["main.0.forward.x"].tolist() == [0, 0, 1, 0]
    assert open_.strength["main.0.forward.x"].tolist() == [1, 1, 1, 0]
    assert open_.strength["main.1.forward.c"].tolist() == [1, 1, 1, 0]
    assert open_.initial["main.1.forward.c"] == 1
    assert shut.initial["main.1.forward.c"] == 0
    assert open_.parameters["main.1.forward.W_z"] == 3
    assert (open_.of, open_.step, open_.unit) == ("main.1.forward.c", 3, None)


def test_a_batch_keeps_its_axis() -> None:
    found = dependencies(wirings.get("stack").trace, "2.h", step=4)
    assert found.strength["main.1.forward.c"].shape == (4, 2)
    assert found.initial["main.1.forward.c"].shape == (2,)
    assert found.parameters["main.1.forward.U_i"].shape == ()


def test_what_is_refused() -> None:
    trace = wirings.case(Network([texts.layer("lstm")], 2), 1, wirings.random(4, 2)).trace
    for call in (dependencies, dependents):
        with pytest.raises(NetworkError, match="there is no step 5: the sequence has 4"):
            call(trace, "c", step=5)
        with pytest.raises(NetworkError, match="'c' has no unit 3: it has 3"):
            call(trace, "c", step=1, unit=3)
        with pytest.raises(NetworkError, match="'x' is not one of the values"):
            call(trace, "x", step=1)
        with pytest.raises(NetworkError, match="this takes up to"):
            call(trace, "c", step=1, limits=Limits(bytes=100))
