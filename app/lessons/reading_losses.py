"""What the network of a lesson.toml is asked for: [loss], and the rows of targets in its presets."""

from __future__ import annotations

from .outline import Aim, Targets
from .table import Table


def read_loss(top: Table) -> Aim | None:
    """The value that is compared, and how."""
    table = top.table("loss")
    if table is None:
        return None
    of, kind = table.text("of"), table.text("kind")
    classes = table.words("classes")
    table.require("[loss]", "of", "kind")
    table.close()
    return Aim(of, kind, table.path, classes) if of is not None and kind is not None else None


def read_targets(table: Table, steps: int | None, aim: Aim | None) -> Targets | None:
    """A row for each step, None where it is empty: nothing is asked there."""
    if not table.has("targets"):
        if aim is not None and steps is not None:
            message = "the lesson has a loss, and this sequence has no targets"
            table.fault("no-targets", message, "write: targets = [[], [], [1]], with an empty row where nothing is asked")
        return None
    value = table.nested("targets")
    if value is None:
        return None
    if not isinstance(value, list):
        table.wrong("targets", "a list of rows, one for each step")
        return None
    if aim is None:
        hint = 'write above: [loss], and below it of = "y" and kind = "squared"'
        table.fault("no-loss", "'targets' stands here, and the lesson has no loss", hint, "targets")
        return None
    if steps is not None and len(value) != steps:
        message = f"'targets' has {len(value)} rows, the sequence has {steps} steps"
        hint = "give one row for each step, an empty one, [], where nothing is asked"
        table.fault("wrong-targets", message, hint, "targets", got=len(value), want=steps)
        return None
    rows: list[tuple[float, ...] | None] = []
    for index, row in enumerate(value):
        numbers = [each for each in row if isinstance(each, float)] if isinstance(row, list) else []
        if not isinstance(row, list) or len(numbers) != len(row):
            message = f"row {index + 1} of 'targets' is not a list of numbers"
            hint = "write each row in brackets of its own: [[1], [], [0]]"
            table.fault("bad-step", message, hint, "targets", index, step=index + 1)
            return None
        rows.append(tuple(numbers) or None)
    return tuple(rows)
