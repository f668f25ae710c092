"""Expressions for all timesteps at once, in whole-array operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from .expr import Apply, Expr, Name, Number
from .layout import Layout
from .ops import OPS, Array

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
            return sigmoid(evaluate(inner, lookup, layout), out)
        case Apply("add" | "sub" | "mul" as op, (left, right)):
            # the left side may be worked out in the result's own place, the right side needs its own
            first = evaluate(left, lookup, layout, out if isinstance(left, Apply) else None)
            ufunc = OPS[op].compute
            return np.asarray(ufunc(first, evaluate(right, lookup, layout), out=out))
        case Apply("transpose", (matrix,)):
            result = layout.transposed(evaluate(matrix, lookup, layout))
        case Apply(op, (inner,)) if not OPS[op].elementwise:
            result = layout.along(OPS[op].compute, evaluate(inner, lookup, layout))
        case Apply(op, args):
            result = OPS[op].compute(*(evaluate(arg, lookup, layout) for arg in args))
    if out is None:
        return result
    out[...] = result
    return out


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


def prepare(
    factors: Sequence[Expr],
    lookup: Lookup,
    layout: Layout,
    out: Array,
    calls: list[Callable[[], object]],
) -> None:
    """Add to `calls` what works a product out, on arrays that stay where they are and get new contents."""

    def place(node: Expr, into: Array | None) -> Array:
        match node:
            case Number(value):
                return np.asarray(value, out.dtype)
            case Name(id):
                return lookup(id)
            case Apply("add" | "sub" | "mul" as op, (left, right)):
                first = place(left, into if isinstance(left, Apply) else None)
                second = place(right, None)
                if into is None:
                    into = np.empty(np.broadcast_shapes(first.shape, second.shape), out.dtype)
                calls.append(partial(OPS[op].compute, first, second, into))
            case _:
                into = np.empty(out.shape, out.dtype) if into is None else into
                calls.append(partial(evaluate, node, lookup, layout, out=into))
        return into

    result = place(factors[0], out)
    for factor in factors[1:]:
        calls.append(partial(np.multiply, result, place(factor, None), out))
        result = out
    if result is not out:
        calls.append(partial(np.copyto, out, result))
