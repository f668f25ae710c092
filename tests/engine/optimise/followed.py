"""Our own hundred updates of a golden case, and what holds for every optimiser."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.ops import Array
from app.engine.optimise.rule import OPTIMISERS, Optimiser


def followed(case: dict[str, Any]) -> list[Array]:
    """The parameters after each of the updates that the case shows."""
    p = np.array(case["start"])
    optimiser = OPTIMISERS[case["name"]].make(p.size, p.dtype, case["settings"])
    shown = []
    for number in range(1, case["updates"][-1] + 1):
        optimiser.update(p, slope(case, p, number), case["rate"], number)
        if number in case["updates"]:
            shown.append(p.copy())
    return shown


def slope(case: dict[str, Any], p: Array, number: int) -> Array:
    """The gradient of sum_i a_i (p_i - b_i cos(n / 7))^2."""
    return 2 * np.array(case["curve"]) * (p - np.array(case["target"]) * np.cos(number / 7))


def far(case: dict[str, Any]) -> float:
    """The largest difference to PyTorch's parameters, of all that are stored."""
    return float(np.abs(np.array(followed(case)) - np.array(case["found"])).max())


def continued(optimiser: Optimiser, other: Optimiser) -> None:
    """A fresh optimiser that is given another's memory goes on as that one does, bit for bit."""
    random = np.random.default_rng(3)
    p = random.normal(size=7)
    for number in range(1, 6):
        optimiser.update(p, random.normal(size=7), 0.1, number)
    q = p.copy()
    for name, array in other.memory.items():
        array[...] = optimiser.memory[name]
    for number in range(6, 11):
        gradient = random.normal(size=7)
        optimiser.update(p, gradient, 0.1, number)
        other.update(q, gradient, 0.1, number)
    assert p.tobytes() == q.tobytes()
