"""A golden case: what a library was given, and what it gave, with the library's own names and layouts.

A file holds the cases of one library, one case in a line, with the versions that made it. Numbers are written in the
shortest form that gives the same number back, in float64 or in float32.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.formats.library import LibraryLayer

Array = NDArray[Any]
Arrays = Mapping[str, Array]
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Case:
    """One run of a library's layers.

    `kind` is what the table calls such layers, `groups` the options that the case is about. `inputs` and `outputs` have
    the library's names (`input`, `h_0`; `output`, `h_n`); `outside` is dL/doutput of a loss, `gradients` what the
    library found of it for its inputs and weights (by the name of the layer and the array, `l.weight_ih_l0`), empty where
    the library has no gradients. `lengths` tells how many steps of each sequence count.
    """

    name: str
    kind: str
    groups: tuple[str, ...]
    layers: tuple[LibraryLayer, ...]
    inputs: Arrays
    outputs: Arrays
    outside: Arrays = field(default_factory=dict)
    gradients: Arrays = field(default_factory=dict)
    lengths: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Golden:
    """The cases of one library: its name, its version, those of what it ran on, the type that it computed in."""

    library: str
    versions: Mapping[str, str]
    dtype: str
    cases: tuple[Case, ...]

    @property
    def title(self) -> str:
        """The library with its version, as the table calls it."""
        name, version = next(iter(self.versions.items()))
        return f"{name} {version}"


def to_text(golden: Golden) -> str:
    """The file's text."""
    head = {"library": golden.library, "versions": dict(golden.versions), "dtype": golden.dtype}
    lines = ",\n".join(_dumped(_case_data(case)) for case in golden.cases)
    return f'{_dumped(head)[:-1]},"cases":[\n{lines}\n]}}\n'


def from_text(text: str) -> Golden:
    """What `to_text` wrote."""
    data = json.loads(text)
    dtype = np.dtype(data["dtype"])
    cases = tuple(_case(each, dtype) for each in data["cases"])
    return Golden(data["library"], data["versions"], data["dtype"], cases)


@cache
def load(library: str) -> Golden:
    """The stored cases of a library."""
    return from_text((DATA / f"{library}.json").read_text("utf-8"))


def libraries() -> list[str]:
    """The libraries that have stored cases."""
    found = [path for path in sorted(DATA.glob("*.json")) if '"library"' in path.read_text("utf-8")[:20]]
    return [path.stem for path in found]


def _dumped(data: object) -> str:
    return json.dumps(data, separators=(",", ":"), allow_nan=False)


def _case_data(case: Case) -> dict[str, object]:
    return {
        "name": case.name,
        "kind": case.kind,
        "groups": list(case.groups),
        "layers": [
            {"kind": each.kind, "name": each.name, "options": dict(each.options), "arrays": _listed(each.arrays)}
            for each in case.layers
        ],
        "library": case.layers[0].library,
        "lengths": list(case.lengths) if case.lengths else None,
        "inputs": _listed(case.inputs),
        "outputs": _listed(case.outputs),
        "outside": _listed(case.outside),
        "gradients": _listed(case.gradients),
    }


def _case(data: Mapping[str, Any], dtype: np.dtype[Any]) -> Case:
    layers = tuple(
        LibraryLayer(data["library"], each["kind"], each["name"], _arrays(each["arrays"], dtype), each["options"])
        for each in data["layers"]
    )
    inputs, outputs, outside, gradients = (
        _arrays(data[part], dtype) for part in ("inputs", "outputs", "outside", "gradients")
    )
    lengths = tuple(data["lengths"]) if data["lengths"] else None
    groups = tuple(data["groups"])
    return Case(data["name"], data["kind"], groups, layers, inputs, outputs, outside, gradients, lengths)


def _listed(arrays: Arrays) -> dict[str, object]:
    return {name: _shortest(array) for name, array in arrays.items()}


def _shortest(array: Array) -> object:
    """Nested lists; a float32 is written with the digits that tell it from its neighbours, not those of its double."""
    if array.ndim:
        return [_shortest(each) for each in array]
    return float(str(array[()]))


def _arrays(data: Mapping[str, Any], dtype: np.dtype[Any]) -> dict[str, Array]:
    return {name: np.array(value, dtype) for name, value in data.items()}


def difference(found: Arrays, expected: Arrays) -> float:
    """The largest difference, over the largest number that was expected of any of them."""
    assert found.keys() == expected.keys(), f"{sorted(found)} instead of {sorted(expected)}"
    for name, array in expected.items():
        assert found[name].shape == array.shape, f"'{name}' has the shape {found[name].shape}, not {array.shape}"
    far = [float(np.max(np.abs(_exact(found[n]) - _exact(expected[n])), initial=0)) for n in expected]
    return max(far, default=0.0) / largest(expected.values())


def largest(arrays: Iterable[Array]) -> float:
    return max((float(np.max(np.abs(_exact(array)), initial=0)) for array in arrays), default=0.0) or 1.0


def _exact(array: Array) -> Array:
    return np.asarray(array, np.float64)
