"""The backward half of the plan: a program's adjoint over a finished forward run.

Only what passes from step to step runs in a loop. Chains such as ∂c -> ∂i -> ∂i:in are multiplied out for all
steps beforehand, and everything that hangs off the loop is worked out for all steps when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from . import bulk
from .adjoint import GRADIENT
from .expr import Apply, Expr, Name, Number
from .flow import Flow, gradients, linear
from .forward import Forward, cut
from .ops import OPS, Array
from .rules import PREVIOUS
from .schedule import Block, runs
from .tape import Column, Series, Still, Tape


class Backward:
    """The gradients of one forward run, its arrays laid out once and filled by `load`."""

    def __init__(self, forward: Forward, flow: Flow) -> None:
        self.forward, self.flow = forward, flow
        self.length, self.lead, self.dtype = forward.length, forward.lead, forward.dtype
        self.values = forward.part()
        self.outside = {
            name: np.zeros((self.length, *self._shape(name)), self.dtype) for name in flow.outside
        }
        self.loop: dict[str, Array] = {}
        self.whole: dict[str, Array] = {}
        self.blocks: dict[str, tuple[Array, int, int]] = {}
        self.carry: dict[str, Array] = {}
        self.columns: dict[str, Column] = {}
        self.tape = Tape()
        self._refresh: list[Callable[[], object]] = []
        with np.errstate(all="ignore"):
            self._prepare()

    def load(self, outside: Mapping[str, Array]) -> None:
        """New numbers: those of the forward run as they are now, and dL/dv (T, ..., size) given from outside."""
        self.whole.clear()
        for name, gradient in outside.items():
            self.outside[name][...] = gradient
        for carry in self.carry.values():
            carry[...] = 0
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            for refresh in self._refresh:
                refresh()

    def run(self, first: int, stop: int) -> None:
        """Steps first..stop from last to first; stretches are run from the end of the sequence on."""
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            if self.tape.table:
                self.tape.run(first, stop, backward=True)

    def knows(self, symbol: str) -> bool:
        """Whether the symbol is one that is differentiated for (a clock is not)."""
        return symbol in self.flow.terms

    def array(self, symbol: str, first: int = 0, stop: int | None = None) -> Array:
        """dL/dsymbol at steps first..stop: a value, an input, or a state one step earlier as `c_prev`.

        A stretch can be asked for as soon as the loop has run down to its first step.
        """
        stop = self.length if stop is None else stop
        if symbol in self.loop:
            return self.loop[symbol][first:stop]
        if symbol in self.whole:
            return self.whole[symbol][first:stop]
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            result = self._sum(symbol, first, stop)
        if (first, stop) == (0, self.length):
            self.whole[symbol] = result
        return result

    def parameters(self) -> dict[str, Array]:
        """dL/dparameter, summed over all steps and sequences, of every parameter."""
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            return {name: self._parameter(name) for name in self.forward.program.parameter}

    def _parameter(self, name: str) -> Array:
        total: Array | None = None
        for term in self.flow.terms[name]:
            inner = term.args[0] if isinstance(term, Apply) and term.op == "sum" else term
            part = self._over_time(inner)
            total = part if total is None else total + part
        return np.zeros_like(self.forward.still[name]) if total is None else total

    # sums for all steps at once

    def _sum(self, symbol: str, first: int, stop: int) -> Array:
        total: Array | None = None
        if symbol in self.outside:
            total = self.outside[symbol][first:stop]
        for term in self.flow.terms[symbol]:
            part = self._evaluate(term, first, stop)
            total = part if total is None else total + part
        if symbol in self.flow.carried:
            later = np.zeros((stop - first, *self._shape(symbol)), self.dtype)
            until = min(stop + 1, self.length)
            later[: until - first - 1] = self.array(symbol + PREVIOUS, first + 1, until)
            total = later if total is None else total + later
        if total is None:
            return np.zeros((stop - first, *self._shape(symbol)), self.dtype)
        return np.broadcast_to(total, (stop - first, *self._shape(symbol)))

    def _evaluate(self, term: Expr, first: int, stop: int) -> Array:
        return bulk.evaluate(term, _Env(self, first, stop))

    def _shape(self, symbol: str) -> tuple[int, ...]:
        return self.forward.raw(symbol).shape[1:]

    def _over_time(self, expr: Expr) -> Array:
        """An expression summed over steps and sequences; outer products become one matrix product."""
        match expr:
            case Apply("outer", (Name(name), Name(vector))):
                return self._outer(name.removeprefix(GRADIENT), vector)
            case Apply("outer", (left, right)):
                rows = self._evaluate(left, 0, self.length)
                columns = self._evaluate(right, 0, self.length)
                return np.asarray(_flat(rows).T @ _flat(columns))
            case Apply("mul" as op, (left, right)) if _is_matrix(left):
                return np.asarray(OPS[op].compute(self._over_time(left), self._still(right)))
            case Apply("mul" as op, (left, right)) if _is_matrix(right):
                return np.asarray(OPS[op].compute(self._over_time(right), self._still(left)))
            case Apply("neg", (inner,)):
                return np.negative(self._over_time(inner))
            case Name(name) if name.removeprefix(GRADIENT) in self.blocks:
                block, first, stop = self.blocks[name.removeprefix(GRADIENT)]
                key = f"{id(block)}"
                if key not in self.whole:
                    self.whole[key] = _flat(block).sum(axis=0)
                return self.whole[key][first:stop]
        series = self._evaluate(expr, 0, self.length)
        return np.asarray(series.sum(axis=tuple(range(series.ndim - 1))))

    def _outer(self, symbol: str, vector: str) -> Array:
        columns = _flat(self.values[vector])
        if symbol not in self.blocks:
            return np.asarray(_flat(self.array(symbol)).T @ columns)
        block, first, stop = self.blocks[symbol]
        key = f"{id(block)} {vector}"
        if key not in self.whole:
            self.whole[key] = _flat(block).T @ columns
        return self.whole[key][first:stop]

    def _still(self, expr: Expr) -> Array:
        return bulk.evaluate(expr, self.forward.still)

    # the loop

    def _prepare(self) -> None:
        roots, vectors = self.flow.needed
        if not roots:
            return
        for state in self.flow.carried:
            self.carry[state] = np.zeros(self._shape(state), self.dtype)
        for root in roots:
            self.loop[root] = np.empty((self.length, *self._shape(root)), self.dtype)
        groups = self._side_by_side(vectors)
        spelt: set[str] = set()
        for each in reversed(self.forward.program.lowered):
            if each.target in roots:
                self._root(each.target)
            if each.target in vectors and each.target not in spelt:
                # its root, and so that of its neighbours, has been formed by now
                group = next(group for group in groups if each.target in group)
                self._multiples(group)
                spelt.update(group)
        for state in self.flow.carried:
            self._carry(state)

    def _side_by_side(self, vectors: set[str]) -> list[list[str]]:
        """Room for the gradients that are spelled out, blocks as in the forward run; runs with one root."""
        groups: list[list[str]] = []
        for item in self.forward.plan.loop:
            if not isinstance(item, Block):
                continue
            members = [m.target for m in item.members]
            widths = [self._shape(name)[-1] for name in members]
            edges = np.concatenate([[0], np.cumsum(widths)]).tolist()
            room = np.zeros((self.length, *self.lead, edges[-1]), self.dtype)
            for name, a, b in zip(members, edges, edges[1:], strict=False):
                if name in vectors:
                    self.loop[name] = room[..., a:b]
                    self.blocks[name] = (room, a, b)
            keys = [
                (self.flow.resolve(name)[0], width) if name in vectors else None
                for name, width in zip(members, widths, strict=True)
            ]
            for key, a, b in runs(keys):
                if key is not None:
                    groups.append(members[a:b])
        for name in vectors.difference(self.blocks):
            self.loop[name] = np.empty((self.length, *self._shape(name)), self.dtype)
            groups.append([name])
        return groups

    def _multiples(self, group: list[str]) -> None:
        """Neighbouring gradients that are multiples of one root, as one multiplication a step."""
        root = self.flow.resolve(group[0])[0]
        width = self._shape(root)[-1]
        local = np.empty((self.length, *self.lead, width * len(group)), self.dtype)
        for index, name in enumerate(group):
            factors = self.flow.resolve(name)[1]
            self._factor(factors, local[..., index * width : (index + 1) * width])
        if len(group) == 1:
            self.tape.add(
                np.multiply, Series(local), self._column(root), Series(self.loop[group[0]])
            )
            return
        block, first, _ = self.blocks[group[0]]
        whole = cut(block, first, first + width * len(group))
        rows = (self.length, *self.lead, len(group), width)
        self.tape.add(
            np.multiply,
            Series(local.reshape(rows)),
            Series(self._gradient(root)[..., None, :]) if self.lead else self._column(root),
            Series(whole.reshape(rows)),
        )

    def _root(self, root: str) -> None:
        out = self._column(root)
        known = [t for t in self.flow.terms[root] if not self._is_late(t)]
        parts: list[Column] = []
        if known:
            parts.append(Series(self._known(root, known)))
        elif root in self.outside:
            parts.append(Series(self.outside[root]))
        if root in self.flow.carried:
            parts.append(Still(self.carry[root]))
        late = [t for t in self.flow.terms[root] if self._is_late(t)]
        spelt = [self._term(term, None if index else out) for index, term in enumerate(late)]
        # what was worked out in the sum's own place comes first: the others are added onto it
        self._add_up(spelt + parts, out)

    def _known(self, root: str, terms: list[Expr]) -> Array:
        """What of a sum does not have to wait for the loop."""
        base = np.empty((self.length, *self._shape(root)), self.dtype)

        def refresh() -> None:
            base[...] = self.outside.get(root, 0)
            for term in terms:
                np.add(base, self._evaluate(term, 0, self.length), out=base)

        self._refresh.append(refresh)
        return base

    def _carry(self, state: str) -> None:
        """∂state_prev of this step, which the loop reads as the next one's when it goes on to the left."""
        out = Still(self.carry[state])
        waiting = list(self.flow.terms[state + PREVIOUS])
        parts: list[Column] = []
        for stacked, block, first, stop in self._stacked(waiting):
            target = out if not parts else self._scratch(self._shape(state)[-1])
            self._multiply(stacked, Series(cut(block, first, stop)), target)
            parts.append(target)
        for term in waiting:
            parts.append(self._term(term, out if not parts else None))
        self._add_up(parts, out)

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
                matrix = self._stack([each[2] for each in group])
                results.append((matrix, group[0][3], group[0][0], group[-1][1]))
        return results

    def _term(self, term: Expr, out: Column | None) -> Column:
        part = linear(term)
        if part is None:
            return self._emit(term, out)
        width = self._width(term)
        if part.matrix is None:
            root, factors = self.flow.resolve(part.of)
            factors += part.factors
            if not factors:
                return self._column(root)
            target = out or self._scratch(width)
            local = self._local(factors, width)
            self.tape.add(np.multiply, self._column(root), Series(local), target)
            return target
        source = self._column(part.of)
        if part.factors:
            inner = self._shape(part.of)[-1]
            scratch = self._scratch(inner)
            local = self._local(part.factors, inner)
            self.tape.add(np.multiply, source, Series(local), scratch)
            source = scratch
        target = out or self._scratch(width)
        self._multiply(self._steady(part.matrix), source, target)
        if part.after:
            local = self._local(part.after, width)
            self.tape.add(np.multiply, target, Series(local), target)
        return target

    def _emit(self, expr: Expr, out: Column | None) -> Column:
        """Any other expression, operation by operation."""
        match expr:
            case Name(id) if id.startswith(GRADIENT):
                return self._column(id.removeprefix(GRADIENT))
            case _ if not gradients(expr):
                return Series(self._local((expr,), self._width(expr)))
            case Apply("add" | "sub" | "mul" as op, (left, right)):
                a, b = self._emit(left, None), self._emit(right, None)
                out = out or self._scratch(self._width(expr))
                self.tape.add(OPS[op].compute, a, b, out)
            case Apply("matmul", (Apply("transpose", (matrix,)), inner)):
                source = self._emit(inner, None)
                out = out or self._scratch(self._width(expr))
                self._multiply(self._steady(matrix), source, out)
            case Apply("total", (inner,)):
                source = self._emit(inner, None)
                out = out or self._scratch(1)
                self.tape.add(_total, source, out)
            case Apply(op, (inner,)):
                source = self._emit(inner, None)
                out = out or self._scratch(self._width(expr))
                self.tape.add(OPS[op].compute, source, out)
            case _:
                raise AssertionError(f"no such term: {expr}")
        return out

    def _add_up(self, parts: list[Column], out: Column) -> None:
        if len(parts) == 1:
            if parts[0] is not out:
                self.tape.add(np.positive, parts[0], out)
            return
        total = parts[0]
        for part in parts[1:]:
            self.tape.add(np.add, total, part, out)
            total = out

    def _local(self, factors: tuple[Expr, ...], width: int) -> Array:
        room = np.empty((self.length, *self.lead, width), self.dtype)
        self._factor(factors, room)
        return room

    def _factor(self, factors: tuple[Expr, ...], out: Array) -> None:
        """The product of local derivatives at all steps, worked out again at every `load`."""
        product = factors[0] if factors else Number(1.0)
        for factor in factors[1:]:
            product = Apply("mul", (product, factor))
        bulk.prepare(product, self._stored, out, self._refresh)

    def _stored(self, name: str) -> Array:
        """A value's own array; where it is stored with the opposite sign, a copy renewed at every `load`."""
        stored = self.forward.raw(name)
        if name not in self.forward.flipped:
            return stored
        turned = np.empty_like(stored)
        self._refresh.append(partial(np.negative, stored, turned))
        return turned

    def _steady(self, expr: Expr) -> Array:
        """The array of an expression of parameters and constants, worked out again at every `load`."""
        if isinstance(expr, Name):
            return self.forward.still[expr.id]
        room = np.array(self._still(expr))
        self._refresh.append(partial(bulk.evaluate, expr, self.forward.still, out=room))
        return room

    def _stack(self, parts: list[Expr]) -> Array:
        """Steady expressions one below the other."""
        names = [part.id if isinstance(part, Name) else "" for part in parts]
        together = self.forward.adjoining(names)
        if together is not None:
            return together
        arrays = [self._steady(part) for part in parts]
        if len(arrays) == 1:
            return arrays[0]
        whole = np.concatenate(arrays)
        self._refresh.append(partial(np.concatenate, arrays, out=whole))
        return whole

    def _multiply(self, matrix: Array, vector: Column, out: Column) -> None:
        """Rows times matrix, which is the transposed matrix times a column."""
        if self.lead:
            self.tape.add(np.matmul, vector, Still(matrix), out)
        else:
            self.tape.add(matrix.T.dot, vector, out)

    def _is_late(self, term: Expr) -> bool:
        return any(of in self.flow.late for of in gradients(term))

    def _gradient(self, symbol: str) -> Array:
        """The array that the loop reads a gradient from; what does not wait for it is filled at every `load`."""
        if symbol not in self.loop:
            early = np.empty((self.length, *self._shape(symbol)), self.dtype)
            self._refresh.append(lambda: np.copyto(early, self.array(symbol)))
            return early
        return self.loop[symbol]

    def _column(self, symbol: str) -> Column:
        if symbol not in self.columns:
            self.columns[symbol] = Series(self._gradient(symbol))
        return self.columns[symbol]

    def _scratch(self, width: int) -> Still:
        return Still(np.empty((*self.lead, width), self.dtype))

    def _width(self, expr: Expr) -> int:
        match expr:
            case Number():
                return 1
            case Name(id):
                value = self.forward.raw(id.removeprefix(GRADIENT))
                return value.shape[-1] if value.ndim else 1
            case Apply("matmul", (Apply("transpose", (matrix,)), _)):
                return int(self._still(matrix).shape[-1])
            case Apply("total"):
                return 1
            case Apply(_, args):
                return max(self._width(arg) for arg in args)


class _Env(dict[str, Array]):
    """Values and gradients of a stretch of steps, looked up when asked for."""

    def __init__(self, backward: Backward, first: int, stop: int) -> None:
        super().__init__(backward.forward.still)
        self.backward, self.first, self.stop = backward, first, stop

    def __missing__(self, name: str) -> Array:
        if name.startswith(GRADIENT):
            return self.backward.array(name.removeprefix(GRADIENT), self.first, self.stop)
        return self.backward.values[name][self.first : self.stop]


def _is_matrix(expr: Expr) -> bool:
    match expr:
        case Apply("outer", _):
            return True
        case Apply("mul" | "neg", args):
            return any(_is_matrix(arg) for arg in args)
    return False


def _flat(series: Array) -> Array:
    """(T, ..., size) as (T * ..., size)."""
    return series.reshape(-1, series.shape[-1])


def _total(source: Array, out: Array) -> None:
    np.sum(source, axis=-1, keepdims=True, out=out)
