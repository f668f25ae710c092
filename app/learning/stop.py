"""Why a training cannot go on: where numbers first left their range, as far as that can be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.engine import Flat, Network, Problem
from app.tasks import Array

from .pupil import Learnt


@dataclass(frozen=True, slots=True)
class Stop:
    """The update, from 1, that could not be made, and why. The parameters are again those that were last seen to work."""

    update: int
    problem: Problem


def found_at(update: int, learnt: Learnt, gradient: Flat, network: Network) -> Stop:
    """Where the first number that is not finite is: in a value going forward, in a gradient going back, in their sum."""
    first = 0
    for trace in learnt.traces:
        value = _first_value(network, trace.values, first)
        if value is not None:
            name, step = value
            said = f"{name} left the range of numbers at step {step}"
            return _stop("value-overflowed", update, said, {"name": name, "step": step})
        first += trace.length
    if not np.isfinite(learnt.loss):
        return _stop("loss-overflowed", update, "the loss is not a finite number", {})
    bad = np.flatnonzero(~np.isfinite(gradient.vector))
    if bad.size:
        name, _ = gradient.where(int(bad[0]))
        said = f"the gradient of {network.short(name)} is not finite"
        return _stop("gradient-overflowed", update, said, {"name": network.short(name)})
    return _stop("update-overflowed", update, "the parameters left the range of numbers", {})


def _first_value(network: Network, values: Mapping[str, Array], first: int) -> tuple[str, int] | None:
    """The earliest step (from 1) at which a value is not finite, and its name; of several, the one worked out first."""
    found: tuple[int, str] | None = None
    for name, array in values.items():
        steps = np.flatnonzero(~np.isfinite(array).all(axis=(1, 2)))
        if steps.size and (found is None or steps[0] < found[0]):
            found = int(steps[0]), name
    return None if found is None else (network.short(found[1]), first + found[0] + 1)


def _stop(code: str, update: int, said: str, args: dict[str, str | int | float]) -> Stop:
    hint = "a smaller rate, or clipping, may prevent it"
    return Stop(update, Problem(code, f"stopped at update {update}: {said}", {"update": update, **args}, hint))
