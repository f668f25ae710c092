"""An inspected file as a text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..found import Found, Placed
from ..library import LIBRARY_NAMES, LibraryLayer
from ..report import short
from .inspect import Inspection
from .kinds import KINDS

_GAP = "  "
#: how many of the arrays that are not recurrent are listed; JSON has them all
_LISTED = 20
_DIRECTIONS = {"forward": "forward", "backward": "backward", "both": "both ways"}


def table(inspection: Inspection, width: int = 100) -> str:
    """All that was found, in blocks: the file, each network, what is not recurrent."""
    return "\n".join(line.rstrip() for line in _lines(inspection, width))


def _lines(inspection: Inspection, width: int) -> Iterator[str]:
    file = inspection.file
    told = [
        KINDS[file.format].title,
        f"{file.size:,} bytes",
        *(f"{key} {short(value)}" for key, value in file.metadata.items()),
    ]
    yield f"{short(file.name)}: {', '.join(told)}"
    yield from _said("note", [each.message for each in file.notes], width, "")
    for found in inspection.networks:
        yield ""
        yield from _network(found, inspection, width)
    converted = {each.layer for found in inspection.networks for each in found.placed}
    for layer in file.layers:
        if layer.name not in converted:
            yield ""
            yield f"{_title(layer)}, which is no network here"
            yield from _columns(
                [[short(file.places[layer.name, key]), _sizes(each.shape)] for key, each in layer.arrays.items()]
            )
    if not file.layers and not file.parameters:
        yield ""
        yield "There is no recurrent layer in this file."
    if file.parameters:
        yield ""
        yield "Parameters by address"
        yield from _columns([[short(key), _sizes(array.shape)] for key, array in file.parameters.items()])
    if file.rest:
        yield ""
        yield "Not recurrent"
        yield from _columns(
            [
                [short(each.name), each.dtype, _sizes(each.shape) if each.dtype else "", each.why]
                for each in file.rest[:_LISTED]
            ]
        )
        if len(file.rest) > _LISTED:
            yield f"{_GAP}... and {len(file.rest) - _LISTED:,} more; --format json lists all"


def _network(found: Found, inspection: Inspection, width: int) -> Iterator[str]:
    names = list(dict.fromkeys(each.layer for each in found.placed))
    layers = [layer for layer in inspection.file.layers if layer.name in names]
    yield "; ".join(_title(layer) for layer in layers)
    (part,) = found.description["parts"]
    inputs = part["inputs"]
    rows = [["layer", "cell", "direction", "inputs", "units"]]
    for number, layer in enumerate(part["layers"], start=1):
        rows.append([str(number), layer["cell"], _DIRECTIONS[layer["direction"]], str(inputs), str(layer["units"])])
        leaving = layer["sizes"].get("projection", layer["units"])
        inputs = leaving * 2 if layer["direction"] == "both" else leaving
    yield from _columns(rows)
    yield ""
    yield from _columns([["array", "sizes", "gates", "goes to"], *_places(found, inspection)])
    yield from _said("note", [each.message for each in found.notes], width, _GAP)
    yield from _said("not told by the file", [each.message for each in found.choices], width, _GAP)


def _title(layer: LibraryLayer) -> str:
    kind = f"{LIBRARY_NAMES[layer.library]} {layer.kind}"
    return f"{short(layer.name)}: {kind}" if layer.name else kind


def _places(found: Found, inspection: Inspection) -> Iterator[list[str]]:
    """One row for each array, in ONNX for each direction in it: the gates there, and the parameters that they are."""
    layers = {layer.name: layer for layer in inspection.file.layers}
    both = {layer.name for layer in layers.values() if layer.options.get("direction") == "bidirectional"}
    keyed = ((each.layer, each.array, _way(each) if each.layer in both else "", each) for each in found.placed)
    for (name, array, way), rows in groupby(keyed, lambda each: each[:3]):
        slices = [each for *_, each in rows]
        sizes = list(layers[name].arrays[array].shape)
        if way:
            del sizes[1 if way.startswith("[:") else 0]
        gates = " ".join(dict.fromkeys(each.gate for each in slices if each.gate))
        yield [short(inspection.file.places[name, array]) + way, _sizes(sizes), gates, _addresses(slices)]


def _way(placed: Placed) -> str:
    """The index of a direction in an array of ONNX: `[0]`, or `[:, 0]` in starting states with the batch in front."""
    return placed.where if placed.where.startswith("[:") else f"{placed.where.rstrip(']').partition(',')[0]}]"


def _addresses(slices: Sequence[Placed]) -> str:
    """`1.forward.W_i W_f W_g W_o`: what the addresses have in common is written once."""
    pieces = []
    for (before, added, used), rows in groupby(
        slices, lambda each: (each.address.rpartition(".")[0], each.added, bool(each.address))
    ):
        if not used:
            pieces.append("not used")
            continue
        symbols = " ".join(each.address.rpartition(".")[2] for each in rows)
        pieces.append(f"{'added into ' if added else ''}{before}{'.' if before else ''}{symbols}")
    turned = ", transposed" if all(each.transposed for each in slices) else ""
    return "; ".join(pieces) + turned


def _sizes(shape: Sequence[int]) -> str:
    return " x ".join(str(size) for size in shape) or "1 number"


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        yield _GAP + _GAP.join(f"{text:{width}}" for text, width in zip(row, widths, strict=True))


def _said(what: str, messages: Sequence[str], width: int, before: str) -> Iterator[str]:
    for message in messages:
        yield from textwrap.wrap(
            f"{what}: {message}", max(40, width), initial_indent=before, subsequent_indent=before + _GAP,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
