"""Arrays: what they may hold, and which of them is wrong where they do not fit together."""

from __future__ import annotations

import numpy as np
import pytest

from app.formats.conventions import FORWARD, Extent, convention, slots
from app.formats.library import LibraryLayer
from app.formats.report import Report
from app.formats.shapes import extent, fitting, missing, unknown, usable
from app.formats.variant import LSTM, usual

NAMES = ("kernel", "recurrent_kernel")
KERAS = convention("keras", LSTM)


def report(**arrays: object) -> Report:
    return Report(LibraryLayer("keras", "LSTM", "k", arrays))  # type: ignore[arg-type]


def sized(kernel: tuple[int, ...], recurrent: tuple[int, ...]) -> tuple[Extent | None, list[str]]:
    given = report(kernel=np.zeros(kernel), recurrent_kernel=np.zeros(recurrent))
    found = extent(given, KERAS, given.layer.arrays, *NAMES)
    return found, [problem.message for problem in given.problems]


@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.uint16, np.bool_])
def test_whole_numbers_are_refused(dtype: type) -> None:
    given = report(kernel=np.zeros((3, 16), dtype))
    assert usable(given) == {}
    (problem,) = given.problems
    assert problem.message == f"'kernel' of 'k' holds numbers of the type {np.dtype(dtype)}, not floating-point numbers"
    quantized = "a layer whose weights are stored as whole numbers is quantized: export it with floating-point weights"
    assert problem.hint == ("save it with floating-point numbers" if dtype is np.bool_ else quantized)
    assert problem.args["dtype"] == str(np.dtype(dtype))


@pytest.mark.parametrize("dtype", ["complex128", "U3", "O"])
def test_what_holds_no_real_numbers_is_refused(dtype: str) -> None:
    given = report(kernel=np.zeros((3, 16), dtype), bias=np.zeros(16))
    assert list(usable(given)) == ["bias"]
    assert given.problems[0].message.endswith("not floating-point numbers")


def test_numbers_that_are_none() -> None:
    given = report(kernel=np.array([[np.nan, 1.0, np.inf]], np.float16))
    assert list(usable(given)) == ["kernel"]
    (note,) = given.notes
    assert (note.code, note.message, note.args["count"]) == (
        "array-not-finite", "'kernel' of 'k' holds 2 numbers that are infinite or NaN", 2,
    )  # fmt: skip


@pytest.mark.skipif(np.dtype(np.longdouble).itemsize == 8, reason="the machine has no wider numbers")
def test_wider_numbers_are_rounded_and_that_is_said() -> None:
    given = report(kernel=np.zeros((3, 16), np.longdouble))
    assert list(usable(given)) == ["kernel"]
    assert given.notes[0].message == (
        f"'kernel' of 'k' holds numbers of the type {np.dtype(np.longdouble)}, rounded to float64 here"
    )


def test_sizes() -> None:
    assert sized((3, 16), (4, 16)) == (Extent(3, 4), [])


@pytest.mark.parametrize(
    ("kernel", "recurrent", "units"),
    [((3, 16), (5, 16), 4), ((3, 12), (4, 16), 4), ((3, 16), (4, 20), 4), ((3, 20), (5, 16), 5)],
)
def test_where_sizes_do_not_agree_most_of_them_are_right(
    kernel: tuple[int, ...], recurrent: tuple[int, ...], units: int
) -> None:
    assert sized(kernel, recurrent) == (Extent(3, units), [])


@pytest.mark.parametrize("shape", [(16,), (3, 4, 4), (0, 16), (3, 0)])
def test_what_is_no_matrix(shape: tuple[int, ...]) -> None:
    assert sized(shape, (4, 16)) == (None, [f"'kernel' of 'k' has the shape {shape}, not two axes of at least 1"])


def test_no_units_at_all() -> None:
    assert sized((3, 1), (1, 1)) == (Extent(3, 1), [])


def test_matrices_that_are_missing_or_unusable() -> None:
    given = report(kernel=np.zeros((3, 16), int))
    assert extent(given, KERAS, usable(given), *NAMES) is None
    assert [problem.code for problem in given.problems] == ["bad-dtype", "missing-array"]


def test_fitting() -> None:
    given = report(kernel=np.zeros((3, 8)), bias=np.zeros(9), other=np.zeros(2))
    every = list(slots(KERAS, usual(LSTM), Extent(3, 2), FORWARD, both=False))
    fitting(given, every, given.layer.arrays)
    unknown(given, ["kernel", "recurrent_kernel", "bias"])
    assert [problem.message for problem in given.problems] == [
        "'recurrent_kernel' of 'k' is missing",
        "'bias' of 'k' has the shape (9,), not (8,)",
        "'other' of 'k' is no array of a Keras LSTM like this one",
    ]
    assert given.problems[1].args == {"layer": "k", "array": "bias", "found": "(9,)", "expected": "(8,)"}


def test_what_cannot_be_used_is_not_said_to_be_missing() -> None:
    given = report(kernel=np.zeros((3, 8)), recurrent_kernel=np.zeros((2, 8)), bias=np.zeros(8, int))
    fitting(given, list(slots(KERAS, usual(LSTM), Extent(3, 2), FORWARD, both=False)), usable(given))
    assert [problem.code for problem in given.problems] == ["bad-dtype"]


def test_missing() -> None:
    given = report()
    missing(given, "bias")
    assert given.problems[0].hint == "the file is damaged, or its parts do not belong together"
