"""Training in the terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from app.cli import main
from app.cli.train import OPTIONS
from app.formats import inspect, read_path
from app.learning import Training, read_record, read_settings, write_record

ROOT = Path(__file__).resolve().parents[2]
QUICK = ("train", "one-bit", "length=4", "--units=3", "--batch=4", "--test=8", "--every=2", "--updates=4")


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    try:
        assert main(arguments) == 2
    except SystemExit as end:  # argparse leaves by itself
        assert end.code == 2
    return capsys.readouterr().err


def test_a_cell_that_answers_in_another_way_has_another_loss_without_memory(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    small = ("--units=3", "--batch=4", "--test=8", "--updates=1", f"--out={tmp_path / 'mine'}")
    assert main(("train", "slots", "--cell=jordan", *small)) == 0
    assert "baseline: 50.0% right" in capsys.readouterr().out


def test_it_writes_the_record_and_the_weights_of_the_same_run_as_in_python(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main((*QUICK, "--cell=gru", "--seed=3", "--tune=decay=0.8", f"--out={tmp_path / 'mine'}")) == 0
    out = capsys.readouterr().out
    assert out.count("held out") == 2
    assert "baseline: loss 0.6931, 50.0% right" in out
    training = Training(read_settings({
        "task": "one-bit", "options": {"length": 4}, "units": 3, "batch": 4, "test": 8, "every": 2, "updates": 4,
        "cell": "gru", "seed": 3, "tuning": {"decay": 0.8},
    }))  # fmt: skip
    while not training.is_over:
        training.step()
    assert (tmp_path / "mine.json").read_text("utf-8") == write_record(training)
    weights = inspect(read_path(tmp_path / "mine.safetensors", {})).file.parameters
    assert weights.keys() == training.parameters.keys()
    assert all(np.array_equal(weights[name], training.parameters[name]) for name in weights)
    assert not list(tmp_path.glob("*.part"))


def test_it_goes_on_from_a_record(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut.json"
    assert main((*QUICK, f"--out={whole}")) == 0
    training = Training(read_record(whole.with_suffix(".json").read_text("utf-8")).settings)
    training.step()
    cut.write_text(write_record(training), "utf-8")
    assert main(("train", "--continue", str(cut))) == 0
    assert cut.read_text("utf-8") == whole.with_suffix(".json").read_text("utf-8")


def test_ctrl_c_writes_what_there_is(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app", *QUICK[:-1], "--updates=1000000", "--every=1", f"--out={tmp_path / 'long'}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path) as process:
        assert process.stdout is not None
        while "held out" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
    assert process.returncode == 130
    assert "go on with: unrolled train --continue" in rest
    training = read_record((tmp_path / "long.json").read_text("utf-8"))
    assert 0 < training.done < 1_000_000
    assert f"Stopped after update {training.done};" in rest


def test_numbers_that_overflow_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    arguments = ("train", "adding", "--cell=linear-rnn", "--optimiser=sgd", "--rate=1000", "--clip=none", "--units=4",
                 "--batch=4", "--test=4", "--updates=300", f"--out={tmp_path / 'far'}")  # fmt: skip
    assert main(arguments) == 2
    assert "stopped at update" in capsys.readouterr().err
    assert json.loads((tmp_path / "far.json").read_text("utf-8"))["stop"]["update"] > 0


def test_a_loss_that_runs_away_is_said_in_few_digits(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    arguments = ("train", "adding", "--optimiser=sgd", "--rate=300", "--clip=none", "--units=4", "--batch=4", "--test=4",
                 "--updates=6", "--every=6", "length=20", f"--out={tmp_path / 'far'}")  # fmt: skip
    assert main(arguments) == 0
    training = read_record((tmp_path / "far.json").read_text("utf-8"))
    assert training.settings.options == {"length": 20}
    assert training.history.loss[-1] > 1e6
    assert f"update 6: loss {training.history.loss[-1]:.3g}, held out {training.history.held_out[-1].loss:.3g}," in (
        capsys.readouterr().out
    )


def test_mistakes_are_said_before_anything_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "no task was named" in complaint(capsys, "train")
    assert "did you mean 'adding'?" in complaint(capsys, "train", "ading")
    assert "did you mean 'length'?" in complaint(capsys, "train", "adding", "lenght=5")
    assert "not a number above 0" in complaint(capsys, "train", "adding", "--rate=nan")
    assert "is not a whole number" in complaint(capsys, "train", "adding", "--batch=many")
    assert "is not a number" in complaint(capsys, "train", "adding", "--rate=fast")
    assert "is not NAME=NUMBER" in complaint(capsys, "train", "adding", "length")
    assert "did you mean --units?" in complaint(capsys, "train", "adding", "--unit=3")
    assert "there is no folder" in complaint(capsys, "train", "adding", "--out=nowhere/mine")
    assert "cannot be read" in complaint(capsys, "train", "--continue=nothing.json")
    (tmp_path / "half.json").write_text('{"format": ')
    assert "cut off" in complaint(capsys, "train", "--continue=half.json")
    (tmp_path / "half.json").write_text(write_record(Training(read_settings({"task": "adding"}))).replace('"seed":0', '"seed":1'))
    assert "begin anew: unrolled train TASK" in complaint(capsys, "train", "--continue=half.json")
    assert "settings of its record" in complaint(capsys, "train", "--continue=half.json", "--seed=3")
    assert [path.name for path in tmp_path.iterdir()] == ["half.json"]


def test_a_record_is_written_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a machine that is switched off loses seconds."""
    written: list[float] = []
    monkeypatch.setattr("app.cli.train._SAVED", 0.0)
    monkeypatch.setattr("app.cli.train.write", lambda path, data: written.append(time.monotonic()))
    assert main((*QUICK, f"--out={tmp_path / 'mine'}")) == 0
    assert len(written) == 4 + 2


def test_every_option_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(("train", "--help"))
    out = capsys.readouterr().out
    assert [option for option in OPTIONS if option not in out] == []
