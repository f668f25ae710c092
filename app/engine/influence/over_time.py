"""The gradient of a parameter from those of the values that read it: as a sum over steps, or step by step.

A matrix is one product of all gradients with all values, so that no step's own matrix is formed where it is not wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..expr import Apply, Expr, names
from ..ops import Array
from .pull import evaluate


@dataclass(frozen=True, slots=True)
class Axes:
    """How the axes of a series are put in order as (groups, summed, rays, size), and the groups' of a sum put back.

    `still` gives many networks' matrices (networks, m, n) an axis for the rays, and one entry for each group.
    """

    arrange: Callable[[Array], Array]
    still: Callable[[Array], Array]
    back: Callable[[Array], Array]


def over_steps(*, many: bool) -> Axes:
    """Of (T, *lead, rays, size): summed over steps and sequences, (rays, *shape) or (rays, networks, *shape)."""
    if many:
        return Axes(lambda a: np.moveaxis(a, 1, 0), lambda m: m[:, None], lambda total: np.moveaxis(total, 0, 1))
    return Axes(lambda a: a.reshape(1, -1, *a.shape[-2:]), lambda m: m, lambda total: total[0])


def by_ray(*, many: bool) -> Axes:
    """Of (rays, *lead, 1, size), each ray at one step of its own: summed over sequences, shapes as above."""
    if many:
        return Axes(lambda a: np.moveaxis(a, 0, 2), lambda m: m[:, None], lambda total: np.moveaxis(total, 0, 1))
    return Axes(
        lambda a: np.moveaxis(a.reshape(1, len(a), -1, a.shape[-1]), 1, 2), lambda m: m, lambda total: total[0]
    )


def by_step(steps: int, *, many: bool) -> Axes:
    """Of (T, *lead, 1, size): each step for itself, summed over sequences, (T, *shape) or (T, networks, *shape)."""
    if not many:
        return Axes(lambda a: a.reshape(steps, -1, 1, a.shape[-1]), lambda m: m, lambda total: total[:, 0])

    def each(matrices: Array) -> Array:
        return np.broadcast_to(matrices, (steps, *matrices.shape)).reshape(-1, 1, *matrices.shape[-2:])

    return Axes(
        lambda a: a.reshape(-1, 1, 1, a.shape[-1]), each, lambda total: total.reshape(steps, -1, *total.shape[2:])
    )


def over_time(
    terms: Sequence[Expr], env: Mapping[str, Array], still: frozenset[str], front: tuple[int, ...], axes: Axes
) -> Array | None:
    """The terms of a parameter's adjoint added up as `axes` says; None if there are none.

    `env` has the gradients and values (*front, rays, size) that they read, and what is the same at all steps (`still`).
    """
    total: Array | None = None
    for term in terms:
        part = _Sum(env, still, front, axes).of(term)
        total = part if total is None else total + part
    return None if total is None else axes.back(total)


@dataclass(frozen=True, slots=True)
class _Sum:
    env: Mapping[str, Array]
    still: frozenset[str]
    front: tuple[int, ...]
    axes: Axes

    def of(self, expr: Expr) -> Array:
        """(groups, rays, *shape)."""
        match expr:
            case Apply("sum", (inner,)):
                return self.of(inner)
            case Apply("neg", (inner,)):
                return np.negative(self.of(inner))
            case Apply("mul", (left, right)) if is_matrix(left):
                return self.of(left) * self.matrix(right)
            case Apply("mul", (left, right)) if is_matrix(right):
                return self.of(right) * self.matrix(left)
            case Apply("outer", (left, right)):
                return _products(self.axes.arrange(evaluate(left, self.env)), self.axes.arrange(self.vector(right)))
        total: Array = self.axes.arrange(evaluate(expr, self.env)).sum(axis=1)
        return total

    def matrix(self, expr: Expr) -> Array:
        """A mask, number or matrix."""
        array = np.asarray(evaluate(expr, self.env))
        return self.axes.still(array) if array.ndim == 3 else array

    def vector(self, expr: Expr) -> Array:
        """A vector at all steps, one that is the same at each (a parameter) included."""
        array = evaluate(expr, self.env)
        if self.still.issuperset(names(expr)):
            return np.broadcast_to(array, (*self.front, 1, array.shape[-1]))
        return array


def is_matrix(expr: Expr) -> bool:
    """Whether an adjoint expression gives a matrix."""
    match expr:
        case Apply("outer", _):
            return True
        case Apply("mul" | "neg" | "sum", args):
            return any(is_matrix(arg) for arg in args)
    return False


def _products(left: Array, right: Array) -> Array:
    """Sum over s of left (G, S, R, m) times right (G, S, R or 1, n): (G, R, m, n)."""
    if right.shape[2] != 1:
        apart: Array = np.matmul(np.moveaxis(left, 1, -1), np.moveaxis(right, 1, 2))
        return apart
    groups, summed, rays, rows = left.shape
    flat = np.moveaxis(left, 1, -1).reshape(groups, rays * rows, summed)
    found: Array = np.matmul(flat, right[:, :, 0]).reshape(groups, rays, rows, right.shape[-1])
    return found
