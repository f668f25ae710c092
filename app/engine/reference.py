"""What the language of cells has, as data: for an editor, from the tables that the language is read by."""

from __future__ import annotations

from typing import Any

from .ops import FUNCTIONS, INFIX, OPS, Op
from .rules import OUTPUTS, PREVIOUS
from .syntax import STARTS

PERIODS = "1, 2, 4"
LIMITS = "low, high"


def vocabulary() -> dict[str, Any]:
    """Functions with how each is written and what it can give, signs, starting values, and the names that mean something."""
    functions = [
        {"name": name, "written": _written(OPS[name]), "form": OPS[name].form, "range": list(OPS[name].range)}
        for name in FUNCTIONS
    ]
    return {
        "functions": functions,
        "signs": list(INFIX),
        "starts": list(STARTS),
        "outputs": list(OUTPUTS),
        "previous": PREVIOUS,
        "input": "x",
    }


def _written(row: Op) -> str:
    if row.form == "pattern":
        return f"{row.name}({PERIODS})"
    return f"{row.name}(v, {LIMITS})" if row.limits else f"{row.name}(v)"
