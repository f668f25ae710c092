"""What a run is laid out for: sizes, steps, and what runs side by side. Runs of one extent can take each other's place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np


class Extent(NamedTuple):
    """Sequences of `length` steps through a program whose sizes are `sizes`, in numbers of one type.

    `lead` is the batch axis, if there is one; `masked` tells that sequences may end before the last step. With `many`,
    lead is (networks,) and every parameter has that axis in front. With `shared`, all sequences of a batch or all
    networks read the same inputs, which are (T, 1, size).
    """

    sizes: Mapping[str, int]
    length: int
    lead: tuple[int, ...]
    dtype: np.dtype[Any]
    masked: bool = False
    many: bool = False
    shared: bool = False
