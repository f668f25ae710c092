"""CTC as its definition says it: every sequence of symbols is listed, collapsed, and its probability added up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Label = tuple[int, ...]
DATA = Path(__file__).parents[1] / "oracles" / "data"


def golden(name: str) -> list[dict[str, Any]]:
    """The cases that tests/oracles has made."""
    cases: list[dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text("utf-8"))["cases"]
    return cases


def softmax(z: Array) -> Array:
    """As it is written, for numbers of usual size, real or complex."""
    power = np.exp(z)
    return np.asarray(power / power.sum(axis=-1, keepdims=True))


def label_of(path: Sequence[int], blank: int) -> Label:
    """A symbol counts where it is no blank and the step before it was another one."""
    return tuple(s for t, s in enumerate(path) if s != blank and (t == 0 or path[t - 1] != s))


def probabilities(logits: Array, blank: int) -> dict[Label, Any]:
    """Of every label that can be, the probability."""
    p = softmax(logits)
    found: dict[Label, Any] = {}
    for path in product(range(p.shape[1]), repeat=len(p)):
        label = label_of(path, blank)
        found[label] = found.get(label, 0.0) + np.prod(p[np.arange(len(p)), path])
    return found


def gradient(logits: Array, label: Label, blank: int) -> Array:
    """dloss/dlogits by the complex step."""
    found = np.zeros(logits.shape)
    for at in np.ndindex(logits.shape):
        moved = logits.astype(complex)
        moved[at] += 1e-30j
        found[at] = -np.log(probabilities(moved, blank)[label]).imag / 1e-30
    return found


def posterior(logits: Array, label: Label, blank: int) -> tuple[Array, Array]:
    """Of each state at each step, and of each symbol at each step, the probability given the label.

    An alignment's state moves on with each new run: its n-th symbol stands at state 2 n + 1, blanks between.
    """
    p = softmax(logits)
    states, symbols = np.zeros((len(p), 2 * len(label) + 1)), np.zeros(p.shape)
    for path in product(range(p.shape[1]), repeat=len(p)):
        if label_of(path, blank) != label:
            continue
        chance = np.prod(p[np.arange(len(p)), path])
        for t, symbol in enumerate(path):
            said = len(label_of(path[: t + 1], blank))
            states[t, 2 * said if symbol == blank else 2 * said - 1] += chance
            symbols[t, symbol] += chance
    return states / states.sum(axis=1, keepdims=True), symbols / symbols.sum(axis=1, keepdims=True)
