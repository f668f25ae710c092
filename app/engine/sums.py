"""Gradients for all steps at once: what hangs off the backward loop."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from . import bulk
from .adjoint import GRADIENT
from .expr import Expr
from .flow import Flow
from .forward import Forward
from .ops import Array, quietly
from .rooms import Rooms
from .rules import PREVIOUS
from .totals import Totals


class Sums:
    """Whatever a finished stretch of the backward loop leaves to be worked out when it is asked for.

    All in the layout of the run: `loop` holds what the loop itself forms, `blocks` where a gradient lies among its
    neighbours, `whole` what has been asked for already.
    """

    def __init__(self, forward: Forward, flow: Flow) -> None:
        self.forward, self.flow = forward, flow
        self.length, self.lead, self.dtype = forward.length, forward.lead, forward.dtype
        self.layout = forward.layout
        self.rooms = Rooms(self.dtype, weightless=forward.rooms.weightless)
        self.outside = {name: self.rooms.zeros(self.length, *self.shape(name)) for name in flow.outside}
        self.loop: dict[str, Array] = {}
        self.whole: dict[str, Array] = {}
        self.blocks: dict[str, tuple[Array, int, int]] = {}

    def knows(self, symbol: str) -> bool:
        """Whether the symbol is one that is differentiated for (a clock is not)."""
        return symbol in self.flow.terms

    def array(self, symbol: str, first: int = 0, stop: int | None = None) -> Array:
        """dL/dsymbol at steps first..stop: a value, an input, or a state one step earlier as `c_prev`.

        A stretch can be asked for as soon as the loop has run down to its first step. An input that all read has a
        gradient for each of them.
        """
        return self.layout.outward(self.rows(symbol, first, self.length if stop is None else stop))

    def rows(self, symbol: str, first: int, stop: int) -> Array:
        """The same in the layout of the run."""
        if symbol in self.loop:
            return self.loop[symbol][first:stop]
        if symbol in self.whole:
            return self.whole[symbol][first:stop]
        with quietly():
            result = self._sum(symbol, first, stop)
        if (first, stop) == (0, self.length):
            self.whole[symbol] = result
        return result

    def parameters(self) -> dict[str, Array]:
        """dL/dparameter of every parameter, summed over all steps and, unless there are many networks, sequences."""
        with quietly():
            return self._totals.compute()

    def _sum(self, symbol: str, first: int, stop: int) -> Array:
        total: Array | None = None
        if symbol in self.outside:
            total = self.outside[symbol][first:stop]
        for term in self.flow.terms[symbol]:
            part = self.evaluate(term, first, stop)
            total = part if total is None else total + part
        if symbol in self.flow.carried:
            later = np.zeros((stop - first, *self.shape(symbol)), self.dtype)
            until = min(stop + 1, self.length)
            later[: until - first - 1] = self.rows(symbol + PREVIOUS, first + 1, until)
            total = later if total is None else total + later
        shape = (stop - first, *self.shape(symbol))
        if total is None:
            return np.zeros(shape, self.dtype)
        return total if total.shape == shape else np.broadcast_to(total, shape)

    def evaluate(self, expr: Expr, first: int, stop: int, out: Array | None = None) -> Array:
        """An adjoint expression at steps first..stop."""

        def lookup(name: str) -> Array:
            if name.startswith(GRADIENT):
                return self.rows(name.removeprefix(GRADIENT), first, stop)
            return self.forward.inner(name, first, stop)

        return bulk.evaluate(expr, lookup, self.layout, out)

    def shape(self, symbol: str) -> tuple[int, ...]:
        """The shape of a gradient at one step, in the layout of the run."""
        return (self.forward.stored(symbol).shape[1], *self.lead)

    @cached_property
    def _totals(self) -> Totals:
        return Totals(self)
