"""A lesson as somebody looks at it, and what the engine computes for it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from app.cells import load
from app.engine import Network
from app.lessons import Shelf

#: weights by name and index, () for all of a matrix
Changes = dict[tuple[str, tuple[int, ...]], float]


@dataclass(frozen=True)
class Setting:
    """A lesson as somebody looks at it: a preset and a variant, some weights or inputs changed."""

    lesson: str
    preset: str | None
    variant: str | None = None
    weights: Changes = field(default_factory=dict)
    inputs: dict[tuple[int, int], float] = field(default_factory=dict)
    more: tuple[tuple[float, ...], ...] = ()
    of: str | None = None
    step: int | None = None


class Seen:
    """What the engine computes for a setting; steps and units count from 1."""

    def __init__(self, shelf: Shelf, setting: Setting) -> None:
        record = shelf.lessons[setting.lesson].experiment(setting.preset, setting.variant)
        self.network = Network.from_description(record["network"], load)
        full = self.network.full
        parameters = {address: np.array(value, float) for address, value in record["parameters"]["values"].items()}
        for (name, index), value in setting.weights.items():
            parameters[full(name)][index or ...] = value
        inputs = np.array([*record["sequence"]["inputs"], *setting.more], float)
        for (step, component), value in setting.inputs.items():
            inputs[step - 1, component - 1] = value
        initial = {address: np.array(value, float) for address, value in record["initial"].items()}
        self.trace = self.network.run(parameters, inputs, initial=initial)
        of = full(setting.of or record["backward"]["of"])
        outside = np.zeros_like(self.trace[of])
        outside[(setting.step or record["backward"]["step"]) - 1] = 1
        self.gradient = self.trace.gradient({of: outside})

    def value(self, name: str, step: int, unit: int = 1) -> float:
        """`c`, `c_prev`, or a gradient: `∂c`, `∂x`, and of weights without a step: `∂W_z` by position from 1."""
        if name.startswith("∂"):
            name = name[1:]
            if step == 0:
                return float(self.gradient.parameters[name].ravel()[unit - 1])
            series = self.gradient.inputs if name == "x" else self.gradient[name]
        elif name.endswith("_prev"):
            series = self.trace.before[name.removesuffix("_prev")]
        else:
            series = self.trace[name]
        return float(series[step - 1, unit - 1])
