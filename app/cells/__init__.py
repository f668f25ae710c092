"""Every cell, as text: one `.cell` file each. Adding a cell means adding a file here and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from app.engine import Cell, NetworkError, Problem, define, suggestion

from .guides import Guide, guide, in_order

__all__ = ["Guide", "guide", "in_order", "load", "names"]
_FOLDER = Path(__file__).parent


@cache
def names() -> tuple[str, ...]:
    """The names of all cells, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.cell")))


@cache
def load(name: str) -> Cell:
    """The cell of that name.

    Raises NetworkError if there is none.
    """
    if name not in names():
        near = suggestion(name, names())
        hint = f"did you mean '{near}'?" if near else f"known are {', '.join(names())}"
        raise NetworkError(
            [
                Problem(
                    "unknown-cell",
                    f"unknown cell '{name}'",
                    {"name": name, "suggestion": near},
                    hint,
                    field="cell",
                )
            ]
        )
    return define(name, (_FOLDER / f"{name}.cell").read_text("utf-8"))
