"""Equations as written to equations as run: every activation, its argument and every mask gets a name.

Derived names hold a colon, which no name in a person's text can: `i:in` is what the sigmoid of
`i = sigmoid(...)` is taken of, `h:tanh` is the tanh inside `h = o * tanh(c)`. An activation that is taken of
another keeps to that: in `i = sigmoid(clip(v + b, -3, 3))` what is clipped is `i:in`, and `i:in:in` is `v + b`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .expr import Apply, Equation, Expr, Name, Number
from .ops import OPS


@dataclass(frozen=True, slots=True)
class Lowered:
    """`target = expr`, `of` being the written equation that it belongs to."""

    target: str
    expr: Expr
    of: str


def lower(equations: Sequence[Equation], constants: Collection[str]) -> list[Lowered]:
    """The equations in the order of execution, constants left out."""
    found: list[Lowered] = []
    for equation in equations:
        if equation.target not in constants:
            _Lowering(equation, constants, found).root(equation.expr)
    return found


class _Lowering:
    def __init__(self, equation: Equation, constants: Collection[str], found: list[Lowered]) -> None:
        self.target, self.constants, self.found = equation.target, constants, found
        self.named: dict[int, str] = {}
        self.count: dict[str, int] = {}
        #: one number for all subtrees that read alike, by what stands in them and by their identity
        self.numbers: dict[object, int] = {}
        self.number_of: dict[int, int] = {}
        self.constant: set[int] = set()
        self.study(equation.expr)

    def study(self, expr: Expr) -> int:
        """Number a tree's parts, and note which are made of numbers and constants alone."""
        key: tuple[object, ...]
        match expr:
            case Number(value):
                key, constant = (value,), True
            case Name(name):
                key, constant = ("", name), name in self.constants
            case Apply(op, args):
                below = [self.study(arg) for arg in args]
                key = (op, *below)
                constant = OPS[op].form != "pattern" and self.constant.issuperset(below)
        number = self.numbers.setdefault(key, len(self.numbers))
        self.number_of[id(expr)] = number
        if constant:
            self.constant.add(number)
        return number

    def root(self, expr: Expr) -> None:
        match expr:
            case Apply(op) if OPS[op].activation and not self.is_constant(expr):
                expr = self.activation(expr, self.target)
            case Apply("every"):
                pass
            case _:
                expr = self.inside(expr)
        self.add(self.target, expr)

    def inside(self, expr: Expr) -> Expr:
        """The same expression with a name in place of each activation and mask in it."""
        if not isinstance(expr, Apply) or self.is_constant(expr):
            return expr
        row = OPS[expr.op]
        if row.form == "pattern" or row.activation:
            return self.name(expr, "")
        return Apply(expr.op, tuple(self.inside(arg) for arg in expr.args))

    def name(self, expr: Apply, wanted: str) -> Name:
        """An activation or mask as a value of its own, the same one wherever it stands again; '': any name that is free."""
        number = self.number_of[id(expr)]
        if number not in self.named:
            self.named[number] = wanted or self.free(expr.op)
            made = expr if OPS[expr.op].form == "pattern" else self.activation(expr, self.named[number])
            self.add(self.named[number], made)
        return Name(self.named[number])

    def activation(self, expr: Apply, name: str) -> Apply:
        inner, *limits = expr.args
        return Apply(expr.op, (self.argument(inner, f"{name}:in"), *limits))

    def argument(self, expr: Expr, name: str) -> Expr:
        if isinstance(expr, Apply) and OPS[expr.op].activation and not self.is_constant(expr):
            return self.name(expr, name)
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
        return self.number_of[id(expr)] in self.constant

    def add(self, target: str, expr: Expr) -> None:
        self.found.append(Lowered(target, expr, self.target))
