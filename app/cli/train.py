"""`unrolled train`: trains a network in the terminal, and writes its weights and a record that the run can go on from."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from app.engine import Problem, ProblemError
from app.formats import write_safetensors
from app.learning import CHOICES, STARTS, WHOLE, HeldOut, Progress, Training, read_record, read_settings, write_record
from app.tasks import TASKS

from .start import started
from .write import check_folder, read, write

INTERRUPTED = 130
#: seconds between two records, and between two pictures of the bar
_SAVED, _DRAWN = 10.0, 0.1
_BAR = 24
_READABLE = 1e6
_SHOWN = {"cell": "a cell's name", "start": f"{', '.join(STARTS[:-1])}, or a file of weights"}
FIELDS = (*CHOICES, *WHOLE, "rate", "clip_at", "schedule_factor")
OPTIONS = (*(f"--{name.replace('_', '-')}" for name in FIELDS), "--out", "--continue", "--tune")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command: every setting of a training by its name."""
    parser.add_argument("task", nargs="?", metavar="TASK", help=f"one of {', '.join(TASKS)}")
    parser.add_argument(
        "told", nargs="*", type=_pair, metavar="NAME=N", help="settings of the task: length=100; symbols=10"
    )
    for name, (usual, known) in CHOICES.items():
        shown = _SHOWN.get(name) or ", ".join(known)
        parser.add_argument(_option(name), metavar="NAME", help=f"{shown} (default: {usual})")
    for name, each in WHOLE.items():
        parser.add_argument(
            _option(name), type=_whole, metavar="N", help=f"{each.low} to {each.high} (default: {each.usual})"
        )
    for name in FIELDS[len(CHOICES) + len(WHOLE) :]:
        parser.add_argument(_option(name), type=_number, metavar="X")
    parser.add_argument(
        "--tune",
        type=_pair,
        action="append",
        default=[],
        metavar="NAME=X",
        help="settings of the optimiser: decay=0.95",
    )
    parser.add_argument("--out", metavar="NAME", help="writes NAME.json and NAME.safetensors (default: TASK-CELL-SEED)")
    parser.add_argument("--continue", dest="record", type=Path, metavar="FILE", help="goes on from a record")


def train(options: argparse.Namespace) -> int:
    """Trains to the end, or until Ctrl-C; writes the record and the weights either way.

    Gives 0, 1 where numbers left their range, 130 after Ctrl-C. Raises ProblemError for settings and records that
    cannot be used.
    """
    training, name = _begun(options)
    out = Path(options.out or name)
    check_folder(out, "out")
    screen = Screen(training, sys.stdout)
    with _interruptible() as interrupted:
        saved = time.monotonic()
        while not training.is_over and not interrupted:
            progress = training.step()
            screen.show(progress)
            if time.monotonic() - saved > _SAVED:
                write(out.with_name(f"{out.name}.json"), write_record(training).encode())
                saved = time.monotonic()
    screen.end()
    files = _finish(training, out)
    print(f"Wrote {files[0]} and {files[1]}.")
    if training.stopped is not None:
        raise ProblemError([training.stopped.problem])
    if not training.is_over:
        print(f"Stopped after update {training.done}; go on with: unrolled train --continue {files[0]}")
        return INTERRUPTED
    return 0


class Screen:
    """What is shown of a training: one line for each look at the held-out sequences, below them a bar in a terminal."""

    def __init__(self, training: Training, out: TextIO) -> None:
        self._training, self._out, self._live = training, out, out.isatty()
        self._start, self._first, self._drawn = time.monotonic(), training.done, 0.0
        chosen = training.settings
        task = training.pupil.task
        baseline = task.baseline_at(chosen.options, chosen.readout)
        # A cell that answers by itself in another way than the task has another loss.
        loss = f"loss {_said(baseline.loss)}, " if training.pupil.kind == task.kind else ""
        numbers = training.flat.vector.size
        self._line(
            f"{chosen.task}: {chosen.cell}, {chosen.layers} x {chosen.units} units, {numbers} weights, seed {chosen.seed}"
        )
        self._line(f"baseline: {loss}{baseline.accuracy:.1%} right")

    def show(self, progress: Progress) -> None:
        """Tells of an update."""
        if progress.held_out is not None:
            self._line(_measured(progress.held_out, progress))
        now = time.monotonic()
        if self._live and now - self._drawn > _DRAWN:
            self._drawn = now
            self._out.write("\r" + self._bar(progress, now)[: shutil.get_terminal_size().columns - 1])
            self._out.flush()

    def end(self) -> None:
        """Takes the bar away, and says whether the task is solved."""
        self._line("")
        found, task = self._training.history.held_out, self._training.pupil.task
        if found and self._training.stopped is None:
            solved = "solved" if found[-1].accuracy >= task.solved else "not solved"
            self._line(f"{solved}: {found[-1].accuracy:.1%} right, {task.solved:.0%} are wanted")

    def _bar(self, progress: Progress, now: float) -> str:
        made, whole = progress.update, self._training.settings.updates
        full = made * _BAR // whole
        left = (now - self._start) / max(1, made - self._first) * (whole - made)
        return f"[{'#' * full}{'.' * (_BAR - full)}] {made}/{whole}  loss {_said(progress.loss)}  {left:.0f} s left "

    def _line(self, text: str) -> None:
        if self._live:
            self._out.write("\r\x1b[K")
        if text:
            print(text, file=self._out, flush=True)


def _measured(found: HeldOut, progress: Progress) -> str:
    return (
        f"update {found.update}: loss {_said(progress.loss)}, held out {_said(found.loss)}, {found.accuracy:.1%} right, "
        f"gradient {progress.norm:.3g}"
    )


def _said(loss: float) -> str:
    """One that runs away would fill the line with digits that mean nothing."""
    return f"{loss:.4f}" if abs(loss) < _READABLE else f"{loss:.3g}"


def _begun(options: argparse.Namespace) -> tuple[Training, str]:
    """A new training, or the one of a record; and what its files are called."""
    given: dict[str, Any] = {name: value for name in FIELDS if (value := getattr(options, name)) is not None}
    if options.record is not None:
        if given or options.task or options.tune:
            said, hint = "a training goes on with the settings of its record", "leave the task and its settings out"
            raise ProblemError([Problem("settings-of-record", said, {}, hint)])
        return read_record(read(options.record)), str(options.record.with_suffix(""))
    if options.task is None:
        raise ProblemError([Problem("no-task", "no task was named", {}, f"choose one of {', '.join(TASKS)}")])
    if "start" in given:
        given |= started(given["start"])
    told = {name: int(value) if value.is_integer() else value for name, value in options.told}
    training = Training(read_settings({"task": options.task, "options": told, "tuning": dict(options.tune), **given}))
    chosen = training.settings
    return training, f"{chosen.task}-{chosen.cell}-{chosen.seed}"


def _finish(training: Training, out: Path) -> tuple[Path, Path]:
    """Writes the record and the weights; gives their names."""
    record, weights = out.with_name(f"{out.name}.json"), out.with_name(f"{out.name}.safetensors")
    write(record, write_record(training).encode())
    write(
        weights,
        write_safetensors(training.parameters, {"task": training.settings.task, "cell": training.settings.cell}),
    )
    return record, weights


@contextmanager
def _interruptible() -> Iterator[list[int]]:
    """Ctrl-C waits until the update is whole: the list then has something in it. A second one stops at once."""
    asked: list[int] = []

    def ask(number: int, frame: object) -> None:
        asked.append(number)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _pair(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name, float(number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not NAME=NUMBER, length=100 say") from None


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number") from None
