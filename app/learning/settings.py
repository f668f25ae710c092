"""Everything that a training is: one record. From the same settings comes the same run, bit for bit.

Its JSON form is what a person writes and what a record keeps. What is left out has its usual value; everything that is
there is checked before anything is made.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.cells import names as cells
from app.engine import DIRECTIONS, FORWARD, OPTIMISERS, RATE_SHAPES, Problem, ProblemError, RateSchedule, suggestion
from app.engine import Setting as Bounds
from app.tasks import EVERY, LAST, TASKS, Whole, task_named

from .start import CELL, STARTS, Weights, read_weights

VERSION = 1
NONE, BY_NORM, BY_VALUE = "none", "norm", "value"
#: answers are wanted where the task wants them
AS_TASK = "task"
WHOLE = {
    each.name: each
    for each in (
        Whole("units", 32, 1, 512),
        Whole("layers", 1, 1, 4),
        Whole("seed", 0, 0, 2**53 - 1),
        Whole("batch", 32, 1, 1024),
        Whole("data", 0, 0, 100_000),
        Whole("truncation", 0, 0, 2000),
        Whole("updates", 1000, 1, 1_000_000),
        Whole("test", 256, 1, 10_000),
        Whole("every", 50, 1, 1_000_000),
        Whole("schedule_every", 1000, 1, 1_000_000),
        Whole("warm_up", 0, 0, 1_000_000),
    )
}
"""Whole numbers and their bounds, both included."""
#: letters of a cell's equations
LONGEST = 20_000
LARGEST = 1000.0
NUMBERS = {"rate": LARGEST, "clip_at": 1e9}
"""Numbers above 0, and the largest that each may be."""
CHOICES: dict[str, tuple[str, tuple[str, ...]]] = {
    "cell": ("lstm", cells()),
    "direction": (FORWARD, DIRECTIONS),
    "readout": (AS_TASK, (AS_TASK, LAST, EVERY)),
    "start": (CELL, STARTS),
    "optimiser": ("adam", tuple(OPTIMISERS)),
    "schedule": ("constant", tuple(RATE_SHAPES)),
    "clip": (BY_NORM, (NONE, BY_NORM, BY_VALUE)),
    "dtype": ("float64", ("float64", "float32")),
}
"""What is chosen by name: the usual one, and all."""
_PLACES = {LAST: "the last step", EVERY: "every step"}


@dataclass(frozen=True, slots=True)
class Settings:
    """A task with its own `options`; a network of `layers` of one cell; an optimiser with its own settings `tuning`.

    `readout` tells where an answer is wanted, which not every task leaves open, and `direction` how layers read, which
    has to be forward where answers are wanted at the last step alone or are an input of a later step.

    With `equations`, the text of a cell, they are what is trained, and `cell` is only what it is called after.

    `weights` are those that a training starts from, where `start` says that they are given; see `start.py`.

    `data` is the number of training sequences, 0 for new ones at every update; `truncation` the number of steps that
    a gradient goes back, 0 for all; `test` the number of held-out sequences, which are looked at after every `every`
    updates and after the last. `schedule_factor` and `schedule_every` are those of `RateSchedule`.
    """

    task: str
    options: Mapping[str, int]
    cell: str
    equations: str
    units: int
    layers: int
    direction: str
    readout: str
    seed: int
    start: str
    weights: Weights
    optimiser: str
    tuning: Mapping[str, float]
    rate: float
    schedule: str
    schedule_every: int
    schedule_factor: float
    warm_up: int
    clip: str
    clip_at: float
    batch: int
    data: int
    truncation: int
    updates: int
    test: int
    every: int
    dtype: str

    def to_data(self) -> dict[str, object]:
        """The JSON form, complete."""
        given = {name: getattr(self, name) for name in Settings.__slots__}
        tables = {name: dict(value) for name, value in given.items() if isinstance(value, Mapping)}
        return {"version": VERSION, **given, **tables}

    @property
    def rates(self) -> RateSchedule:
        """How the learning rate changes."""
        return RateSchedule(self.schedule, self.schedule_every, self.schedule_factor, self.warm_up)


def read_settings(given: Mapping[str, Any]) -> Settings:
    """Settings from their JSON form; what is left out is usual, and only the task has to be named.

    Raises ProblemError with everything that is wrong: each problem has the field, its value, what it may be.
    """
    problems: list[Problem] = []
    _check_version(given)
    known = set(Settings.__slots__) | {"version"}
    problems += [_unknown(str(name), known) for name in given if name not in known]
    found: dict[str, Any] = {
        name: given.get(name, usual) for name, usual in (("task", None), ("options", {}), ("tuning", {}))
    }
    found |= {name: _choice(name, given, problems) for name in CHOICES}
    found["equations"] = _text("equations", given, problems)
    found["weights"] = read_weights(found["start"], given.get("weights", {}), problems)
    found |= {name: _whole(name, given, problems) for name in WHOLE}
    rule = OPTIMISERS[found["optimiser"]]
    found["rate"] = _number("rate", given, rule.rate, problems)
    found["clip_at"] = _number("clip_at", given, 1.0, problems)
    found["schedule_factor"] = _share("schedule_factor", given, 0.1, found["schedule"], problems)
    found["options"] = _options(found["task"], found["options"], problems)
    found["tuning"] = _tuning(rule.settings, rule.name, found["tuning"], problems)
    problems += _unread(found)
    if 0 < found["data"] < found["batch"]:
        problems.append(_batch_too_large(found["batch"], found["data"]))
    if problems:
        raise ProblemError(problems)
    if task_named(found["task"]).is_usual(found["readout"]):
        found["readout"] = AS_TASK
    return Settings(**found)


def _check_version(given: Mapping[str, Any]) -> None:
    version = given.get("version", VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ProblemError(
            [_problem("bad-version", "version", version, "not a version", f"this program writes {VERSION}")]
        )
    if version > VERSION:
        said = f"is of a newer program: this one knows version {VERSION}"
        raise ProblemError([_problem("newer-version", "version", version, said, "update Unrolled")])


def _problem(code: str, field: str, value: object, said: str, hint: str, **more: str | int | float) -> Problem:
    shown = f"{value!r:.40}"
    args: dict[str, str | int | float] = {"field": field, "value": shown, **more}
    return Problem(code, f"{field} is {shown}, {said}" if not said.startswith("is ") else f"{field} {shown} {said}", args,
                   hint, field=field)  # fmt: skip


def _unknown(name: str, known: set[str]) -> Problem:
    near = suggestion(name, sorted(known))
    hint = f"did you mean '{near}'?" if near else f"there are {', '.join(sorted(known))}"
    return Problem("unknown-setting", f"there is no setting '{name[:40]}'", {"name": name[:40]}, hint, field=name[:40])


def _choice(name: str, given: Mapping[str, Any], problems: list[Problem]) -> str:
    usual, names = CHOICES[name]
    value = given.get(name, usual)
    if isinstance(value, str) and value in names:
        return value
    near = suggestion(value, names) if isinstance(value, str) else ""
    hint = f"did you mean '{near}'?" if near else f"choose one of {', '.join(names)}"
    problems.append(_problem("not-a-choice", name, value, "which is not one of them", hint))
    return usual


def _text(name: str, given: Mapping[str, Any], problems: list[Problem]) -> str:
    value = given.get(name, "")
    if isinstance(value, str) and len(value) <= LONGEST:
        return value
    said = f"which is no text of at most {LONGEST:,} letters"
    problems.append(_problem("not-a-text", name, value, said, "give a cell's equations, or leave it out", most=LONGEST))
    return ""


def _whole(name: str, given: Mapping[str, Any], problems: list[Problem]) -> int:
    bounds = WHOLE[name]
    value = given.get(name, bounds.usual)
    if isinstance(value, int) and not isinstance(value, bool) and bounds.low <= value <= bounds.high:
        return value
    said = f"not a whole number from {bounds.low} to {bounds.high}"
    hint = f"give a number such as {bounds.usual}"
    problems.append(_problem("setting-outside", name, value, said, hint, low=bounds.low, high=bounds.high))
    return bounds.usual


def _number(name: str, given: Mapping[str, Any], usual: float, problems: list[Problem]) -> float:
    value, most = given.get(name, usual), NUMBERS[name]
    if _is_number(value) and 0 < value <= most:
        return float(value)
    said = f"not a number above 0 and at most {most:g}"
    problems.append(
        _problem("setting-not-above", name, value, said, f"give a number such as {usual:g}", low=0, high=most)
    )
    return usual


def _share(name: str, given: Mapping[str, Any], usual: float, shape: str, problems: list[Problem]) -> float:
    value = given.get(name, usual)
    if _is_number(value) and 0 <= value <= 1 and (value > 0 or shape == "cosine"):
        return float(value)
    code, said = ("setting-outside", "from 0 to 1") if shape == "cosine" else ("setting-not-above", "above 0 and at most 1")
    hint = f"give a number such as {usual:g}"
    problems.append(_problem(code, name, value, f"not a number {said}", hint, low=0, high=1))
    return usual


def _options(name: object, options: object, problems: list[Problem]) -> Mapping[str, int]:
    if not isinstance(name, str):
        problems.append(_problem("no-task", "task", name, "not a task's name", f"there are {', '.join(TASKS)}"))
        return {}
    if not isinstance(options, Mapping):
        problems.append(_problem("bad-field", "options", options, "not a table", 'write {"length": 50}'))
        return {}
    try:
        return task_named(name).complete(options)
    except ProblemError as error:
        problems += error.problems
        return {}


def _unread(found: Mapping[str, Any]) -> Iterator[Problem]:
    """What the task does not leave open: where answers are wanted, and how it may be read."""
    name, readout, direction = found["task"], found["readout"], found["direction"]
    task = TASKS.get(name) if isinstance(name, str) else None
    if task is None:
        return
    args: dict[str, str | int | float] = {"task": task.name}
    if readout not in (AS_TASK, *task.readouts):
        said = f"the task {task.name} is asked at {_PLACES[task.readouts[0]]}, and cannot be asked at {_PLACES[readout]}"
        yield Problem("readout-fixed", said, {**args, "readout": readout}, "leave readout out", field="readout")
    elif direction != FORWARD and task.ahead:
        said = f"the task {task.name} asks what comes next, and who reads backward has read that already"
        yield Problem("reads-ahead", said, args, "use direction forward", field="direction")
    elif direction != FORWARD and (task.readouts[0] if readout == AS_TASK else readout) == LAST:
        said = f"the task {task.name} is asked at the last step alone, of which a layer that reads backward knows one input"
        hint = "use readout every" if EVERY in task.readouts else "use direction forward"
        yield Problem("reads-one-step", said, {**args, "open": int(EVERY in task.readouts)}, hint, field="direction")
    if direction != FORWARD and found["truncation"]:
        said = "a sequence that is cut into pieces can be read forward only"
        yield Problem("cut-backward", said, args, "use truncation 0, or direction forward", field="truncation")


def _tuning(bounds: tuple[Bounds, ...], rule: str, given: object, problems: list[Problem]) -> Mapping[str, float]:
    if not isinstance(given, Mapping):
        problems.append(_problem("bad-field", "tuning", given, "not a table", 'write {"momentum": 0.9}'))
        return {}
    known = {each.name: each for each in bounds}
    for name, value in given.items():
        if name not in known:
            said = f"{rule} has no setting '{str(name)[:40]}'"
            hint = f"it has {', '.join(known) or 'none'}"
            problems.append(Problem("unknown-setting", said, {"name": str(name)[:40]}, hint, field="tuning"))
        elif not (_is_number(value) and known[name].low <= value < known[name].high):
            each = known[name]
            said = f"not a number from {each.low:g} to below {each.high:g}"
            hint = f"give a number such as {each.usual:g}"
            problems.append(_problem("setting-outside", name, value, said, hint, low=each.low, high=each.high))
    return {name: float(given.get(name, each.usual)) for name, each in known.items()} if not problems else {}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _batch_too_large(batch: int, data: int) -> Problem:
    said = f"a batch of {batch} sequences cannot be taken of {data}"
    args: dict[str, str | int | float] = {"batch": batch, "data": data}
    hint = "make batch smaller or data larger; data = 0 makes new sequences at every update"
    return Problem("batch-exceeds-data", said, args, hint, field="batch")
