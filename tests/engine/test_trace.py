from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import numpy as np
import pytest

from app.engine import Network, NetworkError, Trace
from tests.engine import reference, texts
from tests.engine.reference import Numbers


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Nothing is freed by the cyclic collector."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def lstm(*directions: str) -> Network:
    return Network([texts.layer("lstm", each) for each in directions or ("forward",)], 2)


def run(network: Network, given: Numbers) -> Trace:
    return network.run(given.parameters, given.inputs, initial=given.initial)


def test_values_and_what_they_were_before() -> None:
    network = lstm()
    given = reference.numbers(network, 1, 4, (3,))
    trace = run(network, given)
    assert trace.length == 4
    assert trace["c"].shape == trace.before["c"].shape == (4, 3, 3)
    np.testing.assert_array_equal(trace.before["c"][0], given.initial["main.1.forward.c"])
    np.testing.assert_array_equal(trace.before["c"][1:], trace["c"][:-1])
    np.testing.assert_array_equal(trace["c_prev"], trace.before["c"])
    np.testing.assert_array_equal(trace.last["c"], trace["c"][-1])
    np.testing.assert_array_equal(trace["x"], given.inputs)
    np.testing.assert_array_equal(trace["h:tanh"], np.tanh(trace["c"]))
    np.testing.assert_allclose(trace["i"], 1 / (1 + np.exp(-trace["i:in"])), rtol=1e-14)
    assert set(trace.before) == set(trace.last) == {"main.1.forward.c", "main.1.forward.h"}
    assert list(trace.values) == [f"main.1.forward.{value.name}" for value in network.places[0].program.values]
    np.testing.assert_array_equal(trace.values["main.c"], trace["1.c"])


def test_steps_and_stretches_that_there_are_not() -> None:
    network = lstm()
    trace = run(network, reference.numbers(network, 1, 4))
    assert trace.step(4).step == 4
    with pytest.raises(NetworkError, match="there is no step 5: the sequence has 4\n    give a whole number from 1 to 4"):
        trace.step(5)
    with pytest.raises(NetworkError, match="'chunk' is 0, not a whole number of at least 1"):
        next(trace.gradient_frames({"h": trace["h"]}, chunk=0))


def test_what_is_not_held_is_told_with_what_is() -> None:
    network = lstm()
    trace = run(network, reference.numbers(network, 1, 4))
    with pytest.raises(NetworkError) as caught:
        trace.before["f"]
    assert str(caught.value) == "f: 'f' is not one of these\n    they are c, h"


def test_a_layer_that_reads_backward_stands_in_the_order_of_the_inputs() -> None:
    network = lstm("both")
    given = reference.numbers(network, 2, 5)
    trace = run(network, given)
    start = given.initial["main.1.backward.c"]
    np.testing.assert_array_equal(trace.before["1.backward.c"][-1], start)
    np.testing.assert_array_equal(trace.before["1.backward.c"][:-1], trace["1.backward.c"][1:])
    np.testing.assert_array_equal(trace.last["1.backward.c"], trace["1.backward.c"][0])
    np.testing.assert_array_equal(trace.last["1.forward.c"], trace["1.forward.c"][-1])
    turned = {n.replace("forward", "backward"): a for n, a in given.parameters.items() if "backward" not in n}
    other = {n: given.parameters[n.replace("backward", "forward")] for n in turned}
    mirrored = network.run(
        {**given.parameters, **other}, given.inputs[::-1], initial={"1.backward.c": given.initial["main.1.forward.c"]}
    )
    plain = network.run(given.parameters, given.inputs, initial={"1.forward.c": given.initial["main.1.forward.c"]})
    np.testing.assert_allclose(mirrored["1.backward.h"][::-1], plain["1.forward.h"], rtol=1e-13)


@pytest.mark.parametrize("name", ["c_prev", "W_i", "nothing"])
def test_names_that_a_trace_does_not_have(name: str) -> None:
    network = lstm()
    trace = run(network, reference.numbers(network))
    with pytest.raises(NetworkError if name == "nothing" else KeyError, match=name):
        trace.values[name]
    with pytest.raises(NetworkError if name == "nothing" else KeyError, match=name):
        trace.before[name]
    with pytest.raises(KeyError, match="i"):
        trace.last["i"]


def test_one_step() -> None:
    network = lstm()
    trace = run(network, reference.numbers(network, 3, 4, (2,)))
    step = trace.step(3)
    assert step.step == 3
    for name in trace.values:
        np.testing.assert_array_equal(step[name], trace[name][2])
    np.testing.assert_array_equal(step.before["c"], trace["c"][1])
    assert step["c"].shape == (2, 3)
    assert set(step.before) == set(trace.before)


@pytest.mark.parametrize("directions", [("forward",), ("both",), ("forward", "backward")])
def test_steps_and_frames_are_the_run(directions: tuple[str, ...]) -> None:
    network = lstm(*directions)
    given = reference.numbers(network, 4, 7, (2,))
    trace = run(network, given)
    count = 0
    for count, step in enumerate(network.steps(given.parameters, given.inputs, initial=given.initial), 1):
        assert step.step == count
        for name, array in trace.values.items():
            np.testing.assert_allclose(step[name], array[count - 1], rtol=1e-13, atol=1e-15)
        for name, array in trace.before.items():
            np.testing.assert_allclose(step.before[name], array[count - 1], rtol=1e-13, atol=1e-15)
    assert count == 7
    edges = []
    for first, stop, part in network.frames(given.parameters, given.inputs, initial=given.initial, chunk=3):
        edges.append((first, stop))
        for name, array in trace.values.items():
            np.testing.assert_allclose(part.read(name, first, stop), array[first:stop], rtol=1e-12, atol=1e-14)
    assert edges == [(0, 3), (3, 6), (6, 7)]


def test_steps_may_be_left_at_any_time() -> None:
    network = lstm()
    given = reference.numbers(network, 5, 6)
    steps = network.steps(given.parameters, given.inputs)
    first = next(steps)
    kept = first["h"].copy()
    steps.close()  # type: ignore[attr-defined]
    run(network, reference.numbers(network, 6, 6))
    np.testing.assert_array_equal(first["h"], kept)


def test_arrays_handed_out_are_copies() -> None:
    network = lstm()
    given = reference.numbers(network, 7, 4, share=1.0)
    trace = run(network, given)
    before = reference.read(trace, given.outside, network)
    for array in (*trace.values.values(), *trace.before.values(), *trace.last.values(), trace["x"], trace["c_prev"]):
        array[...] = np.nan
    for array in (*trace.step(2).values.values(), *trace.step(1).before.values()):
        array[...] = np.nan
    reference.same(reference.read(trace, given.outside, network), before, 0)


def test_traces_alive_together_do_not_disturb_each_other() -> None:
    network = lstm("both")
    many = [reference.numbers(network, seed, 4) for seed in range(4)]
    traces = [run(network, given) for given in many]
    wanted = [reference.expected(network, given) for given in many]
    for _ in range(2):
        for given, trace, expected in zip(many, traces, wanted, strict=True):
            reference.same(reference.read(trace, given.outside, network), expected)
    del traces[1], trace
    later = reference.numbers(network, 9, 4)
    reference.same(reference.found(network, later), reference.expected(network, later))
    for at, trace in zip((0, 2, 3), traces, strict=True):
        reference.same(reference.read(trace, many[at].outside, network), wanted[at])


@pytest.mark.usefixtures("uncollected")
def test_a_trace_is_freed_at_once_and_its_arrays_go_back() -> None:
    network = lstm()
    given = reference.numbers(network, 1, 4)
    trace = run(network, given)
    runs = dict(trace.runs["main"].runs)
    alive = weakref.ref(trace)
    gradient = trace.gradient({"h": np.ones((4, 3))})
    assert all([trace.values, trace.before, trace.step(1), gradient.values, gradient.parameters, gradient.initial])
    del trace
    assert alive() is not None
    dead = weakref.ref(gradient)
    del gradient
    assert alive() is None
    assert dead() is None
    again = run(network, given)
    assert again.runs["main"].runs == runs


@pytest.mark.usefixtures("uncollected")
def test_what_reads_a_trace_keeps_its_numbers() -> None:
    network = lstm()
    given = reference.numbers(network, 1, 4)
    values, before, step = run(network, given).values, run(network, given).before, run(network, given).step(2)
    wanted = reference.expected(network, given)
    for seed in range(5):
        run(network, reference.numbers(network, 20 + seed, 4))
    for name, array in wanted.values.items():
        np.testing.assert_allclose(values[name], array, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(step[name], array[1], rtol=1e-12, atol=1e-13)
    for name, array in wanted.before.items():
        np.testing.assert_allclose(before[name], array, rtol=1e-12, atol=1e-13)


@pytest.mark.usefixtures("uncollected")
def test_frames_left_half_way_give_their_arrays_back() -> None:
    network = lstm()
    given = reference.numbers(network, 1, 6)
    frames = network.frames(given.parameters, given.inputs, chunk=2)
    first = next(frames)
    runs = first[2].runs["main"].runs
    gradients = first[2].gradient_frames({"h": np.ones((6, 3))}, 2)
    next(gradients)
    del first, frames, gradients
    assert run(network, given).runs["main"].runs == runs


@pytest.mark.parametrize("networks", [None, 3])
def test_the_next_steps_are_run_in_the_same_memory(networks: int | None) -> None:
    """Of two layers and a readout, in blocks of which the last is shorter."""
    network = Network([texts.layer("lstm"), texts.layer("gru")], 2, "y[outputs] = V @ h", outputs=2)
    many = {} if networks is None else {"networks": networks}
    parameters = {name: np.asarray(array) for name, array in network.initial(4).items()}
    if networks is not None:
        parameters["1.U_f"] = parameters["1.U_f"] + np.arange(networks)[:, None, None]
    xs = np.random.default_rng(1).normal(size=(11, 2))
    whole = network.run(parameters, xs, **many)
    trace = network.run(parameters, xs[:4], **many)
    place = trace.runs["main"]
    for first in (4, 8):
        trace.go_on(xs[first : first + 4])
        assert trace.runs["main"] is place
        steps = len(xs[first : first + 4])
        for name in ("1.c", "2.h", "readout.y", "x"):
            np.testing.assert_allclose(trace[name][:steps], whole[name][first : first + steps], rtol=1e-12)
        np.testing.assert_allclose(trace.before["1.c"][0], whole["1.c"][first - 1], rtol=1e-12)


def test_what_reads_backward_does_not_go_on() -> None:
    network = lstm("backward")
    trace = network.run(network.initial(0), np.ones((3, 2)))
    with pytest.raises(AssertionError, match="run whole"):
        trace.go_on(np.ones((3, 2)))
