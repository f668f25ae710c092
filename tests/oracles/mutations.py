"""Mistakes that an import can make: each turns what a case was converted to into something that looks as good and is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Any, TypeGuard

import numpy as np

from app.cells import load
from app.engine import Apply, Equation, Expr, Name, Number, define
from app.engine.expr import rebuild, walk
from app.engine.listing import cell_text
from app.formats.convert import convert
from app.formats.found import Found
from app.formats.library import LibraryLayer
from tests.oracles.case import Array, Case

#: what is wrong, and the result
Mutation = tuple[str, Found]
Change = Callable[[Equation], Expr]
#: what each activation is mistaken for
OTHERS = {
    "tanh": lambda inner: Apply("softsign", (inner,)),
    "softsign": lambda inner: Apply("tanh", (inner,)),
    "relu": lambda inner: Apply("softplus", (inner,)),
    "softplus": lambda inner: Apply("relu", (inner,)),
    # the hard sigmoid of Keras 2 and ONNX
    "sigmoid": lambda inner: Apply(
        "clip", (Apply("add", (Apply("mul", (Number(0.2), inner)), Number(0.5))), Number(0.0), Number(1.0))
    ),
}


def mutations(case: Case, found: Found) -> Iterator[Mutation]:
    """Every mistake that can be made with this case."""
    yield from gates_exchanged(found)
    yield from matrices_transposed(found)
    yield from biases_dropped(case, found)
    yield from directions_exchanged(found)
    yield from layers_exchanged(found)
    yield from forget_bias_again(case, found)
    yield from texts_changed(found)


def gates_exchanged(found: Found) -> Iterator[Mutation]:
    """The blocks of two gates taken for each other, and peepholes alone."""
    by_gate: dict[str, dict[tuple[str, str], str]] = {}
    for address in found.parameters:
        start, _, symbol = address.rpartition(".")
        letter, _, gate = symbol.partition("_")
        if gate:
            by_gate.setdefault(gate, {})[start, letter] = address
    for one, other in combinations(sorted(by_gate), 2):
        pairs = [(by_gate[one][key], by_gate[other][key]) for key in by_gate[one] if key in by_gate[other]]
        yield f"gates {one} and {other} exchanged", with_parameters(found, dict(exchanged(found, pairs)))
        peepholes = [pair for pair in pairs if pair[0].rpartition(".")[2].startswith("p_")]
        if peepholes:
            moved = dict(exchanged(found, peepholes))
            yield f"peepholes of {one} and {other} exchanged", with_parameters(found, moved)


def exchanged(found: Found, pairs: list[tuple[str, str]]) -> Iterator[tuple[str, Array]]:
    for one, other in pairs:
        yield one, found.parameters[other]
        yield other, found.parameters[one]


def matrices_transposed(found: Found) -> Iterator[Mutation]:
    """A recurrent matrix is square, so nothing but the numbers tells that it is the wrong way round."""
    symbols = {address.rpartition(".")[2] for address in found.parameters}
    for symbol in sorted(symbols):
        turned = {
            address: array.T
            for address, array in found.parameters.items()
            if address.rpartition(".")[2] == symbol and symbol.startswith("U") and array.shape[0] == array.shape[1]
        }
        if turned:
            yield f"{symbol} transposed", with_parameters(found, turned)


def biases_dropped(case: Case, found: Found) -> Iterator[Mutation]:
    """All biases, and where a library has two of them the first or the second alone."""
    biases = {a: np.zeros_like(p) for a, p in found.parameters.items() if a.rpartition(".")[2][:1] in "bd"}
    if any(found.parameters[address].any() for address in biases):
        yield "biases dropped", with_parameters(found, biases)
    for number, said in enumerate(("first", "second")):
        layers = [replace(layer, arrays=dict(_without(layer, number))) for layer in case.layers]
        if any(a is not b for x, y in zip(layers, case.layers, strict=True) for a, b in _pairs(x, y)):
            yield f"{said} bias dropped", convert(layers)


def _without(layer: LibraryLayer, number: int) -> Iterator[tuple[str, Array]]:
    """The arrays of a layer, one of its two biases zero."""
    for name, array in layer.arrays.items():
        second = name.startswith("bias_hh")
        match layer.library:
            case "pytorch" if name.startswith("bias") and second == bool(number):
                yield name, np.zeros_like(array)
            case "onnx" if name == "B":
                half = array.shape[1] // 2
                yield name, np.where((np.arange(2 * half) >= half) == bool(number), np.float32(0), array)
            case "keras" if name.endswith("bias") and array.ndim == 2:
                yield name, np.where(np.arange(2)[:, None] == number, np.float32(0), array)
            case _:
                yield name, array


def _pairs(one: LibraryLayer, other: LibraryLayer) -> list[tuple[Array, Array]]:
    return [(one.arrays[name], other.arrays[name]) for name in one.arrays]


def directions_exchanged(found: Found) -> Iterator[Mutation]:
    """Forward for backward, in a layer that reads both ways and in one that reads one way."""
    both = {a for a in found.parameters if ".forward." in f".{a}"}
    if both:
        pairs = [(a, a.replace("forward", "backward")) for a in both]
        yield "directions exchanged", with_parameters(found, dict(exchanged(found, pairs)))
        return
    other = {"forward": "backward", "backward": "forward"}
    yield "direction turned", with_layers(found, lambda layer: {**layer, "direction": other[layer["direction"]]})


def layers_exchanged(found: Found) -> Iterator[Mutation]:
    """The second layer for the third."""
    pairs = [(a, f"3{a[1:]}") for a in found.parameters if a.startswith("2.") and f"3{a[1:]}" in found.parameters]
    if pairs:
        yield "layers 2 and 3 exchanged", with_parameters(found, dict(exchanged(found, pairs)))


def forget_bias_again(case: Case, found: Found) -> Iterator[Mutation]:
    """TensorFlow's old cells added 1 to the forget gate at run time; Keras has it in the bias."""
    again = {a: p + 1 for a, p in found.parameters.items() if a.rpartition(".")[2] == "b_f"}
    if again and case.layers[0].library == "keras":
        yield "forget bias added once more", with_parameters(found, again)


def texts_changed(found: Found) -> Iterator[Mutation]:
    """Other equations with the same parameters."""
    equations = define("cell", text_of(_layers(found)[0])).program.equations
    for said, change in _changes(equations):
        yield said, with_layers(found, partial(rewritten, change=change))


def _changes(equations: tuple[Equation, ...]) -> Iterator[tuple[str, Change]]:
    by_name = {each.target: each for each in equations}
    for each in equations:
        for op in sorted({node.op for node in walk(each.expr) if isinstance(node, Apply)} & OTHERS.keys()):
            yield f"another activation in {each.target}", in_line(each.target, _other(op))
        if any(_is_clip(node) for node in walk(each.expr)):
            yield f"clip dropped in {each.target}", in_line(each.target, _unclipped)
    limits = next((node.args[1:] for node in walk(by_name.get("g", equations[-1]).expr) if _is_clip(node)), None)
    if limits and "g" in by_name:
        # ONNX' text may be read so; ONNX Runtime does not do it
        yield "cell state clipped", in_line("h", _clipped(limits))
    if {"r", "z", "n"} <= by_name.keys():
        yield "other form of the reset gate", in_line("n", _reset)
        yield "z turned round", in_line("h", _exchanging("n", "h_prev"))
    if "p_o" in {node.id for each in equations for node in walk(each.expr) if isinstance(node, Name)}:
        yield "output gate sees the old cell state", in_line("o", _exchanging("c", "c_prev"))
    if "f" in by_name and isinstance(by_name["f"].expr, Apply) and by_name["f"].expr.op == "sub":
        yield "forget gate as the input gate", in_line("f", lambda expr: Name("i"))


def in_line(target: str, change: Callable[[Expr], Expr]) -> Change:
    """A change of one line only, and of the line that its argument may stand in."""
    return lambda line: change(line.expr) if line.target in (target, f"a_{target}") else line.expr


def _other(op: str) -> Callable[[Expr], Expr]:
    def change(node: Expr) -> Expr:
        return OTHERS[op](node.args[0]) if isinstance(node, Apply) and node.op == op else node

    return lambda expr: rebuild(expr, change)


def _unclipped(expr: Expr) -> Expr:
    return rebuild(expr, lambda node: node.args[0] if _is_clip(node) else node)


def _is_clip(node: Expr) -> TypeGuard[Apply]:
    return isinstance(node, Apply) and node.op == "clip"


def _clipped(limits: tuple[Expr, ...]) -> Callable[[Expr], Expr]:
    return lambda expr: rebuild(expr, lambda node: Apply("clip", (node, *limits)) if node == Name("c") else node)


def _exchanging(one: str, other: str) -> Callable[[Expr], Expr]:
    names = {one: other, other: one}
    return lambda expr: rebuild(
        expr, lambda node: Name(names[node.id]) if isinstance(node, Name) and node.id in names else node
    )


def _reset(expr: Expr) -> Expr:
    """r * (U @ h + d) to U @ (r * h) + d, and U @ (r * h) to r * (U @ h)."""

    def change(node: Expr) -> Expr:
        match node:
            case Apply("mul", (Name("r"), Apply("add", (Apply("matmul", (matrix, state)), bias)))):
                return Apply("add", (Apply("matmul", (matrix, Apply("mul", (Name("r"), state)))), bias))
            case Apply("mul", (Name("r"), Apply("matmul", (matrix, state)))):
                return Apply("matmul", (matrix, Apply("mul", (Name("r"), state))))
            case Apply("matmul", (matrix, Apply("mul", (Name("r"), state)))):
                return Apply("mul", (Name("r"), Apply("matmul", (matrix, state))))
        return node

    return rebuild(expr, change)


def with_parameters(found: Found, changed: Mapping[str, Array]) -> Found:
    return replace(found, parameters={**found.parameters, **changed})


def with_layers(found: Found, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Found:
    (part,) = found.description["parts"]
    return replace(found, description={"parts": [{**part, "layers": [change(dict(each)) for each in part["layers"]]}]})


def _layers(found: Found) -> list[dict[str, Any]]:
    (part,) = found.description["parts"]
    return list(part["layers"])


def text_of(layer: Mapping[str, Any]) -> str:
    return layer["text"] or load(layer["cell"]).text


def rewritten(layer: dict[str, Any], change: Change) -> dict[str, Any]:
    equations = define("cell", text_of(layer)).program.equations
    changed = [replace(each, expr=change(each)) for each in equations]
    assert changed != list(equations), "the mutation changes nothing"
    return {**layer, "cell": "mutated", "text": cell_text([], changed, [])}
