from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.engine import define
from app.engine.backward import Backward
from app.engine.flow import Flow
from app.engine.forward import Forward
from app.engine.ops import Array
from tests.engine.strategies import Written, cells
from tests.engine.test_adjoint import LSTM
from tests.engine.test_forward import bound, load

LSTM_SIZES = {"inputs": 2, "units": 3}


def outside(run: Forward, seed: int, *names: str) -> dict[str, Array]:
    random = np.random.default_rng(seed)
    return {name: random.normal(size=run.series[name].shape) for name in names}


def gradients(run: Backward) -> dict[str, Array]:
    return {symbol: np.array(run.array(symbol)) for symbol in run.flow.terms if symbol not in run.forward.still}


def ready(text: str, sizes: dict[str, int], length: int, *names: str) -> tuple[Forward, Backward]:
    program = define("t", text).program
    forward = bound(program, sizes, length)
    load(forward, 1)
    forward.run(0, length)
    return forward, Backward(forward, Flow(program, names))


@settings(max_examples=60)
@given(cells(), st.integers(0, 2**32), st.sampled_from([(), (2,)]), st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_stretches_are_the_whole(written: Written, seed: int, lead: tuple[int, ...], stretches: list[int]) -> None:
    length = sum(stretches)
    program = written.cell.program
    forward = bound(program, {"units": 1, **written.sizes}, length, lead)
    load(forward, seed)
    forward.run(0, length)
    flow = Flow(program, [program.output])
    whole, parts = Backward(forward, flow), Backward(forward, flow)
    given_outside = outside(forward, seed, program.output)
    whole.load(given_outside)
    whole.run(0, length)
    expected = gradients(whole)
    largest = max(float(np.max(np.abs(array))) for array in expected.values())
    assume(largest < 1e6)

    def agree(ours: Array, theirs: Array, symbol: str) -> None:
        # BLAS may add the same products in another order
        np.testing.assert_allclose(ours, theirs, rtol=1e-13, atol=1e-13 * largest, err_msg=symbol)

    parts.load(given_outside)
    stop = length
    for stretch in stretches:
        first = stop - stretch
        parts.run(first, stop)
        # what the loop has passed can be read at once
        for symbol, array in expected.items():
            agree(parts.array(symbol, first, stop), array[first:stop], symbol)
        stop = first
    for symbol, array in gradients(parts).items():
        agree(array, expected[symbol], symbol)
    for name, total in whole.parameters().items():
        agree(parts.parameters()[name], total, name)


def test_a_run_can_be_loaded_again() -> None:
    forward, run = ready(LSTM, LSTM_SIZES, 4, "h", "c")
    for seed in (1, 2):
        run.load(outside(forward, seed, "h", "c"))
        run.run(0, 4)
        again = gradients(run)
    fresh = Backward(forward, Flow(forward.program, ("h", "c")))
    fresh.load(outside(forward, 2, "h", "c"))
    fresh.run(0, 4)
    for symbol, array in gradients(fresh).items():
        assert np.array_equal(again[symbol], array), symbol


def test_asking_before_the_loop_is_done_spoils_nothing() -> None:
    forward, run = ready(LSTM, LSTM_SIZES, 4, "h")
    _, straight = ready(LSTM, LSTM_SIZES, 4, "h")
    for each in (run, straight):
        each.load(outside(forward, 1, "h"))
    run.run(2, 4)
    gradients(run)
    run.parameters()
    run.run(0, 2)
    straight.run(0, 4)
    for symbol, array in gradients(straight).items():
        assert np.array_equal(gradients(run)[symbol], array), symbol
    for name, total in straight.parameters().items():
        assert np.array_equal(run.parameters()[name], total), name


def test_only_what_passes_from_step_to_step_runs_in_the_loop() -> None:
    forward, run = ready(LSTM, LSTM_SIZES, 4, "h")
    assert set(run.loop) == {"c", "h", "c_prev", "h_prev", "i:in", "f:in", "o:in", "g:in"}
    # the four gates' transposed products are one
    products = [operation for operation, _ in run.tape.table if getattr(operation, "__name__", "") == "dot"]
    assert len(products) == 1
    _, straight = ready("h = tanh(W @ x)", {"inputs": 2, "units": 3}, 4, "h")
    assert straight.tape.table == []
    assert forward.program.states == ("c", "h")


def test_nothing_passes_a_gate_that_is_shut() -> None:
    """f = 0 at step 3: no gradient of later steps gets to earlier ones through c."""
    program = define("t", "f = step(W @ x)\nc = f * c_prev + z2\nh = c * z2").program
    forward = bound(program, {"inputs": 1, "units": 1}, 4)
    forward.series["x"][:, 0] = [1, 1, -1, 1]
    forward.load({"W": np.ones((1, 1)), "z2": np.full(1, 2.0)}, {"c": np.zeros(1)})
    forward.run(0, 4)
    run = Backward(forward, Flow(program, ("h",)))
    run.load({"h": np.ones((4, 1))})
    run.run(0, 4)
    assert run.array("c")[:, 0].tolist() == [2 + 2, 2, 2 + 2, 2]
    assert run.array("c_prev")[:, 0].tolist() == [4, 2, 0, 2]
