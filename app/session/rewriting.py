"""A cell written anew inside an experiment: everything that still fits the new equations stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app import cells
from app.engine import Cell, CellError, Network, Problem, ProblemError, define

from .cell_experiment import OTHER, groups
from .checks import Known
from .experiment import BackwardRecord, Experiment, LayerRecord, NetworkRecord
from .limits import Limits, over
from .numbers import Floats
from .opening import complete
from .prepared import prepare
from .present import check_formulas

OWN = "own"
"""What a cell is called that a person has written; a second one gets a number."""


def rewritten(experiment: Experiment, cell: str, text: str, limits: Limits) -> dict[str, Any]:
    """The experiment, complete, with another text for the cell of that name in its network.

    Weights and starting states keep their numbers where name and shape are the same, sizes that are new get one, and
    the gradient moves to what leaves the network if its own value is gone. It belongs to no lesson and no cell of the
    library any more. Raises CellError for the text, ProblemError for what the new cell does not fit.
    """
    if len(text) > limits.text:
        raise ProblemError([over("text", len(text), limits.text)])
    made = define(cell, text)
    check_formulas([made.program], limits)
    before = prepare(experiment, limits)
    network = _network(experiment.network, cell, made, text)
    loose = _known(network.model_copy(update={"tied": {}}))
    tied = _still_tied(before.network.wires.tied, loose.parameters)
    network = network.model_copy(update={"tied": tied})
    known = _known(network) if tied else loose
    record = experiment.model_dump() | {"lesson": None, "preset": None, "variant": None, "cell": None}
    record["network"] = network.model_dump()
    shared = {one: before.parameters[other] for one, other in before.network.wires.tied.items()}
    kept = _kept({**before.parameters, **shared}, known.parameters)
    record["parameters"] = {"seed": experiment.parameters.seed, "values": kept}
    record["initial"] = _kept(before.initial, {name: (size,) for name, size in known.states.items()})
    record["backward"] = before.backward and _moved(before.backward, known).model_dump()
    changed = Experiment.model_validate(record)
    return complete(changed, prepare(changed, limits))


def _known(network: NetworkRecord) -> Known:
    try:
        return Known(Network.from_description(network.model_dump(), cells.load))
    except CellError as error:  # the cell itself is right: the readout does not find what it reads
        raise ProblemError([_of_the_readout(each) for each in error.problems]) from None


def _still_tied(tied: Mapping[str, str], shapes: Mapping[str, tuple[int, ...]]) -> dict[str, str]:
    """The ties of parameters that are both still there, in one shape."""
    return {one: other for one, other in tied.items() if one in shapes and shapes[one] == shapes.get(other)}


def _network(network: NetworkRecord, cell: str, made: Cell, text: str) -> NetworkRecord:
    layers = [layer for part in network.parts for layer in part.layers]
    if cell not in {layer.cell for layer in layers}:
        known = ", ".join(dict.fromkeys(layer.cell for layer in layers))
        raise ProblemError(
            [Problem("unknown-cell", f"the network has no cell '{cell}'", {"name": cell}, f"it has {known}", field="cell")]
        )
    written = next(layer.text for layer in layers if layer.cell == cell)
    name = _free_name({layer.cell for layer in layers}) if written is None else cell
    parts = [
        part.model_copy(update={"layers": [_layer(each, name, made, text) if each.cell == cell else each for each in part.layers]})
        for part in network.parts
    ]  # fmt: skip
    return network.model_copy(update={"parts": parts})


def _free_name(taken: Iterable[str]) -> str:
    name, number = OWN, 1
    while name in taken:
        number += 1
        name = f"{OWN}-{number}"
    return name


def _layer(layer: LayerRecord, name: str, made: Cell, text: str) -> LayerRecord:
    """The layer with the new cell: sizes that it has already stay, rounded up to whole groups of units."""
    sizes = {size: layer.sizes.get(size, OTHER) for size in made.extra_sizes} | {"units": layer.units}
    sizes |= {size: -(-sizes[size] // count) * count for size, count in groups(made).items() if size in sizes}
    return layer.model_copy(update={"cell": name, "text": text, "units": sizes.pop("units"), "sizes": sizes})


def _kept(arrays: Mapping[str, Floats], shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Any]:
    """What has a place of the same name and shape."""
    return {name: array.tolist() for name, array in arrays.items() if shapes.get(name) == array.shape}


def _moved(asked: BackwardRecord, known: Known) -> BackwardRecord:
    """What is differentiated: the same value while there is one, else all that leaves the topmost layer."""
    size = known.values.get(asked.of)
    if size is None:
        top = known.network.places[-1]
        return asked.model_copy(update={"of": top.address(top.program.output), "unit": None})
    return asked if asked.unit is None or asked.unit < size else asked.model_copy(update={"unit": None})


def _of_the_readout(problem: Problem) -> Problem:
    return replace(problem, line=None, start=None, end=None, field="readout")
