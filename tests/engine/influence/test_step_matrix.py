from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, NetworkError, Problem, define
from app.engine.influence.jacobians import jacobian
from app.engine.influence.room import Limits
from app.engine.influence.step_matrix import StepMatrices, step_matrices
from tests.engine import bumped, texts, wirings
from tests.engine.wirings import Array, Case


def check(case: Case, found: StepMatrices) -> None:
    """The products times the last matrix are derivatives by the states one step earlier, which the way back gives."""
    for step in range(1, found.run.length + 1):
        products = found.products(step)
        for of in found.states:
            for wrt in found.states:
                wanted = jacobian(case.trace, of, f"{wrt}_prev", step=step).matrices
                ours = found.block(of, wrt, products @ found.matrices)
                np.testing.assert_allclose(ours, wanted, rtol=1e-10, atol=1e-12, err_msg=f"{of} {wrt} {step}")


@pytest.mark.parametrize("name", wirings.ALL)
def test_products_over_time_are_the_derivatives(name: str) -> None:
    case = wirings.get(name)
    for places in {each.rpartition(".")[0]: each for each in case.network.states}.values():
        found = step_matrices(case.trace, places)
        if found.run.fed is None:
            check(case, found)
        assert found.matrices.shape[-2:] == (sum(b - a for a, b in found.states.values()),) * 2


@pytest.mark.parametrize("name", wirings.CELLS)
def test_the_first_matrix_by_the_complex_step(name: str) -> None:
    """Starting states are the states before the first step."""
    case = wirings.get(name)
    if not case.network.states:
        return
    found = step_matrices(case.trace)
    for wrt in found.states:
        moved = wirings.moved_start(name, wrt)
        for of in found.states:
            wanted = bumped.derivative(moved, of)[0].T
            np.testing.assert_allclose(found.block(of, wrt)[0], wanted, rtol=1e-10, atol=1e-12, err_msg=f"{of} {wrt}")


def test_all_layers_together() -> None:
    for name in ("stack", "mixed"):
        case = wirings.get(name)
        found = step_matrices(case.trace)
        assert list(found.states) == list(case.network.states)
        check(case, found)
    upper, whole = step_matrices(case.trace, "4.h"), step_matrices(case.trace)
    np.testing.assert_allclose(whole.block("4.h", "4.h"), upper.matrices, rtol=1e-13)
    assert not whole.block("3.h", "4.h").any()
    # below the blocks of the layers only: the eigenvalues are those of the layers
    layers = [step_matrices(case.trace, name).radius for name in ("2.h", "3.h", "4.h")]
    np.testing.assert_allclose(whole.radius, np.max(layers, axis=0), rtol=1e-9)


def test_an_lstm_by_its_formulas() -> None:
    case = wirings.get("cell lstm")
    found, t = step_matrices(case.trace), case.trace
    p = {name.rpartition(".")[2]: array for name, array in case.parameters.items()}
    slopes = {k: np.asarray(t[k] * (1 - t[k])) for k in "ifo"} | {"g": 1 - t["g"] ** 2}

    def gate(k: str, factor: Array) -> Array:
        return (factor * slopes[k])[..., None] * p[f"U_{k}"]

    before, th = t.before["c"], np.tanh(t["c"])
    by_h = gate("f", before) + gate("i", t["g"]) + gate("g", t["i"])
    np.testing.assert_allclose(found.block("c", "c"), t["f"][..., None] * np.eye(3), rtol=1e-12)
    np.testing.assert_allclose(found.block("c", "h"), by_h, rtol=1e-11, atol=1e-14)
    open_ = t["o"] * (1 - th**2)
    np.testing.assert_allclose(found.block("h", "c"), (open_ * t["f"])[..., None] * np.eye(3), rtol=1e-11)
    np.testing.assert_allclose(found.block("h", "h"), open_[..., None] * by_h + gate("o", th), rtol=1e-11, atol=1e-14)
    np.testing.assert_allclose(found.radius, np.abs(np.linalg.eigvals(found.matrices)).max(-1), rtol=1e-12)
    np.testing.assert_allclose(found.spectral, np.linalg.norm(found.matrices, 2, axis=(-2, -1)), rtol=1e-12)
    np.testing.assert_allclose(found.frobenius, np.linalg.norm(found.matrices, axis=(-2, -1)), rtol=1e-12)


def test_powers_of_one_matrix() -> None:
    """A linear network: every step is U, so that a product of n of them is U^n."""
    network = Network([Layer(load("linear-rnn"), 3)], 2)
    u = wirings.random(3, 3)
    found = step_matrices(network.run({"W": np.ones((3, 2)), "U": u}, np.ones((6, 2))))
    for s in range(6):
        np.testing.assert_allclose(found.products(6)[s], np.linalg.matrix_power(u, 5 - s), rtol=1e-12)
    assert not found.products(3)[3:].any()
    np.testing.assert_allclose(found.radius, np.abs(np.linalg.eigvals(u)).max(), rtol=1e-12)


def test_backward_layers_go_the_other_way_and_ends_are_kept() -> None:
    found = step_matrices(wirings.get("lengths").trace, "1.backward.c")
    assert found.backward
    products = found.products(2)
    assert not products[0].any()
    assert np.array_equal(products[1], np.broadcast_to(np.eye(6), (3, 6, 6)))
    assert products[2, 0].any()
    assert not products[2:, 1].any()  # a sequence of two steps
    assert not found.matrices[2:, 1].any()
    assert not found.products(4)[3, 1].any()


def test_long_runs_are_worked_on_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    case = wirings.get("stack")
    whole = step_matrices(case.trace).matrices
    monkeypatch.setattr("app.engine.influence.step_matrix._STRETCH", 1)
    np.testing.assert_array_equal(step_matrices(case.trace).matrices, whole)


def test_what_overflows_is_told_by_its_norms() -> None:
    network = Network([Layer(define("grows", "h = exp(U @ h_prev + W @ x)"), 2)], 1)
    trace = network.run({"U": np.full((2, 2), 2.0), "W": np.ones((2, 1))}, np.ones((4, 1)))
    found = step_matrices(trace)
    assert np.isfinite(found.spectral[:2]).all()
    assert not np.isfinite(found.spectral[-1])


def refusal(case: Case, name: str | None = None) -> Problem:
    with pytest.raises(NetworkError) as error:
        step_matrices(case.trace, name)
    return error.value.problems[0]


def test_what_is_refused() -> None:
    mixed = wirings.get("mixed")
    assert refusal(mixed, "1.h") == Problem(
        "no-states", "'1.h' lies in no layer with memory", {"name": "1.h"}, "name a value of a layer that has states", field="1.h"
    )
    assert refusal(mixed, "x").message == "'x' lies in no layer with memory"
    assert refusal(mixed, "nothing").message == "nothing here is called 'nothing'"
    assert refusal(wirings.get("both")) == Problem(
        "reads-backward", "'1.backward.c' reads backward, so the layers have no step in common", {"name": "1.backward.c"},
        "ask for one layer at a time", field="1.backward.c",
    )  # fmt: skip
    assert refusal(wirings.get("fed")) == Problem(
        "fed-back", "'decoder.readout.y' is fed back, so that the states are not all that is remembered",
        {"name": "decoder.readout.y"}, "ask for one layer at a time", field="decoder.readout.y",
    )  # fmt: skip
    none = wirings.case(Network([texts.layer("no-memory")], 2), 1, wirings.random(2, 2))
    assert refusal(none) == Problem(
        "no-states", "no layer has memory", {"name": "main"}, "give the network a layer that has states", field="main"
    )
    with pytest.raises(NetworkError, match="this takes up to"):
        step_matrices(mixed.trace, limits=Limits(bytes=1000))
    with pytest.raises(NetworkError, match="there is no step 6: the sequence has 5"):
        step_matrices(mixed.trace).products(6)
