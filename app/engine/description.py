"""A network as a plain record: written in TOML in lessons, as JSON on the wire.

    {"parts": [{"name": "main", "inputs": 3, "readout": "y[outputs] = V @ h", "sizes": {"outputs": 2},
                "layers": [{"cell": "lstm", "units": 4, "direction": "forward", "sizes": {}}]}]}

A layer has the name of a known cell, or the text of its own (`text`, `cell` then being the name for it).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .address import MAIN
from .problems import NetworkError, Problem

FORWARD, BACKWARD, BOTH = "forward", "backward", "both"
DIRECTIONS = (FORWARD, BACKWARD, BOTH)
#: what a layer's or a network's own arguments are called
_TAKEN = ("self", "cell", "units", "direction", "layers", "inputs", "readout")


@dataclass(frozen=True, slots=True)
class LayerRecord:
    cell: str | None
    text: str | None
    units: int
    direction: str
    sizes: Mapping[str, int]

    def to_data(self) -> dict[str, object]:
        return {
            "cell": self.cell,
            "text": self.text,
            "units": self.units,
            "direction": self.direction,
            "sizes": dict(self.sizes),
        }


@dataclass(frozen=True, slots=True)
class PartRecord:
    name: str
    inputs: int
    layers: tuple[LayerRecord, ...]
    readout: str | None
    sizes: Mapping[str, int]

    def to_data(self) -> dict[str, object]:
        return {
            "name": self.name,
            "inputs": self.inputs,
            "layers": [layer.to_data() for layer in self.layers],
            "readout": self.readout,
            "sizes": dict(self.sizes),
        }


@dataclass(frozen=True, slots=True)
class NetworkRecord:
    """The whole description; `to_data` gives the JSON form that `read` takes."""

    parts: tuple[PartRecord, ...]

    def to_data(self) -> dict[str, object]:
        return {"parts": [part.to_data() for part in self.parts]}


def read(data: Mapping[str, Any]) -> NetworkRecord:
    """The record behind a plain mapping.

    Raises NetworkError with every field that is missing, unknown or of the wrong kind. Whether the sizes
    make sense is for the network to say.
    """
    reader = _Reader([])
    parts = reader.items(data, "", "parts")
    record = NetworkRecord(tuple(reader.part(part, f"parts.{n}") for n, part in enumerate(parts)))
    reader.only(data, "", ("parts",))
    if len(parts) > 1:
        reader.say(
            "parts", "too-many-parts", "a network of several parts cannot be run yet",
            "describe one part, with as many layers as needed",
        )  # fmt: skip
    if record.parts and record.parts[0].name != MAIN:
        reader.say("parts.0.name", "bad-field", "a part that is alone is called 'main'", "leave the name out")
    if reader.problems:
        raise NetworkError(reader.problems)
    return record


@dataclass(frozen=True, slots=True)
class _Reader:
    problems: list[Problem]

    def say(self, field: str, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(code, message, {"field": field}, hint, field=field))

    def part(self, data: Mapping[str, Any], at: str) -> PartRecord:
        self.only(data, at, ("name", "inputs", "layers", "readout", "sizes"))
        layers = self.items(data, at, "layers")
        return PartRecord(
            self.text(data, at, "name") or MAIN,
            self.size(data, at, "inputs"),
            tuple(self.layer(layer, f"{at}.layers.{n}") for n, layer in enumerate(layers)),
            self.text(data, at, "readout"),
            self.sizes(data, at),
        )

    def layer(self, data: Mapping[str, Any], at: str) -> LayerRecord:
        self.only(data, at, ("cell", "text", "units", "direction", "sizes"))
        cell, text = self.text(data, at, "cell"), self.text(data, at, "text")
        if data.get("cell") is None and data.get("text") is None:
            self.say(
                f"{at}.cell", "bad-field", "a layer needs the name of a cell, or the text of its own",
                "give cell, or text with a name for it in cell",
            )  # fmt: skip
        return LayerRecord(
            cell,
            text,
            self.size(data, at, "units"),
            self.text(data, at, "direction") or FORWARD,
            self.sizes(data, at),
        )

    def items(self, data: Mapping[str, Any], at: str, key: str) -> list[Mapping[str, Any]]:
        value = data.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(v, Mapping) for v in value):
            self.say(_at(at, key), "bad-field", f"'{key}' is not a list of tables", "give at least one")
            return []
        return value

    def text(self, data: Mapping[str, Any], at: str, key: str) -> str | None:
        value = data.get(key)
        if value is not None and not isinstance(value, str):
            self.say(_at(at, key), "bad-field", f"'{key}' is not text", "write it in quotes")
            return None
        return value

    def size(self, data: Mapping[str, Any], at: str, key: str) -> int:
        value = data.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            said = "is missing" if value is None else f"is {value!r:.40}, not a whole number"
            self.say(_at(at, key), "bad-field", f"'{key}' {said}", f"write for example {key} = 4")
            return 1
        return value

    def sizes(self, data: Mapping[str, Any], at: str) -> dict[str, int]:
        value = {} if data.get("sizes") is None else data["sizes"]
        if not isinstance(value, Mapping):
            self.say(_at(at, "sizes"), "bad-field", "'sizes' is not a table", "write outputs = 2")
            return {}
        found: dict[str, int] = {}
        for name in value:
            if isinstance(name, str) and name.isidentifier() and name not in _TAKEN:
                found[name] = self.size(value, _at(at, "sizes"), name)
            else:
                self.say(_at(at, f"sizes.{name}"), "bad-field", f"'{name}' cannot name a size here", "use another name")
        return found

    def only(self, data: Mapping[str, Any], at: str, known: tuple[str, ...]) -> None:
        for key in self.unknown(data, known):
            self.say(_at(at, key), "unknown-field", f"unknown field '{key}'", f"known are {', '.join(known)}")

    def unknown(self, data: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[str]:
        return (str(key) for key in data if key not in known)


def _at(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key
