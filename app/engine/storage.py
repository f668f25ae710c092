"""Where the numbers of a run lie: every value at every step, what runs side by side stored side by side."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .evaluate import masks
from .expr import Expr, Name
from .ops import Array
from .program import Program
from .rules import PREVIOUS
from .schedule import Block, Schedule, stackable


class Storage:
    """The arrays of one layer in one direction over sequences of one length.

    `series[name]` is (T, ..., size), `earlier[state]` the same one step before; `still` holds parameters, constants
    and masks. A name in `flipped` is stored with the opposite sign.
    """

    def __init__(
        self,
        program: Program,
        plan: Schedule,
        sizes: Mapping[str, int],
        length: int,
        lead: tuple[int, ...],
        dtype: np.dtype[Any],
    ) -> None:
        self.program, self.plan, self.sizes = program, plan, sizes
        self.length, self.lead, self.dtype = length, lead, dtype
        self.still: dict[str, Array] = {
            p.name: np.zeros([sizes[size] for size in p.shape], dtype) for p in program.parameters
        }
        for name, number in program.constants.items():
            self.still[name] = np.asarray(number, dtype)
        if program.fixed:
            self.still |= {k: v.astype(dtype) for k, v in masks(program, sizes).items()}
        self.series: dict[str, Array] = {
            name: np.zeros((length, *lead, sizes[size]), dtype) for name, size in program.inputs.items()
        }
        self.earlier: dict[str, Array] = {}
        self.flipped: set[str] = set()
        #: parameters stored one after the other: the array, and each one's rows in it
        self.placed: dict[str, tuple[Array, int, int]] = {}
        self._allocate()
        self._place_parameters()

    def raw(self, name: str) -> Array:
        """A name's numbers as they are stored."""
        if name in self.still:
            return self.still[name]
        if name.endswith(PREVIOUS):
            return self.earlier[name.removesuffix(PREVIOUS)]
        return self.series[name]

    def part(self, first: int = 0, stop: int | None = None) -> Part:
        """Names to numbers of a stretch of steps."""
        return Part(self, first, self.length if stop is None else stop)

    def _allocate(self) -> None:
        placed: set[str] = set()
        for item in self.plan.loop:
            if isinstance(item, Block):
                targets = [m.target for m in item.members]
                self._place(targets)
                follows = [m.activation or "" for m in item.members]
                if any(follows):
                    self._place(follows, like=targets)
                placed.update(targets, follows)
        for value in self.program.values:
            if value.name not in placed:
                self._place([value.name])

    def _place(self, group: list[str], like: list[str] | None = None) -> None:
        """Room for values side by side, with one row more in front for the state before the first step."""
        widths = [self.sizes[self.program.value[name].size] for name in like or group]
        room = np.empty((self.length + 1, *self.lead, sum(widths)), self.dtype)
        at = 0
        for name, width in zip(group, widths, strict=True):
            if name:
                self.series[name] = room[1:, ..., at : at + width]
                if name in self.program.states:
                    self.earlier[name] = room[:-1, ..., at : at + width]
            at += width
        self.series[together(group)] = room[1:]

    def _place_parameters(self) -> None:
        """Parameters that run as one are stored as one, so that loading them stacks them."""
        for item in self.plan.loop:
            if not isinstance(item, Block):
                continue
            ahead = stackable(item.members, self.program.parameter)
            if ahead:
                self._side_by_side(ahead[1])
                self._side_by_side(ahead[2])
            for vector in dict.fromkeys(p.vector for m in item.members for p in m.products):
                self._side_by_side([p.matrix for m in item.members for p in m.products if p.vector == vector])

    def _side_by_side(self, parts: list[Expr]) -> None:
        found = [part.id for part in parts if isinstance(part, Name)]
        free = [name for name in dict.fromkeys(found) if name not in self.placed]
        if len(parts) < 2 or free != found or len(found) != len(parts):
            return
        room = np.concatenate([self.still[name] for name in found])
        at = 0
        for name in found:
            until = at + len(self.still[name])
            self.still[name] = room[at:until]
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


def cut(array: Array, first: int, stop: int) -> Array:
    return array if stop - first == array.shape[-1] else array[..., first:stop]
