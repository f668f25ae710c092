"""A cell or a network as source code for NumPy, PyTorch or Keras that gives the same numbers.

It is written from the program data alone, so any cell of the language can be written, not only known ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike

from app.engine import Network, NetworkError, Problem, suggestion

from ..library import Array
from . import to_keras, to_numpy, to_pytorch
from .sheet import Sheet

WRITERS = {"numpy": to_numpy.write, "pytorch": to_pytorch.write, "keras": to_keras.write}
TARGETS = tuple(WRITERS)
#: how many numbers a source holds as literals
MOST_NUMBERS = 20_000


def code(
    network: Network,
    parameters: Mapping[str, ArrayLike] | None = None,
    *,
    to: str,
    xs: ArrayLike | None = None,
    initial: Mapping[str, ArrayLike] | None = None,
) -> str:
    """Source that runs the network: `to` is "numpy", "pytorch" or "keras".

    With `parameters` they stand in it as literals; without, it takes them by name. `xs` (T, inputs) and `initial`
    (starting states (units,) by name) are what the example at its end runs. Raises NetworkError for another `to`, a
    network of several parts, tied parameters (for Keras), numbers that do not fit, and more of them than a source should hold.
    """
    problems = list(_problems(network, to, xs))
    if problems:
        raise NetworkError(problems)
    if not (parameters is None and xs is None and initial is None):
        # the network itself checks all numbers
        sequence = np.zeros((1, network.inputs)) if xs is None else xs
        network.run(network.initial() if parameters is None else parameters, sequence, initial=initial)
    numbers = None if parameters is None else _by_short_name(network, parameters)
    sheet = Sheet(
        network, numbers, None if xs is None else np.asarray(xs, np.float64), _by_short_name(network, initial or {})
    )
    count = sum(array.size for array in (numbers or {}).values()) + (0 if sheet.xs is None else sheet.xs.size)
    if count > MOST_NUMBERS:
        raise NetworkError([_too_many(count)])
    return WRITERS[to](sheet)


def _problems(network: Network, to: str, xs: ArrayLike | None) -> Iterator[Problem]:
    if to not in WRITERS:
        near = suggestion(to, TARGETS)
        hint = f"did you mean '{near}'?" if near else f"write one of {', '.join(TARGETS)}"
        yield Problem("unknown-target", f"no code can be written for '{to:.40}'", {"to": to[:40]}, hint, field="to")
    if len(network.parts) > 1:
        names = ", ".join(part.name for part in network.parts)
        yield Problem(
            "code-parts", f"a network of several parts ({names}) cannot be written as code", {"parts": names},
            "write each part as a network of its own", field="parts",
        )  # fmt: skip
    if to == "keras" and network.wires.tied:
        tied = ", ".join(network.short(name) for name in network.wires.tied)
        yield Problem(
            "code-tied", f"Keras' layers cannot share single parameters ({tied})", {"names": tied},
            "write it for PyTorch or NumPy", field="tied",
        )  # fmt: skip
    if xs is not None and np.ndim(xs) != 2:
        yield Problem(
            "code-example", "the example that code runs is one sequence", {}, "give an array of the shape (T, inputs)",
            field="xs",
        )  # fmt: skip


def _too_many(count: int) -> Problem:
    return Problem(
        "code-too-large", f"{count} numbers are too many to write into code, {MOST_NUMBERS} are allowed",
        {"count": count, "limit": MOST_NUMBERS}, "leave the parameters out: the code takes them by name",
        field="parameters",
    )  # fmt: skip


def _by_short_name(network: Network, arrays: Mapping[str, ArrayLike]) -> dict[str, Array]:
    given = {network.full(name): np.asarray(array) for name, array in arrays.items()}
    order = [*network.parameters, *network.states]
    return {network.short(full): given[full] for full in order if full in given}
