"""Networks drawn by lot: layers in any direction, readouts, batches, stretches, sequences that end early."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.engine import Cell, Network, draw, formulas, symbols_math
from tests.engine.reference import INPUT, Array, Numbers, Result, expected, found, numbers, read, same
from tests.engine.strategies import networks

SEEDS = st.integers(0, 2**32)
LEADS = st.sampled_from([(), (), (2,)])


def reference(network: Network, given_numbers: Numbers) -> Result:
    result = expected(network, given_numbers)
    assume(result.largest() < 1e6)
    return result


@settings(max_examples=200)
@given(networks(), SEEDS, LEADS, st.integers(1, 5))
def test_a_network_agrees_with_the_reference(net: Network, seed: int, lead: tuple[int, ...], length: int) -> None:
    given_numbers = numbers(net, seed, length, lead)
    same(found(net, given_numbers), reference(net, given_numbers))


@settings(max_examples=80)
@given(networks(), SEEDS, st.integers(1, 6), st.integers(1, 4))
def test_stretches_agree_with_the_reference(net: Network, seed: int, length: int, chunk: int) -> None:
    given_numbers = numbers(net, seed, length)
    wanted = reference(net, given_numbers)
    room = 1e-10 * max(1.0, wanted.largest())

    def agree(ours: Array, theirs: Array, name: str) -> None:
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=room, err_msg=name)

    frames = net.frames(given_numbers.parameters, given_numbers.inputs, initial=given_numbers.initial, chunk=chunk)
    for first, stop, part in frames:
        for name, array in wanted.values.items():
            agree(part.read(name, first, stop), array[first:stop], name)
        for name, array in wanted.before.items():
            agree(part.read(f"{name}_prev", first, stop), array[first:stop], name)
        trace = part
    for first, stop, each in trace.gradient_frames(given_numbers.outside, chunk):
        for name, array in {**wanted.gradients, INPUT: wanted.inputs}.items():
            agree(each.read(name, first, stop), array[first:stop], name)
        gradient = each
    for name, array in wanted.parameters.items():
        agree(gradient.parameters[name], array, name)
    for name, array in wanted.initial.items():
        agree(gradient.initial[name], array, name)


def alone(together: Numbers, k: int, length: int) -> Numbers:
    """One sequence of a batch, up to its end."""

    def cut(arrays: Mapping[str, Array]) -> dict[str, Array]:
        return {name: array[:length, k] for name, array in arrays.items()}

    initial = {name: array[k] for name, array in together.initial.items()}
    return Numbers(together.parameters, together.inputs[:length, k], initial, cut(together.outside))


@settings(max_examples=80)
@given(networks(), SEEDS, st.lists(st.integers(1, 5), min_size=2, max_size=3))
def test_sequences_that_end_early_are_run_alone(net: Network, seed: int, lengths: Sequence[int]) -> None:
    given_numbers = numbers(net, seed, max(lengths), (len(lengths),))
    trace = net.run(given_numbers.parameters, given_numbers.inputs, initial=given_numbers.initial, lengths=lengths)
    together = read(trace, given_numbers.outside, net)
    each = [reference(net, alone(given_numbers, k, length)) for k, length in enumerate(lengths)]
    room = 1e-10 * max(1.0, *(result.largest() for result in each))
    for k, (result, length) in enumerate(zip(each, lengths, strict=True)):
        for ours, theirs in ((together.values, result.values), (together.gradients, result.gradients)):
            for name, array in theirs.items():
                np.testing.assert_allclose(ours[name][:length, k], array, rtol=0, atol=room, err_msg=name)
                assert not ours[name][length:, k].any()
        for name, array in result.initial.items():
            np.testing.assert_allclose(together.initial[name][k], array, rtol=0, atol=room, err_msg=name)
        np.testing.assert_allclose(together.inputs[:length, k], result.inputs, rtol=0, atol=room)
    for name, array in together.parameters.items():
        total = sum(result.parameters[name] for result in each)
        np.testing.assert_allclose(array, total, rtol=0, atol=len(each) * room, err_msg=name)


@settings(max_examples=60)
@given(networks(), SEEDS, LEADS)
def test_float32_stays_float32(net: Network, seed: int, lead: tuple[int, ...]) -> None:
    given_numbers = numbers(net, seed, 3, lead, scale=0.3)
    wanted = reference(net, given_numbers)
    trace = net.run(given_numbers.parameters, given_numbers.inputs, initial=given_numbers.initial, dtype=np.float32)
    gradient = trace.gradient(given_numbers.outside)
    groups = (trace.values, trace.before, trace.last, gradient.values, gradient.parameters, gradient.initial)
    arrays = [array for group in groups for array in group.values()] + [gradient.inputs, trace["x"]]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}
    if wanted.largest() < 100:
        narrow = read(trace, given_numbers.outside, net)
        assert abs(narrow.largest() - wanted.largest()) <= 1e-3 * max(1.0, wanted.largest())


def no_cell(name: str) -> Cell:
    raise AssertionError(f"'{name}' is looked for, although its text is there")


@settings(max_examples=80)
@given(networks())
def test_everything_is_shown_and_described(net: Network) -> None:
    data = json.loads(json.dumps(net.to_data(), allow_nan=False))
    again = Network.from_description(json.loads(json.dumps(net.description)), no_cell)
    assert again.to_data() == data
    assert set(data["programs"]) == {layer["program"] for layer in data["layers"]}
    for place in net.places:
        program = place.program
        for math in (*formulas(program).values(), *symbols_math(program).values()):
            assert ElementTree.fromstring(math).tag == "math"
        for level in ("gate", "operation"):
            drawn = draw(program, level)
            ranks = {node.id: node.rank for node in drawn.nodes}
            assert all(ranks[edge.source] < ranks[edge.target] for edge in drawn.edges)
            assert {value.name for value in program.values if not value.derived} <= {node.name for node in drawn.nodes}
