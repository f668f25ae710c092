"""A cell written anew: what still fits stays, everything else follows from the new text."""

from __future__ import annotations

from typing import Any

import pytest

from app.engine import CellError, ProblemError
from app.lessons import Shelf
from app.session import Limits
from app.session.cell_experiment import cell_experiment
from app.session.experiment import BackwardRecord, Experiment
from app.session.opening import lesson_experiment
from app.session.prepared import prepare
from app.session.report import report
from app.session.rewriting import rewritten
from tests.session.conftest import experiment

LEAKY = "f = sigmoid(W_f @ x + b_f) : forget gate\nh = f * h_prev + W_z @ x : memory"
MAIN = "main.1.forward."


def gated(shelf: Shelf) -> Experiment:
    return lesson_experiment(shelf.lessons["gated-cell"])


def anew(of: Experiment, cell: str, text: str, limits: Limits | None = None) -> Experiment:
    return Experiment.model_validate(rewritten(of, cell, text, limits or Limits()))


def refused(of: Experiment, cell: str, text: str, limits: Limits | None = None) -> Any:
    with pytest.raises(ProblemError) as caught:
        rewritten(of, cell, text, limits or Limits())
    return caught.value


def test_weights_of_the_same_name_and_shape_keep_their_numbers(shelf: Shelf) -> None:
    found = anew(gated(shelf), "memory-cell", LEAKY)
    assert found.parameters.values[MAIN + "W_f"] == [[0, 100, 0]]
    assert found.parameters.values[MAIN + "b_f"] == [10]
    assert set(found.parameters.values) == {MAIN + name for name in ("W_f", "b_f", "W_z")}
    values = report(found, False, Limits()).values["h"][:, 0].tolist()
    assert values[:2] == pytest.approx([3, 7], rel=1e-15)


def test_it_belongs_to_no_lesson_any_more_and_the_rest_is_as_it_was(shelf: Shelf) -> None:
    before = gated(shelf)
    found = anew(before, "memory-cell", LEAKY)
    assert (found.lesson, found.preset, found.variant, found.cell) == (None, None, None, None)
    assert (found.sequence, found.step, found.view) == (before.sequence, before.step, before.view)
    (layer,) = found.network.parts[0].layers
    assert (layer.cell, layer.text, layer.units) == ("own", LEAKY, 1)


def test_the_text_is_kept_as_it_was_typed() -> None:
    text = "# mine\n\nh  =  tanh( W @ x )   # so far"
    assert anew(experiment(), "memory-cell", text).network.parts[0].layers[0].text == text


def test_an_own_cell_keeps_its_name_and_another_one_gets_its_own() -> None:
    own = anew(experiment(), "memory-cell", "h = tanh(W @ x)")
    assert anew(own, "own", "h = W @ x").network.parts[0].layers[0].cell == "own"
    layers = [{"cell": "own", "text": "h = W @ x", "units": 2}, {"cell": "gru", "units": 2}, {"cell": "gru", "units": 3}]
    two = experiment(network={"parts": [{"name": "main", "inputs": 2, "layers": layers}]})
    found = anew(two, "gru", "h = tanh(W @ x)").network.parts[0].layers
    assert [each.cell for each in found] == ["own", "own-2", "own-2"]
    assert [each.units for each in found] == [2, 2, 3]


def test_the_gradient_stays_with_its_value_or_moves_to_what_leaves(shelf: Shelf) -> None:
    before = gated(shelf)
    assert before.backward is not None
    kept = anew(before, "memory-cell", "y = W @ x").backward
    moved = anew(before, "memory-cell", LEAKY).backward
    assert (kept and kept.of, kept and kept.step) == (MAIN + "y", before.backward.step)
    assert (moved and moved.of, moved and moved.unit) == (MAIN + "h", None)


def test_a_unit_that_is_gone_leaves_all() -> None:
    before = anew(experiment(units=1), "memory-cell", "s[context] = W @ x\nh = U @ s")
    before = before.model_copy(update={"backward": BackwardRecord(of=MAIN + "s", step=1, unit=1)})
    found = anew(before, "own", "s = W @ x\nh = U @ s").backward
    assert found is not None
    assert (found.of, found.unit) == (MAIN + "s", None)


def test_starting_states_stay_where_there_is_such_a_state(shelf: Shelf) -> None:
    before = gated(shelf).model_copy(update={"initial": {MAIN + "c": [5.0]}})
    assert anew(before, "memory-cell", "c = c_prev + W @ x\ny = c").initial == {MAIN + "c": [5.0]}
    assert anew(before, "memory-cell", LEAKY).initial == {}


def test_new_sizes_get_a_number_and_groups_are_whole() -> None:
    scrn = anew(cell_experiment("lstm"), "lstm", "s[context] = B @ x\nh = tanh(P @ s)")
    assert scrn.network.parts[0].layers[0].sizes == {"context": 2}
    clock = anew(cell_experiment("lstm"), "lstm", "m = every(1, 2)\nh = m * tanh(W @ x) + (1 - m) * h_prev")
    assert clock.network.parts[0].layers[0].units == 4


@pytest.mark.parametrize("name", ["lstm", "gru", "clockwork-rnn", "scrn", "jordan", "feed-forward"])
def test_the_text_of_a_library_cell_gives_its_numbers(name: str) -> None:
    before = cell_experiment(name)
    found = anew(before, name, prepare(before, Limits()).network.places[0].program.text)
    mine, theirs = (report(each, True, Limits()) for each in (found, before))
    for one, other in ((mine.values, theirs.values), (mine.parameters, theirs.parameters)):
        assert {key: array.tolist() for key, array in one.items()} == {key: array.tolist() for key, array in other.items()}


def test_a_faulty_text_is_told_with_its_places() -> None:
    error = refused(experiment(), "memory-cell", "h = sigmod(W @ x)\nk = h +")
    assert isinstance(error, CellError)
    assert [(each.code, each.line, each.start, each.end) for each in error.problems] == [
        ("unknown-function", 1, 4, 10), ("syntax", 2, 7, 8),
    ]  # fmt: skip


def test_what_the_readout_misses_has_no_place_in_the_text(shelf: Shelf) -> None:
    before = lesson_experiment(shelf.lessons["linear-toy"])
    name = before.network.parts[0].layers[0].cell
    error = refused(before, name, "y = W @ x")
    assert all((each.line, each.field) == (None, "readout") for each in error.problems)


def test_what_is_too_long_or_unknown_is_refused() -> None:
    assert refused(experiment(), "memory-cell", "#" * 4001).problems[0].args["limit"] == "text"
    unknown = refused(experiment(), "lstm", "h = W @ x").problems[0]
    assert (unknown.code, unknown.hint) == ("unknown-cell", "it has memory-cell")


def test_derivatives_of_many_pages_are_refused() -> None:
    nested = "h = W @ x\n" + "\n".join(f"a{n} = " + "tanh(h * " * 38 + "h" + ")" * 38 for n in range(2))
    problem = refused(experiment(), "memory-cell", nested).problems[0]
    assert (problem.code, problem.args["limit"], problem.args["allowed"]) == ("over-limit", "formulas", 500_000)
    assert refused(experiment(), "memory-cell", "h = W @ x", Limits(formulas=10)).problems[0].args["limit"] == "formulas"


def test_ties_stay_where_both_are_still_there_and_else_leave_their_numbers(shelf: Shelf) -> None:
    before = gated(shelf)
    ties = {MAIN + "W_z": MAIN + "W_f", MAIN + "b_f": MAIN + "b_i"}
    values = {name: array for name, array in before.parameters.values.items() if name not in ties}
    network = before.network.model_copy(update={"tied": ties})
    parameters = before.parameters.model_copy(update={"values": {**values, MAIN + "b_i": [3.0]}})
    found = anew(before.model_copy(update={"network": network, "parameters": parameters}), "memory-cell", LEAKY)
    assert found.network.tied == {MAIN + "W_z": MAIN + "W_f"}
    assert found.parameters.values == {MAIN + "W_f": [[0, 100, 0]], MAIN + "b_f": [3]}
