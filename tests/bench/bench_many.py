"""10,201 networks of one unit in one call (an error surface of 101 x 101 points), against torch.vmap over a scan by hand.

    python -m tests.bench.bench_many [turns]

Forward alone, and forward with the gradients of all parameters; ratios between the shortest times of one run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from app.cells import load
from app.engine import Layer, Network
from tests.bench.cases import Array
from tests.bench.timing import with_one_thread

NETWORKS = 10_201


def engine(parameters: dict[str, Array], xs: Array, outside: Array, *, back: bool) -> Callable[[], Any]:
    network = Network([Layer(load("simple-rnn"), 1)], 1)

    def run() -> Any:
        trace = network.run(parameters, xs, networks=NETWORKS)
        if not back:
            return trace.last["h"]
        gradient = trace.gradient({}, last={"h": outside})
        return [gradient.parameters[name] for name in parameters]

    return run


def mapped(parameters: dict[str, Array], xs: Array, *, back: bool) -> Callable[[], Any]:
    torch.set_num_threads(1)
    given = [torch.from_numpy(array.reshape(NETWORKS)) for array in parameters.values()]
    steps = torch.from_numpy(xs[:, 0]).unbind()

    def last(w: Any, u: Any, b: Any) -> Any:
        h = torch.zeros((), dtype=torch.float64)
        for x in steps:
            h = torch.tanh(w * x + u * h + b)
        return h

    function = torch.vmap(torch.func.grad(last, argnums=(0, 1, 2)) if back else last)
    return lambda: function(*given)


def shortest(run: Callable[[], Any], turns: int) -> float:
    times = []
    for _ in range(turns):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main(turns: int) -> None:
    random = np.random.default_rng(0)
    parameters: dict[str, Array] = {name: random.normal(size=(NETWORKS, *shape)) for name, shape in
                  {"W": (1, 1), "U": (1, 1), "b": (1,)}.items()}  # fmt: skip
    print(f"{'T':>5}{'':>10}{'engine ms':>11}{'vmap ms':>11}{'vmap / engine':>15}")
    for steps in (50, 1000):
        xs, outside = random.normal(size=(steps, 1)), np.ones((NETWORKS, 1))
        for back in (False, True):
            ours, theirs = engine(parameters, xs, outside, back=back), mapped(parameters, xs, back=back)
            a, b = ours(), theirs()
            for one, other in zip(a if back else [a], b if back else [b], strict=True):
                assert np.allclose(np.ravel(one), other.numpy(), rtol=1e-8, atol=1e-10)
            best = [min(shortest(ours, 1), shortest(ours, turns)), shortest(theirs, turns)]
            label = "and back" if back else "forward"
            print(f"{steps:>5}{label:>10}{best[0] * 1e3:>11.1f}{best[1] * 1e3:>11.1f}{best[1] / best[0]:>15.2f}", flush=True)


if __name__ == "__main__":
    with_one_thread()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
