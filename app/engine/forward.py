"""The forward half of the plan: a schedule bound to parameters and inputs, ready to run in stretches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from . import bulk
from .evaluate import periods
from .expr import Apply, Expr, Name, Number, names
from .lower import Lowered
from .ops import OPS, Array, every, quietly
from .program import Program
from .rules import PREVIOUS
from .schedule import Block, Member, Schedule, members_of, runs, stackable
from .storage import Storage, cut, together
from .tape import Column, Series, Still, Tape


class Forward(Storage):
    """A forward run, laid out once and filled by `load`; its arrays are reused by the next `load`."""

    def __init__(
        self,
        program: Program,
        plan: Schedule,
        sizes: Mapping[str, int],
        length: int,
        lead: tuple[int, ...],
        dtype: np.dtype[Any],
        *,
        masked: bool = False,
    ) -> None:
        with quietly():
            super().__init__(program, plan, sizes, length, lead, dtype)
            self._bind(plan)
        #: gradients of this run whose arrays are free for the next, with what the loss touches
        self.free_backward: list[tuple[object, Any]] = []
        self.ended: Array | None = None
        if masked:
            self.ended = np.zeros((length, *lead), bool)
            for state in program.states:
                self.tape.add(_zero, self.column(state), Series(self.ended))

    def _bind(self, plan: Schedule) -> None:
        self.columns: dict[str, Column] = {}
        self.tape = Tape()
        self._refresh: list[Callable[[], object]] = []
        self._ahead: list[Callable[[int, int], None]] = []
        self._products: dict[str, tuple[Array, dict[str, int]]] = {}
        self._in_loop = {each.target for each in plan.loop if isinstance(each, Lowered)}
        for member in members_of(plan):
            self._in_loop.update(filter(None, (member.target, member.activation)))
        for each in plan.ahead:
            self._ahead.append(partial(self._whole, each.expr, self.series[each.target]))
        for item in plan.loop:
            if isinstance(item, Block):
                self._block(item)
            else:
                self._single(item)

    def load(
        self,
        parameters: Mapping[str, Array],
        initial: Mapping[str, Array],
        ended: Array | None = None,
    ) -> None:
        """New numbers; `ended` (T, ...) marks the steps after a sequence's end, which hold zeros.

        Inputs are written into `series` before the steps that read them are run.
        """
        for parameter in self.program.parameters:
            self.still[parameter.name][...] = parameters[parameter.name]
        for state in self.program.states:
            self.earlier[state][0] = initial[state]
        if self.ended is not None:
            self.ended[...] = ended
        with quietly():
            for refresh in self._refresh:
                refresh()

    def run(self, first: int, stop: int) -> None:
        """Steps first..stop; stretches are run in order."""
        with quietly():
            for prepare in self._ahead:
                prepare(first, stop)
            if self.tape.table:
                self.tape.run(first, stop)
            for each in self.plan.after:
                self._whole(each.expr, self.series[each.target], first, stop)

    def _whole(self, expr: Expr, into: Array, first: int, stop: int) -> None:
        match expr:
            case Apply("every", _):
                into[first:stop] = self._clock(expr, into.shape[-1], first, stop)
            case _:
                bulk.evaluate(expr, self.part(first, stop), out=into[first:stop])

    def _clock(self, expr: Apply, size: int, first: int, stop: int) -> Array:
        ticks = [every(size, t + 1, *periods(expr)) for t in range(first, stop)]
        return np.reshape(ticks, (stop - first, *(1,) * len(self.lead), size))

    def _block(self, block: Block) -> None:
        members = block.members
        values = self.series[together([m.target for m in members])]
        widths = [self.series[m.target].shape[-1] for m in members]
        edges = np.concatenate([[0], np.cumsum(widths)]).tolist()
        self.flipped.update(m.target for m in members if m.flipped)
        self._base(members, values, edges)
        for vector in dict.fromkeys(p.vector for m in members for p in m.products):
            having = [any(p.vector == vector for p in m.products) for m in members]
            result, at = self._product(vector)
            for present, a, b in runs(having):
                if present:
                    rows = Series(cut(values, edges[a], edges[b]))
                    begin = at[members[a].target]
                    part = Still(cut(result, begin, begin + edges[b] - edges[a]))
                    self.tape.add(np.add, rows, part, rows)
        for member in members:
            for term in member.rest:
                column = self.column(member.target)
                ufunc = np.subtract if member.flipped else np.add
                self.tape.add(ufunc, column, self._emit(term, widths[members.index(member)]), column)
        if any(m.activation for m in members):
            results = self.series[together([m.activation or "" for m in members])]
            for member, a, b in block.runs():
                if member.function:
                    source = Series(cut(values, edges[a], edges[b]))
                    target = Series(cut(results, edges[a], edges[b]))
                    self._activate(member.function, source, target, flipped=member.flipped)

    def _base(self, members: tuple[Member, ...], values: Array, edges: list[int]) -> None:
        """What of a block's sums can be worked out for all steps ahead of the loop."""
        stacked = stackable(members, self.program.parameter)
        signs = [-1 if m.flipped else 1 for m in members]
        if stacked is None:
            for member, a, b in zip(members, edges, edges[1:], strict=False):
                total: Expr = Number(0.0)
                for term in member.ahead:
                    total = Apply("add", (total, term)) if total != Number(0.0) else term
                total = Apply("neg", (total,)) if member.flipped else total
                self._ahead.append(partial(self._whole, total, cut(values, a, b)))
            return
        source, matrices, biases = stacked
        matrix = self._stack(matrices, signs)
        transposed, inputs = matrix.T, self.series[source]
        offset = self._stack(biases, signs) if biases else None

        def fill(first: int, stop: int) -> None:
            part = values[first:stop]
            np.matmul(inputs[first:stop], transposed, out=part)
            if offset is not None:
                part += offset

        self._ahead.append(fill)

    def _product(self, vector: str) -> tuple[Array, dict[str, int]]:
        """All recurrent products of one vector as a single one: its result, and where each target's part begins."""
        if vector not in self._products:
            matrices: list[Expr] = []
            signs: list[int] = []
            at: dict[str, int] = {}
            begin = 0
            for member in members_of(self.plan):
                for each in member.products:
                    if each.vector == vector:
                        matrices.append(each.matrix)
                        signs.append(-1 if member.flipped else 1)
                        at[member.target] = begin
                        begin += self.series[member.target].shape[-1]
            result = np.empty((*self.lead, begin), self.dtype)
            # turned round, a product is quicker, which pays for the turning only over many steps
            matrix = self._stack(matrices, signs, by_column=self.length > begin)
            self._multiply(matrix, self.column(vector), Still(result))
            self._products[vector] = result, at
        return self._products[vector]

    def _multiply(self, matrix: Array, vector: Column, out: Column) -> None:
        if self.lead:
            self.tape.add(np.matmul, vector, Still(matrix.T), out)
        else:
            self.tape.add(matrix.dot, vector, out)

    def _steady(self, expr: Expr) -> Array:
        """The array of an expression of parameters and constants, worked out again at every `load`."""
        if isinstance(expr, Name):
            return self.still[expr.id]
        room = np.array(bulk.evaluate(expr, self.still), self.dtype)
        self._refresh.append(partial(bulk.evaluate, expr, self.still, out=room))
        return room

    def _stack(self, parts: list[Expr], signs: list[int], *, by_column: bool = False) -> Array:
        """Steady expressions one below the other, those with sign -1 negated.

        `by_column`: in Fortran's order, in which a matrix times a vector is quicker.
        """
        together = self.adjoining([part.id if isinstance(part, Name) else "" for part in parts])
        if together is not None and -1 not in signs and not by_column:
            return together
        arrays = [self._steady(part) for part in parts]
        if len(arrays) == 1 and signs == [1] and not by_column:
            return arrays[0]
        rows = sum(len(array) for array in arrays)
        whole = np.zeros((rows, *arrays[0].shape[1:]), self.dtype, order="F" if by_column else "C")
        if together is not None:
            # what lies together is copied together, as far as the signs are the same
            arrays = [together[_rows_above(arrays, a) : _rows_above(arrays, b)] for _, a, b in runs(signs)]
            signs = [sign for sign, _, _ in runs(signs)]
        at = 0
        for array, sign in zip(arrays, signs, strict=True):
            target = whole[at : at + len(array)]
            at += len(array)
            self._refresh.append(partial(np.positive if sign > 0 else np.negative, array, target))
        return whole

    def _single(self, each: Lowered) -> None:
        width = self.series[each.target].shape[-1]
        self._emit(each.expr, width, self.column(each.target))

    # expressions in the loop

    def column(self, name: str) -> Column:
        """The column of a name, one and the same object each time so that its rows are drawn once."""
        if name not in self.columns:
            if name in self.still:
                self.columns[name] = Still(self.still[name])
            elif name.endswith(PREVIOUS):
                self.columns[name] = Series(self.earlier[name.removesuffix(PREVIOUS)])
            else:
                self.columns[name] = Series(self.series[name])
        return self.columns[name]

    def _emit(self, expr: Expr, width: int, out: Column | None = None) -> Column:
        """Operations that work the expression out at each step; the column that holds the result."""
        if out is None and not isinstance(expr, Name) and not self._moves(expr):
            return self._hoist(expr, width)
        match expr:
            case Name(id) if out is None:
                return self.column(id)
            case Apply("matmul", (matrix, vector)):
                values = self._steady(matrix)
                column = self._emit(vector, values.shape[1])
                out = out or self._scratch(values.shape[0])
                self._multiply(values, column, out)
            case Apply("add" | "sub" | "mul" as op, (left, right)):
                first = self._emit(left, width)
                second = self._emit(right, width)
                out = out or self._scratch(width)
                self.tape.add(OPS[op].compute, first, second, out)
            case Apply("clip", (inner, low, high)):
                column = self._emit(inner, width)
                out = out or self._scratch(width)
                self.tape.add(bulk.clip, column, self._emit(low, width), self._emit(high, width), out)
            case Apply(op, (inner,)) if OPS[op].activation or op == "neg":
                column = self._emit(inner, width)
                out = out or self._scratch(width)
                self._activate(op, column, out, flipped=False)
            case _:
                out = out or self._scratch(width)
                self.tape.add(np.positive, self._emit(expr, width), out)
        return out

    def _activate(self, op: str, source: Column, out: Column, *, flipped: bool) -> None:
        match op:
            case "sigmoid":
                if not flipped:
                    self.tape.add(np.negative, source, out)
                    source = out
                self.tape.add(np.exp, source, out)
                self.tape.add(np.add, out, Still(np.asarray(1, self.dtype)), out)
                self.tape.add(np.reciprocal, out, out)
            case "tanh" | "exp" | "neg" | "identity":
                self.tape.add(OPS[op].compute, source, out)
            case _:
                self.tape.add(partial(_into, OPS[op].compute), source, out)

    def _moves(self, expr: Expr) -> bool:
        """Whether an expression reads anything that only the loop knows."""
        return any(name in self._in_loop or name.endswith(PREVIOUS) for name in names(expr))

    def _hoist(self, expr: Expr, width: int) -> Column:
        """A part of an expression that can be worked out before the loop."""
        if all(name in self.still for name in names(expr)):
            return Still(self._steady(expr))
        room = np.empty((self.length, *self.lead, width), self.dtype)
        self._ahead.append(partial(self._whole, expr, room))
        return Series(room)

    def _scratch(self, width: int) -> Still:
        return Still(np.empty((*self.lead, width), self.dtype))


def _into(function: Callable[[Array], Array], source: Array, out: Array) -> None:
    out[...] = function(source)


def _zero(row: Array, ended: Array) -> None:
    row[ended] = 0


def _rows_above(arrays: list[Array], index: int) -> int:
    """The number of rows of the arrays before that index."""
    return sum(len(array) for array in arrays[:index])
