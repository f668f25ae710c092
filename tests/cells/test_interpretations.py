"""Shipped cells, cells of the literature and cells with odd corners: text, data, shapes, diagram, formulas, gradients."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from app.engine import Program, define, draw, formulas, symbols_math
from app.engine.expr import names
from tests.engine.reference import EPS, found, loss, numbers
from tests.engine.test_adjoint import along, moved
from tests.engine.texts import ALL, cell, network

KINKED = [name for name in ALL if any(op in cell(name)[0].text for op in ("step(", "relu(", "clip("))]


@pytest.mark.parametrize("lead", [(), (2,)], ids=["alone", "batch"])
@pytest.mark.parametrize("name", ALL)
def test_the_gradient_in_a_random_direction_is_the_complex_step(name: str, lead: tuple[int, ...]) -> None:
    net = network(name)
    for seed in range(3):
        given = numbers(net, seed, 5, lead)
        there, way = moved(given, seed, 1e-30j)
        slope, largest = along(found(net, given), way)
        assert abs(loss(net, there).imag / 1e-30 - slope) <= EPS * max(abs(slope), largest)


@pytest.mark.parametrize("name", [name for name in ALL if name not in KINKED])
def test_the_gradient_in_a_random_direction_is_the_central_difference(name: str) -> None:
    net = network(name)
    given = numbers(net, 4, 5)
    ahead, way = moved(given, 4, 1e-6)
    behind, _ = moved(given, 4, -1e-6)
    slope, largest = along(found(net, given), way)
    assert abs((loss(net, ahead) - loss(net, behind)) / 2e-6 - slope) <= 1e-7 * max(abs(slope), largest)


@pytest.mark.parametrize("name", ALL)
def test_text_and_data_give_the_cell_back(name: str) -> None:
    once = cell(name)[0]
    again = define(name, once.text)
    assert again.text == once.text
    assert again.program == once.program
    data = json.loads(json.dumps(once.program.to_data(), allow_nan=False))
    assert Program.from_data(data) == once.program
    assert Program.from_data(data).to_data() == once.program.to_data()


@pytest.mark.parametrize("name", ALL)
def test_shapes_are_those_of_the_arrays(name: str) -> None:
    net = network(name)
    (place,) = net.places
    given = numbers(net, length=3, lead=(2,))
    trace = net.run(given.parameters, given.inputs)
    gradient = trace.gradient(given.outside)
    for value in place.program.values:
        assert trace[value.name].shape == gradient[value.name].shape == (3, 2, place.sizes[value.size])
    for parameter in place.program.parameters:
        shape = tuple(place.sizes[size] for size in parameter.shape)
        assert net.initial()[parameter.name].shape == gradient.parameters[parameter.name].shape == shape


@pytest.mark.parametrize("level", ["gate", "operation"])
@pytest.mark.parametrize("name", ALL)
def test_the_diagram_is_whole(name: str, level: str) -> None:
    program = cell(name)[0].program
    drawn = draw(program, level)
    ranks = {node.id: node.rank for node in drawn.nodes}
    shown = {node.name for node in drawn.nodes}
    read = {each for equation in program.equations for each in names(equation.expr)}
    assert len(ranks) == len(drawn.nodes)
    assert {v.name for v in program.values if not v.derived} <= shown
    assert {state + "_prev" for state in program.states} <= shown
    assert read.intersection(program.inputs) <= shown
    for edge in drawn.edges:
        assert ranks[edge.source] < ranks[edge.target]
    if level == "operation":
        assert {*program.parameter, *program.value, *program.fixed} <= shown


@pytest.mark.parametrize("name", ALL)
def test_formulas_are_well_formed_and_whole(name: str) -> None:
    program = cell(name)[0].program
    math = formulas(program)
    assert set(math) == {e.target for e in program.equations} | {a.target for a in program.adjoint}
    for text in [*math.values(), *symbols_math(program).values()]:
        assert ElementTree.fromstring(text).tag == "math"
    for equation in program.equations:
        named = {node.get("data-name") for node in ElementTree.fromstring(math[equation.target]).iter()}
        assert {equation.target, *names(equation.expr)} <= named
