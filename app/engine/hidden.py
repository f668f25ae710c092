"""Parts of equations as values of their own, so that every product with what only the loop knows stands in a sum.

In `n = tanh(W_n @ x + r * (U_n @ h_prev + d_n))` the product is inside a factor: as an equation of its own,
`U_n @ h_prev + d_n`, it runs with the other products of h_prev, and its gradient goes back with theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .adjoint import derive
from .expr import Apply, Expr, Name, names
from .lower import Lowered
from .program import Program, Value
from .rules import PREVIOUS

_SUMS = ("add", "sub", "neg")


def exposed(program: Program) -> Program:
    """The program with the same values and some more, whose names no text can hold, and the adjoint of all."""
    work = _Exposing(program)
    for each in program.lowered:
        work.take(each)
    if not work.values:
        return program
    adjoint = derive(work.lowered, program.states, list(program.inputs), list(program.parameter))
    values = (*program.values, *work.values)
    return replace(program, values=values, lowered=tuple(work.lowered), adjoint=tuple(adjoint))


class _Exposing:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.moving = {state + PREVIOUS for state in program.states}
        self.lowered: list[Lowered] = []
        self.values: list[Value] = []
        self.named: dict[Expr, str] = {}

    def take(self, each: Lowered) -> None:
        if not self.moves(each.expr) or each.target in self.program.fixed:
            self.lowered.append(each)
            return
        self.moving.add(each.target)
        expr = self.sum(each.expr, each)
        self.lowered.append(Lowered(each.target, expr, each.of))

    def sum(self, expr: Expr, each: Lowered) -> Expr:
        """An expression whose summands may be products with a vector that moves."""
        match expr:
            case Apply(op, args) if op in _SUMS:
                return Apply(op, tuple(self.sum(arg, each) for arg in args))
            case Apply("matmul", (matrix, vector)) if self.moves(vector) and not self.moves(matrix):
                if not isinstance(vector, Name):
                    vector = self.name(self.sum(vector, each), self.size(matrix, 1), each)
                return Apply("matmul", (matrix, vector))
        return self.inside(expr, each)

    def inside(self, expr: Expr, each: Lowered) -> Expr:
        """An expression with a name in place of every such sum in it."""
        if not isinstance(expr, Apply):
            return expr
        size = self.product_size(expr)
        if size is not None:
            return self.name(self.sum(expr, each), size, each)
        return Apply(expr.op, tuple(self.inside(arg, each) for arg in expr.args))

    def product_size(self, expr: Expr) -> str | None:
        """The size of a sum with a moving product in it, None if it is none."""
        match expr:
            case Apply(op, args) if op in _SUMS:
                return next(filter(None, map(self.product_size, args)), None)
            case Apply("matmul", (matrix, vector)) if self.moves(vector) and not self.moves(matrix):
                return self.size(matrix, 0)
        return None

    def name(self, expr: Expr, size: str, each: Lowered) -> Name:
        if expr not in self.named:
            name = f"{each.target}/{len(self.values) + 1}"
            self.named[expr] = name
            self.moving.add(name)
            self.lowered.append(Lowered(name, expr, each.of))
            self.values.append(Value(name, size, "", "hidden", derived=True, of=each.of, range=None))
        return Name(self.named[expr])

    def size(self, matrix: Expr, axis: int) -> str:
        """The name of a matrix's number of rows (axis 0) or columns (axis 1)."""
        shapes: Sequence[tuple[str, ...]] = [
            self.program.parameter[name].shape if name in self.program.parameter else self.program.fixed.get(name, ())
            for name in names(matrix)
        ]
        return next(shape[axis] for shape in shapes if len(shape) == 2)

    def moves(self, expr: Expr) -> bool:
        """Whether an expression reads what only the loop knows."""
        return not self.moving.isdisjoint(names(expr))
