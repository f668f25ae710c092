"""Expressions for all timesteps at once, in whole-array operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from .expr import Apply, Expr, Name, Number, names
from .layout import Layout
from .ops import OPS, Array
from .sheet import Scratch, Sheet
from .tape import Column, Series

#: from a name to its numbers, with the axes of a layout
Lookup = Callable[[str], Array]


def evaluate(expr: Expr, lookup: Lookup, layout: Layout, out: Array | None = None) -> Array:
    """The expression's value with every name a whole series (T, size, ...) or the same at all steps."""
    match expr:
        case Number(value):
            result: Array = value  # type: ignore[assignment]  # a plain number lets float32 be float32
        case Name(id):
            result = lookup(id)
        case Apply("matmul", (matrix, vector)):
            vectors = evaluate(vector, lookup, layout)
            return layout.product(evaluate(matrix, lookup, layout), vectors, out)
        case Apply("sigmoid", (inner,)):
            return _weak(sigmoid(evaluate(inner, lookup, layout), out))
        case Apply("add" | "sub" | "mul" as op, (left, right)):
            # the left side may be worked out in the result's own place, the right side needs its own
            first = evaluate(left, lookup, layout, out if isinstance(left, Apply) else None)
            ufunc = OPS[op].compute
            return _weak(np.asarray(ufunc(first, evaluate(right, lookup, layout), out=out)))
        case Apply("transpose", (matrix,)):
            result = layout.transposed(evaluate(matrix, lookup, layout))
        case Apply(op, (inner,)) if not OPS[op].elementwise:
            result = layout.along(OPS[op].compute, evaluate(inner, lookup, layout))
        case Apply(op, args):
            result = OPS[op].compute(*(evaluate(arg, lookup, layout) for arg in args))
    if out is None:
        return _weak(np.asarray(result)) if isinstance(expr, Apply) else result
    out[...] = result
    return out


def _weak(result: Array) -> Array:
    """What is made of plain numbers alone is a plain number too, which lets float32 be float32."""
    return result if result.shape or result.dtype != np.float64 else float(result)  # type: ignore[return-value]


def sigmoid(x: Array, out: Array | None = None) -> Array:
    """1 / (1 + exp(-x)): the tails are right, exp may overflow to infinity on its way to 0."""
    out = np.asarray(np.negative(x, out=out))
    np.exp(out, out=out)
    out += 1
    return np.asarray(np.reciprocal(out, out=out))


def clip(x: Array, low: Array, high: Array, out: Array) -> None:
    """x kept between two numbers, in place of whatever `out` held."""
    np.maximum(x, low, out=out)
    np.minimum(out, high, out=out)


@dataclass(frozen=True, slots=True)
class Preparing:
    """Adds to `sheet` what works products out; `column` gives names and what stands still, None for anything else."""

    sheet: Sheet
    layout: Layout
    column: Callable[[Expr], Column | None]

    def product(self, factors: Sequence[Expr], out: Series) -> None:
        """Operations whose result is the factors' product."""
        result = self._place(factors[0], out, out)
        for factor in factors[1:]:
            other = self._place(factor, None, out)
            self.sheet.add(np.multiply, result, other, out)
            self.sheet.give(other)
            result = out
        if result is not out:
            self.sheet.add(np.positive, result, out)

    def _place(self, node: Expr, into: Column | Scratch | None, like: Series) -> Column | Scratch:
        """Where an expression's value is going to be: a place of its own, `into`, or room like that of a column."""
        found = self.column(node)
        if found is not None:
            return found
        target = into or self.sheet.take(like.array.shape[1:])
        match node:
            case Apply("add" | "sub" | "mul" as op, (left, right)):
                # the left side may be worked out in the result's own place, the right side needs its own
                first = self._place(left, target, like)
                second = self._place(right, None, like)
                self.sheet.add(OPS[op].compute, first, second, target)
                self.sheet.give(second)
            case _:
                read = names(node)
                given = [each for name in read if (each := self.column(Name(name))) is not None]
                self.sheet.add(partial(_named, node, self.layout, read), *given, target)
        return target


def _named(expr: Expr, layout: Layout, read: list[str], *arrays: Array) -> None:
    """An expression of the first arrays by their names, into the last."""
    *given, out = arrays
    evaluate(expr, dict(zip(read, given, strict=True)).__getitem__, layout, out)
