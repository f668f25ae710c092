"""One program by the plan and by the reference evaluator: alone, in a batch, as many networks at once, in stretches."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine import evaluate
from app.engine.adjoint import GRADIENT
from app.engine.plan import Plan
from app.engine.program import Program
from app.engine.rules import PREVIOUS

Array = NDArray[Any]
Arrays = dict[str, Array]


@dataclass(frozen=True)
class Task:
    """Numbers for a program: `lead` in front of inputs, states and, with `many`, of parameters."""

    program: Program
    sizes: Mapping[str, int]
    parameters: Arrays
    inputs: Arrays
    initial: Arrays
    outside: Arrays
    lead: tuple[int, ...]
    many: bool
    shared: bool

    @property
    def length(self) -> int:
        return len(next(iter(self.inputs.values())))


def task(
    program: Program,
    sizes: Mapping[str, int],
    *,
    seed: int = 0,
    length: int = 5,
    lead: tuple[int, ...] = (),
    many: bool = False,
    shared: bool = False,
    touched: Collection[str] | None = None,
) -> Task:
    """Random numbers; dL/dv is given for the values `touched`, the one that leaves the cell if there are none."""
    random = np.random.default_rng(seed)
    front = lead if many else ()

    def some(*shape: int, scale: float = 1.0) -> Array:
        return scale * random.normal(size=shape)

    at = {v.name: sizes[v.size] for v in program.values}
    reads = (1,) if shared else lead
    return Task(
        program,
        sizes,
        {p.name: some(*front, *(sizes[s] for s in p.shape), scale=0.5) for p in program.parameters},
        {name: some(length, *reads, sizes[size]) for name, size in program.inputs.items()},
        {name: some(*lead, at[name]) for name in program.states},
        {name: some(length, *lead, at[name]) for name in (touched or [program.output])},
        lead,
        many,
        shared,
    )


def cut(task: Task, index: tuple[int, ...], length: int) -> Task:
    """One sequence or network of a task, and only its first steps."""

    def one(array: Array) -> Array:
        return array[:length, *(min(at, size - 1) for at, size in zip(index, array.shape[1:], strict=False))]

    return replace(
        task,
        parameters={name: array[index] if task.many else array for name, array in task.parameters.items()},
        inputs={name: one(array) for name, array in task.inputs.items()},
        initial={name: array[index] for name, array in task.initial.items()},
        outside={name: one(array) for name, array in task.outside.items()},
        lead=(),
        many=False,
        shared=False,
    )


def by_plan(
    task: Task,
    plan: Plan | None = None,
    *,
    dtype: type = np.float64,
    stretches: Sequence[int] | None = None,
    ended: Array | None = None,
) -> Arrays:
    """Values by name, gradients as `∂name`, those of parameters by their own names with `d` in front."""
    plan = plan or Plan(task.program)
    stretches = stretches or [task.length]
    run = plan.lease(
        task.sizes, task.length, task.lead, np.dtype(dtype), many=task.many, shared=task.shared, masked=ended is not None
    )
    run.load(task.parameters, task.initial, ended)
    for name, array in task.inputs.items():
        run.series[name][...] = array
    first = 0
    for stretch in stretches:
        run.run(first, first + stretch)
        first += stretch
    back = plan.lease_backward(run, frozenset(task.outside))
    back.load(task.outside)
    for stretch in stretches:
        back.run(first - stretch, first)
        first -= stretch
    names = [*task.program.value, *(s + PREVIOUS for s in task.program.states)]
    found = {name: np.array(run.part()[name]) for name in names}
    known = [name for name in [*names, *task.program.inputs] if back.knows(name)]
    found |= {GRADIENT + name: np.array(back.array(name)) for name in known}
    found |= {f"d {name}": np.array(array) for name, array in back.parameters().items()}
    plan.release_backward(back)
    plan.release(run)
    return found


def by_reference(task: Task) -> Arrays:
    """The same, node by node."""
    steps = evaluate.forward(task.program, task.sizes, task.parameters, task.inputs, task.initial)
    gradients, totals = evaluate.backward(task.program, steps, task.outside)
    widths = {v.name: task.sizes[v.size] for v in task.program.values}
    widths |= {name: task.sizes[size] for name, size in task.program.inputs.items()}
    names = [*task.program.value, *(s + PREVIOUS for s in task.program.states)]

    def series(name: str, source: Sequence[Mapping[str, Array]]) -> Array:
        width = widths[name.removeprefix(GRADIENT).removesuffix(PREVIOUS)]
        return np.stack([np.broadcast_to(env[name], (*task.lead, width)) for env in source])

    found = {name: series(name, steps) for name in names}
    known = [GRADIENT + name for name in [*names, *task.program.inputs] if GRADIENT + name in gradients[0]]
    found |= {name: series(name, gradients) for name in known}
    for p in task.program.parameters:
        total = np.asarray(totals[p.name])
        own = len(p.shape) + (len(task.lead) if task.many else 0)
        found[f"d {p.name}"] = total.sum(tuple(range(total.ndim - own)))
    return found


def agree(ours: Arrays, theirs: Arrays, tolerance: float) -> None:
    """That all numbers are the same to rounding, measured by the largest of their kind."""
    assert ours.keys() == theirs.keys()
    largest = max(1.0, *(float(np.max(np.abs(array), initial=0)) for array in theirs.values()))
    for name, array in theirs.items():
        assert ours[name].shape == array.shape, name
        np.testing.assert_allclose(ours[name], array, rtol=0, atol=tolerance * largest, err_msg=name)
