"""One place's tangents: its adjoint read the other way, from what is moved to everything that moves with it.

A term of ∂v that holds ∂w is a linear map; turned round it tells how w moves with v (forward accumulation; Griewank &
Walther 2008, section 3.1). Arrays are those of `pull`: (..., rays, size), one ray for each thing that is moved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ..adjoint import GRADIENT
from ..expr import Apply, Expr, Name, names
from ..flow import gradients, linear
from ..forward import Forward
from ..ops import Array, quietly
from .pull import Factor, Numbers, Steps, evaluate

Turned = Callable[[Steps, Array], Array]


class Push:
    """What moves in one place, step by step."""

    def __init__(self, forward: Forward) -> None:
        program = forward.program
        self.numbers = Numbers(forward)
        self._still = dict(self.numbers)
        self._order = [each.target for each in program.lowered if each.target in program.value]
        self._into: dict[str, list[tuple[str, Turned]]] = {name: [] for name in self._order}
        with quietly():
            for adjoint in program.adjoint:
                for term in adjoint.terms if adjoint.symbol not in program.parameter else ():
                    if term.when == "now":
                        self._into[gradients(term.expr)[0]].append((adjoint.symbol, self._turned(term.expr)))

    def step(self, steps: Steps, moved: Mapping[str, Array], bumps: Mapping[str, Array]) -> dict[str, Array]:
        """How every value moves (..., rays, size); what stands still is left out.

        `moved` is how inputs and states one step earlier do, `bumps` what is added to values from outside.
        """
        found: dict[str, Array] = dict(moved)
        for name in self._order:
            total = bumps.get(name)
            for source, turned in self._into[name]:
                if source in found:
                    part = turned(steps, found[source])
                    total = part if total is None else total + part
            if total is not None:
                found[name] = total
        return found

    def _turned(self, expr: Expr) -> Turned:
        part = linear(expr)
        if part is None:
            return self._any(expr)
        before, after = (Factor.of(factors, self.numbers) for factors in (part.factors, part.after))
        matrix = None if part.matrix is None else np.swapaxes(evaluate(part.matrix, self.numbers), -1, -2)

        def turned(steps: Steps, moved: Array) -> Array:
            result = moved if after is None else moved * after.at(steps)
            if matrix is not None:
                result = np.matmul(result, matrix)
            return result if before is None else result * before.at(steps)

        return turned

    def _any(self, expr: Expr) -> Turned:
        reads = [name for name in names(expr) if name not in self.numbers.still and not name.startswith(GRADIENT)]

        def turned(steps: Steps, moved: Array) -> Array:
            return transposed(expr, moved, self._still | {name: self.numbers[name][steps] for name in reads})

        return turned


def transposed(expr: Expr, moved: Array, env: Mapping[str, Array]) -> Array:
    """The linear map that a term is of the gradient in it, transposed and applied to (..., rays, size)."""
    match expr:
        case Name():
            return moved
        case Apply("neg", (inner,)):
            return transposed(inner, np.negative(moved), env)
        case Apply("mul", (left, right)):
            inner, factor = (left, right) if gradients(left) else (right, left)
            return transposed(inner, moved * evaluate(factor, env), env)
        case Apply("matmul", (Apply("transpose", (matrix,)), inner)):
            turned: Array = np.matmul(moved, np.swapaxes(evaluate(matrix, env), -1, -2))
            return transposed(inner, turned, env)
        case Apply("total", (inner,)):
            # one number that stood for all entries of a vector
            return transposed(inner, moved.sum(axis=-1, keepdims=True), env)
        case Apply("add" | "sub" as op, (left, right)):
            parts = [transposed(left, moved, env)] if gradients(left) else []
            if gradients(right):
                parts.append(transposed(right, moved if op == "add" else np.negative(moved), env))
            return parts[0] if len(parts) == 1 else parts[0] + parts[1]
    raise AssertionError(f"no such term: {expr}")
