from __future__ import annotations

from typing import Any

import pytest

from app.engine import NetworkError, Problem
from app.engine.description import LayerRecord, NetworkRecord, PartRecord, read

LAYER = {"cell": "lstm", "units": 4}


def part(**fields: Any) -> dict[str, Any]:
    return {"parts": [{"inputs": 3, "layers": [LAYER], **fields}]}


def layer(**fields: Any) -> dict[str, Any]:
    return part(layers=[{**LAYER, **fields}])


def problems(data: Any) -> list[Problem]:
    with pytest.raises(NetworkError) as error:
        read(data)
    return list(error.value.problems)


def bad(field: str, message: str, hint: str, code: str = "bad-field") -> Problem:
    return Problem(code, message, {"field": field}, hint, field=field)


def test_what_may_be_left_out() -> None:
    assert read(part()) == NetworkRecord(
        (PartRecord("main", 3, (LayerRecord("lstm", None, 4, "forward", {}),), None, {}),)
    )
    nothing = {"name": None, "readout": None, "sizes": None}
    assert read(part(**nothing)) == read(part())
    assert read(layer(text=None, direction=None, sizes=None)) == read(part())


def test_everything_written_out() -> None:
    data = {
        "parts": [
            {
                "name": "main",
                "inputs": 2,
                "layers": [
                    {"cell": "mine", "text": "h = x", "units": 2, "direction": "both", "sizes": {"context": 3}},
                    {"cell": "lstm", "text": None, "units": 1, "direction": "backward", "sizes": {}},
                ],
                "readout": "y[outputs] = V @ h",
                "sizes": {"outputs": 5},
            }
        ]
    }
    record = read(data)
    assert record.parts[0].layers[0] == LayerRecord("mine", "h = x", 2, "both", {"context": 3})
    assert record.parts[0].sizes == {"outputs": 5}
    assert record.to_data() == data
    assert read(record.to_data()) == record


def test_a_text_needs_no_name() -> None:
    (found,) = read(part(layers=[{"text": "h = x", "units": 1}])).parts[0].layers
    assert (found.cell, found.text) == (None, "h = x")


LISTS = "is not a list of tables"
NEITHER = "a layer needs the name of a cell, or the text of its own"
WRITE = "write for example units = 4"
QUOTES = "write it in quotes"
PART = "known are name, inputs, layers, readout, sizes, start, feed, feed_as, stop"
LAYERS = "known are cell, text, units, direction, sizes, learned"
START = 'write start = "encoder", or a table from states to lists of values'
LEARNED = 'write for example learned = ["h"]'
ROWS: list[tuple[Any, Problem]] = [
    ({}, bad("parts", f"'parts' {LISTS}", "give at least one")),
    ({"parts": []}, bad("parts", f"'parts' {LISTS}", "give at least one")),
    ({"parts": {}}, bad("parts", f"'parts' {LISTS}", "give at least one")),
    ({"parts": [3]}, bad("parts", f"'parts' {LISTS}", "give at least one")),
    (part(layers=None), bad("parts.0.layers", f"'layers' {LISTS}", "give at least one")),
    (part(layers="lstm"), bad("parts.0.layers", f"'layers' {LISTS}", "give at least one")),
    (part(inputs=None), bad("parts.0.inputs", "'inputs' is missing", "write for example inputs = 4")),
    (part(inputs=2.0), bad("parts.0.inputs", "'inputs' is 2.0, not a whole number", "write for example inputs = 4")),
    (part(inputs=True), bad("parts.0.inputs", "'inputs' is True, not a whole number", "write for example inputs = 4")),
    (layer(units="4"), bad("parts.0.layers.0.units", "'units' is '4', not a whole number", WRITE)),
    (layer(units="4" * 60), bad("parts.0.layers.0.units", f"'units' is '{'4' * 39}, not a whole number", WRITE)),
    (layer(cell=7), bad("parts.0.layers.0.cell", "'cell' is not text", QUOTES)),
    (layer(text=["h = x"]), bad("parts.0.layers.0.text", "'text' is not text", QUOTES)),
    (layer(direction=1), bad("parts.0.layers.0.direction", "'direction' is not text", QUOTES)),
    (part(readout=False), bad("parts.0.readout", "'readout' is not text", QUOTES)),
    (part(layers=[{"units": 1}]), bad("parts.0.layers.0.cell", NEITHER, "give cell, or text with a name for it in cell")),
    (part(sizes=[2]), bad("parts.0.sizes", "'sizes' is not a table", "write outputs = 2")),
    (
        part(sizes={"outputs": "2"}),
        bad("parts.0.sizes.outputs", "'outputs' is '2', not a whole number", "write for example outputs = 4"),
    ),
    (part(sizes={"units": 2}), bad("parts.0.sizes.units", "'units' cannot name a size here", "use another name")),
    (part(sizes={"self": 2}), bad("parts.0.sizes.self", "'self' cannot name a size here", "use another name")),
    (layer(sizes={"2": 2}), bad("parts.0.layers.0.sizes.2", "'2' cannot name a size here", "use another name")),
    (layer(sizes={3: 2}), bad("parts.0.layers.0.sizes.3", "'3' cannot name a size here", "use another name")),
    (part(name="encoder"), bad("parts.0.name", "a part that is alone is called 'main'", "leave the name out")),
    (part(name=3), bad("parts.0.name", "'name' is not text", QUOTES)),
    (part(speed=1), bad("parts.0.speed", "unknown field 'speed'", PART, "unknown-field")),
    (layer(unit=1), bad("parts.0.layers.0.unit", "unknown field 'unit'", LAYERS, "unknown-field")),
    ({**part(), "version": 1}, bad("version", "unknown field 'version'", "known are parts, tied", "unknown-field")),
    (part(start=3), bad("parts.0.start", "'start' is neither a part's name nor a table", START)),
    (part(start={"h": 3}), bad("parts.0.start.h", "'h' is not a list of names", 'write for example h = ["h"]')),
    (part(stop="x"), bad("parts.0.stop", "'stop' is 'x', not a whole number", "write for example stop = 4")),
    (layer(learned="h"), bad("parts.0.layers.0.learned", "'learned' is not a list of names", LEARNED)),
    ({**part(), "tied": {"2": 1}}, bad("tied", "'tied' is not a table of names", 'write tied = { "2.U" = "1.U" }')),
]  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), ROWS, ids=[problem.message[:40] for _, problem in ROWS])
def test_a_mistake(data: Any, expected: Problem) -> None:
    assert problems(data) == [expected]


def test_all_mistakes_at_once() -> None:
    data = {"parts": [{"inputs": "?", "layers": [{"cell": 1, "units": None}, {"cell": "lstm", "units": 2, "x": 0}], "y": 0}]}
    assert [problem.field for problem in problems(data)] == [
        "parts.0.y", "parts.0.inputs", "parts.0.layers.0.cell", "parts.0.layers.0.units",
        "parts.0.layers.1.x",
    ]  # fmt: skip


def test_sizes_are_left_to_the_network() -> None:
    assert read(part(inputs=-1)).parts[0].inputs == -1
    assert read(layer(direction="up")).parts[0].layers[0].direction == "up"
