"""One layer as it was read from a library's arrays: everything that is needed to make one of ours of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .conventions import BACKWARD, FORWARD, Extent, Slot
from .library import Array
from .report import Report
from .variant import Variant

BOTH = "both"


@dataclass(frozen=True, slots=True)
class Start:
    """A starting state: `state` is h or c; `array` and `where` tell where it was; (units,) or (batch, units)."""

    state: str
    direction: str
    array: str
    where: str
    values: Array


@dataclass(frozen=True, slots=True)
class ReadLayer:
    """A layer of ours. `direction` is forward, backward or both, `slots` tells by direction where its parameters are.

    `turned`: its outputs leave in the order in which they were made, so that the first stands for the last step.
    """

    report: Report
    variant: Variant
    extent: Extent
    direction: str
    slots: Mapping[str, Sequence[Slot]]
    arrays: Mapping[str, Array]
    starts: tuple[Start, ...] = ()
    turned: bool = False

    @property
    def leaving(self) -> int:
        """The size of what leaves the layer."""
        return self.extent.leaving * len(self.slots)


def directions(direction: str) -> tuple[str, ...]:
    """The directions of a layer one by one."""
    return (FORWARD, BACKWARD) if direction == BOTH else (direction,)


def note_both(report: Report) -> None:
    """Where the last state of a layer is that reads both ways."""
    report.note(
        "last-state",
        f"{report.name} reads both ways: its last state is that of the last step in the forward half, and that of the first "
        "step in the backward half; at the last step the backward half has read one step only",
    )


def note_added(report: Report, slots: Sequence[Slot], arrays: Mapping[str, Array]) -> None:
    """That a second bias was added into the first, if it is not 0."""
    added = [slot for slot in slots if slot.added and arrays[slot.array][slot.index].any()]
    if added:
        names = ", ".join(dict.fromkeys(f"'{slot.array}'" for slot in added))
        report.note(
            "bias-added",
            f"the second bias of {report.name} ({names}) is added into the first, since only their sum matters; "
            "written back, the first holds the sum and the second 0",
            arrays=names,
        )
