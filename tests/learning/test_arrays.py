"""Arrays as bits: what is read is what was written."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from app.learning.arrays import UNREAD, packed, unpacked


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0,)])
def test_what_is_read_is_what_was_written(shape: tuple[int, ...]) -> None:
    array = np.random.default_rng(1).normal(size=shape)
    assert unpacked(json.loads(json.dumps(packed(array)))).tobytes() == array.tobytes()
    assert unpacked(packed(array)).shape == shape


def test_nested_lists_are_read_too() -> None:
    assert np.array_equal(unpacked([[0.1, 2], [3, 4]]), [[0.1, 2], [3, 4]])
    assert packed([1.0]) == {"shape": [1], "f8": "AAAAAAAA8D8="}
    assert math.isnan(unpacked(packed(math.nan)))


@pytest.mark.parametrize(
    "given", [[[1], [2, 3]], "many", {"f8": "AAAA"}, {"shape": [2], "f8": "AAAAAAAA8D8="}, {"shape": [1], "f8": "%"}, {"shape": 1}]
)
def test_what_is_no_array_is_refused(given: Any) -> None:
    with pytest.raises(UNREAD):
        unpacked(given)
