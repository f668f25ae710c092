from __future__ import annotations

import numpy as np
import pytest

from app.engine.rooms import Rooms
from app.engine.sheet import Sheet, stretch
from app.engine.tape import Series, Still


def sheet(length: int, step: int = 1) -> Sheet:
    return Sheet(length, step, Rooms(np.dtype(np.float64)))


def test_how_many_steps_go_at_once() -> None:
    """As many as the cache holds the numbers of, and at least one."""
    assert stretch(1_000, 10) == 1_000
    assert stretch(1_000_000, 1_024) == 256
    assert stretch(50, 10**9) == 1


@pytest.mark.parametrize("step", [1, 100_000, 10**9])
def test_operations_on_stretches(step: int) -> None:
    """out = 2 x + y, by way of scratch room."""
    x, y, out = np.arange(14.0).reshape(7, 2), np.ones((7, 2)), np.zeros((7, 2))
    found = sheet(7, step)
    between = found.take((2,))
    found.add(np.multiply, Series(x), Still(np.array(2.0)), between)
    found.add(np.add, between, Series(y), Series(out))
    for _ in range(2):
        out[...] = 0
        parts = list(found.stretches(0, 7))
        assert [first for first, _ in parts] == list(range(0, 7, found.stretch))
        for first, stop in parts:
            found.run(first, stop)
        assert np.array_equal(out, 2 * x + y)
        x[...] += 1


def test_any_steps_may_be_asked_for() -> None:
    x, out = np.arange(7.0).reshape(7, 1), np.zeros((7, 1))
    found = sheet(7)
    found.add(np.negative, Series(x), Series(out))
    for first, stop in ((5, 7), (2, 3)):
        found.run(first, stop)
    assert out[:, 0].tolist() == [0, 0, -2, 0, 0, -5, -6]
    assert list(found.stretches(3, 3)) == []


def test_single_numbers_beside_what_is_the_same_at_all_steps() -> None:
    """out = 2 x + y and a matrix product of it, in columns of one number and of two."""
    wide, out, product = np.zeros((4, 3)), np.zeros((4, 1)), np.zeros((4, 2))
    wide[:, 1] = np.arange(4)
    found = sheet(4)
    found.add(np.multiply, Still(np.array(2.0)), Series(wide[:, 1:2]), Series(out))
    found.add(np.add, Series(out), Still(np.array([0.5])), Series(out))
    found.add(np.matmul, Series(out), Still(np.array([[1.0, 10.0]])), Series(product))
    found.add(np.add, Series(product), Series(out), Series(product))
    found.run(1, 4)
    assert out[:, 0].tolist() == [0, 2.5, 4.5, 6.5]
    assert product.tolist() == [[0, 0], [5, 27.5], [9, 49.5], [13, 71.5]]


def test_scratch_room_is_used_again() -> None:
    found = sheet(5)
    first = found.take((2, 3))
    assert found.take((2, 3)) is not first
    found.give(first)
    other = found.another()
    assert other.take((2, 3)) is first
    assert found.take((4,)).array.shape == (5, 4)
    found.give(Still(np.zeros(3)))
    assert found.rooms.bytes == 8 * 5 * (6 + 6 + 4)
