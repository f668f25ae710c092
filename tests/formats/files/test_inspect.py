"""What an inspected file is made of, as data."""

from __future__ import annotations

import json

import numpy as np

from app.formats.files.inspect import inspect
from app.formats.files.npz import write_npz
from app.formats.files.read import read
from tests.formats.files.samples import sample


def test_everything_as_data() -> None:
    found = inspect(read(sample("torch.pt"), "net.pt")).to_data()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert (found["name"], found["format"], found["title"], found["bytes"]) == ("net.pt", "pytorch", "PyTorch", 15093)
    encoder = found["layers"][0]  # type: ignore[index]
    assert (encoder["name"], encoder["library"], encoder["kind"]) == ("encoder", "pytorch", "LSTM")
    assert encoder["arrays"][0] == {
        "name": "weight_ih_l0", "place": "encoder.weight_ih_l0", "shape": [8, 3], "dtype": "float64",
    }  # fmt: skip
    network = found["networks"][0]  # type: ignore[index]
    assert network["description"]["parts"][0]["inputs"] == 3
    assert network["placed"][0]["address"] == "1.forward.W_i"
    assert {"name": "1.forward.W_i", "shape": [2, 3]} in network["parameters"]
    assert [each["name"] for each in found["rest"]] == ["head.weight", "head.bias"]  # type: ignore[attr-defined]
    assert found["problems"] == []


def test_one_network_for_each_module() -> None:
    found = inspect(read(sample("torch.pt")))
    assert [each.placed[0].layer for each in found.networks] == ["encoder", "projected", "gru", "rnn", "cell"]
    assert [each.option for network in found.networks for each in network.choices] == ["nonlinearity"]
    told = inspect(read(sample("torch.pt"), "", {"nonlinearity": "relu"}))
    assert not [each for network in told.networks for each in network.choices]


def test_layers_that_are_no_networks_do_not_hide_the_others() -> None:
    arrays = {
        "good.weight_ih_l0": np.ones((2, 3)), "good.weight_hh_l0": np.ones((2, 2)),
        "bad.weight_ih_l0": np.ones((3, 3)), "bad.weight_hh_l0": np.ones((2, 2)),
    }  # fmt: skip
    found = inspect(read(write_npz(arrays)))
    assert [each.placed[0].layer for each in found.networks] == ["good"]
    assert found.problems
    assert all(each.args["layer"] == "bad" for each in found.problems)
    assert len(found.to_data()["problems"]) == len(found.problems)  # type: ignore[arg-type]


def test_a_file_of_ours() -> None:
    found = inspect(read(write_npz({"main.1.forward.W": np.ones((2, 3))})))
    assert found.to_data()["parameters"] == [{"name": "main.1.forward.W", "shape": [2, 3]}]
    assert (found.networks, found.problems) == ((), ())
