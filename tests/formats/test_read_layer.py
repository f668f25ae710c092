"""A layer that was read: its directions, its size, and what is said of its biases and directions."""

from __future__ import annotations

import numpy as np

from app.formats.conventions import BACKWARD, FORWARD, Extent, convention, slots
from app.formats.library import LibraryLayer
from app.formats.read_layer import BOTH, ReadLayer, directions, note_added, note_both
from app.formats.report import Report
from app.formats.variant import RNN, usual

LAYER = LibraryLayer("onnx", "RNN", "n", {})


def test_directions() -> None:
    assert directions(BOTH) == (FORWARD, BACKWARD)
    assert directions(BACKWARD) == (BACKWARD,)


def test_what_leaves_it() -> None:
    row, extent = convention("onnx", RNN), Extent(3, 4, 2)
    for direction, leaving in ((FORWARD, 2), (BOTH, 4)):
        found = {
            way: list(slots(row, usual(RNN), extent, way, both=direction == BOTH)) for way in directions(direction)
        }
        assert ReadLayer(Report(LAYER), usual(RNN), extent, direction, found, {}).leaving == leaving


def test_a_second_bias_is_said_if_there_is_something_in_it() -> None:
    found = list(slots(convention("onnx", RNN), usual(RNN), Extent(1, 2), FORWARD, both=False))
    for bias, count in (([[1.0, 2.0, 0.0, 0.0]], 0), ([[0.0, 0.0, 0.0, 3.0]], 1)):
        report = Report(LAYER)
        note_added(report, found, {"B": np.array(bias)})
        assert len(report.notes) == count


def test_both_directions_are_said() -> None:
    report = Report(LAYER)
    note_both(report)
    assert report.notes[0].code == "last-state"
    assert report.notes[0].message.startswith(
        "'n' reads both ways: its last state is that of the last step in the forward half"
    )
