"""Everything that depends on one value at one step, and how strongly: the way forward through the whole network."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import prod

import numpy as np

from ..address import parse
from ..ops import Array, quietly
from ..place import Place
from ..rules import PREVIOUS
from ..run import Run
from ..trace import Trace
from .descent import down, lowest, prefix_of
from .norms import frobenius
from .point import Point
from .push import Push
from .rays import entering, turned
from .room import Limits, check_bytes

Given = dict[str, dict[str, Array]]


class Tangents:
    """How every value at every step moves with one value at one step: one ray for each of its units that is meant.

    Values named in `whole` are kept as matrices, the others as norms. Raises NetworkError for more memory than a limit
    allows.
    """

    def __init__(self, trace: Trace, at: Point, limits: Limits, whole: Collection[str] = ()) -> None:
        self.wires, self.runs, self.at = trace.wires, trace.runs, at
        self.seeds = np.moveaxis(at.seeds(), 0, -2)
        #: what is asked for, and what other places read
        self._keep = {source for handed in self.wires.handed for source in handed.sources}.union(whole)
        for run in self.runs.values():
            steps = (step for place in run.places for step in down(run.stack, place))
            self._keep.update(step.target.address(step.symbol) for step in steps)
        #: (T, *lead, N, size) and (T, *lead), in the order of the sequence
        self._whole: dict[str, Array] = {}
        self._norms: dict[str, Array] = {}
        check_bytes(self.bytes(), limits)
        with quietly():
            for run in self.runs.values():
                starts = self._handed(run)
                for group in [run.places] if run.fed is not None else [[place] for place in run.places]:
                    self._walk(run, group, starts)

    def matrices(self, full: str) -> Array:
        """d value_t / d what is moved, of a value that was asked for, at all steps t: (T, *lead, size, N)."""
        return np.swapaxes(self._series(full), -1, -2)

    def norms(self, full: str) -> Array:
        """(T, *lead): Frobenius norms of the same, of any value, and of an input that is fed."""
        run = self.runs[parse(full).part]
        still = np.zeros((run.length, *run.lead), run.dtype)
        if full == run.stack.input and run.fed in self._norms:
            still[1:] = self._norms[run.fed][:-1]
            return still
        return self._norms.get(full, still)

    def bytes(self) -> int:
        """The memory of all arrays with a number for each ray and step, at most."""
        numbers = 0
        for run in self.runs.values():
            for full, (size,) in run.stack.values.items():
                # what other places read is copied once
                numbers += run.length * prod(run.lead) * (1 + 2 * self.seeds.shape[-2] * size * (full in self._keep))
        return numbers * self.at.run.dtype.itemsize

    def _series(self, full: str) -> Array:
        run = self.runs[parse(full).part]
        empty = (run.length, *run.lead, self.seeds.shape[-2], self.wires.values[full][0])
        return self._whole.get(full, np.zeros(empty, run.dtype))

    def _handed(self, run: Run) -> dict[str, Array]:
        """How the starting states move that earlier parts have left, (*lead, N, size)."""
        found: dict[str, Array] = {}
        for handed in self.wires.handed:
            if handed.target in run.handed and any(source in self._whole for source in handed.sources):
                found[handed.target] = np.concatenate([self._last(source) for source in handed.sources], axis=-1)
        return found

    def _last(self, source: str) -> Array:
        run = self.runs[parse(source).part]
        series = turned(run, run.place(source), self._series(source))
        if run.lengths is None:
            return np.asarray(series[-1])
        at = np.broadcast_to(np.asarray(run.lengths - 1), run.lead)
        return np.asarray(np.take_along_axis(series, at[None, ..., None, None], axis=0)[0])

    def _inputs(self, run: Run, place: Place) -> dict[str, Array]:
        """How the inputs of a place move, at all steps in the order in which it reads."""
        found = {}
        for name in place.program.inputs:
            below = [s.target.address(s.symbol) for s in down(run.stack, place) if s.name == name]
            if any(full in self._whole for full in below):
                found[name] = turned(run, place, np.concatenate([self._series(full) for full in below], axis=-1))
        return found

    def _walk(self, run: Run, places: list[Place], starts: Mapping[str, Array]) -> None:
        """Places through time, step by step; those of a part that is fed its own output together."""
        inputs = {place.prefix: self._inputs(run, place) if run.fed is None else {} for place in places}
        earlier: Given = {
            p.prefix: {s + PREVIOUS: starts[p.address(s)] for s in p.program.states if p.address(s) in starts}
            for p in places
        }
        bumped = next((place for place in places if prefix_of(self.at.full) == place.prefix), None)
        if bumped is None and not any(inputs.values()) and not any(earlier.values()):
            return
        pushes = {place.prefix: Push(run.runs[place.prefix]) for place in places}
        index = bumped and entering(run, bumped, np.full(self.seeds.shape[-2], self.at.step - 1))
        fed: Array | None = None
        for t in range(run.length):
            given: Given = {place.prefix: {n: a[t] for n, a in inputs[place.prefix].items()} for place in places}
            if fed is not None:
                given[lowest(run.stack)[0].prefix]["x"] = fed
            for place in places:
                bumps: dict[str, Array] = {}
                where = index(t) if index and place is bumped else None
                if where is not None:
                    bumps[parse(self.at.full).symbol] = here = np.zeros_like(self.seeds)
                    here[where] = self.seeds[where]
                moved = pushes[place.prefix].step(t, given[place.prefix] | earlier[place.prefix], bumps)
                if run.ended is not None:
                    still = run.ended[t][..., None, None]
                    moved = {name: np.where(still, run.dtype.type(0), array) for name, array in moved.items()}
                earlier[place.prefix] = {s + PREVIOUS: moved[s] for s in place.program.states if s in moved}
                self._store(run, place, t, moved)
                for reader in places:
                    for step in down(run.stack, reader):
                        if step.target is place and step.symbol in moved:
                            given[reader.prefix][step.name] = moved[step.symbol]
                if run.fed is not None and prefix_of(run.fed) == place.prefix:
                    fed = moved.get(parse(run.fed).symbol)
        for place in places:
            for full in (place.address(name) for name in place.program.value):
                for kept in (self._whole, self._norms):
                    if full in kept:
                        kept[full] = turned(run, place, kept[full])

    def _store(self, run: Run, place: Place, t: int, moved: Mapping[str, Array]) -> None:
        for name in place.program.value:
            if name not in moved:
                continue
            full = place.address(name)
            norm = frobenius(moved[name])
            self._norms.setdefault(full, np.zeros((run.length, *norm.shape), run.dtype))[t] = norm
            if full in self._keep:
                whole = (run.length, *moved[name].shape)
                self._whole.setdefault(full, np.zeros(whole, run.dtype))[t] = moved[name]
