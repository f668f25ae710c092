from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, define
from app.engine.initial import KINDS, orthogonal, start
from app.engine.program import Parameter

SIZES = {"units": 40, "inputs": 30, "other": 50}


def parameter(kind: float | str | None, *shape: str, recurrent: bool = False) -> Parameter:
    return Parameter("p", shape, kind, (), recurrent)


def test_biases_are_zero_and_numbers_fill() -> None:
    assert start(parameter(None, "units"), SIZES, 0, "a").tolist() == [0] * 40
    assert start(parameter("zeros", "units", "inputs"), SIZES, 0, "a").tolist() == np.zeros((40, 30)).tolist()
    assert start(parameter(1.5, "units"), SIZES, 0, "a").tolist() == [1.5] * 40
    assert start(parameter(-2.0, "other", "units"), SIZES, 0, "a").tolist() == np.full((50, 40), -2.0).tolist()


def test_identity() -> None:
    assert start(parameter("identity", "units", "units"), SIZES, 0, "a").tolist() == np.eye(40).tolist()
    assert start(parameter("identity", "units", "inputs"), SIZES, 0, "a").tolist() == np.eye(40, 30).tolist()
    assert start(parameter("identity", "units"), SIZES, 0, "a").tolist() == [1] * 40


@pytest.mark.parametrize("kind", [None, "orthogonal"])
def test_recurrent_matrices_are_orthogonal(kind: str | None) -> None:
    found = start(parameter(kind, "units", "units", recurrent=True), SIZES, 3, "a")
    np.testing.assert_allclose(found @ found.T, np.eye(40), atol=1e-13)
    assert len(np.unique(np.abs(found))) == 1600


@pytest.mark.parametrize(("rows", "columns"), [(4, 4), (5, 3), (3, 5), (1, 1), (1, 6)])
def test_orthonormal_rows_or_columns_whichever_are_fewer(rows: int, columns: int) -> None:
    found = orthogonal(rows, columns, np.random.default_rng(2))
    assert found.shape == (rows, columns)
    assert found.flags.c_contiguous
    product = found @ found.T if rows < columns else found.T @ found
    np.testing.assert_allclose(product, np.eye(min(rows, columns)), atol=1e-14)


def test_orthogonal_matrices_are_drawn_uniformly() -> None:
    random = np.random.default_rng(0)
    first = np.array([orthogonal(2, 2, random)[0, 0] for _ in range(400)])
    assert abs(first.mean()) < 0.1
    assert abs((first**2).mean() - 0.5) < 0.06
    signs = np.array([np.linalg.det(orthogonal(2, 2, random)) for _ in range(400)])
    assert abs(signs.mean()) < 0.15


@pytest.mark.parametrize(
    ("given", "fan"),
    [
        (parameter(None, "units", "inputs"), 70),
        (parameter("glorot", "other", "units", recurrent=True), 90),
        (parameter("glorot", "units"), 41),
        (parameter("orthogonal", "units"), 41),
    ],
)
def test_other_matrices_are_glorot_uniform(given: Parameter, fan: int) -> None:
    found = np.concatenate([start(given, SIZES, seed, "a").ravel() for seed in range(30)])
    limit = np.sqrt(6 / fan)
    assert np.abs(found).max() <= limit
    assert np.abs(found).max() > 0.98 * limit
    assert abs(found.mean()) < 0.1 * limit
    assert abs(found.var() - limit**2 / 3) < 0.05 * limit**2


def test_a_gaussian_with_a_spread() -> None:
    found = np.concatenate([start(parameter("normal(0.001)", "other", "inputs"), SIZES, n, "a").ravel() for n in range(20)])
    assert abs(found.mean()) < 2e-5
    assert found.std() == pytest.approx(1e-3, rel=0.02)
    # one in 370 lies beyond three deviations
    assert 1 / 600 < (np.abs(found) > 3e-3).mean() < 1 / 250
    drawn = start(parameter("normal(2.5)", "units"), SIZES, 1, "a")
    assert drawn.shape == (40,)
    assert np.array_equal(drawn, start(parameter("normal(2.5)", "units"), SIZES, 1, "a"))
    assert not np.array_equal(drawn, start(parameter("normal(2.5)", "units"), SIZES, 1, "b"))


def test_the_same_seed_and_address_give_the_same_numbers() -> None:
    given = parameter(None, "units", "inputs")
    found = start(given, SIZES, 1, "main.1.forward.W")
    assert np.array_equal(found, start(given, SIZES, 1, "main.1.forward.W"))
    assert not np.array_equal(found, start(given, SIZES, 2, "main.1.forward.W"))
    assert not np.array_equal(found, start(given, SIZES, 1, "main.2.forward.W"))


def test_a_layer_starts_alike_whatever_stands_above_it() -> None:
    alone = Network([Layer(load("lstm"), 4)], 3).initial(5)
    stacked = Network([Layer(load("lstm"), 4), Layer(load("lstm"), 4)], 3, "y[outputs] = V @ h", outputs=2).initial(5)
    assert list(stacked) == [f"{n}.{name}" for n in (1, 2) for name in alone] + ["readout.V"]
    for name, array in alone.items():
        assert np.array_equal(stacked[f"1.{name}"], array)
    assert not np.array_equal(stacked["1.U_i"], stacked["2.U_i"])


def test_numbers_of_a_seed_stay_the_same_for_ever() -> None:
    # links carry the seed alone
    found = Network([Layer(load("linear-rnn"), 2)], 2).initial(0)
    np.testing.assert_allclose(found["W"], FROZEN["W"], rtol=1e-12)
    np.testing.assert_allclose(found["U"], FROZEN["U"], rtol=1e-12)


FROZEN = {
    "W": [[0.16997209561203208, 0.6032316047740653], [-0.6073860792507036, -0.4465515419435627]],
    "U": [[0.3871199921691115, -0.9220293442526583], [-0.9220293442526583, -0.3871199921691116]],
}


def test_start_lines_of_a_cell() -> None:
    found = Network([Layer(load("lstm"), 3)], 2).initial()
    assert found["b_f"].tolist() == [1, 1, 1]
    assert found["b_i"].tolist() == [0, 0, 0]
    text = "h = relu(W @ x + U @ h_prev + b)\nstart U = identity\nstart W = zeros\nstart b = -0.5"
    found = Network([Layer(define("irnn", text), 2)], 3).initial(9)
    assert found["U"].tolist() == [[1, 0], [0, 1]]
    assert found["W"].tolist() == [[0] * 3] * 2
    assert found["b"].tolist() == [-0.5, -0.5]
    assert all(array.dtype == np.float64 for array in found.values())


@pytest.mark.parametrize(
    ("kind", "spread"),
    [("glorot", np.sqrt(2 / 70)), ("glorot-normal", np.sqrt(2 / 70)), ("he", np.sqrt(2 / 30)), ("pytorch", 1 / np.sqrt(120))],
)
def test_rules_by_name_have_their_spread(kind: str, spread: float) -> None:
    given = parameter("zeros", "units", "inputs")
    found = np.concatenate([start(given, SIZES, seed, "a", kind).ravel() for seed in range(30)])
    assert abs(found.mean()) < 0.03 * spread
    assert found.std() == pytest.approx(spread, rel=0.02)


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_rule_by_name_goes_before_the_cells_own(kind: str) -> None:
    bias = start(parameter(1.0, "units"), SIZES, 0, "a", kind)
    matrix = start(parameter(1.0, "units", "units"), SIZES, 0, "a", kind)
    assert bias.shape == (40,)
    assert matrix.shape == (40, 40)
    assert bias.any() == (kind == "pytorch")
    assert matrix.any() == (kind != "zeros")


def test_pytorchs_rule_is_uniform_within_one_over_the_root_of_the_units() -> None:
    found = start(parameter(None, "units"), {"units": 10_000}, 0, "a", "pytorch")
    assert 0.0099 < np.abs(found).max() <= 0.01


def test_one_parameter_of_a_network_by_its_address() -> None:
    network = Network([Layer(load("lstm"), 3, learned=["h"])], 2, "y[outputs] = V @ h", outputs=2)
    whole = network.initial(5)
    for address in network.parameters:
        assert np.array_equal(network.start(address, "cell", 5), whole[network.short(address)])
    limit = 1 / np.sqrt(3)
    assert np.abs(network.start("main.readout.forward.V", "pytorch", 5)).max() <= limit
    assert network.start("main.1.forward.U_i", "identity", 5).tolist() == np.eye(3).tolist()
