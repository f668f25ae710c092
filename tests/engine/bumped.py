"""A network run once more with any number moved a little: the oracle for derivatives of anything by anything.

Nothing of the backward pass is used: the equations are worked out one by one in complex numbers, K times side by side,
each time with another number moved by an imaginary step (Squire & Trapp 1998).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine import Trace, evaluate
from app.engine.address import READOUT
from app.engine.expr import Apply
from app.engine.ops import every
from app.engine.place import START, Place
from app.engine.run import Run

Array = NDArray[Any]
STEP = 1e-30
Bumps = Mapping[str, Array]


class Moved:
    """All values again, (T, K, *lead, size) complex by full address.

    `along` cuts all ways through time in the layer of one state but that from the state to itself, straight through its
    own equation: whatever else reads a state one step earlier reads it unmoved.

    What is added, with K in front: `values` (T, K, *lead, size) in the order of the sequence, the inputs of a part among
    them, `starts` (K, *lead, size), `parameters` (K, *shape).
    """

    def __init__(
        self,
        trace: Trace,
        values: Bumps | None = None,
        starts: Bumps | None = None,
        parameters: Bumps | None = None,
        along: str | None = None,
    ) -> None:
        self.trace, self.values, self.along = trace, values or {}, along
        self.starts, self.parameters = starts or {}, parameters or {}
        self.found: dict[str, Array] = {}
        self.cells: dict[str, _Cell] = {}
        given = [a.shape[1] for a in self.values.values()]
        given += [len(a) for group in (self.starts, self.parameters) for a in group.values()]
        self.count = given[0]
        with np.errstate(all="ignore"):
            for run in trace.runs.values():
                self._part(run)

    def _part(self, run: Run) -> None:
        xs = np.repeat(run.xs[:, None].astype(complex), self.count, axis=1)
        xs = xs + self.values.get(run.stack.input, 0)
        cells = self.cells
        cells |= {place.prefix: _Cell(self, run, place) for place in run.places}
        levels = list(run.layers.values())
        if run.fed is not None:
            for t in range(run.length):
                below = xs[t]
                for places in levels:
                    cells[places[0].prefix].step(t, below)
                    below = cells[places[0].prefix].steps[t][places[0].program.output]
                if t + 1 < run.length:
                    place = run.place(run.fed)
                    arrived = cells[place.prefix].steps[t][run.fed.rpartition(".")[2]]
                    xs[t + 1] = arrived + (xs[t + 1] - xs[t + 1].real)
            self.found[run.stack.input] = xs
            for place in run.places:
                cells[place.prefix].collect()
            return
        self.found[run.stack.input] = below = xs
        for places in levels:
            for place in places:
                series = turned(run, place, below)
                for t in range(run.length):
                    cells[place.prefix].step(t, series[t])
                cells[place.prefix].collect()
            below = np.concatenate([self.found[place.address(place.program.output)] for place in places], axis=-1)


class _Cell:
    def __init__(self, moved: Moved, run: Run, place: Place) -> None:
        self.moved, self.run, self.place = moved, run, place
        program, forward, tied = place.program, run.runs[place.prefix], moved.trace.wires.tied
        lead = (1,) * (len(run.lead) - run.many)
        self.still: dict[str, Array] = {name: np.asarray(value) for name, value in program.constants.items()}
        self.still |= evaluate.masks(program, place.sizes)
        for name in program.parameter:
            full = place.address(name)
            self.still[name] = forward.still[name]
            bump = moved.parameters.get(tied.get(full, full))
            if bump is not None:
                self.still[name] = forward.still[name] + bump.reshape(len(bump), *lead, *bump.shape[1:])
        self.bumps = {
            name: turned(run, place, moved.values[place.address(name)])
            for name in program.value
            if place.address(name) in moved.values
        }
        self.steps: list[dict[str, Array]] = []
        self.state = {name: self._start(name) for name in program.states}

    def _start(self, name: str) -> Array:
        full, moved = self.place.address(name), self.moved
        start = self.run.runs[self.place.prefix].earlier[name][0]
        start = np.repeat(start[None].astype(complex), moved.count, axis=0)
        for handed in moved.trace.wires.handed:
            if handed.target == full and full in self.run.handed:
                start = np.concatenate([self._last(source) for source in handed.sources], axis=-1)
        learned = moved.parameters.get(moved.trace.wires.tied.get(full + START, full + START))
        if learned is not None and full in self.run.learned:
            start = start + learned.reshape(len(learned), *(1,) * (start.ndim - learned.ndim), *learned.shape[1:])
        return start + moved.starts.get(full, 0)

    def _last(self, source: str) -> Array:
        """A value as its place read it last, (K, *lead, size)."""
        run = self.moved.trace.runs[source.partition(".")[0]]
        series = turned(run, run.place(source), self.moved.found[source])
        if run.lengths is None:
            return series[-1]
        lengths = np.broadcast_to(run.lengths, run.lead)
        found = np.empty(series.shape[1:], complex)
        for index in np.ndindex(*run.lead):
            found[:, *index] = series[lengths[index] - 1, :, *index]
        return found

    def step(self, t: int, x: Array) -> None:
        program, place = self.place.program, self.place
        env = dict(self.still) | {f"{name}_prev": value for name, value in self.state.items()}
        if place.layer == READOUT:
            for name in program.inputs:
                # a top layer in both directions has been read whole, a part that is fed its own output only so far
                tops = [self.moved.cells[top.prefix] for top in self.run.stack.top]
                rows = [turned(self.run, top.place, top.series(name))[t] for top in tops]
                env[name] = np.concatenate(rows, axis=-1)
        else:
            env["x"] = x
        shape = (self.moved.count, *self.run.lead)
        for each in program.lowered:
            if each.target in program.fixed:
                continue
            match each.expr:
                case Apply("every") as clock:
                    env[each.target] = every(place.sizes[program.value[each.target].size], t + 1, *evaluate.periods(clock))
                case expr:
                    env[each.target] = evaluate.compute(expr, env | self._cut(each.of))
            size = place.sizes[program.value[each.target].size]
            env[each.target] = np.broadcast_to(env[each.target], (*shape, size))
            if each.target in self.bumps:
                env[each.target] = env[each.target] + self.bumps[each.target][t]
        self.state = {name: env[name] for name in program.states}
        self.steps.append(env)

    def _cut(self, equation: str) -> dict[str, Array]:
        """The states one step earlier that an equation reads unmoved."""
        along = self.moved.along
        if along is None or not along.startswith(self.place.prefix):
            return {}
        own = along.removeprefix(self.place.prefix)
        cut = [name for name in self.state if not name == own == equation]
        return {f"{name}_prev": self.state[name].real.astype(complex) for name in cut}

    def series(self, name: str) -> Array:
        """As far as it has come, in the order in which the place reads."""
        return np.stack([env[name] for env in self.steps])

    def collect(self) -> None:
        for name in self.place.program.value:
            self.moved.found[self.place.address(name)] = turned(self.run, self.place, self.series(name))


def turned(run: Run, place: Place, series: Array) -> Array:
    """Between the order of the sequence and that in which a place reads, (T, K, *lead, size)."""
    return np.stack([run.turned(place, series[:, k]) for k in range(series.shape[1])], axis=1)


def by_value(trace: Trace, full: str, along: str | None = None) -> Moved:
    """Each entry of a value, or of a part's input, moved at each step in all sequences: K is T times its size."""
    run = trace.runs[full.partition(".")[0]]
    size = trace[full].shape[-1]
    bump = np.zeros((run.length, run.length, size, *run.lead, size), complex)
    for step in range(run.length):
        for k in range(size):
            bump[step, step, k, ..., k] = STEP * 1j
    return Moved(trace, values={full: bump.reshape(run.length, run.length * size, *run.lead, size)}, along=along)


def by_start(trace: Trace, full: str) -> Moved:
    """Each entry of a starting state moved in all sequences: K is its size."""
    run = trace.runs[full.partition(".")[0]]
    size = trace[full].shape[-1]
    bump = np.zeros((size, *run.lead, size), complex)
    for k in range(size):
        bump[k, ..., k] = STEP * 1j
    return Moved(trace, starts={full: bump})


def by_parameter(trace: Trace, full: str) -> Moved:
    """Each entry of a parameter moved, in all networks if there are many: K is how many entries it has."""
    run = trace.runs[full.partition(".")[0]]
    shape = trace.wires.parameters[full]
    bump = STEP * 1j * np.eye(int(np.prod(shape)))
    bump = np.broadcast_to(bump.reshape(-1, *(1,) * run.many, *shape), (len(bump), *run.lead[: run.many], *shape))
    return Moved(trace, parameters={full: bump})


def derivative(moved: Moved, full: str) -> Array:
    """d value / d what was moved, (T, K, *lead, size); 0 after a sequence's end."""
    run = moved.trace.runs[full.partition(".")[0]]
    found: Array = moved.found[full].imag / STEP
    return found if run.ended is None else np.where(run.ended[:, None, ..., None], 0, found)


def matrices(moved: Moved, of: str, wrt: str) -> Array:
    """d of_t / d wrt_s of every value at every step by what `by_value` has moved, (T, T, *lead, m, n)."""
    run = moved.trace.runs[wrt.partition(".")[0]]
    found = derivative(moved, of)
    found = found.reshape(len(found), run.length, -1, *found.shape[2:])
    found = np.moveaxis(found, 2, -1)
    return found if run.ended is None else np.where(run.ended[..., None, None], 0, found)
