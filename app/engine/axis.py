"""One number of one parameter that takes many values, each in a network of its own; the networks run side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .network import Network
from .ops import Array
from .problems import NetworkError, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """The number at `index` (row, column, from 0) of the parameter `name`, and the `values` (n,) that it takes."""

    name: str
    index: tuple[int, ...]
    values: Array


def checked(network: Network, axis: Axis) -> Axis:
    """The same axis with its parameter's full address, values as float64.

    Raises NetworkError for a parameter or an entry that is not there, and values that are not finite numbers.
    """
    full = network.full(axis.name)
    shape = network.parameters.get(full)
    problems: list[Problem] = []
    args: dict[str, str | int | float] = {"name": axis.name}
    if shape is None:
        problems.append(Problem("unknown-parameter", f"the network has no parameter '{axis.name}'", args, field=axis.name))
    elif len(axis.index) != len(shape) or any(not 0 <= at < size for at, size in zip(axis.index, shape, strict=False)):
        said = f"'{axis.name}' is {shape} and has no entry {list(axis.index)}"
        problems.append(Problem("no-entry", said, args, "count rows and columns from 0", field=axis.name))
    values = np.asarray(axis.values, dtype=np.float64)
    if values.ndim != 1 or not len(values) or not np.isfinite(values).all():
        said = f"the values of '{axis.name}' are not a row of finite numbers"
        problems.append(Problem("not-finite", said, args, "give at least one finite number", field=axis.name))
    if problems:
        raise NetworkError(problems)
    return Axis(full, tuple(axis.index), values)


def spread(parameters: Mapping[str, Array], axes: Sequence[Axis]) -> dict[str, Array]:
    """The parameters of N networks, of which each takes the N values of all axes one by one: (N, *shape) where they differ.

    `parameters` are by full address, each (*shape); they are left as they are.
    """
    found = dict(parameters)
    for axis in axes:
        array = found[axis.name]
        if array.ndim == len(axis.index):
            array = np.moveaxis(np.broadcast_to(array[..., None], (*array.shape, len(axis.values))).copy(), -1, 0)
        place: tuple[slice | int, ...] = (slice(None), *axis.index)
        array[place] = axis.values
        found[axis.name] = array
    return found
