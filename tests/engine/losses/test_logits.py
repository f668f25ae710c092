from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.engine import (
    Layer,
    Network,
    NetworkError,
    Part,
    Problem,
    binary_cross_entropy,
    cross_entropy,
    ctc_loss,
    define,
    logits_of,
)
from tests.engine import every_alignment, reference, texts
from tests.engine.every_alignment import Array, softmax
from tests.engine.reference import Numbers

NOISE = 1e-12


def lstm(readout: str | None, *directions: str, **sizes: int) -> Network:
    return Network([texts.layer("lstm", each) for each in directions or ("forward",)], 2, readout, **sizes)


#: a network, the softmax's name, where its logits lie
NETWORKS: dict[str, tuple[Network, str, tuple[str, ...]]] = {
    "derived": (lstm("y[outputs] = softmax(V @ h + d)", outputs=3), "readout.y", ("main.readout.forward.y:in",)),
    "named": (lstm("z[outputs] = V @ h\ny[outputs] = softmax(z)", outputs=3), "readout.y", ("main.readout.forward.z",)),
    "inside": (lstm("y[outputs] = 2 * softmax(V @ h)", outputs=3), "y:softmax", ("main.readout.forward.y:softmax:in",)),
    "of the state": (lstm("y = softmax(h)"), "readout.y", ("main.1.forward.h",)),
    "of the memory": (lstm("y = softmax(c)", "forward", "forward"), "readout.y", ("main.2.forward.c",)),
    "of both": (lstm("y = softmax(h)", "both"), "readout.y", ("main.1.forward.h", "main.1.backward.h")),
    "above both": (
        lstm("y[outputs] = softmax(V @ h)", "both", outputs=3), "readout.y", ("main.readout.forward.y:in",),
    ),
    "in the cell": (
        Network([Layer(define("fed-back", "a = tanh(W @ x + U @ y_prev)\ny[outputs] = softmax(V @ a + d)"), 3, outputs=4)], 2),
        "y", ("main.1.forward.y:in",),
    ),
    "read again": (
        Network([Layer(define("again", "z = W @ x + U @ y_prev + z_prev\ny = softmax(z)"), 3)], 2), "y", ("main.1.forward.z",),
    ),
}  # fmt: skip


def values(network: Network, given: Numbers, full: str) -> Array:
    """The values of an address by the reference evaluator, complex if a parameter is."""
    for place, layer in zip(network.places, reference.forward(network, given).values(), strict=True):
        if full.startswith(place.prefix):
            return np.asarray(layer.series(full.removeprefix(place.prefix)))
    raise AssertionError(full)


def by_complex_step(network: Network, given: Numbers, loss: Callable[[Numbers], Any]) -> dict[str, Array]:
    """dloss/dparameter, one entry at a time."""
    found = {}
    for name, array in given.parameters.items():
        slopes = np.zeros(array.shape)
        for at in np.ndindex(array.shape):
            moved = array.astype(complex)
            moved[at] += 1e-30j
            slopes[at] = loss(replace(given, parameters={**given.parameters, name: moved})).imag / 1e-30
        found[name] = slopes
    return found


@pytest.mark.parametrize("lead", [(), (2,)], ids=["sequence", "batch"])
@pytest.mark.parametrize("case", NETWORKS)
def test_the_gradient_of_a_whole_network(case: str, lead: tuple[int, ...]) -> None:
    network, name, names = NETWORKS[case]
    given = reference.numbers(network, 1, 4, lead)
    trace = network.run(given.parameters, given.inputs, initial=given.initial)
    logits = logits_of(network, name)
    assert logits.names == names
    z = logits.read(trace)
    np.testing.assert_allclose(softmax(z), trace[name], rtol=1e-12)
    targets = np.random.default_rng(2).integers(0, z.shape[-1], size=z.shape[:-1])
    weights = [1.0, 0.5, 0.0, 2.0]
    loss = cross_entropy(z, targets, weights=weights)
    gradient = trace.gradient(logits.outside(loss.gradient))

    def naive(moved: Numbers) -> Any:
        rows = [values(network, moved, each) for each in names]
        logs = np.log(softmax(np.concatenate(rows, axis=-1)))
        picked = np.take_along_axis(logs, targets[..., None], axis=-1)[..., 0]
        return -np.sum(np.array(weights).reshape(-1, *(1,) * len(lead)) * picked)

    assert loss.total == pytest.approx(naive(given), rel=1e-12)
    for full, expected in by_complex_step(network, given, naive).items():
        np.testing.assert_allclose(gradient.parameters[full], expected, rtol=0, atol=NOISE, err_msg=full)


def test_through_the_softmax_it_is_the_same() -> None:
    """Where nothing is rounded away, -1/p at the softmax itself gives the same gradients."""
    network, name, _ = NETWORKS["derived"]
    given = reference.numbers(network, 3, 5)
    trace = network.run(given.parameters, given.inputs)
    logits = logits_of(network, name)
    targets = np.array([0, 2, 1, 1, 0])
    loss = cross_entropy(logits.read(trace), targets)
    outside = -np.eye(3)[targets] / trace["readout.y"]
    one, other = trace.gradient(logits.outside(loss.gradient)), trace.gradient({"readout.y": outside})
    for full, array in one.parameters.items():
        np.testing.assert_allclose(array, other.parameters[full], rtol=0, atol=NOISE)
    np.testing.assert_allclose(one["readout.y:in"], loss.gradient, rtol=1e-14)


def test_yes_and_no() -> None:
    network = lstm("y[outputs] = sigmoid(V @ h + d)", outputs=3)
    given = reference.numbers(network, 4, 3, (2,))
    trace = network.run(given.parameters, given.inputs, lengths=[3, 2])
    logits = logits_of(network, "readout.y", activation="sigmoid")
    assert logits.names == ("main.readout.forward.y:in",)
    targets = np.random.default_rng(0).integers(0, 2, size=(3, 2, 3)).astype(float)
    loss = binary_cross_entropy(logits.read(trace), targets, lengths=[3, 2])
    gradient = trace.gradient(logits.outside(loss.gradient))
    alone = Numbers(given.parameters, given.inputs, {name: np.zeros((2, 3)) for name in given.initial}, {})

    def naive(moved: Numbers) -> Any:
        p = 1 / (1 + np.exp(-values(network, moved, logits.names[0])))
        raw = -(targets * np.log(p) + (1 - targets) * np.log(1 - p)).sum(axis=-1)
        return raw[:, 0].sum() + raw[:2, 1].sum()

    for full, expected in by_complex_step(network, alone, naive).items():
        np.testing.assert_allclose(gradient.parameters[full], expected, rtol=0, atol=NOISE, err_msg=full)


def test_ctc_of_a_whole_network() -> None:
    network = lstm("y[symbols] = softmax(V @ h + d)", "both", symbols=3)
    given = reference.numbers(network, 5, 4)
    trace = network.run(given.parameters, given.inputs, initial=given.initial)
    logits = logits_of(network, "readout.y")
    loss = ctc_loss(logits.read(trace), [1, 1])
    gradient = trace.gradient(logits.outside(loss.gradient))

    def naive(moved: Numbers) -> Any:
        return -np.log(every_alignment.probabilities(values(network, moved, logits.names[0]), 0)[1, 1])

    assert loss.total == pytest.approx(naive(given), rel=1e-12)
    for full, expected in by_complex_step(network, given, naive).items():
        np.testing.assert_allclose(gradient.parameters[full], expected, rtol=0, atol=NOISE, err_msg=full)


def test_sizes_side_by_side() -> None:
    logits = logits_of(NETWORKS["of both"][0], "readout.y")
    assert logits.sizes == (3, 3)
    parts = logits.outside(np.arange(12.0).reshape(2, 6))
    assert [array.tolist() for array in parts.values()] == [[[0, 1, 2], [6, 7, 8]], [[3, 4, 5], [9, 10, 11]]]
    with pytest.raises(AssertionError, match="a gradient has the size of the logits"):
        logits.outside(np.zeros((2, 5)))


@pytest.mark.parametrize(
    ("network", "name", "activation", "message", "hint"),
    [
        (lstm("y[outputs] = softmax(V @ h)", outputs=2), "h", "softmax",
         "'h' is not the softmax of anything", "these are: readout.y"),
        (lstm("y[outputs] = softmax(V @ h)", outputs=2), "readout.V", "softmax",
         "'readout.V' is not the softmax of anything", "these are: readout.y"),
        (lstm("y[outputs] = softmax(V @ h)", outputs=2), "readout.y", "sigmoid",
         "'readout.y' is not the sigmoid of anything", "these are: i, f, o"),
        (lstm(None), "h", "softmax",
         "'h' is not the softmax of anything", "write a readout such as y[outputs] = softmax(V @ h)"),
        (texts.network("softmax-memory"), "h:softmax2", "softmax",
         "'h:softmax2' is taken of 'h_prev', which is not a value of its own at each step",
         "give it a line of its own: z = h_prev"),
        (Network([Layer(define("bare", "a[inputs] = softmax(x)\nh = W @ a"), 3)], 2), "a", "softmax",
         "'a' is taken of 'x', which is not a value of its own at each step", "give it a line of its own: z = x"),
    ],
)  # fmt: skip
def test_what_has_no_logits(network: Network, name: str, activation: str, message: str, hint: str) -> None:
    with pytest.raises(NetworkError) as error:
        logits_of(network, name, activation=activation)
    (problem,) = error.value.problems
    assert (problem.message, problem.hint, problem.field) == (message, hint, name)


def test_the_hint_helps() -> None:
    network = Network([Layer(define("own", "z[inputs] = x\na[inputs] = softmax(z)\nh = W @ a"), 3)], 2)
    assert logits_of(network, "a").names == ("main.1.forward.z",)


def test_several_parts() -> None:
    layers = [texts.layer("lstm", "both")]
    network = Network.of([
        Part(layers, 2, "y[outputs] = softmax(V @ h)", name="one", sizes={"outputs": 4}),
        Part(layers, 3, "y = softmax(c)", name="two"),
    ])  # fmt: skip
    assert logits_of(network, "one.readout.y").names == ("one.readout.forward.y:in",)
    assert logits_of(network, "one.readout.y").sizes == (4,)
    assert logits_of(network, "two.readout.y").names == ("two.1.forward.c", "two.1.backward.c")


def test_an_unknown_name() -> None:
    with pytest.raises(NetworkError, match=r"nothing here is called 'readout\.z'") as error:
        logits_of(NETWORKS["derived"][0], "readout.z")
    assert isinstance(error.value.problems[0], Problem)
