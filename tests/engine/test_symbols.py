from __future__ import annotations

import json

from app.cells import load
from app.engine import Layer, Network, Part, Program
from app.engine.symbols import to_data

LSTM = load("lstm")


def test_the_json_form() -> None:
    network = Network([Layer(LSTM, 2, direction="both")], 3, "y[outputs] = V @ h", outputs=1)
    data = json.loads(json.dumps(network.to_data()))
    assert data["version"] == 1
    assert [each["address"] for each in data["layers"]] == ["main.1.forward", "main.1.backward", "main.readout.forward"]
    assert data["layers"][0] == {
        "address": "main.1.forward", "part": "main", "layer": "1", "direction": "forward", "program": "lstm",
        "sizes": {"inputs": 3, "units": 2},
    }  # fmt: skip
    assert list(data["programs"]) == ["lstm", "readout"]
    assert Program.from_data(data["programs"]["lstm"]) == LSTM.program
    assert set(data["symbols"]) == {"main.0.forward.x", *network.values, *network.parameters}
    assert data["symbols"]["main.0.forward.x"] == {
        "symbol": "x", "kind": "input", "role": "input", "label": "input", "size": 3, "range": None,
    }  # fmt: skip
    assert data["symbols"]["main.1.backward.f"] == {
        "symbol": "f", "kind": "value", "role": "gate", "label": "forget gate", "size": 2, "range": [0, 1], "derived": False,
        "of": "f", "state": False,
    }  # fmt: skip
    assert data["symbols"]["main.1.forward.c"]["state"] is True
    assert data["symbols"]["main.1.forward.h:tanh"]["of"] == "h"
    assert data["symbols"]["main.1.forward.U_f"] == {
        "symbol": "U_f", "kind": "parameter", "role": "parameter", "label": "", "shape": [2, 2], "range": None,
        "used_by": ["f"],
    }  # fmt: skip


def test_several_parts_with_parameters_in_common() -> None:
    """What is tied to another parameter names it; a learned starting state is a parameter."""
    parts = [Part([Layer(LSTM, 2, learned=["c"])], 3, name=name) for name in ("encoder", "decoder")]
    network = Network.of(parts, {"decoder.1": "encoder.1"})
    symbols = to_data(network.stacks, network.wires.tied)["symbols"]
    assert isinstance(symbols, dict)
    assert set(symbols) == {
        "encoder.0.forward.x", "decoder.0.forward.x", *network.values, *network.parameters, *network.wires.tied,
    }  # fmt: skip
    assert symbols["decoder.1.forward.W_f"] == {**symbols["encoder.1.forward.W_f"], "tied": "encoder.1.forward.W_f"}
    assert "tied" not in symbols["encoder.1.forward.W_f"]
    assert symbols["encoder.1.forward.c:start"]["used_by"] == ["c"]
    assert symbols["encoder.1.forward.c:start"]["shape"] == [2]
