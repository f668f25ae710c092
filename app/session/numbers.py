"""Arrays as JSON. JSON has no infinity and no NaN, so they travel as the strings "inf", "-inf", "nan"."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Nested = Any  # a number, "inf", "-inf", "nan", or a list of these, as deep as the array


def to_json(array: Floats) -> Nested:
    """The numbers of an array as nested lists, full precision."""
    if np.isfinite(array).all():
        return array.tolist()
    return _spell(array.tolist())


def _spell(value: Nested) -> Nested:
    if isinstance(value, list):
        return [_spell(each) for each in value]
    return value if math.isfinite(value) else spell(value)


def spell(value: float) -> str:
    """A number as text that reads back as the same number: "0.1", "7.0", "inf", "nan"."""
    return repr(float(value))


def named(arrays: Mapping[str, Floats]) -> dict[str, Nested]:
    """Each array of a mapping as JSON."""
    return {name: to_json(array) for name, array in arrays.items()}


def dumps(data: object) -> str:
    """Compact JSON text; a bare non-finite number is a mistake of the caller and raises ValueError."""
    return json.dumps(data, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
