"""Golden cases of PyTorch's losses in float64: cross-entropy, binary cross-entropy, squared error, with gradients.

    python -m tests.oracles.losses [--check]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from tests.oracles.case import Array
from tests.oracles.plain import differentiated, main
from tests.oracles.script import Numbers


def cases() -> Iterator[dict[str, Any]]:
    """Losses at each step, for one sequence and for a batch, as a sum and as a mean."""
    for lead in ((4,), (3, 2)):
        for mean in (False, True):
            reduction = "mean" if mean else "sum"
            for name in ("classes", "rows", "binary", "squared"):
                numbers = Numbers(f"{name} {lead} {mean}", np.float64, 1.5)
                given = numbers(*lead, 5)
                targets, loss = loss_of(name, reduction, numbers, given)
                total, gradient = differentiated(loss, given)
                yield {
                    "name": name, "mean": mean, "given": given.tolist(), "targets": targets.tolist(),
                    "total": float(total), "gradient": gradient.tolist(),
                }  # fmt: skip


def loss_of(name: str, reduction: str, numbers: Numbers, given: Array) -> tuple[Array, Callable[..., torch.Tensor]]:
    """Targets of one kind, and PyTorch's loss for them."""
    shape, classes = given.shape, given.shape[-1]
    targets: Array
    match name:
        case "classes":
            targets = numbers.random.integers(0, classes, size=shape[:-1])
            wanted = torch.tensor(targets).flatten()
            return targets, lambda z: functional.cross_entropy(z.reshape(-1, classes), wanted, reduction=reduction)
        case "rows":
            targets = numbers.random.dirichlet(np.ones(classes), size=shape[:-1])
            rows = torch.tensor(targets).reshape(-1, classes)
            return targets, lambda z: functional.cross_entropy(z.reshape(-1, classes), rows, reduction=reduction)
        case "binary":
            targets = numbers.random.integers(0, 2, size=shape).astype(float)
            yes = torch.tensor(targets)
            return targets, lambda z: functional.binary_cross_entropy_with_logits(z, yes, reduction=reduction)
        case _:
            targets = numbers(*shape)
            there = torch.tensor(targets)
            return targets, lambda y: functional.mse_loss(y, there, reduction=reduction)


if __name__ == "__main__":
    raise SystemExit(main("losses", cases()))
