"""Keras' recurrent layers, each made of what the configuration says and the arrays that were found for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.engine import Problem

from ..found import Note
from ..library import LibraryLayer
from .keras_config import Recipe
from .limits import Limits
from .misfit import misfit
from .numbers import Loader
from .problems import quoted
from .record import Contents, Rest, Stored

ARRAYS = ("kernel", "recurrent_kernel", "bias")
DIRECTIONS = ("forward", "backward")
#: how many times as wide as the layer is its recurrent kernel
_GATES = {1: "RNN", 3: "GRU", 4: "LSTM"}
_CELL = re.compile(r"(simple_rnn|lstm|gru)(_cell)?(_\d+)?")
_CLASSES = {"simple_rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
_OPTIMIZER = ("optimizer", "optimizer_weights", "_optimizer")


class Making:
    """The layers of a file as they are made one after the other, with everything that turns up on the way."""

    def __init__(self, limits: Limits) -> None:
        self._loader = Loader(limits)
        self.layers: list[LibraryLayer] = []
        self.places: dict[tuple[str, str], str] = {}
        self.notes: list[Note] = []
        self.problems: list[Problem] = []
        self.misfits: list[Problem] = []

    def add(self, recipe: Recipe, sources: Mapping[str, Stored]) -> None:
        """One layer. `sources` are its arrays by Keras' names: `kernel`, or `forward/kernel` in a wrapper."""
        if recipe.options.get("use_bias") is False:
            sources = {key: each for key, each in sources.items() if not key.endswith("bias")}
        problems = list(_problems(recipe, sources))
        self.problems += problems
        if not problems:
            arrays = {key: self._loader.load(each) for key, each in sources.items()}
            self.layers.append(LibraryLayer("keras", recipe.kind, recipe.name, arrays, recipe.options))
            self.places.update({(recipe.name, key): each.name for key, each in sources.items()})

    def add_found(self, recipe: Recipe, sources: Mapping[str, Stored], words: Iterable[str]) -> None:
        """A layer of which no configuration tells the kind, if it is recurrent.

        `words` are names that Keras gave by itself. Where they do not tell the kind but the sizes of the arrays do, a
        note says so.
        """
        named = next((_CLASSES[found[1]] for word in words if (found := _CELL.fullmatch(word))), "")
        kind = named or _kind_by_sizes(sources)
        if kind:
            self.add(replace(recipe, kind=kind), sources)
        else:
            self.misfits += _misfits(sources)
        if kind and not named:
            message = f"{quoted(recipe.name)} was taken for {kind} by the sizes of its arrays; the file does not say"
            self.notes.append(Note("kind-by-sizes", message, {"layer": recipe.name[:80], "kind": kind}))

    def note_weights_alone(self) -> None:
        """Says what a file without the model's configuration does not tell."""
        if self.layers:
            message = "the file holds weights alone: neither the options of the layers nor their order are in it"
            self.notes.insert(0, Note("weights-alone", message))

    def rest(self, arrays: Iterable[Rest | Stored], owners: Mapping[str, str]) -> tuple[Rest, ...]:
        """The arrays that no layer has, each with what it is part of; `owners` tell that of beginnings of names."""
        used = set(self.places.values())
        return tuple(
            Rest(
                each.name,
                each.dtype,
                each.shape,
                _owner(each.name, owners) or each.why or "part of no layer that is read",
            )
            for each in arrays
            if each.name not in used
        )


def _kind_by_sizes(sources: Mapping[str, Stored]) -> str:
    """The kind of a layer whose recurrent kernel is so many times as wide as high, "" if there is none such."""
    shapes = {each.shape for key, each in sources.items() if key.endswith("recurrent_kernel")}
    if len(shapes) != 1:
        return ""
    shape = shapes.pop()
    if len(shape) != 2 or not shape[0] or shape[1] % shape[0]:
        return ""
    return _GATES.get(shape[1] // shape[0], "")


def _misfits(sources: Mapping[str, Stored]) -> Iterator[Problem]:
    """The recurrent kernels of a layer of which neither names nor sizes tell the kind."""
    for key, each in sources.items():
        if key.endswith("recurrent_kernel"):
            way = key.removesuffix("recurrent_kernel")
            beside = [sources[way + name].shape[-1] for name in ARRAYS if way + name in sources and sources[way + name].shape]
            problem = misfit(each.name, each.shape, beside, lying=True)
            if problem is not None:
                yield problem


def attributes_of(contents: Contents) -> Mapping[str, Mapping[str, Any]]:
    """What `file_hdf5` found beside the arrays, by path."""
    found: dict[str, dict[str, Any]] = json.loads(contents.metadata["attributes"])
    return found


def _problems(recipe: Recipe, sources: Mapping[str, Stored]) -> Iterator[Problem]:
    needed = ARRAYS if recipe.options.get("use_bias") else ARRAYS[:2]
    for key in [f"{way}/{each}" for way in DIRECTIONS for each in needed] if recipe.both else needed:
        if key not in sources:
            message = f"the layer {quoted(recipe.name)} has no {key} in the file"
            yield _problem("missing-array", message, "the file is damaged, or its parts do not belong together", recipe)
    for key, each in sources.items():
        if each.read is None:
            message = f"{key} of the layer {quoted(recipe.name)} holds {each.why}"
            yield _problem("wrong-dtype", message, "save the weights as floating-point numbers", recipe)


def _problem(code: str, message: str, hint: str, recipe: Recipe) -> Problem:
    return Problem(code, message, {"layer": recipe.name[:80]}, hint, field=recipe.name)


def _owner(name: str, owners: Mapping[str, str]) -> str:
    """What the longest known beginning of a name belongs to."""
    if name.split("/")[0] in _OPTIMIZER:
        return "part of the optimizer"
    while name:
        name = name.rpartition("/")[0]
        if name in owners:
            return owners[name]
    return ""
