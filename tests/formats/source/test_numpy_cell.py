"""One program as two functions of NumPy."""

from __future__ import annotations

import ast

from app.cells import load
from app.engine import define
from app.engine.cell import define_readout
from app.formats.source.numpy_cell import CellSource, joined, signed


def source(text: str) -> CellSource:
    return CellSource(define("cell", text).program, "cell", {})


def test_every_value_is_a_line_and_is_kept() -> None:
    text = source("h = tanh(W @ x + U @ h_prev + b) : hidden").forward()
    assert text.splitlines() == [
        "def cell(parameters, xs, start):",
        '    """Every value at every step, by name, (T, size), from xs (T, size). "h_prev" is h before each step."""',
        '    W, U, b = parameters["W"], parameters["U"], parameters["b"]',
        '    h_prev = start["h"]',
        "    steps = []",
        "    for x in xs:",
        "        h_in = W @ x + U @ h_prev + b",
        "        h = np.tanh(h_in)  # hidden",
        '        steps.append({"h_prev": h_prev, "h:in": h_in, "h": h})',
        "        h_prev = h",
        "    return {name: np.array([step[name] for step in steps]) for name in steps[0]}",
    ]


def test_the_backward_pass_is_the_adjoint_equations() -> None:
    text = source("h = tanh(W @ x + U @ h_prev + b) : hidden").backward()
    for line in (
        "    d_W, d_U, d_b = (np.zeros(np.shape(each)) for each in (W, U, b))",
        '        d_h = given["h"][t] + d_h_prev  # hidden',
        "        d_h_in = d_h * (1 - h * h)",
        "        d_h_prev = U.T @ d_h_in",
        "        d_x = W.T @ d_h_in",
        "        d_W += np.outer(d_h_in, x)",
        '    of_start = {"h": d_h_prev}',
        "    return gradients, of_parameters, of_start",
    ):
        assert f"\n{line}\n" in f"{text}\n", line


def test_gradients_are_told_from_a_cells_own_names() -> None:
    """The form of PyTorch's GRU has a bias d_n, so the gradient of n is called otherwise."""
    text = CellSource(load("gru-reset-after").program, "gru", {}).backward()
    assert "\n        dL_n = " in text
    assert "dL_d_n += dL_n_in * r" in text


def test_many_terms_stand_below_one_another_with_where_they_come_from() -> None:
    text = CellSource(load("lstm").program, "lstm", {}).backward()
    first = ["        d_h_prev = (", "            U_g.T @ d_g_in    # through g_in", "            + U_o.T @ d_o_in  # through o_in"]
    assert "\n".join(first) in text


def test_what_nothing_comes_through_has_no_gradient() -> None:
    text = source("h = step(W @ x) * tanh(V @ x)").backward()
    assert "d_h_step_in = np.zeros_like(h_step_in)" in text


def test_clocks_know_the_step_and_masks_their_size() -> None:
    text = CellSource(load("clockwork-rnn").program, "clockwork", {}).forward()
    assert text.startswith("def clockwork(parameters, xs, units, start):")
    assert "    for t, x in enumerate(xs):" in text
    assert "        m = every(t, units, 1, 2, 4)" in text
    assert "    n_slower = slower(units, 1, 2, 4)" in text


def test_a_readout_takes_several_sequences_and_may_be_read_anywhere() -> None:
    program = define_readout("y[outputs] = softmax(V @ h + R @ c) * every(1, 2)", {"h": "units", "c": "units"}).program
    found = CellSource(program, "readout", {}, any_value=True)
    assert found.forward().startswith("def readout(parameters, hs, cs, outputs):")
    assert "    for t, (h, c) in enumerate(zip(hs, cs)):" in found.forward()
    assert 'given["y:softmax:in"][t]' in found.backward()
    ast.parse(found.forward() + "\n" + found.backward())


def test_signs() -> None:
    assert joined(["a", "-b * c", "d"]) == "a - b * c + d"
    assert joined(["-a"]) == "-a"
    assert signed("a") == "+ a"
