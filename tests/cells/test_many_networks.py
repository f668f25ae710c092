"""Many networks in one call: each gets what it would get alone."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine import Free, Layer, Network, NetworkError, Part, contributions, gradient_of, jacobian
from tests.engine import reference, texts
from tests.engine.reference import Array

NETWORKS = 3


def numbers(network: Network, seed: int = 0) -> dict[str, Array]:
    random = np.random.default_rng(seed)
    return {name: 0.6 * random.normal(size=(NETWORKS, *shape)) for name, shape in network.parameters.items()}


@pytest.mark.parametrize("own", [False, True], ids=["one sequence for all", "each its own"])
@pytest.mark.parametrize("name", texts.ALL)
def test_every_cell(name: str, own: bool) -> None:
    network = texts.network(name)
    parameters, random = numbers(network), np.random.default_rng(1)
    xs = random.normal(size=(4, NETWORKS, 2) if own else (4, 2))
    given = reference.numbers(network, 2, 4, (NETWORKS,), share=1.0)
    trace = network.run(parameters, xs, initial=given.initial, networks=NETWORKS)
    gradient = trace.gradient(given.outside)
    assert trace["x"].shape == gradient.inputs.shape == (4, NETWORKS, 2)
    for n in range(NETWORKS):
        alone = network.run(
            {key: array[n] for key, array in parameters.items()}, xs[:, n] if own else xs,
            initial={key: array[n] for key, array in given.initial.items()},
        )  # fmt: skip
        each = alone.gradient({key: array[:, n] for key, array in given.outside.items()})
        for key, array in alone.values.items():
            np.testing.assert_allclose(trace[key][:, n], array, rtol=1e-11, atol=1e-12, err_msg=key)
        for key in reference.differentiable(network):
            np.testing.assert_allclose(gradient[key][:, n], each[key], rtol=1e-10, atol=1e-11, err_msg=key)
        for key, array in each.parameters.items():
            np.testing.assert_allclose(gradient.parameters[key][n], array, rtol=1e-10, atol=1e-11, err_msg=key)
        for key, array in each.initial.items():
            np.testing.assert_allclose(gradient.initial[key][n], array, rtol=1e-10, atol=1e-11, err_msg=key)
        np.testing.assert_allclose(gradient.inputs[:, n], each.inputs, rtol=1e-10, atol=1e-11)


def test_stacks_both_directions_readouts_learned_starts_and_tied_layers() -> None:
    layers = (texts.layer("lstm", "both"), Layer(texts.cell("simple-rnn")[0], 6, learned=["h"]), texts.layer("lstm"))
    network = Network.of([Part(layers, 2, "y[outputs] = softmax(V @ h + d)", sizes={"outputs": 4})], {"3.U_i": "3.U_f"})
    parameters, xs = numbers(network), np.random.default_rng(1).normal(size=(5, 2))
    outside = np.random.default_rng(2).normal(size=(5, NETWORKS, 4))
    trace = network.run(parameters, xs, networks=NETWORKS)
    gradient = trace.gradient({"readout.y": outside})
    for n in range(NETWORKS):
        alone = network.run({key: array[n] for key, array in parameters.items()}, xs)
        each = alone.gradient({"readout.y": outside[:, n]})
        np.testing.assert_allclose(trace["readout.y"][:, n], alone["readout.y"], rtol=1e-12)
        for key, array in each.parameters.items():
            np.testing.assert_allclose(gradient.parameters[key][n], array, rtol=1e-10, atol=1e-12, err_msg=key)


def test_what_is_given_once_is_for_all() -> None:
    network = texts.network("lstm")
    parameters, xs = numbers(network), np.ones((3, 2))
    one = {**parameters, "main.1.forward.b_f": np.ones(3)}
    every = {**parameters, "main.1.forward.b_f": np.ones((NETWORKS, 3))}
    ours, theirs = network.run(one, xs, networks=NETWORKS), network.run(every, xs, networks=NETWORKS)
    np.testing.assert_array_equal(ours["h"], theirs["h"])
    assert ours.gradient({"h": np.ones((3, NETWORKS, 3))}).parameters["b_f"].shape == (NETWORKS, 3)


def test_lengths_and_free_running() -> None:
    network = Network.of([Part((texts.layer("lstm"),), 3, feed="h")])
    parameters = numbers(network)
    free = network.run(parameters, Free(4, first=[1.0, 2.0, 3.0]), networks=NETWORKS)
    outside = np.random.default_rng(3).normal(size=(4, NETWORKS, 3))
    gradient = free.gradient({"h": outside})
    for n in range(NETWORKS):
        alone = network.run({key: array[n] for key, array in parameters.items()}, Free(4, first=[1.0, 2.0, 3.0]))
        np.testing.assert_allclose(free["h"][:, n], alone["h"], rtol=1e-12)
        each = alone.gradient({"h": outside[:, n]})
        for key, array in each.parameters.items():
            np.testing.assert_allclose(gradient.parameters[key][n], array, rtol=1e-10, atol=1e-12, err_msg=key)
    cut = network.run(parameters, np.ones((4, 3)), networks=NETWORKS, lengths=[4, 1, 2])
    assert not cut["h"][1:, 1].any()
    assert cut["h"][:, 0].all()


def test_another_number_of_networks() -> None:
    network = texts.network("lstm")
    with pytest.raises(NetworkError, match=r"'main\.1\.forward\.W_i' has the shape \(3, 3, 2\), not \(4, 3, 2\)"):
        network.run(numbers(network), np.ones((3, 2)), networks=4)
    with pytest.raises(NetworkError, match="'xs' holds 2 sequences, where 3 sequences are needed"):
        network.run(numbers(network), np.ones((3, 2, 2)), networks=3)


@pytest.mark.parametrize("name", ["lstm", "gru", "simple-rnn"])
def test_influence_in_each_network(name: str) -> None:
    """What one value depends on, and what each step gives to a weight's gradient, are those of each network alone."""
    network = texts.network(name)
    parameters, xs = numbers(network), np.random.default_rng(1).normal(size=(5, 2))
    weight = next(key for key in parameters if "U" in key)
    outside = np.random.default_rng(2).normal(size=(5, NETWORKS, *network.values[network.full("h")]))
    together = network.run(parameters, xs, networks=NETWORKS)
    for n in range(NETWORKS):
        alone = network.run({key: array[n] for key, array in parameters.items()}, xs)
        found, wanted = (gradient_of(trace, "h", step=4) for trace in (together, alone))
        for key, array in wanted.parameters.items():
            np.testing.assert_allclose(found.parameters[key][n], array, rtol=1e-10, atol=1e-12, err_msg=key)
        np.testing.assert_allclose(found["h"][:, n], wanted["h"], rtol=1e-10, atol=1e-12)
        matrices = [jacobian(trace, "h", "h", step=5).matrices for trace in (together, alone)]
        np.testing.assert_allclose(matrices[0][:, n], matrices[1], rtol=1e-10, atol=1e-12)
        shares = contributions(together.gradient({"h": outside}), weight)
        for key, array in contributions(alone.gradient({"h": outside[:, n]}), weight).items():
            np.testing.assert_allclose(shares[key][:, n], array, rtol=1e-10, atol=1e-12, err_msg=key)
