"""The backward half of the plan: a program's adjoint over a finished forward run.

Only what passes from step to step runs in a loop. Chains such as ∂c -> ∂i -> ∂i:in are multiplied out for all
steps beforehand, and everything that hangs off the loop is worked out for all steps when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import numpy as np

from .expr import Expr
from .flow import Flow, linear
from .forward import Forward
from .multiples import Multiples
from .ops import Array, quietly
from .rules import PREVIOUS
from .schedule import Block
from .storage import cut
from .tape import Column, Series


class Backward(Multiples):
    """The gradients of one forward run, its arrays laid out once and filled by `load`."""

    def __init__(self, forward: Forward, flow: Flow) -> None:
        super().__init__(forward, flow)
        #: what is given from outside, with its axes in the order of others
        self.given = {name: self.layout.outward(rows) for name, rows in self.outside.items()}
        with quietly():
            self._prepare()

    def load(self, outside: Mapping[str, Array]) -> None:
        """New numbers: those of the forward run as they are now, and dL/dv (T, ..., size) given from outside."""
        self.whole.clear()
        for name, gradient in outside.items():
            self.given[name][...] = gradient
        with quietly():
            for refresh in self.refresh:
                refresh()

    def run(self, first: int, stop: int) -> None:
        """Steps first..stop from last to first; stretches are run from the end of the sequence on."""
        self.whole.clear()
        with quietly():
            for start, end in reversed(list(self.sheet.stretches(first, stop))):
                self.sheet.run(start, end)
                self.tape.run(start, end)

    def forget(self) -> None:
        """Free the memory now: the operations hold the run."""
        vars(self).clear()

    def _prepare(self) -> None:
        roots, vectors = self.flow.needed
        if not roots:
            return
        for root in roots:
            self.loop[root] = self.rooms.empty(self.length, *self.shape(root))
        waiting = {state: list(self.flow.terms[state + PREVIOUS]) for state in self.flow.carried}
        for item in self.forward.plan.loop:
            names = [m.target for m in item.members if m.target in vectors] if isinstance(item, Block) else []
            if names:
                self.share(names, waiting)
        for name in vectors.difference(self.blocks):
            self.own(name)
        for state in self.flow.carried:
            if state not in self.carry:
                self.carry[state] = self.rooms.zeros(self.length + 1, *self.shape(state))
            self.loop[state + PREVIOUS] = self.carry[state][:-1]
        for each in reversed(self.flow.program.lowered):
            if each.target in roots:
                self._root(each.target)
                self.spell_out(each.target)
        for state in self.flow.carried:
            self._carry(state, waiting[state])

    def _root(self, root: str) -> None:
        out = self.column(root)
        known = [t for t in self.flow.terms[root] if not self.is_late(t)]
        parts: list[Column] = []
        if known:
            parts.append(Series(self._known(root, known)))
        elif root in self.outside:
            parts.append(Series(self.outside[root]))
        if root in self.flow.carried:
            parts.append(Series(self.carry[root][1:]))
        late = [t for t in self.flow.terms[root] if self.is_late(t)]
        alone = len(late) + len(parts) == 1
        self.add_up([self.term(term, out if alone else None) for term in late] + parts, out)

    def _known(self, root: str, terms: list[Expr]) -> Array:
        """What of a sum does not have to wait for the loop."""
        base = self.rooms.empty(self.length, *self.shape(root))

        def refresh() -> None:
            base[...] = self.outside.get(root, 0)
            for term in terms:
                np.add(base, self.evaluate(term, 0, self.length), out=base)

        self.refresh.append(refresh)
        return base

    def _carry(self, state: str, waiting: list[Expr]) -> None:
        """∂state_prev of this step, which the loop reads as the next one's when it goes on to the left."""
        out = self.column(state + PREVIOUS)
        if len(self.flow.terms[state + PREVIOUS]) == len(self.joined[state]) == 1:
            return
        parts: list[Column] = [Series(multiple.rows) for multiple in self.joined[state]]
        products = self._stacked(waiting)
        alone = len(parts) + len(products) + len(waiting) == 1
        for stacked, block, first, stop in products:
            parts.append(out if alone else self.scratch(self.shape(state)[0]))
            self.multiply(stacked, Series(cut(block, first, stop)), parts[-1])
        parts += [self.term(term, out if alone else None) for term in waiting]
        self.add_up(parts, out)

    def _stacked(self, waiting: list[Expr]) -> list[tuple[Array, Array, int, int]]:
        """Neighbours in a block whose transposed products run as one; they are taken off `waiting`."""
        found: list[tuple[Array, int, int, Expr]] = []
        for term in list(waiting):
            part = linear(term)
            if part is None or part.matrix is None or part.factors or part.after:
                continue
            if part.of in self.blocks:
                found.append((*self.blocks[part.of], part.matrix))
                waiting.remove(term)
        results = []
        for _, entries in groupby(sorted(found, key=lambda each: (id(each[0]), each[1])), key=lambda each: id(each[0])):
            groups: list[list[tuple[Array, int, int, Expr]]] = []
            for entry in entries:
                if groups and groups[-1][-1][2] == entry[1]:
                    groups[-1].append(entry)
                else:
                    groups.append([entry])
            for group in groups:
                matrix = self.steadily.stack([each[3] for each in group])
                results.append((matrix, group[0][0], group[0][1], group[-1][2]))
        return results
