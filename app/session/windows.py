"""What a page looks at of a run: some symbols, over some steps, in numbers or as a dense picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.frames import Dense

from .numbers import Floats


@dataclass(frozen=True, slots=True)
class Pane:
    """A window that has been checked; symbols by full address, None for all."""

    name: str
    symbols: frozenset[str] | None = None
    first: int = 1
    count: int | None = None
    dtype: Literal["float64", "float32"] = "float64"
    gradients: bool = True

    def span(self, steps: int) -> tuple[int, int]:
        """(start, stop) from 0 in a sequence of so many steps; empty when the sequence ends before it."""
        start = min(self.first - 1, steps)
        return start, steps if self.count is None else min(start + self.count, steps)

    def shows(self, symbol: str) -> bool:
        return self.symbols is None or symbol in self.symbols

    def cast(self, array: Floats) -> Dense:
        """The array as it travels; what float32 cannot hold becomes infinite."""
        if self.dtype == "float64":
            return array
        with np.errstate(over="ignore"):
            return array.astype(np.float32)
