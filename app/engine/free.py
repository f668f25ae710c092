"""Free running: a part's own output is its next input, until a stop symbol or the last step allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .ops import Array, softmax
from .part import AS_VALUE
from .run import Run


@dataclass(frozen=True)
class Free:
    """At most `steps` steps, the first with the input `first`, (inputs,) or (batch, inputs), zeros if it is None.

    Where a part is fed symbols, `temperature` 0 takes the likeliest one (the first of equals); above 0 a symbol is drawn
    with probabilities proportional to p^(1/temperature) (Ackley, Hinton & Sejnowski 1985), from `seed`.
    """

    steps: int
    first: ArrayLike | None = None
    temperature: float = 0.0
    seed: int = 0


def free_inputs(
    start: Callable[[Array], Run], feed: str, blank: Array, free: Free
) -> tuple[Array, Array | None]:
    """The inputs that a part makes for itself (T, *lead, inputs), and each sequence's length if some end early.

    `start` begins a run over inputs; `feed` is the full address of what is fed back; `blank` (steps, *lead, inputs)
    holds the first input and zeros.
    """
    run = start(blank)
    part = run.stack.part
    random = np.random.default_rng(free.seed)
    lengths = np.full(run.lead, len(blank))
    made = len(blank)
    for t in range(len(blank)):
        run.forward(t, t + 1)
        value = run.read(feed, t, t + 1)[0]
        following = value if part.feed_as == AS_VALUE else symbols(value, free.temperature, random)
        if part.stop is not None:
            symbol = following if part.feed_as != AS_VALUE else symbols(value, 0.0, random)
            ends = (symbol[..., part.stop] == 1) & (lengths > t)
            lengths = np.where(ends, np.minimum(lengths, t + 1), lengths)
            if np.all(lengths <= t + 1):
                made = t + 1
                break
        if t + 1 < len(blank):
            run.xs[t + 1] = following
    xs = run.xs[:made].copy()
    run.release()
    return xs, None if np.all(lengths == made) else lengths


def symbols(weights: Array, temperature: float, random: np.random.Generator) -> Array:
    """1-of-N vectors (*lead, N) of the likeliest entry, or of one drawn at a temperature above 0."""
    if temperature > 0:
        with np.errstate(divide="ignore"):
            logs = np.log(np.maximum(weights, 0))
        reach = np.cumsum(softmax(logs / temperature), axis=-1)
        chosen = np.sum(random.random(weights.shape[:-1])[..., None] * reach[..., -1:] >= reach, axis=-1)
    else:
        chosen = np.argmax(weights, axis=-1)
    return np.asarray(np.arange(weights.shape[-1]) == chosen[..., None], weights.dtype)
