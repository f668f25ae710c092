"""Reading a gate: which activation it is, and of which parameters its argument is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from app.engine import define

from .activations import FORMULAS, Activation
from .normal import Node, add, apply, lines, mul, name, neg, number, walk
from .variant import AFTER, BEFORE

X = name("x")
_PREVIOUS = "_prev"
#: what every expression may have, whatever its activation
_PLAIN = {"number", "name", "sum", "product"}
#: different numbers in a gate beyond which none are looked for in it; no library's has more than a handful
_MOST_NUMBERS = 16


@dataclass(frozen=True, slots=True)
class Gate:
    """One way to read a gate: its activation, how far its argument may be from 0, and its parameters.

    `names` maps W, U, b, p and d (a second bias, that of U) to what the cell calls them. `reset` is the reset gate
    where the argument has one, `side` whether it acts before or after the matrix.
    """

    activation: Activation
    clip: float | None
    names: Mapping[str, str]
    reset: Node | None = None
    side: str = ""

    @property
    def kind(self) -> tuple[Activation, float | None]:
        """What the gates of one layer have in common."""
        return self.activation, self.clip


def gates(node: Node, state: Node, seen: Collection[Node] = (), *, reset: bool = False) -> list[Gate]:
    """Every way to read a node as an activation of W @ x + U @ state + b.

    `seen` are the states that a peephole may look at; with `reset` the state goes through a reset gate.
    """
    return [
        Gate(activation, clip, names, r, side)
        for each in dict.fromkeys(_arguments(node))
        for inner, clip in (_unclipped(each),)
        for names, r, side in _read(inner, state, seen, reset=reset)
        for activation in activations(node, each)
    ]


def activations(node: Node, inner: Node) -> Iterator[Activation]:
    """Every activation that makes a node of what it is taken of."""
    inside = {each.number for each in walk(node)}
    known = sorted({0.0, 1.0, *inside, *(-each for each in inside)}) if len(inside) <= _MOST_NUMBERS else []
    functions = {each.op for each in walk(node)} | _PLAIN
    for formula, text in FORMULAS.items():
        pattern = _pattern(formula)
        if not functions.issuperset(each.op for each in walk(pattern)):
            continue
        places = [letter for letter in "ab" if f"{{{letter}}}" in text]
        for numbers in product(known, repeat=len(places)):
            activation = Activation(formula, numbers)
            if activation.plain() == activation:
                given = {"v": inner, **{letter: number(each) for letter, each in zip(places, numbers, strict=True)}}
                if _put(pattern, given) == node:
                    yield activation


def factors(node: Node) -> tuple[Node, ...]:
    """What a product is made of, its number left out."""
    return node.args if node.op == "product" else (node,)


def terms(node: Node) -> tuple[Node, ...]:
    """What a sum is made of; nothing where a number is added."""
    if node.op != "sum":
        return (node,)
    return node.args if node.number == 0 else ()


def without(node: Node, one: Node) -> Node:
    """A product without one of its factors, which it has."""
    rest = list(factors(node))
    rest.remove(one)
    return mul(number(node.number if node.op == "product" else 1.0), *rest)


def one_minus(node: Node) -> Node:
    return add(number(1.0), neg(node))


def is_parameter(node: Node) -> bool:
    return node.op == "name" and node != X and not node.name.endswith(_PREVIOUS)


@cache
def _pattern(formula: str) -> Node:
    """An activation of `v` with the numbers `a` and `b`, in normal form."""
    return lines(define(formula, f"h = {FORMULAS[formula].format(v='v', a='a', b='b')}").program)["h"]


def _put(pattern: Node, given: Mapping[str, Node]) -> Node:
    if pattern.op == "name":
        return given[pattern.name]
    args = [_put(arg, given) for arg in pattern.args]
    match pattern.op:
        case "number":
            return pattern
        case "sum":
            return add(number(pattern.number), *args)
        case "product":
            return mul(number(pattern.number), *args)
    return apply(pattern.op, *args)


def _arguments(node: Node) -> Iterator[Node]:
    """Everything in a node that could be the argument of its activation: sums, and what keeps them in bounds."""
    for each in walk(node):
        if each.op == "sum":
            yield add(*each.args)
        elif each.op == "clip":
            yield each


def _unclipped(node: Node) -> tuple[Node, float | None]:
    if node.op == "clip" and node.args[1].number == -node.args[2].number:
        return node.args[0], node.args[2].number
    return node, None


def _read(
    node: Node, state: Node, seen: Collection[Node], *, reset: bool
) -> Iterator[tuple[dict[str, str], Node | None, str]]:
    """The parameters of W @ x + U @ state + b, each at most once and nothing else; W and U have to be there."""
    names: dict[str, str] = {}
    r, side = None, ""
    for term in terms(node):
        found = _term(term, state, seen)
        if not found and reset:
            r, side, found = _reset(term, state)
        if found.keys() == {"b"} == found.keys() & names.keys():
            # the sum is what matters; a name that begins like ours tells which of them is which
            names["b"], found["d"] = sorted((names["b"], found.pop("b")), key=lambda each: (each[0] == "d", each))
        if not found or found.keys() & names.keys():
            return
        names |= found
    if names.keys() >= {"W", "U"} and reset == (r is not None):
        yield names, r, side


def _term(term: Node, state: Node, seen: Collection[Node]) -> dict[str, str]:
    if is_parameter(term):
        return {"b": term.name}
    if term.op == "matmul" and is_parameter(term.args[0]):
        letter = {X: "W", state: "U"}.get(term.args[1])
        return {letter: term.args[0].name} if letter else {}
    for each in seen:
        if each in factors(term) and is_parameter(without(term, each)):
            return {"p": without(term, each).name}
    return {}


def _reset(term: Node, state: Node) -> tuple[Node | None, str, dict[str, str]]:
    """U @ (r * state), or r * (U @ state + d)."""
    if term.op == "matmul" and is_parameter(term.args[0]) and state in factors(term.args[1]):
        return without(term.args[1], state), BEFORE, {"U": term.args[0].name}
    for each in factors(term):
        found: dict[str, str] = {}
        for part in terms(each):
            found |= _term(part, state, ())
        if found.keys() in ({"U"}, {"U", "b"}) and len(terms(each)) == len(found):
            return without(term, each), AFTER, {"U": found["U"], **({"d": found["b"]} if "b" in found else {})}
    return None, "", {}
