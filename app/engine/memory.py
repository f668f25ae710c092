"""How much memory a run takes, told before it is run."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from .backward import Backward
from .check import unknown_parts
from .expr import Name
from .extent import Extent
from .flow import gradients
from .forward import Forward
from .plan import Plan
from .problems import NetworkError
from .sizes import check_sizes, missing_size
from .stack import Stack

#: bytes that an equation takes, however small its numbers are
_FORWARD, _BACKWARD = 2_000, 3_200


def memory(
    plan: Plan,
    sizes: Mapping[str, int],
    length: int,
    lead: tuple[int, ...] = (),
    dtype: np.dtype[Any] | type = np.float64,
    *,
    many: bool = False,
    shared: bool = False,
    masked: bool = False,
    outside: Collection[str] | None = None,
) -> tuple[int, int]:
    """Bytes of a forward run, and of its gradients on top of that, when the loss touches the values `outside`.

    The arguments are those of `Plan.lease`; without `outside` the loss touches what leaves the program. Every value at
    every step is counted, every gradient that the backward loop forms and those of the parameters; other gradients are
    formed when they are asked for, each as large as its value. The run is laid out with arrays that take no memory.
    """
    extent = Extent(sizes, length, lead, np.dtype(dtype), masked, many, shared)
    forward = Forward(plan.program, plan.schedule, extent, weightless=True)
    backward = Backward(forward, plan.flow([plan.program.output] if outside is None else outside))
    totals, equations = _totals(backward), len(plan.schedule.program.lowered)
    return (
        forward.rooms.bytes + forward.tape.bytes + _FORWARD * equations,
        backward.rooms.bytes + backward.tape.bytes + _BACKWARD * equations + totals,
    )


def of_network(
    stacks: Mapping[str, Stack],
    length: int | Mapping[str, int],
    batch: int | None,
    networks: int | None,
    *,
    masked: bool,
    dtype: np.dtype[Any],
) -> tuple[int, int]:
    """The same of all parts of a network; see `Network.memory`."""
    lengths = length if isinstance(length, Mapping) else dict.fromkeys(stacks, length)
    problems = unknown_parts(lengths, stacks, "length")
    problems += [missing_size(f"the part '{name}'", "length") for name in stacks if name not in lengths]
    if problems:
        raise NetworkError(problems)
    size = batch if networks is None else networks
    for name in stacks:
        check_sizes({"length": lengths[name]})
    check_sizes({} if size is None else {"batch" if networks is None else "networks": size})
    lead, many = () if size is None else (size,), networks is not None
    forward, backward = 0, 0
    for name, stack in stacks.items():
        lowest = next(iter(stack.levels.values()))
        for place in stack.places:
            run, gradients = memory(
                place.plan, place.sizes, lengths[name], lead, dtype,
                many=many, shared=many and place in lowest, masked=masked, outside=stack.leaving(place),
            )  # fmt: skip
            forward, backward = forward + run, backward + gradients
    return forward, backward


def _totals(backward: Backward) -> int:
    """What the gradients of the parameters take, and those that only they need."""
    forward, flow = backward.forward, backward.flow
    formed: dict[str, int] = {}
    for name in forward.program.parameter:
        for term in flow.terms[name]:
            for of in gradients(term):
                _form(backward, of, formed)
    numbers = sum(math.prod(forward.still[name].shape) for name in forward.program.parameter)
    return (numbers + sum(formed.values())) * forward.dtype.itemsize


def _form(backward: Backward, symbol: str, formed: dict[str, int]) -> None:
    """Note how many numbers it takes to form a gradient that the loop has not."""
    root, factors = backward.flow.resolve(symbol)
    if symbol in backward.loop or symbol in formed:
        return
    formed[symbol] = 0
    if root in backward.loop:
        if factors:
            backward.lay_out(symbol)
        return
    terms = backward.flow.terms[symbol]
    parts = len(terms) + (symbol in backward.outside) + (symbol in backward.flow.carried)
    if parts != 1 or symbol in backward.flow.carried or any(not isinstance(term, Name) for term in terms):
        formed[symbol] = backward.length * math.prod(backward.shape(symbol))
    for term in terms:
        for of in gradients(term):
            _form(backward, of, formed)
