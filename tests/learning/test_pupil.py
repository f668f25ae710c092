"""The network that learns: its answers, its gradient, and what does not fit."""

from __future__ import annotations

import numpy as np
import pytest

from app.cells import names
from app.engine import ProblemError
from app.learning.batches import Batches
from app.learning.pupil import Pupil
from app.learning.settings import Settings
from app.tasks import CLASSES, YES_NO, Array
from tests.learning.small import small


def started(pupil: Pupil, seed: int = 0) -> dict[str, Array]:
    """Distinct numbers, so that nothing is hidden by a bias of 0."""
    random = np.random.default_rng(seed)
    return {name: random.normal(0, 0.4, shape) for name, shape in pupil.network.parameters.items()}


def slope(chosen: Settings) -> tuple[float, float]:
    """The derivative of the loss along a random direction: by the gradient, and by the difference quotient."""
    pupil, batch = Pupil(chosen), Batches(chosen).update(1)
    start = started(pupil)
    along = started(pupil, 1)
    found = pupil.learn(start, batch)
    ours = sum(float((g.parameters[name] * along[name]).sum()) for g in found.gradients for name in start)

    def loss(far: float) -> float:
        moved = {name: array + far * along[name] for name, array in start.items()}
        return pupil.task.loss(pupil.answers(moved, batch.inputs), batch, pupil.kind).total

    return ours, (loss(1e-6) - loss(-1e-6)) / 2e-6


@pytest.mark.parametrize("cell", names())
def test_every_cell_learns_with_the_right_gradient(cell: str) -> None:
    ours, theirs = slope(small(cell=cell, units=6 if cell == "clockwork-rnn" else 4))
    assert ours == pytest.approx(theirs, rel=1e-4, abs=1e-8)


@pytest.mark.parametrize(("task", "options"), [("slots", {}), ("parity", {"length": 6})])
@pytest.mark.parametrize("direction", ["backward", "both"])
def test_layers_that_read_backward(task: str, options: dict[str, int], direction: str) -> None:
    ours, theirs = slope(small(task=task, options=options, cell="gru", layers=2, direction=direction))
    assert ours == pytest.approx(theirs, rel=1e-5)


def test_the_flow_is_of_both_directions() -> None:
    chosen = small(task="parity", options={"length": 6}, cell="gru", direction="both")
    pupil, batch = Pupil(chosen), Batches(chosen).update(1)
    learnt = pupil.learn(started(pupil), batch)
    (gradient,) = learnt.gradients
    squares = sum((gradient.read(f"main.1.{each}.h") ** 2).sum(axis=(1, 2)) for each in ("forward", "backward"))
    assert pupil.flow(learnt) == pytest.approx(np.sqrt(squares))


def test_a_cell_that_answers_by_itself_does_so_in_one_direction() -> None:
    assert Pupil(small(cell="jordan", task="slots", options={}, direction="backward")).answer == "main.1.backward.y"
    with pytest.raises(ProblemError, match="once in each direction") as error:
        Pupil(small(cell="jordan", task="slots", options={}, direction="both"))
    assert error.value.problems[0].field == "direction"


def test_two_layers() -> None:
    ours, theirs = slope(small(cell="gru", layers=2))
    assert ours == pytest.approx(theirs, rel=1e-5)


def test_a_cell_with_an_output_inside_answers_by_itself() -> None:
    pupil = Pupil(small(cell="jordan"))
    assert (pupil.kind, pupil.answer) == (YES_NO, "main.1.forward.y")
    assert Pupil(small(cell="simple-rnn-uwv")).kind == CLASSES
    assert Pupil(small(cell="memory-cell")).answer == "main.readout.forward.answer"


def test_a_cell_of_ones_own_learns_from_its_equations() -> None:
    own = small(cell="gru", equations="k = tanh(A @ x + B @ k_prev)\nh = 2 * k")
    ours, theirs = slope(own)
    assert ours == pytest.approx(theirs, rel=1e-4, abs=1e-8)
    assert {"A", "B"} <= set(map(Pupil(own).network.short, Pupil(own).network.parameters))
    with pytest.raises(ProblemError):
        Pupil(small(equations="h = tanh(W @ x"))


def test_a_task_that_does_not_fit_the_cell_is_refused() -> None:
    with pytest.raises(ProblemError) as error:
        Pupil(small(task="sine", options={}, cell="jordan"))
    (problem,) = error.value.problems
    assert (problem.code, problem.field) == ("task-does-not-fit", "cell")
    with pytest.raises(ProblemError, match="cannot be divided"):
        Pupil(small(cell="clockwork-rnn", units=5))


def test_an_update_that_takes_too_much_memory_is_refused() -> None:
    chosen = small(units=512, layers=4, batch=1024, options={"length": 2000})
    with pytest.raises(ProblemError, match="MB"):
        Pupil(chosen).check_size(Batches(small(batch=1024, options={"length": 2000})).update(1))


def test_truncation_keeps_the_loss_and_cuts_the_gradient() -> None:
    whole, cut = Pupil(small()), Pupil(small(truncation=4))
    batch = Batches(small()).update(1)
    start = started(whole)
    one, other = whole.learn(start, batch), cut.learn(start, batch)
    assert [trace.length for trace in other.traces] == [4, 4, 2]
    assert other.loss == pytest.approx(one.loss, rel=1e-14)
    # the loss is at the last step, so only the last piece has a gradient
    flow, whole_flow = cut.flow(other), whole.flow(one)
    assert flow[8:] == pytest.approx(whole_flow[8:])
    assert not flow[:8].any()
    assert whole_flow.all()
    assert cut.learn(start, batch).loss == Pupil(small(truncation=10)).learn(start, batch).loss
