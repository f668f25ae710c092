"""Expressions of a cell as expressions of Python, for NumPy, PyTorch or Keras."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.engine import Apply, Expr, Name, Number

from .functions import BACKWARD, FUNCTIONS
from .text import INDENT, WIDTH, number

_SUM, _PRODUCT, _MINUS, _ATOM = 1, 2, 3, 9
_SIGNS = {"add": ("+", _SUM), "sub": ("-", _SUM), "mul": ("*", _PRODUCT)}


@dataclass(slots=True)
class Writer:
    """Writes the expressions of one program.

    `names` gives each symbol's Python name; `inside` are values that are written out where they are read; `folded`
    works out a subtree of numbers and constants, None for any other; `pattern` gives a clock's or mask's arguments.
    `helpers` collects what has to be defined above the code.
    """

    to: str
    names: Callable[[str], str]
    folded: Callable[[Expr], float | None]
    inside: Mapping[str, Expr] = field(default_factory=dict)
    helpers: dict[str, str] = field(default_factory=dict)

    def write(self, expr: Expr) -> str:
        return self._text(expr)[0]

    def assign(self, target: str, expr: Expr, depth: int) -> str:
        """`target = expr`; the terms of a sum in lines of their own if one line is too long. `depth` is its indent."""
        line = f"{target} = {self.write(expr)}"
        if len(line) + len(INDENT) * depth <= WIDTH:
            return line
        before, terms, after = f"{target} = (", self.terms(expr), ")"
        match self._outer(expr):
            case Apply(op, (inner,)) if op in FUNCTIONS and "{0})" in FUNCTIONS[op].form(self.to):
                start, _, end = self._form(op).partition("{0}")
                before, terms, after = f"{target} = {start}", self.terms(inner), end
        if len(terms) == 1:
            return line
        return "\n".join([before, *(f"{INDENT}{term}" for term in terms), after])

    def terms(self, expr: Expr) -> list[str]:
        """The terms of a sum, each with its sign but the first."""
        match self._outer(expr):
            case Apply("add" | "sub" as op, (left, right)):
                sign = _SIGNS[op][0]
                return [*self.terms(left), f"{sign} {self._operand(right, _PRODUCT)}"]
            case other:
                return [self._operand(other, _SUM)]

    def _outer(self, expr: Expr) -> Expr:
        """What a name stands for that is written out."""
        while isinstance(expr, Name) and expr.id in self.inside:
            expr = self.inside[expr.id]
        return expr

    def _text(self, expr: Expr) -> tuple[str, int]:
        """An expression and how tightly it binds."""
        expr = self._outer(expr)
        known = self.folded(expr)
        if known is not None:
            return number(known), _ATOM if known >= 0 else _MINUS
        match expr:
            case Number(value):
                return number(value), _ATOM if value >= 0 else _MINUS
            case Name(id):
                return self.names(id), _ATOM
            case Apply("next" | "sum", (inner,)):
                return self._text(inner)
            case Apply("identity", (inner,)):
                return self._text(inner)
            case Apply("neg", (inner,)):
                # (-a) * b is -(a * b) to the last digit
                return f"-{self._operand(inner, _PRODUCT)}", _MINUS if self._text(inner)[1] > _PRODUCT else _PRODUCT
            case Apply("transpose", (inner,)):
                return f"{self._operand(inner, _ATOM)}.T", _ATOM
            case Apply("matmul", (matrix, vector)):
                return self._product(matrix, vector)
            case Apply(op, (left, right)) if op in _SIGNS:
                sign, binding = _SIGNS[op]
                # the right operand of signs that bind alike needs parentheses: a - (b - c)
                return f"{self._operand(left, binding, op)} {sign} {self._operand(right, binding + 1, op)}", binding
            case Apply(op, args):
                return self._form(op).format(*(self.write(arg) for arg in args)), _ATOM

    def _form(self, op: str) -> str:
        if op in BACKWARD:
            return BACKWARD[op]
        row = FUNCTIONS[op]
        if self.to in row.helper:
            self.helpers[op] = row.helper[self.to]
        return row.form(self.to)

    def pattern(self, expr: Apply, **places: str) -> str:
        """A clock or a mask: `now` is the step, `size` how many units, `like` what has their type."""
        periods = ", ".join(number(arg.value) for arg in expr.args if isinstance(arg, Number))
        return self._form(expr.op).format(periods=periods, **places)

    def _product(self, matrix: Expr, vector: Expr) -> tuple[str, int]:
        """A matrix times a vector; PyTorch and Keras have the vectors of a batch as rows."""
        if self.to == "numpy":
            return f"{self._operand(matrix, _PRODUCT, 'matmul')} @ {self._operand(vector, _MINUS, 'matmul')}", _PRODUCT
        if self.to == "pytorch":
            return f"{self._operand(vector, _ATOM)} @ {self._operand(matrix, _ATOM)}.T", _PRODUCT
        self.helpers["product"] = PRODUCT_KERAS
        return f"product({self.write(matrix)}, {self.write(vector)})", _ATOM

    def _operand(self, expr: Expr, binding: int, parent: str = "") -> str:
        text, own = self._text(expr)
        outer = self._outer(expr)
        # a product of both kinds is shown as what it is
        mixed = isinstance(outer, Apply) and {outer.op, parent} == {"mul", "matmul"} and own == _PRODUCT
        return f"({text})" if mixed or own < binding else text


PRODUCT_KERAS = '''
def product(matrix, vector):
    """The matrix times each vector of a batch, which are its rows."""
    return ops.matmul(vector, ops.transpose(matrix))
'''
