"""ONNX' recurrent operators RNN, GRU and LSTM of opset 22, as ONNX Runtime 1.31 computes them.

Sources: https://onnx.ai/onnx/operators/onnx__LSTM.html, onnx__GRU.html, onnx__RNN.html. What their texts leave open was
found by running ONNX Runtime: `clip` bounds the arguments of gates and candidate, after biases and peepholes, and not
the c that an LSTM's output is taken of; in a GRU with `linear_before_reset` it bounds the whole argument of the
candidate, and not what is multiplied with the reset gate. An attribute that a node does not have has ONNX' default,
since the graph says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .activations import LINEAR, ONNX, Activation, onnx_name
from .conventions import BACKWARD, FORWARD, Extent, convention, slots
from .library import Array, LibraryLayer
from .options import Options
from .read_layer import BOTH, ReadLayer, Start, directions, note_added, note_both
from .report import Report, short
from .shapes import HINT, extent, fitting, unknown, usable
from .variant import AFTER, BEFORE, GRU, LSTM, RNN, Variant
from .write_layer import WriteLayer

_DIRECTIONS = {"forward": FORWARD, "reverse": BACKWARD, "bidirectional": BOTH}
_USUAL = {RNN: ("Tanh",), GRU: ("Sigmoid", "Tanh"), LSTM: ("Sigmoid", "Tanh", "Tanh")}
_STARTS = {"initial_h": "h", "initial_c": "c"}
#: of opset 1, and what the arrays show
_SILENT = ("output_sequence",)


def read(report: Report) -> list[ReadLayer]:
    """The node, as a layer of ours. What is wrong, or has to be said, goes to the report."""
    layer = report.layer
    options = Options(report)
    word = options.word("direction") or "forward"
    if word not in _DIRECTIONS:
        report.refuse(
            "bad-option", f"direction of {report.name} is '{short(word)}', not forward, reverse or bidirectional",
            "the file is damaged", option="direction",
        )  # fmt: skip
    direction = _DIRECTIONS.get(word, FORWARD)
    used = _activations(report, options, direction)
    clip = _clip(report, options)
    reset = "" if layer.kind != GRU else AFTER if options.flag("linear_before_reset") else BEFORE
    coupled = layer.kind == LSTM and bool(options.flag("input_forget"))
    batch_first = bool(options.flag("layout"))
    if batch_first:
        report.note("data-layout", f"{report.name} has the batch in front of time in its data; here time is in front")
    arrays = usable(report)
    row = convention("onnx", layer.kind, reset)
    seen = extent(report, row, arrays, "W", "R")
    if seen is None:
        return []
    variant = Variant(
        layer.kind, used, "B" in layer.arrays, reset, peepholes=layer.kind == LSTM and "P" in layer.arrays,
        coupled=coupled, clip=clip,
    )  # fmt: skip
    options.agree("hidden_size", seen.units, f"{seen.units} units")
    options.ignore(*_SILENT)
    options.close()
    both = direction == BOTH
    found = {each: tuple(slots(row, variant, seen, each, both=both)) for each in directions(direction)}
    every = [slot for side in found.values() for slot in side]
    fitting(report, every, arrays)
    starts = tuple(_starts(report, arrays, seen, directions(direction), batch_first=batch_first))
    names = [key for key, state in _STARTS.items() if layer.kind == LSTM or state == "h"]
    unknown(report, [*dict.fromkeys(slot.array for slot in every), *names])
    if both:
        note_both(report)
    if not report.problems:
        note_added(report, every, arrays)
        if any(not slot.symbol and arrays[slot.array][slot.index].any() for slot in every):
            report.note(
                "unused-blocks",
                f"the forget gate of {report.name} is one minus its input gate (input_forget=1): what its arrays hold for "
                "a forget gate is not used, and is 0 when written back",
            )
    return [ReadLayer(report, variant, seen, direction, found, arrays, starts)]


def _activations(report: Report, options: Options, direction: str) -> tuple[Activation, ...]:
    usual = _USUAL[report.layer.kind]
    count = len(directions(direction))
    names = options.words("activations")
    alphas, betas = list(options.reals("activation_alpha")), list(options.reals("activation_beta"))
    if not names:
        names = usual * count
    if len(names) != len(usual) * count:
        wanted = f"{len(usual) * count} activations"
        report.refuse(
            "bad-option", f"activations of {report.name} are {short(', '.join(names))}, not {wanted}",
            f"give {len(usual)} for each direction", option="activations",
        )  # fmt: skip
        return (LINEAR,) * len(usual)
    found = [_one(report, name, alphas, betas) for name in names]
    for option, left in (("activation_alpha", alphas), ("activation_beta", betas)):
        if left:
            report.note(
                "left-over",
                f"{option} of {report.name} holds {len(left)} more than its activations take; they are taken in order",
                option=option,
                count=len(left),
            )
    first, second = found[: len(usual)], found[len(usual) :]
    if second and first != second:
        said = [", ".join(map(str, each)) for each in (first, second)]
        report.refuse(
            "directions-differ",
            f"{report.name} has other activations forward ({said[0]}) than backward ({said[1]})",
            "a layer here has one cell for both directions",
            option="activations",
        )
    return tuple(first)


def _one(report: Report, name: str, alphas: list[float], betas: list[float]) -> Activation:
    """An activation with its numbers, which those activations that have some take from the front of the lists."""
    known = {each.lower(): each for each in ONNX}
    row = ONNX.get(known.get(name.lower(), ""))
    if row is None:
        report.refuse(
            "unknown-activation", f"{report.name} has the activation '{short(name)}', which ONNX does not have",
            f"known are {', '.join(ONNX)}", option="activations", activation=short(name),
        )  # fmt: skip
        return LINEAR
    numbers = []
    for option, given, default in zip(
        ("activation_alpha", "activation_beta"), (alphas, betas), row.defaults or (None,) * row.takes, strict=False
    ):
        number = given.pop(0) if given else default
        if number is None:
            report.refuse(
                "missing-option",
                f"{report.name} has the activation {known[name.lower()]} without {option}, of which ONNX' text and ONNX "
                "Runtime make different numbers",
                f"write {option} into the node",
                option=option,
            )
        numbers.append(number or 0.0)
    return Activation(row.name, tuple(numbers)).plain()


def _clip(report: Report, options: Options) -> float | None:
    clip = options.real("clip")
    if clip is not None and clip <= 0:
        report.refuse(
            "bad-option", f"clip of {report.name} is {clip!r}, not a number above 0", "leave it out for none", option="clip",
        )  # fmt: skip
        return None
    return clip


def _starts(
    report: Report, arrays: Mapping[str, Array], seen: Extent, ways: Sequence[str], *, batch_first: bool
) -> Iterator[Start]:
    """Starting states: (directions, batch, units), with layout 1 (batch, directions, units)."""
    for name, state in _STARTS.items():
        if name not in arrays or (state == "c" and report.layer.kind != LSTM):
            continue
        array, axis = arrays[name], int(batch_first)
        batch = array.shape[1 - axis] if array.ndim == 3 else 0
        wanted = (batch, len(ways), seen.units) if batch_first else (len(ways), batch, seen.units)
        if not batch or array.shape != wanted:
            order = ("batch", len(ways), seen.units) if batch_first else (len(ways), "batch", seen.units)
            report.refuse(
                "bad-shape",
                f"{report.array(name)} has the shape {array.shape}, not ({', '.join(map(str, order))})", HINT,
                array=name, found=str(array.shape),
            )  # fmt: skip
            continue
        for number, way in enumerate(ways):
            values = array[:, number] if batch_first else array[number]
            where = f"[:, {number}]" if batch_first else f"[{number}]"
            yield Start(state, way, name, where, values[0] if batch == 1 else values)


def lacks(variant: Variant, _direction: str) -> Iterator[str]:
    """Why no node of ONNX is such a layer, one reason for each."""
    for activation in dict.fromkeys(variant.activations):
        if onnx_name(activation) is None:
            yield f"ONNX has no activation {activation}"
    if variant.projected:
        yield "ONNX' LSTM has no projection"


def write(layers: Sequence[WriteLayer]) -> list[LibraryLayer]:
    """The nodes of a stack, one for each layer, with starting states where these are given."""
    found = []
    for layer in layers:
        variant, ways = layer.variant, directions(layer.direction)
        arrays: dict[str, Array] = {}
        layer.fill(convention("onnx", variant.kind, variant.reset), arrays)
        for name, state in _STARTS.items():
            given = [np.atleast_2d(layer.starts[way, state]) for way in ways if (way, state) in layer.starts]
            if given:
                batch = max(len(each) for each in given)
                arrays[name] = np.zeros((len(ways), batch, layer.extent.units))
                for number, way in enumerate(ways):
                    arrays[name][number] = layer.starts.get((way, state), 0.0)
        used = [named for activation in variant.activations if (named := onnx_name(activation))] * len(ways)
        numbers = [("activation_alpha", 0), ("activation_beta", 1)]
        options: dict[str, object] = {
            "direction": next(word for word, each in _DIRECTIONS.items() if each == layer.direction),
            "activations": [name for name, _ in used],
            **{key: every for key, at in numbers if (every := [each[at] for _, each in used if len(each) > at])},
            "layout": 0,
        }
        options |= {"linear_before_reset": int(variant.reset == AFTER)} if variant.kind == GRU else {}
        options |= {"input_forget": int(variant.coupled)} if variant.kind == LSTM else {}
        options |= {"clip": variant.clip} if variant.clip is not None else {}
        found.append(LibraryLayer("onnx", variant.kind, "", arrays, options))
    return found
