"""Keras files of today: `.keras`, and the `.weights.h5` that lies in it or by itself.

A `.keras` file is a zip archive of config.json, metadata.json and model.weights.h5. The weights of a recurrent layer
lie in `<path>/cell/vars/0` (kernel), `1` (recurrent kernel) and `2` (bias).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.engine import Problem

from .apart import read_apart
from .json import parse_json
from .keras_config import Described, Recipe, read_config
from .keras_layers import ARRAYS, Making, attributes_of
from .limits import LIMITS, Limits
from .problems import quoted, raise_all, refusal
from .record import Contents, Reading, Stored
from .rest import listed_apart
from .zip import Archive

_CONFIG, _WEIGHTS, _METADATA = "config.json", "model.weights.h5", "metadata.json"
_WAYS = {"forward_layer": "forward", "backward_layer": "backward"}
#: how Keras 2.13 called the folder
_OLD_FOLDER = "_layer_checkpoint_dependencies"
_CELL = re.compile(r"(?P<path>.+?)(/(?P<way>forward_layer|backward_layer))?/cell/vars/0")


def looks_like_keras(names: list[str]) -> bool:
    """Whether an archive with these entries is one that Keras writes."""
    return _CONFIG in names and any(name.startswith("model.weights") for name in names)


def read_keras(archive: Archive, limits: Limits = LIMITS) -> Reading:
    """The recurrent layers of a `.keras` file with their options, models within the model included.

    Raises FormatError for weights in several files, a configuration that does not fit the weights, activations that are
    no names, and what `read_apart` refuses.
    """
    if _WEIGHTS not in archive:
        message = "the weights of this model are spread over several files"
        raise refusal("sharded", message, "save it in one piece: model.save(path), without max_shard_size")
    contents = read_apart("hdf5", archive.read(_WEIGHTS), limits)
    described = read_config(parse_json(archive.read(_CONFIG), _CONFIG, limits), limits)
    metadata = parse_json(archive.read(_METADATA), _METADATA, limits) if _METADATA in archive else {}
    version = metadata.get("keras_version")
    return _read(contents, described, {"keras": version[:40]} if isinstance(version, str) else {}, limits)


def read_keras_weights(contents: Contents, limits: Limits = LIMITS) -> Reading:
    """The recurrent layers of a `.weights.h5` file. It does not tell their options, so they have none."""
    return _read(contents, Described(), {}, limits)


def _read(contents: Contents, described: Described, metadata: Mapping[str, str], limits: Limits) -> Reading:
    known = {each.name.replace(_OLD_FOLDER, "layers"): each for each in contents.arrays}
    attributes = attributes_of(contents)
    making = Making(limits)
    for recipe in described.recipes:
        making.problems += _other_name(recipe, attributes)
        making.add(recipe, _sources(recipe, known))
    if not described.recipes:
        for recipe, words in _found(known, attributes):
            making.add_found(recipe, _sources(recipe, known), words)
        making.note_weights_alone()
    raise_all([*described.problems, *making.problems])
    owners = {**_owners(attributes), **described.owners}
    rest = making.rest((*contents.arrays, *listed_apart(contents, limits)), owners)
    return Reading(tuple(making.layers), making.places, rest, metadata, tuple(making.notes), problems=tuple(making.misfits))


def _sources(recipe: Recipe, known: Mapping[str, Stored]) -> dict[str, Stored]:
    """The arrays of a layer by Keras' names, as far as they are there."""
    ways = {f"/{folder}": f"{way}/" for folder, way in _WAYS.items()} if recipe.both else {"": ""}
    return {
        f"{way}{name}": known[place]
        for folder, way in ways.items()
        for number, name in enumerate(ARRAYS)
        if (place := f"{recipe.path}{folder}/cell/vars/{number}") in known
    }


def _other_name(recipe: Recipe, attributes: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """A problem if the weights say that they are those of another layer, as later versions of Keras have them say."""
    written = attributes.get(f"{recipe.path}/vars", {}).get("name")
    if written not in (None, recipe.name.split("/")[-1]):
        message = f"where the weights of {quoted(recipe.name)} should lie are those of {quoted(written)}"
        hint = "the configuration and the weights are of two models"
        yield Problem("other-layer", message, {"layer": recipe.name[:80]}, hint, field=recipe.name)


def _owners(attributes: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What the weights themselves say about whose they are."""
    named = {
        path.removesuffix("/vars"): found.get("name") for path, found in attributes.items() if path.endswith("/vars")
    }
    return {path: f"part of the layer {quoted(name)}" for path, name in named.items() if name}


def _found(
    known: Mapping[str, Stored], attributes: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[Recipe, list[str]]]:
    """Layers that the names in the file show, each with the names that Keras gave to it and its cell."""
    for path in dict.fromkeys(found["path"] for name in known if (found := _CELL.fullmatch(name))):
        both = f"{path}/forward_layer/cell/vars/0" in known
        name = str(attributes.get(f"{path}/vars", {}).get("name", path.replace("layers/", "")))[:200]
        cell = f"{path}/forward_layer/cell/vars" if both else f"{path}/cell/vars"
        words = [path.split("/")[-1], str(attributes.get(cell, {}).get("name", ""))]
        yield Recipe(name, "", path, both, {}), words
