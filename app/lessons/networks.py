"""The networks of a lesson, one for each variant, and what the engine says against them at the lesson's own lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine import Cell, CellError, Network, NetworkError, ProblemError, define

from .faults import Place, Report
from .outline import CellSource, Outline, Variant
from .table import FILE

Data = dict[str, Any]
Load = Callable[[str], Cell]

#: sizes that every lesson has to give
NEEDED = ("inputs", "units")


def build_networks(outline: Outline, lesson: str, load: Load, report: Report) -> dict[str | None, Network]:
    """A network for each variant; fewer when there are faults, all of them reported."""
    found: dict[str | None, Network] = {}
    cells = {variant.id: _cell(variant.cell, lesson, load, report) for variant in outline.variants}
    missing = [size for size in NEEDED if size not in outline.sizes]
    place = Place(report, FILE, outline.positions.line("sizes"))
    for size in missing:
        place.fault("missing-size", f"the size '{size}' is missing", f"add it below [sizes]: {size} = 2", name=size)
    if missing:
        return {}
    for variant in outline.variants:
        cell = cells[variant.id]
        if cell is not None:
            network = _network(outline, variant, cell, lesson, report)
            if network is not None:
                found[variant.id] = network
    return found


def _cell(source: CellSource, lesson: str, load: Load, report: Report) -> Cell | None:
    try:
        if source.name is not None:
            return load(source.name)
        return define(lesson, source.text or "")
    except ProblemError as error:
        for problem in error.problems:
            # A line of the equations is that many lines below the first.
            line = source.line + (problem.line - 1 if source.text and problem.line else 0)
            Place(report, FILE, line).adopt(problem)
    return None


def _network(outline: Outline, variant: Variant, cell: Cell, lesson: str, report: Report) -> Network | None:
    inner = {size: outline.sizes[size] for size in cell.extra_sizes if size in outline.sizes}
    outer = {size: value for size, value in outline.sizes.items() if size not in (*NEEDED, *inner)}
    description = describe(outline, variant, lesson, inner, outer)
    try:
        return Network.from_description(description, lambda name: cell)
    except CellError as error:  # the only text left to be wrong is the readout's
        for problem in error.problems:
            Place(report, FILE, outline.readout_line + (problem.line or 1) - 1).adopt(problem)
    except NetworkError as error:
        for problem in error.problems:
            path = ("readout",) if problem.field == "readout" else ("sizes", problem.field.rpartition(".")[2])
            Place(report, FILE, outline.positions.line(*path)).adopt(problem)
    return None


def describe(outline: Outline, variant: Variant, lesson: str, inner: dict[str, int], outer: dict[str, int]) -> Data:
    """A network as the record that the engine, the wire and a file know."""
    source = variant.cell
    layer = {
        "cell": source.name or lesson,
        "text": source.text,
        "units": outline.sizes["units"],
        "direction": "forward",
        "sizes": inner,
    }
    part = {
        "name": "main",
        "inputs": outline.sizes["inputs"],
        "layers": [layer],
        "readout": outline.readout,
        "sizes": outer,
    }
    return {"parts": [part]}
