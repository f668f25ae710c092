from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.cells import load
from app.engine import Network, NetworkError, Part
from tests.engine import seq2seq


def test_a_network_of_parts_and_its_description() -> None:
    start = {"h": "encoder.h", "c": ["encoder.c"]}
    network = Network.of(
        [seq2seq.encoder(), seq2seq.decoder(start=start, feed="readout.y", feed_as="symbol", stop=3)],
        {"decoder.U_i": "encoder.U_i"},
    )
    data = json.loads(json.dumps(network.description))
    assert data["parts"][1]["start"] == {"h": ["encoder.h"], "c": ["encoder.c"]}
    assert (data["parts"][1]["feed_as"], data["parts"][1]["stop"]) == ("symbol", 3)
    assert data["tied"] == {"decoder.U_i": "encoder.U_i"}
    again = Network.from_description(data, load)
    assert again.description == data
    assert again.parameters == network.parameters
    assert again.wires.handed == network.wires.handed
    assert again.wires.feeds == {"decoder": "decoder.readout.forward.y"}


def test_what_a_part_does_not_have_is_not_written() -> None:
    record = seq2seq.encoder().record().to_data()
    assert list(record) == ["name", "inputs", "layers", "readout", "sizes"]
    assert list(record["layers"][0]) == ["cell", "text", "units", "direction", "sizes"]  # type: ignore[index]


def test_names_with_several_parts() -> None:
    network = seq2seq.network("both")
    assert network.short("encoder.1.backward.h") == "encoder.1.backward.h"
    assert network.short("decoder.1.forward.h") == "decoder.h"
    assert network.short("decoder.readout.forward.y") == "decoder.readout.y"
    assert network.short("encoder.0.forward.x") == "encoder.x"
    assert network.full("decoder.c") == "decoder.1.forward.c"
    assert network.full("V") == "decoder.readout.forward.V"
    with pytest.raises(NetworkError, match="'x' could be several things"):
        network.full("x")


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([], "the network has no part"),
        ([seq2seq.encoder(), seq2seq.encoder()], "two parts are called 'encoder'"),
        ([replace(seq2seq.encoder(), name="a.b")], "'a.b' cannot be a part's name"),
        ([replace(seq2seq.encoder(), layers=())], "the network has no layer"),
    ],
)
def test_parts_that_make_no_network(parts: list[Part], message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        Network.of(parts)


def test_mistakes_in_the_layers_of_a_part_say_which() -> None:
    layer = {"cell": "lstm", "units": 0}
    parts = [{"name": name, "inputs": 1, "layers": [layer]} for name in ("one", "two")]
    with pytest.raises(NetworkError) as error:
        Network.from_description({"parts": parts}, load)
    assert [each.field for each in error.value.problems] == ["one.layers.1.units", "two.layers.1.units"]
