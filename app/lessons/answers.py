"""Predictions against what the engine computes: one of the choices has to be right, a curve to fit into its chart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from app.engine import Network, objective

from .arrays import Numbers
from .faults import Place
from .symbols import INPUT, LOSS

Data = dict[str, Any]
Array = np.ndarray[Any, np.dtype[Any]]
Values = Mapping[str | None, Mapping[str, Numbers]]

#: the longest sequence over which a curve can be drawn: of more steps each would be a few pixels wide
MAX_CURVE = 60
#: how far a drawn point may be off, as a share of the chart's height
CURVE_TOLERANCE = 0.1
#: where a chart ends: at the first of these numbers, times a power of ten, that is high enough
ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 8.0, 10.0)
#: above a curve there is room, so that the end of the chart does not tell where it goes
HEADROOM = 1.15


def check_choices(
    place: Place,
    beat: Data,
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
    for curve in _curves(beat, networks, presets, values, initial, seed):
        _check(float(curve[prediction["step"] - 1]), choices, tolerance, place)


def fit_curve(
    place: Place,
    beat: Data,
    networks: Mapping[str | None, Network],
    presets: Sequence[Data],
    values: Values,
    initial: Values,
    seed: int,
) -> None:
    """Gives the chart of a curve its range and its tolerance where the lesson gives none; the true values have to fit."""
    prediction = beat["prediction"]
    curves = list(_curves(beat, networks, presets, values, initial, seed))
    low = min(0.0, *(float(curve.min()) for curve in curves))
    high = max(0.0, *(float(curve.max()) for curve in curves))
    if not math.isfinite(high - low):
        message = "the curve that the prediction asks for has values that are no finite numbers"
        place.fault("no-finite-answer", message, "ask for a curve that is drawn with numbers", answer="")
        return
    chart: list[float] = prediction["curve"] or [-_above(-low), _above(high) or (0.0 if low else 1.0)]
    if low < chart[0] or high > chart[1]:
        message = f"the curve goes from {low:.6g} to {high:.6g}, 'range' from {chart[0]:g} to {chart[1]:g}"
        place.fault("outside-range", message, "widen it, or leave it out", low=low, high=high)
    prediction["curve"] = chart
    prediction["tolerance"] = prediction["tolerance"] or CURVE_TOLERANCE * (chart[1] - chart[0])


def _above(value: float) -> float:
    """A round number with some room above a value that is not negative; 0 of 0."""
    if value == 0:
        return 0.0
    wanted = HEADROOM * value
    power: float = 10.0 ** math.floor(math.log10(wanted))
    return next(factor * power for factor in ROUND if factor * power >= wanted)


def _curves(
    beat: Data,
    networks: Mapping[str | None, Network],
    presets: Sequence[Data],
    values: Values,
    initial: Values,
    seed: int,
) -> Iterator[Array]:
    """What is asked for, at every step: (T,), in each variant and preset that the beat speaks of."""
    prediction = beat["prediction"]
    of, unit = prediction["of"], prediction["unit"]
    for variant, network in networks.items():
        if beat["variant"] not in (None, variant):
            continue
        parameters, start = numbers(network, values[variant] | beat["set"], initial[variant], seed)
        for preset in presets:
            if beat["preset"] not in (None, preset["id"]):
                continue
            inputs = np.asarray(preset["inputs"], dtype=float)
            trace = network.run(parameters, inputs, initial=start)
            if prediction["gradient"]:
                found = _gradients(network, trace, preset)
                yield (found.inputs if of == INPUT else found[of])[:, unit]
            else:
                yield (inputs if of == INPUT else trace[of])[:, unit]


def _gradients(network: Network, trace: Any, preset: Data) -> Any:
    """Those of what the sequence asks for: of its loss, or of a value."""
    asked, loss = preset["backward"], preset["loss"]
    if asked["of"] != LOSS:
        return differentiated(trace, asked)
    aim = objective(network, loss["kind"], loss["of"], loss["targets"])
    return trace.gradient(aim.outside(aim.loss(trace)))


def differentiated(trace: Any, asked: Data) -> Any:
    """The gradients of what a sequence asks for: the sum over the units of `of` at `step`, or one `unit`."""
    outside = np.zeros_like(trace[asked["of"]])
    outside[asked["step"] - 1, slice(None) if asked["unit"] is None else asked["unit"]] = 1
    return trace.gradient({asked["of"]: outside})


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
