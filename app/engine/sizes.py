"""The sizes of layers and readouts, checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .check import whole
from .evaluate import periods
from .expr import Apply
from .problems import NetworkError, Problem
from .program import Program


def check_sizes(sizes: Mapping[str, object]) -> None:
    """Raises NetworkError when one is not a whole number of at least 1."""
    problems = [p for name, size in sizes.items() for p in _not_a_size(name, size)]
    if problems:
        raise NetworkError(problems)


def _not_a_size(name: str, size: object) -> Iterator[Problem]:
    if (whole(size) or 0) < 1:
        yield Problem(
            "bad-size", f"'{name}' is {size!r}, not a whole number of at least 1",
            {"name": name, "value": str(size)}, "give a whole number such as 4", field=name,
        )  # fmt: skip


def unknown_size(name: str, known: Sequence[str]) -> Problem:
    return Problem(
        "unknown-size", f"no equation names a size '{name}'", {"name": name},
        f"the sizes here are {', '.join(known)}" if known else "leave it out", field=name,
    )  # fmt: skip


def missing_size(owner: str, name: str) -> Problem:
    return Problem(
        "missing-size", f"{owner} needs the size '{name}'", {"name": name}, f"give it as {name}=4", field=name
    )


def size_problems(program: Program, sizes: Mapping[str, int], expected: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the sizes given to a program; `expected` are the names it may be given."""
    for name, size in sizes.items():
        yield from _not_a_size(name, size)
        if name not in expected and name != "units":
            yield unknown_size(name, expected)
    for name in program.sizes:
        if name not in sizes and name != "inputs":
            yield missing_size(f"'{program.name}'", name)
    yield from group_problems(program, sizes)


def group_problems(program: Program, sizes: Mapping[str, int]) -> Iterator[Problem]:
    """Clocks and masks divide their units into equal groups; what several of them cannot divide is told once."""
    told: set[tuple[str, int]] = set()
    for each in program.lowered:
        if isinstance(each.expr, Apply) and each.expr.op in ("every", "slower"):
            shape = program.fixed.get(each.target) or (program.value[each.target].size,)
            size, groups = sizes.get(shape[0]), len(periods(each.expr))
            if isinstance(size, int | np.integer) and size % groups and (shape[0], groups) not in told:
                told.add((shape[0], groups))
                yield Problem(
                    "unequal-groups",
                    f"{size} {shape[0]} cannot be divided into {groups} equal groups",
                    {"size": int(size), "groups": groups},
                    f"use a multiple of {groups}", field=shape[0],
                )  # fmt: skip
