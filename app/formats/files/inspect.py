"""What a file holds, for a person or a program that asks: layers, cells, where each array went, and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.engine import Problem, ProblemError

from ..convert import convert, convert_all
from ..found import Found
from .kinds import KINDS
from .record import File


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file with the networks that its layers are, and the reasons why some of them are none."""

    file: File
    networks: tuple[Found, ...]
    problems: tuple[Problem, ...]

    def to_data(self) -> dict[str, object]:
        """The JSON form."""
        file = self.file
        return {
            "name": file.name,
            "format": file.format,
            "title": KINDS[file.format].title,
            "bytes": file.size,
            "metadata": dict(file.metadata),
            "layers": [
                {
                    "name": layer.name,
                    "library": layer.library,
                    "kind": layer.kind,
                    "options": dict(layer.options),
                    "arrays": [
                        {
                            "name": key,
                            "place": file.places.get((layer.name, key), key),
                            "shape": list(array.shape),
                            "dtype": str(array.dtype),
                        }
                        for key, array in layer.arrays.items()
                    ],
                }
                for layer in file.layers
            ],
            "networks": [_network(each) for each in self.networks],
            "parameters": [{"name": key, "shape": list(array.shape)} for key, array in file.parameters.items()],
            "rest": [each.to_data() for each in file.rest],
            "notes": [each.to_data() for each in file.notes],
            "problems": [each.to_data() for each in self.problems],
        }


def _network(found: Found) -> dict[str, object]:
    """A network without its numbers."""
    description: Mapping[str, Any] = found.description
    return {
        "description": description,
        "parameters": [{"name": key, "shape": list(array.shape)} for key, array in found.parameters.items()],
        "initial": [{"name": key, "shape": list(array.shape)} for key, array in found.initial.items()],
        "placed": [each.to_data() for each in found.placed],
        "notes": [each.to_data() for each in found.notes],
        "choices": [each.to_data() for each in found.choices],
    }


def inspect(file: File) -> Inspection:
    """The networks that the layers of a file are. Those that cannot be one are problems, each with its reason."""
    try:
        return Inspection(file, convert_all(file.layers), file.problems)
    except ProblemError:
        networks: list[Found] = []
        problems: list[Problem] = list(file.problems)
    for layer in file.layers:
        try:
            networks.append(convert([layer]))
        except ProblemError as error:
            problems += error.problems
    return Inspection(file, tuple(networks), tuple(problems))
