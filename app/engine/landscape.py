"""The loss over one or two numbers of the parameters: a curve, or a surface with its plains, walls and valleys.

Every point is a network of its own; many of them run side by side, a few rows at a time, so that the first rows can be
looked at while the others are computed, and a block of steps at a time, so that long sequences stay near the processor.
Where the input stays what it is, most of them are at rest after some dozens of steps, and wait there for the next target.
Pascanu, Mikolov & Bengio 2013, section 2.4, draw such a surface.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from .axis import Axis, checked, spread
from .forward import LARGEST
from .losses.objective import Objective
from .network import Network
from .ops import Array
from .problems import NetworkError, Problem
from .rest import TURN, at_rest, steady_from
from .trace import Trace

#: values and parameters, and then networks, that a stretch of rows may always have: a call should cost little beside its numbers,
#: and the next stretch use the same memory
WORK, TOGETHER = LARGEST // 2, 5_200
#: bytes that the values of a block of steps should not go over: each has to be set up, but should stay near the processor
ROOM = 10_000_000
#: steps that a block has at least, and those after which it is looked who is at rest
LEAST, LOOK = 4, 32
#: of networks that run side by side, the share that has to be at rest for the others to be laid out anew
RESTING = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Some rows of a surface: their numbers from 0, and the losses (len(rows), columns); inf or NaN where they overflow."""

    rows: tuple[int, ...]
    losses: Array


class Landscape:
    """The loss with the number of `across` along each row, and that of `down` from row to row.

    `parameters` are by full address, `xs` (T, inputs), `initial` starting states (units,), and the objective has T steps.
    Without `down` there is one row.
    Raises NetworkError for numbers that no parameter has, two axes over the same number, values that are not finite, and
    targets that are none for the objective's kind of loss.
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
        objective.check()
        self._objective, self._steady = objective, steady_from(self._xs)
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
    def _own(self) -> int:
        """Numbers of one network's parameters."""
        return sum(array.size for array in self._parameters.values())

    @property
    def _several(self) -> int:
        """Rows that are run side by side."""
        room = WORK // (min(len(self._xs), LEAST) * self._kept + self._own)
        networks = max(min(TOGETHER, room), WORK // (len(self._xs) * self._kept + self._own))
        most = max(1, networks // self.columns)
        return math.ceil(self.rows / math.ceil(self.rows / most))

    @property
    def _block(self) -> int:
        """Steps that are run at once, a whole number of turns unless it is all of them."""
        steps = len(self._xs)
        if not self._network.wires.goes_on:
            return steps
        most = max(LEAST, ROOM // (self._several * self.columns * self._kept * 8) // TURN * TURN)
        if most >= steps:
            return steps
        return min(most, LOOK) if self._steady < steps - LOOK else most

    @property
    def memory(self) -> int:
        """Bytes that are taken at a time."""
        return self._several * self.columns * (self._block * self._kept + self._own) * 8

    def stretches(self, dtype: DTypeLike = np.float64) -> Iterator[Rows | None]:
        """All rows, from coarse to fine: first such as lie far apart, then those between them.

        None comes between them, after each block of steps: a moment at which the rest may be left. With float32 all comes
        several times sooner; on a wall a point may then lie on its other side.
        """
        order = coarse_first(self.rows)
        for first in range(0, self.rows, self._several):
            # as many rows again as before, since others would be laid out in memory of their own
            begin = min(first, self.rows - self._several)
            yield from self._losses(order[begin : begin + self._several], first - begin, dtype)

    def _losses(self, rows: list[int], known: int, dtype: DTypeLike) -> Iterator[Rows | None]:
        """The losses of rows, of which the first `known` have been told."""
        count = len(rows) * self.columns
        across = np.tile(self._axes[0].values, len(rows))
        down = [] if len(self._axes) == 1 else [np.repeat(self._axes[1].values[rows], self.columns)]
        axes = [replace(axis, values=values) for axis, values in zip(self._axes, [across, *down], strict=True)]
        losses = np.zeros(count)
        everyone = moving = own = np.arange(count)
        states: dict[str, Array] = {}
        trace: Trace | None = None
        for first in range(0, len(self._xs), self._block):
            xs = self._xs[first : first + self._block]
            stop = first + len(xs)
            wanted = everyone if self._objective.asked[first:stop].any() else moving
            if not len(wanted):
                continue
            if trace is not None and wanted is own:
                trace.go_on(xs)
            else:
                if trace is not None:
                    for state, last in trace.carried.items():
                        states.setdefault(state, last)[own] = last
                # given back before the next ones take theirs
                trace, own = None, wanted
                parameters = spread(self._parameters, [replace(axis, values=axis.values[own]) for axis in axes])
                initial = {state: array[own] for state, array in states.items()} or self._initial
                trace = self._network.run(parameters, xs, initial=initial, networks=len(own), dtype=dtype)
            losses[own] += self._objective.totals(trace, first)
            if stop == len(self._xs):
                break
            if stop - TURN >= self._steady:
                moves = ~at_rest(trace)
                moving = own if moves.mean() > 1 - RESTING else own[moves]
            yield None
        yield Rows(tuple(rows[known:]), losses.reshape(len(rows), self.columns)[known:])


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
