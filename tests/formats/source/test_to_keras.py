"""Source for Keras gives the engine's numbers, as far as float32 goes. Keras has to be installed for most of it."""

from __future__ import annotations

import ast
import importlib
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network
from app.formats.source.write import code
from tests.engine import texts
from tests.formats.source.code_runs import given, networks, shipped, source_of
from tests.formats.source.test_write import crowded
from tests.oracles.case import difference
from tests.oracles.recorder import Measured, record

NETWORKS = networks(tied=False)
BACK_END = "torch"


@pytest.fixture(name="keras")
def fixture_keras(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Keras on PyTorch, which has to be said before it is imported."""
    monkeypatch.setenv("KERAS_BACKEND", BACK_END)
    pytest.importorskip("torch", reason="torch is not installed: pip install .[oracles]")
    pytest.importorskip("keras", reason="keras is not installed: pip install .[oracles]")
    return importlib.import_module("keras")


def apart(keras: Any, folder: Path, network: Network) -> float:
    """How far what leaves every layer is from ours, over a batch of two."""
    numbers = given(network, (2,))
    namespace = source_of(folder, network, numbers, "keras")
    model = namespace["load"](namespace["Network"](), numbers.parameters)
    xs = np.swapaxes(numbers.xs, 0, 1).astype("float32")
    values = model(xs, {name: array.astype("float32") for name, array in numbers.start.items()})
    found = {name: np.swapaxes(keras.ops.convert_to_numpy(value), 0, 1) for name, value in values.items()}
    trace = network.run(numbers.parameters, numbers.xs, initial=numbers.start)
    assert network.short(network.places[-1].address(network.places[-1].program.output)) in found
    return difference(found, {name: trace[name] for name in found})


@pytest.mark.measures
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", NETWORKS)
def test_it_gives_the_engines_numbers(name: str, tmp_path: Path, keras: Any) -> None:
    far = apart(keras, tmp_path, NETWORKS[name])
    assert far <= 1e-6
    group = "every shipped cell" if shipped(name) else "odd cells" if name in texts.ALL else "stacks, directions, readouts"
    record(Measured(f"written Keras {keras.__version__} source, float32", "values", (group,), far))


@pytest.mark.filterwarnings("default")
def test_names_that_are_taken_get_others(tmp_path: Path, keras: Any) -> None:
    assert apart(keras, tmp_path, crowded()) <= 1e-6


@pytest.mark.filterwarnings("default")
def test_a_written_layer_can_be_trained(tmp_path: Path, keras: Any) -> None:
    """The weights are known to Keras: a step of its own training changes them."""
    network = Network([Layer(load("gru"), 3)], 2)
    numbers = given(network, (2,))
    namespace = source_of(tmp_path, network, numbers, "keras")
    model = namespace["load"](namespace["Network"](), numbers.parameters)
    assert len(model.trainable_weights) == len(numbers.parameters)
    xs = keras.ops.convert_to_tensor(np.swapaxes(numbers.xs, 0, 1).astype("float32"))
    loss = keras.ops.sum(model(xs)["h"] ** 2)
    loss.backward()
    assert all(weight.value.grad is not None for weight in model.trainable_weights)


@pytest.mark.filterwarnings("default")
@pytest.mark.usefixtures("keras")
def test_it_runs_as_it_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network = Network([Layer(load("lstm"), 2)], 2, "y[outputs] = softmax(V @ h)", outputs=2)
    numbers = given(network)
    path = tmp_path / "example.py"
    told = code(network, numbers.parameters, to="keras", xs=numbers.xs, initial=numbers.start)
    for text in (told, code(network, to="keras")):
        path.write_text(text, "utf-8")
        runpy.run_path(str(path), run_name="__main__")
        assert capsys.readouterr().out.startswith("readout.y\n[[[0.")


@pytest.mark.parametrize("name", NETWORKS)
def test_it_can_be_read(name: str) -> None:
    """Without Keras too: it is Python, and each parameter has its place."""
    network = NETWORKS[name]
    text = code(network, to="keras")
    ast.parse(text)
    assert all(line == line.rstrip() for line in text.splitlines())
    for full in network.parameters:
        short = network.short(full)
        assert f'    "{short}": "layer_' in text or f'    "{short}": "readout.' in text


def test_a_step_is_the_equations() -> None:
    text = code(Network([Layer(load("lstm"), 2)], 3), to="keras")
    for line in (
        "class LstmCell(keras.layers.Layer):",
        "        c_prev, h_prev = states",
        "        i = ops.sigmoid(product(self.W_i, x) + product(self.U_i, h_prev) + self.b_i)  # input gate",
        "        return h, [c, h]",
        "            LstmCell(inputs=3, units=2, dtype=dtype), return_sequences=True, dtype=dtype,",
    ):
        assert f"\n{line}\n" in text, line
