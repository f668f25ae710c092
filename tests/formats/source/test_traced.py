"""A program for a library that differentiates by itself."""

from __future__ import annotations

from app.engine import define
from app.formats.source.traced import Traced


def traced(text: str, to: str = "pytorch", learned: tuple[str, ...] = ()) -> Traced:
    return Traced(define("cell", text).program, to, frozenset({"self", "t"}), frozenset({"half"}), {}, learned)


def test_lines_are_the_equations_as_they_were_written() -> None:
    found = traced("i = sigmoid(W @ x + b) : input gate\nc = c_prev + i\nh = i * tanh(c)")
    assert found.lines(2) == ["i = torch.sigmoid(x @ self.W.T + self.b)  # input gate", "c = c_prev + i", "h = i * torch.tanh(c)"]
    assert found.written == ["i", "c", "h"]
    assert found.earlier == ["c_prev"]


def test_what_is_read_twice_is_worked_out_once() -> None:
    found = traced("h = tanh(W @ x) * x_1 + tanh(W @ x) * half")
    assert found.lines(2) == ["h_tanh = torch.tanh(x @ self.W.T)", "h = h_tanh * self.x_1 + h_tanh * self.half_"]


def test_constants_and_functions_of_them() -> None:
    found = traced("alpha = 0.5\nh = alpha * (W @ x) + tanh(alpha) * (V @ x)")
    assert list(found.constants()) == ["alpha = 0.5"]
    assert found.lines(2) == ["h = alpha * (x @ self.W.T) + 0.46211715726000974 * (x @ self.V.T)"]


def test_clocks_and_masks_are_told_their_size() -> None:
    found = traced("m = every(1, 2)\nh = m * tanh((slower(1, 2) * U) @ h_prev)")
    assert list(found.masks("xs", "self.{0}")) == ["h_slower = slower(xs, self.units, 1, 2)"]
    assert found.lines(2, now="t", like="x", size="self.{0}")[0] == "m = every(t, x, self.units, 1, 2)"
    assert found.run_sizes == ["units"]


def test_what_is_one_for_a_whole_batch() -> None:
    found = traced("a = sigmoid(b)\nm = every(1, 2)\nh = a * m * tanh(W @ x)")
    assert found.varying.isdisjoint({"a", "m"})
    assert "h" in found.varying


def test_sizes_in_the_order_of_a_layers_arguments() -> None:
    found = traced("s[context] = A @ x\nh = P @ s + b")
    assert found.sizes() == ["inputs", "units", "context"]
    assert traced("h[inputs] = tanh(x)").sizes() == []
    assert traced("h[inputs] = tanh(x)").sizes("inputs") == ["inputs"]


def test_learned_starts_are_members() -> None:
    found = traced("h = tanh(W @ x + U @ h_prev)", learned=("h",))
    assert found.members["h:start"] == "h_start"
