"""Learning one sequence: all parameters of a network go down the gradient of its loss, update after update."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .losses.objective import Objective
from .network import Network
from .ops import Array
from .optimise.clip import clip_norm, norm
from .optimise.flat import Flat
from .optimise.rule import Optimiser
from .overflow import overflowed
from .problems import Problem
from .trace import Trace


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """Where learning stands: `loss` and the gradient's norm before and after clipping are those of `parameters`.

    `gradient`, not clipped, is by full address as they are. With `stop` no further update can be made: loss and norms are
    what was found, which may be infinite or NaN, and the parameters are the last ones that worked.
    """

    loss: float
    norm: float
    clipped: float
    parameters: Mapping[str, Array]
    gradient: Mapping[str, Array]
    stop: Problem | None = None


def updates(
    network: Network,
    parameters: Mapping[str, Array],
    xs: ArrayLike,
    objective: Objective,
    optimiser: Optimiser,
    *,
    rate: float,
    most: float | None = None,
    made: int = 0,
    start: Callable[[Mapping[str, Array]], Mapping[str, ArrayLike]] | None = None,
) -> Iterator[Stand]:
    """Where `parameters` stand, and then where each update leads, until there is no further one.

    `optimiser` is for as many numbers as all parameters have, and has made so many updates before; it changes with
    each. `most` clips the gradient's norm. `start` gives the states before the first step for any parameters.
    """
    flat, gradient = Flat(network.parameters), Flat(network.parameters)
    flat.load(parameters)
    inputs = np.asarray(xs)
    good = flat.vector.copy()
    while True:
        trace, loss = _looked_at(network, flat, inputs, objective, gradient, start)
        length = clipped = norm(gradient.vector)
        if not (math.isfinite(loss) and math.isfinite(length)):
            stop = overflowed(made + 1, network, [trace], loss, gradient)
            flat.vector[...] = good
            yield Stand(loss, length, clipped, _copied(flat), _copied(gradient), stop)
            return
        found = _copied(gradient)
        if most is not None and length > most:
            clip_norm(gradient.vector, most, length)
            clipped = norm(gradient.vector)
        good[...] = flat.vector
        yield Stand(loss, length, clipped, _copied(flat), found)
        made += 1
        optimiser.update(flat.vector, gradient.vector, rate, made)
        if not np.isfinite(flat.vector).all():
            stop = overflowed(made, network, [trace], loss, gradient)
            flat.vector[...] = good
            yield Stand(loss, length, clipped, _copied(flat), found, stop)
            return


def _looked_at(
    network: Network,
    flat: Flat,
    inputs: Array,
    objective: Objective,
    gradient: Flat,
    start: Callable[[Mapping[str, Array]], Mapping[str, ArrayLike]] | None,
) -> tuple[Trace, float]:
    """Runs forward and back; `gradient` is filled."""
    trace = network.run(flat.arrays, inputs, initial=start and start(flat.arrays))
    loss = objective.loss(trace)
    gradient.load(trace.gradient(objective.outside(loss)).parameters)
    return trace, float(loss.total)


def _copied(flat: Flat) -> Mapping[str, Array]:
    vector = flat.vector.copy()
    at, found = 0, {}
    for name, array in flat.arrays.items():
        found[name] = vector[at : at + array.size].reshape(array.shape)
        at += array.size
    return found
