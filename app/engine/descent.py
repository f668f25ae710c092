"""Gradient descent on a surface: two numbers (or one) are learned, all others stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .axis import Axis, checked
from .losses.objective import Objective
from .network import Network
from .ops import Array
from .optimise.clip import clip_norm, norm
from .optimise.sgd import Sgd


@dataclass(frozen=True, slots=True, eq=False)
class Foothold:
    """Where the descent stands: the numbers `at` (axes,), the `loss` there and its `gradient` (axes,), not clipped."""

    at: Array
    loss: float
    gradient: Array

    @property
    def length(self) -> float:
        """The gradient's Euclidean norm."""
        return norm(self.gradient)


def downhill(
    network: Network,
    parameters: Mapping[str, Array],
    xs: ArrayLike,
    objective: Objective,
    axes: Sequence[Axis],
    *,
    rate: float,
    most: float | None = None,
    initial: Mapping[str, ArrayLike] | None = None,
) -> Iterator[Foothold]:
    """Where `parameters` stand, then after each update p <- p - rate g, without end; the axes' values are not looked at.

    `most` clips the norm of these numbers' gradient (Pascanu, Mikolov & Bengio 2013, algorithm 1).
    Raises NetworkError, at once, for numbers that no parameter has.
    """
    places = [checked(network, axis) for axis in axes]
    return _walk(network, parameters, np.asarray(xs), objective, places, rate, most, initial)


def _walk(
    network: Network,
    parameters: Mapping[str, Array],
    xs: Array,
    objective: Objective,
    places: Sequence[Axis],
    rate: float,
    most: float | None,
    initial: Mapping[str, ArrayLike] | None,
) -> Iterator[Foothold]:
    own = dict(parameters)
    for each in places:
        own[each.name] = np.array(parameters[each.name], dtype=np.float64)
    at = np.array([own[each.name][each.index] for each in places])
    rule, number = Sgd(len(at), np.float64), 0
    while True:
        trace = network.run(own, xs, initial=initial)
        loss = objective.loss(trace)
        found = trace.gradient(objective.outside(loss)).parameters
        gradient = np.array([found[each.name][each.index] for each in places])
        yield Foothold(at.copy(), float(loss.total), gradient.copy())
        if most is not None:
            clip_norm(gradient, most)
        number += 1
        rule.update(at, gradient, rate, number)
        for each, value in zip(places, at, strict=True):
            own[each.name][each.index] = value
