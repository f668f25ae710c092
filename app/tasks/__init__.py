"""Tasks for recurrent networks: generated from a seed, with an exact baseline and a measure of success."""

from .asking import asked_at
from .table import TASKS, task_named
from .task import CLASSES, EVERY, LAST, LOSSES, NUMBERS, YES_NO, Array, Baseline, Batch, Settings, Task, Whole

__all__ = [
    "CLASSES", "EVERY", "LAST", "LOSSES", "NUMBERS", "TASKS", "YES_NO", "Array", "Baseline", "Batch", "Settings", "Task", "Whole",
    "asked_at", "task_named",
]  # fmt: skip
