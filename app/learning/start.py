"""The weights that a training begins with: drawn by a rule that has a name, or given, from a stage or a file.

Given weights are part of the settings, as a record has arrays, so whoever has the settings has the same run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from app.engine import Network, NetworkError, Problem, ProblemError
from app.tasks import Array

from .arrays import UNREAD, packed, unpacked

GIVEN = "given"
CELL = "cell"
STARTS = (CELL, "zeros", "identity", "orthogonal", "glorot", "glorot-normal", "he", "pytorch", GIVEN)
Weights = Mapping[str, Mapping[str, object]]


def read_weights(start: str, given: object, problems: list[Problem]) -> Weights:
    """Given weights, each by its name and as `packed` has it; none where the start is another.

    What is wrong with them is added to `problems`.
    """
    if not isinstance(given, Mapping):
        said, hint = "weights are no table", 'write {"main.1.forward.b": [0, 0]}'
        problems.append(Problem("weights-unread", said, {"name": ""}, hint, field="weights"))
        return {}
    if start != GIVEN and given:
        said = f"weights are given, and the start is {start}"
        problems.append(Problem("weights-unused", said, {"start": start}, f"set start to {GIVEN}", field="start"))
    elif start == GIVEN and not given:
        said, hint = "no weights are given to start from", f"give weights, or start from {', '.join(STARTS[:-1])}"
        problems.append(Problem("weights-none", said, {}, hint, field="start"))
    found = {name: _read(name, given[name], problems) for name in sorted(map(str, given)) if name in given}
    return found if start == GIVEN else {}


def _read(name: str, given: Any, problems: list[Problem]) -> Mapping[str, object]:
    try:
        array = unpacked(given)
    except UNREAD:
        said, hint = f"the weights of {name[:80]} are no array of numbers", "give rows of numbers, all equally long"
        problems.append(Problem("weights-unread", said, {"name": name[:80]}, hint, field="start"))
        return {}
    if not np.isfinite(array).all():
        said, hint = f"the weights of {name[:80]} hold infinity or NaN", "start from weights that are finite"
        problems.append(Problem("weights-not-finite", said, {"name": name[:80]}, hint, field="start"))
    return packed(array)


def begin(network: Network, start: str, seed: int, weights: Weights) -> Mapping[str, Array]:
    """All starting weights, by full address.

    Raises ProblemError with the first of given weights that does not fit the network: of another size nearly all do not.
    """
    if start == CELL:
        return {network.full(name): array for name, array in network.initial(seed).items()}
    if start != GIVEN:
        return {name: network.start(name, start, seed) for name in network.parameters}
    arrays = {_full(network, name): unpacked(given) for name, given in weights.items()}
    for problem in _misfits(network, arrays):
        raise ProblemError([problem])
    return arrays


def _full(network: Network, name: str) -> str:
    """What is no name of this network's stays as it is: it is told as such."""
    try:
        return network.full(name)
    except NetworkError:
        return name


def _misfits(network: Network, arrays: Mapping[str, Array]) -> Iterator[Problem]:
    hint = "choose the cell, units, layers and task that the weights are of, or start in another way"
    for name, shape in network.parameters.items():
        args: dict[str, str | int | float] = {"name": network.short(name), "wanted": _said(shape)}
        if name not in arrays:
            said = f"the weights to start from have no {args['name']}, which is {args['wanted']} here"
            yield Problem("weights-missing", said, args, hint, field="start")
        elif arrays[name].shape != shape:
            found = _said(arrays[name].shape)
            said = f"{args['name']} of the weights to start from is {found}, and {args['wanted']} here"
            yield Problem("weights-shape", said, {**args, "found": found}, hint, field="start")
    for name in arrays:
        if name not in network.parameters:
            said = f"the network has no {name[:80]}, which the weights to start from have"
            yield Problem("weights-unknown", said, {"name": name[:80]}, hint, field="start")


def _said(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape)) or "1"
