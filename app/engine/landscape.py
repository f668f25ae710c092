"""The loss over one or two numbers of the parameters: a curve, or a surface with its plains, walls and valleys.

Every point is a network of its own; many of them run side by side in one call, a few rows at a time, so that the first
rows can be looked at while the others are computed. Pascanu, Mikolov & Bengio 2013, section 2.4, draw such a surface.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from .axis import Axis, checked, spread
from .losses.objective import Objective
from .network import Network
from .ops import Array
from .problems import NetworkError, Problem

#: bytes of all values of the networks that run side by side: what stays near the processor
ROOM = 16_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Some rows of a surface: their numbers from 0, and the losses (len(rows), columns); inf or NaN where they overflow."""

    rows: tuple[int, ...]
    losses: Array


class Landscape:
    """The loss with the number of `across` along each row, and that of `down` from row to row.

    `parameters` are by full address, `xs` (T, inputs), `initial` starting states (units,), and the objective has T steps.
    Without `down` there is one row.
    Raises NetworkError for numbers that no parameter has, two axes over the same number, and values that are not finite.
    """

    def __init__(
        self,
        network: Network,
        parameters: Mapping[str, Array],
        xs: ArrayLike,
        objective: Objective,
        across: Axis,
        down: Axis | None = None,
        *,
        initial: Mapping[str, ArrayLike] | None = None,
    ) -> None:
        self._network, self._parameters, self._xs, self._initial = network, parameters, np.asarray(xs), initial
        self._objective = objective
        self._axes = [checked(network, axis) for axis in (across, down) if axis is not None]
        if len({(axis.name, axis.index) for axis in self._axes}) < len(self._axes):
            said, hint = f"both axes are the same number of '{across.name}'", "choose two different numbers"
            raise NetworkError([Problem("same-axis", said, {"name": across.name}, hint, field="down")])
        self.columns = len(across.values)
        self.rows = 1 if down is None else len(down.values)

    @property
    def work(self) -> int:
        """Values that are computed in all: points times steps times the sizes of a step's values."""
        return self.columns * self.rows * len(self._xs) * self._kept

    @property
    def _kept(self) -> int:
        return sum(shape[-1] for shape in self._network.wires.values.values())

    @property
    def memory(self) -> int:
        """Bytes that one row takes: the least that is computed at a time."""
        own = sum(self._parameters[axis.name].size for axis in self._axes)
        return self.columns * (len(self._xs) * self._kept + own) * 8

    def stretches(self) -> Iterator[Rows]:
        """All rows, from coarse to fine: first such as lie far apart, then those between them."""
        several = max(1, ROOM // self.memory)
        order = coarse_first(self.rows)
        for first in range(0, self.rows, several):
            yield self._losses(order[first : first + several])

    def _losses(self, rows: list[int]) -> Rows:
        count = len(rows) * self.columns
        across = np.tile(self._axes[0].values, len(rows))
        down = [] if len(self._axes) == 1 else [np.repeat(self._axes[1].values[rows], self.columns)]
        axes = [replace(axis, values=values) for axis, values in zip(self._axes, [across, *down], strict=True)]
        parameters = spread(self._parameters, axes)
        trace = self._network.run(parameters, self._xs, initial=self._initial, networks=count)
        return Rows(tuple(rows), self._objective.totals(trace).reshape(len(rows), self.columns))


def coarse_first(count: int) -> list[int]:
    """The numbers below `count`, each as far as can be from those before it: 0, 4, 2, 6, 1, 3, 5 of 7."""
    order: list[int] = []
    stride = 1 << max(0, count - 1).bit_length()
    known: set[int] = set()
    while stride:
        order += [at for at in range(0, count, stride) if at not in known]
        known.update(order)
        stride //= 2
    return order
