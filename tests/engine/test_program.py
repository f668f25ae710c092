from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from app.engine import Program, define, draw, formulas
from app.engine.adjoint import Adjoint, Term
from app.engine.evaluate import forward
from app.engine.expr import Apply, Equation, Name, Span
from app.engine.program import VERSION, Parameter, Value
from tests.engine.reference import numbers
from tests.engine.strategies import Written, cells
from tests.engine.texts import ALL, cell, network

CLOCKED = """# Clocked
# somebody 1999
# page 3
alpha = 0.5
m[slow] = every(1, 2)
h = alpha * h_prev + W @ m : hidden state
start W = glorot
"""


def again(program: Program) -> Program:
    return Program.from_data(json.loads(json.dumps(program.to_data())))


def lines(program: Program) -> list[int | None]:
    return [e.span.line if e.span else None for e in program.equations]


def test_the_whole_json_form() -> None:
    assert define("mine", CLOCKED).program.to_data() == {
        "version": 1,
        "name": "mine",
        "title": "Clocked",
        "source": "somebody 1999 page 3",
        "text": (
            "# Clocked\n# somebody 1999\n# page 3\nalpha = 0.5\nm[slow] = every(1, 2)\n"
            "h = alpha * h_prev + W @ m  : hidden state\nstart W = glorot\n"
        ),
        "inputs": [{"name": "x", "size": "inputs"}],
        "states": ["h"],
        "output": "h",
        "sizes": ["inputs", "slow", "units"],
        "constants": {"alpha": 0.5},
        "parameters": [
            {"name": "W", "shape": ["units", "slow"], "start": "glorot", "used_by": ["h"], "recurrent": False},
        ],
        "values": [
            {"name": "m", "size": "slow", "label": "", "role": "gate", "derived": False, "of": "m", "range": [0, 1]},
            {"name": "h", "size": "units", "label": "hidden state", "role": "state", "derived": False, "of": "h", "range": None},
        ],
        "fixed": {},
        "equations": [
            {"target": "alpha", "expr": 0.5, "label": "", "size": None, "line": 4},
            {"target": "m", "expr": ["every", 1.0, 2.0], "label": "", "size": "slow", "line": 5},
            {
                "target": "h",
                "expr": ["add", ["mul", "alpha", "h_prev"], ["matmul", "W", "m"]],
                "label": "hidden state",
                "size": None,
                "line": 6,
            },
        ],
        "lowered": [
            {"target": "m", "expr": ["every", 1.0, 2.0], "of": "m"},
            {"target": "h", "expr": ["add", ["mul", "alpha", "h_prev"], ["matmul", "W", "m"]], "of": "h"},
        ],
        "adjoint": [
            {
                "target": "∂h",
                "symbol": "h",
                "terms": [
                    {"expr": ["outside", "h"], "via": "h", "when": "outside"},
                    {"expr": ["next", "∂h_prev"], "via": "h", "when": "next"},
                ],
            },
            {"target": "∂h_prev", "symbol": "h_prev", "terms": [{"expr": ["mul", "∂h", "alpha"], "via": "h", "when": "now"}]},
            {"target": "∂x", "symbol": "x", "terms": []},
            {"target": "∂W", "symbol": "W", "terms": [{"expr": ["sum", ["outer", "∂h", "m"]], "via": "h", "when": "now"}]},
        ],
    }


@pytest.mark.parametrize("name", ALL)
def test_every_cell_survives_json(name: str) -> None:
    program = cell(name)[0].program
    assert again(program) == program
    assert lines(again(program)) == lines(program)


@given(cells())
def test_any_program_survives_json(written: Written) -> None:
    program = written.cell.program
    assert again(program) == program
    assert again(program).to_data() == program.to_data()
    assert define(program.name, program.text).program == program


def test_what_reads_a_program_needs_no_text() -> None:
    # the JSON form alone runs, draws and typesets
    program = cell("clockwork-rnn")[0].program
    data: dict[str, Any] = json.loads(json.dumps(program.to_data()))
    data["text"] = ""
    bare = Program.from_data(data)
    assert draw(bare).nodes == draw(program).nodes
    assert formulas(bare) == formulas(program)
    net = network("clockwork-rnn")
    (place,) = net.places
    given_numbers = numbers(net)
    parameters = {name: given_numbers.parameters[place.address(name)] for name in program.parameter}
    initial = {"h": given_numbers.initial[place.address("h")]}
    steps, others = (forward(p, place.sizes, parameters, {"x": given_numbers.inputs}, initial) for p in (program, bare))
    assert [env["h"].tolist() for env in steps] == [env["h"].tolist() for env in others]


def test_another_version_is_refused() -> None:
    data = define("mine", CLOCKED).program.to_data()
    assert data["version"] == VERSION == 1
    with pytest.raises(ValueError, match="program of version 2, version 1 is known"):
        Program.from_data(data | {"version": 2})


def test_values_and_parameters_by_name() -> None:
    program = define("mine", CLOCKED).program
    assert program.value["m"] == Value("m", "slow", "", "gate", False, "m", (0, 1))
    assert program.parameter == {"W": Parameter("W", ("units", "slow"), "glorot", ("h",), False)}
    assert program.adjoint[1] == Adjoint("h_prev", (Term(Apply("mul", (Name("∂h"), Name("alpha"))), "h", "now"),))


def test_programs_without_places_are_the_same_programs() -> None:
    # an equation that nobody wrote has no line, and comes back without one
    program = define("mine", "h = tanh(W @ x)").program
    bare = Program(**{**vars_of(program), "equations": tuple(without_line(e) for e in program.equations)})
    assert bare == program
    assert lines(program) == [1]
    assert lines(again(bare)) == [None]


def vars_of(program: Program) -> dict[str, Any]:
    return {name: getattr(program, name) for name in Program.__dataclass_fields__}


def without_line(equation: Equation) -> Equation:
    assert equation.span == Span(1, 0, 15)
    return Equation(equation.target, equation.expr, equation.label, equation.size)
