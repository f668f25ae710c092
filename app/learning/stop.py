"""Why a training cannot go on."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine import Flat, Network, Problem, overflowed

from .pupil import Learnt


@dataclass(frozen=True, slots=True)
class Stop:
    """The update, from 1, that could not be made, and why. The parameters are again those that were last seen to work."""

    update: int
    problem: Problem


def found_at(update: int, learnt: Learnt, gradient: Flat, network: Network) -> Stop:
    """Where the first number that is not finite is."""
    return Stop(update, overflowed(update, network, learnt.traces, learnt.loss, gradient))
