"""Runs as files."""

from __future__ import annotations

import csv
import io
import json
import re

import numpy as np
import pytest

from app.engine import ProblemError
from app.lessons import Shelf
from app.session.experiment import Experiment
from app.session.limits import Limits
from app.session.report import Report, report
from app.session.trace_file import carried, trace_file
from app.session.weights import read_weights
from tests.session.conftest import experiment

C = "main.1.forward.c"


@pytest.fixture
def own(shelf: Shelf) -> Experiment:
    return Experiment.model_validate(shelf.lessons["linear-toy"].experiment())


@pytest.fixture
def toy(own: Experiment) -> Report:
    return report(own, True, Limits(), full=True)


def test_csv_names_by_full_addresses(toy: Report, own: Experiment) -> None:
    lines = list(csv.reader(io.StringIO(trace_file(toy, "csv", Limits(), own).decode())))
    assert lines[0] == ["kind", "symbol", "step", "row", "column", "value", "experiment", "reading"]
    rows = [line[:6] for line in lines]
    assert ["input", "main.0.forward.x", "3", "2", "", "2.0"] in rows
    assert ["value", "main.readout.forward.y", "3", "1", "", "32.0"] in rows
    assert ["gradient", "main.1.forward.h", "1", "1", "", "8.0"] in rows
    assert ["parameter", "main.1.forward.U", "", "1", "2", "20.0"] in rows


def test_csv_says_of_which_experiment_and_reading_a_number_is(own: Experiment) -> None:
    def marks(of: Experiment) -> set[tuple[str, str]]:
        text = trace_file(report(of, False, Limits(), full=True), "csv", Limits(), of).decode()
        return {(row["experiment"], row["reading"]) for row in csv.DictReader(io.StringIO(text))}

    [(mark, reading)] = marks(own)
    assert re.fullmatch(r"linear-toy-[0-9a-f]{8}", mark)
    assert reading == "1"
    assert marks(own.model_copy(update={"step": 2, "language": "zh"})) == {(mark, "1")}
    [(again, second)] = marks(own.model_copy(update={"carried": 1}))
    assert again != mark
    assert second == "2"


def test_npz_holds_the_same_doubles(toy: Report, own: Experiment) -> None:
    with np.load(io.BytesIO(trace_file(toy, "npz", Limits(), own))) as found:
        assert set(found.files) == {f"{kind}/{symbol}" for kind, symbol, _ in toy.arrays()} | {"experiment"}
        for kind, symbol, array in toy.arrays():
            np.testing.assert_array_equal(found[f"{kind}/{symbol}"], array)
        assert found["value/main.1.forward.h"].dtype == np.float64


def test_every_double_comes_back_and_what_is_not_finite_is_a_word() -> None:
    growing = experiment(
        steps=4, parameters={"values": {"main.1.forward.W_z": [[1e308, 0.1]], "main.1.forward.b_f": [40.0]}}
    )
    found = report(growing, False, Limits(), full=True)
    rows = csv.DictReader(io.StringIO(trace_file(found, "csv", Limits(), growing).decode()))
    values = [row["value"] for row in rows if (row["kind"], row["symbol"]) == ("value", C)]
    assert [float(value) for value in values] == [float(value) for value in found.values[C][:, 0]]
    assert json.loads(trace_file(found, "json", Limits(), growing))["steps"][0]["values"][C] == [float(values[0])]


def test_a_text_may_be_too_long(toy: Report, own: Experiment) -> None:
    amount = sum(array.size for _, _, array in toy.arrays())
    with pytest.raises(ProblemError) as error:
        trace_file(toy, "csv", Limits(written=amount - 1), own)
    [problem] = error.value.problems
    assert problem.args == {"limit": "written", "value": amount, "allowed": amount - 1}
    assert trace_file(toy, "csv", Limits(written=amount), own).count(b"\n") == amount + 1
    assert trace_file(toy, "npz", Limits(written=1), own)


def test_a_run_is_read_back_as_the_experiment_that_it_is_of(toy: Report, own: Experiment) -> None:
    data = trace_file(toy, "npz", Limits(), own)
    found = read_weights(data, "run.npz", {}, None, 2**20, Limits())
    assert found["experiment"]["lesson"] == own.lesson
    assert found["experiment"]["sequence"] == own.model_dump()["sequence"]
    again = report(Experiment.model_validate(found["experiment"]), True, Limits(), full=True)
    for (kind, symbol, before), (*_, after) in zip(toy.arrays(), again.arrays(), strict=True):
        np.testing.assert_array_equal(after, before, f"{kind} {symbol}")
    assert Experiment.model_validate(json.loads(trace_file(toy, "json", Limits(), own))["experiment"]) == own


def npz(**arrays: object) -> bytes:
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **{name: np.asarray(array) for name, array in arrays.items()})
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        npz(other=1),
        npz(experiment=[1, 2]),
        npz(experiment=np.frombuffer(b'{"version": 1}', np.uint8)),
        npz(experiment=[0] * 500),
    ],
    ids=["nothing", "no archive", "another", "no text", "half", "too much"],
)
def test_other_files_carry_none(data: bytes) -> None:
    assert carried(data, 1000) is None


def test_an_experiment_in_a_run_is_checked(toy: Report, own: Experiment) -> None:
    data = trace_file(toy, "npz", Limits(), own)
    with pytest.raises(ProblemError) as error:
        read_weights(data, "run.npz", {}, None, 2**20, Limits(steps=1))
    assert [problem.code for problem in error.value.problems] == ["over-limit"]
