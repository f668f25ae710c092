"""Several gradients at once, through a whole network: the way back of `gradient`, with one more axis for the losses.

Where losses touch single steps of a layer without memory (a readout), each is followed at its own step alone, so that
a large readout costs no table over time.
"""

from __future__ import annotations

import numpy as np

from ..address import INPUT_LAYER, parse
from ..ops import Array, quietly
from ..place import START, Place
from ..run import Run
from .descent import down, lowest, order, prefix_of
from .fan_plan import FanPlan
from .fan_walk import Given, Kept, add, at_once, walk
from .rays import turned


class Fan:
    """The gradients of N losses, worked out as planned; what a loss does not depend on is 0.

    A series is (T, *lead, N, size) in the order of the sequence; of its norms (T, *lead, N) for each loss, or
    (T, *lead) for all losses together.
    """

    def __init__(self, plan: FanPlan) -> None:
        self.plan, self.rays = plan, plan.rays
        self._dense: Given = {}
        self._seeds: Given = {}
        self._series: dict[str, Array] = {}
        self._starts: dict[str, Array] = {}
        self._totals: dict[str, Array] = {}
        run = plan.runs[self.rays.part]
        for full, array in self.rays.seeds.items():
            if run.ended is not None:
                array = np.where(run.ended[self.rays.when][..., None], run.dtype.type(0), array)
            self._seeds.setdefault(prefix_of(full), {})[parse(full).symbol] = array
        with quietly():
            for run in reversed(list(plan.runs.values())):
                self._part(run)

    def series(self, full: str) -> Array:
        """dL/dv at all steps of a value, an input or a state one step earlier that was asked for."""
        if full not in self._series:
            run = self.plan.runs[parse(full).part]
            shape = self.plan.kept_shape((*run.lead, self.rays.count, self._size(full)))
            return np.zeros((run.length, *shape), run.dtype)
        return self._series[full]

    def start(self, full: str) -> Array:
        """dL/dstate before the first step that its place reads, (*lead, N, size)."""
        if full not in self._starts:
            run = self.plan.runs[parse(full).part]
            return np.zeros((*run.lead, self.rays.count, self._size(full)), run.dtype)
        return self._starts[full]

    def total(self, full: str) -> Array:
        """dL/dparameter, (N, *shape), or (N, networks, *shape): of one place, where several have it in common."""
        run = self.plan.runs[parse(full).part]
        if full.endswith(START):
            state = full.removesuffix(START)
            rays = np.moveaxis(self.start(state), -2, 0)
            rays = rays if state in run.learned else np.zeros_like(rays)
            return rays if run.many else rays.sum(tuple(range(1, rays.ndim - 1)))
        if full not in self._totals:
            still = run.runs[prefix_of(full)].still[parse(full).symbol]
            return np.zeros((self.rays.count, *still.shape), run.dtype)
        return self._totals[full]

    def _size(self, full: str) -> int:
        run = self.plan.runs[parse(full).part]
        if parse(full).layer == INPUT_LAYER:
            return int(run.xs.shape[-1])
        return int(run.runs[prefix_of(full)].raw(parse(full).symbol).shape[-1])

    # the way back

    def _part(self, run: Run) -> None:
        reached = [place for place in order(run.stack) if place.prefix in self.plan.pulls]
        if run.fed is not None and reached:
            for prefix, kept in walk(self.plan, run, reached, self._dense, self._seeds).items():
                self._finish(run, next(place for place in reached if place.prefix == prefix), kept)
        for place in reached if run.fed is None else ():
            seeds = self._seeds.get(place.prefix, {})
            if place.prefix not in self.plan.apart:
                kept = walk(self.plan, run, [place], self._dense, self._seeds)[place.prefix]
                self._finish(run, place, kept)
                self._go_down(run, place, kept)
            else:
                kept, inputs = at_once(self.plan, run, place, seeds)
                self._finish(run, place, kept)
                for step in down(run.stack, place):
                    if step.name in inputs:
                        below = self._seeds.setdefault(step.target.prefix, {})
                        add(below, step.symbol, inputs[step.name][..., step.first : step.stop])
            self._dense.pop(place.prefix, None)
        if run.stack.input in self._series:
            self._series[run.stack.input] = self.plan.reduced(self._series[run.stack.input])
        for handed in self.plan.wires.handed:
            if handed.target in run.handed and handed.target in self._starts:
                self._hand_back(handed.target, handed.sources)

    def _finish(self, run: Run, place: Place, kept: Kept) -> None:
        """Answers in the order of the sequence."""
        asked = kept.whole if self.plan.is_full else kept.norms
        for name in self.plan.wants[place.prefix].series.intersection(asked):
            self._series[place.address(name)] = turned(run, place, asked[name])
        if place in lowest(run.stack) and run.stack.input in self.plan.inputs and "x" in kept.whole:
            add(self._series, run.stack.input, turned(run, place, kept.whole["x"]))
        self._starts |= {place.address(name): array for name, array in kept.starts.items()}
        self._totals |= {place.address(name): array for name, array in kept.totals.items()}

    def _go_down(self, run: Run, place: Place, kept: Kept) -> None:
        for name in place.program.inputs:
            steps = [step for step in down(run.stack, place) if step.name == name and name in kept.whole]
            whole = turned(run, place, kept.whole[name]) if steps else None
            for step in steps:
                if whole is not None:
                    self._add(run, step.target, step.symbol, whole[..., step.first : step.stop])

    def _add(self, run: Run, place: Place, symbol: str, array: Array) -> None:
        """Gradients at all steps, in the order of the sequence, for a value from outside its place."""
        add(self._dense.setdefault(place.prefix, {}), symbol, turned(run, place, array))

    def _hand_back(self, target: str, sources: tuple[str, ...]) -> None:
        """What a starting state was made of gets its gradient."""
        start, at = self._starts[target], 0
        for source in sources:
            run = self.plan.runs[parse(source).part]
            part = start[..., at : at + self._size(source)]
            last = run.at_last(source, part.reshape(*run.lead, -1))
            self._add(run, run.place(source), parse(source).symbol, last.reshape(run.length, *part.shape))
            at += part.shape[-1]
