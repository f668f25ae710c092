"""Tasks for recurrent networks: generated from a seed, with an exact baseline and a measure of success."""

from .table import TASKS, task_named
from .task import CLASSES, LOSSES, NUMBERS, YES_NO, Array, Baseline, Batch, Settings, Task, Whole

__all__ = [
    "CLASSES", "LOSSES", "NUMBERS", "TASKS", "YES_NO", "Array", "Baseline", "Batch", "Settings", "Task", "Whole", "task_named",
]  # fmt: skip
