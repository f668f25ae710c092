"""A lesson's files as text: bounded in size, in UTF-8, and nothing followed out of the folder."""

from __future__ import annotations

from pathlib import Path

from .faults import Report

MAX_BYTES = 100_000


def read(folder: Path, name: str, report: Report) -> str | None:
    """The text of one file, or None when it cannot be used, which is then reported."""
    path = folder / name
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        report.fault(name, None, "unreadable-file", f"'{name}' cannot be read: {reason}", "check the file", file=name)
        return None
    if len(data) > MAX_BYTES:
        report.fault(
            name,
            None,
            "file-too-large",
            f"'{name}' is larger than {MAX_BYTES} bytes",
            "a lesson is a few pages of text: shorten it, or make two lessons of it",
            file=name,
            limit=MAX_BYTES,
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report.fault(
            name,
            line,
            "not-utf8",
            f"'{name}' is not UTF-8 text: line {line} has a byte that is not allowed",
            "save it with the encoding UTF-8",
            file=name,
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
