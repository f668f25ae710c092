"""A run as it is sent: stretches of steps from first to last, gradients from last to first; or only what is in view."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from app.engine import Gradient, Trace, contributions
from app.frames import Dense

from .checks import INPUT, PREVIOUS
from .experiment import BackwardRecord
from .losses import LOSS, losses
from .numbers import Floats
from .prepared import Prepared
from .windows import Pane

STRETCH_BYTES = 131_072  # of one message: large enough to be quick, small enough to stop in between
MOST_STEPS = 500
MOST_NUMBERS = 500_000  # that are sent unasked: what is larger waits to be looked at
MOST_EACH = 20_000  # numbers of what each step adds to each parameter
STRETCH_WORK = 4_000_000  # multiplications between two moments at which something newer may come first


@dataclass(frozen=True, slots=True)
class Stretch:
    """Arrays (count, n) of the steps from `first` (from 1) on; `totals` are the same for the whole sequence.

    `window` names what they were asked for as, None where everything is sent; `whole`: it asked for all steps.
    """

    first: int
    count: int
    arrays: Mapping[str, Dense]
    totals: dict[str, Floats] | None = None
    window: str | None = None
    whole: bool = False


def chunk(prepared: Prepared) -> int:
    """How many steps are computed at once."""
    known = prepared.known
    if prepared.panes is None:
        return max(1, min(MOST_STEPS, STRETCH_BYTES // (8 * known.kept)))
    return max(1, min(MOST_STEPS, STRETCH_WORK // (known.weights + known.kept)))


def forwards(prepared: Prepared) -> Iterator[tuple[Stretch | None, Trace | None]]:
    """Values of all steps, each time with the trace as far as it has come; no stretch where nothing is in view.

    The readings before the one that is shown come first, without stretch or trace.
    """
    initial = yield from _earlier(prepared)
    frames = prepared.network.frames(prepared.parameters, prepared.inputs, initial=initial, chunk=chunk(prepared))
    waiting = list(prepared.panes or ())
    for start, stop, trace in frames:
        if prepared.panes is None:
            yield (_values(prepared, trace, start, stop) if _unasked(prepared) else None), trace
            continue
        ready = [pane for pane in waiting if pane.span(prepared.steps)[1] <= stop]
        waiting = [pane for pane in waiting if pane not in ready]
        for pane in ready:
            yield seen(prepared, trace, pane), trace
        if not ready:
            yield None, trace


def seen(prepared: Prepared, trace: Trace, pane: Pane) -> Stretch:
    """The values that a window shows."""
    return _values(prepared, trace, *pane.span(prepared.steps), pane)


def frame(prepared: Prepared, trace: Trace, step: int) -> Stretch:
    """The values of one step, from 1."""
    return _values(prepared, trace, step - 1, step)


def run(prepared: Prepared) -> Trace:
    """The whole trace at once, of the last reading."""
    return prepared.network.run(prepared.parameters, prepared.inputs, initial=started(prepared))


def started(prepared: Prepared) -> Mapping[str, Floats]:
    """The states before the first step of what is shown: those given, or as the reading before has left them."""
    initial = prepared.initial
    for _ in range(prepared.carried):
        initial = dict(prepared.network.run(prepared.parameters, prepared.inputs, initial=initial).carried)
    return initial


Pauses = Generator[tuple[None, None], None, Mapping[str, Floats]]


def _earlier(prepared: Prepared) -> Pauses:
    """The same, with moments in between at which something newer may come first."""
    initial = prepared.initial
    for _ in range(prepared.carried):
        initial = yield from _reading(prepared, initial)
    return initial


def _reading(prepared: Prepared, initial: Mapping[str, Floats]) -> Pauses:
    """The states that one reading leaves. Its trace is gone then: many readings need no more memory than one."""
    frames = prepared.network.frames(prepared.parameters, prepared.inputs, initial=initial, chunk=chunk(prepared))
    left = initial
    for _, stop, trace in frames:
        if stop == prepared.steps:
            left = dict(trace.carried)
        yield None, None
    return left


EVERYTHING = Pane("everything")


def _values(prepared: Prepared, trace: Trace, start: int, stop: int, pane: Pane = EVERYTHING) -> Stretch:
    names = [*(name + PREVIOUS for name in trace.before), *trace.values]
    arrays = {name: pane.cast(trace.read(name, start, stop)) for name in names if pane.shows(name)}
    if pane.shows(INPUT):
        arrays[INPUT] = pane.cast(prepared.inputs[start:stop])
    if prepared.objective is not None and stop > start:
        arrays |= losses(prepared.objective, trace, start, stop)
    if pane is EVERYTHING:
        return Stretch(start + 1, stop - start, arrays)
    return Stretch(start + 1, stop - start, arrays, window=pane.name, whole=pane.count is None)


def backwards(prepared: Prepared, trace: Trace) -> Iterator[tuple[Stretch | None, Gradient]]:
    """Gradients of what is differentiated, last steps first; nothing when nothing is."""
    asked = differentiated(prepared)
    if asked is None or not felt_at_all(prepared):
        return
    outside = seeds(prepared, trace, asked)
    waiting = [pane for pane in prepared.panes or () if pane.gradients]
    for start, stop, gradient in trace.gradient_frames(outside, chunk(prepared)):
        if prepared.panes is None:
            found = None
            if _unasked(prepared):
                found = _gradients(prepared, trace, gradient, start, stop, by_step=_by_step(prepared, stop))
            yield found, gradient
            continue
        ready = [pane for pane in waiting if start <= pane.span(prepared.steps)[0]]
        waiting = [pane for pane in waiting if pane not in ready]
        for pane in ready:
            yield felt(prepared, trace, gradient, pane), gradient
        if not ready:
            yield None, gradient


def felt(prepared: Prepared, trace: Trace, gradient: Gradient, pane: Pane) -> Stretch:
    """The gradients that a window shows."""
    return _gradients(prepared, trace, gradient, *pane.span(prepared.steps), pane)


def _gradients(
    prepared: Prepared,
    trace: Trace,
    gradient: Gradient,
    start: int,
    stop: int,
    pane: Pane = EVERYTHING,
    *,
    by_step: bool = False,
) -> Stretch:
    above = directly(prepared, trace, start, stop)
    names = [name for name in (INPUT, *trace.values) if pane.shows(name)]
    arrays = {name: pane.cast(gradient.read(name, start, stop) + above.get(name, 0)) for name in names}
    if pane is not EVERYTHING:
        return Stretch(start + 1, stop - start, arrays, window=pane.name)
    totals = None
    if start == 0:
        starts = {f"initial:{name}": array for name, array in gradient.initial.items()}
        totals = {**gradient.parameters, **starts}
        if by_step:
            arrays |= each_step(gradient)
    return Stretch(start + 1, stop - start, arrays, totals)


EACH = "each:"


def each_step(gradient: Gradient) -> dict[str, Floats]:
    """What each step adds to the gradient of a parameter, (T, its numbers row by row), for all of them; tied ones together."""
    found: dict[str, Floats] = {}
    for name, total in gradient.parameters.items():
        added = np.sum([*contributions(gradient, name).values()], axis=0)
        found[EACH + name] = added.reshape(len(added), total.size)
    return found


def _by_step(prepared: Prepared, stop: int) -> bool:
    """Whether it is wanted: of the loss, in a gradient that is sent at once and is small enough to be read."""
    asked = prepared.backward
    small = prepared.steps * prepared.known.weights <= MOST_EACH
    return asked is not None and asked.of == LOSS and stop == prepared.steps and small


def felt_at_all(prepared: Prepared) -> bool:
    """Whether anybody looks at gradients."""
    return prepared.panes is None or any(pane.gradients for pane in prepared.panes)


def _unasked(prepared: Prepared) -> bool:
    return prepared.steps * prepared.known.kept <= MOST_NUMBERS


def fresh(panes: Iterable[Pane], before: Iterable[Pane] | None) -> list[Pane]:
    """What was not looked at before."""
    known = set(before or ())
    return [pane for pane in panes if pane not in known]


def gradient(prepared: Prepared, trace: Trace) -> Gradient:
    """All gradients at once of what is differentiated."""
    asked = differentiated(prepared)
    return trace.gradient({} if asked is None else seeds(prepared, trace, asked))


def differentiated(prepared: Prepared) -> BackwardRecord | None:
    """What is differentiated; when the sequence has become shorter than its step, at the last step."""
    asked = prepared.backward
    return asked and asked.model_copy(update={"step": min(asked.step, prepared.steps)})


def seeds(prepared: Prepared, trace: Trace, asked: BackwardRecord) -> dict[str, Floats]:
    """dL/dv (T, n) of each value v that L is made of directly."""
    if asked.of == LOSS and prepared.objective is not None:
        return prepared.objective.outside(prepared.objective.loss(trace))
    return {asked.of: seed(prepared, asked)}


def directly(prepared: Prepared, trace: Trace, start: int, stop: int) -> Mapping[str, Floats]:
    """What a loss that is measured below a value adds to dL/dv of that value, at steps start..stop (from 0)."""
    asked = prepared.backward
    if asked is None or asked.of != LOSS or prepared.objective is None:
        return {}
    return prepared.objective.above(trace, start, stop)


def seed(prepared: Prepared, asked: BackwardRecord) -> Floats:
    """dL/dv of the value v itself (T, n): 1 at its step, for one unit or for all."""
    found = np.zeros((prepared.steps, prepared.known.values[asked.of]))
    found[asked.step - 1, slice(None) if asked.unit is None else asked.unit] = 1.0
    return found
