"""The choices of a prediction against what the engine computes: exactly one of them has to be right."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.engine import Network

from .arrays import Numbers
from .faults import Place

Data = dict[str, Any]


def check_choices(
    beat: Data,
    place: Place,
    networks: Mapping[str | None, Network],
    presets: Sequence[Data],
    values: dict[str, Numbers],
    initial: Mapping[str, Numbers],
    seed: int,
) -> None:
    """Runs each variant over each sequence that the beat speaks of, with the weights that it sets."""
    prediction = beat["prediction"]
    for network in networks.values():
        parameters = {network.full(name): array for name, array in network.initial(seed).items()}
        parameters |= {address: np.asarray(value) for address, value in (values | beat["set"]).items()}
        start = {address: np.asarray(value) for address, value in initial.items()}
        for preset in presets:
            if beat["preset"] in (None, preset["id"]):
                trace = network.run(parameters, np.asarray(preset["inputs"]), initial=start)
                answer = float(trace[prediction["of"]][prediction["step"] - 1, prediction["unit"]])
                _check(answer, prediction["choices"], prediction["tolerance"], place)


def _check(answer: float, choices: Sequence[float], tolerance: float, place: Place) -> None:
    # As the page judges: the tolerance grows with the value above 1.
    right = [choice for choice in choices if abs(choice - answer) <= tolerance * max(1.0, abs(answer))]
    shown = f"{answer:.6g}"
    if not math.isfinite(answer):
        message = f"the value that the prediction asks for is {shown}"
        place.fault("no-finite-answer", message, "ask for a value that is a number", answer=shown)
    elif not right:
        message = f"none of the choices is right: the value is {shown}"
        place.fault("no-right-choice", message, "make one of them the value", answer=shown)
    elif len(right) > 1:
        message = f"{len(right)} choices lie within {tolerance:g} of the value, {shown}"
        hint = "keep one of them, or give a smaller tolerance"
        place.fault("several-right-choices", message, hint, answer=shown, count=len(right), tolerance=tolerance)
