"""The backward half of the plan: a program's adjoint over a finished forward run.

Only what passes from step to step runs in a loop. Chains such as ∂c -> ∂i -> ∂i:in are multiplied out for all
steps beforehand, and everything that hangs off the loop is worked out for all steps when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from .expr import Expr
from .flow import Flow, linear
from .forward import Forward
from .ops import Array, quietly
from .rules import PREVIOUS
from .schedule import Block
from .storage import cut
from .tape import Column, Series, Still
from .terms import Terms


class Backward(Terms):
    """The gradients of one forward run, its arrays laid out once and filled by `load`."""

    def __init__(self, forward: Forward, flow: Flow) -> None:
        super().__init__(forward, flow)
        self.carry: dict[str, Array] = {}
        with quietly():
            self._prepare()

    def load(self, outside: Mapping[str, Array]) -> None:
        """New numbers: those of the forward run as they are now, and dL/dv (T, ..., size) given from outside."""
        self.whole.clear()
        for name, gradient in outside.items():
            self.outside[name][...] = gradient
        for carry in self.carry.values():
            carry[...] = 0
        with quietly():
            for refresh in self.refresh:
                refresh()

    def run(self, first: int, stop: int) -> None:
        """Steps first..stop from last to first; stretches are run from the end of the sequence on."""
        self.whole.clear()
        with quietly():
            if self.tape.table:
                self.tape.run(first, stop, backward=True)

    def _prepare(self) -> None:
        roots, vectors = self.flow.needed
        if not roots:
            return
        for state in self.flow.carried:
            self.carry[state] = np.zeros(self.shape(state), self.dtype)
        for root in roots:
            self.loop[root] = np.empty((self.length, *self.shape(root)), self.dtype)
        self._place(vectors)
        for each in reversed(self.forward.program.lowered):
            if each.target in roots:
                self._root(each.target)
            elif each.target in vectors:
                self._multiple(each.target)
        for state in self.flow.carried:
            self._carry(state)

    def _place(self, vectors: set[str]) -> None:
        """Room for the gradients that are spelled out, side by side as their values in the forward run."""
        for item in self.forward.plan.loop:
            if not isinstance(item, Block):
                continue
            members = [m.target for m in item.members]
            edges = np.concatenate([[0], np.cumsum([self.shape(name)[-1] for name in members])]).tolist()
            room = np.zeros((self.length, *self.lead, edges[-1]), self.dtype)
            for name, (a, b) in zip(members, pairwise(edges), strict=True):
                if name in vectors:
                    self.loop[name] = room[..., a:b]
                    self.blocks[name] = (room, a, b)
        for name in vectors.difference(self.blocks):
            self.loop[name] = np.empty((self.length, *self.shape(name)), self.dtype)

    def _multiple(self, symbol: str) -> None:
        """A gradient that is a root's times local derivatives, which lie where the loop turns them into it."""
        root, factors = self.flow.resolve(symbol)
        rows = self.column(symbol)
        local = rows
        if self.shape(symbol)[-1] == 1:
            # NumPy takes twice as long for a single number in its own place
            local = Series(self.local(factors, 1))
        else:
            self.factor(factors, self.loop[symbol])
        self.tape.add(np.multiply, local, self.column(root), rows)

    def _root(self, root: str) -> None:
        out = self.column(root)
        known = [t for t in self.flow.terms[root] if not self.is_late(t)]
        parts: list[Column] = []
        if known:
            parts.append(Series(self._known(root, known)))
        elif root in self.outside:
            parts.append(Series(self.outside[root]))
        if root in self.flow.carried:
            parts.append(Still(self.carry[root]))
        late = [t for t in self.flow.terms[root] if self.is_late(t)]
        alone = len(late) + len(parts) == 1
        self.add_up([self.term(term, out if alone else None) for term in late] + parts, out)

    def _known(self, root: str, terms: list[Expr]) -> Array:
        """What of a sum does not have to wait for the loop."""
        base = np.empty((self.length, *self.shape(root)), self.dtype)

        def refresh() -> None:
            base[...] = self.outside.get(root, 0)
            for term in terms:
                np.add(base, self.evaluate(term, 0, self.length), out=base)

        self.refresh.append(refresh)
        return base

    def _carry(self, state: str) -> None:
        """∂state_prev of this step, which the loop reads as the next one's when it goes on to the left."""
        out = Still(self.carry[state])
        waiting = list(self.flow.terms[state + PREVIOUS])
        products = self._stacked(waiting)
        alone = len(products) + len(waiting) == 1
        parts: list[Column] = []
        for stacked, block, first, stop in products:
            parts.append(out if alone else self.scratch(self.shape(state)[-1]))
            self.multiply(stacked, Series(cut(block, first, stop)), parts[-1])
        parts += [self.term(term, out if alone else None) for term in waiting]
        self.add_up(parts, out)

    def _stacked(self, waiting: list[Expr]) -> list[tuple[Array, Array, int, int]]:
        """Neighbours in a block whose transposed products run as one; they are taken off `waiting`."""
        found: dict[int, list[tuple[int, int, Expr, Array]]] = {}
        for term in list(waiting):
            part = linear(term)
            if part is None or part.matrix is None or part.factors or part.after:
                continue
            if part.of in self.blocks:
                block, first, stop = self.blocks[part.of]
                found.setdefault(id(block), []).append((first, stop, part.matrix, block))
                waiting.remove(term)
        results = []
        for entries in found.values():
            groups: list[list[tuple[int, int, Expr, Array]]] = []
            for entry in sorted(entries, key=lambda each: each[0]):
                if groups and groups[-1][-1][1] == entry[0]:
                    groups[-1].append(entry)
                else:
                    groups.append([entry])
            for group in groups:
                matrix = self.stack([each[2] for each in group])
                results.append((matrix, group[0][3], group[0][0], group[-1][1]))
        return results
