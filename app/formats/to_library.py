"""Our layers as those of a library: its arrays and options, for cells that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from app.engine import Layer, Network, NetworkError, Part, Problem, ProblemError, suggestion

from . import keras, onnx, pytorch
from .conventions import Extent
from .library import LIBRARY_NAMES, Array, LibraryLayer
from .recognise import Recognised, Unlike, recognise
from .variant import AFTER, Variant
from .write_layer import WriteLayer

_LACKS: Mapping[str, Callable[[Variant, str], Iterator[str]]] = {
    "pytorch": pytorch.lacks,
    "keras": keras.lacks,
    "onnx": onnx.lacks,
}
_WRITERS: Mapping[str, Callable[[Sequence[WriteLayer]], list[LibraryLayer]]] = {
    "pytorch": pytorch.write,
    "keras": keras.write,
    "onnx": onnx.write,
}
#: what the engine calls the starting value of a state that is learned
_LEARNED = ":start"


def to_library(
    network: Network,
    parameters: Mapping[str, ArrayLike],
    library: str,
    *,
    initial: Mapping[str, ArrayLike] | None = None,
) -> list[LibraryLayer]:
    """The layers of a network as a library keeps them, float64, from the input upwards; readouts are left out.

    `parameters` are by any spelling of their addresses, as `Network.run` takes them. Layers are named after their kind,
    and after their part where there are several. `library` is pytorch, keras or onnx. In PyTorch layers that are alike
    are one module. Keras gives the outputs of a layer that reads backward in reverse order. Only ONNX keeps starting
    states, from `initial` or learned. A bias comes into the first of two, and 0 into the second, but for a GRU whose
    reset gate acts after the matrix, which has both here too. Raises ProblemError with every layer that the library
    does not have, and in what it differs; NetworkError for parameters that are missing, unknown or of wrong shapes.
    """
    if library not in LIBRARY_NAMES:
        near = suggestion(library, LIBRARY_NAMES)
        hint = f"did you mean '{near}'?" if near else f"known are {', '.join(LIBRARY_NAMES)}"
        raise ProblemError([Problem("unknown-library", f"unknown library '{library}'", {"name": library}, hint)])
    places = [
        _Place(part, number, layer) for part in network.parts for number, layer in enumerate(part.layers, start=1)
    ]
    problems: list[Problem] = []
    found = {}
    for place in places:
        try:
            found[place] = _recognised(place.layer, library)
        except Unlike as reason:
            problems.append(
                Problem(
                    "not-in-library",
                    f"layer {place.said(network)} cannot be one of {LIBRARY_NAMES[library]}: {reason.why}",
                    {"layer": place.at, "cell": place.layer.cell.name, "library": library},
                    "use a cell that the library has, such as lstm",
                    field=place.at,
                )
            )
    if problems:
        raise ProblemError(problems)
    given = _arrays(network, parameters, network.parameters, "parameters", complete=True)
    given |= {full: given[source] for full, source in network.wires.tied.items()}
    states = _arrays(network, initial or {}, network.states, "starting states")
    states |= {full.removesuffix(_LEARNED): array for full, array in given.items() if full.endswith(_LEARNED)}
    if states and library != "onnx":
        raise ProblemError(
            [
                Problem(
                    "no-starting-states",
                    f"layers of {LIBRARY_NAMES[library]} keep no starting states",
                    {"library": library},
                    "give them when the network runs",
                )
            ]
        )
    layers = []
    for part in network.parts:
        own = [place.ready(found[place], given, states) for place in places if place.part is part]
        layers += [(part, layer) for layer in _WRITERS[library](own)]
    return _named(layers, several=len(network.parts) > 1)


def _recognised(layer: Layer, library: str) -> Recognised:
    """The variant of a layer that the library has.

    Raises Unlike with what it does not have.
    """
    every = recognise(layer.cell.program)
    lacking = [list(_LACKS[library](each.variant, layer.direction)) for each in every]
    for each, lacks in zip(every, lacking, strict=True):
        if not lacks:
            return each
    raise Unlike("; ".join(lacking[0]))


@dataclass(frozen=True, eq=False)
class _Place:
    """A layer where it stands in its network."""

    part: Part
    number: int
    layer: Layer

    @property
    def at(self) -> str:
        return f"{self.part.name}.{self.number}"

    def said(self, network: Network) -> str:
        return f"{self.number if len(network.parts) == 1 else self.at} ('{self.layer.cell.name}')"

    def ready(self, found: Recognised, given: Mapping[str, Array], states: Mapping[str, Array]) -> WriteLayer:
        """The layer with its numbers by the symbols of the table."""
        program = self.layer.cell.program
        letters = {state: "h" if state == program.output else "c" for state in program.states}
        values: dict[str, Mapping[str, Array]] = {}
        starts: dict[tuple[str, str], Array] = {}
        for way in self.layer.directions:
            start = f"{self.at}.{way}"
            values[way] = _symbols(found, {theirs: given[f"{start}.{theirs}"] for _, theirs in found.names})
            starts |= {(way, letters[s]): states[f"{start}.{s}"] for s in letters if f"{start}.{s}" in states}
        first = next(iter(values.values()))
        inputs = next(array for symbol, array in first.items() if symbol[0] == "W").shape[1]
        extent = Extent(inputs, self.layer.units, len(first["P"]) if "P" in first else None)
        return WriteLayer(found.variant, extent, self.layer.direction, values, starts)


def _symbols(found: Recognised, arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Parameters by symbol; a second bias is added into the first where the table has no place of its own for it."""
    values = {symbol: arrays[theirs] for symbol, theirs in found.names}
    if found.variant.reset != AFTER:
        for symbol in [each for each in values if each[0] == "d"]:
            values[f"b{symbol[1:]}"] = values[f"b{symbol[1:]}"] + values.pop(symbol)
    return values


def _arrays(
    network: Network,
    given: Mapping[str, ArrayLike],
    shapes: Mapping[str, tuple[int, ...]],
    what: str,
    *,
    complete: bool = False,
) -> dict[str, Array]:
    """What was given by name, by full address; starting states may have a batch in front.

    Raises NetworkError for unknown names, wrong shapes, and missing names when it should be `complete`.
    """
    problems: list[Problem] = []
    found: dict[str, Array] = {}
    for typed, values in given.items():
        try:
            full = network.full(typed)
        except NetworkError as error:
            problems += error.problems
            continue
        array = np.asarray(values, np.float64)
        shape = shapes.get(full)
        if shape is None:
            message = f"'{typed}' is not one of the {what}"
            problems.append(Problem("unknown-name", message, {"name": typed}, "leave it out", field=typed))
        elif array.shape != shape and (complete or array.shape[1:] != shape):
            message = f"'{typed}' has the shape {array.shape}, not {shape}"
            hint = f"give an array of the shape {shape}"
            problems.append(Problem("bad-shape", message, {"name": typed, "expected": str(shape)}, hint, field=typed))
        else:
            found[full] = array
    missing = [network.short(full) for full in shapes if full not in found] if complete and not problems else []
    if missing:
        names = ", ".join(missing)
        problems.append(Problem("missing-name", f"no numbers for {names}", {"names": names}, f"give all {what}"))
    if problems:
        raise NetworkError(problems)
    return found


def _named(layers: Sequence[tuple[Part, LibraryLayer]], *, several: bool) -> list[LibraryLayer]:
    """The layers with names of their own: of their kind, and their part where there are several."""
    taken: dict[str, int] = {}
    found = []
    for part, layer in layers:
        name = f"{part.name}.{layer.kind.lower()}" if several else layer.kind.lower()
        number = taken[name] = taken.get(name, -1) + 1
        found.append(replace(layer, name=f"{name}_{number}" if number else name))
    return found
