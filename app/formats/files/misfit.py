"""A matrix with the name of a recurrent one and the shape of none: then no kind of layer shows, and this says why."""

from __future__ import annotations

from collections.abc import Sequence

from app.engine import Problem

from ..report import short
from ..variant import BLOCKS
from .problems import quoted


def misfit(name: str, shape: Sequence[int], beside: Sequence[int], *, lying: bool = False) -> Problem | None:
    """The problem of such a matrix, with the shapes that it could have; None where nothing tells of any.

    `beside` are the numbers of rows of all matrices and biases of the layer, of which most are taken to be right.
    `lying`: the library has columns for rows, as Keras.
    """
    long = max(dict.fromkeys(beside), key=beside.count, default=0)
    if not long:
        return None
    wanted = ", ".join(
        f"{sizes([units, long] if lying else [long, units])} ({kind})"
        for kind, blocks in BLOCKS.items()
        if (units := long // blocks) * blocks == long
    )
    found = sizes(shape)
    args: dict[str, str | int | float] = {"array": short(name), "found": found, "wanted": wanted}
    message = f"{quoted(name)} is {found}, which is the shape of no recurrent layer"
    return Problem("misfit", message, args, f"beside the others it would have to be {wanted}", field=short(name))


def sizes(shape: Sequence[int]) -> str:
    """A shape in a sentence."""
    return " x ".join(str(each) for each in shape) or "one number"
