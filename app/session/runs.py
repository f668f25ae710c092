"""A run as it is sent: stretches of steps from first to last, gradients from last to first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.engine import Gradient, Trace

from .checks import INPUT, PREVIOUS
from .experiment import BackwardRecord
from .numbers import Floats
from .prepared import Prepared

STRETCH_BYTES = 131_072  # of one message: large enough to be quick, small enough to stop in between
MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class Stretch:
    """Arrays (count, n) of the steps from `first` (from 1) on; `totals` are the same for the whole sequence."""

    first: int
    count: int
    arrays: dict[str, Floats]
    totals: dict[str, Floats] | None = None


def chunk(prepared: Prepared) -> int:
    """How many steps fit into a message."""
    return max(1, min(MOST_STEPS, STRETCH_BYTES // (8 * prepared.known.kept)))


def forwards(prepared: Prepared) -> Iterator[tuple[Stretch, Trace]]:
    """Values of all steps, each time with the trace as far as it has come."""
    frames = prepared.network.frames(
        prepared.parameters, prepared.inputs, initial=prepared.initial, chunk=chunk(prepared)
    )
    for start, stop, trace in frames:
        yield _values(prepared, trace, start, stop), trace


def frame(prepared: Prepared, step: int) -> Stretch:
    """The values of one step, from 1."""
    return _values(prepared, run(prepared), step - 1, step)


def run(prepared: Prepared) -> Trace:
    """The whole trace at once."""
    return prepared.network.run(prepared.parameters, prepared.inputs, initial=prepared.initial)


def _values(prepared: Prepared, trace: Trace, start: int, stop: int) -> Stretch:
    names = [*(name + PREVIOUS for name in trace.before), *trace.values]
    arrays = {name: trace.read(name, start, stop) for name in names if _wanted(prepared, name)}
    if _wanted(prepared, INPUT):
        arrays[INPUT] = prepared.inputs[start:stop]
    return Stretch(start + 1, stop - start, arrays)


def backwards(prepared: Prepared, trace: Trace) -> Iterator[Stretch]:
    """Gradients of what is differentiated, last steps first; nothing when nothing is."""
    asked = differentiated(prepared)
    if asked is None:
        return
    outside = {asked.of: seed(prepared, asked)}
    for start, stop, gradient in trace.gradient_frames(outside, chunk(prepared)):
        names = [name for name in (INPUT, *trace.values) if _wanted(prepared, name)]
        arrays = {name: gradient.read(name, start, stop) for name in names}
        totals = None
        if start == 0:
            starts = {f"initial:{name}": array for name, array in gradient.initial.items()}
            totals = {**gradient.parameters, **starts}
        yield Stretch(start + 1, stop - start, arrays, totals)


def gradient(prepared: Prepared, trace: Trace) -> Gradient:
    """All gradients at once of what is differentiated."""
    asked = differentiated(prepared)
    return trace.gradient({} if asked is None else {asked.of: seed(prepared, asked)})


def differentiated(prepared: Prepared) -> BackwardRecord | None:
    """What is differentiated; when the sequence has become shorter than its step, at the last step."""
    asked = prepared.backward
    return asked and asked.model_copy(update={"step": min(asked.step, prepared.steps)})


def seed(prepared: Prepared, asked: BackwardRecord) -> Floats:
    """dL/dv of the value v itself (T, n): 1 at its step, for one unit or for all."""
    found = np.zeros((prepared.steps, prepared.known.values[asked.of]))
    found[asked.step - 1, slice(None) if asked.unit is None else asked.unit] = 1.0
    return found


def _wanted(prepared: Prepared, name: str) -> bool:
    return prepared.symbols is None or name in prepared.symbols
