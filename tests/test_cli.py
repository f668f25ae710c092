"""The command: what it prints, what it says to mistakes, how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.web.server import listen
from tests.server import from_source

ROOT = Path(__file__).resolve().parents[1]
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
    assert [line.split()[0] for line in lines] == ["linear-toy", "gated-cell"]
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
    server = from_source(["--allow-host", "10.0.0.5", "--allow-host", "https://school.example"])
    try:
        server.start()
        assert f"Unrolled is at http://127.0.0.1:{server.port}/" in server.output
        assert f"and at http://10.0.0.5:{server.port}/" in server.output
        assert "and at https://school.example/" in server.output
        assert "Press Ctrl-C to stop." in server.output
        assert server.interrupt() < 2
        assert server.process is not None
        assert server.process.returncode == 0
        assert "Traceback" not in server.output
    finally:
        server.kill()


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = f"{sys.executable} -m app trace gated-cell --format csv --gradients --preset nine | head -1"
    found = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (found.stdout, found.stderr) == ("kind,symbol,step,row,column,value\n", "")
