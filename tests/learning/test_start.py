"""Weights to start from: named rules as ever; given ones to the last bit, and what does not fit told."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from app.engine import ProblemError
from app.learning import Training, packed, read_record, read_settings, write_record
from app.learning.start import STARTS
from tests.learning.small import SMALL, small, trained


def given(**changed: Any) -> dict[str, Any]:
    """The weights after some updates, in the JSON form."""
    return {name: packed(array) for name, array in trained(3, **changed).parameters.items()}


def told(weights: object, **changed: Any) -> list[tuple[str, str]]:
    """Code and message of what is wrong with weights."""
    with pytest.raises(ProblemError) as error:
        Training(read_settings({**SMALL, "start": "given", "weights": weights, **changed}))
    for each in error.value.problems:
        assert each.hint
    return [(each.code, each.message) for each in error.value.problems]


@pytest.mark.parametrize("start", STARTS[:-1])
def test_a_named_start_draws_its_numbers(start: str) -> None:
    training = Training(small(start=start))
    network = training.pupil.network
    for name, array in training.parameters.items():
        found = network.initial(0)[network.short(name)] if start == "cell" else network.start(name, start, 0)
        assert np.array_equal(array, found)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_given_weights_are_where_it_starts(dtype: str) -> None:
    weights = given(dtype=dtype)
    begun = Training(small(start="given", weights=weights, dtype=dtype))
    assert {name: packed(array) for name, array in begun.parameters.items()} == weights


def test_the_same_weights_give_the_same_run_and_its_record_goes_on_and_begins_anew() -> None:
    weights = given()
    whole, other = (trained(6, start="given", weights=weights) for _ in range(2))
    assert write_record(whole) == write_record(other)
    assert whole.history != trained(6).history
    again = read_record(write_record(trained(2, start="given", weights=weights)))
    anew = Training(read_settings(json.loads(write_record(again))["settings"]))
    for training in (again, anew):
        while not training.is_over:
            training.step()
        assert write_record(training) == write_record(whole)


def test_short_names_and_lists_of_numbers_will_do() -> None:
    weights = {name: array.tolist() for name, array in trained(3).parameters.items()}
    short = {name.removeprefix("main.").replace("1.forward.", "").replace("forward.", ""): array for name, array in weights.items()}
    assert "W_i" in short
    assert trained(2, start="given", weights=short).history == trained(2, start="given", weights=given()).history


def test_the_first_of_the_weights_that_does_not_fit_is_told() -> None:
    weights = given(cell="simple-rnn")
    more = {**weights, "main.9.forward.Z": [0.0]}
    assert told(more, cell="simple-rnn") == [
        ("weights-unknown", "the network has no main.9.forward.Z, which the weights to start from have")
    ]
    fewer = {name: array for name, array in weights.items() if not name.endswith("forward.b")}
    assert told(fewer, cell="simple-rnn") == [
        ("weights-missing", "the weights to start from have no b, which is 4 here")
    ]
    assert told(weights, cell="simple-rnn", units=5) == [
        ("weights-shape", "W of the weights to start from is 4 x 6, and 5 x 6 here")
    ]


@pytest.mark.parametrize(
    ("weights", "found"),
    [
        ({}, ("weights-none", "no weights are given to start from")),
        ([1], ("weights-unread", "weights are no table")),
        ({"W_i": "many"}, ("weights-unread", "the weights of W_i are no array of numbers")),
        ({"W_i": [[1], [2, 3]]}, ("weights-unread", "the weights of W_i are no array of numbers")),
        ({"W_i": [math.inf]}, ("weights-not-finite", "the weights of W_i hold infinity or NaN")),
        ({"W_i": ["nan"]}, ("weights-not-finite", "the weights of W_i hold infinity or NaN")),
    ],
)
def test_what_is_no_weights_is_told(weights: object, found: tuple[str, str]) -> None:
    assert told(weights) == [found]


def test_weights_are_not_given_in_vain() -> None:
    assert told(given(), start="zeros") == [("weights-unused", "weights are given, and the start is zeros")]
