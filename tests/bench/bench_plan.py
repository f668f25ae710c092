"""The engine's plan against the same LSTM by hand in NumPy and, where torch is installed, in eager PyTorch.

    python -m tests.bench.bench_plan [seconds per row]

Forward and backward of one sequence, every value and gradient kept, one thread, all in turns in one run. First it is
checked that all get the same numbers. A ratio is between the shortest times; in brackets between the medians.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from app.cells import load
from app.engine import Layer, Network
from tests.bench import eager_lstm, handwritten_lstm
from tests.bench.handwritten_lstm import Array
from tests.bench.timing import interleaved, with_one_thread

SIZES = [(9, 1), (50, 8), (100, 32), (1000, 32), (1000, 128), (200, 256)]
GATES = "ifog"


def problem(steps: int, units: int, dtype: type) -> tuple[Array, dict[str, Array], Array]:
    """A sequence as wide as the layer (as inside a stack), weights of a usual size, dL/dh at every step."""
    random = np.random.default_rng(0)
    inputs = max(3, units)
    parameters: dict[str, Array] = {}
    for gate in GATES:
        parameters[f"W_{gate}"] = random.normal(size=(units, inputs)) / inputs**0.5
        parameters[f"U_{gate}"] = random.normal(size=(units, units)) / units**0.5
        parameters[f"b_{gate}"] = random.normal(size=units)
    x, outside = random.normal(size=(steps, inputs)), random.normal(size=(steps, units))
    return x.astype(dtype), {name: value.astype(dtype) for name, value in parameters.items()}, outside.astype(dtype)


def plan(x: Array, parameters: dict[str, Array], outside: Array) -> Callable[[], Any]:
    network = Network([Layer(load("lstm"), units=outside.shape[1])], inputs=x.shape[1])

    def run() -> Any:
        trace = network.run(parameters, x, dtype=x.dtype)
        gradient = trace.gradient({"h": outside})
        # These are made when they are asked for; by hand they are always made, so they belong to the time.
        for name in parameters:
            gradient.parameters[name]
        return trace, gradient

    return run


def stacked(parameters: dict[str, Array], kind: str) -> Array:
    return np.ascontiguousarray(np.concatenate([parameters[f"{kind}_{gate}"] for gate in GATES]))


def check(engine: Callable[[], Any], by_hand: handwritten_lstm.Kept, tolerance: float) -> None:
    """That both computed the same, before anybody looks at the times."""
    trace, gradient = engine()
    units = by_hand.c.shape[1]
    pairs = [(trace["c"], by_hand.c[1:]), (trace["h"], by_hand.h[1:])]
    pairs += [(gradient["c"], by_hand.d_c), (gradient["h"], by_hand.d_h)]
    for k, gate in enumerate(GATES):
        part = slice(k * units, (k + 1) * units)
        pairs += [(trace[gate], by_hand.gates[:, part]), (gradient[f"{gate}:in"], by_hand.d_gates_in[:, part])]
        pairs += [(gradient.parameters[f"W_{gate}"], by_hand.d_W[part])]
        pairs += [(gradient.parameters[f"U_{gate}"], by_hand.d_U[part])]
        pairs += [(gradient.parameters[f"b_{gate}"], by_hand.d_b[part])]
    for ours, theirs in pairs:
        assert np.allclose(ours, theirs, rtol=tolerance, atol=tolerance * float(np.abs(theirs).max()))


def row(steps: int, units: int, dtype: type, seconds: float) -> str:
    x, parameters, outside = problem(steps, units, dtype)
    given = (x, stacked(parameters, "W"), stacked(parameters, "U"), stacked(parameters, "b"), outside)
    candidates = {"plan": plan(x, parameters, outside), "hand": lambda: handwritten_lstm.run(*given)}
    check(candidates["plan"], handwritten_lstm.run(*given), 1e-9 if dtype is np.float64 else 2e-3)
    if eager_lstm.available():
        candidates["torch"] = eager_lstm.prepare(*given)
    times = interleaved(candidates, seconds)
    best = {name: min(each) for name, each in times.items()}
    middle = {name: median(each) for name, each in times.items()}
    cells = [f"{steps:>5} {units:>5}", f"{best['plan'] * 1e3:>8.2f}", f"{best['hand'] * 1e3:>8.2f}"]
    cells.append(f"{best['plan'] / best['hand']:>7.2f} ({middle['plan'] / middle['hand']:.2f})")
    if "torch" in times:
        cells.append(f"{best['torch'] * 1e3:>8.2f}")
        cells.append(f"{best['torch'] / best['plan']:>7.1f} ({middle['torch'] / middle['plan']:.1f})")
    return "  ".join(cells)


def main(seconds: float) -> None:
    for dtype in (np.float64, np.float32):
        title = f"{'T':>5} {'units':>5}  {'plan ms':>8}  {'hand ms':>8}  {'plan / hand':>14}"
        if eager_lstm.available():
            title += f"  {'torch ms':>8}  {'torch / plan':>14}"
        print(f"\n{np.dtype(dtype).name}, one thread\n{title}")
        for steps, units in SIZES:
            print(row(steps, units, dtype, seconds), flush=True)


if __name__ == "__main__":
    with_one_thread()
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)
