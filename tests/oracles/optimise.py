"""Golden cases of PyTorch's optimisers, schedules and clipping in float64: a hundred updates each.

    python -m tests.oracles.optimise [--check]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import optim
from torch.optim import lr_scheduler

from tests.oracles.plain import main
from tests.oracles.script import Numbers

UPDATES = 100
SHOWN = (1, 2, 10, 100)
SHAPES = ((3, 2), (4,), (1, 2))

Settings = dict[str, float]
RULES: tuple[tuple[str, float, Settings, Callable[..., optim.Optimizer], dict[str, object]], ...] = (
    ("sgd", 0.1, {}, optim.SGD, {}),
    ("momentum", 0.05, {"momentum": 0.8}, optim.SGD, {"momentum": 0.8}),
    ("nesterov", 0.05, {"momentum": 0.7}, optim.SGD, {"momentum": 0.7, "nesterov": True}),
    ("rmsprop", 0.01, {}, optim.RMSprop, {}),
    ("rmsprop", 0.01, {"decay": 0.9, "small": 1e-3, "momentum": 0.6}, optim.RMSprop,
     {"alpha": 0.9, "eps": 1e-3, "momentum": 0.6}),
    ("adam", 0.01, {}, optim.Adam, {}),
    ("adam", 0.02, {"decay": 0.8, "decay_of_squares": 0.95, "small": 1e-4}, optim.Adam,
     {"betas": (0.8, 0.95), "eps": 1e-4}),
)  # fmt: skip


def cases() -> Iterator[dict[str, Any]]:
    """Parameters along a hundred updates, rates along a hundred updates, gradients before and after clipping."""
    for name, rate, settings, kind, options in RULES:
        yield rule(name, rate, settings, kind, options)
    yield from schedules()
    yield from clippings()


def rule(
    name: str, rate: float, settings: Settings, kind: Callable[..., optim.Optimizer], options: dict[str, object]
) -> dict[str, Any]:
    """A loss sum_i a_i (p_i - b_i(t))^2 whose target moves with the update, so that the gradient depends on both."""
    numbers = Numbers(f"{name} {sorted(settings)}", np.float64)
    size = sum(int(np.prod(shape)) for shape in SHAPES)
    start, curve, target = numbers(size), np.abs(numbers(size)), numbers(size)
    leaves = [torch.tensor(part, requires_grad=True) for part in parted(start)]
    optimiser = kind(leaves, lr=rate, **options)
    shown = []
    for number in range(1, UPDATES + 1):
        optimiser.zero_grad()
        wanted = [torch.tensor(part) for part in parted(target * np.cos(number / 7))]
        parts = zip(leaves, wanted, parted(curve), strict=True)
        loss = sum(((leaf - there) ** 2 * torch.tensor(bend)).sum() for leaf, there, bend in parts)
        assert isinstance(loss, torch.Tensor)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        if number in SHOWN:
            shown.append(torch.cat([leaf.detach().flatten() for leaf in leaves]).tolist())
    return {
        "kind": "rule", "name": name, "rate": rate, "settings": settings,
        "start": start.tolist(), "curve": curve.tolist(), "target": target.tolist(), "updates": SHOWN, "found": shown,
    }  # fmt: skip


def parted(vector: np.ndarray[Any, Any]) -> list[np.ndarray[Any, Any]]:
    ends = np.cumsum([int(np.prod(shape)) for shape in SHAPES])[:-1]
    return [part.reshape(shape) for part, shape in zip(np.split(vector, ends), SHAPES, strict=True)]


def schedules() -> Iterator[dict[str, Any]]:
    def warm(optimiser: optim.Optimizer, updates: int) -> Any:
        return lr_scheduler.LinearLR(optimiser, start_factor=1 / updates, total_iters=updates - 1)

    makers: list[tuple[dict[str, Any], Callable[[optim.Optimizer], list[Any]]]] = [
        ({"shape": "step", "every": 30, "factor": 0.5}, lambda o: [lr_scheduler.StepLR(o, 30, 0.5)]),
        ({"shape": "exponential", "every": 1, "factor": 0.97}, lambda o: [lr_scheduler.ExponentialLR(o, 0.97)]),
        ({"shape": "cosine", "every": 100, "factor": 0.0}, lambda o: [lr_scheduler.CosineAnnealingLR(o, 100)]),
        ({"shape": "cosine", "every": 100, "factor": 0.1},
         lambda o: [lr_scheduler.CosineAnnealingLR(o, 100, eta_min=0.1 * 0.2)]),
        ({"shape": "constant", "warm_up": 20}, lambda o: [warm(o, 20)]),
        ({"shape": "cosine", "every": 100, "factor": 0.0, "warm_up": 10},
         lambda o: [warm(o, 10), lr_scheduler.CosineAnnealingLR(o, 100)]),
        ({"shape": "step", "every": 25, "factor": 0.3, "warm_up": 15},
         lambda o: [warm(o, 15), lr_scheduler.StepLR(o, 25, 0.3)]),
    ]  # fmt: skip
    for settings, make in makers:
        optimiser = optim.SGD([torch.zeros(1, dtype=torch.float64, requires_grad=True)], lr=0.2)
        chained = lr_scheduler.ChainedScheduler(make(optimiser), optimizer=optimiser)
        rates = []
        for _ in range(UPDATES):
            rates.append(optimiser.param_groups[0]["lr"])
            optimiser.step()
            chained.step()
        yield {"kind": "schedule", "name": settings["shape"], "rate": 0.2, "settings": settings, "rates": rates}


def clippings() -> Iterator[dict[str, Any]]:
    for most in (0.1, 1.0, 1e4):
        numbers = Numbers(f"clip {most}", np.float64, 2.0)
        given = numbers(sum(int(np.prod(shape)) for shape in SHAPES))
        for name in ("norm", "value"):
            leaves = [torch.zeros(shape, dtype=torch.float64, requires_grad=True) for shape in SHAPES]
            for leaf, part in zip(leaves, parted(given), strict=True):
                leaf.grad = torch.tensor(part)
            length = 0.0
            if name == "norm":
                length = float(torch.nn.utils.clip_grad_norm_(leaves, most))
            else:
                torch.nn.utils.clip_grad_value_(leaves, most)
            found = torch.cat([leaf.grad.flatten() for leaf in leaves if leaf.grad is not None]).tolist()
            yield {
                "kind": "clip", "name": name, "most": most, "given": given.tolist(), "norm": length, "found": found,
            }  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main("optimise", cases()))
