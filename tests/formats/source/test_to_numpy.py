"""Source for NumPy gives the engine's numbers: every value and every gradient of every cell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings

from app.cells import load, names
from app.engine import Layer, Network
from app.formats.source.write import code
from tests.engine import texts
from tests.engine.strategies import networks as any_network
from tests.formats.source.code_runs import engine, given, networks, numpy_run, shipped, source_of
from tests.oracles.recorder import Measured, record

NETWORKS = networks()


@pytest.mark.measures
@pytest.mark.parametrize("name", NETWORKS)
def test_it_gives_the_engines_numbers(name: str, tmp_path: Path) -> None:
    network = NETWORKS[name]
    numbers = given(network)
    found, values, gradients = numpy_run(source_of(tmp_path, network, numbers, "numpy"), numbers)
    far = found.apart(engine(network, numbers))
    assert max(far) <= 1e-12
    group = "every shipped cell" if shipped(name) else "odd cells" if name in texts.ALL else "stacks, directions, readouts"
    record(Measured("written NumPy source, float64", "values and backward pass", (group,), *far))
    trace = network.run(numbers.parameters, numbers.xs, initial=numbers.start)
    whole = trace.gradient(numbers.outside)
    for full in network.values:
        short = network.short(full)
        assert np.allclose(values[short], trace[full], rtol=1e-12, atol=1e-12)
        if "every" not in full and short in gradients:
            assert np.allclose(gradients[short], whole[full], rtol=1e-11, atol=1e-11)
    for full in network.states:
        earlier = f"{full}_prev"
        assert np.allclose(values[network.short(earlier)], trace[earlier], rtol=1e-12, atol=1e-12)
        assert np.allclose(gradients[network.short(earlier)], whole[earlier], rtol=1e-11, atol=1e-11)


@settings(max_examples=60)
@hypothesis_given(network=any_network())
def test_any_network_that_can_be_written(network: Network, tmp_path_factory: pytest.TempPathFactory) -> None:
    numbers = given(network, length=3)
    expected = engine(network, numbers)
    if not all(np.all(np.isfinite(array)) for array in (*expected.values.values(), *expected.gradients.values())):
        return
    folder = tmp_path_factory.mktemp("written")
    found, _, _ = numpy_run(source_of(folder, network, numbers, "numpy"), numbers)
    assert max(found.apart(expected)) <= 1e-12


def test_it_runs_as_it_is_written(tmp_path: Path) -> None:
    """The example at its end, with and without numbers."""
    network = Network([Layer(load("lstm"), 2)], 2, "y[outputs] = softmax(V @ h)", outputs=2)
    numbers = given(network)
    told = code(network, numbers.parameters, to="numpy", xs=numbers.xs, initial=numbers.start)
    said = printed(tmp_path, told)
    trace = network.run(numbers.parameters, numbers.xs, initial=numbers.start)
    assert said.startswith(f"readout.y\n{trace['readout.y']}\ndL/dW_i\n[[")
    assert printed(tmp_path, code(network, to="numpy")).startswith("readout.y\n[[0.")


def printed(folder: Path, text: str) -> str:
    path = folder / "example.py"
    path.write_text(text, "utf-8")
    return subprocess.run([sys.executable, path], capture_output=True, text=True, check=True).stdout


def test_without_parameters_their_shapes_stand_in_it() -> None:
    text = code(Network([Layer(load("simple-rnn"), 2)], 3), to="numpy")
    assert 'SHAPES = {\n    "W": (2, 3),\n    "U": (2, 2),\n    "b": (2,),\n}' in text
    assert "PARAMETERS" not in text


def test_a_source_is_read_top_to_bottom() -> None:
    """The text of the cell, its forward pass line by line with its labels, its backward pass, what calls them, an example."""
    text = code(Network([Layer(load("lstm"), 2)], 3), to="numpy")
    lines = [
        "# Long short-term memory",
        "#     i = sigmoid(W_i @ x + U_i @ h_prev + b_i)  : input gate",
        "def lstm(parameters, xs, start):",
        "        i_in = W_i @ x + U_i @ h_prev + b_i",
        "        i = sigmoid(i_in)       # input gate",
        "        c = f * c_prev + i * g  # cell state",
        "        h = o * h_tanh          # hidden state",
        "def lstm_backward(parameters, xs, values, outside):",
        "        d_h_tanh = d_h * o",
        "        d_i_in = d_i * i * (1 - i)",
        "        d_c_prev = d_c * f",
        "            U_g.T @ d_g_in    # through g_in",
        "        d_W_i += np.outer(d_i_in, x)",
        "def forward(parameters, xs, start=None):",
        "def backward(parameters, xs, values, outside):",
        'if __name__ == "__main__":',
    ]
    found = [text.find(f"\n{line}\n") for line in lines]
    assert -1 not in found, lines[found.index(-1)]
    assert found == sorted(found)


@pytest.mark.parametrize("name", names())
def test_no_line_is_too_long_and_none_ends_in_blanks(name: str) -> None:
    for line in code(texts.network(name), to="numpy").splitlines():
        assert len(line) <= 120
        assert line == line.rstrip()
