"""The arrays of a layer, checked: what they may hold, which there have to be, and that their shapes fit together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .conventions import Convention, Extent, Slot
from .library import LIBRARY_NAMES, Array
from .report import Report

#: what to do about arrays that do not fit together
HINT = "the file is damaged, or its parts do not belong together"


def usable(report: Report) -> dict[str, Array]:
    """The arrays of a layer that hold floating-point numbers; the others are problems.

    Numbers that are infinite or NaN are kept, and noted; so is that more digits than float64 has are lost.
    """
    found: dict[str, Array] = {}
    for name, given in report.layer.arrays.items():
        array = np.asarray(given)
        # narrow types from other packages than NumPy have kinds of their own
        if array.dtype.kind != "f" and not array.dtype.name.startswith(("bfloat16", "float8")):
            hint = (
                "a layer whose weights are stored as whole numbers is quantized: export it with floating-point weights"
            )
            report.refuse(
                "bad-dtype",
                f"{report.array(name)} holds numbers of the type {array.dtype}, not floating-point numbers",
                hint if array.dtype.kind in "iu" else "save it with floating-point numbers",
                array=name,
                dtype=str(array.dtype),
            )
            continue
        found[name] = array
        if array.dtype.itemsize > np.dtype(np.float64).itemsize:
            report.note(
                "rounded", f"{report.array(name)} holds numbers of the type {array.dtype}, rounded to float64 here"
            )
        wrong = int(array.size - np.count_nonzero(np.isfinite(array)))
        if wrong:
            numbers = "1 number that is" if wrong == 1 else f"{wrong} numbers that are"
            said = f"{report.array(name)} holds {numbers} infinite or NaN"
            report.note("array-not-finite", said, array=name, count=wrong)
    return found


def missing(report: Report, name: str) -> None:
    """The problem of an array that is not there."""
    report.refuse("missing-array", f"{report.array(name)} is missing", HINT, array=name)


def extent(
    report: Report, row: Convention, arrays: Mapping[str, Array], kernel: str, recurrent: str, projection: str = ""
) -> Extent | None:
    """The sizes that the matrices of these names show; None where they show none, which is then a problem."""
    leads = 1 if row.leading else 0
    shapes: dict[str, tuple[int, ...]] = {}
    for name in filter(None, (kernel, recurrent, projection)):
        if name not in report.layer.arrays:
            missing(report, name)
        elif name in arrays and (arrays[name].ndim != 2 + leads or 0 in arrays[name].shape):
            what = "three axes, that of directions in front," if leads else "two axes"
            report.refuse(
                "bad-shape", f"{report.array(name)} has the shape {arrays[name].shape}, not {what} of at least 1", HINT,
                array=name, found=str(arrays[name].shape),
            )  # fmt: skip
        elif name in arrays:
            shapes[name] = arrays[name].shape[leads:]
    if not shapes.keys() >= {kernel, recurrent} or (projection and projection not in shapes):
        return None
    blocks, axis = (1, 0) if row.transposed else (0, 1)
    inputs, leaving = shapes[kernel][axis], shapes[recurrent][axis]
    rows = [shapes[name][blocks] for name in (recurrent, kernel)]
    # where they do not agree, what most of them show is taken, so that the one that is wrong is the one that is told
    seen = [shapes[projection][1] if projection else leaving, *(each // len(row.gates) for each in rows)]
    units = max(dict.fromkeys(seen), key=seen.count) or 1
    return Extent(inputs, units, shapes[projection][0] if projection else None)


def fitting(report: Report, slots: Sequence[Slot], arrays: Mapping[str, Array]) -> None:
    """Problems for arrays that are missing, of another shape than they should have, and not of such a layer at all.

    `arrays` are the usable ones; those that are not have been told already.
    """
    wanted = {slot.array: slot.of for slot in slots}
    for name, shape in wanted.items():
        if name not in report.layer.arrays:
            missing(report, name)
        elif name in arrays and arrays[name].shape != shape:
            report.refuse(
                "bad-shape", f"{report.array(name)} has the shape {arrays[name].shape}, not {shape}", HINT,
                array=name, found=str(arrays[name].shape), expected=str(shape),
            )  # fmt: skip


def unknown(report: Report, known: Sequence[str]) -> None:
    """Problems for arrays that no such layer has."""
    for name in report.layer.arrays:
        if name not in known:
            kind = f"{LIBRARY_NAMES[report.layer.library]} {report.layer.kind}"
            report.refuse(
                "unknown-array", f"{report.array(name)} is no array of a {kind} like this one",
                f"its arrays are {', '.join(known)}", array=name,
            )  # fmt: skip
