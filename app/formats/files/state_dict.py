"""Named arrays, from whatever container: PyTorch's recurrent modules among them, or parameters of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.engine import Problem

from ..library import LibraryLayer
from ..pytorch import pytorch_layers
from .limits import LIMITS, Limits
from .misfit import misfit, sizes
from .numbers import Loader
from .record import Contents, Reading, Stored
from .rest import rest_of

#: the last piece of the name of every array that PyTorch's recurrent modules and cells have
_RECURRENT = re.compile(r"(weight|bias)_(ih|hh|hr)(_l\d+)?(_reverse)?")
#: `part.layer.direction.symbol`
_ADDRESS = re.compile(r"[A-Za-z]\w*\.(\d+|readout)\.(forward|backward)\.[^\W\d]\w*")


def read_state_dict(contents: Contents, limits: Limits = LIMITS) -> Reading:
    """PyTorch's layers in named arrays; where all names are addresses of ours, the parameters instead.

    Only arrays with the names of recurrent ones are read. Raises FormatError if one of these holds numbers that are
    not finite.
    """
    loader = Loader(limits)
    if contents.arrays and all(_ADDRESS.fullmatch(each.name) and not _is_recurrent(each) for each in contents.arrays):
        parameters = {each.name: loader.load(each) for each in contents.arrays if each.read is not None}
        rest = rest_of((each for each in contents.arrays if each.read is None), "")
        return Reading(rest=rest, metadata=contents.metadata, parameters=parameters)
    found = {each.name: loader.load(each) for each in contents.arrays if _is_recurrent(each) and each.read is not None}
    layers = tuple(pytorch_layers(found))
    places = {
        (layer.name, name): full for layer in layers for name in layer.arrays if (full := _full(layer, name)) in found
    }
    used = set(places.values())
    shapes = {each.name: each.shape for each in contents.arrays}
    rest = tuple(
        entry
        for each in contents.arrays if each.name not in used
        for entry in rest_of([each], _unfit(each.name, shapes) if _is_recurrent(each) else "no part of a recurrent layer")
    )  # fmt: skip
    problems = tuple(_misfits({name: shape for name, shape in shapes.items() if name in found and name not in used}))
    return Reading(layers, places, rest, contents.metadata, problems=problems)


def _unfit(name: str, shapes: Mapping[str, tuple[int, ...]]) -> str:
    """Why an array is in no layer although its name is that of a recurrent layer's."""
    hidden = _hidden(name)
    found = next((each for each in hidden if each in shapes), None)
    if found is None:
        return f"named as a recurrent layer's, but there is no '{hidden[0]}'"
    size = sizes(shapes[found])
    return f"named as a recurrent layer's, but '{found}' is {size}: N units have N, 3 N or 4 N rows of N there"


def _misfits(shapes: Mapping[str, tuple[int, ...]]) -> Iterator[Problem]:
    """The matrix of each module that could not be told, among arrays that are read and in no layer."""
    for name, shape in shapes.items():
        hidden = _hidden(name)
        if name == next((each for each in hidden if each in shapes), None):
            first = [name.replace("weight_hh", each) for each in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
            beside = [shapes[each][0] for each in first if shapes.get(each)]
            problem = misfit(name, shape, beside)
            if problem is not None:
                yield problem


def _hidden(name: str) -> list[str]:
    """The names, one of which the first recurrent matrix of an array's module has."""
    prefix = name.rpartition(".")[0]
    return [f"{prefix}.{each}" if prefix else each for each in ("weight_hh_l0", "weight_hh")]


def _is_recurrent(array: Stored) -> bool:
    return _RECURRENT.fullmatch(array.name.rpartition(".")[2]) is not None


def _full(layer: LibraryLayer, name: str) -> str:
    return f"{layer.name}.{name}" if layer.name else name
