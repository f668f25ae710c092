"""All parameters in one vector: an update is then a few calls, however many arrays a network has."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from ..ops import Array


class Flat:
    """Named arrays that lie one after the other in `vector`, which is (size,); `arrays[name]` is a view of its part.

    The order is that of `shapes`. A parameter that several layers have in common stands in `Network.parameters` once,
    so it is here once too.
    """

    def __init__(self, shapes: Mapping[str, tuple[int, ...]], dtype: DTypeLike = np.float64) -> None:
        self.vector: Array = np.zeros(sum(math.prod(shape) for shape in shapes.values()), dtype)
        self.arrays: dict[str, Array] = {}
        at = 0
        for name, shape in shapes.items():
            until = at + math.prod(shape)
            self.arrays[name] = self.vector[at:until].reshape(shape)
            at = until

    def load(self, given: Mapping[str, ArrayLike]) -> None:
        """Copies every array from `given`, which has each of the names; others in it are left alone."""
        for name, array in self.arrays.items():
            array[...] = given[name]

    def where(self, index: int) -> tuple[str, tuple[int, ...]]:
        """The parameter that an entry of the vector belongs to, and its place in it, from 0."""
        assert 0 <= index < self.vector.size, f"there is no entry {index}"
        at = 0
        for name, array in self.arrays.items():
            if index < at + array.size:
                return name, tuple(int(axis) for axis in np.unravel_index(index - at, array.shape))
            at += array.size
        raise AssertionError("the arrays fill the vector")
