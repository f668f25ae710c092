"""The plan against the reference evaluator: shipped cells, cells of the literature, and cells with odd corners."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from app.engine import Layer, Network
from tests.engine import reference, texts
from tests.engine.reference import Numbers


@pytest.mark.parametrize("lead", [(), (2,)], ids=["single", "batch"])
@pytest.mark.parametrize("name", texts.ALL)
def test_the_plan_agrees_with_the_reference(name: str, lead: tuple[int, ...]) -> None:
    network = texts.network(name)
    for seed, length in enumerate((5, 1)):
        given = reference.numbers(network, seed, length, lead)
        reference.same(reference.found(network, given), reference.expected(network, given))


@pytest.mark.parametrize("name", texts.ALL)
def test_any_set_of_outside_names(name: str) -> None:
    network = texts.network(name)
    given = reference.numbers(network, 3, 4, share=1.0)
    sets = [*combinations(given.outside, 1), *list(combinations(given.outside, 2))[::4], tuple(given.outside)]
    for chosen in sets:
        part = Numbers(given.parameters, given.inputs, given.initial, {n: given.outside[n] for n in chosen})
        reference.same(reference.found(network, part), reference.expected(network, part))


@pytest.mark.parametrize("name", texts.ALL)
def test_arrays_used_again_give_the_same_as_fresh_ones(name: str) -> None:
    used = texts.network(name)
    names = list(reference.numbers(used, share=1.0).outside)
    for seed, (length, lead) in enumerate([(4, ()), (6, ()), (4, (3,)), (4, ()), (4, (3,)), (6, ()), (4, ())]):
        given = reference.numbers(used, seed, length, lead, share=1.0)
        kept = {n: given.outside[n] for n in (names, names[-1:], names[:1])[seed % 3]}
        given = Numbers(given.parameters, given.inputs, given.initial, kept)
        reference.same(reference.found(used, given), reference.found(texts.network(name), given), 0)


@pytest.mark.parametrize("name", texts.ALL)
def test_stretches_are_the_whole(name: str) -> None:
    network = texts.network(name)
    given = reference.numbers(network, 6, 7, share=0.4)
    wanted = reference.expected(network, given)
    room = 1e-11 * max(1, wanted.largest())
    frames = network.frames(given.parameters, given.inputs, initial=given.initial, chunk=2)
    for first, stop, trace in frames:
        for value, array in wanted.values.items():
            np.testing.assert_allclose(
                trace.read(value, first, stop), array[first:stop], rtol=0, atol=room, err_msg=value
            )
    for first, stop, gradient in trace.gradient_frames(given.outside, 3):
        for value, array in wanted.gradients.items():
            np.testing.assert_allclose(
                gradient.read(value, first, stop), array[first:stop], rtol=0, atol=room, err_msg=value
            )
        np.testing.assert_allclose(
            gradient.read(reference.INPUT, first, stop), wanted.inputs[first:stop], rtol=0, atol=room
        )
    for parameter, array in wanted.parameters.items():
        np.testing.assert_allclose(gradient.parameters[parameter], array, rtol=0, atol=room, err_msg=parameter)
    for state, array in wanted.initial.items():
        np.testing.assert_allclose(gradient.initial[state], array, rtol=0, atol=room, err_msg=state)


@pytest.mark.parametrize(
    "directions", ["forward", "backward", "both", "forward backward", "both both", "backward both"]
)
def test_stacks_in_any_direction(directions: str) -> None:
    for below, above in (("lstm", "gru"), ("scrn", "jordan"), ("clockwork-rnn", "lstm-peephole")):
        layers = [
            texts.layer(name, direction)
            for name, direction in zip((below, above), directions.split(), strict=False)
        ]  # fmt: skip
        output = layers[-1].cell.output
        network = Network(layers, 2, f"out[logits] = softmax(V @ {output} + d) - R @ {output}", logits=2)
        for lead in ((), (2,)):
            given = reference.numbers(network, len(directions), 4, lead)
            reference.same(reference.found(network, given), reference.expected(network, given))


def test_three_layers_of_one_cell_with_different_sizes() -> None:
    cell = texts.cell("lstm")[0]
    network = Network([Layer(cell, 4), Layer(cell, 2, direction="both"), Layer(cell, 3)], 2)
    given = reference.numbers(network, 8, 5, (2,))
    reference.same(reference.found(network, given), reference.expected(network, given))
