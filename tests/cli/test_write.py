"""Files that the commands read and write."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.write import check_folder, read, write
from app.engine import ProblemError


def test_a_file_is_replaced_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    write(path, b"one")
    write(path, b"two")
    assert read(path) == "two"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="cannot be written"):
        write(tmp_path / "nowhere" / "mine", b"")
    with pytest.raises(ProblemError, match="cannot be read"):
        read(tmp_path / "mine")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with pytest.raises(ProblemError, match="it is no text"):
        read(tmp_path / "bytes")
    check_folder(tmp_path / "mine", "out")
    with pytest.raises(ProblemError, match="there is no folder") as error:
        check_folder(tmp_path / "nowhere" / "mine", "keep")
    assert error.value.problems[0].field == "keep"
    assert "--keep" in error.value.problems[0].hint
