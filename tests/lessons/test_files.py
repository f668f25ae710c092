"""Files that cannot be used are reported, never raised."""

from __future__ import annotations

from pathlib import Path

from app.lessons.faults import Report
from app.lessons.files import MAX_BYTES, read


def test_text_is_read_whatever_its_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "en.md").write_bytes(b"\xef\xbb\xbf# T\r\n\r\nS\r")
    report = Report("lesson")
    assert read(tmp_path, "en.md", report) == "# T\n\nS\n"
    assert report.problems == []


def test_bytes_that_are_not_utf8_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "zh.md").write_bytes("# 标题\n\n".encode() + "记忆".encode("gbk"))
    report = Report("lesson")
    assert read(tmp_path, "zh.md", report) is None
    [problem] = report.problems
    assert (problem.code, problem.file, problem.line) == ("not-utf8", "lesson/zh.md", 3)
    assert problem.message == "'zh.md' is not UTF-8 text: line 3 has a byte that is not allowed"
    assert problem.hint == "save it with the encoding UTF-8"


def test_a_file_has_a_largest_size(tmp_path: Path) -> None:
    (tmp_path / "en.md").write_bytes(b"a" * (MAX_BYTES + 1))
    report = Report("lesson")
    assert read(tmp_path, "en.md", report) is None
    [problem] = report.problems
    assert problem.code == "file-too-large"
    assert problem.message == "'en.md' is larger than 100000 bytes"
    assert problem.hint == "a lesson is a few pages of text: shorten it, or make two lessons of it"


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "lesson.toml").mkdir()
    report = Report("lesson")
    assert read(tmp_path, "lesson.toml", report) is None
    [problem] = report.problems
    assert problem.code == "unreadable-file"
    assert problem.message == "'lesson.toml' cannot be read: Is a directory"
