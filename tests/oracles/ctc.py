"""Golden cases of PyTorch's CTC loss in float64, with distinct random logits: losses and dloss/dlogits.

    python -m tests.oracles.ctc [--check]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from tests.oracles.plain import differentiated, main
from tests.oracles.script import Numbers


@dataclass(frozen=True)
class Setting:
    """What a case is made of: `labels` of the sequences, whose `lengths` are T where there are none."""

    steps: int
    symbols: int
    labels: tuple[tuple[int, ...], ...]
    blank: int = 0
    lengths: tuple[int, ...] | None = None
    scale: float = 1.5


SETTINGS: dict[str, Setting] = {
    "one": Setting(5, 4, ((1, 2, 3),)),
    "repeats": Setting(7, 3, ((1, 1, 2, 2),)),
    "as short as can be": Setting(5, 3, ((1, 2, 2, 1),)),
    "empty": Setting(4, 3, ((),)),
    "blank in the middle": Setting(6, 5, ((4, 0, 1), (3, 3)), blank=2),
    "blank last": Setting(6, 4, ((0, 1, 1), (2,), ()), blank=3),
    "lengths": Setting(9, 5, ((1, 2, 1), (4, 4, 3), (2,)), lengths=(9, 5, 3)),
    "lengths and labels differ": Setting(8, 4, ((1,), (), (3, 2, 3, 2, 1, 1)), lengths=(1, 6, 8)),
    "one symbol": Setting(6, 2, ((1, 1, 1), (1,))),
    "sure of itself": Setting(6, 4, ((1, 2), (3, 1, 3)), scale=30.0),
    "long": Setting(40, 5, ((1, 2, 3, 4, 4, 1, 2, 2, 1, 3, 4, 1),)),
}


def cases() -> Iterator[dict[str, Any]]:
    for name, setting in SETTINGS.items():
        numbers = Numbers(name, np.float64, setting.scale)
        logits = numbers(setting.steps, len(setting.labels), setting.symbols)
        lengths = setting.lengths or (setting.steps,) * len(setting.labels)
        flat = torch.tensor([symbol for label in setting.labels for symbol in label], dtype=torch.long)
        counts = [len(label) for label in setting.labels]

        def losses(
            z: torch.Tensor, flat: Any = flat, lengths: Any = lengths, counts: Any = counts, blank: int = setting.blank
        ) -> torch.Tensor:
            logs = torch.log_softmax(z, -1)
            return functional.ctc_loss(logs, flat, torch.tensor(lengths), torch.tensor(counts), blank, reduction="none")

        totals, gradient = differentiated(losses, logits)
        yield {
            "name": name, "blank": setting.blank, "labels": setting.labels, "lengths": lengths,
            "logits": logits.tolist(), "totals": totals.tolist(), "gradient": gradient.tolist(),
        }  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main("ctc", cases()))
