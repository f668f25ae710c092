"""Reports: the numbers of the sources, to the last digit."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from app.engine import ProblemError
from app.lessons import Shelf
from app.session import Limits
from app.session.experiment import BackwardRecord
from app.session.report import Report, lesson_report, report
from tests.session.conftest import experiment


def exactly(*expected: float) -> Any:
    """To a relative 1e-12, however small the numbers are."""
    return pytest.approx(list(expected), rel=1e-12, abs=0)


def column(found: Report, name: str, unit: int = 0) -> list[float]:
    return [float(value) for value in found.values[name][:, unit]]


def test_the_linear_toy(shelf: Shelf) -> None:
    found = lesson_report(shelf.lessons["linear-toy"], None, None, gradients=False)
    assert found.inputs.tolist() == [[1, 1], [1, 1], [2, 2]]
    assert found.values["h"].tolist() == [[2, 2], [6, 6], [16, 16]]
    assert found.values["readout.y"].tolist() == [[4, 4], [12, 12], [32, 32]]
    assert found.before["h"].tolist() == [[0, 0], [2, 2], [6, 6]]


def test_the_gated_cell(shelf: Shelf) -> None:
    found = lesson_report(shelf.lessons["gated-cell"], None, None, gradients=False)
    assert found.before["c"][:, 0].tolist() == exactly(0, 3, 7, 6.9997730106564884, 6.9995006337491068)
    after = [3, 7, 6.9997730106564884, 6.9995006337491068, 5.735399660523715e-39]
    assert column(found, "c") == exactly(*after)
    assert column(found, "y") == exactly(
        0.00013619360610730318,
        0.00031778508091704076,
        0.00031777477608462717,
        6.9995006337491068,
        2.6037492074444242e-43,
    )
    assert column(found, "i:in") == [90, 90, -10, -10, -110]


def test_its_nine_columns(shelf: Shelf) -> None:
    found = lesson_report(shelf.lessons["gated-cell"], "nine", None, gradients=False)
    after = [
        4.5397868702e-05, 3.0000453978687, 2.9999999979390, 6.9999999979390, 6.9997730085956, 6.9995006316883,
        5.7354e-39, 6, 5.9997730106565,
    ]  # fmt: skip
    assert column(found, "c") == pytest.approx(after, rel=1e-4)
    assert column(found, "c")[:6] == pytest.approx(after[:6], rel=1e-10)


def test_its_gates_rounded_as_in_the_lecture(shelf: Shelf) -> None:
    (rounded,) = [each for each in shelf.lessons["gated-cell"].variants if each != "exact"]
    found = lesson_report(shelf.lessons["gated-cell"], "five", rounded, gradients=False)
    assert found.before["c"][:, 0].tolist() == [0, 3, 7, 7, 7]
    assert column(found, "c") == [3, 7, 7, 7, 0]
    assert column(found, "y") == [0, 0, 0, 7, 0]


def test_its_gradients(shelf: Shelf) -> None:
    found = lesson_report(shelf.lessons["gated-cell"], None, None, gradients=True)
    assert found.backward == BackwardRecord(of="y", step=4)
    forget = 0.9999546021312976
    expected = [forget**2, forget**2, 4.5395807735951673e-05, 4.5397868702434395e-05, 0]
    assert found.gradients["x"][:, 0].tolist() == exactly(*expected)
    parameters = {name: array.ravel().tolist() for name, array in found.parameters.items()}
    assert parameters["W_z"] == exactly(6.999500633749107, 1.9998184126471235, 4.5397868702434395e-05)
    assert parameters["b_z"] == exactly(1.999909206323562)
    assert parameters["W_i"] == pytest.approx([2.269707951880814e-04, 0, 4.5395807735951673e-05], rel=1e-12, abs=1e-38)
    assert parameters["b_i"] == exactly(1.3618330146201654e-04)
    assert parameters["W_f"] == pytest.approx([9.532728058685954e-04, 0, 3.1776034978675744e-04], rel=1e-12, abs=1e-36)
    assert parameters["b_f"] == exactly(6.355165778276764e-04)
    assert parameters["W_o"] + parameters["b_o"] == pytest.approx([0] * 4, abs=1e-30)


def test_the_json_form(shelf: Shelf) -> None:
    found = lesson_report(shelf.lessons["gated-cell"], None, None, gradients=True).to_data()
    assert list(found) == ["lesson", "steps", "backward", "parameters", "initial"]
    first = found["steps"][0]
    assert list(first) == ["step", "x", "values", "before", "gradients"]
    assert (first["step"], first["x"], first["values"]["c"], first["before"]["c"]) == (1, [3.0, 1.0, 0.0], [3.0], [0.0])
    assert found["backward"] == {"of": "y", "step": 4, "unit": None}
    plain = lesson_report(shelf.lessons["gated-cell"], None, None, gradients=False).to_data()
    assert list(plain) == ["lesson", "steps"]
    assert "gradients" not in plain["steps"][0]


def test_overflow_is_told_as_strings() -> None:
    wild = experiment(steps=120, cell="linear-rnn", parameters={"values": {"U": [[1e100]], "W": [[1.0, 1.0]]}})
    found = report(wild, True, Limits(), BackwardRecord(of="h", step=120)).to_data()
    assert found["steps"][-1]["values"]["h"] == ["inf"]
    text = json.dumps(found, allow_nan=False)
    assert "Infinity" not in text
    assert math.isinf(float(found["steps"][-1]["values"]["h"][0]))


def test_gradients_of_nothing_are_refused() -> None:
    with pytest.raises(ProblemError) as caught:
        report(experiment(), True, Limits())
    (problem,) = caught.value.problems
    assert problem.message == "it is not said what to differentiate"
    assert problem.hint == "name a value as `of` and its `step`, or give the experiment a `backward`"
