"""The loss of a sequence: what is checked, what is sent of it, and its gradient."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.engine import ProblemError
from app.frames import unpack
from app.session import Limits
from app.session.experiment import Experiment
from app.session.losses import losses, rows
from app.session.opening import complete
from app.session.prepared import Prepared, prepare, with_backward, with_changes
from app.session.replies import Frames, Gradients
from app.session.report import report
from app.session.runs import forwards, gradient, run
from app.session.tables import csv_text, table
from tests.session.conftest import Talk

U, W, V = "main.1.forward.U", "main.1.forward.W", "readout.V"


def asked(of: str = "h", kind: str = "squared", readout: str | None = None, **fields: Any) -> Experiment:
    """h = x + h_prev / 2 over 1, 2, 4: 1, 2.5, 5.25."""
    layer = {"cell": "linear-rnn", "units": 1}
    record = {
        "network": {"parts": [{"name": "main", "inputs": 1, "layers": [layer], "readout": readout}]},
        "parameters": {"values": {W: [[1.0]], U: [[0.5]]}},
        "sequence": {"inputs": [[1.0], [2.0], [4.0]]},
        "loss": {"kind": kind, "of": of, "targets": [[0.0], None, [5.0]]},
        "backward": {"of": "loss", "step": 3},
        **fields,
    }
    return Experiment.model_validate(record)


def softmax(**fields: Any) -> Experiment:
    part = {"name": "main", "inputs": 1, "layers": [{"cell": "linear-rnn", "units": 1}]}
    network = {"parts": [{**part, "readout": "y[outputs] = softmax(V @ h)", "sizes": {"outputs": 2}}]}
    loss = {"kind": "cross-entropy", "of": "readout.y", "targets": [None, [1.0, 0.0], [0.0, 1.0]]}
    values = {W: [[1.0]], U: [[0.5]], V: [[1.0], [0.0]]}
    return asked(network=network, loss=loss, parameters={"values": values}, **fields)


def problems(experiment: Experiment) -> list[tuple[str, str, str]]:
    with pytest.raises(ProblemError) as caught:
        prepare(experiment, Limits())
    return [(each.code, each.message, each.field) for each in caught.value.problems]


def total(ready: Prepared) -> float:
    assert ready.objective is not None
    return ready.objective.loss(run(ready)).total


def test_each_step_has_a_loss_and_they_add_up() -> None:
    ready = prepare(asked(), Limits())
    assert ready.objective is not None
    found = losses(ready.objective, run(ready), 0, 3)
    # (1 - 0)^2, nothing, (5.25 - 5)^2
    assert {name: array[:, 0].tolist() for name, array in found.items()} == {"loss": [1, 0, 0.0625], "loss_sum": [1, 1, 1.0625]}
    later = losses(ready.objective, run(ready), 2, 3)
    assert (later["loss"].tolist(), later["loss_sum"].tolist()) == ([[0.0625]], [[1.0625]])


def test_cross_entropy_says_how_probable_the_target_was() -> None:
    ready = prepare(softmax(), Limits())
    assert ready.objective is not None
    found = losses(ready.objective, run(ready), 0, 3)
    chances = [1 / (1 + np.exp(-2.5)), 1 / (1 + np.exp(5.25))]
    np.testing.assert_allclose(found["loss_probability"][:, 0], [np.nan, *chances], rtol=1e-12)
    np.testing.assert_allclose(found["loss"][:, 0], [0, *-np.log(chances)], rtol=1e-12)


def test_the_gradient_of_the_loss_by_hand() -> None:
    """dL/dh3 = 2 * 0.25, dL/dh2 = a half of that, dL/dh1 = a quarter and 2 * 1 of its own."""
    ready = prepare(asked(), Limits())
    found = gradient(ready, run(ready))
    assert found.values["main.1.forward.h"][:, 0].tolist() == [2.125, 0.25, 0.5]
    # U: from step 2 0.25 * 1, from step 3 0.5 * 2.5; W: 2.125 * 1 + 0.25 * 2 + 0.5 * 4
    assert (found.parameters[U].tolist(), found.parameters[W].tolist()) == ([[1.5]], [[4.625]])


@pytest.mark.parametrize("experiment", [asked(), softmax()])
@pytest.mark.parametrize("name", [U, W])
def test_the_gradient_of_the_loss_is_what_it_changes_by(experiment: Experiment, name: str) -> None:
    ready = prepare(experiment, Limits())
    small = 1e-6

    def moved(by: float) -> float:
        return total(replace(ready, parameters={**ready.parameters, name: ready.parameters[name] + by}))

    expected = (moved(small) - moved(-small)) / (2 * small)
    assert gradient(ready, run(ready)).parameters[name][0, 0] == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"of": "h", "targets": [[0.0], None]},
            ("wrong-length", "there are targets for 2 steps, and the sequence has 3 steps", "loss.targets"),
        ),
        (
            {"of": "h", "targets": [[0.0, 1.0], None, None]},
            ("wrong-targets", "step 1 has targets of shape (2,), 'main.1.forward.h' has 1", "loss.targets[0]"),
        ),
        ({"of": "h", "targets": [None, None, None]}, ("no-targets", "no step has a target", "loss.targets")),
        ({"of": "g", "targets": [None, None, [1.0]]}, ("unknown-value", "the network has no value 'g'", "g")),
        (
            {"of": "h", "kind": "binary", "targets": [None, None, [1.0]]},
            ("not-activation", "'main.1.forward.h' is not the sigmoid of anything", "loss.main.1.forward.h"),
        ),
    ],
)
def test_what_is_wrong_with_targets_is_told(fields: dict[str, Any], told: tuple[str, str, str]) -> None:
    assert problems(asked(loss={"kind": "squared", **fields}, backward=None)) == [told]


def test_targets_of_a_softmax_are_probabilities() -> None:
    wrong = {"kind": "cross-entropy", "of": "readout.y", "targets": [None, [0.5, 0.0], None]}
    ((code, message, field),) = problems(softmax().model_copy(update={"loss": asked(loss=wrong).loss}))
    assert (code, field) == ("bad-targets", "loss.targets")
    assert message == "'targets' has 0.5 at step 2, which is the sum of the row and should be 1"


def test_a_loss_that_there_is_not_cannot_be_differentiated() -> None:
    assert problems(asked(loss=None)) == [("no-loss", "the experiment has no loss", "backward.of")]
    unit = asked(backward={"of": "loss", "step": 3, "unit": 0})
    assert problems(unit) == [("no-unit", "the loss is one number and has no units", "backward.unit")]
    with pytest.raises(ProblemError, match="the experiment has no loss"):
        with_changes(prepare(asked(loss=None, backward=None), Limits()), [], None, {}, Limits(), targets=[None])
    plain = prepare(asked(loss=None, backward=None), Limits())
    with pytest.raises(ProblemError, match="the experiment has no loss"):
        with_backward(plain, asked().backward)


def test_targets_change_and_a_shorter_sequence_keeps_those_that_it_has() -> None:
    ready = prepare(asked(), Limits())
    changed = with_changes(ready, [], None, {}, Limits(), targets=[None, [2.0], None])
    assert total(changed) == 0.25
    assert changed.objective is not None
    assert rows(changed.objective) == [None, [2.0], None]
    longer = with_changes(ready, [], [[1.0]] * 4, {}, Limits())
    assert longer.objective is not None
    assert rows(longer.objective) == [[0.0], None, [5.0], None]
    shorter = with_changes(ready, [], [[1.0]], {}, Limits())
    assert shorter.objective is not None
    assert rows(shorter.objective) == [[0.0]]
    assert not ready.same_numbers(changed)
    assert with_changes(ready, [], None, {}, Limits()).objective is ready.objective


def test_stretches_carry_the_sum_of_all_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.session.runs.MOST_STEPS", 2)
    found = [stretch for stretch, _ in forwards(prepare(asked(), Limits())) if stretch is not None]
    assert [each.arrays["loss_sum"][:, 0].tolist() for each in found] == [[1, 1], [1.0625]]


def test_a_session_sends_losses_and_follows_targets(talk: Talk) -> None:
    opened, frames, _, gradients, _ = talk.say("open", experiment=asked().model_dump())
    assert opened.experiment["loss"]["of"] == "main.1.forward.h"  # type: ignore[attr-defined]
    assert isinstance(frames, Frames)
    ((_, groups),) = unpack(frames.encode())
    assert groups["arrays"]["loss"][:, 0].tolist() == [1, 0, 0.0625]
    assert isinstance(gradients, Gradients)
    assert (gradients.of, gradients.step, gradients.unit) == ("loss", 3, None)
    changed = talk.say("change", targets=[None, None, [5.25]])
    assert isinstance(changed[0], Frames)
    assert changed[0].arrays["loss_sum"][:, 0].tolist() == [0, 0, 0]


def test_the_record_that_is_shown_names_the_value_in_full() -> None:
    record = complete(asked(), prepare(asked(), Limits()))
    assert record["loss"] == {"kind": "squared", "of": "main.1.forward.h", "targets": [[0.0], None, [5.0]], "classes": None}


def test_reports_and_files_have_targets_and_losses() -> None:
    found = report(asked(), True, Limits())
    data = found.to_data()
    assert data["backward"] == {"of": "loss", "step": 3, "unit": None}
    assert [step["target"] for step in data["steps"]] == [[0.0], None, [5.0]]
    assert data["steps"][2]["losses"] == {"loss": 0.0625, "loss_sum": 1.0625}
    assert "loss,loss_sum,3,1,,1.0625" in csv_text(found).splitlines()
    assert "loss sum  1" in table(found)
    assert "gradients of loss\n" in table(found)
    plain = report(asked(loss=None, backward=None), False, Limits())
    assert plain.to_data()["steps"][0].keys() == {"step", "x", "values", "before"}

def test_what_each_step_adds_to_each_parameter_is_sent_with_the_gradient_of_the_loss(talk: Talk) -> None:
    replies = talk.say("open", experiment=asked().model_dump())
    (gradients,) = [each for each in replies if isinstance(each, Gradients)]
    assert gradients.arrays[f"each:{U}"].tolist() == [[0], [0.25], [1.25]]
    assert gradients.arrays[f"each:{W}"].tolist() == [[2.125], [0.5], [2.0]]
    other = talk.say("differentiate", of="h", step=3)
    assert not any(name.startswith("each:") for each in other if isinstance(each, Gradients) for name in each.arrays)


def test_the_value_above_the_logits_gets_the_gradient_of_the_loss_itself() -> None:
    """-t / y where cross-entropy asks, though the engine begins at the logits."""
    found = report(softmax(), True, Limits())
    y, gradients = found.values["readout.y"], found.gradients["readout.y"]
    np.testing.assert_allclose(gradients, [[0, 0], [-1 / y[1, 0], 0], [0, -1 / y[2, 1]]], rtol=1e-14)
