"""The engine's plan against PyTorch (eager, and its fused nn.LSTM and nn.GRU), JAX, and an LSTM by hand in NumPy.

    python -m tests.bench.bench_plan [seconds per row] [float64 or float32]

Forward and backward of one sequence on one thread, all in turns in one run. Engine, eager PyTorch, JAX (compiled and warm)
and the hand-written LSTM keep every value and every gradient; the fused modules keep nothing. First it is checked that all
get the same numbers. Ratios are between the shortest times: how many times longer the other takes. A library that is not
installed is left out.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np

from tests.bench import handwritten_lstm, ours
from tests.bench.cases import SIZES, Array, Case, case
from tests.bench.timing import interleaved, with_one_thread

#: candidate: its module, and the library that it needs
OTHERS = {"eager": ("eager_torch", "torch"), "fused": ("fused_torch", "torch"), "jax": ("scan_jax", "jax")}
Prepared = tuple[Callable[[], Any], Callable[[Any], dict[str, Array]]]


def prepared(given: Case) -> dict[str, Prepared]:
    """Everything that can be run here."""
    found: dict[str, Prepared] = {"engine": ours.prepare(given)}
    if given.kind == "lstm":
        arrays = (given.x, given.stacked("W"), given.stacked("U"), given.stacked("b"), given.outside)
        found["hand"] = (lambda: handwritten_lstm.run(*arrays), lambda kept: {"h": kept.h[1:], "c": kept.c[1:]})
    for name, (module, library) in OTHERS.items():
        if find_spec(library):
            found[name] = importlib.import_module(f"tests.bench.{module}").prepare(given)
    return found


def check(candidates: dict[str, Prepared], tolerance: float) -> None:
    """That all computed the same, before anybody looks at the times."""
    run, read = candidates["engine"]
    wanted = read(run())
    for name, (run, read) in candidates.items():
        found = read(run())
        common = found.keys() & wanted.keys()
        assert "h" in common
        for key in common:
            room = tolerance * float(np.abs(wanted[key]).max())
            assert np.abs(found[key] - wanted[key]).max() <= room, (name, key)


def row(kind: str, steps: int, units: int, dtype: type, seconds: float) -> str:
    candidates = prepared(case(kind, steps, units, dtype))
    check(candidates, 1e-9 if dtype is np.float64 else 5e-3)
    times = interleaved({name: run for name, (run, _) in candidates.items()}, seconds)
    best = {name: min(each) for name, each in times.items()}
    ratios = [f"{best[name] / best['engine']:>9.2f}" if name in best else f"{'–':>9}" for name in ("hand", *OTHERS)]
    return f"{kind:<5}{steps:>5} {units:>5}  {best['engine'] * 1e3:>9.2f}  {'  '.join(ratios)}"


def main(seconds: float, dtypes: list[type]) -> None:
    for dtype in dtypes:
        print(f"\n{np.dtype(dtype).name}, one thread; others / engine")
        print(f"{'':<5}{'T':>5} {'units':>5}  {'engine ms':>9}  " + "  ".join(f"{n:>9}" for n in ("hand", *OTHERS)))
        for kind in ("lstm", "gru"):
            for steps, units in SIZES:
                print(row(kind, steps, units, dtype, seconds), flush=True)


if __name__ == "__main__":
    with_one_thread()
    named: dict[str, type] = {"float64": np.float64, "float32": np.float32}
    chosen = [named[word] for word in sys.argv[1:] if word in named]
    length = [float(word) for word in sys.argv[1:] if word not in named]
    main(length[0] if length else 2.0, chosen or list(named.values()))
