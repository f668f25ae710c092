from __future__ import annotations

import numpy as np
import pytest

from app.engine import NetworkError
from app.engine.influence.jacobians import jacobian, jacobian_from
from app.engine.influence.room import Limits
from tests.engine import wirings


def pairs(case: wirings.Case) -> list[tuple[str, str]]:
    """States by states, all of them or every so many, and an output by a first value and an input."""
    states = list(case.network.states)
    values = case.differentiable()
    last = list(list(case.trace.runs.values())[-1].stack.values)[-1]
    both = [(of, wrt) for of in states for wrt in states]
    return [*both[:: 1 + len(both) // 16], (last, values[0]), (last, values[-1])]


@pytest.mark.parametrize("name", wirings.ALL)
def test_jacobians_by_the_complex_step(name: str) -> None:
    case = wirings.get(name)
    for of, wrt in pairs(case):
        wanted = wirings.matrices(name, of, wrt)
        for step in (1, len(wanted)):
            found = jacobian(case.trace, of, wrt, step=step)
            assert (found.of, found.wrt, found.step, found.onward) == (of, wrt, step, False)
            np.testing.assert_allclose(found.matrices, wanted[step - 1], rtol=1e-10, atol=1e-12, err_msg=f"{of} {wrt}")
        if ".0." in wrt:
            continue
        for step in (1, wanted.shape[1]):
            onward = jacobian_from(case.trace, wrt, of, step=step)
            assert (onward.of, onward.wrt, onward.step, onward.onward) == (of, wrt, step, True)
            np.testing.assert_allclose(onward.matrices, wanted[:, step - 1], rtol=1e-10, atol=1e-12, err_msg=f"{of} {wrt}")


def test_norms_of_every_step() -> None:
    found = jacobian(wirings.get("lengths").trace, "1.forward.h", "1.forward.c", step=3)
    assert found.matrices.shape == (4, 3, 3, 3)
    np.testing.assert_allclose(found.frobenius, np.linalg.norm(found.matrices, axis=(-2, -1)), rtol=1e-13)
    np.testing.assert_allclose(found.spectral, np.linalg.norm(found.matrices, 2, axis=(-2, -1)), rtol=1e-12, atol=1e-15)
    assert (found.spectral <= found.frobenius * (1 + 1e-12)).all()
    assert not found.frobenius[3].any()  # later than the step
    assert not found.frobenius[:, 1].any()  # a sequence of two steps


def test_a_gradient_is_the_jacobian_turned_round() -> None:
    case = wirings.get("stack")
    outside = np.zeros((4, 2, 3))
    outside[2] = wirings.random(2, 3)
    gradient = case.trace.gradient({"2.h": outside})["1.c"]
    matrices = jacobian(case.trace, "2.h", "1.c", step=3).matrices
    np.testing.assert_allclose(gradient, np.einsum("bm,tbmn->tbn", outside[2], matrices), rtol=1e-11, atol=1e-14)


def test_what_is_refused() -> None:
    trace = wirings.get("forward").trace
    for call in (jacobian, jacobian_from):
        with pytest.raises(NetworkError, match="there is no step 5: the sequence has 4"):
            call(trace, "h", "c", step=5)
        with pytest.raises(NetworkError, match="'W_i' is not one of the values"):
            call(trace, "W_i", "c", step=1)
        with pytest.raises(NetworkError, match="nothing here is called 'q'"):
            call(trace, "c", "q", step=1)
        with pytest.raises(NetworkError, match="this takes up to"):
            call(trace, "c", "h", step=1, limits=Limits(bytes=100))
    with pytest.raises(NetworkError, match="'W_i' is a parameter and has no value of its own at each step"):
        jacobian(trace, "c", "W_i", step=1)
