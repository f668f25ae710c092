"""A lesson in the size of a stamp: its first run as shares of the colour scales, for a picture that shows no numbers."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine import ProblemError
from app.lessons import Lesson, Shelf

from .checks import INPUT, PREVIOUS
from .limits import Limits
from .numbers import Floats
from .opening import lesson_experiment
from .prepared import prepare
from .runs import run

ROWS = 6
UNITS = 4
STEPS = 32
DIGITS = 3


def miniatures(shelf: Shelf, limits: Limits) -> dict[str, Any]:
    """All that can be drawn, by lesson: a teacher's own may go over a limit."""
    found = {}
    for name, lesson in shelf.lessons.items():
        with suppress(ProblemError):
            found[name] = miniature(lesson, limits)
    return found


def miniature(lesson: Lesson, limits: Limits) -> dict[str, Any]:
    """The rows that the lesson shows, from top to bottom, each with its role and the shares (units, steps) of its range.

    Shares lie in [-1, 1]. Of many steps some are left out, at equal distances; `steps` is how many there are.
    """
    prepared = prepare(lesson_experiment(lesson), limits)
    view = lesson.document()["view"]
    symbols: Any = prepared.network.to_data()["symbols"]
    trace = run(prepared)
    chosen = _chosen(prepared.steps)
    rows = []
    # A row may belong to another variant.
    for address in [row for row in view["rows"] if row in symbols and not row.endswith(PREVIOUS)][:ROWS]:
        series = prepared.inputs if address == INPUT else trace.values[address]
        bound = view["ranges"].get(address) or _bound(symbols[address], series)
        shares = np.clip(np.nan_to_num(series[chosen, :UNITS] / bound), -1, 1).round(DIGITS)
        rows.append({"role": symbols[address]["role"], "shares": shares.T.tolist()})
    return {"steps": prepared.steps, "rows": rows}


def _chosen(steps: int) -> NDArray[np.int_]:
    return np.unique(np.linspace(0, steps - 1, min(steps, STEPS)).round().astype(int))


def _bound(symbol: dict[str, Any], series: Floats) -> float:
    """The end of a value's scale: of its own range if it has one, else of its largest value."""
    if symbol.get("range"):
        return float(np.max(np.abs(symbol["range"])))
    finite = np.abs(series[np.isfinite(series)])
    return float(finite.max(initial=0)) or 1.0
