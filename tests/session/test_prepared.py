"""Experiments made ready, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.engine import ProblemError
from app.session import Limits
from app.session.experiment import BackwardRecord, Experiment, StartRecord
from app.session.messages import Entry, Window
from app.session.prepared import Prepared, initialised, prepare, with_backward, with_changes, with_windows
from app.session.runs import gradient, run
from app.session.windows import Pane
from tests.session.conftest import experiment

C = "main.1.forward.c"
W = "main.1.forward.W_z"


def said(build: Callable[[], object]) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        build()
    return [each.message for each in caught.value.problems]


@pytest.fixture
def ready() -> Prepared:
    return prepare(experiment(parameters={"values": {W: [[1.0, 2.0]]}}, initial={C: [5.0]}), Limits())


def test_given_numbers_lie_over_the_seeded_ones(ready: Prepared) -> None:
    assert ready.parameters[W].tolist() == [[1.0, 2.0]]
    assert set(ready.parameters) == set(ready.network.parameters)
    again = prepare(experiment(parameters={"seed": 1}), Limits())
    assert again.parameters[W].tolist() != prepare(experiment(), Limits()).parameters[W].tolist()


def test_an_experiment_runs_one_part() -> None:
    record = experiment().model_dump()
    part = record["network"]["parts"][0]
    record["network"]["parts"] = [{**part, "name": "encoder"}, {**part, "name": "decoder"}]
    assert said(lambda: prepare(Experiment.model_validate(record), Limits())) == [
        "an experiment runs one part, not encoder, decoder"
    ]


def test_everything_wrong_is_told_at_once() -> None:
    wrong = experiment(
        parameters={"values": {"main.1.forward.W_q": [1.0]}},
        initial={C: [1.0, 2.0]},
        backward={"of": "main.1.forward.y", "step": 9},
    )
    assert said(lambda: prepare(wrong, Limits())) == [
        "the network has no parameter 'main.1.forward.W_q'",
        "main.1.forward.c is a list of 1 number, not a list of 2 numbers",
        "there is no step 9: the sequence has 3",
    ]


def test_a_cell_that_is_not_there_and_text_that_is_no_cell() -> None:
    (message,) = said(lambda: prepare(experiment(cell="memory-sell"), Limits()))
    assert message == "unknown cell 'memory-sell'"
    record = json.loads(experiment().model_dump_json())
    record["network"]["parts"][0]["layers"][0] |= {"cell": "mine", "text": "c = sigmod(W @ x)\ny = c + q_prev"}
    with pytest.raises(ProblemError) as caught:
        prepare(Experiment.model_validate(record), Limits())
    assert "unknown-function" in {each.code for each in caught.value.problems}
    assert {each.line for each in caught.value.problems} >= {1}


def test_a_persons_own_cell_runs() -> None:
    record = json.loads(experiment().model_dump_json())
    record["network"]["parts"][0]["layers"][0] |= {"cell": "mine", "text": "c = c_prev + W @ x\ny = tanh(c)"}
    ready = prepare(Experiment.model_validate(record), Limits())
    assert set(ready.parameters) == {"main.1.forward.W"}


@pytest.mark.parametrize(
    "layers",
    [[("mine", "y = x"), ("mine", "y = W @ x")], [("lstm", None), ("lstm", "y = x")], [("readout", "y = x")]],
)
def test_one_name_cannot_mean_two_things(layers: list[tuple[str, str | None]]) -> None:
    record = json.loads(experiment().model_dump_json())
    record["network"]["parts"][0]["layers"] = [{"cell": name, "text": text, "units": 2} for name, text in layers]
    assert said(lambda: prepare(Experiment.model_validate(record), Limits())) == [
        f"two different things are called '{layers[0][0]}'"
    ]


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(steps=2), "3 steps in the sequence: the limit is 2"),
        (Limits(units=1), "a size of 2: the limit is 1"),
        (Limits(parameters=11), "12 numbers in the parameters: the limit is 11"),
        (Limits(values=35), "36 values in the trace: the limit is 35"),
        (Limits(work=71), "72 multiplications in one run: the limit is 71"),
    ],
)
def test_limits_are_named_before_anything_is_computed(limits: Limits, message: str) -> None:
    assert said(lambda: prepare(experiment(), limits)) == [message]


def test_huge_numbers_are_refused_at_once() -> None:
    record = json.loads(experiment(units=2**40).model_dump_json())
    layer = record["network"]["parts"][0]["layers"][0]
    record["network"]["parts"][0]["layers"] = [{**layer, "sizes": {"context": 2**50}, "text": "y = x\n" * 9000}] * 50
    record["network"]["parts"][0]["readout"] = "#" * 100_000
    with pytest.raises(ProblemError) as caught:
        prepare(Experiment.model_validate(record), Limits())
    assert {each.args["limit"] for each in caught.value.problems} == {"layers", "units", "text"}


def test_a_change_touches_what_it_names(ready: Prepared) -> None:
    changed = with_changes(ready, [Entry(address=W, index=[0, 1], value=7.0)], None, {}, Limits())
    assert changed.parameters[W].tolist() == [[1.0, 7.0]]
    assert ready.parameters[W].tolist() == [[1.0, 2.0]]
    assert changed.initial[C].tolist() == [5.0]
    longer = with_changes(changed, [], [[0.0, 0.0]] * 9, {C: [6.0]}, Limits())
    assert (longer.steps, longer.initial[C].tolist(), longer.parameters[W].tolist()) == (9, [6.0], [[1.0, 7.0]])


def test_a_change_that_does_not_fit_changes_nothing(ready: Prepared) -> None:
    good, bad = Entry(address=W, index=[0, 0], value=9.0), Entry(address=W, index=[5, 5], value=9.0)
    assert len(said(lambda: with_changes(ready, [good, bad], [[1.0]], {"q": [1.0]}, Limits()))) == 3
    assert said(lambda: with_changes(ready, [], [[0.0, 0.0]] * 9, {}, Limits(steps=8))) == [
        "9 steps in the sequence: the limit is 8"
    ]


def test_another_value_is_differentiated(ready: Prepared) -> None:
    asked = with_backward(ready, BackwardRecord(of="y", step=3)).backward
    assert asked is not None
    assert asked.of == "main.1.forward.y"
    assert with_backward(ready, None).backward is None
    assert said(lambda: with_backward(ready, BackwardRecord(of="q", step=1))) == ["the network has no value 'q'"]


def test_windows(ready: Prepared) -> None:
    (pane,) = with_windows(ready, [Window(name="near", symbols=["c"], first=2, count=4)]).panes or ()
    assert pane == Pane("near", frozenset({C}), 2, 4)
    assert with_windows(ready, []).panes == ()
    assert with_windows(ready, None).panes is None
    assert with_windows(ready, []).same_numbers(ready)
    assert not with_changes(ready, [], None, {}, Limits()).same_numbers(ready)
    assert said(lambda: with_windows(ready, [Window(name="near", symbols=["c", "d", "W_z"])])) == [
        "the network has no symbol 'd'",
        "the network has no symbol 'W_z'",
    ]


def test_a_parameter_is_started_by_a_rule_of_its_own_and_given_numbers_lie_over_it() -> None:
    starts = {W: {"kind": "he", "seed": 7, "scale": -2.0}}
    found = prepare(experiment(parameters={"starts": starts}), Limits())
    once = prepare(experiment(parameters={"starts": {W: {"kind": "he", "seed": 7}}}), Limits())
    assert found.parameters[W].tolist() == (once.parameters[W] * -2).tolist()
    assert initialised(once, {W: StartRecord(kind="he", seed=7, scale=-2.0)})[W].tolist() == found.parameters[W].tolist()
    over = prepare(experiment(parameters={"starts": starts, "values": {W: [[1.0, 2.0]]}}), Limits())
    assert over.parameters[W].tolist() == [[1.0, 2.0]]


def test_a_change_starts_parameters_anew_and_lays_entries_over_them(ready: Prepared) -> None:
    asked = {W: StartRecord(kind="glorot", seed=3)}
    drawn = initialised(ready, asked)[W]
    entry = Entry(address=W, index=[0, 1], value=7.0)
    changed = with_changes(ready, [entry], None, {}, Limits(), asked)
    assert changed.parameters[W].tolist() == [[drawn[0, 0], 7.0]]
    assert ready.parameters[W].tolist() == [[1.0, 2.0]]


def test_what_cannot_be_started_is_told(ready: Prepared) -> None:
    wrong = {"main.1.forward.W_q": StartRecord(kind="he"), W: StartRecord(kind="he", scale=1.7e308)}
    assert said(lambda: initialised(ready, wrong)) == [
        "the network has no parameter 'main.1.forward.W_q'",
        "main.1.forward.W_z times 1.7e+308 is too large for a number",
    ]


def tied(ties: dict[str, str], **more: Any) -> Experiment:
    """The memory cell with two units and two inputs, some of its parameters one."""
    record = json.loads(experiment(units=2, **more).model_dump_json())
    return Experiment.model_validate({**record, "network": {**record["network"], "tied": ties}})


def test_tied_parameters_are_one_with_one_gradient_and_counted_once() -> None:
    free, one = prepare(tied({}), Limits()), prepare(tied({"W_f": "W_z"}), Limits())
    F = "main.1.forward.W_f"
    assert set(free.parameters) - set(one.parameters) == {F}
    assert free.known.weights - one.known.weights == free.parameters[F].size
    alike = replace(free, parameters={**free.parameters, **one.parameters, F: one.parameters[W]})
    asked = BackwardRecord(of=C, step=3)
    (apart, whole) = (gradient(with_backward(each, asked), run(each)).parameters for each in (alike, one))
    np.testing.assert_allclose(whole[W], apart[W] + apart[F], rtol=1e-12)
    assert np.abs(apart[F]).max() > 0
    assert run(one)[C].tolist() == run(alike)[C].tolist()


@pytest.mark.parametrize(
    ("ties", "message"),
    [
        ({"W_f": "b_f"}, "'W_f' has the shape (2, 2), 'b_f' (2,)"),
        ({"W_f": "W_q"}, "nothing here is called 'W_q'"),
        ({"W_f": "c"}, "'c' is not a parameter"),
        ({"W_f": "W_z", "W_z": "W_i"}, "'W_z' is tied to two things, or to one that is tied itself"),
    ],
)
def test_what_cannot_be_one_parameter(ties: dict[str, str], message: str) -> None:
    assert said(lambda: prepare(tied(ties), Limits()))[0] == message


def test_numbers_for_a_tied_parameter_go_by_the_other_name() -> None:
    ties = {"W_f": "W_z"}
    wanted = "'W_f' is tied to 'W_z': the two are one parameter"
    assert said(lambda: prepare(tied(ties, parameters={"values": {"W_f": [[1.0, 2.0], [3.0, 4.0]]}}), Limits())) == [wanted]
    assert said(lambda: prepare(tied(ties, parameters={"starts": {"W_f": {"kind": "he"}}}), Limits())) == [wanted]
    ready = prepare(tied(ties), Limits())
    entry = Entry(address="W_f", index=[0, 0], value=1.0)
    assert said(lambda: with_changes(ready, [entry], None, {}, Limits())) == [wanted]
    changed = with_changes(ready, [entry.model_copy(update={"address": "W_z"})], None, {}, Limits())
    assert changed.parameters[W][0, 0] == 1.0


def test_a_sequence_is_read_again_where_it_is_read_forward_and_not_too_often() -> None:
    once = prepare(experiment(), Limits())
    again = with_changes(once, [], None, {}, Limits(), carried=2)
    assert (once.carried, again.carried) == (0, 2)
    assert not again.same_numbers(once)
    assert with_changes(again, [], [[1.0, 2.0]], {}, Limits()).carried == 2
    with pytest.raises(ProblemError, match="21 readings of the sequence: the limit is 20"):
        with_changes(once, [], None, {}, Limits(), carried=20)
    with pytest.raises(ProblemError, match="21 readings of the sequence: the limit is 20"):
        prepare(experiment(carried=20), Limits())
    work = once.known.cost(once.steps)["work"]
    assert with_changes(once, [], None, {}, Limits(work=2 * work), carried=1).carried == 1
    with pytest.raises(ProblemError, match="multiplications in one run"):
        with_changes(once, [], None, {}, Limits(work=2 * work), carried=2)
    with pytest.raises(ProblemError, match="multiplications in one run"):
        with_changes(again, [], [[1.0, 2.0]] * (once.steps + 1), {}, Limits(work=3 * work))


def test_what_reads_backward_has_no_end_to_go_on_from() -> None:
    network = {"parts": [{"name": "main", "inputs": 2, "layers": [{"cell": "memory-cell", "units": 1, "direction": "both"}]}]}
    with pytest.raises(ProblemError) as error:
        prepare(experiment(network=network, carried=1), Limits())
    (problem,) = error.value.problems
    assert (problem.code, problem.field, problem.hint) == ("reads-backward", "carried", "read the sequence once")
    assert problem.message == "'1.backward.y' reads backward, so it cannot go on where a chunk ended"
    assert prepare(experiment(network=network), Limits()).carried == 0
