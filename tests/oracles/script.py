"""What the scripts of all libraries share: distinct random numbers, writing the file, comparing it with a new run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from zlib import crc32

import numpy as np

from tests.oracles.case import DATA, Array, Golden, difference, from_text, to_text

#: how far two runs of one library may differ from machine to machine, relative to the largest number
NOISE = {"float64": 1e-13, "float32": 2e-6}


class Numbers:
    """Random numbers of one case, the same every time, of four decimals so that the files stay small; no two are equal."""

    def __init__(self, name: str, dtype: type, scale: float = 0.6) -> None:
        self.random = np.random.default_rng(crc32(name.encode()))
        self.dtype, self.scale = dtype, scale
        self.used: set[int] = set()

    def __call__(self, *shape: int, scale: float | None = None) -> Array:
        found = np.array([self._another(scale or self.scale) for _ in range(int(np.prod(shape)))])
        return (found.reshape(shape) / 10_000).astype(self.dtype)

    def _another(self, scale: float) -> int:
        while True:
            number = round(float(self.random.normal()) * scale * 10_000)
            # a weight near 0 would hide what it is exchanged with
            if abs(number) > 200 and number not in self.used:
                self.used.add(number)
                return number


def changes(new: Golden, stored: Golden) -> list[str]:
    """Where a new run differs from the stored one by more than noise."""
    found = []
    if new.versions != stored.versions:
        found.append(f"versions {dict(new.versions)}, stored are {dict(stored.versions)}")
    names, known = [case.name for case in new.cases], [case.name for case in stored.cases]
    if names != known:
        found.append(f"cases {sorted(set(names) ^ set(known))} are in one of them only, or the order differs")
        return found
    for one, other in zip(new.cases, stored.cases, strict=True):
        same = (one.kind, one.groups, one.lengths) == (other.kind, other.groups, other.lengths)
        if not same or [x.options for x in one.layers] != [x.options for x in other.layers]:
            found.append(f"{one.name}: described differently")
        given = [(a.arrays, b.arrays, 0.0) for a, b in zip(one.layers, other.layers, strict=True)]
        given += [(one.inputs, other.inputs, 0.0), (one.outside, other.outside, 0.0)]
        noise = NOISE[new.dtype]
        for a, b, most in [*given, (one.outputs, other.outputs, noise), (one.gradients, other.gradients, noise)]:
            far = difference(a, b)
            if far > most:
                found.append(f"{one.name}: {far:.2g} apart in {', '.join(b)}")
    return found


def main(make: Callable[[], Golden]) -> int:
    """Writes the file of a library; with --check compares a new run with it instead."""
    golden = from_text(to_text(make()))
    path = DATA / f"{golden.library}.json"
    if "--check" in sys.argv[1:]:
        found = changes(golden, from_text(path.read_text("utf-8")))
        print(*found, f"{path.name}: {len(golden.cases)} cases, {len(found)} changes", sep="\n")
        return 1 if found else 0
    DATA.mkdir(exist_ok=True)
    path.write_text(to_text(golden), "utf-8")
    print(f"{path.name}: {len(golden.cases)} cases, {path.stat().st_size} bytes")
    return 0
