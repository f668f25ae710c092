"""Weights of the sample files: numbers that follow from their names, so that tests know them without the libraries."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


def weights(name: str, shape: tuple[int, ...], dtype: type = np.float32) -> NDArray[np.floating[Any]]:
    """Distinct numbers between -1 and 1 with four decimals: the same for the same name, on every machine."""
    count = int(np.prod(shape))
    start = crc32(name.encode()) % 20_001
    # 7,919 has no factor in common with 20,001, so no number comes twice
    numbers = [((start + 7_919 * index) % 20_001 - 10_000) / 10_000 for index in range(count)]
    return np.array(numbers, dtype).reshape(shape)
