"""Numbers as bytes: every kind that is read is read exactly."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from app.formats.files.limits import LIMITS, Limits
from app.formats.files.numbers import BITS, FLOATS, Loader, decode, shape_of, stored, why_not
from app.formats.files.record import Stored
from tests.formats.files.samples import refused

VALUES = [0.5, -1.25, 3.0, 65280.0]


def test_kinds_keep_their_numbers() -> None:
    for kind, form, dtype in (("F64", "d", np.float64), ("F32", "f", np.float32), ("F16", "e", np.float32)):
        for order, big in (("<", False), (">", True)):
            found = decode(struct.pack(f"{order}4{form}", *VALUES), kind, (2, 2), big=big)
            assert found.dtype == dtype
            assert found.dtype.isnative
            assert found.tolist() == [VALUES[:2], VALUES[2:]]


def test_bfloat16_is_the_upper_half_of_float32() -> None:
    upper = b"".join(struct.pack("<f", value)[2:] for value in VALUES)
    assert decode(upper, "BF16", (4,)).tolist() == VALUES
    swapped = b"".join(struct.pack(">f", value)[:2] for value in VALUES)
    assert decode(swapped, "BF16", (4,), big=True).tolist() == VALUES


def test_no_numbers_and_one_number() -> None:
    assert decode(b"", "F32", (0, 3)).shape == (0, 3)
    assert decode(struct.pack("<d", 2.5), "F64", ()).item() == 2.5


def test_numbers_of_the_file_are_not_copied() -> None:
    data = struct.pack("<4d", *VALUES)
    found = decode(data, "F64", (4,))
    assert np.shares_memory(found, np.frombuffer(data, np.uint8))
    assert not found.flags.writeable


def test_every_kind_is_read_or_has_a_reason() -> None:
    assert {kind for kind in BITS if not why_not(kind)} == set(FLOATS)
    assert why_not("I64") == why_not("BOOL") == "whole numbers, no weights"
    assert why_not("F8_E4M3") == why_not("") == "a kind of numbers that is not read"
    assert stored("a", "I64", (2,), lambda: b"").read is None


@pytest.mark.parametrize("given", [None, 3, "3", [1.5], [True], [-1], [2**48], [1] * 65, [[1]]])
def test_no_shapes(given: object) -> None:
    problem = refused(shape_of, given, "w", LIMITS)
    assert problem.message.startswith("'w' has a shape that no array can have")
    assert shape_of([2, 0, 3], "w", LIMITS) == (2, 0, 3)


def test_a_shape_is_shown_if_it_is_one_in_form() -> None:
    assert refused(shape_of, [3, -1], "w", LIMITS).message == "'w' has a shape that no array can have: '[3, -1]'"


def of(*numbers: float) -> Stored:
    return Stored("w", "F64", (len(numbers),), lambda: np.array(numbers))


def test_a_loader_counts_what_it_reads() -> None:
    loader = Loader(Limits(numbers=5))
    loader.load(of(1, 2, 3))
    loader.load(of(1, 2))
    assert refused(loader.load, of(1)).message == "the arrays hold 6 numbers: the limit is 5"


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((1, np.nan), "'w' holds 1 number that is infinite or NaN"),
        ((np.inf, 2, -np.inf), "'w' holds 2 numbers that are infinite or NaN"),
    ],
)
def test_weights_have_to_be_finite(numbers: tuple[float, ...], message: str) -> None:
    problem = refused(Loader(LIMITS).load, of(*numbers))
    assert (problem.code, problem.message, problem.field) == ("array-not-finite", message, "w")
    assert "training has diverged" in problem.hint
