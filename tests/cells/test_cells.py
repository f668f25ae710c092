"""Every shipped cell through every interpretation: numbers, gradients, text, shapes, diagram, formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import permutations
from xml.etree import ElementTree

import numpy as np
import pytest

from app.cells import load, names
from app.engine import Layer, Network, NetworkError, Problem, Program, define, draw, formulas, symbols_math
from tests.cells import written
from tests.cells.written import Array

UNITS, INPUTS, LENGTH = 3, 2, 5
SHAPES = {"W": ("units", "inputs"), "U": ("units", "units"), "b": ("units",)}


@dataclass(frozen=True)
class Case:
    """A cell with numbers of which no two are alike."""

    name: str
    network: Network
    parameters: dict[str, Array]
    xs: Array
    initial: dict[str, Array]
    outside: dict[str, Array]


@pytest.fixture(params=names())
def case(request: pytest.FixtureRequest) -> Case:
    return make(request.param)


def make(name: str) -> Case:
    random = np.random.default_rng(11)
    network = Network([Layer(load(name), UNITS)], INPUTS)
    parameters = {network.short(full): random.normal(size=shape) for full, shape in network.parameters.items()}
    return Case(
        name, network, parameters, random.normal(size=(LENGTH, INPUTS)),
        {state: random.normal(size=UNITS) for state in load(name).states},
        {e.target: random.normal(size=(LENGTH, UNITS)) for e in load(name).program.equations},
    )  # fmt: skip


def test_every_cell_is_written_by_hand_too() -> None:
    assert set(names()) == set(written.CELLS)


def test_values(case: Case) -> None:
    expected = written.run(case.name, case.parameters, case.xs, case.initial)
    trace = case.network.run(case.parameters, case.xs, initial=case.initial)
    assert list(expected) == [e.target for e in load(case.name).program.equations]
    for name, array in expected.items():
        np.testing.assert_allclose(trace[name], array, rtol=1e-12, atol=1e-14, err_msg=name)


def test_gradients_by_the_complex_step(case: Case) -> None:
    gradient = case.network.run(case.parameters, case.xs, initial=case.initial).gradient(case.outside)

    def loss(parameters: dict[str, Array], xs: Array, initial: dict[str, Array]) -> complex:
        return complex(written.loss(case.name, parameters, xs, initial, case.outside))

    def close(found: Array, expected: Array, what: str) -> None:
        np.testing.assert_allclose(
            found, expected, rtol=1e-10, atol=1e-10 * max(1, np.abs(expected).max()), err_msg=what
        )

    for name, array in case.parameters.items():
        wanted = written.complex_step(lambda a, n=name: loss({**case.parameters, n: a}, case.xs, case.initial), array)  # type: ignore[misc]
        close(gradient.parameters[name], wanted, name)
    for name, array in case.initial.items():
        wanted = written.complex_step(lambda a, n=name: loss(case.parameters, case.xs, {**case.initial, n: a}), array)  # type: ignore[misc]
        close(gradient.initial[name], wanted, name)
    close(gradient.inputs, written.complex_step(lambda a: loss(case.parameters, a, case.initial), case.xs), "x")


def test_gradients_by_differences_in_random_directions(case: Case) -> None:
    trace = case.network.run(case.parameters, case.xs, initial=case.initial)
    gradient = trace.gradient(case.outside)
    for seed in range(3):
        random = np.random.default_rng(seed)
        way = {name: random.normal(size=array.shape) for name, array in case.parameters.items()}
        start = {name: random.normal(size=array.shape) for name, array in case.initial.items()}
        x = random.normal(size=case.xs.shape)

        def at(distance: float, way: dict[str, Array] = way, start: dict[str, Array] = start, x: Array = x) -> float:
            moved = case.network.run(
                {name: array + distance * way[name] for name, array in case.parameters.items()},
                case.xs + distance * x,
                initial={name: array + distance * start[name] for name, array in case.initial.items()},
            )
            return float(sum(np.sum(given * moved[name]) for name, given in case.outside.items()))

        slope = (at(-2e-4) - 8 * at(-1e-4) + 8 * at(1e-4) - at(2e-4)) / 12e-4
        expected = float(np.sum(gradient.inputs * x))
        expected += sum(float(np.sum(gradient.parameters[name] * each)) for name, each in way.items())
        expected += sum(float(np.sum(gradient.initial[name] * each)) for name, each in start.items())
        assert slope == pytest.approx(expected, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("name", ["lstm", "memory-cell", "memory-cell-rounded"])
def test_exchanged_gates_are_noticed(name: str) -> None:
    case = make(name)
    expected = written.run(name, case.parameters, case.xs, case.initial)
    blocks = sorted({key[2:] for key in case.parameters if key.startswith("W_")})
    for order in permutations(blocks):
        to = dict(zip(blocks, order, strict=True))
        exchanged = {f"{key[:2]}{to[key[2:]]}": array for key, array in case.parameters.items()}
        trace = case.network.run(exchanged, case.xs, initial=case.initial)
        off = max(np.abs(trace[value] - array).max() for value, array in expected.items())
        assert (off < 1e-12) == (to == {block: block for block in blocks}), order


def test_the_text_prints_and_reads_back(case: Case) -> None:
    cell = load(case.name)
    again = define(case.name, cell.text)
    assert again.program == cell.program
    assert again.text == cell.text
    assert cell.text.startswith(f"# {cell.title}\n# {cell.program.source}\n")
    assert Program.from_data(cell.program.to_data()) == cell.program


def test_labels(case: Case) -> None:
    program = load(case.name).program
    labels = [equation.label for equation in program.equations]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert program.title
    assert program.source
    assert all(value.label or value.derived for value in program.values)


def test_shapes(case: Case) -> None:
    cell = load(case.name)
    assert cell.parameters == {name: SHAPES[name[0]] for name in cell.parameters}
    assert {name: array.shape for name, array in case.network.initial().items()} == {
        name: tuple({"units": UNITS, "inputs": INPUTS}[size] for size in shape)
        for name, shape in cell.parameters.items()
    }
    assert {p.name for p in cell.program.parameters if p.recurrent} == {n for n in cell.parameters if n[0] == "U"}
    assert cell.extra_sizes == ()
    assert all(value.size == "units" for value in cell.program.values)


STATES = {
    "linear-rnn": (("h",), "h"), "simple-rnn": (("h",), "h"), "memory-cell": (("c",), "y"),
    "memory-cell-rounded": (("c",), "y"), "lstm": (("c", "h"), "h"),
}  # fmt: skip


def test_states_outputs_and_roles(case: Case) -> None:
    cell = load(case.name)
    assert (cell.states, cell.output) == STATES[case.name]
    gates = {value.name for value in cell.program.values if value.role == "gate"}
    assert gates == ({"i", "f", "o"} if case.name not in ("linear-rnn", "simple-rnn") else set())
    trace = case.network.run(case.parameters, case.xs, initial=case.initial)
    for value in cell.program.values:
        if value.range:
            low, high = value.range
            assert low is None or trace[value.name].min() >= low
            assert high is None or trace[value.name].max() <= high


@pytest.mark.parametrize("level", ["gate", "operation"])
def test_the_diagram_is_complete(case: Case, level: str) -> None:
    program = load(case.name).program
    diagram = draw(program, level)
    nodes = {node.id: node for node in diagram.nodes}
    assert len(nodes) == len(diagram.nodes)
    assert len(set(diagram.edges)) == len(diagram.edges)
    wanted = {e.target for e in program.equations} | {"x"} | {f"{state}_prev" for state in program.states}
    if level == "operation":
        wanted |= set(program.value) | set(program.parameter)
    assert wanted <= set(nodes)
    for edge in diagram.edges:
        assert nodes[edge.source].rank < nodes[edge.target].rank
        assert edge.when == ("before" if edge.source.endswith("_prev") else "now")
    touched = {edge.source for edge in diagram.edges} | {edge.target for edge in diagram.edges}
    assert touched == set(nodes)
    reached = {program.output, *program.states}
    while more := {edge.source for edge in diagram.edges if edge.target in reached} - reached:
        reached |= more
    assert reached == set(nodes)
    assert {node.label for node in diagram.nodes if node.name in {e.target for e in program.equations}} == {
        e.label for e in program.equations
    }


def test_formulas_name_every_symbol(case: Case) -> None:
    program = load(case.name).program
    typeset, symbols = formulas(program), symbols_math(program)
    assert set(typeset) == {e.target for e in program.equations} | {a.target for a in program.adjoint}
    known = {*program.value, *program.parameter, *program.inputs, *(f"{state}_prev" for state in program.states)}
    assert known | {f"∂{name}" for name in known} == set(symbols)
    for text in [*typeset.values(), *symbols.values()]:
        assert ElementTree.fromstring(text).tag == "math"
    for equation in program.equations:
        named = set(re.findall(r'data-name="([^"]+)"', typeset[equation.target]))
        read = next(line for line in program.text.splitlines() if line.startswith(f"{equation.target} "))
        words = set(re.findall(r"[A-Za-z_]+", read.partition(":")[0])) - {"sigmoid", "tanh", "step"}
        assert named == words
    for adjoint in program.adjoint:
        named = set(re.findall(r'data-name="([^"]+)"', typeset[adjoint.target]))
        assert adjoint.target in named
        assert named <= set(symbols)


def test_a_cell_that_is_not_there() -> None:
    with pytest.raises(NetworkError) as error:
        load("lsmt")
    assert error.value.problems == (
        Problem("unknown-cell", "unknown cell 'lsmt'", {"name": "lsmt", "suggestion": "lstm"}, "did you mean 'lstm'?",
                field="cell"),
    )  # fmt: skip
    with pytest.raises(NetworkError, match="known are linear-rnn, lstm, memory-cell, memory-cell-rounded, simple-rnn"):
        load("?")
    assert load("lstm") is load("lstm")
