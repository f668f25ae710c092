from __future__ import annotations

import numpy as np
import pytest

from app.engine.adjoint import GRADIENT
from app.engine.flow import gradients
from app.engine.influence.pull import Numbers, evaluate
from app.engine.influence.push import Push, transposed
from tests.engine import texts, wirings


@pytest.mark.parametrize("name", texts.ALL)
def test_every_term_turned_round(name: str) -> None:
    """For a linear map E and its transpose: u . E(g) = g . E'(u)."""
    case = wirings.get(f"cell {name}")
    (place,) = case.network.places
    numbers = Numbers(case.trace.runs["main"].runs[place.prefix])
    random = np.random.default_rng(0)
    count = 0
    for adjoint in place.program.adjoint:
        for term in adjoint.terms:
            if term.when != "now" or adjoint.symbol in place.program.parameter:
                continue
            (of,) = gradients(term.expr)
            g, u = (random.normal(size=(4, 2, numbers[each].shape[-1])) for each in (of, adjoint.symbol))
            forth = evaluate(term.expr, dict(numbers) | {each: numbers[each] for each in (of, *_reads(place))} | {GRADIENT + of: g})
            back = transposed(term.expr, u, {each: numbers[each] for each in (*numbers.still, *_reads(place))})
            np.testing.assert_allclose((forth * u).sum((-2, -1)), (g * back).sum((-2, -1)), rtol=1e-11, atol=1e-12)
            count += 1
    assert count


def _reads(place: object) -> list[str]:
    program = place.program  # type: ignore[attr-defined]
    return [*program.value, *program.inputs, *(f"{state}_prev" for state in program.states)]


def test_several_steps_at_once_each_on_its_own() -> None:
    case = wirings.get("cell lstm")
    push = Push(case.trace.runs["main"].runs["main.1.forward."])
    moved = {"c_prev": np.eye(3)}
    whole = push.step(slice(None), moved, {})
    for t in range(4):
        for name, array in push.step(t, moved, {}).items():
            expected = whole[name] if whole[name].ndim == 2 else whole[name][t]
            np.testing.assert_allclose(array, expected, rtol=1e-14)
    np.testing.assert_allclose(whole["c"], case.trace["f"][:, None] * np.eye(3), rtol=1e-14)
    assert "i" not in whole
    np.testing.assert_allclose(push.step(1, {}, {"c": np.eye(3)})["c"], np.eye(3))
