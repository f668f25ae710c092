"""What many steps, or many layers, make of a number: measured as a page asks for it, one curve after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from app.engine import Axis, Problem, ProblemError, checked_axis, response
from app.frames import Dense

from .limits import Limits
from .prepared import Prepared
from .questions import Causes, Depth, Measure, Product, Weight
from .replies import Measured
from .samples import Draw, reaching, reaching_afresh, through_layers

#: what depth is measured with
ACTIVATIONS = ("sigmoid", "tanh", "relu")
#: what the activation and the repeated matrix are told apart with
COMPARED = ("linear", "tanh", "sigmoid")
Curves = Iterator[tuple[str, Mapping[str, Dense]]]


def measured(message: Measure, prepared: Prepared, limits: Limits) -> Iterator[Measured]:
    """The curves that are asked for, each with its name and arrays.

    Raises ProblemError before anything is computed.
    """
    ask = message.ask
    match ask:
        case Weight():
            found = _weight(ask, prepared, limits)
        case Depth():
            _refuse(limits.problems(layers=ask.layers))
            found = _each(ACTIVATIONS, lambda name: through_layers(name, ask.layers, ask.gain, ask.seed))
        case Product():
            _refuse(limits.problems(steps=ask.steps))
            draw = Draw(ask.seed, ask.radius, ask.steps, ask.drive, ask.gate)
            found = _each(ask.cells, lambda name: _reached(*reaching(name, draw)))
        case Causes():
            _refuse(limits.problems(steps=ask.steps))
            found = _causes(Draw(ask.seed, ask.radius, ask.steps, ask.drive))
    return (Measured(message.id, message.lane, name, arrays) for name, arrays in found)


def _each(names: Sequence[str], curve: Callable[[str], Mapping[str, Dense]]) -> Curves:
    return ((name, curve(name)) for name in names)


def _causes(draw: Draw) -> Curves:
    for name in COMPARED:
        yield f"{name}-repeated", _reached(*reaching(name, draw))
        yield f"{name}-fresh", _reached(*reaching_afresh(name, draw))


def _reached(lags: Dense, norms: Dense) -> Mapping[str, Dense]:
    """`rate`: by what each step multiplies, on average over all of them."""
    with np.errstate(divide="ignore"):
        rate = np.exp(np.log(norms[-1:]) / lags[-1])
    return {"lags": lags, "norms": norms, "rate": rate}


def _weight(ask: Weight, prepared: Prepared, limits: Limits) -> Curves:
    """Of the first unit of a value: itself at every step, its gradient at the last one by the same unit at every step,
    and how it answers to a number of the parameters."""
    steps, axis = ask.until, ask.across
    if steps > prepared.steps:
        said = f"there is no step {steps}: the sequence has {prepared.steps}"
        raise ProblemError([Problem("no-step", said, {"step": steps, "steps": prepared.steps}, field="ask.until")])
    points = axis.count + len(ask.marks)
    kept = sum(shape[-1] for shape in prepared.network.wires.values.values())
    work = {"points": points, "sweep": points * steps * kept, "memory": 2 * 8 * axis.count * steps * kept}
    _refuse(limits.problems(**work))
    network, initial, inputs = prepared.network, prepared.initial, prepared.inputs[:steps]
    of, place = network.wires.value(ask.of), tuple(axis.index)
    name = checked_axis(network, Axis(axis.address, place, np.zeros(1))).name

    def answer(values: Dense) -> Mapping[str, Dense]:
        told = response(network, prepared.parameters, inputs, Axis(name, place, values), of, steps, initial=initial)
        return {"at": values, "values": told.values, "slopes": told.slopes}

    def over_time() -> Mapping[str, Dense]:
        trace = network.run(prepared.parameters, inputs, initial=initial)
        outside = np.zeros_like(trace.read(of))
        outside[-1, 0] = 1
        gradient = trace.gradient({of: outside})
        slope = gradient.parameters[name][place]
        return {"values": trace.read(of)[:, 0], "gradients": gradient.read(of)[:, 0], "slope": np.array([slope])}

    def curves() -> Curves:
        yield "time", over_time()
        if ask.marks:
            yield "marks", answer(np.array(ask.marks))
        yield "range", answer(np.linspace(axis.low, axis.high, axis.count))

    return curves()


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ProblemError(problems)
