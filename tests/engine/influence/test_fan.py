from __future__ import annotations

import numpy as np
import pytest

from app.engine.influence.fan import Fan
from app.engine.influence.fan_plan import FanPlan
from app.engine.influence.rays import Rays
from tests.engine import bumped, wirings
from tests.engine.wirings import Array, Case


def rays_of(case: Case, full: str, steps: list[int]) -> tuple[Rays, Array]:
    """A few random losses on a value, at some steps; with the seeds, (N, *lead, size)."""
    run = case.trace.runs[full.partition(".")[0]]
    seeds = np.random.default_rng(0).normal(size=(len(steps), *run.lead, *run.stack.values[full]))
    return Rays(run.stack.name, np.array(steps), {full: seeds}), seeds


def wanted_series(name: str, full: str, steps: list[int], seeds: Array, wrt: str) -> Array:
    """The same by the complex step, (T, *lead, N, size)."""
    found = wirings.matrices(name, full, wrt)[steps]
    return np.moveaxis(np.einsum("n...m,nt...mk->nt...k", seeds, found), 0, -2)


@pytest.mark.parametrize("name", wirings.ALL)
def test_every_gradient_of_several_losses_by_the_complex_step(name: str) -> None:
    case = wirings.get(name)
    network, trace = case.network, case.trace
    last = list(trace.runs.values())[-1]
    for full, steps in ((list(last.stack.values)[-1], [last.length - 1, 0]), (last.places[0].address("h"), [1, 1, 0])):
        if full not in last.stack.values:
            continue
        rays, seeds = rays_of(case, full, steps)
        symbols = case.differentiable()
        fan = Fan(FanPlan(trace, rays, symbols, starts=list(network.states), totals=list(last.stack.parameters)))
        for wrt in symbols:
            np.testing.assert_allclose(
                fan.series(wrt), wanted_series(name, full, steps, seeds, wrt), rtol=1e-10, atol=1e-12, err_msg=wrt
            )
        for state in network.states:
            found = bumped.derivative(wirings.moved_start(name, state), full)[steps]
            wanted = np.moveaxis(np.einsum("n...m,nk...m->n...k", seeds, found), 0, -2)
            np.testing.assert_allclose(fan.start(state), wanted, rtol=1e-10, atol=1e-12, err_msg=state)


@pytest.mark.parametrize("name", wirings.ALL)
def test_parameters_of_several_losses_by_the_complex_step(name: str) -> None:
    case = wirings.get(name)
    trace, wires = case.trace, case.trace.wires
    full = list(case.outside)[-1]
    steps = [0, 2]
    rays, seeds = rays_of(case, full, steps)
    uses = {each: [each, *(k for k, v in wires.tied.items() if v == each)] for each in wires.parameters}
    fan = Fan(FanPlan(trace, rays, [], totals=[use for each in uses.values() for use in each]))
    for parameter, each in uses.items():
        found = bumped.derivative(wirings.moved_parameter(name, parameter), full)[steps]
        wanted = (seeds[:, None] * found).reshape(*found.shape[:2], -1).sum(axis=-1)
        total = sum(fan.total(use) for use in each)
        assert total.shape == (2, *wires.parameters[parameter])
        np.testing.assert_allclose(total.reshape(2, -1), wanted, rtol=1e-10, atol=1e-12, err_msg=parameter)
