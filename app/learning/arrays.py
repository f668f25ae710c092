"""Arrays as a record has them: {"shape": [...], "f8": bits}, eight bytes of little-endian double each in base64, so that
they read back as the same bits. Nested lists of decimal numbers, which are twice as long, are read too.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from app.tasks import Array

_BITS = "f8"
#: what `unpacked` raises for something else
UNREAD = (KeyError, TypeError, ValueError, OverflowError)


def packed(numbers: ArrayLike) -> dict[str, object]:
    """The numbers as a record has them."""
    array = np.asarray(numbers, "<f8")
    return {"shape": list(array.shape), _BITS: b64encode(array.tobytes()).decode("ascii")}


def unpacked(given: Any) -> Array:
    """Doubles, from their bits or from nested lists. Raises one of `UNREAD` for what is neither."""
    if isinstance(given, dict):
        return np.frombuffer(b64decode(given[_BITS], validate=True), "<f8").reshape(given["shape"])
    return np.array(given, np.float64)
