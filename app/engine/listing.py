"""Equations back to text, in a form that parses to the same tree."""

from __future__ import annotations

from collections.abc import Sequence

from .expr import Apply, Equation, Expr, Name, Number
from .ops import OPS

_PRODUCTS = {"mul", "matmul"}


def number(value: float) -> str:
    """A number in its shortest exact form."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def listing(expr: Expr) -> str:
    """An expression as text, with no more parentheses than it needs."""
    match expr:
        case Number(value):
            return number(value)
        case Name(id):
            return id
        case Apply(op, (inner,)) if OPS[op].form == "prefix":
            return OPS[op].sign + _operand(inner, OPS[op].binding, op)
        case Apply(op, (left, right)) if OPS[op].form == "infix":
            row = OPS[op]
            # the right operand of signs that bind alike needs parentheses: a - (b - c)
            return f"{_operand(left, row.binding, op)} {row.sign} {_operand(right, row.binding + 1, op)}"
        case Apply(op, args):
            return f"{op}({', '.join(listing(arg) for arg in args)})"


def _operand(expr: Expr, binding: int, parent: str) -> str:
    text = listing(expr)
    if not isinstance(expr, Apply):
        return text
    mixed = {expr.op, parent} == _PRODUCTS
    return f"({text})" if mixed or OPS[expr.op].binding < binding else text


def equation_text(equation: Equation) -> str:
    """One equation as a line of a cell."""
    size = f"[{equation.size}]" if equation.size else ""
    label = f" : {equation.label}" if equation.label else ""
    return f"{equation.target}{size} = {listing(equation.expr)}{label}"


def cell_text(header: Sequence[str], equations: Sequence[Equation], starts: Sequence[tuple[str, str]]) -> str:
    """A whole cell as text: header comments, equations with their labels in one column, start lines."""
    bodies = [equation_text(Equation(e.target, e.expr, "", e.size)) for e in equations]
    width = max((len(body) for body in bodies), default=0)
    lines = [f"# {line}".rstrip() for line in header]
    lines += [
        f"{body:<{width}}  : {equation.label}" if equation.label else body
        for body, equation in zip(bodies, equations, strict=True)
    ]
    lines += [f"start {name} = {value}" for name, value in starts]
    return "\n".join(lines) + "\n"
