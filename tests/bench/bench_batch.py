"""A batch of 64 sequences x 50 steps x 32 units, forward and backward, only the parameters' gradients asked for.

    python -m tests.bench.bench_batch [seconds per row]

Against PyTorch's fused nn.LSTM and nn.GRU on one thread; ratios between the shortest times of one run.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import Layer, Network
from tests.bench import fused_torch
from tests.bench.cases import Case, case, cell
from tests.bench.timing import interleaved, with_one_thread


def engine(given: Case) -> Callable[[], Any]:
    network = Network([Layer(cell(given.kind), units=given.units)], inputs=given.x.shape[-1])

    def run() -> Any:
        gradient = network.run(given.parameters, given.x, dtype=given.dtype).gradient({"h": given.outside})
        return {name: gradient.parameters[name] for name in given.parameters}

    return run


def main(seconds: float) -> None:
    print(f"{'':<14}{'engine ms':>10}{'nn ms':>10}{'nn / engine':>13}")
    for dtype in (np.float64, np.float32):
        for kind in ("lstm", "gru"):
            given = case(kind, 50, 32, dtype, batch=64)
            run, read = fused_torch.prepare(given)
            ours, theirs = engine(given)(), read(run())
            for name in ("W_z" if kind == "gru" else "W_i", "b_n" if kind == "gru" else "b_f"):
                room = (1e-9 if dtype is np.float64 else 5e-3) * np.abs(theirs[name]).max()
                assert np.abs(ours[name] - theirs[name]).max() <= room, name
            times = interleaved({"engine": engine(given), "nn": run}, seconds)
            best = {name: min(each) * 1e3 for name, each in times.items()}
            label = f"{kind} {np.dtype(dtype).name}"
            print(f"{label:<14}{best['engine']:>10.2f}{best['nn']:>10.2f}{best['nn'] / best['engine']:>13.2f}", flush=True)


if __name__ == "__main__":
    with_one_thread()
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)
