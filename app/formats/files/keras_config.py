"""The configuration of a Keras model: which layers are recurrent, with what options, and where their weights lie.

Keras does not store weights under the names of layers but under those of their classes, numbered in order within
each model: the second LSTM layer is `layers/lstm_1`, whatever it is called (keras/src/saving/saving_lib.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.engine import Problem

from .limits import Limits
from .problems import quoted, refusal

#: classes of layers and of their cells -> the kind of layer
KINDS = {"SimpleRNN": "RNN", "LSTM": "LSTM", "GRU": "GRU"}
_CELLS = {f"{name}Cell": kind for name, kind in KINDS.items()}
_MODELS = ("Sequential", "Functional", "Model")
#: options that say how a layer computes
_OPTIONS = ("activation", "recurrent_activation", "use_bias", "reset_after", "go_backwards", "return_sequences")
#: what becomes part of a layer's options whether it is written as a layer or as a cell in a layer
_OF_LAYER = ("go_backwards", "return_sequences")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recurrent layer as the configuration has it. `path` is where `.keras` files keep its weights."""

    name: str
    kind: str
    path: str
    both: bool
    options: Mapping[str, object]


@dataclass(slots=True)
class Described:
    """What a configuration says: recurrent layers in order, whose weights lie where, what cannot be read and why."""

    recipes: list[Recipe] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_config(config: Mapping[str, Any], limits: Limits) -> Described:
    """The layers of a model, models within it included.

    Raises FormatError if this is no configuration of a model. A model of a class of its own, whose layers only its
    code knows, has no recipes.
    """
    found = Described()
    if not isinstance(config.get("class_name"), str):
        raise _bad("the configuration does not say of which class the model is")
    _model(config, "", "", found, limits, depth=0)
    limits.check("operations", len(found.owners))
    return found


def _model(config: Mapping[str, Any], path: str, name: str, found: Described, limits: Limits, *, depth: int) -> None:
    limits.check("depth", depth)
    inner = config.get("config")
    layers = inner.get("layers") if isinstance(inner, dict) else inner
    if config["class_name"] not in _MODELS:
        return
    if not isinstance(layers, list):
        raise _bad("a model has no list of layers")
    counts: dict[str, int] = {}
    for layer in layers:
        if not isinstance(layer, dict) or not isinstance(layer.get("class_name"), str):
            raise _bad("a layer has no class")
        snake = _snake(layer["class_name"])
        number = counts[snake] = counts.get(snake, -1) + 1
        place = f"{path}layers/{snake}{f'_{number}' if number else ''}"
        own = _name(layer, snake)
        full = f"{name}/{own}" if name else own
        found.owners[place] = f"part of the {layer['class_name'][:40]} layer {quoted(own)}"
        if layer["class_name"] in _MODELS:
            _model(layer, f"{place}/", full, found, limits, depth=depth + 1)
        elif _is_keras(layer):
            found.recipes += _recipes(layer, place, full, found)


def _bad(message: str) -> Exception:
    return refusal(
        "bad-config", f"{message}, so the model cannot be taken apart", "save the model again with model.save"
    )


def _snake(name: str) -> str:
    """The name of a class as Keras writes it in paths (keras/src/utils/naming.py)."""
    name = re.sub(r"\W+", "", name)
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


def _name(layer: Mapping[str, Any], otherwise: str) -> str:
    inner = layer.get("config")
    name = inner.get("name") if isinstance(inner, dict) else None
    name = name if isinstance(name, str) else otherwise
    if len(name) > _LONGEST_NAME:
        raise _bad("a layer has a name of more than 200 characters")
    return name


def _is_keras(layer: Mapping[str, Any]) -> bool:
    """Whether a layer is Keras' own, and not of a class that somebody registered under the same name."""
    module, registered = layer.get("module"), layer.get("registered_name")
    own = module is None or (isinstance(module, str) and module.split(".")[0] in ("keras", "tf_keras", "tensorflow"))
    return own and registered in (None, layer["class_name"])


def _recipes(layer: Mapping[str, Any], path: str, name: str, found: Described) -> Iterator[Recipe]:
    config = layer.get("config")
    if not isinstance(config, dict):
        raise _bad("a layer has no configuration")
    if layer["class_name"] == "Bidirectional":
        yield from _both(config, path, name, found)
        return
    kind, options = _one(layer, name, found)
    if kind:
        yield Recipe(name, kind, path, False, options)


def _both(config: Mapping[str, Any], path: str, name: str, found: Described) -> Iterator[Recipe]:
    """A layer in a Bidirectional wrapper, of which a second one, if there is one, must differ in the direction only."""
    forward, backward = config.get("layer"), config.get("backward_layer")
    if not isinstance(forward, dict) or not isinstance(forward.get("class_name"), str):
        raise _bad("a Bidirectional layer holds no layer")
    kind, options = _one(forward, name, found)
    if not kind:
        return
    if isinstance(backward, dict) and isinstance(backward.get("class_name"), str):
        other, others = _one(backward, name, found)
        turned = {**options, "go_backwards": not options.get("go_backwards", False)}
        if other != kind or {"go_backwards": True, **others} != turned:
            message = f"the two directions of {quoted(name)} differ in more than their direction"
            found.problems.append(
                _problem("directions-differ", message, "wrap one layer, so that both are alike", name)
            )
            return
    if "merge_mode" in config:
        options = {**options, "merge_mode": config["merge_mode"]}
    yield Recipe(name, kind, path, True, options)


def _one(layer: Mapping[str, Any], name: str, found: Described) -> tuple[str, dict[str, object]]:
    """The kind of a layer, "" if it is not recurrent, and its options."""
    config = layer.get("config")
    if not isinstance(config, dict):
        return "", {}
    kind = KINDS.get(layer["class_name"], "")
    cell = config.get("cell")
    if layer["class_name"] == "RNN" and isinstance(cell, dict) and isinstance(cell.get("config"), dict):
        kind = _CELLS.get(str(cell.get("class_name")), "") if _is_keras({"class_name": "", **cell}) else ""
        config = {**cell["config"], **{key: config[key] for key in _OF_LAYER if key in config}}
    options: dict[str, object] = {}
    for key in _OPTIONS if kind else ():
        if key in config:
            value = _function(config[key])
            if value is None:
                message = f"{quoted(name)} has an {key} of its own making"
                hint = "give it one of Keras' activations, by its name"
                found.problems.append(_problem("unknown-activation", message, hint, name))
            options[key] = value
    return kind, options


def _function(value: object) -> object:
    """The name of a function of Keras' own, None for any other; what is no function stays as it is."""
    if isinstance(value, dict):
        named = value.get("class_name") == "function" and _is_keras({**value, "registered_name": None})
        return value.get("config") if named and isinstance(value.get("config"), str) else None
    return "linear" if value is None else value


def _problem(code: str, message: str, hint: str, name: str) -> Problem:
    return Problem(code, message, {"layer": name[:80]}, hint, field=name)
