"""The cell of a variant: a shipped one where it is exactly that, else a text whose header says what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.cells import load, names
from app.engine import Cell, define

from .activations import Activation
from .library import LIBRARY_NAMES
from .normal import Meaning, TooLarge, meaning
from .variant import AFTER, GRU, LSTM, RNN, USUAL, Variant

#: title of a kind, and the letters of its gates with their labels
_TITLES = {RNN: "Simple recurrent network", LSTM: "Long short-term memory", GRU: "Gated recurrent unit"}
_LABELS = {
    "i": "input gate", "f": "forget gate", "o": "output gate", "g": "candidate",
    "r": "reset gate", "z": "update gate", "n": "candidate", "c": "cell state", "h": "hidden state",
}  # fmt: skip
#: what a kind's activations are of, in the order of `Variant.activations`
_PLACES = {
    RNN: ("the hidden state is",),
    GRU: ("the gates are", "the candidate is"),
    LSTM: ("the gates are", "the candidate is", "the cell state leaves as"),
}
#: shipped cells that are named before others that compute the same
_FIRST = ("lstm", "gru", "simple-rnn")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A cell for a variant: its name, and its text where it is not a shipped cell."""

    name: str
    text: str | None


def chosen(variant: Variant, library: str) -> Chosen:
    """The cell of a variant: the name of a shipped one that computes the same, else a text of its own."""
    cell = written(variant, library)
    same = shipped(cell)
    return Chosen(same, None) if same else Chosen(cell.name, cell.text)


def shipped(cell: Cell) -> str | None:
    """The name of the shipped cell that computes the same of parameters of the same names, if there is one."""
    wanted = meaning(cell.program)
    for name in sorted(names(), key=lambda each: (each not in _FIRST, each)):
        if _meaning(name) == wanted:
            return name
    return None


@cache
def _meaning(name: str) -> Meaning | None:
    try:
        return meaning(load(name).program)
    except TooLarge:
        return None


@cache
def written(variant: Variant, library: str) -> Cell:
    """The cell of a variant with a text of its own, named after the library and the kind."""
    header = [f"# {_TITLES[variant.kind]}, a form that {LIBRARY_NAMES[library]} has"]
    header += [f"# {line}" for line in differences(variant)]
    return define(f"{library}-{variant.kind.lower()}", "\n".join([*header, *_lines(variant)]))


def differences(variant: Variant) -> list[str]:
    """In what a variant is not the usual form of its kind, one sentence for each."""
    said = []
    if variant.kind == GRU:
        side = "after" if variant.reset == AFTER else "before"
        said.append(f"the reset gate acts {side} the recurrent matrix")
    for place, activation, usual in zip(_PLACES[variant.kind], variant.activations, USUAL[variant.kind], strict=True):
        if activation != usual:
            said.append(f"{place} {activation} instead of {usual}")
    if variant.peepholes:
        said.append("the gates see the cell state: peepholes")
    if variant.coupled:
        said.append("the forget gate is one minus the input gate")
    if variant.projected:
        said.append("what leaves is a projection of the memory")
    if variant.clip is not None:
        said.append(f"the arguments of gates and candidate are kept between {-variant.clip:g} and {variant.clip:g}")
    if not variant.biases:
        said.append("there are no biases")
    return [f"{each[0].upper()}{each[1:]}." for each in said]


def _lines(variant: Variant) -> Iterator[str]:
    match variant.kind:
        case "RNN":
            yield from _gate(variant, "h", "", variant.activations[0], "h_prev")
        case "LSTM":
            yield from _lstm(variant)
        case "GRU":
            yield from _gru(variant)


def _lstm(variant: Variant) -> Iterator[str]:
    gate, candidate, output = variant.activations
    yield from _gate(variant, "i", "i", gate, "h_prev", peephole="c_prev")
    if variant.coupled:
        yield "f = 1 - i : forget gate"
    else:
        yield from _gate(variant, "f", "f", gate, "h_prev", peephole="c_prev")
    late = list(_gate(variant, "o", "o", gate, "h_prev", peephole="c"))
    if not variant.peepholes:
        yield from late
    yield from _gate(variant, "g", "g", candidate, "h_prev")
    yield "c = f * c_prev + i * g : cell state"
    if variant.peepholes:
        yield from late
    leaving = f"o * ({output.text('c')})"
    yield f"h[projection] = P @ ({leaving}) : hidden state" if variant.projected else f"h = {leaving} : hidden state"


def _gru(variant: Variant) -> Iterator[str]:
    gate, candidate = variant.activations
    yield from _gate(variant, "r", "r", gate, "h_prev")
    yield from _gate(variant, "z", "z", gate, "h_prev")
    if variant.reset == AFTER:
        recurrent = "r * (U_n @ h_prev + d_n)" if variant.biases else "r * (U_n @ h_prev)"
    else:
        recurrent = "U_n @ (r * h_prev)"
    bias = " + b_n" if variant.biases else ""
    yield from _activated(variant, "n", candidate, f"W_n @ x + {recurrent}{bias}")
    yield "h = z * h_prev + (1 - z) * n : hidden state"


def _gate(
    variant: Variant, target: str, letter: str, activation: Activation, state: str, peephole: str = ""
) -> Iterator[str]:
    """The line of a gate; of what a simple network computes where there is no letter."""
    tail = f"_{letter}" if letter else ""
    terms = [f"W{tail} @ x", f"U{tail} @ {state}"]
    if variant.peepholes and peephole:
        terms.append(f"p{tail} * {peephole}")
    if variant.biases:
        terms.append(f"b{tail}")
    if variant.biases and variant.reset == AFTER:
        terms.append(f"d{tail}")
    yield from _activated(variant, target, activation, " + ".join(terms))


def _activated(variant: Variant, target: str, activation: Activation, inner: str) -> Iterator[str]:
    if variant.clip is not None:
        inner = f"clip({inner}, -{variant.clip!r}, {variant.clip!r})"
    if activation.repeats:
        yield f"a_{target} = {inner} : argument of {target}"
        inner = f"a_{target}"
    yield f"{target} = {activation.text(inner)} : {_LABELS[target]}"
