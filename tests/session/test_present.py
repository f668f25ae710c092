"""The network document: complete, and JSON."""

from __future__ import annotations

import json

import pytest

from app import cells
from app.session import Limits
from app.session.numbers import dumps
from app.session.prepared import prepare
from app.session.present import cell_document, network_document
from tests.session.conftest import experiment


@pytest.mark.parametrize("cell", cells.names())
def test_everything_is_there_for_every_cell(cell: str) -> None:
    network = prepare(experiment(units=2, cell=cell), Limits()).network
    document = json.loads(dumps(network_document(network)))
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
def test_a_cell_alone(cell: str) -> None:
    document = json.loads(dumps(cell_document(cells.load(cell))))
    assert set(document) == {"program", "formulas", "symbols_math", "diagrams"}
    assert document["program"]["name"] == cell
