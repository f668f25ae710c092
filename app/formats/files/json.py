"""JSON out of a file: bounded, every key once."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

from .limits import Limits
from .problems import quoted, refusal


def parse_json(data: bytes, what: str, limits: Limits) -> dict[str, Any]:
    """The object that a piece of a file holds. `what` names the piece in messages.

    Infinity and NaN, which JSON does not have but Python writes, become text.
    Raises FormatError if it is too long, not UTF-8, not JSON, nested too deeply, no object, or has a key twice.
    """
    limits.check("header_bytes", len(data), where=what)
    try:
        text = data.decode("utf-8")
        found = json.loads(text, object_pairs_hook=_once, parse_float=_finite, parse_constant=str)
        if "\\u" in text:  # halves of signs, which could not be printed
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except _TwiceError as error:
        message = f"{what} has the key {quoted(error)} twice"
        raise refusal("duplicate-key", message, "the file is damaged or was made by hand", where=what) from None
    except (ValueError, RecursionError):
        raise refusal("bad-json", f"{what} is not valid JSON", "the file is damaged or cut off", where=what) from None
    if not isinstance(found, dict):
        raise refusal("bad-json", f"{what} is JSON, but no object", "the file is not what its name says", where=what)
    return found


class _TwiceError(Exception):
    """A key that an object has twice."""


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(digits)
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise _TwiceError(next(key for key, count in counts.items() if count > 1))
    return found
