"""What is told of a training is what Python says of it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.learning import Training
from app.learning.telling import Example, outline, updates
from tests.learning.small import small, trained


def test_the_outline() -> None:
    training = trained(3)
    header, arrays = outline(training)
    assert json.loads(json.dumps(header)) == header
    assert header["settings"] == training.settings.to_data()
    network = header["network"]
    assert isinstance(network, dict)
    assert network["parameters"] == sum(array.size for array in training.parameters.values())
    assert len(network["equations"]) == 2
    assert network["equations"][1].startswith("y[outputs] = softmax")
    assert (header["steps"], header["done"]) == (10, 3)
    assert arrays["loss"].tolist() == training.history.loss
    assert arrays["held_out"].tolist() == [[3, training.history.held_out[0].loss, training.history.held_out[0].accuracy]]


@pytest.mark.parametrize("changed", [
    {}, {"layers": 2, "truncation": 4}, {"task": "adding", "options": {"length": 12}, "cell": "gru", "dtype": "float32"},
    {"task": "parity", "options": {}}, {"task": "reber", "options": {}, "cell": "simple-rnn"}, {"task": "sine", "options": {}},
    {"task": "copy", "options": {}}, {"task": "slots", "options": {}, "cell": "jordan"},
], ids=str)  # fmt: skip
def test_the_example_is_a_held_out_sequence_as_it_is_answered(changed: dict[str, Any]) -> None:
    training = trained(2, **changed)
    arrays = Example(training).arrays()
    pupil, batch = training.pupil, training.batches.held_out
    steps = len(arrays["x"])
    assert np.array_equal(arrays["x"], batch.inputs[:steps, 0])
    assert batch.mask[steps - 1, 0]
    assert not batch.mask[steps:, 0].any(), "it ends with the last step that counts"
    trace = pupil.network.run(training.parameters, batch.inputs[:steps, :1], dtype=np.dtype(training.settings.dtype))
    np.testing.assert_allclose(arrays["answers"], trace[pupil.answer][:, 0], rtol=1e-5)
    assert arrays["answers"].dtype == arrays["flow"].dtype == np.float64
    assert np.array_equal(np.isnan(arrays["targets"]).any(axis=1), ~batch.mask[:steps, 0])
    counts = arrays["targets"][batch.mask[:steps, 0]]
    if pupil.task.kind == "classes":
        assert np.array_equal(counts.argmax(axis=1), batch.targets[:steps, 0][batch.mask[:steps, 0]])
        assert (counts.sum(axis=1) == 1).all()
    else:
        assert np.array_equal(counts, batch.targets[:steps, 0][batch.mask[:steps, 0]])
    assert arrays["asked"].tolist() == batch.asked[:steps, 0].astype(float).tolist()
    assert arrays["flow"].shape == (steps,)
    assert (arrays["flow"] >= 0).all()
    for name, array in training.parameters.items():
        assert np.array_equal(arrays[name], array.astype(np.float32))
    for layer in range(1, training.settings.layers + 1):
        output = pupil.network.places[layer - 1].address(pupil.network.places[layer - 1].program.output)
        assert arrays[output].shape[0] == steps
        assert arrays[output].dtype == np.float32


def test_the_flow_is_that_of_the_loss_of_the_example() -> None:
    """With the loss at the last step alone, nothing flows there but through the readout: V' dL/dy."""
    training = trained(1, task="adding", options={"length": 6})
    arrays = Example(training).arrays()
    wanted = training.batches.held_out.targets[-1, 0]
    outside = 2 * (arrays["answers"][-1] - wanted) @ training.parameters["main.readout.forward.V"]
    assert arrays["flow"][-1] == pytest.approx(float(np.linalg.norm(outside)), rel=1e-9)


def test_looking_changes_nothing() -> None:
    training, alone = Training(small()), trained(6)
    while not training.is_over:
        Example(training).arrays()
        training.step()
    assert training.flat.vector.tobytes() == alone.flat.vector.tobytes()


def test_updates_in_a_row() -> None:
    training = Training(small())
    made = [training.step() for _ in range(4)]
    arrays = updates(made)
    assert arrays["loss"].tolist() == [each.loss for each in made]
    assert arrays["clipped"].tolist() == [each.clipped for each in made]
    assert arrays["held_out"].shape == (1, 3)
    assert {name: array.shape for name, array in updates([]).items()} == {
        "loss": (0,), "norm": (0,), "clipped": (0,), "rate": (0,), "held_out": (0, 3),
    }  # fmt: skip
