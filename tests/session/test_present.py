"""The network document: complete, and JSON."""

from __future__ import annotations

import json

import pytest

from app import cells
from app.engine import ProblemError
from app.session import Limits
from app.session.numbers import dumps
from app.session.prepared import prepare
from app.session.present import cell_card, cell_document, library_card, network_document
from tests.session import jsdoc
from tests.session.conftest import experiment
from tests.session.diagrams import DIAGRAMS, drawn


@pytest.mark.parametrize("cell", cells.names())
def test_everything_is_there_for_every_cell(cell: str) -> None:
    # three units can be divided among the modules of a clockwork
    layer = {"cell": cell, "units": 3, "sizes": dict.fromkeys(cells.load(cell).extra_sizes, 2)}
    given = experiment(network={"parts": [{"name": "main", "inputs": 2, "layers": [layer]}]})
    network = prepare(given, Limits()).network
    document = json.loads(dumps(network_document(network, Limits())))
    assert document["version"] == 1
    assert document["description"]["parts"][0]["layers"][0]["cell"] == cell
    assert set(document["programs"]) == {cell}
    for key in ("formulas", "symbols_math", "diagrams"):
        assert set(document[key]) == {cell}, key
    assert set(document["diagrams"][cell]) == {"gate", "operation"}
    targets = {equation["target"] for equation in document["programs"][cell]["equations"]}
    assert targets <= set(document["formulas"][cell])
    assert {"main.0.forward.x", *network.parameters} <= set(document["symbols"])


@pytest.mark.parametrize("cell", cells.names())
def test_a_cells_card_is_what_the_page_reads(cell: str) -> None:
    card = cell_card(cells.load(cell))
    assert set(card) == set(jsdoc.records()["CellCard"])
    assert card == library_card(experiment(cell=cell).model_copy(update={"cell": cell}))


def test_formulas_of_many_pages_are_refused() -> None:
    network = prepare(experiment(), Limits()).network
    with pytest.raises(ProblemError) as caught:
        network_document(network, Limits(formulas=100))
    assert caught.value.problems[0].args["limit"] == "formulas"
    with pytest.raises(ProblemError):
        cell_document(cells.load("lstm"), Limits(formulas=100))


def test_no_card_for_what_is_not_of_the_library() -> None:
    assert library_card(experiment()) is None
    assert library_card(experiment().model_copy(update={"cell": "of-another-server"})) is None


@pytest.mark.parametrize("level", DIAGRAMS)
def test_the_diagrams_that_the_pages_tests_draw_are_these(level: str) -> None:
    text = DIAGRAMS[level].read_text("utf-8")
    assert text == drawn(level), "the cells have changed: python -m tests.session.diagrams writes the file anew"


@pytest.mark.parametrize("cell", cells.names())
def test_a_cell_alone(cell: str) -> None:
    document = json.loads(dumps(cell_document(cells.load(cell), Limits())))
    assert set(document) == {"program", "formulas", "symbols_math", "diagrams"}
    assert document["program"]["name"] == cell
