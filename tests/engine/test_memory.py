from __future__ import annotations

import gc
import tracemalloc
from typing import Any

import numpy as np
import pytest

from app.engine import Layer, Network, NetworkError, Part
from app.engine.memory import memory
from app.engine.plan import Plan
from tests.engine import texts
from tests.engine.planned import task

#: how far off it may be: a share of it, and bytes
SHARE, BYTES = 0.05, 32_000
#: the same share for a network, whose layers hand copies of their gradients down
BETWEEN = 0.15
RUNS = {
    "one sequence": (400, 6, {}),
    "narrow": (400, 1, {}),
    "wide": (50, 60, {}),
    "short": (5, 2, {}),
    "a batch": (60, 6, {"lead": (20,)}),
    "many networks": (50, 1, {"lead": (500,), "many": True, "shared": True}),
    "many with more units": (30, 4, {"lead": (60,), "many": True}),
}


def measured(name: str, length: int, units: int, dtype: type, options: dict[str, object]) -> tuple[list[int], list[int]]:
    """What is said of a forward run and of its gradients, and what they hold when they are done."""
    cell, own, sizes = texts.cell(name)
    program, sizes = cell.program, {"inputs": 2, "units": units * own, **sizes}
    plan = Plan(program)
    said = memory(plan, sizes, length, options.get("lead", ()), dtype, many="many" in options, shared="shared" in options)  # type: ignore[arg-type]
    given = task(program, sizes, length=length, **options)  # type: ignore[arg-type]
    gc.collect()
    tracemalloc.start()
    try:
        at_start, _ = tracemalloc.get_traced_memory()
        run = plan.lease(sizes, length, given.lead, np.dtype(dtype), many=given.many, shared=given.shared)
        run.load(given.parameters, given.initial)
        for symbol, array in given.inputs.items():
            run.series[symbol][...] = array
        run.run(0, length)
        after, _ = tracemalloc.get_traced_memory()
        gradients = plan.lease_backward(run, frozenset(given.outside))
        gradients.load(given.outside)
        gradients.run(0, length)
        totals = gradients.parameters()
        at_end, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert totals.keys() == program.parameter.keys()
    return list(said), [after - at_start, at_end - after]


#: every cell in two ways, three of them in all
TAKEN = [(name, kind) for name in texts.ALL for kind in ("one sequence", "many networks")]
TAKEN += [(name, kind) for name in ("lstm", "gru-reset-after", "clockwork-rnn") for kind in list(RUNS)[1:]]


@pytest.mark.parametrize(("name", "kind"), sorted(set(TAKEN)))
def test_what_is_said_is_what_a_run_takes(name: str, kind: str) -> None:
    length, units, options = RUNS[kind]
    for said, real in zip(*measured(name, length, units, np.float64, dict(options)), strict=True):
        assert abs(said - real) <= SHARE * real + BYTES, f"said {said:,}, took {real:,}"


def test_half_as_much_in_float32() -> None:
    for said, real in zip(*measured("lstm", 100, 16, np.float32, {}), strict=True):
        assert abs(said - real) <= SHARE * real + BYTES
    plan = Plan(texts.cell("lstm")[0].program)
    sizes = {"inputs": 256, "units": 256}
    wide, narrow = memory(plan, sizes, 100), memory(plan, sizes, 100, (), np.float32)
    assert sum(narrow) == pytest.approx(sum(wide) / 2, rel=0.05)


def test_memory_is_that_of_the_trace() -> None:
    """It grows by the same with every step, by little more than the values and as many gradients."""
    plan = Plan(texts.cell("lstm")[0].program)
    sizes = {"inputs": 100, "units": 100}
    totals = [sum(memory(plan, sizes, length)) for length in (2_000, 3_000, 4_000)]
    assert totals[2] - totals[1] == totals[1] - totals[0]
    values = 11 * 100 * 8
    assert 2 * values < (totals[1] - totals[0]) / 1_000 < 2.6 * values


def test_a_run_that_nothing_could_hold_is_told_at_once() -> None:
    plan = Plan(texts.cell("gru")[0].program)
    forward, gradients = memory(plan, {"inputs": 100_000, "units": 100_000}, 1_000_000)
    assert forward > 7 * 100_000 * 1_000_000 * 8
    assert gradients > 3 * 100_000 * 1_000_000 * 8


def test_what_the_loss_touches_and_sequences_that_end_count() -> None:
    plan = Plan(texts.cell("lstm")[0].program)
    sizes = {"inputs": 10, "units": 10}
    least, everything = memory(plan, sizes, 1_000, outside=["h"]), memory(plan, sizes, 1_000, outside=["h", "c", "f"])
    assert least[0] == everything[0]
    assert least[1] < everything[1]
    assert memory(plan, sizes, 1_000, (5,), masked=True)[0] > memory(plan, sizes, 1_000, (5,))[0]


def test_what_is_no_length_or_number_of_sequences() -> None:
    lstm = texts.cell("lstm")[0]
    net = Network.of([Part([Layer(lstm, 2)], 3, name=name) for name in ("encoder", "decoder")])

    def refused(*length: Any, **options: Any) -> list[tuple[str, str]]:
        with pytest.raises(NetworkError) as caught:
            net.memory(*length, **options)
        return [(problem.message, problem.hint) for problem in caught.value.problems]

    whole = "give a whole number such as 4"
    assert refused(0) == [("'length' is 0, not a whole number of at least 1", whole)]
    assert refused(2.5) == [("'length' is 2.5, not a whole number of at least 1", whole)]
    assert refused(9, batch=-2) == [("'batch' is -2, not a whole number of at least 1", whole)]
    assert refused(9, networks="3") == [("'networks' is '3', not a whole number of at least 1", whole)]
    assert refused({"encoder": 3, "decodr": 4}) == [
        ("there is no part 'decodr'", "the parts are encoder, decoder"),
        ("the part 'decoder' needs the size 'length'", "give it as length=4"),
    ]
    assert net.memory({"encoder": 3, "decoder": np.int64(4)}) > net.memory({"encoder": 3, "decoder": 3})


@pytest.mark.parametrize(
    ("options", "run"),
    [
        ({}, {}),
        ({"batch": 7}, {}),
        ({"batch": 7, "masked": True}, {"lengths": [400, 3, 90, 8, 8, 200, 1]}),
        ({"networks": 30}, {"networks": 30}),
    ],
)
def test_a_network_says_what_its_run_takes(options: dict[str, object], run: dict[str, object]) -> None:
    lstm, gru = texts.cell("lstm")[0], texts.cell("gru")[0]
    net = Network([Layer(lstm, 8, direction="both"), Layer(gru, 6)], 3, "y[outputs] = softmax(V @ h + d)", outputs=4)
    parameters, batch = net.initial(1), options.get("batch")
    xs = np.random.default_rng(2).normal(size=(400, *(() if batch is None else (batch,)), 3))
    outside = np.ones((400, *([options[each] for each in ("batch", "networks") if each in options]), 4))
    said = net.memory(400, **options)  # type: ignore[arg-type]
    gc.collect()
    tracemalloc.start()
    try:
        at_start, _ = tracemalloc.get_traced_memory()
        trace = net.run(parameters, xs, **run)  # type: ignore[arg-type]
        after, _ = tracemalloc.get_traced_memory()
        gradient = trace.gradient({"y": outside})
        assert gradient.parameters["readout.d"].any()
        at_end, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    for told, real in zip(said, (after - at_start, at_end - after), strict=True):
        assert abs(told - real) <= BETWEEN * real + BYTES, f"said {told:,}, took {real:,}"
