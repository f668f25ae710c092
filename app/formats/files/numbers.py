"""Kinds of numbers in files: their names, their sizes, and arrays made of their bytes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from ..library import Array
from .limits import Limits
from .problems import FormatError, quoted, refusal
from .record import Stored

#: bits of one number of each kind that safetensors knows
BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "U16": 16, "I16": 16, "U32": 32, "I32": 32, "U64": 64, "I64": 64,
    "F64": 64, "F32": 32, "F16": 16, "BF16": 16, "C64": 64, "C128": 128,
    "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "F6_E2M3": 6, "F6_E3M2": 6, "F4": 4,
}  # fmt: skip
#: kinds of which arrays are made
FLOATS = ("F64", "F32", "F16", "BF16")
INTEGERS = ("BOOL", "U8", "I8", "U16", "I16", "U32", "I32", "U64", "I64")


def count(shape: Sequence[int]) -> int:
    """How many numbers an array of a shape has."""
    return math.prod(shape)


def decode(data: bytes | memoryview, kind: str, shape: Sequence[int], *, big: bool = False) -> Array:
    """An array of the bytes of its numbers, in C order.

    F64 and F32 keep their precision; F16 and BF16 become float32, which holds them exactly. The result may
    share memory with `data` and is then read-only. The caller has checked the length.
    """
    order = ">" if big else "<"
    if kind == "BF16":
        upper = np.frombuffer(data, f"{order}u2").astype(np.uint32)
        return (upper << 16).view(np.float32).reshape(shape)
    assert kind in FLOATS, f"{kind} is no kind of floating-point numbers that can be read"
    numbers = np.frombuffer(data, f"{order}f{BITS[kind] // 8}").reshape(shape)
    native: Array = numbers.astype(np.float64 if kind == "F64" else np.float32, copy=False)
    return native


def why_not(kind: str) -> str:
    """Why arrays of a kind are not read, "" if they are."""
    if kind in FLOATS:
        return ""
    if kind in INTEGERS:
        return "whole numbers, no weights"
    return "a kind of numbers that is not read"


def stored(name: str, kind: str, shape: Sequence[int], data: Callable[[], bytes | memoryview]) -> Stored:
    """A little-endian array in C order, whose bytes `data` gives."""
    shape = tuple(shape)
    why = why_not(kind)
    return Stored(name, kind, shape, None if why else lambda: decode(data(), kind, shape), why)


def shape_of(given: object, where: str, limits: Limits) -> tuple[int, ...]:
    """A shape as a file gives it: a list of sizes.

    Raises FormatError for anything else, and for sizes that no array can have.
    """
    if not isinstance(given, list | tuple) or not all(type(size) is int and 0 <= size < 2**48 for size in given):
        raise bad_shape(given, where)
    if len(given) > limits.depth:
        raise bad_shape(given, where)
    return tuple(given)


def bad_shape(given: object, where: str) -> FormatError:
    """The refusal of something that is no shape."""
    plain = isinstance(given, list | tuple) and all(type(size) is int for size in given[:8])
    shown = f": {quoted(given[:8])}" if plain and isinstance(given, list | tuple) else ""
    message = f"{quoted(where)} has a shape that no array can have{shown}"
    return refusal("bad-shape", message, "the file is damaged", where=where)


class Loader:
    """Reads arrays and counts their numbers, so that all together stay below the limit."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._numbers = 0

    def load(self, array: Stored) -> Array:
        """The numbers of an array.

        Raises FormatError if there are too many, or some are infinite or not a number.
        """
        assert array.read is not None, f"{array.name} is not read: {array.why}"
        self._numbers += count(array.shape)
        self._limits.check("numbers", self._numbers, where=array.name)
        numbers = array.read()
        wrong = int(numbers.size - np.count_nonzero(np.isfinite(numbers)))
        if wrong:
            raise refusal(
                "array-not-finite",
                f"{quoted(array.name)} holds {_numbers(wrong)} that {'is' if wrong == 1 else 'are'} infinite or NaN",
                "training has diverged, or the file is damaged: save a network whose weights are finite",
                where=array.name,
                array=array.name,
                count=wrong,
            )
        return numbers


def _numbers(amount: int) -> str:
    return "1 number" if amount == 1 else f"{amount:,} numbers"
