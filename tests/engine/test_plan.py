from __future__ import annotations

import gc
import math
import weakref
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.engine import Layer, Network, define
from app.engine.cell import define_readout
from app.engine.forward import LARGEST
from app.engine.plan import Plan
from app.engine.program import Program
from tests.engine import texts
from tests.engine.planned import agree, by_plan, by_reference, cut, task
from tests.engine.reference import expected, found, numbers, read, same
from tests.engine.strategies import Written, cells
from tests.engine.test_adjoint import LSTM, network

LEADS = st.sampled_from([(), (), (2,), (1,)])
FLOAT64, FLOAT32 = np.dtype(np.float64), np.dtype(np.float32)
#: cells in which the plan once went another way than the equations
TRAPS = [
    # the argument of one sigmoid is read elsewhere, that of its neighbour is not
    "a = W_a @ x + U_a @ h_prev\ni = sigmoid(a)\nf = sigmoid(W_f @ x + U_f @ h_prev)\nh = f * a + i",
    # the argument of a sigmoid is a state, and what leaves the cell
    "a = W @ x + U @ a_prev + V @ i_prev\ni = sigmoid(a)\nh = a_prev + i",
    "h = W @ x + U @ h_prev + V @ i_prev\ni = sigmoid(h)",
    # two softmaxes side by side are not one of twice the length
    "a = softmax(W_a @ x + U_a @ h_prev)\nb = softmax(W_b @ x + U_b @ h_prev)\nh = a * b",
    # a local derivative that is a product with a matrix of another shape
    "h = (W @ x) * h_prev",
    "r = sigmoid(U @ h_prev)\nh = r * (W @ x) + (V @ x) * h_prev",
    # a function of a constant
    "alpha = 0.5\nh = sigmoid(alpha) * (W @ x) + U @ h_prev",
    # a mask over another size than that of its line
    "s[context] = tanh(B @ x + s_prev)\nh = V @ tanh(slower(1, 2) @ s_prev)",
    # a matrix times a parameter
    "h = tanh(W @ x + V @ p + U @ h_prev)\nk = p * h",
    "h = tanh(V @ p + U @ h_prev + b)\nm = tanh(W @ p + R @ h_prev + d)\nk = p * h * m",
    # a value that nothing waits for, a state that the loop does not need, no input, no state
    "k = W @ x\nh = tanh(V @ k_prev + U @ h_prev)",
    "k = W @ x\nh = V @ k_prev",
    "h = tanh(U @ h_prev + b)",
    "h = tanh(W @ x)",
    "h = every(1, 2) * tanh(b)",
    "a = softmax(U @ h_prev)\nh = softmax(a + V @ h_prev) * a",
    "h = identity(h_prev) * u + W @ x",
    "a = exp(-h_prev * h_prev)\nh = 0.5 * (W @ x) - a * (U @ (a * h_prev))",
    "a = W @ x + U @ a_prev - U @ a_prev + U @ h_prev\nh = tanh(a) - U @ tanh(a)",
]


@settings(max_examples=200)
@given(cells(), st.integers(0, 2**32), LEADS, st.integers(1, 6))
def test_the_plan_agrees_with_the_reference(written: Written, seed: int, lead: tuple[int, ...], length: int) -> None:
    net = network(written)
    given_numbers = numbers(net, seed, length, lead)
    by_reference = expected(net, given_numbers)
    assume(by_reference.largest() < 1e6)
    same(found(net, given_numbers), by_reference)


@pytest.mark.parametrize("lead", [(), (3,)], ids=["alone", "batch"])
@pytest.mark.parametrize("text", [*TRAPS, LSTM], ids=lambda text: text.strip().replace("\n", " | ")[:60])
def test_a_cell_that_is_hard_to_arrange(text: str, lead: tuple[int, ...]) -> None:
    cell = define("trap", text)
    net = Network([Layer(cell, 4, direction="forward", **({"context": 6} if cell.extra_sizes else {}))], inputs=7)
    for seed, share in enumerate((0.0, 0.3, 1.0)):
        given_numbers = numbers(net, seed, 5, lead, share=share)
        same(found(net, given_numbers), expected(net, given_numbers))


#: one sequence, a batch, many networks; `shared` means that all read the same input
MODES: dict[str, dict[str, Any]] = {
    "alone": {},
    "batch": {"lead": (3,)},
    "batch of one": {"lead": (1,)},
    "batch, one input": {"lead": (3,), "shared": True},
    "many": {"lead": (3,), "many": True},
    "many, one input": {"lead": (3,), "many": True, "shared": True},
    "many of one": {"lead": (1,), "many": True},
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", texts.ALL)
def test_every_cell_in_every_mode(name: str, mode: str) -> None:
    cell, units, sizes = texts.cell(name)
    program, plan = cell.program, Plan(cell.program)
    everything = [a.symbol for a in program.adjoint if a.symbol in program.value]
    for seed, touched in ((1, [program.output]), (2, everything)):
        given = task(program, {"inputs": 2, "units": units, **sizes}, seed=seed, touched=touched, **MODES[mode])
        reference = by_reference(given)
        agree(by_plan(given, plan), reference, 1e-12)
        agree(by_plan(given, plan, stretches=[1, 3, 1]), reference, 1e-12)
        agree(by_plan(given, plan, dtype=np.float32), reference, 1e-5)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("text", ["y[outputs] = softmax(V @ h + d)", "y = c * sigmoid(u * h)", "p = V @ h\ny = R @ tanh(p)"])
def test_a_readout_in_every_mode(text: str, mode: str) -> None:
    """A program without a state: everything at once."""
    program = define_readout(text, {"h": "units", "c": "units"}).program
    given = task(program, {"units": 3, "outputs": 2}, **MODES[mode])
    agree(by_plan(given), by_reference(given), 1e-12)
    agree(by_plan(given, stretches=[2, 3]), by_reference(given), 1e-12)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", texts.ALL)
def test_sequences_that_end_earlier(name: str, mode: str) -> None:
    """Each is what it is alone with its own length, when nothing comes from outside after its end."""
    cell, units, sizes = texts.cell(name)
    given = task(cell.program, {"inputs": 2, "units": units, **sizes}, length=4, **MODES[mode])
    lengths = np.array([2, 4, 1])[: math.prod(given.lead)].reshape(given.lead)
    ended = np.arange(4).reshape(4, *(1,) * len(given.lead)) >= lengths
    for array in given.outside.values():
        array[ended] = 0
    found = by_plan(given, ended=ended)
    assert all(not found[state][ended].any() for state in cell.program.states)
    for index in np.ndindex(given.lead):
        alone = by_reference(cut(given, index, int(lengths[index])))
        steps = [name for name in alone if not name.startswith("d ")]
        agree({k: found[k][: lengths[index], *index] for k in steps}, {k: alone[k] for k in steps}, 1e-12)
        if given.many:
            own = {k: array for k, array in alone.items() if k not in steps}
            agree({k: found[k][index] for k in own}, own, 1e-12)


@settings(max_examples=40)
@given(cells(), st.integers(0, 2**32), LEADS)
def test_released_arrays_hold_nothing_of_the_run_before(written: Written, seed: int, lead: tuple[int, ...]) -> None:
    net, fresh = network(written), network(written)
    for turn in range(3):
        given_numbers = numbers(net, seed + turn % 2, 4, lead, share=turn / 2)
        first, second = found(net, given_numbers), found(fresh if turn == 2 else network(written), given_numbers)
        assume(second.largest() < 1e6)
        same(first, second, tolerance=0)


@settings(max_examples=40)
@given(cells(), st.integers(0, 2**32), LEADS)
def test_traces_do_not_disturb_each_other(written: Written, seed: int, lead: tuple[int, ...]) -> None:
    net = network(written)
    given_numbers = [numbers(net, seed + k, 4, lead) for k in range(3)]
    traces = [net.run(each.parameters, each.inputs, initial=each.initial) for each in given_numbers]
    for each, trace in zip(given_numbers, traces, strict=True):
        by_reference = expected(net, each)
        assume(by_reference.largest() < 1e6)
        same(read(trace, each.outside, net), by_reference)


def lstm() -> Program:
    return define("lstm", LSTM).program


SIZES = {"inputs": 2, "units": 3}


def test_a_released_run_is_leased_again_for_the_same_lengths_only() -> None:
    plan = Plan(lstm())
    first = plan.lease(SIZES, 5, (), FLOAT64)
    second = plan.lease(SIZES, 5, (), FLOAT64)
    assert first is not second
    plan.release(first)
    others = [
        plan.lease({"inputs": 2, "units": 4}, 5, (), FLOAT64),
        plan.lease(SIZES, 6, (), FLOAT64),
        plan.lease(SIZES, 5, (1,), FLOAT64),
        plan.lease(SIZES, 5, (), FLOAT32),
        plan.lease(SIZES, 5, (), FLOAT64, masked=True),
        plan.lease(SIZES, 5, (1,), FLOAT64, many=True),
        plan.lease(SIZES, 5, (1,), FLOAT64, shared=True),
    ]
    assert first not in others
    assert plan.lease(SIZES, 5, (), FLOAT64) is first


def test_the_oldest_of_many_released_runs_goes() -> None:
    plan = Plan(lstm())
    runs = {length: plan.lease(SIZES, length, (), FLOAT64) for length in range(1, 7)}
    for run in runs.values():
        plan.release(run)
    again = [plan.lease(SIZES, length, (), FLOAT64) is run for length, run in runs.items()]
    assert again == [False, False, True, True, True, True]


def test_what_is_large_is_not_kept() -> None:
    plan = Plan(lstm())
    large = plan.lease({"inputs": 2, "units": 500}, 1600, (), FLOAT64)
    array, backward = weakref.ref(large.rows["c"].base), plan.lease_backward(large, frozenset({"h"}))
    gradients = weakref.ref(backward.carry["h"])
    gc.disable()
    try:
        plan.release_backward(backward)
        assert gradients() is None
        plan.release(large)
        assert array() is None
    finally:
        gc.enable()
    assert plan.lease({"inputs": 2, "units": 500}, 1600, (), FLOAT64) is not large


def test_what_is_large_together_is_not_kept_either() -> None:
    plan = Plan(lstm())
    runs = [plan.lease({"inputs": 2, "units": 500}, 450 + number, (), FLOAT64) for number in range(4)]
    for run in runs:
        plan.release(run)
    kept = [run.is_kept for run in runs]
    assert kept == sorted(kept)
    assert 0 < sum(kept) < 4
    assert sum(run.numbers for run in runs if run.is_kept) <= LARGEST


def test_gradients_are_kept_with_their_run() -> None:
    plan = Plan(lstm())
    run = plan.lease(SIZES, 5, (), FLOAT64)
    of_h = plan.lease_backward(run, frozenset({"h"}))
    assert plan.lease_backward(run, frozenset({"h"})) is not of_h
    plan.release_backward(of_h)
    assert plan.lease_backward(run, frozenset({"c"})) is not of_h
    assert plan.lease_backward(run, frozenset({"h"})) is of_h


def test_how_gradients_flow_is_worked_out_once() -> None:
    plan = Plan(lstm())
    assert plan.flow({"h"}) is plan.flow(["h"])
    assert plan.flow({"h"}) is not plan.flow({"c"})
    assert plan.schedule is plan.schedule


def test_arrays_go_back_with_the_last_thing_that_reads_them() -> None:
    net = Network([Layer(define("lstm", LSTM), 2)], inputs=2)
    given_numbers = numbers(net)
    gc.disable()
    try:
        trace = net.run(given_numbers.parameters, given_numbers.inputs)
        arrays = trace.runs["main"].runs["main.1.forward."]
        values = trace.values
        kept = values["c"]
        del trace
        again = net.run(given_numbers.parameters, -given_numbers.inputs)
        assert again.runs["main"].runs["main.1.forward."] is not arrays
        assert np.array_equal(values["c"], kept)
        del values
        assert net.run(given_numbers.parameters, given_numbers.inputs).runs["main"].runs["main.1.forward."] is arrays
    finally:
        gc.enable()
