"""Simpler trees with the same value."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from operator import is_

from .expr import Apply, Expr, Number

ZERO = Number(0.0)
#: trees that have been simplified, by their identity, each with what it became
Done = dict[int, tuple[Expr, Expr]]


def simplify(expr: Expr, done: Done | None = None) -> Expr:
    """Numbers worked out, zeros and ones gone, minus signs moved outwards.

    Trees that share parts are given the same `done`, so that no part is looked at twice.
    """
    return _simple(expr, {} if done is None else done)


def _simple(expr: Expr, done: Done) -> Expr:
    if not isinstance(expr, Apply):
        return expr
    before = done.get(id(expr))
    if before is not None:
        return before[1]
    args = [_simple(arg, done) for arg in expr.args]
    same = all(map(is_, args, expr.args))
    result = _simpler(expr if same else Apply(expr.op, tuple(args), expr.span))
    done[id(expr)] = expr, result  # the tree itself is kept, so that its identity stays its own
    return result


def _simpler(expr: Apply) -> Expr:
    rule = _RULES.get(expr.op)
    return rule(expr) if rule else expr


# a tree holds finite numbers only: what overflows is left to be worked out


def _add(expr: Apply) -> Expr:
    match expr.args:
        case (Number(a), Number(b)) if isfinite(a + b):
            return Number(a + b)
        case (a, Number(0.0)) | (Number(0.0), a):
            return a
        case (a, Apply("neg", (b,))):
            return Apply("sub", (a, b))
    return expr


def _sub(expr: Apply) -> Expr:
    match expr.args:
        case (Number(a), Number(b)) if isfinite(a - b):
            return Number(a - b)
        case (a, Number(0.0)):
            return a
        case (Number(0.0), a):
            return _neg(Apply("neg", (a,)))
        case (a, Number(b)) if b < 0:
            return Apply("add", (a, Number(-b)))
        case (a, Apply("neg", (b,))):
            return Apply("add", (a, b))
    return expr


def _mul(expr: Apply) -> Expr:
    match expr.args:
        case (Number(a), Number(b)) if isfinite(a * b):
            return Number(a * b)
        case (Number(0.0), _) | (_, Number(0.0)):
            return ZERO
        case (Number(1.0), a) | (a, Number(1.0)):
            return a
        case (Apply("neg", (a,)), b) | (a, Apply("neg", (b,))):
            return _neg(Apply("neg", (_mul(Apply("mul", (a, b))),)))
    return expr


def _neg(expr: Apply) -> Expr:
    match expr.args:
        case (Number(a),):
            return Number(-a)
        case (Apply("neg", (inner,)),):
            return inner
    return expr


def _nothing(expr: Apply) -> Expr:
    return ZERO if ZERO in expr.args else expr


_RULES: dict[str, Callable[[Apply], Expr]] = {
    "add": _add, "sub": _sub, "mul": _mul, "neg": _neg,
    "outer": _nothing, "matmul": _nothing, "transpose": _nothing, "total": _nothing,
}  # fmt: skip
