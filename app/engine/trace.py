"""What a run of a network leaves: every value at every step, in the order of the inputs, ready to differentiate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from numpy.typing import ArrayLike

from .address import Named, parse
from .check import as_inputs, as_named, check_step
from .gradient import Gradient
from .ops import Array, quietly
from .problems import NetworkError
from .rules import PREVIOUS
from .run import Run
from .sizes import check_sizes
from .wiring import Wires


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

    Derived names work too: `trace["i:in"]` is what the sigmoid of i was taken of. `runs` holds one run for each part;
    T and stretches are those of the last part.
    """

    def __init__(self, wires: Wires, runs: Mapping[str, Run]) -> None:
        self.wires, self.runs = wires, runs
        *_, self._last = runs.values()

    def __del__(self) -> None:
        # what reads the arrays holds the trace, and the trace holds none of that: they go back with the last of them
        for run in self.runs.values():
            run.release()

    @property
    def values(self) -> Named:
        """Every value at every step, (T, units) or (T, batch, units)."""
        return Named(self.wires.names, self.wires.values, self.read)

    @property
    def before(self) -> Named:
        """Every state as it was before each step, of the same shape."""
        return Named(self.wires.names, self.wires.states, lambda full: self.read(full + PREVIOUS))

    @property
    def last(self) -> Named:
        """Every state after the last step that its place has read, (units,) or (batch, units).

        A backward layer reads the sequence's first step last, so that state is row 0 of its series, not row -1.
        """
        return Named(self.wires.names, self.wires.states, lambda full: self.runs[parse(full).part].last(full))

    @property
    def carried(self) -> Named:
        """Starting states for the next chunk of the same sequences: `last`, where every layer reads forward.

        Raises NetworkError when one reads backward: it would have to know the next chunk first.
        """
        problems = self.wires.reads_backward
        if problems:
            raise NetworkError(problems)
        return self.last

    def go_on(self, xs: ArrayLike) -> None:
        """Runs the next steps of the same sequence, which are written over those that were: (T, inputs), T at most as before.

        For whoever needs no step twice and no gradient. Where there are fewer steps than before, the last rows are still
        the old ones. Only of a network of one part that can go on (`Wires.goes_on`).
        """
        assert self.wires.goes_on, "what reads backward or counts its steps is run whole"
        inputs = as_inputs(xs, self._last.stack.inputs, self._last.dtype)
        assert len(inputs) <= self.length, "there is room for so many steps as there were"
        with quietly():
            self._last.go_on(inputs[:, None] if self._last.many else inputs)

    @property
    def length(self) -> int:
        """T, the number of steps."""
        return self._last.length

    @property
    def lengths(self) -> dict[str, Array | int]:
        """The steps that count, by part: one number, or one for each sequence of a batch."""
        return {name: run.length if run.lengths is None else run.lengths for name, run in self.runs.items()}

    def __getitem__(self, name: str) -> Array:
        return self.read(self.wires.value(name))

    def read(self, full: str, first: int = 0, stop: int | None = None) -> Array:
        """A copy of the values of a full address at steps first..stop (from 0)."""
        return self.runs[parse(full).part].read(full, first, stop)

    def step(self, number: int) -> Step:
        """Timestep `number`, counted from 1.

        Raises NetworkError for a step that there is not.
        """
        check_step(number, self.length)
        names, stack, first = self.wires.names, self._last.stack, number - 1
        return Step(
            number,
            Named(names, stack.values, lambda full: self.read(full, first, number)[0]),
            Named(names, stack.states, lambda f: self.read(f + PREVIOUS, first, number)[0]),
        )

    def gradient(
        self, outside: Mapping[str, ArrayLike], *, last: Mapping[str, ArrayLike] | None = None
    ) -> Gradient:
        """The total gradient of a loss of which dL/dv is given for some values v, each of v's own shape.

        `last` gives dL/dv of values as their place read them last, (size,) or (batch, size): what `trace.last` holds.
        Raises NetworkError for unknown names and other shapes.
        """
        with quietly():
            gradient = self._gradient(outside, last)
            gradient.backward(0, self.length)
        return gradient

    def gradient_frames(
        self, outside: Mapping[str, ArrayLike], chunk: int = 100
    ) -> Iterator[tuple[int, int, Gradient]]:
        """The same in stretches of at most `chunk` steps, last to first: (first, stop, gradient as far as it has come)."""
        check_sizes({"chunk": chunk})
        gradient = self._gradient(outside, None)
        for stop in range(self.length, 0, -chunk):
            first = max(0, stop - chunk)
            gradient.backward(first, stop)
            yield first, stop, gradient

    def _gradient(self, outside: Mapping[str, ArrayLike], last: Mapping[str, ArrayLike] | None) -> Gradient:
        names, values, dtype = self.wires.names, self.wires.values, self._last.dtype
        given = as_named(outside, names, values, "values", dtype, front=self._axes)
        ends: dict[str, Array] = {}
        if last is not None:
            ends = as_named(last, names, values, "values", dtype, front=lambda _: self._last.lead)
        return Gradient(self, self.wires, self.runs, given, ends)

    def _axes(self, full: str) -> tuple[int, ...]:
        """The axes of a value before its size: the steps of its part, and what is many."""
        run = self.runs[parse(full).part]
        return (run.length, *run.lead)
