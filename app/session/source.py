"""A cell of the library or a lesson as source code for NumPy, PyTorch or Keras."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import cells
from app.engine import Layer, Network, NetworkError, Problem, suggestion
from app.formats import code
from app.lessons import Shelf

from .cell_experiment import cell_experiment
from .experiment import Experiment
from .limits import Limits
from .opening import lesson_experiment
from .prepared import Prepared, prepare
from .runs import started


def source(
    shelf: Shelf,
    name: str,
    to: str,
    sizes: Mapping[str, int],
    preset: str | None = None,
    variant: str | None = None,
) -> str:
    """The source of what has that name, for `to`.

    A lesson is written with its weights and its sequence, a cell with the `sizes` given (`units`, `inputs` and those that
    its equations name; small ones where none are) and without weights. Raises ProblemError for a name that is
    neither, a preset or variant that the lesson does not have, and sizes that do not fit.
    """
    problem = _misplaced(shelf, name, sizes, preset, variant)
    if problem is not None:
        raise NetworkError([problem])
    if name in cells.names():
        return code(_layer(name, sizes), to=to)
    return _with_numbers(prepare(lesson_experiment(shelf.lesson(name), preset, variant), Limits()), to)


def experiment_source(experiment: Experiment, to: str, limits: Limits) -> str:
    """The source of an experiment, with its weights, its starting states and its sequence.

    Raises ProblemError for an experiment that cannot be run, and for what the library cannot do.
    """
    return _with_numbers(prepare(experiment, limits), to)


def _with_numbers(prepared: Prepared, to: str) -> str:
    network = prepared.network
    initial = {network.short(full): array for full, array in started(prepared).items()}
    return code(network, prepared.parameters, to=to, xs=prepared.inputs, initial=initial)


def _misplaced(
    shelf: Shelf, name: str, sizes: Mapping[str, int], preset: str | None, variant: str | None
) -> Problem | None:
    """What was asked for that there is not."""
    if name in cells.names():
        if preset is None and variant is None:
            return None
        return Problem(
            "not-a-lesson", f"'{name}' is a cell; presets and variants belong to lessons", {"name": name}, "leave them out"
        )
    if name in shelf.lessons:
        if not sizes:
            return None
        hint = "leave them out, or take the lesson's cell"
        return Problem("fixed-sizes", f"the lesson '{name}' has its own sizes", {"name": name}, hint)
    if name in shelf.faults:
        return None  # the shelf says what is wrong with it
    near = suggestion(name, [*cells.names(), *shelf.lessons])
    hint = f"did you mean '{near}'?" if near else f"cells are {', '.join(cells.names())}"
    message = f"there is no cell and no lesson '{name[:80]}'"
    return Problem("unknown-source", message, {"name": name[:80], "suggestion": near}, hint)


def _layer(name: str, sizes: Mapping[str, int]) -> Network:
    """One layer of a cell."""
    (part,) = cell_experiment(name).network.parts
    (layer,) = part.layers
    chosen: dict[str, Any] = {"inputs": part.inputs, "units": layer.units, **layer.sizes, **sizes}
    inputs, units = chosen.pop("inputs"), chosen.pop("units")
    return Network([Layer(cells.load(name), units, **chosen)], inputs)
