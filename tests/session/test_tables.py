"""Reports as text."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest

from app.lessons import Shelf
from app.session.report import Report, lesson_report
from app.session.tables import csv_text, json_text, short, table


@pytest.fixture
def toy(shelf: Shelf) -> Report:
    return lesson_report(shelf.lessons["linear-toy"], None, None, gradients=True)


TABLE = """\
linear-toy: linear-rnn, 3 steps

step          1   2   3
x[1]          1   1   2
x[2]          1   1   2
h before[1]   0   2   6
h before[2]   0   2   6
h[1]          2   6  16
h[2]          2   6  16
readout.y[1]  4  12  32
readout.y[2]  4  12  32

gradients of readout.y"""


def test_time_runs_from_left_to_right(toy: Report) -> None:
    assert table(toy).startswith(TABLE)
    assert table(toy).endswith("initial gradients\nh  16  16")


def test_what_does_not_fit_side_by_side_goes_below(toy: Report) -> None:
    narrow = table(toy, width=22)
    assert "\nstep          1   2\n" in narrow
    assert "\nstep           3\n" in narrow
    assert table(toy, width=1).count("\nstep ") == 6, "never less than one step a block"


def test_every_line_of_a_block_is_aligned(shelf: Shelf) -> None:
    text = table(lesson_report(shelf.lessons["gated-cell"], "nine", None, gradients=False), width=80)
    for block in text.split("\n\n")[1:]:
        assert len({len(line) for line in block.splitlines()}) == 1, block


def test_csv_has_one_number_a_line(toy: Report) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(toy))))
    assert rows[0] == ["kind", "symbol", "step", "row", "column", "value"]
    assert ["input", "x", "3", "2", "", "2.0"] in rows
    assert ["before", "h", "2", "1", "", "2.0"] in rows
    assert ["value", "readout.y", "3", "1", "", "32.0"] in rows
    assert ["gradient", "h", "1", "1", "", "8.0"] in rows
    assert ["parameter", "W", "", "1", "2", "16.0"] in rows
    assert ["initial", "h", "", "2", "", "16.0"] in rows


def test_numbers_that_are_none() -> None:
    wild = np.array([[np.inf], [-np.inf], [np.nan], [-0.0]])
    report = Report(None, "wild", wild, {"c": wild}, {}, parameters={"w": np.array(np.nan)})
    assert "value,c,1,1,,inf\nvalue,c,2,1,,-inf\nvalue,c,3,1,,nan\nvalue,c,4,1,,-0.0" in csv_text(report)
    assert csv_text(report).endswith("parameter,w,,,,nan")
    assert "c     inf  -inf  nan  0" in table(report)
    assert json.loads(json_text(report), parse_constant=pytest.fail)["steps"][0]["values"] == {"c": ["inf"]}


@pytest.mark.parametrize(
    ("value", "text"), [(7.0, "7"), (0.1, "0.1"), (-0.0, "0"), (6.9997730106, "6.99977"), (5.7354e-39, "5.7354e-39")]
)
def test_short(value: float, text: str) -> None:
    assert short(value) == text
