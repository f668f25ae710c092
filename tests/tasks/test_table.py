"""What holds for every task: shapes, seeds, its loss's gradient through a network, its words."""

from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, ProblemError, logits_of
from app.tasks import LOSSES, TASKS, task_named
from tests.tasks.trivial import drawn

SMALL = {"length": 24, "gap": 4, "symbols": 2, "lag": 5, "period": 7}


def small(name: str) -> dict[str, int]:
    return {each.name: SMALL[each.name] for each in TASKS[name].settings}


@pytest.mark.parametrize("name", TASKS)
def test_batches_have_the_shapes_that_are_promised(name: str) -> None:
    found, settings = TASKS[name], TASKS[name].complete(small(name))
    batch = drawn(found, 5, settings)
    steps = batch.inputs.shape[:2]
    assert batch.inputs.shape == (*steps, len(found.inputs(settings)))
    outputs = len(found.outputs(settings))
    if found.kind == "classes":
        assert batch.targets.shape == steps
        assert 0 <= batch.targets.min() <= batch.targets.max() < outputs
    else:
        assert batch.targets.shape == (*steps, outputs)
    assert batch.mask.shape == batch.asked.shape == steps
    assert batch.mask.dtype == batch.asked.dtype == bool
    assert batch.mask.any(axis=0).all()
    assert not (batch.asked & ~batch.mask).any()
    assert batch.size == 5


@pytest.mark.parametrize("name", TASKS)
def test_the_same_seed_gives_the_same_sequences(name: str) -> None:
    one, again, other = (drawn(TASKS[name], 40, small(name), seed) for seed in (3, 3, 4))
    assert one.inputs.tobytes() == again.inputs.tobytes()
    assert one.targets.tobytes() == again.targets.tobytes()
    # there is one wave only
    assert name == "wave" or one.inputs.shape != other.inputs.shape or (one.inputs != other.inputs).any()


@pytest.mark.parametrize("name", TASKS)
def test_settings_at_their_bounds_can_be_drawn(name: str) -> None:
    found = TASKS[name]
    for edge in ("low", "high"):
        settings = {each.name: min(getattr(each, edge), max(each.low, 300)) for each in found.settings}
        batch = drawn(found, 2, settings)
        assert np.isfinite(batch.inputs).all()
        assert 0 < found.baseline(settings).accuracy < 1 or settings.get("length") == 1
        assert np.isfinite(found.baseline(settings).loss)


@pytest.mark.parametrize("name", TASKS)
def test_the_gradient_of_its_loss_is_right(name: str) -> None:
    """Against the difference quotient along a random direction of all parameters."""
    found, settings = TASKS[name], TASKS[name].complete(small(name))
    batch = drawn(found, 3, settings)
    outputs = len(found.outputs(settings))
    network = Network([Layer(load("lstm"), 4)], batch.inputs.shape[-1], found.readout, outputs=outputs)
    activation = LOSSES[found.kind][2]
    random = np.random.default_rng(5)
    start = {key: random.normal(0, 0.5, array.shape) for key, array in network.initial().items()}
    along = {key: random.normal(size=array.shape) for key, array in start.items()}

    def read(trace: object) -> np.ndarray:  # type: ignore[type-arg]
        if activation:
            return logits_of(network, "readout.y", activation=activation).read(trace)  # type: ignore[arg-type]
        return trace["readout.y"]  # type: ignore[index, no-any-return]

    def loss(far: float) -> float:
        moved = {key: array + far * along[key] for key, array in start.items()}
        return found.loss(read(network.run(moved, batch.inputs)), batch).total

    trace = network.run(start, batch.inputs)
    outside = found.loss(read(trace), batch).gradient
    address = logits_of(network, "readout.y", activation=activation).names[0] if activation else "readout.y"
    gradient = trace.gradient({address: outside}).parameters
    slope = sum(float((gradient[key] * along[key]).sum()) for key in start)
    step = 1e-6
    assert slope == pytest.approx((loss(step) - loss(-step)) / (2 * step), rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("name", TASKS)
def test_it_says_what_it_is(name: str) -> None:
    found = TASKS[name]
    assert found.name == name
    assert {"en", "zh"} <= found.title.keys()
    assert found.definition.endswith((".", "?"))
    assert found.derivation.endswith((".", ")"))
    assert found.source
    assert found.baseline(found.complete({})).accuracy < found.solved <= 1


def test_an_unknown_task_is_refused_with_the_nearest() -> None:
    with pytest.raises(ProblemError) as error:
        task_named("ading")
    assert error.value.problems[0].hint == "did you mean 'adding'?"
    assert task_named("adding") is TASKS["adding"]
