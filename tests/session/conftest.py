"""Experiments and sessions that the tests of this folder share."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from app.lessons import Shelf, load_lessons
from app.session import Limits, Reply, Session, Trainer, read_message
from app.session.experiment import Experiment


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return load_lessons()


def experiment(units: int = 1, steps: int = 3, cell: str = "memory-cell", **fields: Any) -> Experiment:
    """A small experiment that belongs to no lesson."""
    layer = {"cell": cell, "units": units}
    record = {
        "network": {"parts": [{"name": "main", "inputs": 2, "layers": [layer]}]},
        "sequence": {"inputs": [[1.0, float(step)] for step in range(steps)]},
        **fields,
    }
    return Experiment.model_validate(record)


class Talk:
    """A session that is spoken to in plain records, as over the wire."""

    def __init__(
        self,
        shelf: Shelf,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        trainer: Trainer | None = None,
    ) -> None:
        self.session = Session(shelf, limits, clock, trainer)
        self.id = 0

    def begin(self, type: str, **fields: Any) -> Any:
        """Sends a message and gives the iterator of its replies, none of them computed yet."""
        self.id += 1
        return self.session.handle(read_message(json.dumps({"id": self.id, "type": type, **fields})))

    def say(self, type: str, **fields: Any) -> list[Reply]:
        """Sends a message and computes all of its replies."""
        return [each for each in self.begin(type, **fields) if each is not None]


@pytest.fixture
def talk(shelf: Shelf) -> Talk:
    """Its clock moves a little each time it is read: nothing depends on how busy the machine is."""
    ticks = itertools.count()
    return Talk(shelf, clock=lambda: next(ticks) * 1e-6)
