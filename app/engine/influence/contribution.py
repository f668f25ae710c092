"""Which steps a parameter's gradient comes from: the sum over the sequence, undone.

Every step uses the same parameter, and adds what it would have as a parameter of that step alone (Werbos 1990;
in Pascanu, Mikolov & Bengio 2013, equation 4, the sum over k).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from ..address import parse
from ..gradient import Gradient
from ..ops import Array, quietly
from ..place import START, Place
from ..run import Run
from .asked import Asked
from .norms import length
from .over_time import by_step, over_time
from .place_series import PlaceSeries
from .rays import turned
from .room import LIMITS, Limits, check_bytes

#: numbers that are worked on at a time
_STRETCH = 1 << 20


def contributions(gradient: Gradient, name: str, *, limits: Limits = LIMITS) -> dict[str, Array]:
    """What each step adds to a parameter's gradient, (T, *shape), or (T, networks, *shape), by full address.

    There is one entry for each place that has the parameter, more than one only where parameters are tied. All entries,
    summed over T, are `gradient.parameters[name]`; sequences of a batch are summed as there. A learned starting state
    gets everything at the first step that its place reads. Raises NetworkError for an unknown name, one that is no
    parameter, and more memory than a limit allows.
    """
    asked = Asked(gradient.wires)
    found = asked.parameters([name])
    asked.check()
    sizes = {use: _shape(gradient, use) for use in asked.uses(found[0])}
    check_bytes(sum(prod(shape) * _run(gradient, use).dtype.itemsize for use, shape in sizes.items()), limits)
    result = {}
    for use, shape in sizes.items():
        result[use] = np.zeros(shape, _run(gradient, use).dtype)
        for first, part in _stretches(gradient, use):
            result[use][first : first + len(part)] = part
    return result


def contribution_norms(gradient: Gradient, name: str) -> dict[str, Array]:
    """The Euclidean norms of the same, (T,), or (T, networks), in as little memory as a few steps take.

    Raises NetworkError for an unknown name, and one that is no parameter.
    """
    asked = Asked(gradient.wires)
    found = asked.parameters([name])
    asked.check()
    result = {}
    for use in asked.uses(found[0]):
        run = _run(gradient, use)
        result[use] = np.zeros((run.length, *(run.lead if run.many else ())), run.dtype)
        for first, part in _stretches(gradient, use):
            result[use][first : first + len(part)] = length(part.reshape(*part.shape[: 1 + run.many], -1))
    return result


def _run(gradient: Gradient, full: str) -> Run:
    return gradient.runs[parse(full).part]


def _shape(gradient: Gradient, full: str) -> tuple[int, ...]:
    run = _run(gradient, full)
    return (run.length, *(run.lead if run.many else ()), *run.place(full).parameters[full])


def _stretches(gradient: Gradient, full: str) -> Iterator[tuple[int, Array]]:
    """What each step adds, some steps at a time: the first of them (from 0) and (steps, *shape)."""
    run, symbol = _run(gradient, full), parse(full).symbol
    place = run.place(full)
    if symbol.endswith(START):
        yield 0, _learned(gradient, run, place, symbol.removesuffix(START))
        return
    series = PlaceSeries(gradient, place)
    shape = place.parameters[full]
    terms = [term.expr for adjoint in place.program.adjoint if adjoint.symbol == symbol for term in adjoint.terms]
    stretch = max(1, _STRETCH // (prod(run.lead) * prod(shape)))
    with quietly():
        for first in range(0, run.length, stretch):
            steps = min(stretch, run.length - first)
            env = series.stretch(first, first + steps)
            axes = by_step(steps, many=run.many)
            total = over_time(terms, env, series.numbers.still, (steps, *run.lead), axes)
            if total is not None:
                yield first, total


def _learned(gradient: Gradient, run: Run, place: Place, state: str) -> Array:
    """All of it at the first step that is read; nothing where the state started from something else."""
    found = np.zeros((run.length, *run.lead, place.sizes[place.program.value[state].size]), run.dtype)
    if place.address(state) in run.learned:
        found[0] = gradient.initial[place.address(state)]
        found = turned(run, place, found)
    return found if run.many else found.sum(axis=tuple(range(1, 1 + len(run.lead))))
