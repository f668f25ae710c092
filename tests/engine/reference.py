"""A network worked out by the reference evaluator alone, layer upon layer: what plans and runs are measured against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine import Network, Trace, evaluate
from app.engine.adjoint import GRADIENT
from app.engine.place import Place
from app.engine.rules import PREVIOUS

Array = NDArray[Any]
INPUT = "main.0.forward.x"
EPS = 1e-10


@dataclass(frozen=True)
class Numbers:
    """What a network is run with, all by full address; `outside` is dL/dv of some values."""

    parameters: Mapping[str, Array]
    inputs: Array
    initial: Mapping[str, Array]
    outside: Mapping[str, Array]

    @property
    def lead(self) -> tuple[int, ...]:
        return self.inputs.shape[1:-1]


def sizes_of(network: Network) -> dict[str, int]:
    """The size of every value by full address."""
    return {place.address(v.name): place.sizes[v.size] for place in network.places for v in place.program.values}


def states_of(network: Network) -> list[str]:
    return [place.address(state) for place in network.places for state in place.program.states]


def differentiable(network: Network) -> list[str]:
    """The values that have an adjoint: all but clocks."""
    return [
        place.address(v.name)
        for place in network.places
        for v in place.program.values
        if any(adjoint.symbol == v.name for adjoint in place.program.adjoint)
    ]


def numbers(
    network: Network, seed: int = 0, length: int = 4, lead: tuple[int, ...] = (), scale: float = 0.6, share: float = 0.5
) -> Numbers:
    """Random numbers that fit; about a `share` of the values, and the topmost for certain, get a gradient from outside."""
    random = np.random.default_rng(seed)
    sizes = sizes_of(network)
    touched = [name for name in sizes if random.random() < share]
    return Numbers(
        {name: scale * random.normal(size=shape) for name, shape in network.parameters.items()},
        random.normal(size=(length, *lead, network.inputs)),
        {name: random.normal(size=(*lead, sizes[name])) for name in states_of(network)},
        {name: random.normal(size=(length, *lead, sizes[name])) for name in dict.fromkeys([*touched, list(sizes)[-1]])},
    )


@dataclass(frozen=True)
class Result:
    """Everything that a run and its gradient give, by full address."""

    values: Mapping[str, Array]
    before: Mapping[str, Array]
    gradients: Mapping[str, Array]
    parameters: Mapping[str, Array]
    inputs: Array
    initial: Mapping[str, Array]

    def largest(self) -> float:
        """The largest of all numbers; not finite if one of them is not."""
        groups = (self.values, self.before, self.gradients, self.parameters, self.initial)
        arrays = [array for group in groups for array in group.values()] + [self.inputs]
        return float(np.max([np.max(np.abs(array), initial=0) for array in arrays]))


@dataclass
class _Layer:
    place: Place
    steps: list[evaluate.Arrays]
    inputs: dict[str, Array]
    lead: tuple[int, ...]

    def series(self, name: str, steps: list[evaluate.Arrays] | None = None) -> Array:
        """A name at all steps in the order of the sequence, with a batch axis if there is one."""
        program, sizes = self.place.program, self.place.sizes
        of = name.removeprefix(GRADIENT).removesuffix(PREVIOUS)
        size = sizes[program.inputs[of] if of in program.inputs else program.value[of].size]
        rows = [np.broadcast_to(env[name], (*self.lead, size)) for env in (self.steps if steps is None else steps)]
        return turned(self.place, np.stack(rows))


def turned(place: Place, series: Array) -> Array:
    return series[::-1] if place.direction == "backward" else series


def forward(network: Network, given: Numbers) -> dict[str, _Layer]:
    """Every place, run from the input upwards."""
    found: dict[str, _Layer] = {}
    below = given.inputs
    for layer in dict.fromkeys(place.layer for place in network.places):
        here = [place for place in network.places if place.layer == layer]
        for place in here:
            inputs = {"x": turned(place, below)}
            if layer == "readout":
                tops = [found[prefix(top)] for top in network.stacks["main"].top]
                inputs = {n: np.concatenate([top.series(n) for top in tops], -1) for n in place.program.inputs}
            program = place.program
            steps = evaluate.forward(
                program,
                place.sizes,
                {name: given.parameters[place.address(name)] for name in program.parameter},
                inputs,
                {name: given.initial[place.address(name)] for name in program.states},
            )
            found[prefix(place)] = _Layer(place, steps, inputs, given.lead)
        below = np.concatenate([found[prefix(place)].series(place.program.output) for place in here], -1)
    return found


def prefix(place: Place) -> str:
    return place.address("")


def loss(network: Network, given: Numbers) -> Any:
    """The sum of all values times what is given for them from outside: its gradient is the one asked for."""
    layers = forward(network, given)
    total: Any = 0.0
    for place in network.places:
        for v in place.program.values:
            if place.address(v.name) in given.outside:
                total += np.sum(given.outside[place.address(v.name)] * layers[prefix(place)].series(v.name))
    return total


def expected(network: Network, given: Numbers) -> Result:
    """All numbers by the reference evaluator."""
    layers = forward(network, given)
    outside: dict[str, Array] = dict(given.outside)
    values, before, gradients, parameters, initial = ({} for _ in range(5))
    inputs = np.zeros_like(given.inputs)
    order = list(network.places)
    with np.errstate(all="ignore"):
        for place in reversed(order):
            layer, program = layers[prefix(place)], place.program
            mine = {v.name: outside[place.address(v.name)] for v in program.values if place.address(v.name) in outside}
            steps, totals = evaluate.backward(program, layer.steps, {n: turned(place, a) for n, a in mine.items()})
            for name in program.value:
                values[place.address(name)] = layer.series(name)
                if GRADIENT + name in steps[0]:
                    gradients[place.address(name)] = layer.series(GRADIENT + name, steps)
            for state in program.states:
                before[place.address(state)] = layer.series(state + PREVIOUS)
                initial[place.address(state)] = steps[0][GRADIENT + state + PREVIOUS]
            for p in program.parameters:
                total = np.asarray(totals[p.name])
                parameters[place.address(p.name)] = total.sum(tuple(range(total.ndim - len(p.shape))))
            for name in program.inputs:
                arrived = layer.series(GRADIENT + name, steps)
                below = _below(network, place)
                if not below:
                    inputs = inputs + arrived
                for part, target in zip(np.split(arrived, max(1, len(below)), -1), below, strict=False):
                    full = target.address(name if place.layer == "readout" else target.program.output)
                    outside[full] = outside.get(full, 0.0) + part
    return Result(values, before, gradients, parameters, inputs, initial)


def _below(network: Network, place: Place) -> list[Place]:
    layers = list(dict.fromkeys(each.layer for each in network.places))
    at = layers.index(place.layer)
    return [each for each in network.places if at and each.layer == layers[at - 1]]


def found(network: Network, given: Numbers, **options: Any) -> Result:
    """The same by the network itself."""
    trace = network.run(given.parameters, given.inputs, initial=given.initial, **options)
    return read(trace, given.outside, network)


def read(trace: Trace, outside: Mapping[str, Array], network: Network) -> Result:
    gradient = trace.gradient(outside)
    return Result(
        dict(trace.values),
        dict(trace.before),
        {name: gradient[name] for name in differentiable(network)},
        dict(gradient.parameters),
        gradient.inputs,
        dict(gradient.initial),
    )


def same(ours: Result, theirs: Result, tolerance: float = EPS) -> None:
    """That two results agree to rounding, measured by the largest number in them."""
    room = tolerance * max(1.0, theirs.largest())
    for group in ("values", "before", "gradients", "parameters", "initial"):
        mine, others = getattr(ours, group), getattr(theirs, group)
        assert mine.keys() == others.keys(), group
        for name, array in others.items():
            assert mine[name].shape == array.shape, f"{group} {name}"
            np.testing.assert_allclose(mine[name], array, rtol=0, atol=room, err_msg=f"{group} {name}")
    np.testing.assert_allclose(ours.inputs, theirs.inputs, rtol=0, atol=room, err_msg="inputs")
