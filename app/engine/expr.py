"""The tree that every equation is made of: numbers, names and applied operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import is_


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a cell's text: line from 1, columns from 0, `end` exclusive."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number:
    value: float
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    id: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Apply:
    """An operation of the table in `ops`, infix or function alike."""

    op: str
    args: tuple[Expr, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


Expr = Number | Name | Apply


@dataclass(frozen=True, slots=True)
class Equation:
    """`target[size] = expr : label`, one line of a cell; `size` None means the layer's units."""

    target: str
    expr: Expr
    label: str = ""
    size: str | None = None
    span: Span | None = field(default=None, compare=False, repr=False)


def walk(expr: Expr) -> Iterator[Expr]:
    """Every node, parents before children, left to right."""
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Apply):
            waiting.extend(reversed(node.args))


def names(expr: Expr) -> list[str]:
    """The names in an expression, in order of first appearance, each once."""
    return list(dict.fromkeys(node.id for node in walk(expr) if isinstance(node, Name)))


def rebuild(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The same tree with `change` applied to every node, children first."""
    if isinstance(expr, Apply):
        args = [rebuild(arg, change) for arg in expr.args]
        if not all(map(is_, args, expr.args)):
            expr = Apply(expr.op, tuple(args), expr.span)
    return change(expr)


def to_data(expr: Expr) -> object:
    """The JSON form: a number, a name as a string, or [op, argument, ...]."""
    match expr:
        case Number(value):
            return value
        case Name(id):
            return id
        case Apply(op, args):
            return [op, *(to_data(arg) for arg in args)]


def from_data(data: object) -> Expr:
    """The tree behind a JSON form.

    Raises ValueError if `data` is not such a form.
    """
    match data:
        case bool():
            raise ValueError(f"not an expression: {data!r}")
        case int() | float():
            return Number(float(data))
        case str():
            return Name(data)
        case [str(op), *args]:
            return Apply(op, tuple(from_data(arg) for arg in args))
    raise ValueError(f"not an expression: {data!r}")
