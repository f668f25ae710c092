"""Several gradients back through single places: step by step where there is memory, all at once where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from ..address import parse
from ..adjoint import GRADIENT
from ..expr import names
from ..flow import gradients
from ..ops import Array
from ..place import Place
from ..rules import PREVIOUS
from ..run import Run
from .descent import down, lowest, prefix_of
from .fan_plan import FanPlan
from .over_time import Axes, by_ray, over_steps, over_time
from .pull import Pull, Steps
from .rays import entering

#: gradients by the prefix of a place and by symbol
Given = dict[str, dict[str, Array]]


@dataclass
class Kept:
    """What is kept of the gradients of one place, by symbol; whole ones and norms in the order in which it reads."""

    whole: dict[str, Array] = field(default_factory=dict)
    norms: dict[str, Array] = field(default_factory=dict)
    starts: dict[str, Array] = field(default_factory=dict)
    totals: dict[str, Array] = field(default_factory=dict)


def add(given: dict[str, Array], name: str, array: Array) -> None:
    given[name] = given[name] + array if name in given else array


def walk(plan: FanPlan, run: Run, places: list[Place], dense: Given, seeds: Given) -> dict[str, Kept]:
    """Places that go back through time, step by step; those of a part that is fed its own output go together.

    What arrives from outside is `dense`, at all steps in the order in which the place reads, and `seeds`, each loss at
    its own step (N, *lead, size).
    """
    entries = {p.prefix: _entries(plan, run, p, dense.get(p.prefix, {}), seeds.get(p.prefix, {})) for p in places}
    keepers = {p.prefix: _Keeper(plan, run, p) for p in places}
    later: Given = {place.prefix: {} for place in places}
    fed: Array | None = None
    for t in reversed(range(run.length)):
        given: Given = {place.prefix: entries[place.prefix](t) for place in places}
        if fed is not None and run.fed is not None:
            add(given[prefix_of(run.fed)], parse(run.fed).symbol, fed)
        fed = None
        for place in places:
            pull = plan.pulls[place.prefix]
            found = pull.step(t, given[place.prefix], later[place.prefix])
            later[place.prefix] = {name: found[name] for name in pull.carried if name in found}
            keepers[place.prefix].keep(t, found)
            for step in down(run.stack, place) if run.fed is not None else ():
                if step.name in found and step.target.prefix in given:
                    add(given[step.target.prefix], step.symbol, found[step.name][..., step.first : step.stop])
            if run.fed is not None and place in lowest(run.stack):
                fed = found.get("x")
    return {name: keeper.finish() for name, keeper in keepers.items()}


def at_once(plan: FanPlan, run: Run, place: Place, seeds: Mapping[str, Array]) -> tuple[Kept, dict[str, Array]]:
    """A place without memory, each loss at its own step; also what arrives at its inputs there, (N, *lead, size)."""
    pull, wants, when = plan.pulls[place.prefix], plan.wants[place.prefix], plan.rays.when
    found = pull.step(when, {name: array[..., None, :] for name, array in seeds.items()}, {})
    keeper = _Keeper(plan, run, place)
    asked = {name: found[name][..., 0, :] for name in found if name in wants.series or keeper.passes_on(name)}
    for step in np.unique(when):
        at = np.flatnonzero(when == step)
        here = {}
        for name, array in asked.items():
            here[name] = np.zeros((*run.lead, plan.rays.count, array.shape[-1]), run.dtype)
            here[name][..., at, :] = np.moveaxis(array[at], 0, -2)
        keeper.keep(int(step), here)
    kept = keeper.kept
    for name in wants.totals:
        _total(pull, name, found, when, (plan.rays.count, *run.lead), by_ray(many=run.many), kept.totals)
    return kept, {name: found[name][..., 0, :] for name in place.program.inputs if name in found}


class _Keeper:
    """Keeps what was asked for of each step."""

    def __init__(self, plan: FanPlan, run: Run, place: Place) -> None:
        self.plan, self.run, self.place = plan, run, place
        self.wants, self.pull = plan.wants[place.prefix], plan.pulls[place.prefix]
        self.whole = plan.whole(run, place)
        self.kept = Kept()

    def passes_on(self, name: str) -> bool:
        """Whether a gradient is one of the network's own input."""
        return name == "x" and self.place in lowest(self.run.stack) and self.run.stack.input in self.plan.inputs

    def keep(self, t: int, found: Mapping[str, Array]) -> None:
        length, dtype = self.run.length, self.run.dtype
        for name, array in found.items():
            if name in self.whole:
                if name not in self.kept.whole:
                    self.kept.whole[name] = np.zeros((length, *array.shape), dtype)
                self.kept.whole[name][t] = array
            if name in self.wants.series and not self.plan.is_full:
                norm = self.plan.reduced(array)
                if name not in self.kept.norms:
                    self.kept.norms[name] = np.zeros((length, *norm.shape), dtype)
                self.kept.norms[name][t] = norm
        for state in self.wants.starts if t == 0 else ():
            if state + PREVIOUS in found:
                self.kept.starts[state] = found[state + PREVIOUS]

    def finish(self) -> Kept:
        for name in self.wants.totals:
            front, axes = (self.run.length, *self.run.lead), over_steps(many=self.run.many)
            _total(self.pull, name, self.kept.whole, slice(None), front, axes, self.kept.totals)
        return self.kept


def _total(
    pull: Pull,
    name: str,
    found: Mapping[str, Array],
    steps: Steps,
    front: tuple[int, ...],
    axes: Axes,
    into: dict[str, Array],
) -> None:
    """The gradient of a parameter, if anything arrives at it."""
    terms = [term for term in pull.terms(name) if all(of in found for of in gradients(term))]
    env = {n: pull.numbers[n] for n in pull.numbers.still}
    for read in (n for term in terms for n in names(term) if n not in pull.numbers.still):
        of = read.removeprefix(GRADIENT)
        env[read] = found[of] if read.startswith(GRADIENT) else pull.numbers[read][steps]
    total = over_time(terms, env, pull.numbers.still, front, axes)
    if total is not None:
        into[name] = total


def _entries(
    plan: FanPlan, run: Run, place: Place, dense: Mapping[str, Array], seeds: Mapping[str, Array]
) -> Callable[[int], dict[str, Array]]:
    """What arrives from outside at the t-th step that a place reads."""
    index = entering(run, place, plan.rays.when) if seeds else None
    moved = {name: np.moveaxis(array, 0, -2) for name, array in seeds.items()}

    def at(t: int) -> dict[str, Array]:
        found = {name: array[t] for name, array in dense.items()}
        where = index(t) if index is not None else None
        if where is not None:
            for name, array in moved.items():
                here = np.zeros_like(array)
                here[where] = array[where]
                add(found, name, here)
        return found

    return at
