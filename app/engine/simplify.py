"""Simpler trees with the same value."""

from __future__ import annotations

from math import isfinite

from .expr import Apply, Expr, Number, rebuild

ZERO = Number(0.0)


def simplify(expr: Expr) -> Expr:
    """Numbers worked out, zeros and ones gone, minus signs moved outwards."""
    return rebuild(expr, _simpler)


def _simpler(expr: Expr) -> Expr:
    match expr:
        # a tree holds finite numbers only: what overflows is left to be worked out
        case Apply("add", (Number(a), Number(b))) if isfinite(a + b):
            return Number(a + b)
        case Apply("sub", (Number(a), Number(b))) if isfinite(a - b):
            return Number(a - b)
        case Apply("mul", (Number(a), Number(b))) if isfinite(a * b):
            return Number(a * b)
        case Apply("neg", (Number(a),)):
            return Number(-a)
        case Apply("neg", (Apply("neg", (inner,)),)):
            return inner
        case Apply("add", (a, Number(0.0))) | Apply("add", (Number(0.0), a)):
            return a
        case Apply("sub", (a, Number(0.0))):
            return a
        case Apply("sub", (Number(0.0), a)):
            return _simpler(Apply("neg", (a,)))
        case Apply("add", (a, Apply("neg", (b,)))):
            return Apply("sub", (a, b))
        case Apply("sub", (a, Apply("neg", (b,)))):
            return Apply("add", (a, b))
        case Apply("mul", (Number(0.0), _)) | Apply("mul", (_, Number(0.0))):
            return ZERO
        case Apply("mul", (Number(1.0), a)) | Apply("mul", (a, Number(1.0))):
            return a
        case Apply("mul", (Apply("neg", (a,)), b)) | Apply("mul", (a, Apply("neg", (b,)))):
            return _simpler(Apply("neg", (_simpler(Apply("mul", (a, b))),)))
        case Apply("outer" | "matmul" | "transpose" | "total", args) if ZERO in args:
            return ZERO
    return expr
