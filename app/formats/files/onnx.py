"""ONNX graphs: each RNN, GRU or LSTM node as a layer, with the weights that the file holds as constants.

Operators: https://onnx.ai/onnx/operators/onnx__LSTM.html, onnx__GRU.html, onnx__RNN.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.engine import Problem

from ..found import Note
from ..library import LibraryLayer
from .apart import read_apart
from .json import parse_json
from .limits import LIMITS, Limits
from .numbers import Loader
from .problems import quoted, raise_all
from .record import Reading, Rest, Stored
from .rest import listed_apart

_INPUTS = ("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")
_MOST_INPUTS = {"RNN": 6, "GRU": 6, "LSTM": 8}
_NEEDED = ("W", "R")
#: what is given when the network runs, not with its weights
_GIVEN = ("sequence_lens", "initial_h", "initial_c")
#: attributes that the operators have in every version, with what a missing one means
_DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "RNN": {"direction": "forward", "layout": 0},
    "GRU": {"direction": "forward", "layout": 0, "linear_before_reset": 0},
    "LSTM": {"direction": "forward", "layout": 0, "input_forget": 0},
}
_ACTIVATIONS = {"RNN": ["Tanh"], "GRU": ["Sigmoid", "Tanh"], "LSTM": ["Sigmoid", "Tanh", "Tanh"]}
_OPTIONAL = ("activations", "activation_alpha", "activation_beta", "clip")
#: attributes that change nothing here: the size that the arrays show, and one of opset 1
_SILENT = ("hidden_size", "output_sequence")
_HINT = "export the trained network with its weights in the file, and with constant folding"


def read_onnx(data: bytes, limits: Limits = LIMITS) -> Reading:
    """The recurrent nodes of a model, in the order of the graph.

    Attributes that the file leaves out get the values that ONNX defines for them. Raises FormatError for weights that
    are no constants of the file, attributes that ONNX does not have, and what `read_apart` refuses.
    """
    found = read_apart("onnx", data, limits)
    graph = parse_json(found.metadata["graph"].encode(), "the graph", limits)
    loader = Loader(limits)
    known = {each.name: each for each in found.arrays}
    listed = listed_apart(found, limits)
    reasons = {each.name: each.why for each in listed}
    nodes = _named(graph["nodes"])
    raise_all([problem for node in nodes for problem in _problems(node, known, reasons, graph)])
    layers, places = [], {}
    for node in nodes:
        inputs = _inputs(node)
        arrays = {key: name for key, name in inputs.items() if key != "sequence_lens" and name in known}
        places.update({(node["name"], key): name for key, name in arrays.items()})
        loaded = {key: loader.load(known[name]) for key, name in arrays.items()}
        layers.append(LibraryLayer("onnx", node["op"], node["name"], loaded, _options(node)))
    used = set(places.values())
    rest = [Rest(each.name, each.dtype, each.shape, "used otherwise") for each in found.arrays if each.name not in used]
    notes = [note for node in nodes for note in _notes(node, known, graph)]
    if graph["inside"]:
        notes.append(_inside(graph["inside"]))
    metadata = {key: value for key, value in found.metadata.items() if key in ("opset", "producer")}
    return Reading(tuple(layers), places, (*rest, *listed), metadata, tuple(notes))


def _named(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The nodes, with names of their own where the file gives one to several."""
    taken: set[str] = set()
    for node in nodes:
        name, number = node["name"], 1
        while node["name"] in taken:
            number += 1
            node["name"] = f"{name}_{number}"
        taken.add(node["name"])
    return nodes


def _inputs(node: Mapping[str, Any]) -> dict[str, str]:
    """Names of what a node reads, by the operator's names; what is left out is missing."""
    return {key: name for key, name in zip(_INPUTS, node["inputs"], strict=False) if name}


def _problems(
    node: Mapping[str, Any], known: Mapping[str, Stored], reasons: Mapping[str, str], graph: Mapping[str, Any]
) -> Iterator[Problem]:
    """What is wrong with a node. `known` are the constants that were read, `reasons` tell why the others were not."""
    kind, name = node["op"], node["name"]
    inputs = _inputs(node)
    if len(node["inputs"]) > _MOST_INPUTS[kind]:
        yield _problem("bad-onnx", f"{quoted(name)} has more inputs than {kind} nodes have", "the file is damaged", name)
    for key in _NEEDED:
        if key not in inputs:
            yield _problem("missing-array", f"{quoted(name)} has no {key}", "the file is damaged", name)
    for key, given in inputs.items():
        if key in ("X", *_GIVEN) or given in known:
            continue
        if given in reasons:
            message = f"{key} of {quoted(name)} holds {reasons[given]}"
        elif given in graph["computed"]:
            message = f"{key} of {quoted(name)} is computed by {graph['computed'][given]}"
        else:
            message = f"{key} of {quoted(name)} is given to the graph from outside"
        yield _problem("not-constant", f"{message}, so the file does not hold the weights themselves", _HINT, name)
    allowed = {*_DEFAULTS[kind], *_OPTIONAL, *_SILENT}
    for attribute, value in node["attributes"].items():
        if attribute not in allowed or value is None or (isinstance(value, list) and None in value):
            message = f"{quoted(name)} has an attribute {quoted(attribute)} that {kind} nodes do not have"
            yield _problem("unknown-attribute", message, "the file is damaged, or newer than this program", name)
    size = node["attributes"].get("hidden_size")
    recurrent = known.get(inputs.get("R", ""))
    if size is not None and recurrent is not None and recurrent.shape[-1:] != (size,):
        message = f"{quoted(name)} has hidden_size {size}, and R of the sizes {recurrent.shape}"
        yield _problem("wrong-shape", message, "the last size of R is that of the layer", name)


def _problem(code: str, message: str, hint: str, name: str) -> Problem:
    return Problem(code, message, {"layer": name[:80]}, hint, field=name)


def _options(node: Mapping[str, Any]) -> dict[str, object]:
    kind, given = node["op"], node["attributes"]
    options = {**_DEFAULTS[kind], **{key: value for key, value in given.items() if key not in _SILENT}}
    directions = 2 if options["direction"] == "bidirectional" else 1
    options.setdefault("activations", _ACTIVATIONS[kind] * directions)
    return options


def _notes(node: Mapping[str, Any], known: Mapping[str, Stored], graph: Mapping[str, Any]) -> Iterator[Note]:
    name, inputs = node["name"], _inputs(node)
    for key in _GIVEN:
        given = inputs.get(key)
        if given is None:
            continue
        args = {"layer": name[:80], "input": key}
        if key == "sequence_lens" and given in graph["whole"]:
            lengths = ", ".join(map(str, graph["whole"][given][:12]))
            yield Note(
                "lengths", f"{quoted(name)} is run on sequences of the lengths {lengths}", {**args, "lengths": lengths}
            )
        elif given not in known:
            source = f"{graph['computed'][given]} computes it" if given in graph["computed"] else "the caller gives it"
            yield Note(
                "given-at-run", f"{key} of {quoted(name)} is not in the file: {source} when the graph runs", args
            )


def _inside(names: list[str]) -> Note:
    message = f"{len(names)} recurrent nodes stand in functions, branches or loops of the graph and are not read"
    return Note("nodes-inside", message, {"count": len(names)})
