"""The table of optimisers: each with its settings, their usual values and their bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from numpy.typing import DTypeLike

from ..ops import Array
from .adam import Adam
from .rmsprop import Rmsprop
from .sgd import Sgd


class Optimiser(Protocol):
    """What changes parameters. `memory` is all that it remembers from update to update, arrays (size,) by name.

    Copying other numbers into these arrays sets it back to where they were taken.
    """

    memory: dict[str, Array]

    def update(self, parameters: Array, gradient: Array, rate: float, number: int) -> None:
        """Update `number`, counted from 1, of `parameters` (size,) in place, down `gradient` (size,)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A number that a rule needs: its usual value, and low <= value < high."""

    name: str
    usual: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rule:
    """An optimiser by name. `rate` is a usual learning rate for it; `source` says where it is from."""

    name: str
    rate: float
    source: str
    build: Callable[..., Optimiser]
    settings: tuple[Setting, ...] = ()
    #: what is the same for every optimiser of this name
    fixed: Mapping[str, object] = field(default_factory=dict)

    def make(self, size: int, dtype: DTypeLike, given: Mapping[str, float]) -> Optimiser:
        """A new optimiser for `size` parameters; settings that are not given have their usual values."""
        usual = {each.name: each.usual for each in self.settings}
        assert given.keys() <= usual.keys(), f"{self.name} has no {sorted(given.keys() - usual.keys())}"
        return self.build(size, dtype, **{**usual, **given}, **self.fixed)


_MOMENTUM = Setting("momentum", 0.9, 0.0, 1.0)
_SMALL = Setting("small", 1e-8, 1e-16, 1.0)

OPTIMISERS: dict[str, Rule] = {
    each.name: each
    for each in (
        Rule("sgd", 0.1, "Robbins & Monro 1951", Sgd),
        Rule("momentum", 0.01, "Polyak 1964", Sgd, (_MOMENTUM,)),
        Rule("nesterov", 0.01, "Nesterov 1983; Sutskever et al. 2013", Sgd, (_MOMENTUM,), {"nesterov": True}),
        Rule(
            "rmsprop", 0.001, "Tieleman & Hinton 2012", Rmsprop,
            (Setting("decay", 0.99, 0.0, 1.0), _SMALL, Setting("momentum", 0.0, 0.0, 1.0)),
        ),
        Rule(
            "adam", 0.005, "Kingma & Ba 2015", Adam,
            (Setting("decay", 0.9, 0.0, 1.0), Setting("decay_of_squares", 0.999, 0.0, 1.0), _SMALL),
        ),
    )
}  # fmt: skip
"""Every optimiser by name. Adding one means adding a row here."""
