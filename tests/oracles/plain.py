"""Golden cases as plain data: one file for one script, a case in a line, with the versions that made it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch

from tests.oracles.case import DATA, Array

#: how far two runs may differ from machine to machine
NOISE = 1e-13


def differentiated(loss: Callable[..., torch.Tensor], given: Array) -> tuple[Array, Array]:
    """The losses of what is given, and the gradient of their sum."""
    leaf = torch.tensor(given, requires_grad=True)
    found = loss(leaf)
    (gradient,) = torch.autograd.grad(found.sum(), leaf)
    return found.detach().numpy(), gradient.numpy()


def main(name: str, cases: Iterable[dict[str, Any]]) -> int:
    """Writes the file `name`.json; with --check compares a new run with it instead."""
    path = DATA / f"{name}.json"
    lines = ",\n".join(json.dumps(case) for case in cases)
    versions = json.dumps({"torch": torch.__version__, "numpy": np.__version__})
    text = f'{{"versions": {versions}, "cases": [\n{lines}\n]}}\n'
    if "--check" not in sys.argv[1:]:
        path.write_text(text, "utf-8")
        print(f"{path.name}: {path.stat().st_size} bytes")
        return 0
    far = apart(json.loads(text), json.loads(path.read_text("utf-8")))
    print(f"{path.name}: the largest difference is {far:.2g}")
    return int(far > NOISE)


def apart(new: Any, stored: Any) -> float:
    """The largest difference between numbers in the same place, infinite where anything else differs."""
    match new, stored:
        case (dict(), dict()) if new.keys() == stored.keys():
            return max((apart(new[name], stored[name]) for name in new), default=0.0)
        case (list(), list()) if len(new) == len(stored):
            return max((apart(one, other) for one, other in zip(new, stored, strict=True)), default=0.0)
        case (float(), float()):
            return abs(new - stored) / max(1.0, abs(stored))
    return 0.0 if new == stored else float("inf")
