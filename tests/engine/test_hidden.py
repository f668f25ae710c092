from __future__ import annotations

import pytest

from app.engine import define
from app.engine.hidden import exposed
from app.engine.listing import listing
from app.engine.program import Program
from tests.engine import texts
from tests.engine.planned import agree, by_reference, task
from tests.engine.test_adjoint import LSTM


def program(text: str) -> Program:
    return define("t", text).program


def hidden(text: str) -> dict[str, tuple[str, str]]:
    """What gets a name: its expression and its size."""
    found = exposed(program(text))
    new = {value.name: value.size for value in found.values if value.role == "hidden"}
    return {each.target: (listing(each.expr), new[each.target]) for each in found.lowered if each.target in new}


def test_a_program_whose_products_all_stand_in_sums_stays_as_it_is() -> None:
    for text in (LSTM, "h = tanh(W @ x + U @ h_prev - V @ h_prev)", "h = tanh(W @ x)", "h = (W @ x) * h_prev"):
        own = program(text)
        assert exposed(own) is own


def test_a_sum_inside_a_factor() -> None:
    text = "n = tanh(W @ x + r * (U @ h_prev + d))\nh = n"
    assert hidden(text) == {"n:in/1": ("U @ h_prev + d", "units")}
    assert listing(exposed(program(text)).lowered[1].expr) == "W @ x + r * n:in/1"


def test_a_vector_that_is_no_name() -> None:
    assert hidden("h[inputs] = tanh(U @ (r * h_prev) + x)") == {"h:in/1": ("r * h_prev", "inputs")}
    assert hidden("h = 0.5 * h_prev - B @ (2 * s_prev)\ns[context] = A @ (h * h)") == {
        "h/1": ("2 * s_prev", "context"),
        "s/2": ("h * h", "units"),
    }


def test_one_inside_the_other_and_one_that_comes_twice() -> None:
    text = "h = z * (U @ (z * (V @ h_prev))) + z * (V @ h_prev)\nq = z"
    assert hidden(text) == {
        "h/1": ("V @ h_prev", "units"),
        "h/2": ("z * h/1", "units"),
        "h/3": ("U @ h/2", "units"),
    }


def test_a_matrix_worked_out_of_others_has_its_size() -> None:
    assert hidden("s[context] = A @ x + s_prev\nh = tanh(x2 * ((2 * B) @ s + b))") == {
        "h:in/1": ("(2 * B) @ s + b", "units"),
    }
    assert hidden("h = x2 * (slower(1, 2) @ h_prev)") == {"h/1": ("h:slower @ h_prev", "units")}


@pytest.mark.parametrize("name", texts.ALL)
def test_the_values_and_gradients_that_were_there_stay_the_same(name: str) -> None:
    cell, units, sizes = texts.cell(name)
    given = task(cell.program, {"inputs": 2, "units": units, **sizes}, seed=4)
    before = by_reference(given)
    found = exposed(cell.program)
    after = by_reference(task(found, given.sizes, seed=4))
    agree({name: after[name] for name in before}, before, 1e-13)
