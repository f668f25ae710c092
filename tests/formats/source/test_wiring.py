"""How the layers of a network read one another."""

from __future__ import annotations

from app.formats.source.sheet import Sheet
from app.formats.source.wiring import Wiring, by_address, helpers, of_spot
from tests.formats.source.code_runs import wirings


def test_a_layer_reads_both_directions_of_the_one_below_side_by_side() -> None:
    sheet = Sheet(wirings()["two-both"], None)
    wiring = Wiring(sheet, "beside({0})")
    one, two, top = sheet.layers
    assert list(wiring.reading(one)) == ["# layer 1", "below = xs"]
    assert list(wiring.reading(two)) == ["# layer 2", 'below = beside([values["1.forward.h"], values["1.backward.h"]])']
    assert list(wiring.reading(top)) == ["# the readout", 'below = beside([values["2.forward.h"], values["2.backward.h"]])']
    assert wiring.lowest(one[0])
    assert not wiring.lowest(two[0])
    assert wiring.under(two[1]) == one


def test_a_readout_of_two_values_reads_each() -> None:
    sheet = Sheet(wirings()["readout-of-two"], None)
    wiring = Wiring(sheet, "{0}")
    assert list(wiring.reading(sheet.layers[1])) == ["# the readout", 'below_1 = values["n"]', 'below_2 = values["h"]']
    assert wiring.sequences(sheet.spots[1]) == ["below_1", "below_2"]


def test_tables_are_taken_apart_by_prefix_where_there_is_one() -> None:
    (alone,) = Sheet(wirings()["backward"], None).spots
    one = Sheet(wirings()["stack"], None).spots[0]
    assert (of_spot("start", alone), by_address("found", alone)) == ("start", "found")
    assert (of_spot("start", one), by_address("found", one)) == ('part(start, "1.")', 'prefixed("1.", found)')
    assert helpers("f(start)") == []
    assert [text.split("(")[0] for text in helpers(of_spot("start", one) + by_address("found", one))] == [
        "def part", "def prefixed",
    ]  # fmt: skip
