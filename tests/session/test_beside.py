"""A cell beside an experiment's own."""

from __future__ import annotations

import pytest

from app import cells
from app.engine import ProblemError
from app.lessons import Shelf
from app.session.beside import beside
from app.session.cell_experiment import cell_experiment
from app.session.experiment import Experiment
from app.session.limits import Limits
from app.session.prepared import prepare


@pytest.mark.parametrize("lesson", ["linear-toy", "gated-cell"])
@pytest.mark.parametrize("name", cells.names())
def test_every_cell_runs_over_every_lessons_sequence(shelf: Shelf, lesson: str, name: str) -> None:
    own = Experiment.model_validate(shelf.lessons[lesson].experiment())
    found = beside(own, name)
    lane = Experiment(network=found.network, parameters=found.parameters, sequence=own.sequence)
    assert prepare(lane, Limits()).network.inputs == len(own.sequence.inputs[0])
    assert found.cell == name


def test_units_are_those_of_the_experiment_or_the_next_that_the_groups_divide() -> None:
    assert beside(cell_experiment("lstm"), "gru").network.parts[0].layers[0].units == 3
    clockwork = beside(cell_experiment("lstm"), "clockwork-rnn").network.parts[0].layers[0].units
    assert clockwork == 3
    assert beside(cell_experiment("clockwork-rnn"), "lstm").network.parts[0].layers[0].units == 6


def test_the_readout_goes_along_where_the_cell_has_what_it_reads(shelf: Shelf) -> None:
    toy = Experiment.model_validate(shelf.lessons["linear-toy"].experiment())
    assert beside(toy, "lstm").network.parts[0].readout == "y[outputs] = V @ h"
    assert beside(toy, "memory-cell").network.parts[0].readout is None


def test_a_cell_that_is_not_there_is_named() -> None:
    with pytest.raises(ProblemError) as error:
        beside(cell_experiment("lstm"), "lstn")
    assert error.value.problems[0].code == "unknown-cell"
