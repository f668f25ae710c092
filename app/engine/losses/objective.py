"""What a network is asked for: targets of one of its values at some steps, and the loss that says how far it is from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ..address import parse
from ..network import Network
from ..ops import Array, quietly
from ..problems import NetworkError, Problem
from ..trace import Trace
from .logits import Logits, logits_of
from .loss import Loss, binary_cross_entropy, cross_entropy, squared_error, squared_totals
from .loss_check import numbers


class _Kind(NamedTuple):
    measure: Callable[..., Loss]
    #: whose argument it is measured on; None: the value itself
    activation: str | None
    #: the totals of many sequences alone, where they come sooner than with all that a Loss holds
    totals: Callable[[Array, Array], Array] | None = None


_KINDS = {
    "squared": _Kind(squared_error, None, squared_totals),
    "cross-entropy": _Kind(cross_entropy, "softmax"),
    "binary": _Kind(binary_cross_entropy, "sigmoid"),
}
KINDS = tuple(_KINDS)


@dataclass(frozen=True, slots=True, eq=False)
class Objective:
    """A loss of the value `of`, summed over the steps at which something is asked.

    `targets` (T, size), `asked` (T,) true where they count. `places`: where that is read which the loss is measured on.
    """

    kind: str
    of: str
    places: Logits
    targets: Array
    asked: Array

    @property
    def steps(self) -> int:
        return len(self.targets)

    def loss(self, trace: Trace) -> Loss:
        """The loss of a run of so many steps, (T,) or for each sequence of a batch (T, batch) in `Loss.steps`.

        Raises NetworkError where the targets are none for this kind of loss, such as 2 for a probability.
        """
        return self.between(trace, 0, self.steps)

    def totals(self, trace: Trace, first: int = 0) -> Array:
        """The same summed over the steps: () or (batch,), one for each network of a run of many. Targets are to be checked before.

        `first`: the step (from 0) that the run begins at, where it is of a block of the steps only.
        """
        at = np.flatnonzero(self.asked[first : first + trace.length])
        if not len(at):
            return np.zeros(trace.runs[parse(self.of).part].lead)
        start, stop = int(at[0]), int(at[-1]) + 1
        values = self.places.read(trace, start, stop)
        if values.ndim > 2 and (totals := _KINDS[self.kind].totals):
            # of ten thousand networks, checks and gradients that nobody asks for would take as long as a run's last steps
            return totals(values[at - start], self.targets[first + at])
        return np.asarray(self._measured(values, first + start, first + stop).steps.sum(axis=0))

    def check(self) -> None:
        """Raises NetworkError, as `loss` would, where the targets are none for this kind of loss."""
        _KINDS[self.kind].measure(np.zeros_like(self.targets), self.targets, mask=self.asked)

    def between(self, trace: Trace, first: int, stop: int) -> Loss:
        """The loss of the steps first..stop (from 0) alone, of a trace that has come so far."""
        return self._measured(self.places.read(trace, first, stop), first, stop)

    def _measured(self, values: Array, first: int, stop: int) -> Loss:
        targets = self.targets[first:stop]
        if values.ndim > 2:
            targets = np.broadcast_to(targets[:, None], values.shape)
        return _KINDS[self.kind].measure(values, targets, mask=self.asked[first:stop])

    def above(self, trace: Trace, first: int, stop: int) -> dict[str, Array]:
        """dL/dv of the value `of` itself at steps first..stop, where the loss is measured on what it is the softmax or sigmoid of.

        The gradient of a run begins at the logits, so its own share for `of` lacks this one; empty for squared error.
        """
        if self.kind == "squared":
            return {}
        values, asked = trace.read(self.of, first, stop), self.asked[first:stop, None]
        targets = np.where(asked, self.targets[first:stop], 0.0)
        with quietly():
            slopes = np.where(targets == 0, 0.0, -targets / values)
            if self.kind == "binary":
                slopes += np.where(asked & (targets != 1), (1 - targets) / (1 - values), 0.0)
        return {self.of: slopes}

    def outside(self, loss: Loss) -> dict[str, Array]:
        """dL/dv as `Trace.gradient` takes it."""
        return self.places.outside(loss.gradient)


def objective(network: Network, kind: str, of: str, targets: Sequence[ArrayLike | None]) -> Objective:
    """The loss of a value by its name, with a row of targets for each step, None where nothing is asked.

    "squared" is the sum of squared differences without a factor 1/2, "cross-entropy" is of a softmax with targets that
    sum to 1, "binary" of a sigmoid with targets from 0 to 1; both of these are measured on the logits.
    Raises NetworkError for an unknown kind or name, a value that is no softmax or sigmoid, rows of another length, and
    when nothing is asked at all.
    """
    if kind not in _KINDS:
        known = ", ".join(KINDS)
        said = f"there is no loss '{kind[:40]}'"
        args: dict[str, str | int | float] = {"name": kind[:40], "known": known}
        raise NetworkError([Problem("unknown-loss", said, args, f"losses are: {known}", field="kind")])
    activation = _KINDS[kind].activation
    full = network.wires.value(of)
    size = network.wires.values[full][-1]
    places = Logits((full,), (size,)) if activation is None else logits_of(network, full, activation=activation)
    problems: list[Problem] = []
    rows = np.zeros((len(targets), size))
    for step, row in enumerate(targets):
        array = None if row is None else numbers(row, f"targets[{step}]", problems)
        if array is not None and array.shape != (size,):
            said = f"step {step + 1} has targets of shape {array.shape}, '{of}' has {size}"
            args = {"step": step + 1, "name": of, "size": size}
            hint = "give one target for each of its numbers"
            problems.append(Problem("wrong-targets", said, args, hint, field=f"targets[{step}]"))
        elif array is not None:
            rows[step] = array
    asked = np.array([row is not None for row in targets], bool)
    if not asked.any():
        said, hint = "no step has a target", "give at least one step a row of targets"
        problems.append(Problem("no-targets", said, {}, hint, field="targets"))
    if problems:
        raise NetworkError(problems)
    return Objective(kind, full, places, rows, asked)
