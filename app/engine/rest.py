"""Networks at rest: under an input that stays what it is, states that are what they were two steps ago come again for ever.

Two steps and not one, since what swings to rest may end between two neighbouring numbers.
"""

from __future__ import annotations

import numpy as np

from .ops import Array
from .rules import PREVIOUS
from .trace import Trace

#: steps after which a network at rest is where it was
TURN = 2


def steady_from(xs: Array) -> int:
    """The step (from 0) from which on all inputs (T, inputs) are the same."""
    changes = np.flatnonzero((xs[1:] != xs[:-1]).any(axis=1))
    return int(changes[-1]) + 1 if len(changes) else 0


def at_rest(trace: Trace) -> Array:
    """Of many networks (networks,), true where the last two steps have left every state as it was, bit for bit."""
    at = trace.length - TURN
    rest = np.ones(next(iter(trace.runs.values())).lead, bool)
    for state, last in trace.last.items():
        (before,) = trace.read(state + PREVIOUS, at, at + 1)
        rest &= (before == last).all(axis=-1)
    return rest
