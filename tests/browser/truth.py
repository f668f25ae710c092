"""What the engine computes for a lesson, asked of the command line and not of the page."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from app.cells import load
from app.engine import Layer, Network
from app.session import Limits
from app.session.cell_experiment import cell_experiment
from app.session.experiment import Experiment
from app.session.report import Report
from app.session.report import report as session_report
from tests.browser.numbers import result

ROOT = Path(__file__).resolve().parents[2]


@cache
def report(lesson: str, *options: str) -> dict[str, Any]:
    """`unrolled trace LESSON --gradients --format json`."""
    command = [sys.executable, "-m", "app", "trace", lesson, "--gradients", "--format", "json", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def shown(lesson: str, kind: str, symbol: str, *options: str) -> list[str]:
    """A symbol at every step, all units, as the page writes it; `kind` is "values", "before" or "gradients"."""
    found = [step[kind] for step in report(lesson, *options)["steps"]]
    name = symbol if symbol in found[0] else f"readout.{symbol}"
    return [", ".join(result(value) for value in values[name]) for values in found]


@cache
def cell_report(name: str) -> Report:
    """Every value and gradient of the experiment that a cell of the library opens with."""
    return session_report(cell_experiment(name), True, Limits())


def of_cell(name: str, kind: str, symbol: str) -> list[str]:
    """A symbol of it at every step, all units, as the page writes it; `kind` is "values" or "gradients"."""
    found = getattr(cell_report(name), kind)[symbol]
    return [", ".join(result(float(value)) for value in values) for values in found]


def lstm(**fields: Any) -> Report:
    """The LSTM's experiment with some of its fields replaced; `parameters` and `network` as the record has them."""
    record = cell_experiment("lstm").model_dump() | fields
    return session_report(Experiment.model_validate(record), True, Limits())


def gated_cell(symbol: str, *, first: float = 3, **parameters: float) -> list[str]:
    """A value of the memory cell with some parameters set, and the first input, as the page writes it."""
    network = Network([Layer(load("memory-cell"), units=1)], inputs=3)
    hand = {"W_z": [1, 0, 0], "b_z": 0, "W_i": [0, 100, 0], "b_i": -10, "W_f": [0, 100, 0], "b_f": 10}
    given = {**hand, "W_o": [0, 0, 100], "b_o": -10, **parameters}
    arrays = {name: np.array([value], dtype=float) for name, value in given.items()}
    inputs = np.array([[first, 1, 0], [4, 1, 0], [2, 0, 0], [1, 0, 1], [3, -1, 0]], dtype=float)
    return [result(float(value)) for value in network.run(arrays, inputs)[symbol][:, 0]]
