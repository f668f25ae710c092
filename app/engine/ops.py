"""The table of operations: what each computes, its derivative, and how it is written.

Adding an operation to the language means adding a row here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .expr import Apply, Expr, Number

Array = NDArray[Any]
#: (arguments, value, gradient of the value) -> gradient of each argument, None where it is zero
Rule = Callable[[tuple[Expr, ...], Expr, Expr], tuple[Expr | None, ...]]


@dataclass(frozen=True, slots=True)
class Op:
    """One operation.

    `form` is how it is written: "infix", "prefix", "function", "pattern" (a function of literal whole
    numbers that gives a clock or a mask) or "internal" (only in adjoints). `range` is what an activation
    can give, (low, high) with None for unbounded. `binding` is how tightly an infix sign binds. `elementwise`
    tells that each entry of the result is that of the arguments alone, so that vectors side by side are one.
    `limits` is how many of its last arguments are plain numbers, which are its range.
    """

    name: str
    form: str
    arity: int
    compute: Callable[..., Array]
    adjoint: Rule
    sign: str = ""
    binding: int = 9
    activation: bool = False
    range: tuple[float | None, float | None] = (None, None)
    elementwise: bool = True
    limits: int = 0


def add(a: Expr, b: Expr) -> Expr:
    return Apply("add", (a, b))


def sub(a: Expr, b: Expr) -> Expr:
    return Apply("sub", (a, b))


def mul(a: Expr, b: Expr) -> Expr:
    return Apply("mul", (a, b))


def apply(op: str, *args: Expr) -> Expr:
    return Apply(op, args)


ONE = Number(1.0)


#: whether whatever is worked out now is worked out quietly
_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)
_AS_IT_IS = nullcontext()


class _Quiet(np.errstate):
    """Remembers besides that it has been entered."""

    def __enter__(self) -> None:
        super().__enter__()
        self._before = _QUIET.set(True)

    def __exit__(self, *raised: Any) -> None:
        _QUIET.reset(self._before)
        super().__exit__(*raised)


def quietly() -> AbstractContextManager[None]:
    """Overflow and what is not a number any more are shown to people, and not warned of.

    Where it is quiet already nothing is done, since telling NumPy takes as long as five of its calls on a short sequence.
    """
    return _AS_IT_IS if _QUIET.get() else _Quiet(over="ignore", invalid="ignore", under="ignore")


def matvec(matrix: Array, vector: Array) -> Array:
    """Matrix (..., m, n) times vector (..., n), leading axes broadcast."""
    result: Array = np.matmul(matrix, vector[..., None])[..., 0]
    return result


def sigmoid(x: Array) -> Array:
    """Logistic function, right in both tails: exp is only ever taken of a number that is not positive."""
    small = np.exp(np.where(np.real(x) > 0, -x, x))
    return np.asarray(np.where(np.real(x) > 0, 1, small) / (1 + small))


def softplus(x: Array) -> Array:
    small = np.exp(np.where(np.real(x) > 0, -x, x))
    return np.asarray(np.where(np.real(x) > 0, x, 0) + np.log1p(small))


def softsign(x: Array) -> Array:
    """x / (1 + |x|): like tanh, but slower to reach -1 and 1."""
    size = magnitude(x)
    return np.asarray(np.where(np.isinf(size), np.sign(np.real(x)), x / (1 + size)))


def magnitude(x: Array) -> Array:
    """x with the sign of its real part taken off, so that a complex step through it stays one."""
    return np.asarray(np.where(np.real(x) < 0, -x, x))


def clip(x: Array, low: Array, high: Array) -> Array:
    """x kept between two numbers; what is not a number stays so."""
    real = np.real(x)
    return np.asarray(np.where(real <= low, low, np.where(real >= high, high, x)), np.asarray(x).dtype)


def softmax(x: Array) -> Array:
    """Softmax over the last axis; the largest entry is taken off first, so nothing overflows."""
    small = np.exp(x - np.max(np.real(x), axis=-1, keepdims=True))
    return np.asarray(small / np.sum(small, axis=-1, keepdims=True))


def relu(x: Array) -> Array:
    return np.asarray(np.where(np.real(x) <= 0, 0, x))


def step(x: Array) -> Array:
    """1 where x > 0, else 0; what is not a number stays so."""
    return np.asarray(np.where(np.isnan(x), x, np.real(x) > 0), np.asarray(x).dtype)


def every(size: int, when: int, *periods: int) -> Array:
    """Clock of the units, (size,): equal groups, group k is 1 at steps when-1 divisible by its period."""
    active = [float((when - 1) % period == 0) for period in periods]
    return np.repeat(active, size // len(periods))


def slower(size: int, *periods: int) -> Array:
    """Block mask, (size, size): a group hears itself and the groups with a period as long or longer."""
    of = np.repeat(np.array(periods), size // len(periods))
    return (of[None, :] >= of[:, None]).astype(float)


def _none(args: tuple[Expr, ...], _y: Expr, _g: Expr) -> tuple[Expr | None, ...]:
    return (None,) * len(args)


def _clip(a: tuple[Expr, ...], _y: Expr, g: Expr) -> tuple[Expr | None, ...]:
    """1 strictly inside, 0 outside and at the limits themselves."""
    inner, low, high = a
    inside = mul(apply("step", sub(inner, low)), apply("step", sub(high, inner)))
    return mul(g, inside), None, None


def _softsign(_a: tuple[Expr, ...], y: Expr, g: Expr) -> tuple[Expr | None, ...]:
    """1 / (1 + |x|)^2, which is (1 - |y|)^2."""
    slope = sub(ONE, apply("abs", y))
    return (mul(g, mul(slope, slope)),)


def _unwritten(args: tuple[Expr, ...], _y: Expr, _g: Expr) -> tuple[Expr | None, ...]:
    raise AssertionError("an adjoint is not differentiated again")


_ROWS = (
    Op("add", "infix", 2, np.add, lambda a, y, g: (g, g), "+", 1),
    Op("sub", "infix", 2, np.subtract, lambda a, y, g: (g, apply("neg", g)), "-", 1),
    Op("mul", "infix", 2, np.multiply, lambda a, y, g: (mul(g, a[1]), mul(g, a[0])), "*", 2),
    Op(
        "matmul", "infix", 2, matvec,
        lambda a, y, g: (apply("outer", g, a[1]), apply("matmul", apply("transpose", a[0]), g)),
        "@", 2,
    ),
    Op("neg", "prefix", 1, np.negative, lambda a, y, g: (apply("neg", g),), "-", 3),
    Op(
        "sigmoid", "function", 1, sigmoid, lambda a, y, g: (mul(mul(g, y), sub(ONE, y)),),
        activation=True, range=(0, 1),
    ),
    Op(
        "tanh", "function", 1, np.tanh, lambda a, y, g: (mul(g, sub(ONE, mul(y, y))),),
        activation=True, range=(-1, 1),
    ),
    Op(
        "relu", "function", 1, relu, lambda a, y, g: (mul(g, apply("step", a[0])),),
        activation=True, range=(0, None),
    ),
    Op("identity", "function", 1, np.positive, lambda a, y, g: (g,), activation=True),
    Op(
        "exp", "function", 1, np.exp, lambda a, y, g: (mul(g, y),),
        activation=True, range=(0, None),
    ),
    Op(
        "softplus", "function", 1, softplus, lambda a, y, g: (mul(g, apply("sigmoid", a[0])),),
        activation=True, range=(0, None),
    ),
    Op("softsign", "function", 1, softsign, _softsign, activation=True, range=(-1, 1)),
    Op(
        "softmax", "function", 1, softmax,
        lambda a, y, g: (mul(y, sub(g, apply("total", mul(g, y)))),),
        activation=True, range=(0, 1), elementwise=False,
    ),
    Op("step", "function", 1, step, _none, activation=True, range=(0, 1)),
    Op("clip", "function", 3, clip, _clip, activation=True, limits=2),
    Op("every", "pattern", -1, every, _none, range=(0, 1)),
    Op("slower", "pattern", -1, slower, _none, range=(0, 1)),
    Op("transpose", "internal", 1, lambda a: np.swapaxes(a, -1, -2), _unwritten),
    Op("outer", "internal", 2, lambda a, b: a[..., :, None] * b[..., None, :], _unwritten),
    Op("abs", "internal", 1, magnitude, _unwritten),
    Op("total", "internal", 1, lambda a: np.sum(a, axis=-1, keepdims=True), _unwritten, elementwise=False),
    Op("next", "internal", 1, np.positive, _unwritten),
    Op("sum", "internal", 1, np.positive, _unwritten),
    Op("outside", "internal", 1, np.positive, _unwritten),
)  # fmt: skip


def is_pattern(expr: Expr) -> bool:
    """Clocks and masks: they depend on nothing, so nothing is differentiated for them."""
    return isinstance(expr, Apply) and OPS[expr.op].form == "pattern"


OPS = {row.name: row for row in _ROWS}
FUNCTIONS = tuple(row.name for row in _ROWS if row.form in ("function", "pattern"))
INFIX = {row.sign: row.name for row in _ROWS if row.form == "infix"}
