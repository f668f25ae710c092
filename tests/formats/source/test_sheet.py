"""What a source is written from: places with their prefixes, programs with their names, clocks with their sizes."""

from __future__ import annotations

from app.cells import load
from app.engine import Apply, Layer, Name, Network, Number, define
from app.formats.source.sheet import Sheet, folded, has_clock, kind, pattern_sizes, patterns, size_of
from tests.formats.source.code_runs import wirings


def test_places_are_known_by_short_names() -> None:
    sheet = Sheet(wirings()["two-both"], None)
    assert [(spot.name, spot.prefix) for spot in sheet.spots] == [
        ("layer_1_forward", "1.forward."),
        ("layer_1_backward", "1.backward."),
        ("layer_2_forward", "2.forward."),
        ("layer_2_backward", "2.backward."),
        ("readout", "readout."),
    ]
    assert [[spot.backward for spot in layer] for layer in sheet.layers] == [[False, True], [False, True], [False]]
    assert [spot.readout for spot in sheet.spots] == [False] * 4 + [True]
    alone = Sheet(wirings()["backward"], None)
    assert [(spot.name, spot.prefix, spot.backward) for spot in alone.spots] == [("layer_1", "", True)]
    assert alone.spots[0].size("c") == 3


def test_shapes_and_ties() -> None:
    sheet = Sheet(wirings()["tied"], None)
    assert sheet.tied == {"2.forward.U": "1.U"}
    assert "2.forward.U" not in sheet.shapes
    assert sheet.shapes["1.U"] == (2, 2)


def test_a_learned_start_makes_another_kind() -> None:
    sheet = Sheet(wirings()["learned"], None)
    one, two = sheet.spots
    assert one.program is two.program
    assert kind(one) == ("lstm", ("c",)) != kind(two)
    assert sheet.shapes["1.c:start"] == (3,)


def test_programs_get_names_that_no_other_function_has() -> None:
    layers = [Layer(define(name, f"h = {n + 1} * tanh(W @ x)"), 2) for n, name in enumerate(("a", "a-backward", "A", "class"))]
    names = Sheet(Network(layers, 2), None).names({"forward"})
    functions = [each for name in names.values() for each in (name, f"{name}_backward")]
    assert len(set(functions)) == len(functions) == 8
    assert names["class"] == "class_"
    assert names["a"] == "a"


def test_functions_of_constants_are_numbers() -> None:
    program = load("scrn").program
    constant = next(iter(program.constants))
    assert folded(program, Apply("tanh", (Number(0.0),))) == 0
    assert folded(program, Apply("identity", (Name(constant),))) == program.constants[constant]
    assert folded(program, Apply("tanh", (Name("x"),))) is None
    assert folded(program, Apply("add", (Number(1.0), Number(2.0)))) is None
    assert folded(program, Number(1.0)) is None


def test_clocks_and_masks() -> None:
    program = load("clockwork-rnn").program
    assert {expr.op for expr in patterns(program).values()} == {"every", "slower"}
    assert pattern_sizes(program) == ["units"]
    assert has_clock(program)
    assert not has_clock(load("lstm").program)
    assert (size_of(program, "x"), size_of(program, "h_prev"), size_of(program, "h")) == ("inputs", "units", "units")
