"""The networks of a lesson, one for each variant, and what the engine says against them at the lesson's own lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from app.engine import Cell, CellError, Network, NetworkError, ProblemError, define

from .faults import Place, Report
from .outline import CellSource, Outline, Variant
from .positions import Key
from .table import FILE

Data = dict[str, Any]
Load = Callable[[str], Cell]


def build_networks(outline: Outline, lesson: str, load: Load, report: Report) -> dict[str | None, Network]:
    """A network for each variant; fewer when there are faults, all of them reported."""
    stacks = {variant.id: _stack(variant, lesson, load, report) for variant in outline.variants}
    place = Place(report, FILE, outline.positions.line("sizes"))
    missing = {size for variant in outline.variants for size in _missing(outline, variant)}
    for size in sorted(missing):
        place.fault("missing-size", f"the size '{size}' is missing", f"add it below [sizes]: {size} = 2", name=size)
    if missing:
        return {}
    found: dict[str | None, Network] = {}
    for variant in outline.variants:
        stack = stacks[variant.id]
        if stack is not None:
            network = _network(outline, variant, stack, report)
            if network is not None:
                found[variant.id] = network
    return found


def _missing(outline: Outline, variant: Variant) -> Iterator[str]:
    sizes = outline.sizes | variant.sizes
    if "inputs" not in sizes:
        yield "inputs"
    if "units" not in sizes and any(layer.units is None for layer in variant.layers):
        yield "units"


def _stack(variant: Variant, lesson: str, load: Load, report: Report) -> list[Cell] | None:
    """The cells from the lowest layer up; those written in the lesson are called after it."""
    texts = list(dict.fromkeys(layer.cell.text for layer in variant.layers if layer.cell.text is not None))
    names = {text: f"{lesson}-{number}" if number > 1 else lesson for number, text in enumerate(texts, 1)}
    cells = [_cell(layer.cell, names.get(layer.cell.text or "", ""), load, report) for layer in variant.layers]
    return None if None in cells else [cell for cell in cells if cell is not None]


def _cell(source: CellSource, name: str, load: Load, report: Report) -> Cell | None:
    try:
        if source.name is not None:
            return load(source.name)
        return define(name, source.text or "")
    except ProblemError as error:
        for problem in error.problems:
            # A line of the equations is that many lines below the first.
            line = source.line + (problem.line - 1 if source.text and problem.line else 0)
            Place(report, FILE, line).adopt(problem)
    return None


def _network(outline: Outline, variant: Variant, stack: list[Cell], report: Report) -> Network | None:
    known = {cell.name: cell for cell in stack}
    try:
        return Network.from_description(describe(outline, variant, stack), known.__getitem__)
    except CellError as error:  # the only text left to be wrong is the readout's
        for problem in error.problems:
            Place(report, FILE, variant.readout_line + (problem.line or 1) - 1).adopt(problem)
    except NetworkError as error:
        for problem in error.problems:
            line = outline.positions.line(*_place_of(problem.field, variant))
            Place(report, FILE, line).adopt(problem)
    return None


def _place_of(field: str, variant: Variant) -> tuple[Key, ...]:
    if field == "readout":
        return ("readout",)
    size = field.rpartition(".")[2]
    return (*variant.path, "sizes", size) if size in variant.sizes else ("sizes", size)


def describe(outline: Outline, variant: Variant, stack: list[Cell]) -> Data:
    """A network as the record that the engine, the wire and a file know."""
    sizes = outline.sizes | variant.sizes
    extra = {size for cell in stack for size in cell.extra_sizes}
    layers = [
        {
            "cell": source.cell.name or cell.name,
            "text": source.cell.text,
            "units": source.units or sizes["units"],
            "direction": source.direction,
            "sizes": {size: sizes[size] for size in cell.extra_sizes if size in sizes},
        }
        for source, cell in zip(variant.layers, stack, strict=True)
    ]
    part = {
        "name": "main",
        "inputs": sizes["inputs"],
        "layers": layers,
        "readout": variant.readout,
        "sizes": {size: value for size, value in sizes.items() if size not in ("inputs", "units") and size not in extra},
    }
    return {"parts": [part]}
