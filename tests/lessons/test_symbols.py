"""Short names and what they mean in all networks of a lesson."""

from __future__ import annotations

import pytest

from app.cells import load
from app.engine import Layer, Network
from app.lessons.faults import Place, Report
from app.lessons.markup import Symbol
from app.lessons.symbols import Kind, Symbols


def network(cell: str, units: int = 2) -> Network:
    return Network([Layer(load(cell), units=units)], inputs=3, readout="y[outputs] = V @ h", outputs=1)


@pytest.mark.parametrize(
    ("word", "kind", "address"),
    [
        ("h", "value", "main.1.forward.h"),
        ("h_prev", "value", "main.1.forward.h_prev"),
        ("x", "value", "main.0.forward.x"),
        ("y", "value", "main.readout.forward.y"),
        ("readout.y", "value", "main.readout.forward.y"),
        ("main.1.forward.i:in", "value", "main.1.forward.i:in"),
        ("W_i", "weight", "main.1.forward.W_i"),
        ("V", "weight", "main.readout.forward.V"),
        ("c", "state", "main.1.forward.c"),
        ("W_i", "symbol", "main.1.forward.W_i"),
        ("c", "symbol", "main.1.forward.c"),
    ],
)
def test_names_that_mean_something(word: str, kind: Kind, address: str) -> None:
    report = Report("lesson")
    assert Symbols([network("lstm")]).find(word, kind, Place(report, "lesson.toml")) == address
    assert report.problems == []


@pytest.mark.parametrize(
    ("word", "kind", "code", "message", "hint"),
    [
        ("W_ii", "weight", "unknown-name", "nothing here is called 'W_ii'", "did you mean 'W_i'?"),
        ("c", "weight", "wrong-kind-of-symbol", "'c' is not a weight",
         "there are: U_f, U_g, U_i, U_o, W_f, W_g, W_i, W_o, b_f, b_g, b_i, b_o"),
        ("b_f", "value", "wrong-kind-of-symbol", "'b_f' is not a value",
         "there are: c, c_prev, f, f:in, g, g:in, h, h:tanh, h_prev, i, i:in, o"),
        ("o", "state", "wrong-kind-of-symbol", "'o' is not a state", "there are: c, h"),
    ],
)  # fmt: skip
def test_names_that_mean_nothing_of_the_kind(word: str, kind: Kind, code: str, message: str, hint: str) -> None:
    report = Report("lesson")
    assert Symbols([network("lstm")]).find(word, kind, Place(report, "lesson.toml", 8)) is None
    [problem] = report.problems
    assert (problem.code, problem.line, problem.message, problem.hint) == (code, 8, message, hint)


def test_a_name_has_to_mean_something_in_every_variant() -> None:
    symbols = Symbols([network("simple-rnn"), network("lstm")])
    report = Report("lesson")
    assert symbols.find("h", "value", Place(report, "lesson.toml")) == "main.1.forward.h"
    assert symbols.find("b", "weight", Place(report, "lesson.toml")) is None
    assert [each.message for each in report.problems] == ["nothing here is called 'b'"]


def test_a_weight_has_to_have_the_same_shape_in_every_variant() -> None:
    symbols = Symbols([network("lstm", 3), network("lstm", 2)])
    report = Report("lesson")
    assert symbols.find("W_i", "weight", Place(report, "lesson.toml")) is None
    assert [each.message for each in report.problems] == ["'W_i' is not a weight of every cell of this lesson"]


def test_of_a_value_those_units_are_known_that_every_variant_has() -> None:
    symbols = Symbols([network("lstm", 3), network("lstm", 2)])
    report = Report("lesson")
    assert symbols.find("c", "value", Place(report, "lesson.toml")) == "main.1.forward.c"
    assert symbols.shapes["main.1.forward.c"] == (2,)


def test_words_in_a_text() -> None:
    lookup = Symbols([network("lstm")]).lookup(["x₁", "left", "x₃"])
    assert lookup("c") == Symbol("main.1.forward.c")
    assert lookup("∂c") == Symbol("main.1.forward.∂c")
    assert lookup("left") == Symbol("main.0.forward.x", 1)
    assert lookup("V") == Symbol("main.readout.forward.V")
    assert lookup("q") is None


def test_what_is_shown_unless_a_lesson_says_otherwise() -> None:
    symbols = Symbols([network("lstm")])
    assert symbols.rows == [
        "main.readout.forward.y",
        *(f"main.1.forward.{name}" for name in "hcgofi"),
        "main.0.forward.x",
    ]
    assert symbols.inputs == 3
    assert symbols.earlier == {"main.1.forward.c_prev", "main.1.forward.h_prev"}
