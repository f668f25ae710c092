"""What a file of another library holds, for the page: its networks in short, and each as an experiment that can be opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine import Problem, ProblemError
from app.formats import LIMITS, VALUES, Choice, Found, Inspection, inspect, read

from .experiment import (
    BackwardRecord,
    Experiment,
    LayerRecord,
    NetworkRecord,
    ParametersRecord,
    PartRecord,
    SequenceRecord,
)
from .limits import Limits
from .numbers import Floats, to_json
from .opening import complete
from .prepared import prepare
from .present import check_formulas
from .trace_file import carried

STEPS = 6
SEED = 81
DIGITS = 2
"""What is not in the file, a sequence, is drawn once and for all: short numbers that a person can read."""
MOST = 40
"""So many networks, and so many lines about each, are told; of more only their number."""
CARRIED_BYTES = 2**23
"""An experiment inside a run, as long as one in a message may be."""
HELPER_BYTES = 2**30
"""Memory of the process that reads HDF5 and ONNX."""
OPTIONS = tuple(VALUES)
"""What can be said that a file does not tell, by the library's own names."""


def read_weights(
    data: bytes, name: str, told: Mapping[str, str], which: int | None, file_bytes: int, limits: Limits
) -> dict[str, Any]:
    """A file in short, and one of its networks (from 0) as an experiment if it is wanted; of a run of ours its own experiment.

    Raises ProblemError for what cannot be read, and as `opened` does.
    """
    found = inspect(read(data, name, told, limits=replace(LIMITS, file_bytes=file_bytes, helper_bytes=HELPER_BYTES)))
    experiment = _carried(data, limits) if which is None else opened(found, which, limits)
    return {"file": overview(found, limits), "experiment": experiment}


def _carried(data: bytes, limits: Limits) -> dict[str, Any] | None:
    """What a file that this program wrote is a run of. Raises ProblemError when it cannot be run here."""
    experiment = carried(data, CARRIED_BYTES)
    return None if experiment is None else complete(experiment, prepare(experiment, limits))


def overview(found: Inspection, limits: Limits) -> dict[str, Any]:
    """A file in short: its format, its networks with why one cannot be opened, its other arrays, everything said of it."""
    data = found.to_data()
    rest: list[Any] = list(data["rest"]) if isinstance(data["rest"], list) else []
    return {
        "name": found.file.name,
        "title": data["title"],
        "bytes": found.file.size,
        "networks": [_network(each, limits) for each in found.networks[:MOST]],
        "more": max(0, len(found.networks) - MOST),
        "own": len(found.file.parameters),
        "rest": rest[:MOST],
        "rest_count": len(rest),
        "notes": [each.to_data() for each in found.file.notes[:MOST]],
        "problems": [each.to_data() for each in found.problems[:MOST]],
    }


def opened(found: Inspection, number: int, limits: Limits) -> dict[str, Any]:
    """One of the networks, from 0, as a complete experiment: its numbers, and a short sequence that is not in the file.

    Raises ProblemError when there is no such network, or when it is larger than what is shown.
    """
    if number >= len(found.networks):
        count = len(found.networks)
        message = f"the file holds {count} networks, and none with the number {number + 1}"
        raise ProblemError([Problem("no-network", message, {"number": number + 1, "count": count}, field="open")])
    return _experiment(found.networks[number], limits)


def _network(found: Found, limits: Limits) -> dict[str, Any]:
    (part,) = found.description["parts"]
    return {
        "layers": [
            {"cell": each["cell"], "title": _title(each), "units": each["units"], "direction": each["direction"]}
            for each in part["layers"]
        ],
        "names": list(dict.fromkeys(each.layer for each in found.placed)),
        "inputs": part["inputs"],
        "numbers": sum(array.size for array in found.parameters.values()),
        "placed": [each.to_data() for each in found.placed[:MOST]],
        "placed_count": len(found.placed),
        "notes": [each.to_data() for each in found.notes[:MOST]],
        "choices": [_choice(each) for each in found.choices[:MOST]],
        "problems": [each.to_data() for each in _reasons(found, limits)],
    }


def _title(layer: Mapping[str, Any]) -> str:
    """The first comment of a cell's own text; the library's name for what is shipped."""
    first = (layer["text"] or "").split("\n", 1)[0]
    return first.removeprefix("#").strip() if first.startswith("#") else str(layer["cell"])


def _choice(choice: Choice) -> dict[str, Any]:
    return {**choice.to_data(), "values": list(VALUES[choice.option])}


def _reasons(found: Found, limits: Limits) -> Sequence[Problem]:
    """Why a network cannot be shown."""
    try:
        _experiment(found, limits)
    except ProblemError as error:
        return error.problems
    return ()


def _experiment(found: Found, limits: Limits) -> dict[str, Any]:
    (part,) = found.description["parts"]
    sizes = [part["inputs"], *(each["units"] for each in part["layers"])]
    problems = limits.problems(
        layers=len(part["layers"]),
        units=max(sizes),
        parameters=sum(array.size for array in found.parameters.values()),
    )
    if problems:
        raise ProblemError(problems)
    network = found.network()
    addressed = {network.full(name): np.asarray(array, np.float64) for name, array in found.parameters.items()}
    problems = [_not_finite(name, wrong) for name, array in addressed.items() if (wrong := int((~np.isfinite(array)).sum()))]
    if problems:
        raise ProblemError(problems)
    top = network.places[-1]
    inputs = np.random.default_rng(SEED).normal(size=(STEPS, network.inputs)).round(DIGITS)
    experiment = Experiment(
        network=NetworkRecord(parts=[_part(part)]),
        parameters=ParametersRecord(values={name: to_json(array) for name, array in addressed.items()}),
        sequence=SequenceRecord(inputs=inputs.tolist()),
        initial={network.full(name): to_json(_one(array)) for name, array in found.initial.items()},
        backward=BackwardRecord(of=top.address(top.program.output), step=STEPS),
    )
    prepared = prepare(experiment, limits)
    check_formulas({place.program.name: place.program for place in prepared.network.places}.values(), limits)
    return complete(experiment, prepared)


def _part(part: Mapping[str, Any]) -> PartRecord:
    """The part, where no two different texts have one name."""
    texts: dict[str, str | None] = {}
    layers = []
    for each in part["layers"]:
        name, number = each["cell"], 1
        while texts.setdefault(name, each["text"]) != each["text"]:
            number += 1
            name = f"{each['cell']}-{number}"
        layers.append(LayerRecord(**{**each, "cell": name}))
    return PartRecord(name=part["name"], inputs=part["inputs"], layers=layers)


def _one(array: NDArray[np.floating[Any]]) -> Floats:
    """A starting state of one sequence, of a batch the first."""
    return np.asarray(array if array.ndim == 1 else array[0], np.float64)


def _not_finite(name: str, count: int) -> Problem:
    message = f"{name} holds infinity or NaN"
    return Problem("array-not-finite", message, {"array": name, "count": count}, "save weights that are finite", field=name)
