from __future__ import annotations

import numpy as np
import pytest

from app.engine import Network
from app.engine.sweep import Sweep
from tests.engine import reference, texts

OUT = "main.readout.forward.y"


def test_what_is_added_goes_down_through_the_layers_and_back_through_time() -> None:
    layers = [texts.layer("lstm", "both"), texts.layer("simple-rnn")]
    network = Network(layers, 2, "y[outputs] = V @ h", outputs=2)
    given = reference.numbers(network, 1, 4, share=0.0)
    trace = network.run(given.parameters, given.inputs, initial=given.initial)
    sweep = Sweep(trace.runs["main"])
    for name, array in given.outside.items():
        sweep.add(name, array / 2)
        sweep.add(name, array / 2)
    sweep.backward(0, 4)
    wanted = reference.expected(network, given)
    np.testing.assert_allclose(sweep.read("main.0.forward.x"), wanted.inputs, rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(sweep.read(OUT, 1, 3), given.outside[OUT][1:3], rtol=1e-13)
    for name, array in sweep.parameters().items():
        np.testing.assert_allclose(array, wanted.parameters[name], rtol=1e-10, atol=1e-13)
    for name, array in wanted.initial.items():
        np.testing.assert_allclose(sweep.initial(name), array, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("name", [OUT, "main.1.forward.h", "main.1.forward.U"])
def test_what_the_loss_does_not_touch_is_zero(name: str) -> None:
    network = Network([texts.layer("simple-rnn")], 2, "y[outputs] = V @ h", outputs=2)
    trace = network.run(network.initial(), np.ones((3, 2)))
    sweep = Sweep(trace.runs["main"])
    sweep.backward(0, 3)
    found = sweep.parameters()[name] if name.endswith("U") else sweep.read(name)
    assert found.size
    assert not found.any()
    assert not sweep.initial("main.1.forward.h").any()
