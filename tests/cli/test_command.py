"""The command: what it prints, what it says to mistakes, how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.cli import main
from app.lessons import load_lessons
from app.web.server import listen
from tests.server import from_source

ROOT = Path(__file__).resolve().parents[2]
LINEAR_TOY = ROOT / "app" / "lessons" / "linear-toy"


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    found = capsys.readouterr()
    assert found.err == ""
    return found.out


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """What is printed to the person, without the name of the program."""
    try:
        assert main(arguments) == code
    except SystemExit as end:  # argparse leaves by itself
        assert end.code == code
    return capsys.readouterr().err.removeprefix("unrolled: ").replace("\n          ", " | ").strip()


def test_lessons_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "lessons").splitlines()
    assert [line.split()[0] for line in lines] == list(load_lessons().lessons)
    assert "(" in lines[0]


def test_a_remark_is_told_and_is_no_failure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copytree(LINEAR_TOY, tmp_path / "mine")
    (tmp_path / "mine" / "zh.md").unlink()
    assert main(("lessons", "--lessons", str(tmp_path))) == 0
    found = capsys.readouterr()
    assert "mine" in found.out
    assert "zh.md" in found.err


def test_a_faulty_lesson_is_told_and_the_others_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "lesson.toml").write_text("order = 1\nunits = [\n")
    for arguments in (("lessons", "--lessons", str(tmp_path)), ("--lessons", str(tmp_path), "lessons")):
        assert main(arguments) == 1
        found = capsys.readouterr()
        assert "gated-cell" in found.out
        assert "unrolled: broken/lesson.toml:" in found.err


def test_a_trace(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "trace", "linear-toy")
    assert "readout.y[1]  4  12  32" in text
    assert "gradients" not in text
    assert "gradients of readout.y at step 3" in printed(capsys, "trace", "linear-toy", "--gradients")


def test_formats(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(capsys, "trace", "gated-cell", "--format", "json", "--gradients"))
    assert found["lesson"] == "gated-cell"
    assert found["steps"][3]["gradients"]["y"] == [1.0]
    assert printed(capsys, "trace", "gated-cell", "--format", "csv").startswith("kind,symbol,step,row,column,value\n")
    nine = json.loads(printed(capsys, "trace", "gated-cell", "--preset", "nine", "--format", "json"))
    assert len(nine["steps"]) == 9


def test_code_is_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = printed(capsys, "code", "lstm", "units=2", "inputs=4", "--to", "pytorch")
    assert "self.layer_1 = Lstm(inputs=4, units=2, dtype=dtype)" in text
    assert "class LstmCell(keras.layers.Layer):" in printed(capsys, "code", "lstm", "--to", "keras")
    (tmp_path / "lesson.py").write_text(printed(capsys, "code", "gated-cell", "--preset", "nine"), "utf-8")
    command = [sys.executable, tmp_path / "lesson.py"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.startswith("y\n[[")


SAMPLES = ROOT / "tests" / "oracles" / "data"


def test_a_file_is_inspected(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "inspect", str(SAMPLES / "file_torch.safetensors"), "nonlinearity=relu")
    assert text.startswith("file_torch.safetensors: safetensors, 6,664 bytes, format pt\n")
    assert "  gru.weight_hh_l2  6 x 2  r z n  3.U_r U_z U_n\n" in text
    assert "  1      relu-rnn  forward    2       3\n" in text
    assert "  head.weight  F64  1 x 3  no part of a recurrent layer\n" in text
    found = json.loads(printed(capsys, "inspect", str(SAMPLES / "file_keras_both.keras"), "--format", "json"))
    assert (found["format"], [each["name"] for each in found["layers"]]) == ("keras", ["both"])
    assert found["networks"][0]["placed"][0]["address"] == "1.forward.W_i"


def test_layers_that_are_no_networks_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "bad.npz"
    np.savez(file, **{"rnn.weight_ih_l0": np.ones((3, 3)), "rnn.weight_hh_l0": np.ones((2, 2))})
    assert main(("inspect", str(file))) == 1
    found = capsys.readouterr()
    assert "rnn: PyTorch RNN, which is no network here" in found.out
    assert "'weight_ih_l0' of 'rnn' has the shape (3, 3)" in found.err


def test_a_package_that_is_missing_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "h5py", None)
    assert complaint(capsys, "inspect", str(SAMPLES / "file_keras_both.keras")) == (
        "file_keras_both.keras: reading Keras' HDF5 files needs h5py, which is not installed"
        " | pip install 'unrolled[keras]'"
    )


MISTAKES = [
    (["--prot", "3"], "there is no option --prot | did you mean --port?"),
    (["--qqqqqqq"], "there is no option --qqqqqqq | see unrolled --help"),
    (["--port", "http"], "argument --port: 'http' is not a port; give a number from 0 to 65535, 0 for any free one"),
    (["--port", "65536"], "'65536' is not a port"),
    (["--lessons", "/no/such"], "there is no folder '/no/such'; give one that holds lessons, each in a folder"),
    (["serve"], "argument COMMAND: invalid choice: 'serve'"),
    (["trace"], "the following arguments are required: LESSON | see unrolled trace --help"),
    (["trace", "gated"], "there is no lesson 'gated' | did you mean 'gated-cell'?"),
    (["trace", "gated-cell", "--preset", "ten"], "the lesson 'gated-cell' has no preset 'ten' | there are: five, nine"),
    (["trace", "gated-cell", "--variant", "soft"], "the lesson 'gated-cell' has no variant 'soft'"),
    (["trace", "gated-cell", "--format", "xml"], "argument --format: invalid choice: 'xml'"),
    (
        ["--host", "0.0.0.0"],
        "--host 0.0.0.0 lets other machines in, so say which name they will use | add --allow-host NAME, with the name",
    ),
    (["--host", "192.168.1.5"], "--host 192.168.1.5 lets other machines in"),
    (["code"], "the following arguments are required: CELL|LESSON, SIZE=N | see unrolled code --help"),
    (["code", "lstn"], "there is no cell and no lesson 'lstn' | did you mean 'lstm'?"),
    (["code", "lstm", "units"], "argument SIZE=N: 'units' is not SIZE=N, units=4 say"),
    (["code", "lstm", "units=0"], "argument SIZE=N: 'units=0' is not SIZE=N, units=4 say"),
    (["code", "lstm", "--to", "c"], "argument --to: invalid choice: 'c'"),
    (["code", "gated-cell", "units=2"], "the lesson 'gated-cell' has its own sizes | leave them out"),
    (["inspect"], "the following arguments are required: FILE, NAME=VALUE | see unrolled inspect --help"),
    (["inspect", "/no/such"], "there is no file '/no/such' | check the path"),
    (["inspect", "pyproject.toml"], "pyproject.toml: this is none of the formats that are read | what is read: safetensors"),
    (["inspect", "x.pt", "relu"], "argument NAME=VALUE: 'relu' is not NAME=VALUE, nonlinearity=relu say"),
    (["inspect", "x.pt", "--format", "csv"], "argument --format: invalid choice: 'csv'"),
    (
        ["inspect", "tests/oracles/data/file_half.pt", "nonlinearity=relu"],
        "file_half.pt: 'nonlinearity' is nothing that can be said of PyTorch GRU",
    ),
    (["--host", "::"], "--host :: lets other machines in"),
    (["--allow-host", "a/b", "--port", "0"], "'a/b' is not a name that a server can have | write NAME, NAME:PORT or"),
]


@pytest.mark.parametrize(("arguments", "said"), MISTAKES, ids=[" ".join(each) for each, _ in MISTAKES])
def test_mistakes_are_answered_with_what_to_do(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert said in complaint(capsys, *arguments)


def test_bad_settings_are_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNROLLED_PORTS", "1")
    assert complaint(capsys) == "UNROLLED_PORTS is not a setting | did you mean UNROLLED_PORT?"


def test_a_port_in_use_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        said = complaint(capsys, "--port", str(port), "--no-browser")
    assert said == f"port {port} is in use by another program | stop it, or choose another port: --port 0 takes a free one"


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, said in ((["--help"], "--allow-host NAME"), (["--version"], "BLAS threads:")):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 0
        assert said in capsys.readouterr().out


def test_it_serves_on_a_free_port_and_names_it() -> None:
    with from_source(["--allow-host", "10.0.0.5", "--allow-host", "https://school.example"]) as server:
        assert f"Unrolled is at http://127.0.0.1:{server.port}/" in server.output
        assert f"and at http://10.0.0.5:{server.port}/" in server.output
        assert "and at https://school.example/" in server.output
        assert "Press Ctrl-C to stop." in server.output
        assert server.interrupt() < 2
        assert server.process is not None
        assert server.process.returncode == 0
        assert "Traceback" not in server.output


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = f"{sys.executable} -m app trace gated-cell --format csv --gradients --preset nine | head -1"
    found = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (found.stdout, found.stderr) == ("kind,symbol,step,row,column,value\n", "")
