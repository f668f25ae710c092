"""What a run of a network leaves: every value at every step, in the order of the inputs, ready to differentiate."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from numpy.typing import ArrayLike

from .address import Named
from .check import as_named
from .gradient import Gradient
from .ops import Array
from .rules import PREVIOUS
from .run import Run


@dataclass(frozen=True)
class Step:
    """One timestep: its number from 1, values (size,) or (batch, size), and states as they were before it."""

    step: int
    values: Mapping[str, Array]
    before: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        return self.values[name]


class Trace:
    """Values of a run: `trace["c"]` (T, units) or (T, batch, units), `trace.before["c"]` one step earlier.

    Derived names work too: `trace["i:in"]` is what the sigmoid of i was taken of.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        # what reads the arrays holds the trace, and the trace holds none of that: they go back with the last of them
        weakref.finalize(self, run.release)

    @property
    def values(self) -> Named:
        """Every value at every step, (T, units) or (T, batch, units)."""
        return Named(self.run.names, self.run.values, self.read)

    @property
    def before(self) -> Named:
        """Every state as it was before each step, of the same shape."""
        return Named(self.run.names, self.run.states, lambda full: self.read(full + PREVIOUS))

    @property
    def last(self) -> Named:
        """Every state after the last step that its place has read, (units,) or (batch, units)."""
        return Named(self.run.names, self.run.states, lambda full: self.run.last(full))

    @property
    def length(self) -> int:
        """T, the number of steps."""
        return self.run.length

    def __getitem__(self, name: str) -> Array:
        return self.read(self.run.value(name))

    def read(self, full: str, first: int = 0, stop: int | None = None) -> Array:
        """A copy of the values of a full address at steps first..stop (from 0)."""
        return self.run.read(full, first, stop)

    def step(self, number: int) -> Step:
        """Timestep `number`, counted from 1."""
        assert 1 <= number <= self.length, f"there is no step {number}"
        names, first = self.run.names, number - 1
        return Step(
            number,
            Named(names, self.run.values, lambda full: self.read(full, first, number)[0]),
            Named(names, self.run.states, lambda f: self.read(f + PREVIOUS, first, number)[0]),
        )

    def gradient(self, outside: Mapping[str, ArrayLike]) -> Gradient:
        """The total gradient of a loss of which dL/dv is given for some values v, each of v's own shape.

        Raises NetworkError for unknown names and other shapes.
        """
        gradient = Gradient(self, self.run, self._given(outside))
        gradient.backward(0, self.length)
        return gradient

    def gradient_frames(
        self, outside: Mapping[str, ArrayLike], chunk: int = 100
    ) -> Iterator[tuple[int, int, Gradient]]:
        """The same in stretches from the last step to the first: (first, stop, gradient as far as it has come)."""
        assert chunk >= 1, "a stretch has at least one step"
        gradient = Gradient(self, self.run, self._given(outside))
        for stop in range(self.length, 0, -chunk):
            first = max(0, stop - chunk)
            gradient.backward(first, stop)
            yield first, stop, gradient

    def _given(self, outside: Mapping[str, ArrayLike]) -> dict[str, Array]:
        front = (self.length, *self.run.lead)
        return as_named(outside, self.run.names, self.run.values, "values", self.run.dtype, front=front)
