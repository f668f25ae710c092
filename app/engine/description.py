"""A network as a plain record: written in TOML in lessons, as JSON on the wire.

    {"parts": [{"name": "main", "inputs": 3, "readout": "y[outputs] = V @ h", "sizes": {"outputs": 2},
                "layers": [{"cell": "lstm", "units": 4, "direction": "forward", "sizes": {}}]}]}

A layer has the name of a known cell, or the text of its own (`text`, `cell` then being the name for it); `learned`
lists the states whose starting values are parameters. A part may have `start` (an earlier part's name, or a table from
its states to lists of values of earlier parts), `feed`, `feed_as` and `stop`; a network of several parts or with
parameters in common has `tied`: {"decoder.1": "encoder.1", "2.U": "1.U"}. What is left out is not written either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .address import MAIN
from .problems import NetworkError, Problem

FORWARD, BACKWARD, BOTH = "forward", "backward", "both"
DIRECTIONS = (FORWARD, BACKWARD, BOTH)
#: what a layer's or a network's own arguments are called
_TAKEN = ("self", "cell", "units", "direction", "learned", "layers", "inputs", "readout")
FEEDS = ("value", "symbol")


@dataclass(frozen=True, slots=True)
class LayerRecord:
    cell: str | None
    text: str | None
    units: int
    direction: str
    sizes: Mapping[str, int]
    learned: tuple[str, ...] = ()

    def to_data(self) -> dict[str, object]:
        data: dict[str, object] = {
            "cell": self.cell,
            "text": self.text,
            "units": self.units,
            "direction": self.direction,
            "sizes": dict(self.sizes),
        }
        return data | ({"learned": list(self.learned)} if self.learned else {})


@dataclass(frozen=True, slots=True)
class PartRecord:
    name: str
    inputs: int
    layers: tuple[LayerRecord, ...]
    readout: str | None
    sizes: Mapping[str, int]
    start: str | Mapping[str, tuple[str, ...]] | None = None
    feed: str | None = None
    feed_as: str = FEEDS[0]
    stop: int | None = None

    def to_data(self) -> dict[str, object]:
        data: dict[str, object] = {
            "name": self.name,
            "inputs": self.inputs,
            "layers": [layer.to_data() for layer in self.layers],
            "readout": self.readout,
            "sizes": dict(self.sizes),
        }
        start = self.start
        given = {
            "start": start if start is None or isinstance(start, str) else {k: list(v) for k, v in start.items()},
            "feed": self.feed,
            "feed_as": self.feed_as if self.feed else None,
            "stop": self.stop,
        }
        return data | {key: value for key, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True)
class NetworkRecord:
    """The whole description; `to_data` gives the JSON form that `read` takes."""

    parts: tuple[PartRecord, ...]
    tied: Mapping[str, str] = field(default_factory=dict)

    def to_data(self) -> dict[str, object]:
        data: dict[str, object] = {"parts": [part.to_data() for part in self.parts]}
        return data | ({"tied": dict(self.tied)} if self.tied else {})


def read(data: Mapping[str, Any]) -> NetworkRecord:
    """The record behind a plain mapping.

    Raises NetworkError with every field that is missing, unknown or of the wrong kind. Whether the sizes
    make sense is for the network to say.
    """
    reader = _Reader([])
    parts = reader.items(data, "", "parts")
    record = NetworkRecord(
        tuple(reader.part(part, f"parts.{n}") for n, part in enumerate(parts)), reader.words(data, "", "tied")
    )
    reader.only(data, "", ("parts", "tied"))
    names = [part.name for part in record.parts]
    if names != [MAIN] and len(names) == 1:
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
        known = ("name", "inputs", "layers", "readout", "sizes", "start", "feed", "feed_as", "stop")
        self.only(data, at, known)
        layers = self.items(data, at, "layers")
        return PartRecord(
            self.text(data, at, "name") or MAIN,
            self.size(data, at, "inputs"),
            tuple(self.layer(layer, f"{at}.layers.{n}") for n, layer in enumerate(layers)),
            self.text(data, at, "readout"),
            self.sizes(data, at),
            self.start(data, at),
            self.text(data, at, "feed"),
            self.text(data, at, "feed_as") or FEEDS[0],
            None if data.get("stop") is None else self.size(data, at, "stop"),
        )

    def layer(self, data: Mapping[str, Any], at: str) -> LayerRecord:
        self.only(data, at, ("cell", "text", "units", "direction", "sizes", "learned"))
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
            self.list_of_words(data, at, "learned"),
        )

    def start(self, data: Mapping[str, Any], at: str) -> str | dict[str, tuple[str, ...]] | None:
        value = data.get("start")
        if value is None or isinstance(value, str):
            return value
        if not isinstance(value, Mapping):
            hint = 'write start = "encoder", or a table from states to lists of values'
            self.say(_at(at, "start"), "bad-field", "'start' is neither a part's name nor a table", hint)
            return None
        return {
            str(state): (of,) if isinstance(of, str) else self.list_of_words(value, _at(at, "start"), state)
            for state, of in value.items()
        }

    def list_of_words(self, data: Mapping[str, Any], at: str, key: str) -> tuple[str, ...]:
        value = data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
            self.say(_at(at, key), "bad-field", f"'{key}' is not a list of names", f'write for example {key} = ["h"]')
            return ()
        return tuple(value)

    def words(self, data: Mapping[str, Any], at: str, key: str) -> dict[str, str]:
        value = {} if data.get(key) is None else data[key]
        if not isinstance(value, Mapping) or not all(isinstance(word, str) for word in [*value, *value.values()]):
            self.say(_at(at, key), "bad-field", f"'{key}' is not a table of names", f'write {key} = {{ "2.U" = "1.U" }}')
            return {}
        return dict(value)

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
