"""How soon the first result of a new cell, or of a new length, is there: ours from the text on, JAX compiling its scan.

    python -m tests.bench.bench_first [turns]

Forward and backward, every value and gradient kept, one thread; ratios between the shortest times of one run.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import jax
import numpy as np

from app.engine import Layer, Network, define
from tests.bench import scan_jax
from tests.bench.cases import Case, case, cell
from tests.bench.timing import with_one_thread

SIZES = [(9, 1), (50, 8), (100, 32), (1000, 32), (1000, 128)]


def new_cell(given: Case, text: str) -> Any:
    """From the equations to every gradient."""
    network = Network([Layer(define("new", text), units=given.units)], inputs=given.x.shape[-1])
    return _run(network, given)


def _run(network: Network, given: Case) -> Any:
    gradient = network.run(given.parameters, given.x).gradient({"h": given.outside})
    return [gradient.parameters[name] for name in given.parameters]


def shorter(given: Case, steps: int) -> Case:
    return Case(given.kind, given.x[:steps], given.parameters, given.outside[:steps])


def main(turns: int) -> None:
    print(f"{'T':>5}{'units':>7}{'new cell ms':>13}{'JAX ms':>10}{'ratio':>8}{'new length ms':>16}{'JAX ms':>10}{'ratio':>8}")
    for steps, units in SIZES:
        times: dict[str, list[float]] = {"cell": [], "jax": [], "length": [], "jax length": []}
        for turn in range(turns):
            given = case("lstm", steps, units, np.float64)
            text = cell("lstm").text + f"# {turn}\n"
            one = shorter(given, steps - 1)
            network = Network([Layer(cell("lstm"), units=units)], inputs=given.x.shape[-1])
            _run(network, given)
            start = time.perf_counter()
            new_cell(given, text)
            times["cell"].append(time.perf_counter() - start)
            start = time.perf_counter()
            _run(network, one)
            times["length"].append(time.perf_counter() - start)
            for name, which in (("jax", given), ("jax length", one)):
                run, _ = scan_jax.prepare(which)
                jax.clear_caches()
                start = time.perf_counter()
                run()
                times[name].append(time.perf_counter() - start)
        best = {name: min(each) * 1e3 for name, each in times.items()}
        print(
            f"{steps:>5}{units:>7}{best['cell']:>13.2f}{best['jax']:>10.0f}{best['jax'] / best['cell']:>8.0f}"
            f"{best['length']:>16.2f}{best['jax length']:>10.0f}{best['jax length'] / best['length']:>8.0f}",
            flush=True,
        )


if __name__ == "__main__":
    with_one_thread()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
