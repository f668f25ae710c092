"""The loss over two numbers of a lane's network, and the way down it: checked at once, computed while it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from app.engine import Axis, Foothold, Objective, Problem, ProblemError, downhill, objective
from app.engine import Landscape as Surface
from app.frames import Dense

from .experiment import LossRecord
from .limits import Limits
from .prepared import Prepared
from .questions import Descend, Landscape, Place, Sweep
from .replies import Footholds, Rows

#: footholds that are sent together
TOGETHER = 25


def rows(message: Landscape, prepared: Prepared, limits: Limits) -> Iterator[Rows | None]:
    """The surface in stretches of rows, from coarse to fine: all as a sketch, in float32, and then all exactly.

    The sketch is what follows a drag; only where the hand rests there is time for the rest.
    Raises ProblemError before anything is computed.
    """
    _refuse(limits.problems(points=message.across.count * message.down.count))
    asked = _objective(message.loss, prepared)
    axes = [_swept(axis) for axis in (message.across, message.down)]
    surface = Surface(
        prepared.network, prepared.parameters, prepared.inputs[: asked.steps], asked, *axes, initial=prepared.initial
    )
    _refuse(limits.problems(sweep=surface.work, memory=surface.memory))
    return (
        None if each is None else Rows(message.id, message.lane, each.rows, {"losses": _travels(each.losses, sketch)})
        for sketch in (True, False)
        for each in surface.stretches(np.float32 if sketch else np.float64)
    )


def _travels(losses: NDArray[np.float64], sketch: bool) -> Dense:
    """What float32 cannot hold becomes infinite."""
    with np.errstate(over="ignore"):
        return losses.astype(np.float32) if sketch else losses


def footholds(message: Descend, prepared: Prepared, limits: Limits) -> Iterator[Footholds]:
    """The way down from where the parameters are, several updates at a time.

    Raises ProblemError before anything is computed.
    """
    _refuse(limits.problems(updates=message.updates))
    asked = _objective(message.loss, prepared)
    walk = downhill(
        prepared.network,
        prepared.parameters,
        prepared.inputs[: asked.steps],
        asked,
        [_standing(place) for place in (message.across, message.down)],
        rate=message.rate,
        most=message.clip,
        initial=prepared.initial,
    )
    return _together(message, islice(walk, message.updates + 1))


def _together(message: Descend, walk: Iterator[Foothold]) -> Iterator[Footholds]:
    first = 0
    while several := list(islice(walk, TOGETHER)):
        yield Footholds(message.id, message.lane, first, _arrays(several))
        first += len(several)


def _arrays(several: list[Foothold]) -> Mapping[str, Dense]:
    return {
        "at": np.array([each.at for each in several]),
        "gradient": np.array([each.gradient for each in several]),
        "loss": np.array([each.loss for each in several]),
        "norm": np.array([each.length for each in several]),
    }


def _objective(loss: LossRecord, prepared: Prepared) -> Objective:
    """Targets are for the first steps of the sequence, as many as there are."""
    if len(loss.targets) > prepared.steps:
        said = f"there are targets for {len(loss.targets)} steps, and the sequence has {prepared.steps}"
        args: dict[str, str | int | float] = {"count": len(loss.targets), "steps": prepared.steps}
        hint = "give no more targets than there are steps"
        raise ProblemError([Problem("too-many-targets", said, args, hint, field="loss.targets")])
    return objective(prepared.network, loss.kind, loss.of, loss.targets)


def _swept(axis: Sweep) -> Axis:
    return Axis(axis.address, tuple(axis.index), np.linspace(axis.low, axis.high, axis.count))


def _standing(place: Place) -> Axis:
    return Axis(place.address, tuple(place.index), np.zeros(1))


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ProblemError(problems)
