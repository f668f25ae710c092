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
Array = np.ndarray[Any, np.dtype[Any]]
Values = Mapping[str | None, Mapping[str, Numbers]]


def check_choices(
    beat: Data,
    place: Place,
    networks: Mapping[str | None, Network],
    presets: Sequence[Data],
    values: Values,
    initial: Values,
    seed: int,
) -> None:
    """Runs each variant over each sequence that the beat speaks of, with the weights that it sets."""
    prediction = beat["prediction"]
    choices, tolerance = prediction["choices"], prediction["tolerance"]
    if prediction["count"]:
        for count in _counts(prediction["count"], networks, presets):
            _check(float(count), choices, tolerance, place)
        return
    for variant, network in networks.items():
        if beat["variant"] not in (None, variant):
            continue
        parameters, start = numbers(network, values[variant] | beat["set"], initial[variant], seed)
        for preset in presets:
            if beat["preset"] in (None, preset["id"]):
                trace = network.run(parameters, np.asarray(preset["inputs"]), initial=start)
                answer = float(trace[prediction["of"]][prediction["step"] - 1, prediction["unit"]])
                _check(answer, choices, tolerance, place)


def numbers(
    network: Network, values: Mapping[str, Numbers], initial: Mapping[str, Numbers], seed: int
) -> tuple[dict[str, Array], dict[str, Array]]:
    """All parameters of a network, those that nobody gave from the seed, and the states that it begins with."""
    parameters = {network.full(name): array for name, array in network.initial(seed).items()}
    parameters |= {address: np.asarray(value) for address, value in values.items()}
    return parameters, {address: np.asarray(value) for address, value in initial.items()}


def counts(network: Network) -> dict[str, int]:
    """What can be counted of a network alone: the numbers that it learns, the units of its lowest layer."""
    data: Data = network.to_data()
    parameters = sum(math.prod(data["symbols"][address]["shape"]) for address in network.parameters)
    return {"parameters": parameters, "units": data["layers"][0]["sizes"]["units"]}


def _counts(count: Data, networks: Mapping[str | None, Network], presets: Sequence[Data]) -> set[int]:
    """One answer for every variant, or sequence, that may be meant."""
    if count["of"] == "steps":
        return {len(preset["inputs"]) for preset in presets if count["preset"] in (None, preset["id"])}
    meant = [network for id, network in networks.items() if count["variant"] in (None, id)]
    return {counts(network)[count["of"]] for network in meant}


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
