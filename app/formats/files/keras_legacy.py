"""Keras' `.h5` files: the whole model, as versions before 3 saved it by themselves, or its weights alone.

The weights of each layer lie in a group of its name, whose attribute `weight_names` lists them:
`lstm/lstm_cell/kernel`, with `:0` at the end in files of version 2 (keras/src/legacy/saving/legacy_h5_format.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.engine import Problem

from .json import parse_json
from .keras_config import Described, Recipe, read_config
from .keras_layers import ARRAYS, DIRECTIONS, Making, attributes_of
from .limits import LIMITS, Limits
from .problems import quoted, raise_all
from .record import Contents, Reading, Stored
from .rest import listed_apart

_FOLDER = "model_weights"
Weights = dict[str, dict[str, Stored]]


def looks_legacy(contents: Contents) -> bool:
    """Whether an HDF5 file has the groups by layer that Keras' earlier form has."""
    attributes = attributes_of(contents)
    return "layer_names" in attributes.get(_FOLDER, attributes[""])


def read_keras_legacy(contents: Contents, limits: Limits = LIMITS) -> Reading:
    """The recurrent layers of an `.h5` file, with their options where it holds the model's configuration.

    Raises FormatError for a configuration that does not fit the weights, and activations that are no names.
    """
    attributes = attributes_of(contents)
    folder = f"{_FOLDER}/" if _FOLDER in attributes else ""
    weights = _weights(contents, attributes, folder)
    config = attributes[""].get("model_config")
    described = read_config(parse_json(config.encode(), "the configuration", limits), limits) if config else Described()
    making = Making(limits)
    for recipe in described.recipes:
        sources = _of_layer(recipe, weights)
        if sources is None:
            making.problems.append(_ambiguous(recipe))
        else:
            making.add(recipe, sources)
    if not described.recipes:
        for recipe, sources in _found(weights):
            making.add_found(recipe, sources, [piece for name in weights[recipe.name] for piece in name.split("/")])
        making.note_weights_alone()
    raise_all([*described.problems, *making.problems])
    owners = {f"{folder}{layer}": f"part of the layer {quoted(layer)}" for layer in weights}
    rest = making.rest((*contents.arrays, *listed_apart(contents, limits)), owners)
    told = {
        "keras": attributes.get(_FOLDER, attributes[""]).get("keras_version"),
        "backend": attributes[""].get("backend"),
    }
    metadata = {key: str(value)[:40] for key, value in told.items() if value}
    return Reading(tuple(making.layers), making.places, rest, metadata, tuple(making.notes), problems=tuple(making.misfits))


def _weights(contents: Contents, attributes: Mapping[str, Mapping[str, Any]], folder: str) -> Weights:
    """The arrays of each layer of the model in their order, by the name that they have in it."""
    known = {each.name: each for each in contents.arrays}
    found: Weights = {}
    for layer in attributes.get(folder.rstrip("/"), {}).get("layer_names", []):
        names = attributes.get(f"{folder}{layer}", {}).get("weight_names", [])
        places = {name: f"{folder}{layer}/{name}" for name in names}
        found[layer] = {name: known[place] for name, place in places.items() if place in known}
    return found


def _of_layer(recipe: Recipe, weights: Weights) -> dict[str, Stored] | None:
    """The arrays of a layer by Keras' names; None if several could be the same one.

    A model within the model has all its weights in one group, each with the name of its layer in its own.
    """
    top, *inner = recipe.name.split("/")
    found: dict[str, Stored] = {}
    for name, array in weights.get(top, {}).items():
        pieces = name.removesuffix(":0").split("/")
        if inner and inner[-1] not in pieces[:-1]:
            continue
        key = _key(pieces, both=recipe.both)
        if key in found:
            return None
        if key:
            found[key] = array
    return found


def _key(pieces: list[str], *, both: bool) -> str:
    """`kernel`, `forward/kernel`, or "" for an array that recurrent layers do not have."""
    if pieces[-1] not in ARRAYS:
        return ""
    if not both:
        return pieces[-1]
    way = next((way for way in DIRECTIONS for piece in pieces if piece.startswith(f"{way}_")), "")
    return f"{way}/{pieces[-1]}" if way else ""


def _ambiguous(recipe: Recipe) -> Problem:
    message = f"the file does not tell which weights are those of the layer {quoted(recipe.name)}"
    hint = "save the model in Keras' own format: model.save('model.keras')"
    return Problem("ambiguous-weights", message, {"layer": recipe.name[:80]}, hint, field=recipe.name)


def _found(weights: Weights) -> Iterator[tuple[Recipe, dict[str, Stored]]]:
    """Layers that have the arrays of recurrent ones, where no configuration names them."""
    for layer in weights:
        for both in (False, True):
            recipe = Recipe(layer, "", "", both, {})
            sources = _of_layer(recipe, weights)
            if sources and any(key.endswith("recurrent_kernel") for key in sources):
                yield recipe, sources
                break
