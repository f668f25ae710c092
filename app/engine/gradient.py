"""Total gradients of a loss through a whole network, its parts from the last to the first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from .address import Named, parse
from .ops import Array
from .run import Run
from .sweep import Sweep
from .wiring import Wires


class Gradient:
    """`gradient["c"]` is dL/dc at every step, of the shape of the values; likewise every other named value.

    `parameters`, `inputs` and `initial` (starting states) hold the rest. What the loss does not depend on is 0.
    `owner` is kept alive, since the gradient reads its values; so are `runs`, one for each part.
    """

    def __init__(
        self,
        owner: object,
        wires: Wires,
        runs: Mapping[str, Run],
        outside: Mapping[str, Array],
        last: Mapping[str, Array],
    ) -> None:
        self._owner, self.wires, self.runs = owner, wires, runs
        self.sweeps = {name: Sweep(run) for name, run in runs.items()}
        for full, array in outside.items():
            self.sweeps[parse(full).part].add(full, array)
        for full, array in last.items():
            self._add_last(full, array)

    def _add_last(self, full: str, array: Array) -> None:
        part = parse(full).part
        self.sweeps[part].add(full, self.runs[part].at_last(full, array))

    def backward(self, first: int, stop: int) -> None:
        """Steps first..stop of the last part, stretches from the end on; with its first step, all parts before it."""
        for known in ("parameters", "initial"):
            self.__dict__.pop(known, None)  # asked for before all steps were done
        *before, last = self.sweeps
        self.sweeps[last].backward(first, stop)
        if first > 0:
            return
        self._hand_back(last)
        for name in reversed(before):
            self.sweeps[name].backward(0, self.runs[name].length)
            self._hand_back(name)

    def _hand_back(self, part: str) -> None:
        """What a part's starting states were made of gets their gradients."""
        run = self.runs[part]
        for handed in self.wires.handed:
            if handed.target not in run.handed:  # another part's, or one that was given another start
                continue
            start, at = self.sweeps[part].initial(handed.target), 0
            for source in handed.sources:
                width = self.runs[parse(source).part].stack.values[source][0]
                self._add_last(source, start[..., at : at + width])
                at += width

    def __getitem__(self, name: str) -> Array:
        return self.read(self.wires.value(name))

    def read(self, full: str, first: int = 0, stop: int | None = None) -> Array:
        """A copy of the gradient of a value, an input or a state one step earlier at steps first..stop."""
        return self.sweeps[parse(full).part].read(full, first, stop)

    @property
    def inputs(self) -> Array:
        """dL/dx, of the shape of the inputs; of the last part, where there are several."""
        *_, last = self.runs.values()
        return self.read(last.stack.input)

    @property
    def values(self) -> Named:
        """dL/dv of every value."""
        return Named(self.wires.names, self.wires.values, self.read)

    @cached_property
    def parameters(self) -> Named:
        """dL/dparameter, summed over all steps and sequences, and over the places that have it in common."""
        found: dict[str, Array] = {}
        for sweep in self.sweeps.values():
            found |= sweep.parameters()
        for name, source in self.wires.tied.items():
            found[source] = found[source] + found.pop(name)
        return Named(self.wires.names, found, found.__getitem__)

    @cached_property
    def initial(self) -> Named:
        """dL/dstate before the first step that its place reads."""
        found = {name: sweep.initial(name) for sweep in self.sweeps.values() for name in sweep.run.stack.states}
        return Named(self.wires.names, found, found.__getitem__)
