"""What a lesson counts to or names is there: a step of its sequence, a unit of a symbol, a preset or a variant."""

from __future__ import annotations

from collections.abc import Collection

from .faults import Place, did_you_mean, listed
from .symbols import Symbols


def check_step(place: Place, step: int, length: int) -> None:
    """`step` counts from 1, in a sequence of `length`."""
    if step > length:
        message = f"there is no step {step}: the sequence has {length}"
        place.fault("no-such-step", message, f"choose a step from 1 to {length}", step=step, length=length)


def check_unit(place: Place, unit: int, address: str, scope: Symbols) -> None:
    """`unit` counts from 1, in the symbol at `address`."""
    size = scope.shapes[address][0]
    if unit > size:
        message = f"there is no unit {unit}: '{address}' has {size}"
        place.fault("no-such-unit", message, f"choose one from 1 to {size}", unit=unit, size=size)


def check_known(place: Place, id: str, known: Collection[str | None], what: str) -> bool:
    """Whether there is a preset, or a variant, of that id; those without one are None."""
    if id in known:
        return True
    ids = [each for each in known if each is not None]
    place.fault(f"unknown-{what}", f"the lesson has no {what} '{id}'", did_you_mean(id, ids, listed(ids)), id=id)
    return False
