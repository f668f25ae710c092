"""Weights from files that a training in the terminal starts from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.cli import main
from app.cli.start import started
from app.engine import ProblemError
from app.formats import write_npz, write_safetensors
from app.learning import packed, read_record, write_record
from tests.learning.small import trained

QUICK = ("train", "temporal-order", "length=10", "--units=4", "--batch=4", "--test=8", "--every=3", "--updates=6")


def test_a_rules_name_is_one() -> None:
    assert started("orthogonal") == {"start": "orthogonal"}
    assert started("orthogonl") == {"start": "orthogonl"}


@pytest.mark.parametrize("ending", ["npz", "safetensors", "json"])
def test_weights_of_each_kind_of_file_give_the_same_run(ending: str, tmp_path: Path) -> None:
    before = trained(3, cell="gru")
    weights = dict(before.parameters)
    path = tmp_path / f"before.{ending}"
    forms = {"npz": write_npz(weights), "safetensors": write_safetensors(weights, {}), "json": write_record(before).encode()}
    path.write_bytes(forms[ending])
    assert main((*QUICK, "--cell=gru", f"--start={path}", f"--out={tmp_path / 'after'}")) == 0
    given = {name: packed(array) for name, array in weights.items()}
    after = read_record((tmp_path / "after.json").read_text("utf-8"))
    assert write_record(after) == write_record(trained(6, cell="gru", start="given", weights=given))


def test_a_saved_experiment_will_do_its_tied_weights_too(tmp_path: Path) -> None:
    values: dict[str, Any] = {name: np.ones((2, 2)).tolist() for name in ("main.1.forward.U", "main.1.forward.W")}
    experiment = {
        "version": 1, "network": {"parts": [], "tied": {"main.2.forward.U": "main.1.forward.U"}}, "sequence": {"inputs": []},
        "parameters": {"values": values},
    }  # fmt: skip
    path = tmp_path / "stage.unrolled.json"
    path.write_text(json.dumps(experiment), "utf-8")
    assert started(str(path)) == {"start": "given", "weights": {**values, "main.2.forward.U": values["main.1.forward.U"]}}


def test_files_that_hold_no_weights_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ProblemError, match="there is no file"):
        started(str(tmp_path / "nothing.npz"))
    (tmp_path / "other.npz").write_bytes(write_npz({"one thing": np.ones(3)}))
    with pytest.raises(ProblemError, match="holds no weights by their names here"):
        started(str(tmp_path / "other.npz"))
    for text in ('{"half": ', '{"sequence": 3}', "[]", '{"sequence": 1, "parameters": {}}'):
        (tmp_path / "bad.json").write_text(text, "utf-8")
        with pytest.raises(ProblemError, match="record"):
            started(str(tmp_path / "bad.json"))
    (tmp_path / "small.npz").write_bytes(write_npz(dict(trained(0).parameters)))
    assert main((*QUICK, "--units=5", f"--start={tmp_path / 'small.npz'}")) == 2
    assert "W_i of the weights to start from is 4 x 6, and 5 x 6 here" in capsys.readouterr().err
