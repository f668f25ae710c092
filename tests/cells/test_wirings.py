"""Every wiring of layers, its gradients by the complex step through the reference evaluator and by central differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, Part
from tests.cells.written import complex_step
from tests.engine import reference
from tests.engine.reference import Array, Numbers

SOFTMAX = "y[outputs] = softmax(V @ h + d)"


def layers(cell: str, *directions: str) -> list[Layer]:
    return [Layer(load(cell), 2, direction=direction) for direction in directions]


WIRINGS: dict[str, Callable[[], Network]] = {
    "one layer": lambda: Network(layers("lstm", "forward"), 2),
    "five layers": lambda: Network(layers("simple-rnn", *["forward"] * 5), 2),
    "backward": lambda: Network(layers("lstm", "backward"), 2),
    "both directions": lambda: Network(layers("lstm", "both"), 2),
    "a stack of both directions": lambda: Network(layers("simple-rnn", "both", "both"), 2),
    "mixed": lambda: Network([*layers("lstm", "both", "forward"), *layers("simple-rnn", "backward")], 2),
    "readout": lambda: Network(layers("lstm", "forward"), 2, SOFTMAX, outputs=3),
    "readout of both directions": lambda: Network(layers("lstm", "both"), 2, SOFTMAX, outputs=3),
    "readout of several values": lambda: Network(
        layers("simple-rnn", "forward", "both"), 2, "k = tanh(R @ h)\ny[outputs] = V @ k + b * (P @ h)", outputs=2
    ),
    "tied layers": lambda: Network.of([Part(tuple(layers("lstm", "forward", "forward")), 2)], {"2": "1"}),
}


def full(network: Network, parameters: Mapping[str, Array]) -> dict[str, Array]:
    """Parameters with those of tied places too."""
    return {**parameters, **{name: parameters[source] for name, source in network.wires.tied.items()}}


@pytest.mark.parametrize("lead", [(), (2,)], ids=["alone", "batch"])
@pytest.mark.parametrize("wiring", WIRINGS)
def test_gradients_by_the_complex_step(wiring: str, lead: tuple[int, ...]) -> None:
    network = WIRINGS[wiring]()
    given = reference.numbers(network, 5, 3, lead)
    trace = network.run(given.parameters, given.inputs, initial=given.initial)
    gradient = trace.gradient(given.outside)

    def loss(**changed: Any) -> Any:
        moved = replace(given, **changed)
        return reference.loss(network, replace(moved, parameters=full(network, moved.parameters)))

    def close(found: Array, wanted: Array, what: str) -> None:
        room = 1e-10 * max(1.0, float(np.abs(wanted).max()))
        np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=room, err_msg=what)

    for name, array in given.parameters.items():
        wanted = complex_step(lambda a, n=name: loss(parameters={**given.parameters, n: a}), array)  # type: ignore[misc]
        close(gradient.parameters[name], wanted, name)
    for name, array in given.initial.items():
        wanted = complex_step(lambda a, n=name: loss(initial={**given.initial, n: a}), array)  # type: ignore[misc]
        close(gradient.initial[name], wanted, name)
    close(gradient.inputs, complex_step(lambda a: loss(inputs=a), given.inputs), "x")


@pytest.mark.parametrize("wiring", WIRINGS)
def test_gradients_by_central_differences(wiring: str) -> None:
    network = WIRINGS[wiring]()
    given = reference.numbers(network, 6, 4)
    gradient = network.run(given.parameters, given.inputs, initial=given.initial).gradient(given.outside)
    random = np.random.default_rng(7)
    way = {name: random.normal(size=array.shape) for name, array in given.parameters.items()}

    def at(distance: float) -> float:
        moved: Numbers = replace(given, parameters={n: a + distance * way[n] for n, a in given.parameters.items()})
        trace = network.run(moved.parameters, moved.inputs, initial=moved.initial)
        return float(sum(np.sum(each * trace[name]) for name, each in given.outside.items()))

    slope = (at(-2e-4) - 8 * at(-1e-4) + 8 * at(1e-4) - at(2e-4)) / 12e-4
    assert slope == pytest.approx(sum(np.sum(gradient.parameters[n] * each) for n, each in way.items()), rel=1e-7)
