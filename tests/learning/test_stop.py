"""Why a training cannot go on."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine import Flat
from app.learning.batches import Batches
from app.learning.pupil import Learnt, Pupil
from app.learning.stop import found_at
from tests.learning.small import small


def test_the_step_at_which_a_value_overflows_is_told() -> None:
    """h begins at 10^40 and is multiplied by 10^40 at every step: 10^308 is passed at step 8."""
    chosen = small(task="one-bit", options={"length": 20}, cell="linear-rnn", units=1, batch=1)
    pupil = Pupil(chosen)
    names = pupil.network.parameters.items()
    parameters = {name: np.full(shape, 1.0 if "readout" in name else 1e40) for name, shape in names}
    learnt = pupil.learn(parameters, Batches(chosen).update(1))
    values = learnt.traces[0]["h"][:, 0, 0]
    step = int(np.flatnonzero(~np.isfinite(values))[0]) + 1
    assert step == 8
    stop = found_at(3, learnt, Flat(pupil.network.parameters), pupil.network)
    assert (stop.update, stop.problem.code, stop.problem.args["step"]) == (3, "value-overflowed", step)
    assert str(stop.problem.args["name"]).startswith("h")


@pytest.mark.parametrize(("loss", "bad", "code"), [
    (np.inf, None, "loss-overflowed"), (1.0, 5, "gradient-overflowed"), (1.0, None, "update-overflowed"),
])  # fmt: skip
def test_otherwise_it_is_the_loss_a_gradient_or_the_update(loss: float, bad: int | None, code: str) -> None:
    pupil = Pupil(small())
    gradient = Flat(pupil.network.parameters)
    if bad is not None:
        gradient.vector[bad] = np.nan
    stop = found_at(9, Learnt(loss, (), ()), gradient, pupil.network)
    assert stop.problem.code == code
    assert stop.problem.message.startswith("stopped at update 9")
    if bad is not None:
        assert stop.problem.args["name"] == pupil.network.short(gradient.where(bad)[0])
