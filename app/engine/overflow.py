"""Where numbers first left their range, as far as that can be known: going forward, going back, or in the update itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .network import Network
from .ops import Array
from .optimise.flat import Flat
from .problems import Problem
from .trace import Trace

HINT = "a smaller rate, or clipping, may prevent it"


def overflowed(update: int, network: Network, traces: Sequence[Trace], loss: float, gradient: Flat) -> Problem:
    """Why the update of this number, from 1, cannot be made; `traces` are pieces of one sequence, in order."""
    first = 0
    for trace in traces:
        value = _first_value(network, trace.values, first)
        if value is not None:
            name, step = value
            said = f"{name} left the range of numbers at step {step}"
            return _problem("value-overflowed", update, said, {"name": name, "step": step})
        first += trace.length
    if not np.isfinite(loss):
        return _problem("loss-overflowed", update, "the loss is not a finite number", {})
    bad = np.flatnonzero(~np.isfinite(gradient.vector))
    if bad.size:
        name, _ = gradient.where(int(bad[0]))
        said = f"the gradient of {network.short(name)} is not finite"
        return _problem("gradient-overflowed", update, said, {"name": network.short(name)})
    return _problem("update-overflowed", update, "the parameters left the range of numbers", {})


def _first_value(network: Network, values: Mapping[str, Array], first: int) -> tuple[str, int] | None:
    """The earliest step (from 1) at which a value is not finite, and its name; of several, the one worked out first."""
    found: tuple[int, str] | None = None
    for name, array in values.items():
        steps = np.flatnonzero(~np.isfinite(array).reshape(len(array), -1).all(axis=1))
        if steps.size and (found is None or steps[0] < found[0]):
            found = int(steps[0]), name
    return None if found is None else (network.short(found[1]), first + found[0] + 1)


def _problem(code: str, update: int, said: str, args: dict[str, str | int | float]) -> Problem:
    return Problem(code, f"stopped at update {update}: {said}", {"update": update, **args}, HINT)
