from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Free, Layer, Network, Part
from app.engine.fed import fed_back
from tests.cells.written import complex_step
from tests.engine.seq2seq import Array, lstm, parameters, softmax


def network(readout: bool, learned: tuple[str, ...] = ()) -> Network:
    layers = (Layer(load("lstm"), 3), Layer(load("lstm"), 2, learned=learned))
    if not readout:
        return Network.of([Part(layers, 2, feed="2.h")])
    return Network.of([Part(layers, 4, "y[outputs] = softmax(V @ h + R @ c)", sizes={"outputs": 4}, feed="readout.y")])


def by_hand(p: dict[str, Array], first: Array, steps: int, readout: bool) -> dict[str, Array]:
    """A stack of two LSTM layers fed its own output, step by step."""
    lead = first.shape[:-1]
    a = b = (np.zeros((*lead, 3)), np.zeros((*lead, 3)))
    b = (np.zeros((*lead, 2)), np.zeros((*lead, 2)))
    x, rows = first, []
    for _ in range(steps):
        h, c = lstm(p, "main.1.forward", x[None], *a)
        a = (h[0], c[0])
        h, c = lstm(p, "main.2.forward", a[0][None], *b)
        b = (h[0], c[0])
        x = b[0]
        if readout:
            x = softmax(b[0] @ p["main.readout.forward.V"].T + b[1] @ p["main.readout.forward.R"].T)
        rows.append((x, a[1]))
    return {"out": np.stack([row[0] for row in rows]), "1.c": np.stack([row[1] for row in rows])}


@pytest.mark.parametrize("lead", [(), (2,)], ids=["alone", "batch"])
@pytest.mark.parametrize("readout", [True, False])
def test_gradients_go_through_what_is_fed_back(readout: bool, lead: tuple[int, ...]) -> None:
    net = network(readout)
    p, random = parameters(net, 4), np.random.default_rng(5)
    out, inputs = ("readout.y", 4) if readout else ("2.h", 2)
    first = random.normal(size=(*lead, inputs))
    trace = net.run(p, Free(5, first=first))
    wanted = by_hand(p, first, 5, readout)
    np.testing.assert_allclose(trace[out], wanted["out"], rtol=1e-12)
    given = {out: random.normal(size=(5, *lead, inputs)), "1.c": random.normal(size=(5, *lead, 3))}
    gradient = trace.gradient(given)

    def loss(p: dict[str, Array], first: Array) -> Any:
        values = by_hand(p, first, 5, readout)
        return np.sum(given[out] * values["out"]) + np.sum(given["1.c"] * values["1.c"])

    for name, array in p.items():
        slope = complex_step(lambda a, n=name: loss({**p, n: a}, first), array)  # type: ignore[misc]
        np.testing.assert_allclose(gradient.parameters[name], slope, rtol=1e-10, atol=1e-12, err_msg=name)
    np.testing.assert_allclose(gradient.inputs[0], complex_step(lambda a: loss(p, a), first), rtol=1e-10, atol=1e-12)
    forced = net.run(p, trace["x"]).gradient(given)
    assert np.abs(forced.parameters["1.U_i"] - gradient.parameters["1.U_i"]).max() > 1e-4


def test_sequences_that_end_early_and_a_learned_start() -> None:
    layers = (Layer(load("lstm"), 3, learned=("h", "c")),)
    readout = "y[outputs] = softmax(V @ h)"
    net = Network.of([Part(layers, 4, readout, sizes={"outputs": 4}, feed="readout.y", stop=2)])
    random = np.random.default_rng(6)
    p = {name: 2 * random.normal(size=shape) for name, shape in net.parameters.items()}
    first = random.normal(size=(6, 4))
    trace = net.run(p, Free(4, first=first))
    lengths = np.broadcast_to(trace.lengths["main"], 6).tolist()
    assert len(set(lengths)) > 1
    given = random.normal(size=(trace.length, 6, 4))
    gradient = trace.gradient({"readout.y": given})
    total: dict[str, Any] = {}
    for n, length in enumerate(lengths):
        alone = net.run(p, Free(length, first=first[n]))
        each = alone.gradient({"readout.y": given[:length, n]})
        np.testing.assert_allclose(gradient["c"][:length, n], each["c"], rtol=1e-10, atol=1e-13)
        total = {name: total.get(name, 0) + array for name, array in each.parameters.items()}
    for name, array in gradient.parameters.items():
        np.testing.assert_allclose(array, total[name], rtol=1e-10, atol=1e-12, err_msg=name)
    assert gradient.parameters["h:start"].any()


def test_only_a_fed_part_goes_back_step_by_step() -> None:
    trace = network(False).run(parameters(network(False)), np.ones((3, 2)))
    with pytest.raises(AssertionError, match="only a part that is fed its own output"):
        fed_back(trace.runs["main"], {})
