"""Equations as written to equations as run: every activation, its argument and every mask gets a name.

Derived names hold a colon, which no name in a person's text can: `i:in` is what the sigmoid of
`i = sigmoid(...)` is taken of, `h:tanh` is the tanh inside `h = o * tanh(c)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .expr import Apply, Equation, Expr, Name, names, walk
from .ops import OPS


@dataclass(frozen=True, slots=True)
class Lowered:
    """`target = expr`, `of` being the written equation that it belongs to."""

    target: str
    expr: Expr
    of: str


def lower(equations: Sequence[Equation], constants: set[str]) -> list[Lowered]:
    """The equations in the order of execution, constants left out."""
    found: list[Lowered] = []
    for equation in equations:
        if equation.target not in constants:
            _Lowering(equation.target, constants, found).root(equation.expr)
    return found


class _Lowering:
    def __init__(self, target: str, constants: set[str], found: list[Lowered]) -> None:
        self.target, self.constants, self.found = target, constants, found
        self.named: dict[Expr, str] = {}
        self.count: dict[str, int] = {}

    def root(self, expr: Expr) -> None:
        match expr:
            case Apply(op, (inner,)) if OPS[op].activation and not self.is_constant(inner):
                expr = Apply(op, (self.argument(inner, f"{self.target}:in"),))
            case Apply("every"):
                pass
            case _:
                expr = self.inside(expr)
        self.add(self.target, expr)

    def inside(self, expr: Expr) -> Expr:
        """The same expression with a name in place of each activation and mask in it."""
        if not isinstance(expr, Apply) or self.is_constant(expr):
            return expr
        if OPS[expr.op].form == "pattern" or OPS[expr.op].activation:
            if expr not in self.named:
                name = self.free(expr.op)
                args = expr.args
                if OPS[expr.op].activation:
                    args = (self.argument(expr.args[0], f"{name}:in"),)
                self.add(name, Apply(expr.op, args))
                self.named[expr] = name
            return Name(self.named[expr])
        return Apply(expr.op, tuple(self.inside(arg) for arg in expr.args))

    def argument(self, expr: Expr, name: str) -> Expr:
        expr = self.inside(expr)
        if isinstance(expr, Name):
            return expr
        self.add(name, expr)
        return Name(name)

    def free(self, op: str) -> str:
        """A name for one more `op` in this equation; counted at once, since its argument may hold another."""
        self.count[op] = self.count.get(op, 0) + 1
        return f"{self.target}:{op}{self.count[op] if self.count[op] > 1 else ''}"

    def is_constant(self, expr: Expr) -> bool:
        """Numbers and constants alone are a scalar, and scalars are not worth a name."""
        if any(isinstance(node, Apply) and OPS[node.op].form == "pattern" for node in walk(expr)):
            return False
        return all(name in self.constants for name in names(expr))

    def add(self, target: str, expr: Expr) -> None:
        self.found.append(Lowered(target, expr, self.target))
