from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, NetworkError
from app.engine.influence.contribution import contribution_norms, contributions
from app.engine.influence.room import Limits
from tests.cells import written
from tests.engine import wirings
from tests.engine.wirings import Array


@pytest.mark.parametrize("name", wirings.ALL)
def test_all_steps_add_up_to_the_gradient(name: str) -> None:
    case = wirings.get(name)
    gradient = case.trace.gradient(case.outside)
    for parameter, shape in case.network.parameters.items():
        found, norms = contributions(gradient, parameter), contribution_norms(gradient, parameter)
        total = sum(array.sum(axis=0) for array in found.values())
        np.testing.assert_allclose(total, gradient.parameters[parameter], rtol=1e-11, atol=1e-13, err_msg=parameter)
        assert found.keys() == norms.keys()
        for use, array in found.items():
            assert array.shape == (case.trace.runs[use.partition(".")[0]].length, *shape)
            rows = array.reshape(len(array), -1)
            np.testing.assert_allclose(norms[use], np.sqrt((rows**2).sum(-1)), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", [name for name in written.CELLS if f"cell {name}" in wirings.CELLS])
def test_each_step_by_the_complex_step(name: str) -> None:
    """A parameter that is moved at one step alone, in the cell as it is written out by hand."""
    case = wirings.get(f"cell {name}")
    gradient = case.trace.gradient(case.outside)
    p = {full.rpartition(".")[2]: array for full, array in case.parameters.items()}
    start = {full.rpartition(".")[2]: array for full, array in case.options["initial"].items()}
    rows = written.run(name, p, case.xs, start)
    known = {full: given for full, given in case.outside.items() if full.rpartition(".")[2] in rows}
    gradient = case.trace.gradient(known)

    def loss(t: int, moved: dict[str, Array]) -> complex:
        states, total = dict(start), 0j
        for s, x in enumerate(case.xs):
            row = written.CELLS[name](p | moved if s == t else p, x, states)
            total += sum(np.sum(given[s] * row[full.rpartition(".")[2]]) for full, given in known.items())
            states = {state: row[state] for state in states}
        return total

    for parameter, array in p.items():
        found = contributions(gradient, parameter)[f"main.1.forward.{parameter}"]
        for t in range(4):
            wanted = written.complex_step(lambda a, t=t, n=parameter: loss(t, {n: a}), array)  # type: ignore[misc]
            np.testing.assert_allclose(found[t], wanted, rtol=1e-10, atol=1e-12, err_msg=f"{parameter} {t}")


def test_the_toy_of_the_lecture() -> None:
    """dL/dh_3 = (1, 0), each step back doubles it; each adds (dL/dh_t) h_{t-1}^T to U."""
    network = Network([Layer(load("linear-rnn"), 2)], 2)
    trace = network.run({"W": np.ones((2, 2)), "U": np.ones((2, 2))}, [[1, 1], [1, 1], [2, 2]])
    outside = np.zeros((3, 2))
    outside[2, 0] = 1
    gradient = trace.gradient({"h": outside})
    found = contributions(gradient, "U")["main.1.forward.U"]
    assert found.tolist() == [[[0, 0], [0, 0]], [[2, 2], [2, 2]], [[6, 6], [0, 0]]]
    assert contribution_norms(gradient, "W")["main.1.forward.W"].tolist() == pytest.approx([4, 2, 8**0.5])


def test_a_tied_parameter_has_an_entry_for_each_place() -> None:
    case = wirings.get("learned")
    gradient = case.trace.gradient(case.outside)
    for spelling in ("1.U_i", "2.forward.U_i"):
        assert list(contributions(gradient, spelling)) == ["main.1.forward.U_i", "main.2.forward.U_i"]


def test_a_learned_start_has_all_at_the_first_step_that_is_read() -> None:
    case = wirings.get("learned")  # sequences of 4 and 3 steps
    gradient = case.trace.gradient(case.outside)
    forward = contributions(gradient, "2.forward.c:start")["main.2.forward.c:start"]
    backward = contributions(gradient, "2.backward.c:start")["main.2.backward.c:start"]
    assert np.abs(forward).max(axis=-1).astype(bool).tolist() == [True, False, False, False]
    assert np.abs(backward).max(axis=-1).astype(bool).tolist() == [False, False, True, True]
    np.testing.assert_allclose(backward[3], gradient.initial["2.backward.c"][0], rtol=1e-12)
    given = case.again({}, {"2.forward.c": np.ones((2, 3))})
    found = contributions(given.gradient(case.outside), "2.forward.c:start")["main.2.forward.c:start"]
    assert found.shape == (4, 3)
    assert not found.any()


def test_long_sequences_are_worked_on_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    case = wirings.get("stack with lengths")
    gradient = case.trace.gradient(case.outside)
    whole, norms = contributions(gradient, "1.backward.U_f"), contribution_norms(gradient, "1.backward.U_f")
    monkeypatch.setattr("app.engine.influence.contribution._STRETCH", 1)
    for use, array in whole.items():
        np.testing.assert_allclose(contributions(gradient, "1.backward.U_f")[use], array, rtol=1e-13, atol=1e-16)
        np.testing.assert_allclose(contribution_norms(gradient, "1.backward.U_f")[use], norms[use], rtol=1e-13)


def test_what_is_refused() -> None:
    case = wirings.get("forward")
    gradient = case.trace.gradient(case.outside)
    for call in (contributions, contribution_norms):
        with pytest.raises(NetworkError, match="'c' is not one of the parameters"):
            call(gradient, "c")
        with pytest.raises(NetworkError, match="nothing here is called 'q'"):
            call(gradient, "q")
    with pytest.raises(NetworkError, match="this takes up to 288 bytes: the limit is 287"):
        contributions(gradient, "U_i", limits=Limits(bytes=287))
    contributions(gradient, "U_i", limits=Limits(bytes=288))
