from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine.evaluate import backward
from app.engine.forward import Forward
from app.engine.influence.pull import Numbers, Pull, evaluate, only_along
from app.engine.rules import PREVIOUS
from tests.engine import texts, wirings


def forward(name: str) -> Forward:
    case = wirings.get(f"cell {name}")
    return case.trace.runs["main"].runs["main.1.forward."]


@pytest.mark.parametrize("name", texts.ALL)
def test_one_loss_is_the_reference(name: str) -> None:
    """Step by step, and the same three times over side by side."""
    run = forward(name)
    program, random = run.program, np.random.default_rng(0)
    known = [a.symbol for a in program.adjoint if a.symbol not in program.parameter]
    outside = {v: random.normal(size=(run.length, run.raw(v).shape[-1])) for v in program.value if v in known}
    part = run.part()
    read = [*program.value, *program.inputs, *(s + PREVIOUS for s in program.states)]
    steps = [dict(run.still) | {each: part[each][t] for each in read} for t in range(run.length)]
    wanted, _ = backward(program, steps, outside)
    pull = Pull(run, outside, known)
    assert set(pull.forms) <= set(known)
    later: dict[str, np.ndarray] = {}
    for t in reversed(range(run.length)):
        given = {v: np.array([1, 2, -0.5])[:, None] * array[t] for v, array in outside.items()}
        later = pull.step(t, given, later)
        for each in known:
            found = later.get(each, np.zeros((3, run.raw(each).shape[-1])))
            for ray, factor in enumerate((1, 2, -0.5)):
                np.testing.assert_allclose(found[ray], factor * wanted[t][f"∂{each}"], rtol=1e-11, atol=1e-13, err_msg=each)


def test_only_what_is_wanted_is_formed() -> None:
    run = forward("lstm")
    assert set(Pull(run, ["h"], ["o"]).forms) == {f.target for f in run.program.lowered} | {"c_prev", "h_prev"}
    assert Pull(run, ["o"], ["o:in"]).forms[0] == "h"
    alone = Pull(run, ["c"], ["c"], along="c")
    assert alone.forms == ["c", "c_prev"]
    assert alone.carried == ["c_prev"]
    still = forward("no-memory")
    assert Pull(still, ["h"], ["h:in"]).forms == ["h", "h:in"]
    assert Pull(still, ["h:in"], ["h"]).forms == []
    assert Pull(still, ["h"], ["h:in"]).carried == []


def test_several_steps_at_once_stand_alone() -> None:
    run = forward("lstm")
    pull = Pull(run, ["c", "h"], ["c_prev", "h_prev"])
    given = {"c": np.eye(3), "h": np.ones((3, 3))}
    whole = pull.step(slice(None), given, {})
    some = pull.step(np.array([2, 0]), given, {})
    for t in range(4):
        one = pull.step(t, given, {})
        for name in ("c_prev", "h_prev"):
            np.testing.assert_allclose(whole[name][t], one[name], rtol=1e-13)
            if t in (0, 2):
                np.testing.assert_allclose(some[name][0 if t else 1], one[name], rtol=1e-13)


def test_numbers_by_name() -> None:
    run = forward("lstm")
    numbers = Numbers(run)
    assert numbers["U_i"].shape == (3, 3)
    assert numbers["b_i"].shape == (1, 3)
    assert numbers["c_prev"].shape == (4, 1, 3)
    # stored with the other sign, for the sigmoid's sake
    np.testing.assert_array_equal(numbers["i:in"][:, 0], run.part()["i:in"])
    (product,) = (e.expr for e in run.program.lowered if e.target == "i:in")
    np.testing.assert_allclose(evaluate(product, {n: numbers[n] for n in ("W_i", "x", "U_i", "h_prev", "b_i")}), numbers["i:in"])
    assert numbers.moves(product)


def test_only_along_keeps_one_way_through_time() -> None:
    program = load("lstm-peephole").program
    cut = {a.symbol: a.terms for a in only_along(program, "c").adjoint}
    assert cut["h_prev"] == ()
    assert [term.via for term in cut["c_prev"]] == ["c"]
    assert cut["c"] == next(a.terms for a in program.adjoint if a.symbol == "c")
