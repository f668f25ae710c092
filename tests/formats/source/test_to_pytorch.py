"""Source for PyTorch gives the engine's numbers, its gradients by autograd. PyTorch has to be installed for most of it."""

from __future__ import annotations

import ast
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network
from app.formats.source.write import code
from tests.engine import texts
from tests.formats.source.code_runs import Given, Numbers, engine, given, networks, run, shipped, source_of
from tests.formats.source.test_write import crowded
from tests.oracles.recorder import Measured, record

NETWORKS = networks()


@pytest.fixture(name="torch")
def fixture_torch() -> Any:
    return pytest.importorskip("torch", reason="torch is not installed: pip install .[oracles]")


def pytorch_run(torch: Any, namespace: Mapping[str, Any], numbers: Given) -> Numbers:
    """Source for PyTorch, run and differentiated."""
    network = namespace["load"](namespace["Network"](), numbers.parameters)
    xs = torch.tensor(numbers.xs, requires_grad=True)
    start = {name: torch.tensor(array, requires_grad=True) for name, array in numbers.start.items()}
    values = network(xs, start)
    found = {name: values[name] for name in numbers.outside}
    loss = sum(torch.sum(torch.tensor(numbers.outside[name]) * value) for name, value in found.items())
    loss.backward()
    leaves = {name: network.get_parameter(place) for name, place in namespace["PLACES"].items()}
    leaves |= {"x": xs} | {f"start {name}": each for name, each in start.items()}
    gradients = {
        # what the loss does not depend on has none
        name: np.zeros(leaf.shape) if leaf.grad is None else leaf.grad.numpy() for name, leaf in leaves.items()
    }  # fmt: skip
    return Numbers({name: value.detach().numpy() for name, value in found.items()}, gradients)


@pytest.mark.measures
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("lead", [(), (2,)], ids=["alone", "batch"])
@pytest.mark.parametrize("name", NETWORKS)
def test_it_gives_the_engines_numbers(name: str, lead: tuple[int, ...], tmp_path: Path, torch: Any) -> None:
    network = NETWORKS[name]
    numbers = given(network, lead)
    found = pytorch_run(torch, source_of(tmp_path, network, numbers, "pytorch"), numbers)
    far = found.apart(engine(network, numbers))
    assert max(far) <= 1e-12
    group = "every shipped cell" if shipped(name) else "odd cells" if name in texts.ALL else "stacks, directions, readouts"
    version = torch.__version__.partition("+")[0]
    record(Measured(f"written PyTorch {version} source, float64", "values and autograd", (group,), *far))


@pytest.mark.filterwarnings("default")
def test_names_that_are_taken_get_others(tmp_path: Path, torch: Any) -> None:
    network = crowded()
    numbers = given(network)
    found = pytorch_run(torch, source_of(tmp_path, network, numbers, "pytorch"), numbers)
    assert max(found.apart(engine(network, numbers))) <= 1e-12


@pytest.mark.filterwarnings("default")
@pytest.mark.usefixtures("torch")
def test_it_runs_as_it_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network = Network([Layer(load("lstm"), 2)], 2, "y[outputs] = softmax(V @ h)", outputs=2)
    numbers = given(network)
    told = code(network, numbers.parameters, to="pytorch", xs=numbers.xs, initial=numbers.start)
    path = tmp_path / "example.py"
    for text in (told, code(network, to="pytorch")):
        path.write_text(text, "utf-8")
        runpy.run_path(str(path), run_name="__main__")
        said = capsys.readouterr().out
        assert said.startswith("readout.y\ntensor([[0.")
        assert "\ndL/dW_i\ntensor([[" in said


@pytest.mark.filterwarnings("default")
def test_weights_may_be_saved_and_loaded(tmp_path: Path, torch: Any) -> None:
    """It is a module like any other."""
    network = Network([Layer(load("lstm"), 2, direction="both")], 2)
    namespace = run(tmp_path, code(network, to="pytorch"))
    one, other = namespace["Network"](), namespace["Network"]()
    other.load_state_dict(one.state_dict())
    xs = torch.ones(4, 2, dtype=torch.float64)
    assert torch.equal(one(xs)["1.backward.h"], other(xs)["1.backward.h"])


@pytest.mark.parametrize("name", NETWORKS)
def test_it_can_be_read(name: str) -> None:
    """Without PyTorch too: it is Python, lines are not too long, each parameter has its place."""
    network = NETWORKS[name]
    text = code(network, to="pytorch")
    ast.parse(text)
    assert all(line == line.rstrip() for line in text.splitlines())
    for full in network.parameters:
        assert f'    "{network.short(full)}": "layer_' in text or f'    "{network.short(full)}": "readout.' in text


def test_a_step_is_the_equations() -> None:
    text = code(Network([Layer(load("lstm"), 2)], 3), to="pytorch")
    for line in (
        "class Lstm(torch.nn.Module):",
        "            i = torch.sigmoid(x @ self.W_i.T + h_prev @ self.U_i.T + self.b_i)  # input gate",
        "            h = o * torch.tanh(c)   # hidden state",
        "        self.layer_1 = Lstm(inputs=3, units=2, dtype=dtype)",
    ):
        assert f"\n{line}\n" in text, line
