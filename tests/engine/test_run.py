from __future__ import annotations

import numpy as np
import pytest

from app.engine import Network
from app.engine.ops import Array
from app.engine.run import Run
from tests.engine import reference, texts
from tests.engine.reference import Numbers

FLOAT = np.dtype(np.float64)


def made(network: Network, given: Numbers, lengths: list[int] | None = None) -> Run:
    ends = None if lengths is None else np.array(lengths)
    return Run(network.stacks["main"], given.parameters, given.inputs.copy(), given.initial, ends, FLOAT)


def stack(*directions: str) -> Network:
    return Network([texts.layer("lstm", direction) for direction in directions], 2, "y[outputs] = V @ h + R @ c", outputs=2)


def cut(given: Numbers, sequence: int, length: int) -> Numbers:
    """One sequence of a batch, up to its end."""
    return Numbers(
        given.parameters,
        given.inputs[:length, sequence],
        {name: array[sequence] for name, array in given.initial.items()},
        {name: array[:length, sequence] for name, array in given.outside.items()},
    )


@pytest.mark.parametrize("directions", [("forward",), ("backward",), ("both",), ("both", "forward"), ("backward", "both")])
def test_sequences_of_different_lengths_are_each_run_alone(directions: tuple[str, ...]) -> None:
    network, lengths = stack(*directions), [5, 1, 3]
    given = reference.numbers(network, 2, 5, (3,))
    trace = network.run(given.parameters, given.inputs, initial=given.initial, lengths=lengths)
    together = reference.read(trace, given.outside, network)
    alone = [reference.expected(network, cut(given, n, length)) for n, length in enumerate(lengths)]
    for group in ("values", "before", "gradients"):
        for name, array in getattr(together, group).items():
            for n, length in enumerate(lengths):
                wanted = getattr(alone[n], group)[name]
                np.testing.assert_allclose(array[:length, n], wanted, rtol=1e-10, atol=1e-12, err_msg=f"{group} {name}")
                assert not array[length:, n].any(), f"{group} {name} after the end"
    for name, array in together.parameters.items():
        wanted = sum(each.parameters[name] for each in alone)
        np.testing.assert_allclose(array, wanted, rtol=1e-10, atol=1e-12, err_msg=name)
    for n, length in enumerate(lengths):
        np.testing.assert_allclose(together.inputs[:length, n], alone[n].inputs, rtol=1e-10, atol=1e-12)
        assert not together.inputs[length:, n].any()
        for name, array in together.initial.items():
            np.testing.assert_allclose(array[n], alone[n].initial[name], rtol=1e-10, atol=1e-12, err_msg=name)
            backward = ".backward." in name
            series = alone[n].values[name]
            np.testing.assert_allclose(trace.last[name][n], series[0 if backward else -1], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_what_stands_after_the_end_does_not_matter(direction: str) -> None:
    network = stack(direction)
    given = reference.numbers(network, 3, 5, (2,))
    spoilt = given.inputs.copy()
    spoilt[2:, 0] = np.nan
    outside = {name: array.copy() for name, array in given.outside.items()}
    for array in outside.values():
        array[2:, 0] = np.nan
    clean = network.run(given.parameters, given.inputs, initial=given.initial, lengths=[2, 5])
    dirty = network.run(given.parameters, spoilt, initial=given.initial, lengths=[2, 5])
    reference.same(reference.read(dirty, outside, network), reference.read(clean, given.outside, network), 0)
    assert dirty["x"][2:, 0].tolist() == [[0, 0]] * 3


def test_one_sequence_may_end_early_too() -> None:
    network = stack("both")
    given = reference.numbers(network, 4, 5)
    trace = network.run(given.parameters, given.inputs, initial=given.initial, lengths=[3])
    short = network.run(given.parameters, given.inputs[:3], initial=given.initial)
    for name, array in short.values.items():
        np.testing.assert_allclose(trace[name][:3], array, rtol=1e-13)
        assert not trace[name][3:].any()
    for name, array in short.last.items():
        np.testing.assert_allclose(trace.last[name], array, rtol=1e-13)


def test_nothing_grows_after_the_end() -> None:
    network = Network([texts.layer("linear-rnn")], 1)
    ones = {"W": np.ones((3, 1)), "U": 1000 * np.eye(3)}
    for xs, lengths in ((np.ones((150, 1)), [2]), (np.ones((150, 2, 1)), [2, 1])):
        trace = network.run(ones, xs, lengths=lengths)
        gradient = trace.gradient({"h": np.ones_like(trace["h"])})
        # h_2 = U h_1 + 1, h_1 = 1: its slope in U is h_1
        assert gradient.parameters["U"].tolist() == [[1] * 3] * 3
        assert gradient.parameters["W"].tolist() == [[1 + 1 + 1000 + (xs.ndim == 3)]] * 3


def test_a_place_that_reads_backward_reads_a_sequence_from_its_end() -> None:
    network = stack("both")
    given = reference.numbers(network, 5, 4, (2,))
    run = made(network, given, [4, 2])
    forward, backward = network.places[:2]
    series = np.arange(8.0).reshape(4, 2, 1)
    assert run.turned(forward, series) is series
    turned = run.turned(backward, series)
    assert turned[:, 0, 0].tolist() == [6, 4, 2, 0]
    assert turned[:, 1, 0].tolist() == [3, 1, 5, 7]
    assert run.turned(backward, turned).tolist() == series.tolist()
    whole = made(network, given)
    assert whole.turned(backward, series)[:, 0, 0].tolist() == [6, 4, 2, 0]


def test_where_an_address_lies() -> None:
    network = stack("both", "forward")
    run = made(network, reference.numbers(network))
    assert run.place("main.1.backward.c") is network.places[1]
    assert run.place("main.readout.forward.V") is network.places[-1]


@pytest.mark.parametrize("lengths", [None, [5, 3]])
@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_a_stretch_that_is_read_is_a_copy(direction: str, lengths: list[int] | None) -> None:
    network = stack(direction)
    given = reference.numbers(network, 6, 5, (2,))
    run = made(network, given, lengths)
    run.forward(0, 5)
    for name in ("main.0.forward.x", f"main.1.{direction}.i:in", f"main.1.{direction}.c_prev", f"main.1.{direction}.c"):
        whole: Array = run.read(name).copy()
        np.testing.assert_array_equal(run.read(name, 1, 4), whole[1:4])
        run.read(name)[...] = np.nan
        run.read(name, 2, 3)[...] = np.nan
        np.testing.assert_array_equal(run.read(name), whole)
    state = f"main.1.{direction}.c"
    last = run.last(state)
    run.last(state)[...] = np.nan
    np.testing.assert_array_equal(run.last(state), last)


def test_given_arrays_are_not_read_later() -> None:
    network = stack("forward")
    given = reference.numbers(network, 7, 4)
    run = made(network, given)
    xs = given.inputs.copy()
    for array in (*given.parameters.values(), *given.initial.values(), given.inputs):
        array[...] = np.nan
    run.forward(0, 4)
    assert np.isfinite(run.read("main.1.forward.h")).all()
    np.testing.assert_array_equal(run.read("main.0.forward.x"), xs)


def test_what_is_given_back_serves_the_next_run() -> None:
    network = stack("forward")
    first = made(network, reference.numbers(network, 1))
    kept = dict(first.runs)
    first.release()
    second, third = (made(network, reference.numbers(network, 2)) for _ in range(2))
    assert second.runs == kept
    assert not set(map(id, third.runs.values())) & set(map(id, kept.values()))


@pytest.mark.parametrize("lengths", [None, [4, 2]])
@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_where_a_state_was_read_last(direction: str, lengths: list[int] | None) -> None:
    network = stack(direction)
    run = made(network, reference.numbers(network, 8, 4, (2,)), lengths)
    run.forward(0, 4)
    state = f"main.1.{direction}.c"
    marked = run.at_last(state, np.ones((2, 3)))
    assert (marked * run.read(state)).sum(0).tolist() == run.last(state).tolist()
    assert marked.sum() == 6
