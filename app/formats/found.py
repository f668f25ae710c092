"""What a library's layers became: a network, its numbers, where each array went, and what has to be said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.cells import load
from app.engine import Network

from .library import Array


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an array of a library, or a slice of it, went.

    `layer` is where it was found (a prefix of keys, a layer, a node), `array` its name there, `where` the slice in
    NumPy's writing, "" for all of it; `gate` the library's own letter of the gate, "" where there is one only;
    `address` ours, in short, "" for what the network does not use. `transposed`: ours has rows for columns. `added`: a
    second bias, added into what is there.
    """

    layer: str
    array: str
    where: str
    gate: str
    address: str
    transposed: bool = False
    added: bool = False

    def to_data(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "layer": self.layer,
            "array": self.array,
            "where": self.where,
            "gate": self.gate,
            "address": self.address,
            "transposed": self.transposed,
            "added": self.added,
        }


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know: a stable code with its arguments, and the same as an English sentence."""

    code: str
    message: str
    args: dict[str, str | int | float] = field(default_factory=dict)

    def to_data(self) -> dict[str, object]:
        """The JSON form."""
        return {"code": self.code, "message": self.message, "args": dict(self.args)}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that the source does not tell and that changes every number: what was taken, and how to change it.

    `option` is the name to give to `convert` in its `options`, `taken` what was assumed without.
    """

    layer: str
    option: str
    taken: str
    message: str

    def to_data(self) -> dict[str, object]:
        """The JSON form."""
        return {"layer": self.layer, "option": self.option, "taken": self.taken, "message": self.message}


@dataclass(frozen=True, slots=True)
class Found:
    """One stack of a library's layers as a network of ours.

    `description` is the plain record that `Network.from_description` takes: each layer has the name of a shipped cell
    where it is exactly that, else a text of its own whose header says what differs. `parameters` and `initial`
    (starting states, (units,) or (batch, units), where the source gives them) are float64, by short address of that
    network. `placed` has a row for every slice of every array, in the order of the layers. `choices` stand apart from
    `notes`, because the numbers are wrong where a choice is.
    """

    description: Mapping[str, Any]
    parameters: Mapping[str, Array]
    initial: Mapping[str, Array] = field(default_factory=dict)
    placed: tuple[Placed, ...] = ()
    notes: tuple[Note, ...] = ()
    choices: tuple[Choice, ...] = ()

    def network(self) -> Network:
        """The network, ready to run with `parameters` and `initial`."""
        return Network.from_description(self.description, load)
