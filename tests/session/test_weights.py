"""Files of weights as the page sees them: networks in short, each an experiment with the file's own numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.engine import ProblemError
from app.formats import inspect, read, write_npz, write_safetensors
from app.session import Limits
from app.session.experiment import Experiment
from app.session.report import report
from app.session.weights import opened, overview
from tests.formats.files.samples import sample

Floats = NDArray[np.float64]


def lstm(units: int = 3, inputs: int = 2, seed: int = 0, prefix: str = "rnn.") -> dict[str, Floats]:
    """A state dict of a PyTorch LSTM."""
    random = np.random.default_rng(seed)
    rows = 4 * units
    shapes = {"weight_ih_l0": (rows, inputs), "weight_hh_l0": (rows, units), "bias_ih_l0": (rows,), "bias_hh_l0": (rows,)}
    return {prefix + name: random.normal(size=shape) for name, shape in shapes.items()}


def by_hand(arrays: dict[str, Floats], xs: Floats, prefix: str = "rnn.") -> Floats:
    """The hidden states of that LSTM, as PyTorch's documentation writes them."""
    w, u, b, d = (arrays[prefix + name] for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"))
    h = c = np.zeros(u.shape[1])
    found = []
    for x in xs:
        i, f, g, o = np.split(w @ x + b + u @ h + d, 4)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)
        found.append(h)
    return np.array(found)


def found(arrays: dict[str, Floats], name: str = "model.safetensors", **told: object) -> Any:
    data = write_npz(arrays) if name.endswith("npz") else write_safetensors(arrays)
    return inspect(read(data, name, told))


@pytest.mark.parametrize("name", ["model.safetensors", "model.npz"])
def test_a_network_is_an_experiment_with_the_files_numbers(name: str) -> None:
    arrays = lstm()
    experiment = Experiment.model_validate(opened(found(arrays, name), 0, Limits()))
    xs = np.array(experiment.sequence.inputs)
    assert xs.shape == (6, 2)
    assert experiment.backward is not None
    assert (experiment.backward.of, experiment.backward.step) == ("main.1.forward.h", 6)
    np.testing.assert_allclose(report(experiment, True, Limits()).values["h"], by_hand(arrays, xs), rtol=1e-13)


def test_the_overview_says_what_is_there() -> None:
    file = overview(found(lstm() | {"head.weight": np.ones((2, 3))}), Limits())
    (network,) = file["networks"]
    assert (file["name"], file["title"], file["more"], file["own"]) == ("model.safetensors", "safetensors", 0, 0)
    assert network["layers"] == [{"cell": "lstm", "title": "lstm", "units": 3, "direction": "forward"}]
    assert (network["names"], network["inputs"], network["numbers"], network["problems"]) == (["rnn"], 2, 72, [])
    assert {(each["array"], each["address"]) for each in network["placed"]} >= {("weight_ih_l0", "W_i"), ("weight_hh_l0", "U_f")}
    assert [(each["name"], each["shape"]) for each in file["rest"]] == [("head.weight", [2, 3])]
    assert [note["code"] for note in network["notes"]] == ["bias-added"]


def test_what_the_file_does_not_tell_is_asked() -> None:
    arrays = {"weight_ih_l0": np.eye(2), "weight_hh_l0": np.eye(2) / 2, "bias_ih_l0": np.ones(2), "bias_hh_l0": np.ones(2)}
    (network,) = overview(found(arrays), Limits())["networks"]
    (choice,) = network["choices"]
    assert (choice["option"], choice["taken"], choice["values"]) == ("nonlinearity", "tanh", ["tanh", "relu"])
    plain = opened(found(arrays), 0, Limits())["network"]["parts"][0]["layers"][0]["cell"]
    told = opened(found(arrays, nonlinearity="relu"), 0, Limits())["network"]["parts"][0]["layers"][0]["cell"]
    assert (plain, told) == ("simple-rnn", "relu-rnn")


@pytest.mark.parametrize(
    ("limits", "named"), [(Limits(units=2), "units"), (Limits(parameters=71), "parameters"), (Limits(work=10), "work")]
)
def test_what_is_too_large_is_listed_and_not_opened(limits: Limits, named: str) -> None:
    (network,) = overview(found(lstm()), limits)["networks"]
    assert [problem["args"]["limit"] for problem in network["problems"]] == [named]
    with pytest.raises(ProblemError):
        opened(found(lstm()), 0, limits)


def test_of_very_many_networks_the_first_are_listed() -> None:
    arrays = {name: array for number in range(42) for name, array in lstm(1, 1, number, f"n{number}.").items()}
    file = overview(found(arrays), Limits())
    assert (len(file["networks"]), file["more"]) == (40, 2)


def test_numbers_that_are_none_and_networks_that_are_not_there_are_refused() -> None:
    arrays = lstm()
    arrays["rnn.bias_ih_l0"][0] = np.nan
    with pytest.raises(ProblemError) as caught:
        opened(found(arrays), 0, Limits())
    assert [each.code for each in caught.value.problems] == ["array-not-finite"]
    with pytest.raises(ProblemError) as caught:
        opened(found(lstm()), 1, Limits())
    assert caught.value.problems[0].code == "no-network"


def test_two_texts_of_one_name_get_two_names() -> None:
    file = inspect(read(sample("keras_grus.keras"), "grus.keras"))
    layers = opened(file, 0, Limits())["network"]["parts"][0]["layers"]
    texts: dict[str, Any] = {}
    for each in layers:
        assert texts.setdefault(each["cell"], each["text"]) == each["text"]
