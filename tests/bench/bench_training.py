"""Updates a second: a whole training step against PyTorch's nn.LSTM or nn.GRU with a readout and Adam, in float64.

    python -m tests.bench.bench_training [seconds per row]

A step draws nothing: both have the same batch of the adding problem ready, run it, take the squared error at the last
step, go back, clip the norm at 1 and update with Adam. Processor time, since others may use the machine; ratios between
the shortest times of one run. float32 is printed beside it.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable

import numpy as np
import torch

from app.learning import Progress, Training, read_settings
from tests.bench.timing import with_one_thread

#: sequences, steps, units, and how many times as long PyTorch has to take
SIZES = ((1, 20, 8, 3.0), (32, 50, 32, 1.0), (64, 100, 64, 1.0))
CELLS = {"lstm": torch.nn.LSTM, "gru-reset-after": torch.nn.GRU}
TURNS = 5
RATE, CLIP = 0.001, 1.0


def ours(training: Training) -> Callable[[], object]:
    """The training's own step, with the batch that it begins with every time."""
    batch = training.batches.update(1)
    training.batches.update = lambda number: batch  # type: ignore[method-assign]
    return training.step


def theirs(cell: str, training: Training) -> Callable[[], object]:
    """The same step of PyTorch, from the same weights."""
    torch.set_num_threads(1)
    batch, dtype = training.batches.update(1), getattr(torch, training.settings.dtype)
    x, wanted = (torch.from_numpy(array).to(dtype) for array in (batch.inputs, batch.targets[-1]))
    module = CELLS[cell](x.shape[-1], training.settings.units, dtype=dtype)
    readout = torch.nn.Linear(training.settings.units, 1, dtype=dtype)
    _copy(cell, training, module, readout)
    parameters = [*module.parameters(), *readout.parameters()]
    optimiser = torch.optim.Adam(parameters, lr=RATE)

    def step() -> float:
        optimiser.zero_grad()
        states, _ = module(x)
        loss = torch.nn.functional.mse_loss(readout(states[-1]), wanted)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, CLIP)
        optimiser.step()
        return float(loss.detach())

    return step


def _copy(cell: str, training: Training, module: torch.nn.Module, readout: torch.nn.Linear) -> None:
    """Our starting weights, gate by gate."""
    own = training.pupil.network
    found = {own.short(name): torch.from_numpy(array.copy()) for name, array in training.parameters.items()}
    gates = {"lstm": "ifgo", "gru-reset-after": "rzn"}[cell]
    named = {"weight_ih_l0": "W", "weight_hh_l0": "U", "bias_ih_l0": "b", "bias_hh_l0": "d"}
    with torch.no_grad():
        for name, letter in named.items():
            zero = torch.zeros(training.settings.units)
            parts = [found.get(f"{letter}_{gate}", zero) for gate in gates]
            getattr(module, name).copy_(torch.cat(parts))
        readout.weight.copy_(found["readout.V"])
        readout.bias.copy_(found["readout.d"])


def measured(candidates: dict[str, Callable[[], object]], seconds: float) -> dict[str, float]:
    """The shortest processor time of a step of each, in turns."""
    calls = {name: max(1, round(0.02 / _timed(each, 2))) for name, each in candidates.items()}
    found: dict[str, list[float]] = {name: [] for name in candidates}
    end = time.perf_counter() + seconds
    while len(found["ours"]) < TURNS or time.perf_counter() < end:
        for name, candidate in candidates.items():
            found[name].append(_timed(candidate, calls[name]))
    return {name: min(times) for name, times in found.items()}


def _timed(candidate: Callable[[], object], calls: int) -> float:
    candidate()
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        for _ in range(calls):
            candidate()
        return (time.process_time() - start) / calls
    finally:
        gc.enable()


def begun(cell: str, size: int, steps: int, units: int, dtype: str) -> Training:
    """A training of the adding problem that looks at its held-out sequences at the very end."""
    return Training(read_settings({
        "task": "adding", "options": {"length": steps}, "cell": cell, "units": units, "batch": size, "dtype": dtype,
        "rate": RATE, "clip": "norm", "clip_at": CLIP, "updates": 1_000_000, "every": 1_000_000,
    }))  # fmt: skip


def main(seconds: float) -> int:
    print(f"{'cell, batch x steps x units':<40}{'ours /s':>10}{'nn /s':>10}{'nn / ours':>11}{'wanted':>8}")
    failed = 0
    for dtype in ("float64", "float32"):
        for size, steps, units, wanted in SIZES:
            for cell in CELLS:
                training = begun(cell, size, steps, units, dtype)
                candidates = {"ours": ours(training), "nn": theirs(cell, training)}
                _same_loss(candidates, dtype)
                best = measured(candidates, seconds)
                ratio = best["nn"] / best["ours"]
                failed += dtype == "float64" and ratio < wanted
                label = f"{cell} {dtype} {size} x {steps} x {units}"
                goal = f"{wanted:g}" if dtype == "float64" else ""
                print(f"{label:<40}{1 / best['ours']:>10.1f}{1 / best['nn']:>10.1f}{ratio:>11.2f}{goal:>8}", flush=True)
    return failed


def _same_loss(candidates: dict[str, Callable[[], object]], dtype: str) -> None:
    """From the same weights both have the same loss. Later ones differ, since nn.LSTM moves each bias in two parts."""
    found, loss = candidates["ours"](), candidates["nn"]()
    assert isinstance(found, Progress)
    assert isinstance(loss, float)
    assert np.isclose(found.loss, loss, rtol=1e-9 if dtype == "float64" else 1e-3), (found, loss)


if __name__ == "__main__":
    with_one_thread()
    raise SystemExit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0) and 1)
