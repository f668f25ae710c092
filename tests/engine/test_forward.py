from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import define
from app.engine.extent import Extent
from app.engine.forward import Forward
from app.engine.ops import Array
from app.engine.program import Program
from app.engine.schedule import schedule
from tests.engine.strategies import Written, cells
from tests.engine.test_adjoint import LSTM

FLOAT = np.dtype(np.float64)


def bound(program: Program, sizes: dict[str, int], length: int, lead: tuple[int, ...] = (), **options: bool) -> Forward:
    return Forward(program, schedule(program), Extent(sizes, length, lead, FLOAT, **options))


def load(run: Forward, seed: int, ended: Array | None = None) -> None:
    """Random numbers of the usual size."""
    random = np.random.default_rng(seed)
    for name in run.program.inputs:
        run.series[name][...] = random.normal(size=run.series[name].shape)
    run.load(
        {p.name: 0.5 * random.normal(size=run.still[p.name].shape) for p in run.program.parameters},
        {name: random.normal(size=run.series[name].shape[1:]) for name in run.program.states},
        ended,
    )


def values(run: Forward) -> dict[str, Array]:
    return {value.name: np.array(run.part()[value.name]) for value in run.program.values}


@settings(max_examples=60)
@given(cells(), st.integers(0, 2**32), st.sampled_from([(), (2,)]), st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_stretches_are_the_whole(written: Written, seed: int, lead: tuple[int, ...], stretches: list[int]) -> None:
    length = sum(stretches)
    program, sizes = written.cell.program, {"units": 1, **written.sizes}
    whole, parts = bound(program, sizes, length, lead), bound(program, sizes, length, lead)
    load(whole, seed)
    whole.run(0, length)
    load(parts, seed)
    first = 0
    for stretch in stretches:
        parts.run(first, first + stretch)
        first += stretch
    for name, array in values(whole).items():
        np.testing.assert_allclose(values(parts)[name], array, rtol=1e-12, atol=1e-12, err_msg=name)


def test_a_run_can_be_loaded_again() -> None:
    program = define("lstm", LSTM).program
    sizes = {"inputs": 2, "units": 3}
    run, fresh = bound(program, sizes, 6), bound(program, sizes, 6)
    for seed in (1, 2):
        load(run, seed)
        run.run(0, 6)
    load(fresh, 2)
    fresh.run(0, 6)
    for name, array in values(fresh).items():
        assert np.array_equal(values(run)[name], array), name


def test_states_of_an_ended_sequence_are_zero() -> None:
    program = define("lstm", LSTM).program
    run = bound(program, {"inputs": 2, "units": 3}, 4, (2,), masked=True)
    load(run, 1, np.array([[False, False], [False, True], [False, True], [True, True]]))
    run.run(0, 4)
    assert [[bool(np.any(run.series["c"][t, k])) for t in range(4)] for k in range(2)] == [
        [True, True, True, False],
        [True, False, False, False],
    ]


def test_clocks_go_on_from_stretch_to_stretch() -> None:
    program = define("t", "m = every(1, 3)\nh = m * x2 + h_prev").program
    run = bound(program, {"inputs": 1, "units": 2}, 5)
    run.load({"x2": np.ones(2)}, {"h": np.zeros(2)})
    for first in range(5):
        run.run(first, first + 1)
    assert run.series["m"].tolist() == [[1, 1], [1, 0], [1, 0], [1, 1], [1, 0]]
    assert run.series["h"][-1].tolist() == [5, 2]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_constants_that_overflow_warn_nobody(dtype: str) -> None:
    program = define("t", "alpha = 1e300\nh = exp(1000) * h_prev + alpha * (W @ x) + (1e308 * 10) * x2").program
    run = Forward(program, schedule(program), Extent({"inputs": 1, "units": 1}, 2, (), np.dtype(dtype)))
    run.series["x"][...] = 1
    run.load({"W": np.ones((1, 1)), "x2": np.ones(1)}, {"h": np.ones(1)})
    run.run(0, 2)
    assert np.isposinf(run.series["h"]).all()


def test_numbers_do_not_change_the_type() -> None:
    program = define(
        "t", "alpha = 0.5\nh = tanh(-2 * (W @ x) + (1 - alpha) * (U @ h_prev)) + sigmoid(alpha) * x2"
    ).program
    run = Forward(program, schedule(program), Extent({"inputs": 2, "units": 2}, 3, (), np.dtype(np.float32)))
    assert {column.array.dtype for _, columns in run.tape.table for column in columns} == {np.dtype(np.float32)}
