"""Every shipped cell through every interpretation: numbers, gradients, text, shapes, diagram, formulas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from app.cells import load, names
from app.engine import Network, NetworkError, Problem, Program, define, draw, formulas, symbols_math
from app.engine.ops import FUNCTIONS
from tests.cells import written
from tests.cells.written import Array
from tests.engine import texts

INPUTS, LENGTH = 2, 6
CATALOGUES = Path(__file__).parents[2] / "static" / "i18n"
SQUARE, FROM_X, OF_UNITS = ("units", "units"), ("units", "inputs"), ("units",)
#: what the first letter of a parameter says of its shape, where nothing else is said
LETTERS = {"W": FROM_X, "U": SQUARE, "P": SQUARE, "b": OF_UNITS, "d": OF_UNITS, "p": OF_UNITS}
TO_OUTPUTS = {"V": ("outputs", "units"), "d": ("outputs",)}
OTHERWISE: dict[str, dict[str, tuple[str, ...]]] = {
    "simple-rnn-wh-wx": {"W_h": SQUARE},
    "simple-rnn-uwv": {"U": FROM_X, "W": SQUARE, **TO_OUTPUTS},
    "elman": TO_OUTPUTS,
    "jordan": {"U": ("units", "outputs"), **TO_OUTPUTS},
    "lstm-use-gate": {"W_u": SQUARE},
    "scrn": {"B": ("context", "inputs"), "P": ("units", "context"), "A": FROM_X, "R": SQUARE},
}
#: matrices that a state goes through, where their letter is not U or P
RECURRENT = {"simple-rnn-wh-wx": {"W_h"}, "simple-rnn-uwv": {"W"}, "jordan": set(), "scrn": {"R"}}


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
    network = texts.network(name, INPUTS)
    (place,) = network.places
    parameters = {network.short(full): random.normal(size=shape) for full, shape in network.parameters.items()}
    return Case(
        name, network, parameters, random.normal(size=(LENGTH, INPUTS)),
        {state: random.normal(size=place.sizes[place.program.value[state].size]) for state in place.program.states},
        {v: random.normal(size=(LENGTH, place.sizes[place.program.value[v].size])) for v in computed(name)},
    )  # fmt: skip


def computed(name: str) -> list[str]:
    """What a cell's lines compute at each step: all but constants."""
    program = load(name).program
    return [e.target for e in program.equations if e.target not in program.constants]


def test_every_cell_is_written_by_hand_too() -> None:
    assert set(names()) == {*written.CELLS, *written.CLOCKED}


def test_values(case: Case) -> None:
    expected = written.run(case.name, case.parameters, case.xs, case.initial)
    trace = case.network.run(case.parameters, case.xs, initial=case.initial)
    assert list(expected) == computed(case.name)
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


def alike(parameters: Iterable[str]) -> list[str]:
    """The letters of the gates that have the same parameters, as many as there are."""
    kinds: dict[str, str] = {}
    for kind, _, letter in (name.partition("_") for name in parameters):
        if letter:
            kinds[letter] = kinds.get(letter, "") + kind
    groups = [[letter for letter in kinds if kinds[letter] == each] for each in kinds.values() if "b" in each]
    return max(groups, key=len, default=[])


GATED = [name for name in names() if len(alike(load(name).parameters)) > 1]


def test_gates_of_every_gated_cell_are_exchanged() -> None:
    assert {name: "".join(alike(load(name).parameters)) for name in GATED} == {
        "memory-cell": "zifo", "memory-cell-rounded": "zifo", "lstm": "ifog", "lstm-peephole": "ifo", "lstm-full-peephole": "ifog",
        "lstm-no-forget": "iog", "lstm-1997": "iog", "lstm-coupled": "iog", "lstm-long-short": "ifog", "lstm-use-gate": "ifog",
        "gru": "rzn", "gru-reset-after": "rzn", "gru-flipped": "rzn", "minimal-gated": "fn",
    }  # fmt: skip


@pytest.mark.parametrize("name", GATED)
def test_exchanged_gates_are_noticed(name: str) -> None:
    case = make(name)
    expected = written.run(name, case.parameters, case.xs, case.initial)
    blocks = alike(case.parameters)
    for order in permutations(blocks):
        to = dict(zip(blocks, order, strict=True))
        exchanged = {
            f"{kind}_{to.get(letter, letter)}": case.parameters[f"{kind}_{letter}"]
            for kind, _, letter in (key.partition("_") for key in case.parameters)
        }
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
    assert re.search(r"\b(19|20)\d\d\b", program.source), "the header says where the cell is from, and the year"
    assert all(value.label or value.derived for value in program.values)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_label_is_said_in_both_languages(case: Case, language: str) -> None:
    words = json.loads((CATALOGUES / language / "label.json").read_text("utf-8"))
    for equation in load(case.name).program.equations:
        said = words[f"label.{equation.label}"]
        assert (said == equation.label) == (language == "en")
        assert language == "en" or not re.search("[A-Za-z]", said)


def test_two_titles_are_never_the_same() -> None:
    assert len({load(name).title for name in names()}) == len(names())


def test_shapes(case: Case) -> None:
    cell = load(case.name)
    special = OTHERWISE.get(case.name, {})
    assert cell.parameters == {name: special.get(name, LETTERS.get(name[0])) for name in cell.parameters}
    sizes = {"inputs": INPUTS, **case.network.places[0].sizes}
    assert {name: array.shape for name, array in case.network.initial().items()} == {
        name: tuple(sizes[size] for size in shape) for name, shape in cell.parameters.items()
    }
    recurrent = {p.name for p in cell.program.parameters if p.recurrent}
    assert recurrent == RECURRENT.get(case.name, {name for name in cell.parameters if name[0] in "UP"})
    named = {"simple-rnn-uwv": ("y", "outputs"), "elman": ("y", "outputs"), "jordan": ("y", "outputs"), "scrn": ("s", "context")}
    target, size = named.get(case.name, ("", ""))
    assert cell.extra_sizes == ((size,) if size else ())
    for value in cell.program.values:
        assert value.size == (size if value.of == target else "units")


#: states, what leaves the cell, and gates
STATES: dict[str, tuple[str, str, str]] = {
    "linear-rnn": ("h", "h", ""), "simple-rnn": ("h", "h", ""), "simple-rnn-wh-wx": ("h", "h", ""), "relu-rnn": ("h", "h", ""),
    "simple-rnn-uwv": ("s", "y", ""), "elman": ("a", "y", ""), "jordan": ("y", "y", ""), "feed-forward": ("", "h", ""),
    "memory-cell": ("c", "y", "ifo"), "memory-cell-rounded": ("c", "y", "ifo"), "lstm": ("ch", "h", "ifo"),
    "lstm-peephole": ("ch", "h", "ifo"), "lstm-full-peephole": ("ch", "h", "ifo"), "lstm-no-forget": ("ch", "h", "io"),
    "lstm-1997": ("ch", "h", "io"), "lstm-coupled": ("ch", "h", "ifo"), "lstm-long-short": ("ch", "h", "ifo"),
    "lstm-use-gate": ("ch", "h", "ifo"), "gru": ("h", "h", "rz"), "gru-reset-after": ("h", "h", "rz"),
    "gru-flipped": ("h", "h", "rz"), "minimal-gated": ("h", "h", "f"), "clockwork-rnn": ("h", "h", "m"), "scrn": ("sh", "h", ""),
}  # fmt: skip


def test_states_outputs_and_roles(case: Case) -> None:
    cell = load(case.name)
    gates = {value.name for value in cell.program.values if value.role == "gate"}
    states, output, expected = STATES[case.name]
    assert (cell.states, cell.output, gates) == (tuple(states), output, set(expected))
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
    wanted = {*computed(case.name), "x"} | {f"{state}_prev" for state in program.states}
    if level == "operation":
        wanted |= set(program.value) | set(program.parameter) | set(program.constants)
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
    labels = {node.name: node.label for node in diagram.nodes}
    for equation in program.equations:
        assert equation.target in program.constants or labels[equation.target] == equation.label
    # the way from what is given to the state is as long as it has to be, and nothing lies beyond what leaves the cell
    assert max(node.rank for node in diagram.nodes) == max(nodes[name].rank for name in (program.output, *program.states))


def test_formulas_name_every_symbol(case: Case) -> None:
    program = load(case.name).program
    typeset, symbols = formulas(program), symbols_math(program)
    assert set(typeset) == {e.target for e in program.equations} | {a.target for a in program.adjoint}
    known = {*program.value, *program.parameter, *program.inputs, *(f"{state}_prev" for state in program.states)}
    assert {*known, *program.constants} | {f"∂{name}" for name in known} == set(symbols)
    for text in [*typeset.values(), *symbols.values()]:
        assert ElementTree.fromstring(text).tag == "math"
    for equation in program.equations:
        named = set(re.findall(r'data-name="([^"]+)"', typeset[equation.target]))
        read = next(line for line in program.text.splitlines() if re.match(rf"{equation.target}(\[\w+\])? = ", line))
        words = set(re.findall(r"[A-Za-z_]+", read.partition(":")[0].partition("=")[2])) - set(FUNCTIONS)
        assert named == words | {equation.target}
    for adjoint in program.adjoint:
        named = set(re.findall(r'data-name="([^"]+)"', typeset[adjoint.target]))
        assert adjoint.target in named
        assert named <= {*symbols, *program.fixed}


def test_a_cell_that_is_not_there() -> None:
    with pytest.raises(NetworkError) as error:
        load("lsmt")
    assert error.value.problems == (
        Problem("unknown-cell", "unknown cell 'lsmt'", {"name": "lsmt", "suggestion": "lstm"}, "did you mean 'lstm'?",
                field="cell"),
    )  # fmt: skip
    with pytest.raises(NetworkError, match=r"known are clockwork-rnn, elman, feed-forward, gru, .*, simple-rnn-wh-wx$"):
        load("?")
    assert load("lstm") is load("lstm")
