"""A network as the page draws it: its program, its formulas typeset, its diagrams; all derived from the equations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app import cells
from app.engine import Cell, Network, ProblemError, Program, draw, formulas, symbols_math

from .experiment import Experiment
from .limits import Limits

LEVELS = ("gate", "operation")


def network_document(network: Network, limits: Limits) -> dict[str, Any]:
    """The network document of the wire. Raises ProblemError when its formulas are longer than anybody reads."""
    programs = _programs(network)
    typeset = check_formulas(programs.values(), limits)
    views = {name: _views(program, typeset[name]) for name, program in programs.items()}
    return {
        **network.to_data(),
        "description": network.description,
        "formulas": {name: view["formulas"] for name, view in views.items()},
        "symbols_math": {name: view["symbols_math"] for name, view in views.items()},
        "diagrams": {name: view["diagrams"] for name, view in views.items()},
    }


def cell_document(cell: Cell, limits: Limits) -> dict[str, Any]:
    """One cell, with everything derived from its text. Raises ProblemError as `network_document` does."""
    typeset = check_formulas([cell.program], limits)
    return {"program": cell.program.to_data(), **_views(cell.program, typeset[cell.name])}


def check_formulas(programs: Iterable[Program], limits: Limits) -> dict[str, dict[str, str]]:
    """The typeset formulas of each program by its name. Raises ProblemError when they are too long together."""
    typeset = {program.name: formulas(program) for program in programs}
    length = sum(len(text) for each in typeset.values() for text in each.values())
    problems = limits.problems(formulas=length)
    if problems:
        raise ProblemError(problems)
    return typeset


def cell_card(cell: Cell) -> dict[str, Any]:
    """What a list of cells says of one, in every language."""
    said = cells.guide(cell)
    texts = {"title": dict(said.title), "source": dict(said.source), "about": dict(said.about)}
    return {"name": cell.name, "family": said.family, **texts}


def library_card(experiment: Experiment) -> dict[str, Any] | None:
    """The card of the cell that an experiment began as, if it did and if that cell is here."""
    name = experiment.cell
    return None if name is None or name not in cells.names() else cell_card(cells.load(name))


def _programs(network: Network) -> dict[str, Program]:
    return {place.program.name: place.program for place in network.places}


def _views(program: Program, typeset: dict[str, str]) -> dict[str, Any]:
    return {
        "formulas": typeset,
        "symbols_math": symbols_math(program),
        "diagrams": {level: draw(program, level).to_data() for level in LEVELS},
    }
