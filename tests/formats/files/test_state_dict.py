"""Named arrays: whose layers they are."""

from __future__ import annotations

import numpy as np

from app.formats.files.limits import LIMITS
from app.formats.files.record import Contents, Reading, Stored
from app.formats.files.state_dict import read_state_dict
from tests.formats.files.samples import refused


def stored(name: str, *shape: int, fill: float = 0.5) -> Stored:
    return Stored(name, "F32", shape, lambda: np.full(shape, fill, np.float32))


def read(*arrays: Stored) -> Reading:
    return read_state_dict(Contents(arrays, {"format": "pt"}), LIMITS)


def test_modules_and_what_is_none() -> None:
    found = read(
        stored("net.lstm.weight_ih_l0", 8, 3), stored("net.lstm.weight_hh_l0", 8, 2), stored("head.weight", 1, 2),
        stored("weight_ih_l0", 2, 3), stored("weight_hh_l0", 2, 2), stored("odd.weight_hh_l0", 5, 2),
        stored("lost.bias_hh_l0", 8),
        Stored("count", "I64", (), None, "whole numbers, no weights"),
    )  # fmt: skip
    assert [(each.name, each.kind) for each in found.layers] == [("net.lstm", "LSTM"), ("", "RNN")]
    assert found.places[("net.lstm", "weight_hh_l0")] == "net.lstm.weight_hh_l0"
    assert found.places[("", "weight_hh_l0")] == "weight_hh_l0"
    assert {each.name: each.why for each in found.rest} == {
        "head.weight": "no part of a recurrent layer",
        "odd.weight_hh_l0": "named as a recurrent layer's, but 'odd.weight_hh_l0' is 5 x 2: "
        "N units have N, 3 N or 4 N rows of N there",
        "lost.bias_hh_l0": "named as a recurrent layer's, but there is no 'lost.weight_hh_l0'",
        "count": "whole numbers, no weights",
    }  # fmt: skip
    assert found.metadata == {"format": "pt"}
    assert [(each.code, each.args["array"]) for each in found.problems] == [("misfit", "odd.weight_hh_l0")]


def test_only_what_is_recurrent_is_read() -> None:
    def fail() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        raise AssertionError("it was read")

    found = read(Stored("embedding.weight", "F32", (10**6, 10**6), fail), stored("a.weight_hh_l0", 2, 2))
    assert [each.name for each in found.rest] == ["embedding.weight"]


def test_weights_that_are_not_finite() -> None:
    problem = refused(read, stored("a.weight_ih_l0", 2, 3), stored("a.weight_hh_l0", 2, 2, fill=np.nan))
    assert problem.message == "'a.weight_hh_l0' holds 4 numbers that are infinite or NaN"
    assert len(read(stored("head.weight", 1, fill=np.inf)).rest) == 1, "nobody asked for these"


def test_parameters_of_ours() -> None:
    found = read(stored("main.1.forward.W_i", 2, 3), stored("main.readout.forward.V", 1, 2))
    assert set(found.parameters) == {"main.1.forward.W_i", "main.readout.forward.V"}
    assert found.parameters["main.1.forward.W_i"].shape == (2, 3)
    assert (found.layers, found.rest) == ((), ())
    mixed = read(stored("main.1.forward.W_i", 2, 3), stored("other", 1))
    assert not mixed.parameters
    pytorchs = read(stored("a.1.forward.weight_ih_l0", 2, 3), stored("a.1.forward.weight_hh_l0", 2, 2))
    assert [each.name for each in pytorchs.layers] == ["a.1.forward"]


def test_nothing_at_all() -> None:
    assert read() == Reading(metadata={"format": "pt"})
