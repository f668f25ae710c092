"""One value at one step, as a person points at it; and the gradient of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..address import parse
from ..check import step_problems, whole
from ..gradient import Gradient
from ..ops import Array
from ..problems import NetworkError, Problem
from ..run import Run
from ..trace import Trace


@dataclass(frozen=True, slots=True)
class Point:
    """A value by full address at a step (from 1), one of its units (from 0) or all of them."""

    full: str
    step: int
    unit: int | None
    run: Run

    @property
    def size(self) -> int:
        """How many numbers the value holds."""
        return self.run.stack.values[self.full][0]

    def seeds(self) -> Array:
        """One loss for each unit that is meant, (N, *lead, size): that number itself."""
        units = range(self.size) if self.unit is None else [self.unit]
        rows = np.eye(self.size, dtype=self.run.dtype)[list(units)]
        return np.broadcast_to(rows.reshape(len(rows), *(1,) * len(self.run.lead), -1), (len(rows), *self.run.lead, self.size))


def point(trace: Trace, name: str, step: int, unit: int | None = None) -> Point:
    """A value at a step, checked.

    Raises NetworkError for an unknown name, one that is not a value, a step or a unit that there is not.
    """
    full = trace.wires.names.full(name)
    run = trace.runs[parse(full).part]
    problems = step_problems(step, run.length)
    if full not in trace.wires.values:
        known = ", ".join(trace.wires.names.short(value) for value in trace.wires.values)
        said = f"'{name}' is not one of the values"
        unknown = Problem("unknown-name", said, {"name": name, "suggestion": ""}, f"they are {known}", field=name)
        problems.insert(0, unknown)
    if not problems and unit is not None:
        size, number = trace.wires.values[full][0], whole(unit)
        if number is None or not 0 <= number < size:
            said = f"'{name}' has no unit {unit}: it has {size}"
            args: dict[str, str | int | float] = {"name": name, "unit": str(unit), "size": size}
            problems.append(Problem("no-unit", said, args, "count units from 0", field="unit"))
    if problems:
        raise NetworkError(problems)
    return Point(full, int(step), None if unit is None else int(unit), run)


def gradient_of(trace: Trace, name: str, *, step: int, unit: int | None = None) -> Gradient:
    """The gradient of one value at a step (from 1) with respect to everything: of one unit (from 0), or of their sum.

    In a batch that is each sequence's own value. Raises NetworkError for an unknown name, one that is not a value, a
    step or a unit that there is not.
    """
    at = point(trace, name, step, unit)
    outside = np.zeros((at.run.length, *at.run.lead, at.size), at.run.dtype)
    outside[at.step - 1] = at.seeds().sum(axis=0)
    return trace.gradient({at.full: outside})
