"""What a training can be made of, as data: every task with its options, every setting with its usual value and bounds.

Whoever shows settings reads them here, so that no bound is written twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.engine import OPTIMISERS
from app.engine import Setting as Bounds
from app.tasks import TASKS, Task, Whole

from .settings import CHOICES, NUMBERS, WHOLE

#: what is not found in the tables of settings: 0 < share <= 1, and of `cosine` it may be 0
_SHARE = {"name": "schedule_factor", "usual": 0.1, "low": 0.0, "high": 1.0}
#: the usual value of `clip_at`; that of `rate` is its optimiser's
_CLIP_AT = 1.0


def offered() -> dict[str, object]:
    """Tasks, settings by their form, and optimisers with their own settings, in the order in which they are shown."""
    return {
        "tasks": [_task(each) for each in TASKS.values()],
        "choices": {name: {"usual": usual, "all": list(known)} for name, (usual, known) in CHOICES.items()},
        "whole": _wholes(WHOLE.values()),
        "numbers": [
            {"name": "rate", "usual": None, "low": 0.0, "high": NUMBERS["rate"]},
            {"name": "clip_at", "usual": _CLIP_AT, "low": 0.0, "high": NUMBERS["clip_at"]},
            _SHARE,
        ],
        "optimisers": [
            {
                "name": each.name,
                "rate": each.rate,
                "source": each.source,
                "settings": [_bounds(one) for one in each.settings],
            }
            for each in OPTIMISERS.values()
        ],
    }


def _task(task: Task) -> dict[str, object]:
    options = task.complete({})
    baseline = task.baseline(options)
    return {
        "name": task.name,
        "title": dict(task.title),
        "definition": task.definition,
        "source": task.source,
        "kind": task.kind,
        "inputs": len(task.inputs(options)),
        "outputs": len(task.outputs(options)),
        "options": _wholes(task.settings),
        "baseline": {"loss": baseline.loss, "accuracy": baseline.accuracy},
        "derivation": task.derivation,
        "readouts": list(task.readouts),
        "ahead": task.ahead,
        "solved": task.solved,
    }


def _wholes(settings: Iterable[Whole]) -> list[dict[str, object]]:
    return [{"name": each.name, "usual": each.usual, "low": each.low, "high": each.high} for each in settings]


def _bounds(setting: Bounds) -> dict[str, object]:
    return {"name": setting.name, "usual": setting.usual, "low": setting.low, "high": setting.high}
