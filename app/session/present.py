"""A network as the page draws it: its program, its formulas typeset, its diagrams; all derived from the equations."""

from __future__ import annotations

from typing import Any

from app import cells
from app.engine import Cell, Network, Program, draw, formulas, symbols_math

from .experiment import Experiment

LEVELS = ("gate", "operation")


def network_document(network: Network) -> dict[str, Any]:
    """The network document of the wire."""
    views = {name: _views(program) for name, program in _programs(network).items()}
    return {
        **network.to_data(),
        "description": network.description,
        "formulas": {name: view["formulas"] for name, view in views.items()},
        "symbols_math": {name: view["symbols_math"] for name, view in views.items()},
        "diagrams": {name: view["diagrams"] for name, view in views.items()},
    }


def cell_document(cell: Cell) -> dict[str, Any]:
    """One cell, with everything derived from its text."""
    return {"program": cell.program.to_data(), **_views(cell.program)}


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


def _views(program: Program) -> dict[str, Any]:
    return {
        "formulas": formulas(program),
        "symbols_math": symbols_math(program),
        "diagrams": {level: draw(program, level).to_data() for level in LEVELS},
    }
