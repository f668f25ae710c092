"""Stacks of layers, and variants that share what they do not say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.lessons.binding import bind
from app.lessons.faults import Report
from app.lessons.outline import Variant
from app.lessons.positions import locate
from app.lessons.reading_networks import read_variants
from app.lessons.table import Table
from tests.lessons.writing import write


def read(text: str) -> tuple[tuple[Variant, ...], Report]:
    report = Report("mine")
    return read_variants(Table(tomllib.loads(text), (), locate(text), report)), report


def test_a_stack_from_the_lowest_layer_up() -> None:
    [variant], report = read('[[layers]]\ncell = "gru"\ndirection = "both"\n[[layers]]\nequations = "h = W @ x"\nunits = 3')
    assert report.problems == []
    assert [(each.cell.name, each.direction, each.units) for each in variant.layers] == [
        ("gru", "both", None),
        (None, "forward", 3),
    ]


def test_variants_have_the_lessons_network_and_numbers_of_their_own() -> None:
    variants, report = read(
        'cell = "gru"\nreadout = "y[outputs] = V @ h"\ntrained = "a.json"\n[[variants]]\nid = "a"\n'
        '[[variants]]\nid = "b"\ncell = "lstm"\nreadout = "z[outputs] = V @ h"\ntrained = "b.json"\n'
        "[variants.weights]\nV = 2\n[variants.sizes]\nunits = 4"
    )
    assert report.problems == []
    a, b = variants
    assert (a.cell.name, a.readout, a.readout_line, a.trained, a.weights, a.sizes) == (
        "gru", "y[outputs] = V @ h", 2, "a.json", {}, {},
    )  # fmt: skip
    assert (b.cell.name, b.readout, b.readout_line, b.trained, b.weights, b.sizes) == (
        "lstm", "z[outputs] = V @ h", 9, "b.json", {"V": 2}, {"units": 4},
    )  # fmt: skip


FAULTS = [
    ('cell = "gru"\n[[layers]]\ncell = "gru"', "cell-twice", 1, "'cell' and [[layers]] both say which cell is meant"),
    ("[[layers]]\nunits = 2", "no-cell", 1, "a layer has no cell"),
    ('[[layers]]\ncell = "gru"\ndirection = "sideways"', "unknown-direction", 3, "unknown direction 'sideways'"),
    ('[[layers]]\ncell = "gru"\nunit = 2', "unknown-key", 3, "nothing in a lesson is called 'unit' here"),
    ('[[variants]]\nid = "a"', "no-cell", 1, "a variant has no cell"),
    ('[[layers]]\ncell = "gru"\n' * 17, "too-many-layers", 33, "the network has 17 layers, 16 are allowed"),
]


@pytest.mark.parametrize(("text", "code", "line", "message"), FAULTS)
def test_a_fault(text: str, code: str, line: int, message: str) -> None:
    _, report = read(text)
    assert (code, line, message) in [(each.code, each.line, each.message) for each in report.problems]


DEEP = """
readout = "y[outputs] = V @ h"
[sizes]
inputs = 1
units = 2
outputs = 1
[weights]
V = 1
[[variants]]
id = "one"
cell = "simple-rnn"
[[variants]]
id = "two"
[[variants.layers]]
cell = "simple-rnn"
direction = "both"
[[variants.layers]]
cell = "simple-rnn"
units = 3
[variants.weights]
2.b = 0.5
[sequence]
inputs = [[1], [0]]
[backward]
of = "y"
step = 2
[view]
rows = ["y", "2.h", "1.forward.h", "h", "x"]
[[beats]]
id = "first"
variant = "one"
step = 1
spotlight = ["h"]
[[beats]]
id = "second"
variant = "two"
step = 1
spotlight = ["2.h"]
[beats.prediction]
count = "parameters"
choices = [10, 40, 43]
"""
TEXT = """# Title

Summary.

## One {#first}

`h` has `=units` units.

## Two {#second}

`2.h` hears both.

### Predict {predict}

How many?

### Why {why}

`=parameters`, not `=parameters in /one`.

## Names {names}
- variant one: One
- variant two: Two
"""


def test_networks_of_different_shapes_in_one_lesson(tmp_path: Path) -> None:
    report = Report("deep")
    lesson = bind(write(tmp_path / "deep", DEEP, TEXT, TEXT), report)
    assert report.problems == []
    assert lesson is not None
    document = lesson.document()
    assert document["view"]["rows"] == [
        "main.readout.forward.y", "main.2.forward.h", "main.1.forward.h", "main.0.forward.x",
    ]  # fmt: skip
    assert [(each["id"], each["parameters"], each["units"]) for each in document["variants"]] == [
        ("one", 10, 2),
        ("two", 43, 2),
    ]
    assert document["beats"][1]["prediction"]["count"] == {"of": "parameters", "preset": None, "variant": "two"}
    assert lesson.experiment(variant="one")["parameters"]["values"] == {"main.readout.forward.V": [[1, 1]]}
    assert lesson.experiment(variant="two")["parameters"]["values"] == {
        "main.readout.forward.V": [[1, 1, 1]],
        "main.2.forward.b": [0.5] * 3,
    }
