"""Numbers that a person wrote against the shape that a symbol has."""

from __future__ import annotations

from typing import cast

from .faults import Place
from .table import Nested

#: a parameter's values on the wire: a row, or rows
Numbers = list[float] | list[list[float]]


def filled(value: Nested, shape: tuple[int, ...], name: str, place: Place) -> Numbers | None:
    """The values of a parameter: a single number fills it, anything else has to have its shape."""
    if isinstance(value, float):
        return cast(Numbers, _fill(value, shape))
    found = _shape(value)
    if found != shape:
        got, want = _said(found), _said(shape)
        message = f"'{name}' is {got}, it has to be {want}"
        place.fault("wrong-shape", message, _hint(shape), name=name, got=got, want=want)
        return None
    return cast(Numbers, value)


def _fill(value: float, shape: tuple[int, ...]) -> Nested:
    return [_fill(value, shape[1:]) for _ in range(shape[0])] if shape else value


def _shape(value: Nested) -> tuple[int, ...] | None:
    """The shape, or None when rows differ in length."""
    if isinstance(value, float):
        return ()
    inner = {_shape(each) for each in value}
    if not value:
        return (0,)
    if len(inner) > 1 or None in inner:
        return None
    return (len(value), *(inner.pop() or ()))


def _said(shape: tuple[int, ...] | None) -> str:
    match shape:
        case None:
            return "rows of different lengths"
        case (length,):
            return f"a list of {length}"
    return " × ".join(map(str, shape))


def _hint(shape: tuple[int, ...]) -> str:
    if len(shape) == 1:
        return f"write {shape[0]} numbers in one pair of brackets, or a single number for all"
    row = "[" + ", ".join(["0"] * min(shape[1], 6)) + (", ..." if shape[1] > 6 else "") + "]"
    rows = f"{shape[0]} rows, each like {row}" if shape[0] > 1 else f"[{row}]"
    return f"write {rows}, or a single number for all"
