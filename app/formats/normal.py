"""What a cell computes, in a form that is the same however its lines are written.

Lines that only name something in between are put in where they are read, sums and products lose the order of their
terms, constants become numbers. Two programs of the same normal form give the same numbers, up to rounding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.engine import Apply, Expr, Name, Number, Program

#: nodes and depth of what is compared; a cell beyond is larger than that of any library
MAX_NODES = 2000
MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Node:
    """`number` is a number's value, the constant of a sum, or the factor of a product; `name` that of a name.

    `key` writes all of it down, `size` counts its nodes. Made by the functions below alone.
    """

    key: str
    op: str = field(compare=False)
    args: tuple[Node, ...] = field(compare=False)
    name: str = field(compare=False)
    number: float = field(compare=False)
    size: int = field(compare=False)
    depth: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What leaves a cell and what its states become, of `x`, the states before (`c_prev`) and the parameters.

    `shapes` are the parameters' shapes as names of sizes.
    """

    output: Node
    states: Mapping[str, Node]
    shapes: Mapping[str, tuple[str, ...]]


class TooLarge(Exception):
    """A cell that is no library's, since it is larger than any of theirs."""


def meaning(program: Program) -> Meaning:
    """The normal form of a program.

    Raises TooLarge for a cell that grows beyond what is compared.
    """
    known = lines(program)
    shapes = {each.name: each.shape for each in program.parameters}
    return Meaning(known[program.output], {state: known[state] for state in program.states}, shapes)


def lines(program: Program) -> dict[str, Node]:
    """The normal form of every line, by the name that it defines.

    Raises TooLarge for a cell that grows beyond what is compared.
    """
    known = {constant: number(value) for constant, value in program.constants.items()}
    for equation in program.equations:
        if equation.target not in known:
            known[equation.target] = _node(equation.expr, known)
    return known


def walk(node: Node) -> Iterator[Node]:
    """Every node, parents before children."""
    yield node
    for arg in node.args:
        yield from walk(arg)


def number(value: float) -> Node:
    return _made("number", value=value + 0.0)  # no negative zero


def name(id: str) -> Node:
    return _made("name", id=id)


def apply(op: str, *args: Node) -> Node:
    """An operation for which the order of its arguments matters."""
    return _made(op, args)


def add(*nodes: Node) -> Node:
    """The sum, with the terms of sums among its own."""
    constant, terms = 0.0, list[Node]()
    for node in nodes:
        constant += node.number if node.op in ("number", "sum") else 0.0
        terms += node.args if node.op == "sum" else () if node.op == "number" else (node,)
    if not terms:
        return number(constant)
    if len(terms) == 1 and constant == 0:
        return terms[0]
    return _made("sum", sorted(terms, key=lambda each: each.key), value=constant)


def mul(*nodes: Node) -> Node:
    """The product, elementwise, with the factors of products among its own.

    A product with a number of its own stays whole among others, so that it can be told whose the number is.
    """
    value, factors = 1.0, list[Node]()
    alone = sum(node.op != "number" for node in nodes) == 1
    for node in nodes:
        if node.op == "number":
            value *= node.number
        elif node.op == "product" and (alone or node.number == 1):
            value *= node.number
            factors += node.args
        else:
            factors.append(node)
    if not factors:
        return number(value)
    if len(factors) == 1 and value == 1:
        return factors[0]
    return _made("product", sorted(factors, key=lambda each: each.key), value=value)


def neg(node: Node) -> Node:
    return mul(number(-1.0), node)


def _made(op: str, args: Sequence[Node] = (), *, id: str = "", value: float = 0.0) -> Node:
    size = 1 + sum(each.size for each in args)
    depth = 1 + max((each.depth for each in args), default=0)
    if size > MAX_NODES or depth > MAX_DEPTH:
        raise TooLarge
    key = f"{op} {id}{value!r}({','.join(each.key for each in args)})"
    return Node(key, op, tuple(args), id, value, size, depth)


def _node(expr: Expr, known: Mapping[str, Node]) -> Node:
    match expr:
        case Number(value):
            return number(value)
        case Name(id):
            return known.get(id) or name(id)
        case Apply("add", (left, right)):
            return add(_node(left, known), _node(right, known))
        case Apply("sub", (left, right)):
            return add(_node(left, known), neg(_node(right, known)))
        case Apply("mul", (left, right)):
            return mul(_node(left, known), _node(right, known))
        case Apply("neg", (inner,)):
            return neg(_node(inner, known))
        case Apply("identity", (inner,)):
            return _node(inner, known)
        case Apply(op, args):
            return apply(op, *(_node(arg, known) for arg in args))
    raise AssertionError(f"no normal form for {expr}")
