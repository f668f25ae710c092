"""Files that the commands read and write, and what is said where they cannot be."""

from __future__ import annotations

import os
from pathlib import Path

from app.engine import Problem, ProblemError


def write(path: Path, data: bytes) -> None:
    """Replaces a file at once, so that there is a whole one at any moment."""
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    except OSError as error:
        raise ProblemError([_file_problem(path, "written", error)]) from error


def read(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemError([_file_problem(path, "read", error)]) from error


def check_folder(out: Path, option: str) -> None:
    """Before hours are spent: that the folder is there which a file named by --option shall be in."""
    if not out.parent.is_dir():
        said, hint = f"there is no folder {out.parent}", f"make it, or give another name with --{option}"
        raise ProblemError([Problem("no-folder", said, {"folder": str(out.parent)}, hint, field=option)])


def _file_problem(path: Path, done: str, error: Exception) -> Problem:
    why = error.strerror if isinstance(error, OSError) else "it is no text"
    return Problem(f"not-{done}", f"{path} cannot be {done}: {why}", {"file": str(path)}, "give another name")
