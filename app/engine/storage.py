"""Where the numbers of a run lie: every value at every step, what runs side by side stored side by side."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np

from .evaluate import masks
from .expr import Expr, Name
from .extent import Extent
from .layout import layout
from .ops import Array
from .program import Program
from .rooms import Rooms
from .rules import PREVIOUS
from .schedule import Block, Schedule


class Storage:
    """The arrays of one layer in one direction over sequences of one length.

    Inside, in the layout of the run: `rows[name]` (T, size, ...), `before[state]` the same one step before, `steady`
    parameters, constants and masks. A name in `flipped` is stored with the opposite sign. What others see of it is
    `series[name]` (T, ..., size), `earlier[state]` and `still`, the same memory with its axes in their order.
    """

    def __init__(
        self,
        program: Program,
        plan: Schedule,
        extent: Extent,
        *,
        weightless: bool = False,
    ) -> None:
        self.program, self.plan, self.extent = program, plan, extent
        self.sizes, self.length, self.lead, self.dtype = extent.sizes, extent.length, extent.lead, extent.dtype
        self.many, self.shared = extent.many, extent.shared
        self.rooms = Rooms(self.dtype, weightless=weightless)
        self.layout = layout(self.lead, many=self.many)
        self.rows: dict[str, Array] = {}
        self.before: dict[str, Array] = {}
        self.flipped: set[str] = set()
        #: parameters stored one after the other: the array, and each one's rows in it
        self.placed: dict[str, tuple[Array, int, int]] = {}
        self.steady: dict[str, Array] = {}
        self._place_parameters()
        self._place_constants()
        self._place_inputs()
        self._place_values()
        outward = self.layout.outward
        self.series = {name: outward(rows) for name, rows in self.rows.items()}
        self.earlier = {name: outward(rows) for name, rows in self.before.items()}
        axes = {p.name: len(p.shape) for p in program.parameters} | dict.fromkeys(program.fixed, 2)
        self.still = {
            name: self.layout.outward_still(array, axes[name]) if name in axes else array
            for name, array in self.steady.items()
        }

    def raw(self, name: str) -> Array:
        """A name's numbers as they are stored, with their axes in the order that others see."""
        if name in self.still:
            return self.still[name]
        if name.endswith(PREVIOUS):
            return self.earlier[name.removesuffix(PREVIOUS)]
        return self.series[name]

    def stored(self, name: str) -> Array:
        """The same in the layout of the run."""
        if name in self.steady:
            return self.steady[name]
        if name.endswith(PREVIOUS):
            return self.before[name.removesuffix(PREVIOUS)]
        return self.rows[name]

    @property
    def numbers_a_step(self) -> int:
        """How many numbers all values have at one step."""
        return sum(self.sizes[value.size] for value in self.plan.program.values) * math.prod(self.lead)

    def part(self, first: int = 0, stop: int | None = None) -> Part:
        """Names to numbers of a stretch of steps."""
        return Part(self, first, self.length if stop is None else stop)

    def inner(self, name: str, first: int, stop: int) -> Array:
        """A name's numbers at steps first..stop in the layout of the run, with their true sign."""
        if name in self.steady:
            return self.steady[name]
        part = self.stored(name)[first:stop]
        return np.negative(part) if name in self.flipped else part

    def _place_constants(self) -> None:
        for name, number in self.program.constants.items():
            self.steady[name] = np.asarray(number, self.dtype)
        for name, shape in self.program.fixed.items():
            self.steady[name] = self.layout.mask(self.rooms.empty(*(self.sizes[size] for size in shape)))
        if self.program.fixed and not self.rooms.weightless:
            for name, matrix in masks(self.program, self.sizes).items():
                self.steady[name][...] = self.layout.mask(matrix)

    def _place_inputs(self) -> None:
        lead = (1,) if self.shared else self.lead
        for name, size in self.program.inputs.items():
            self.rows[name] = self.rooms.zeros(self.length, self.sizes[size], *lead)

    def _place_values(self) -> None:
        placed: set[str] = set()
        for item in self.plan.loop:
            if isinstance(item, Block):
                targets = [m.target for m in item.members]
                self._place(targets)
                follows = [m.activation or "" for m in item.members]
                if any(follows):
                    self._place(follows, like=targets)
                placed.update(targets, follows)
        for value in self.plan.program.values:
            if value.name not in placed:
                self._place([value.name])

    def _place(self, group: list[str], like: list[str] | None = None) -> None:
        """Room for values side by side, with one row more in front for the state before the first step."""
        value = self.plan.program.value
        widths = [self.sizes[value[name].size] for name in like or group]
        room = self.rooms.empty(self.length + 1, sum(widths), *self.lead)
        at = 0
        for name, width in zip(group, widths, strict=True):
            if name:
                self.rows[name] = room[1:, at : at + width]
                if name in self.program.states:
                    self.before[name] = room[:-1, at : at + width]
            at += width
        self.rows[together(group)] = room[1:]

    def _place_parameters(self) -> None:
        """Parameters that run as one are stored as one, so that loading them stacks them."""
        shapes = {
            p.name: self.layout.still(tuple(self.sizes[size] for size in p.shape)) for p in self.program.parameters
        }
        for item in self.plan.loop:
            if not isinstance(item, Block):
                continue
            for ahead in item.ahead:
                if ahead.plain:
                    self._side_by_side(ahead.matrices, shapes)
                    self._side_by_side(ahead.offsets, shapes)
            for vector in dict.fromkeys(p.vector for m in item.members for p in m.products):
                products = [p.matrix for m in item.members for p in m.products if p.vector == vector]
                self._side_by_side(products, shapes)
        for name, shape in shapes.items():
            if name not in self.placed:
                self.steady[name] = self.rooms.zeros(*shape)

    def _side_by_side(self, parts: Sequence[Expr], shapes: Mapping[str, tuple[int, ...]]) -> None:
        found = [part.id for part in parts if isinstance(part, Name)]
        free = [name for name in dict.fromkeys(found) if name in shapes and name not in self.placed]
        if len(parts) < 2 or free != found or len(found) != len(parts):
            return
        room = self.rooms.zeros(sum(shapes[name][0] for name in found), *shapes[found[0]][1:])
        at = 0
        for name in found:
            until = at + shapes[name][0]
            self.steady[name] = room[at:until]
            self.placed[name] = (room, at, until)
            at = until

    def adjoining(self, names: Sequence[str]) -> Array | None:
        """The one array that these parameters are stored in one after the other, if they are."""
        places = [self.placed.get(name) for name in names]
        first, last = places[0], places[-1]
        if first is None or last is None:
            return None
        for one, other in itertools.pairwise(places):
            if one is None or other is None or one[0] is not other[0] or one[2] != other[1]:
                return None
        return first[0][first[1] : last[2]]


class Part(dict[str, Array]):
    """Names to numbers of a stretch of steps, looked up when asked for; flipped names with their true sign."""

    def __init__(self, storage: Storage, first: int, stop: int) -> None:
        super().__init__(storage.still)
        self.storage, self.first, self.stop = storage, first, stop

    def __missing__(self, name: str) -> Array:
        part = self.storage.raw(name)[self.first : self.stop]
        return np.negative(part) if name in self.storage.flipped else part


def together(group: list[str]) -> str:
    return " ".join(group) if len(group) > 1 else f"{group[0]} "


def cut(rows: Array, first: int, stop: int) -> Array:
    """Some entries of a series in the layout of a run."""
    return rows if stop - first == rows.shape[1] else rows[:, first:stop]
