from __future__ import annotations

import numpy as np
import pytest

from app.engine.rooms import Rooms


@pytest.mark.parametrize("weightless", [False, True])
def test_bytes_are_counted(weightless: bool) -> None:
    rooms = Rooms(np.dtype(np.float32), weightless=weightless)
    arrays = [rooms.empty(3, 4), rooms.zeros(5), rooms.zeros(2, 6, order="F"), rooms.flags(7)]
    assert [array.shape for array in arrays] == [(3, 4), (5,), (2, 6), (7,)]
    assert [array.dtype.name for array in arrays] == ["float32", "float32", "float32", "bool"]
    assert rooms.bytes == 4 * (12 + 5 + 12) + 7
    assert not arrays[1].any()
    assert not arrays[3].any()


def test_rooms_by_column() -> None:
    assert Rooms(np.dtype(float)).zeros(2, 6, order="F").flags.f_contiguous
    assert Rooms(np.dtype(float)).zeros(2, 6).flags.c_contiguous


def test_what_is_weightless_takes_no_memory_and_no_numbers() -> None:
    rooms = Rooms(np.dtype(float), weightless=True)
    huge = rooms.empty(1_000_000, 1_000, 1_000)
    assert rooms.bytes == 8_000_000_000_000
    assert huge[5:7, :3].shape == (2, 3, 1_000)
    with pytest.raises(ValueError, match="read-only"):
        huge[0, 0, 0] = 1
