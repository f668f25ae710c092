"""All tasks by name. Adding one means adding a file and a row here."""

from __future__ import annotations

from app.engine import Problem, ProblemError, suggestion

from . import (
    adding,
    adding_1997,
    copying,
    digits,
    long_lag,
    one_bit,
    parity,
    reber,
    recall,
    sine,
    slots,
    temporal_order,
    temporal_order_2013,
    text,
    wave,
)
from .task import Task

_MODULES = (
    one_bit, recall, parity, adding, adding_1997, copying, temporal_order_2013, temporal_order, long_lag, reber, slots, text,
    digits, sine, wave,
)  # fmt: skip
TASKS: dict[str, Task] = {module.TASK.name: module.TASK for module in _MODULES}


def task_named(name: str) -> Task:
    """The task of that name.

    Raises ProblemError if there is none.
    """
    found = TASKS.get(name)
    if found is not None:
        return found
    near = suggestion(name, TASKS)
    hint = f"did you mean '{near}'?" if near else f"there are {', '.join(TASKS)}"
    args: dict[str, str | int | float] = {"name": name[:40], "suggestion": near}
    raise ProblemError([Problem("unknown-task", f"there is no task '{name[:40]}'", args, hint, field="task")])
