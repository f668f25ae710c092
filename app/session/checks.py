"""Numbers and names from outside against the network that they are for; everything wrong is told at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from app.engine import Network, Objective, Problem, ProblemError, objective, suggestion

from .experiment import BackwardRecord, LossRecord, StartRecord
from .faults import clean
from .losses import LOSS
from .messages import Entry
from .numbers import Floats
from .records import ArrayData

INPUT = "main.0.forward.x"
PREVIOUS = "_prev"
MOST = 12


class Known:
    """What a network has, by full address: parameters with their shapes, values and states with their sizes."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.parameters = network.parameters
        self.values = {
            place.address(value.name): place.sizes[value.size]
            for place in network.places
            for value in place.program.values
        }
        self.states = {
            place.address(name): self.values[place.address(name)]
            for place in network.places
            for name in place.program.states
        }
        self._memory = (0, 0)

    @cached_property
    def sent(self) -> frozenset[str]:
        """What frames and gradients can carry."""
        return frozenset({INPUT, *self.values, *(name + PREVIOUS for name in self.states)})

    def cost(self, steps: int, readings: int = 1) -> dict[str, int]:
        """How large a run over so many steps is: numbers to learn, numbers to keep, multiplications of all its readings."""
        work = readings * steps * (self.weights + self.kept)
        return {"parameters": self.weights, "values": steps * self.kept, "work": work}

    def memory(self, steps: int) -> int:
        """Bytes that a run over so many steps takes, gradients included.

        Kept, since a drag asks again at every move, and to work it out takes as long as a short run.
        """
        if self._memory[0] != steps:
            self._memory = (steps, sum(self.network.memory(steps)))
        return self._memory[1]

    @cached_property
    def weights(self) -> int:
        """Numbers in all parameters."""
        return sum(math.prod(shape) for shape in self.parameters.values())

    @cached_property
    def kept(self) -> int:
        """Numbers sent of one step."""
        return sum(self.values.values()) + sum(self.states.values()) + self.network.inputs


class Checks:
    """Collects problems; `finish` raises them all."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._found: list[Problem] = []

    def finish(self) -> None:
        if self._found:
            raise ProblemError(self._found[:MOST])

    def add(self, problems: Iterable[Problem]) -> None:
        self._found += problems

    def inputs(self, rows: Sequence[Sequence[float]]) -> Floats:
        """The sequence (T, inputs)."""
        size = self._known.network.inputs
        for step, row in enumerate(rows, 1):
            if len(row) != size:
                message = f"step {step} has {_numbers(len(row))}, and the network takes {size}"
                self._say("wrong-length", message, f"inputs[{step - 1}]", step=step, got=len(row), want=size)
        if self._found:
            return np.zeros((len(rows), size))
        return np.array(rows, dtype=np.float64).reshape(len(rows), size)

    def carried(self, carried: int) -> int:
        """So many readings before the one that is shown; states can be handed on by what reads forward alone."""
        if carried:
            problems = self._known.network.wires.reads_backward
            self.add(replace(each, hint="read the sequence once", field="carried") for each in problems)
        return carried

    def starts(self, starts: Mapping[str, StartRecord]) -> dict[str, Floats]:
        """Parameters that are started by a rule of their own, by full address."""
        found: dict[str, Floats] = {}
        for name, asked in starts.items():
            address = self._address(name, self._known.parameters, "parameter")
            if address is None:
                continue
            with np.errstate(over="ignore"):
                array = self._known.network.start(address, asked.kind, asked.seed) * asked.scale
            if not np.isfinite(array).all():
                message = f"{clean(name)} times {asked.scale:g} is too large for a number"
                self._say("out-of-range", message, f"starts.{name}.scale", "take a smaller factor")
                continue
            found[address] = array
        return found

    def parameters(self, values: Mapping[str, ArrayData]) -> dict[str, Floats]:
        """Whole parameters by full address."""
        found = {}
        for name, value in values.items():
            address = self._address(name, self._known.parameters, "parameter")
            if address is not None and self._fits(name, value, self._known.parameters[address]):
                found[address] = np.array(value, dtype=np.float64).reshape(self._known.parameters[address])
        return found

    def entries(self, entries: Sequence[Entry], now: Mapping[str, Floats]) -> dict[str, Floats]:
        """All parameters, with some of their numbers replaced."""
        changed: dict[str, Floats] = {}
        for entry in entries:
            address = self._address(entry.address, self._known.parameters, "parameter")
            if address is None:
                continue
            shape = self._known.parameters[address]
            index = tuple(entry.index)
            if len(index) != len(shape) or any(at >= size for at, size in zip(index, shape, strict=True)):
                message = f"{clean(entry.address)} is {_shape(shape)} and has no entry {list(index)}"
                self._say("no-entry", message, entry.address, "count rows and columns from 0", shape=_shape(shape))
                continue
            changed.setdefault(address, now[address].copy())[index] = entry.value
        return {**now, **changed}

    def initial(self, values: Mapping[str, Sequence[float]]) -> dict[str, Floats]:
        """Starting states by full address."""
        found = {}
        for name, row in values.items():
            address = self._address(name, self._known.states, "state")
            if address is not None and self._fits(name, row, (self._known.states[address],)):
                found[address] = np.array(row, dtype=np.float64)
        return found

    def loss(self, asked: LossRecord, steps: int) -> Objective | None:
        """The loss of a sequence of so many steps; None where it is none."""
        of = self._address(asked.of, self._known.values, "value")
        if len(asked.targets) != steps:
            message = f"there are targets for {_steps(len(asked.targets))}, and the sequence has {_steps(steps)}"
            hint = "give each step a row of targets, or null where nothing is asked"
            self._say("wrong-length", message, "loss.targets", hint, got=len(asked.targets), want=steps)
            return None
        if of is None:
            return None
        try:
            made = objective(self._known.network, asked.kind, of, asked.targets)
            made.check()
        except ProblemError as error:
            self.add(replace(each, field=clean(f"loss.{each.field}")) for each in error.problems)
            return None
        return made

    def no_loss(self, field: str) -> None:
        """Something is said of a loss that there is not."""
        self._say("no-loss", "the experiment has no loss", field, "give it a `loss`: kind, of and targets")

    def backward(self, asked: BackwardRecord, steps: int, loss: bool = False) -> BackwardRecord:
        """What is differentiated, with its full address; `loss`: there is one, under that name."""
        address: str | None = LOSS
        if asked.of != LOSS:
            address = self._address(asked.of, self._known.values, "value")
        elif not loss:
            self.no_loss("backward.of")
        elif asked.unit is not None:
            self._say("no-unit", "the loss is one number and has no units", "backward.unit", "leave the unit out")
        if asked.step > steps:
            message = f"there is no step {asked.step}: the sequence has {steps}"
            self._say("no-step", message, "backward.step", step=asked.step, steps=steps)
        if address is None or address == LOSS:
            return asked
        size = self._known.values[address]
        if asked.unit is not None and asked.unit >= size:
            message = f"{clean(asked.of)} has no unit {asked.unit}: it has {size}"
            self._say("no-unit", message, "backward.unit", "count units from 0", unit=asked.unit, size=size)
        return asked.model_copy(update={"of": address})

    def sent(self, names: Sequence[str]) -> frozenset[str]:
        """Symbols that a page wants to be sent."""
        return frozenset(
            address for name in names if (address := self._address(name, self._known.sent, "symbol")) is not None
        )

    def _address(self, name: str, among: Iterable[str], what: str) -> str | None:
        """The full address of a name; a problem if nothing of that kind has it."""
        if name in among:
            return name
        try:
            address = self._known.network.full(name)
        except ProblemError:
            address = ""
        if address in among:
            return address
        shown = clean(name)
        tied = self._known.network.wires.tied
        if what == "parameter" and (address or name) in tied:
            source = self._known.network.short(tied[address or name])
            message = f"'{shown}' is tied to '{source}': the two are one parameter"
            self._say("tied-parameter", message, name, f"say it of '{source}'", name=shown, source=source)
            return None
        close = suggestion(name, among) or suggestion(name, [self._known.network.short(each) for each in among])
        hint = f"did you mean '{close}'?" if close else ""
        self._say(f"unknown-{what}", f"the network has no {what} '{shown}'", name, hint, name=shown)
        return None

    def _fits(self, name: str, value: ArrayData | Sequence[float], shape: tuple[int, ...]) -> bool:
        given = _shape_of(value)
        if given != shape:
            got = "rows of different lengths" if given is None else _shape(given)
            message = f"{clean(name)} is {_shape(shape)}, not {got}"
            self._say("wrong-shape", message, name, name=clean(name), got=got, want=_shape(shape))
        return given == shape

    def _say(self, code: str, message: str, field: str, hint: str = "", **args: str | int | float) -> None:
        self._found.append(Problem(code, message, args, hint, field=clean(field)))


def _shape_of(value: ArrayData | Sequence[float]) -> tuple[int, ...] | None:
    """The shape of nested lists; None when rows differ in length."""
    if not isinstance(value, list):
        return ()
    widths = {len(row) if isinstance(row, list) else None for row in value}
    if len(widths) > 1:
        return None
    width = next(iter(widths), None)
    return (len(value),) if width is None else (len(value), width)


def _shape(shape: tuple[int, ...]) -> str:
    match shape:
        case ():
            return "a single number"
        case (size,):
            return f"a list of {_numbers(size)}"
    return " × ".join(str(size) for size in shape)


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


def _numbers(count: int) -> str:
    return "1 number" if count == 1 else f"{count} numbers"
