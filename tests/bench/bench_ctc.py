"""The CTC loss with its gradient against PyTorch's, and the search over prefixes.

    python -m tests.bench.bench_ctc [seconds per row]

One thread, all in turns in one run, float64. First it is checked that both get the same numbers. Ours also keeps alpha,
beta and both posteriors. A ratio is between the shortest times; in brackets between the medians.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import numpy as np

from app.engine import beam_search, ctc_loss_batch
from tests.bench.handwritten_lstm import Array
from tests.bench.timing import interleaved, with_one_thread

#: steps, sequences, symbols in a label, symbols to choose from
SIZES = [(50, 1, 5, 8), (200, 1, 20, 32), (1000, 1, 50, 64), (200, 32, 20, 32)]


def problem(steps: int, batch: int, length: int, symbols: int) -> tuple[Array, list[list[int]]]:
    random = np.random.default_rng(0)
    return random.normal(size=(steps, batch, symbols)), random.integers(1, symbols, size=(batch, length)).tolist()


def pytorch(logits: Array, labels: list[list[int]]) -> Callable[[], Any] | None:
    """PyTorch's loss and gradient of the logits; None where it is not installed."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    steps, batch, _ = logits.shape
    z, wanted = torch.tensor(logits, requires_grad=True), torch.tensor(labels)
    lengths, counts = torch.full((batch,), steps), torch.full((batch,), wanted.shape[1])

    def run() -> Any:
        logs = torch.log_softmax(z, -1)
        loss = torch.nn.functional.ctc_loss(logs, wanted, lengths, counts, reduction="sum")
        return loss.item(), torch.autograd.grad(loss, z)[0].numpy()

    return run


def main() -> None:
    with_one_thread()
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    print("steps, sequences, label, symbols: engine / PyTorch")
    for size in SIZES:
        logits, labels = problem(*size)
        candidates: dict[str, Callable[[], Any]] = {"engine": partial(ctc_loss_batch, logits, labels)}
        theirs = pytorch(logits, labels)
        if theirs is not None:
            total, gradient = theirs()
            ours = candidates["engine"]()
            np.testing.assert_allclose(ours.total, total, rtol=1e-12)
            np.testing.assert_allclose(ours.gradient, gradient, rtol=0, atol=1e-10)
            candidates["PyTorch"] = theirs
        times = interleaved(candidates, seconds)
        row = ", ".join(f"{name} {1000 * min(each):.2f} ms" for name, each in times.items())
        if theirs is not None:
            one, other = times["engine"], times["PyTorch"]
            row += f", ratio {min(one) / min(other):.2f} ({median(one) / median(other):.2f})"
        print(f"{', '.join(map(str, size))}: {row}")
    logits, _ = problem(1000, 1, 50, 64)
    times = interleaved({"beam": partial(beam_search, logits[:, 0], width=10)}, seconds)
    print(f"search, width 10, 1000 steps of 64 symbols: {1000 * min(times['beam']):.0f} ms")


if __name__ == "__main__":
    main()
