"""Which variant a cell is, whatever its parameters and lines are called, or why it is none that a library has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from app.engine import Program

from .gates import Gate, activations, factors, gates, is_parameter, one_minus, terms, without
from .normal import Node, TooLarge, lines, meaning, mul, name, number
from .variant import GRU, LSTM, RNN, Variant

#: factors that are shared out among gates; a product of more is no library's
_MOST_FACTORS = 6


@dataclass(frozen=True, slots=True)
class Recognised:
    """A variant, and for each of its symbols (`W_i`, `b_f`, `P`) what the cell calls it.

    A bias or a peephole that is not among `names` is 0 there.
    """

    variant: Variant
    names: tuple[tuple[str, str], ...]


class Unlike(Exception):
    """Why a cell is none that a library has; `of` is the line that is meant, if it is one."""

    def __init__(self, why: str, of: Node | None = None) -> None:
        super().__init__(why)
        self.why, self.of = why, of


def recognise(program: Program) -> list[Recognised]:
    """Every variant that a program is; more than one where the same can be said in two ways, the most literal first.

    Raises Unlike with the reason if it is no simple network, LSTM or GRU.
    """
    try:
        written = lines(program)
        try:
            found = dict.fromkeys(_recognised(program))
            return sorted(found, key=lambda each: sum(symbol != used for symbol, used in each.names))
        except Unlike as reason:
            line = next((target for target, node in written.items() if node == reason.of), None)
            what = f"'{line}'" if line else "it"
            raise Unlike(f"{what} {reason.why}") from None
    except TooLarge:
        raise Unlike("it is larger than any layer that a library has") from None


def _recognised(program: Program) -> list[Recognised]:
    found = meaning(program)
    state = name(f"{program.output}_prev")
    others = [(name(f"{each}_prev"), node) for each, node in found.states.items() if each != program.output]
    if program.output not in found.states:
        raise Unlike("leaves the cell but is not its state: a library's layer gives its state", found.output)
    if len(others) > 1:
        raise Unlike(f"has {len(found.states)} states, where libraries have one, or two in an LSTM")
    if others:
        return list(_lstm(found.output, state, *others[0]))
    return list(_rnn(found.output, state)) or list(_gru(found.output, state))


def _rnn(output: Node, state: Node) -> Iterator[Recognised]:
    for gate in gates(output, state):
        names = _named("", gate)
        yield _made(Variant(RNN, (gate.activation,), "b" in names, clip=gate.clip), names)


def _gru(output: Node, state: Node) -> Iterator[Recognised]:
    parts = terms(output)
    if len(parts) != 2 or not any(state in factors(part) for part in parts):
        raise Unlike(f"is neither an activation of {_argument(state)} nor z * {state.name} + (1 - z) * n", output)
    kept, new = sorted(parts, key=lambda part: state not in factors(part))
    z = without(kept, state)
    if one_minus(z) not in factors(new):
        if any(z == one_minus(each) and gates(each, state) for each in factors(new)):
            raise Unlike(f"has its update gate the other way round: libraries multiply it with {state.name}", output)
        raise Unlike(f"is not z * {state.name} + (1 - z) * n", output)
    n = without(new, one_minus(z))
    found = []
    for z_gate, n_gate in product(_needed(z, state), _needed(n, state, reset=True)):
        assert n_gate.reset is not None, "a gate that was asked for with a reset has one"
        for r_gate in _needed(n_gate.reset, state):
            if r_gate.kind == z_gate.kind and r_gate.clip == n_gate.clip:
                names = {**_named("r", r_gate), **_named("z", z_gate), **_named("n", n_gate)}
                used = z_gate.activation, n_gate.activation
                variant = Variant(GRU, used, _any(names, "bd"), n_gate.side, clip=z_gate.clip)
                found.append(_made(variant, names))
    if not found:
        raise Unlike("has gates with different activations, or clipped differently", output)
    yield from found


def _lstm(output: Node, state: Node, old: Node, new: Node) -> Iterator[Recognised]:
    projection: dict[str, str] = {}
    if output.op == "matmul" and is_parameter(output.args[0]):
        projection, output = {"P": output.args[0].name}, output.args[1]
    leaving = [
        (o_gate, out)
        for o, q in _shared(output)
        for out in activations(q, new)
        for o_gate in gates(o, state, (new,))
    ]  # fmt: skip
    memory = list(_memory(state, old, new))
    if not leaving:
        raise Unlike(f"is not o * tanh(c) with an output gate o that is an activation of {_argument(state)}", output)
    found = []
    for (i, f, g), (o, out) in product(memory, leaving):
        if i.kind == o.kind and (f is None or f.kind == i.kind) and g.clip == i.clip:
            names = {
                **_named("i", i),
                **(_named("f", f) if f else {}),
                **_named("g", g),
                **_named("o", o),
                **projection,
            }
            used = (i.activation, g.activation, out)
            variant = Variant(LSTM, used, _any(names, "b"), "", _any(names, "p"), f is None, bool(projection), i.clip)
            found.append(_made(variant, names))
    if not found:
        raise Unlike("has gates with different activations, or clipped differently", output)
    yield from found


def _memory(state: Node, old: Node, new: Node) -> Iterator[tuple[Gate, Gate | None, Gate]]:
    """Input gate, forget gate (None for one minus the input gate) and candidate of f * c_prev + i * g."""
    parts = terms(new)
    if len(parts) != 2 or not any(old in factors(part) for part in parts):
        raise Unlike(f"is not f * {old.name} + i * g", new)
    kept, added = sorted(parts, key=lambda part: old not in factors(part))
    f = without(kept, old)
    if f == number(1.0):
        raise Unlike("keeps all that was in the state before: libraries have a forget gate", new)
    forget, found = gates(f, state, (old,)), False
    for i, g in _shared(added):
        either: list[Gate | None] = [None] if f == one_minus(i) else [*forget]
        for each in product(gates(i, state, (old,)), either, gates(g, state)):
            found = True
            yield each
    if not found and not forget and not any(f == one_minus(each) for each in factors(added)):
        raise Unlike(f"is neither an activation of {_argument(state)} nor one minus the input gate", f)
    if not found and len(factors(added)) > 1:
        for factor in factors(added):
            _needed(factor, state, (old,))
    if not found:
        raise Unlike(f"is not f * {old.name} + i * g", new)


def _shared(node: Node) -> Iterator[tuple[Node, Node]]:
    """Every way to read a product as one of two, a number in it being part of either."""
    every = factors(node)
    if len(every) > _MOST_FACTORS:
        return
    rest = number(node.number if node.op == "product" else 1.0)
    for count in range(1, len(every)):
        for chosen in combinations(range(len(every)), count):
            left = [every[n] for n in chosen]
            right = [each for n, each in enumerate(every) if n not in chosen]
            yield mul(*left), mul(rest, *right)
            if rest != number(1.0):
                yield mul(rest, *left), mul(*right)


def _needed(node: Node, state: Node, seen: Collection[Node] = (), *, reset: bool = False) -> list[Gate]:
    found = gates(node, state, seen, reset=reset)
    if not found:
        way = f"W @ x + U @ (r * {state.name}) + b, or of W @ x + r * (U @ {state.name} + d) + b"
        raise Unlike(f"is not an activation of {way if reset else _argument(state)}", node)
    return found


def _made(variant: Variant, names: Mapping[str, str]) -> Recognised:
    return Recognised(variant, tuple(names.items()))


def _named(letter: str, gate: Gate) -> dict[str, str]:
    return {f"{key}_{letter}" if letter else key: value for key, value in gate.names.items()}


def _any(names: Mapping[str, str], letters: str) -> bool:
    return any(symbol[0] in letters for symbol in names)


def _argument(state: Node) -> str:
    return f"W @ x + U @ {state.name} + b"
