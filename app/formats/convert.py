"""A library's layers as a network of ours: cell text, parameters, and where each array went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from app.engine import Network, Problem, ProblemError

from . import keras, onnx, pytorch
from .conventions import BACKWARD, FORWARD, Slot, gather
from .found import Choice, Found, Note, Placed
from .library import LIBRARY_NAMES, Array, LibraryLayer
from .options import with_given
from .read_layer import BOTH, ReadLayer, directions
from .report import Report, raise_all, short
from .texts import chosen
from .variant import KINDS

READERS: Mapping[str, Callable[[Report], list[ReadLayer]]] = {
    "pytorch": pytorch.read,
    "keras": keras.read,
    "onnx": onnx.read,
}


def convert(layers: Sequence[LibraryLayer], *, options: Mapping[str, object] | None = None) -> Found:
    """One network of a library's layers, taken as a stack from the input upwards.

    A PyTorch module is a stack by itself. `options` are the library's own for what the layers do not tell:
    `{"nonlinearity": "relu"}`; those of `Found.choices`, which change every number, should be asked for. A layer's cell
    is a shipped one where it computes exactly that, else a text of its own. Two biases of which only the sum matters
    are added, and a note says so; everything else comes back as it was from `to_library`. Raises ProblemError with
    everything that is wrong: arrays that are missing, of wrong shapes or types, sizes that do not fit together, options
    that are unknown, and what no cell can represent, with the reason.
    """
    if not layers:
        raise ProblemError([Problem("no-layers", "there is no recurrent layer", {}, "give at least one")])
    return _stack(_read(layers, options or {}), [])


def convert_all(layers: Sequence[LibraryLayer], *, options: Mapping[str, object] | None = None) -> tuple[Found, ...]:
    """Networks of all layers of a file, in its order.

    Each PyTorch module is a network of its own, since a state dict does not tell how modules are connected. Layers of
    Keras and ONNX nodes that follow each other are a stack where the size of what leaves one is that of what enters
    the next, which a note says: what lies between them is not known here. Use `convert` for another grouping.
    Raises ProblemError as `convert` does, for all layers together.
    """
    stacks: list[list[list[ReadLayer]]] = []
    for own in _read(layers, options or {}):
        below = stacks[-1][-1][-1] if stacks else None
        if below is not None and _joins(below, own[0]):
            stacks[-1].append(own)
        else:
            stacks.append([own])
    return tuple(_stack(stack, list(_stacked(stack))) for stack in stacks)


def _read(layers: Sequence[LibraryLayer], options: Mapping[str, object]) -> list[list[ReadLayer]]:
    """Each library's layer as layers of ours."""
    unknown = [
        Problem(
            "unknown-kind",
            f"'{short(each.name)}' is a {short(each.kind)} of {short(each.library)}, which is not known",
            {"layer": short(each.name), "kind": short(each.kind), "library": short(each.library)},
            f"known are {', '.join(KINDS)} of {', '.join(LIBRARY_NAMES)}",
            field=each.name,
        )
        for each in layers
        if each.library not in READERS or each.kind not in KINDS
    ]
    if unknown:
        raise ProblemError(unknown)
    reports = [Report(layer) for layer in with_given(layers, options)]
    found = [READERS[report.layer.library](report) for report in reports]
    raise_all(reports)
    return found


def _joins(below: ReadLayer, above: ReadLayer) -> bool:
    library = below.report.layer.library
    return library == above.report.layer.library != "pytorch" and below.leaving == above.extent.inputs


def _stacked(stack: Sequence[Sequence[ReadLayer]]) -> Iterator[Note]:
    if len(stack) > 1:
        names = ", ".join(own[0].report.name for own in stack)
        message = f"{names} are taken for a stack, since their sizes fit; what lies between them is not known here"
        yield Note("stacked", message, {"layers": names})


def _stack(stack: Sequence[Sequence[ReadLayer]], notes: list[Note]) -> Found:
    """One network. Raises ProblemError if the layers do not fit on one another."""
    layers = [layer for own in stack for layer in own]
    problems = [problem for below, above in pairwise(layers) for problem in _misfits(below, above)]
    turned, ways = False, []
    for layer in layers:
        turned ^= layer.turned
        if layer.direction == BOTH and turned:
            problems.append(_both_turned(layer))
        # a layer of Keras reads what the one below it gives in the order in which that gave it
        keras_way = BACKWARD if turned else FORWARD
        ways.append(keras_way if layer.report.layer.library == "keras" and layer.direction != BOTH else layer.direction)
    if problems:
        raise ProblemError(problems)
    if turned:
        notes.append(_reversed(layers[-1]))
    reports = [own[0].report for own in stack]
    description = _description(layers, ways)
    network = Found(description, {}).network()
    parameters: dict[str, Array] = {}
    initial: dict[str, Array] = {}
    placed: list[Placed] = []
    for number, (layer, way) in enumerate(zip(layers, ways, strict=True), start=1):
        _place(network, layer, f"main.{number}", way, parameters, initial, placed)
    choices: list[Choice] = [choice for report in reports for choice in report.choices]
    said = [note for report in reports for note in report.notes]
    return Found(description, parameters, initial, tuple(placed), (*said, *notes), tuple(choices))


def _misfits(below: ReadLayer, above: ReadLayer) -> Iterator[Problem]:
    if below.leaving != above.extent.inputs:
        names = (below.report.name, above.report.name)
        yield Problem(
            "sizes-do-not-chain",
            f"{names[1]} takes {above.extent.inputs} inputs, but {names[0]} below it gives {below.leaving}",
            {"below": names[0], "above": names[1], "gives": below.leaving, "takes": above.extent.inputs},
            "convert them one by one",
            field=above.report.layer.name,
        )


def _both_turned(layer: ReadLayer) -> Problem:
    return Problem(
        "turned-both",
        f"{layer.report.name} reads both ways what a layer below it gives in reverse order, so that its two halves are "
        "exchanged",
        {"layer": short(layer.report.layer.name)},
        "convert them one by one",
        field=layer.report.layer.name,
    )


def _reversed(layer: ReadLayer) -> Note:
    message = (
        f"{layer.report.name} gives its outputs in the order in which they were made, that of the last step first "
        "(go_backwards); here they stand in the order of the steps"
    )
    return Note("reversed-order", message, {"layer": short(layer.report.layer.name)})


def _description(layers: Sequence[ReadLayer], ways: Sequence[str]) -> dict[str, object]:
    records = []
    for layer, way in zip(layers, ways, strict=True):
        cell = chosen(layer.variant, layer.report.layer.library)
        sizes = {"projection": layer.extent.leaving} if layer.variant.projected else {}
        records.append(
            {"cell": cell.name, "text": cell.text, "units": layer.extent.units, "direction": way, "sizes": sizes}
        )
    return {"parts": [{"name": "main", "inputs": layers[0].extent.inputs, "layers": records}]}


def _place(
    network: Network,
    layer: ReadLayer,
    at: str,
    way: str,
    parameters: dict[str, Array],
    initial: dict[str, Array],
    placed: list[Placed],
) -> None:
    """The numbers of one layer. `way` is the direction in which ours reads."""
    name = layer.report.layer.name
    of = dict(zip(layer.slots, directions(way), strict=True))
    for direction, slots in layer.slots.items():
        start = f"{at}.{of[direction]}"
        for symbol, values in gather(slots, layer.arrays).items():
            parameters[network.short(f"{start}.{symbol}")] = values
        for slot in slots:
            address = network.short(f"{start}.{slot.symbol}") if slot.symbol else ""
            placed.append(Placed(name, slot.array, _written(slot), slot.gate, address, slot.transposed, slot.added))
    for each in layer.starts:
        address = network.short(f"{at}.{of[each.direction]}.{each.state}")
        initial[address] = each.values.astype("float64")
        placed.append(Placed(name, each.array, each.where, "", address))


def _written(slot: Slot) -> str:
    """A slice in NumPy's writing, "" for all of an array."""
    parts = []
    for each, size in zip(slot.index, slot.of, strict=False):
        whole = isinstance(each, slice) and each.indices(size) == (0, size, 1)
        parts.append(":" if whole else f"{each.start}:{each.stop}" if isinstance(each, slice) else str(each))
    return f"[{', '.join(parts)}]" if set(parts) - {":"} else ""
