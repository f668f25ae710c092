"""How one value answers to one number of the parameters: the value and its derivative, over a range of that number.

Of a linear unit that reads 1, 0, 0, ... the value at step T is w^(T-1), and its derivative (T-1) w^(T-2): flat below 1 and
steep above, which is what training along w meets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .axis import Axis, checked, spread
from .network import Network
from .ops import Array


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """`values` (n,) and their derivatives `slopes` (n,) by the number of the axis; inf or NaN where they overflow."""

    values: Array
    slopes: Array


def response(
    network: Network,
    parameters: Mapping[str, Array],
    xs: ArrayLike,
    axis: Axis,
    of: str,
    step: int,
    unit: int = 0,
    *,
    initial: Mapping[str, ArrayLike] | None = None,
) -> Response:
    """The value `of` of one `unit` (from 0) at a `step` (from 1), with the number of `axis` at each of its values.

    `parameters` are by full address, `xs` (T, inputs) with T >= step; what comes after the step is left out.
    Raises NetworkError for unknown names, and numbers that no parameter has.
    """
    axis, full = checked(network, axis), network.wires.value(of)
    xs = np.asarray(xs)[:step]
    assert 1 <= step == len(xs), f"there is no step {step}"
    trace = network.run(spread(parameters, [axis]), xs, initial=initial, networks=len(axis.values))
    values = trace.read(full, step - 1, step)[0]
    assert 0 <= unit < values.shape[-1], f"there is no unit {unit}"
    outside = np.zeros((step, *values.shape))
    outside[-1, :, unit] = 1
    gradient = trace.gradient({full: outside}).parameters[axis.name]
    return Response(values[:, unit], np.array([one[axis.index] for one in gradient]))
