"""Gradients that are others times local derivatives, spelled out side by side, several in one call where that is quicker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise, takewhile

import numpy as np

from .expr import Expr
from .flow import Flow, linear
from .forward import Forward
from .ops import Array
from .rules import PREVIOUS
from .tape import Series
from .terms import Terms

#: so many vectors times one are quicker in one call than in several
_WORTH_ONE_CALL = 4


@dataclass(frozen=True, slots=True, eq=False)
class Multiple:
    """Entries first..stop of an array: at each step `factors`, until the loop gets there and makes them ∂root times that."""

    array: Array
    first: int
    stop: int
    root: str
    factors: tuple[Expr, ...]

    @property
    def width(self) -> int:
        return self.stop - self.first

    @property
    def rows(self) -> Array:
        return self.array[:, self.first : self.stop]


class Multiples(Terms):
    """Room for the gradients that the backward loop spells out, and what it does for them at each step."""

    def __init__(self, forward: Forward, flow: Flow) -> None:
        super().__init__(forward, flow)
        #: by state, what comes back from the next step: at each step, and once more after the last, where it is 0
        self.carry: dict[str, Array] = {}
        #: by state, the parts of its `carry` that lie beside a block's gradients
        self.joined: dict[str, list[Multiple]] = defaultdict(list)
        self._multiples: dict[str, list[Multiple]] = defaultdict(list)

    def share(self, names: list[str], waiting: Mapping[str, list[Expr]]) -> None:
        """Room for gradients of a block, side by side as their values in the forward run.

        Multiples that states carry lie beside them where that makes one call of several; they are taken off `waiting`.
        """
        edges = [0, *accumulate(self.shape(name)[0] for name in names)]
        joining = self._joining(names[::-1], waiting)
        width = edges[-1] - edges[-2]
        room = self.rooms.zeros(self.length + 1, edges[-1] + width * len(joining), *self.lead)
        block = room[:-1]
        for name, (first, stop) in zip(names, pairwise(edges), strict=True):
            self.blocks[name] = block, first, stop
            self._place(name, Multiple(block, first, stop, *self.flow.resolve(name)))
        for at, (state, term, factors) in zip(range(edges[-1], room.shape[1], width), joining, strict=True):
            waiting[state].remove(term)
            multiple = Multiple(block, at, at + width, self.flow.resolve(names[-1])[0], factors)
            self._multiples[multiple.root].append(multiple)
            self.joined[state].append(multiple)
            if len(self.flow.terms[state + PREVIOUS]) == 1:
                self.carry[state] = room[:, at : at + width]

    def own(self, name: str) -> None:
        """Room for a gradient that lies in no block."""
        room = self.rooms.empty(self.length, *self.shape(name))
        self._place(name, Multiple(room, 0, room.shape[1], *self.flow.resolve(name)))

    def spell_out(self, root: str) -> None:
        """At each step, all multiples of a gradient."""
        groups: list[list[Multiple]] = []
        for each in self._multiples[root]:
            if groups and _neighbours(groups[-1][-1], each):
                groups[-1].append(each)
            else:
                groups.append([each])
        for group in groups:
            if self._one_call(len(group), group[0].width):
                self._together_times(root, group)
            else:
                for each in group:
                    self._times(root, each)

    def _joining(self, last: list[str], waiting: Mapping[str, list[Expr]]) -> list[tuple[str, Expr, tuple[Expr, ...]]]:
        """What states carry that may lie beside a block's gradients, which stand here from right to left."""
        root, width = self.flow.resolve(last[0])[0], self.shape(last[0])
        alike = list(takewhile(lambda name: (self.flow.resolve(name)[0], self.shape(name)) == (root, width), last))
        found: list[tuple[str, Expr, tuple[Expr, ...]]] = []
        for state, terms in waiting.items():
            for term in terms:
                part = linear(term)
                if part is None or part.matrix is not None or self.shape(state) != width:
                    continue
                source, factors = self.flow.resolve(part.of)
                factors += part.factors
                if source == root and factors:
                    found.append((state, term, factors))
        return found if self._one_call(len(alike) + len(found), width[0]) else []

    def _one_call(self, count: int, width: int) -> bool:
        return not self.lead and (count >= _WORTH_ONE_CALL or (width == 1 and count > 1))

    def _place(self, name: str, multiple: Multiple) -> None:
        self.loop[name] = multiple.rows
        self._multiples[multiple.root].append(multiple)

    def _times(self, root: str, each: Multiple) -> None:
        rows = Series(each.rows)
        local = rows
        if each.rows.shape[1:] == (1,):
            # NumPy takes three times as long for a single number in its own place
            local = Series(self.local(each.factors, 1))
        else:
            self.factor(each.factors, each.rows)
        self.tape.add(np.multiply, local, self.column(root), rows)

    def _together_times(self, root: str, group: list[Multiple]) -> None:
        for each in group:
            self.factor(each.factors, each.rows)
        rows = group[0].array[:, group[0].first : group[-1].stop]
        single = self.loop[root]
        if group[0].width == 1:
            single = single[:, 0]
        else:
            rows = rows.reshape(self.length, len(group), -1)
        assert np.shares_memory(rows, group[0].array), "the gradients are worked out in their place"
        column = Series(rows)
        self.tape.add(np.multiply, column, Series(single), column)


def _neighbours(left: Multiple, right: Multiple) -> bool:
    return left.array is right.array and left.stop == right.first and left.width == right.width
