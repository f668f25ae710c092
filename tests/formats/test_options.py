"""Options have the type that they should, and a person can tell what a file does not."""

from __future__ import annotations

import numpy as np
import pytest

from app.formats.library import LibraryLayer
from app.formats.options import GIVEN, Options, with_given
from app.formats.report import Report
from tests.formats.layers import keras, onnx, problems, pytorch, said


def reading(**options: object) -> tuple[Options, Report]:
    report = Report(LibraryLayer("keras", "LSTM", "l", {}, options))
    return Options(report), report


def test_values_of_the_right_type() -> None:
    options, report = reading(word="a", words=["a", "b"], flag=True, real=3, reals=(1, 0.5), number=np.float32(0.5))
    assert options.word("word") == "a"
    assert options.words("words") == ["a", "b"]
    assert options.flag("flag") is True
    assert options.real("real") == 3.0
    assert options.reals("reals") == [1.0, 0.5]
    assert options.real("number") == 0.5
    assert (report.problems, report.notes) == ([], [])


def test_what_is_missing_is_none() -> None:
    options, report = reading(nothing=None)
    assert (options.word("a"), options.words("a"), options.flag("a"), options.real("a"), options.reals("a")) == (
        None, None, None, None, [],
    )  # fmt: skip
    assert "nothing" in options
    assert "a" not in options
    assert options.word("nothing") is None
    assert report.problems == []


@pytest.mark.parametrize(
    ("value", "found"), [(1, True), (0, False), ("true", True), ("False", False), ("1", True), (np.True_, True)]
)
def test_flags_as_they_are_typed(value: object, found: bool) -> None:
    options, _ = reading(flag=value)
    assert options.flag("flag") is found


@pytest.mark.parametrize(
    ("method", "value", "wanted"),
    [
        ("word", 3, "a word"),
        ("words", "abc", "a list of words"),
        ("words", [1], "a list of words"),
        ("flag", "yes", "true or false"),
        ("flag", 2, "true or false"),
        ("real", "3", "a number"),
        ("real", True, "a number"),
        ("real", float("inf"), "a number"),
        ("reals", [1, "2"], "a list of numbers"),
        ("reals", 1.0, "a list of numbers"),
    ],
)
def test_values_of_a_wrong_type(method: str, value: object, wanted: str) -> None:
    options, report = reading(given=value)
    assert not getattr(options, method)("given")
    (problem,) = report.problems
    assert (problem.code, problem.message, problem.hint) == (
        "bad-option", f"given of 'l' is {value!r}, not {wanted}", f"give {wanted}",
    )  # fmt: skip


def test_what_is_not_asked_for_is_noted() -> None:
    options, report = reading(units=4, other=[1, 2], silent=3)
    options.agree("units", 4, "4 units")
    options.ignore("silent", "absent")
    options.close()
    assert [note.message for note in report.notes] == [
        "'l' has an option 'other' ([1, 2]), which is not known and not used"
    ]
    assert report.notes[0].args == {"layer": "l", "option": "other"}


def test_what_the_arrays_tell_as_well() -> None:
    options, report = reading(units=5)
    options.agree("units", 4, "4 units")
    assert [problem.message for problem in report.problems] == ["'l' has units 5, but its arrays are those of 4 units"]


def test_a_person_tells_what_a_file_does_not() -> None:
    layers = [pytorch("RNN", nonlinearity=None), pytorch("LSTM")]
    found = with_given(layers, {"nonlinearity": "relu"})
    assert [dict(each.options) for each in found] == [{"nonlinearity": "relu"}, {}]
    assert with_given(layers, {}) == layers


def test_what_the_file_tells_otherwise() -> None:
    assert said(with_given, [keras("GRU")], {"reset_after": "false"}) == (
        "option-known: reset_after of 'k' is True in the file, not 'false': leave it out"
    )
    assert with_given([keras("GRU")], {"reset_after": "true", "activation": "tanh"})[0].options == keras("GRU").options


def test_what_no_layer_takes() -> None:
    assert said(with_given, [pytorch("RNN")], {"nonlinearty": "relu"}) == (
        "unknown-option: 'nonlinearty' is nothing that can be said of PyTorch RNN: did you mean 'nonlinearity'?"
    )
    assert said(with_given, [keras("LSTM"), pytorch("LSTM")], {"quite_different": 1}) == (
        "unknown-option: 'quite_different' is nothing that can be said of Keras LSTM and PyTorch LSTM: known here are "
        "activation, recurrent_activation, go_backwards, merge_mode"
    )
    assert said(with_given, [onnx("LSTM")], {"clip": 3}) == (
        "unknown-option: 'clip' is nothing that can be said of ONNX LSTM: leave it out"
    )
    assert (
        said(with_given, [], {"clip": 3})
        == "unknown-option: 'clip' is nothing that can be said of no layers: leave it out"
    )
    assert len(problems(with_given, [keras("GRU")], {"a": 1, "reset_after": False})) == 2


def test_what_may_be_told() -> None:
    assert GIVEN["pytorch", "RNN"] == ("nonlinearity",)
    assert GIVEN["keras", "GRU"] == ("activation", "recurrent_activation", "reset_after", "go_backwards", "merge_mode")
    assert ("onnx", "GRU") not in GIVEN
