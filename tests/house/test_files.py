"""Sizes of files, first sentences, tests that mirror the code, and names that may stand in no file."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median

import pytest

from tests.house.tree import ROOT, faults, files, nothing, read

CODE = [*files("app", ".py"), *files("static", ".js", ".css"), *files("templates"), *files("tests", ".py", ".js")]
TEXT = {".py", ".js", ".css", ".html", ".toml", ".json", ".md", ".cell", ".svg", ".txt", ".cfg", ".lock", ""}
MOST_LINES = 500
USUAL_LINES = 300
# Sizes that have no behaviour to test, or that a person only sees in a browser (tests/browser covers these).
NO_UNIT_TEST = {"app/__main__.py", "static/main.js", "static/net/contract.js"}
ACROSS = {
    "tests/cells", "tests/taught", "tests/house", "tests/browser", "tests/bench", "tests/oracles", "tests/package", "tests/recipes",
}  # fmt: skip


def lines(path: Path) -> int:
    return len(read(path).splitlines())


def test_a_file_has_one_idea() -> None:
    sizes = {path: lines(path) for path in CODE if path.name != "__init__.py"}
    long = {path.as_posix(): size for path, size in sizes.items() if size > USUAL_LINES}
    assert not {path: size for path, size in long.items() if size > MOST_LINES}
    assert len(long) <= len(sizes) / 10, f"more than one file in ten is over {USUAL_LINES} lines: {long}"
    assert median(sizes.values()) <= 150


@pytest.mark.parametrize("path", [path for path in files("app", ".py") if read(path).strip()], ids=str)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(read(path))), "the module has no docstring"


@pytest.mark.parametrize("path", files("static", ".js"), ids=str)
def test_a_script_says_what_it_is(path: Path) -> None:
    first = next(line for line in read(path).splitlines() if line.strip() and not line.startswith(("import ", "  ", "}")))
    assert first.startswith(("/**", "//")), "the script does not begin with a comment that says what it is"


def expected_test(path: Path) -> Path | None:
    """Where the tests of a file lie; None if it needs none."""
    if path.as_posix() in NO_UNIT_TEST or path.name == "__init__.py" or path.parts[:2] == ("static", "views"):
        return None
    if path.parts[0] == "static":
        return Path("tests") / path.with_suffix(".test.js")
    return Path("tests", *path.parts[1:-1], f"test_{path.name}")


def test_tests_mirror_the_code() -> None:
    wanted = [(path, expected_test(path)) for path in [*files("app", ".py"), *files("static", ".js")]]
    missing = [f"{path} has no {test}" for path, test in wanted if test and not (ROOT / test).exists()]
    nothing(missing)


def test_every_test_mirrors_something() -> None:
    here = {test for path in [*files("app", ".py"), *files("static", ".js")] if (test := expected_test(path))}
    # A package is tested as a whole in a file named after it: app/cells/__init__.py in tests/test_cells.py.
    here |= {Path("tests", *path.parts[1:-2], f"test_{path.parent.name}.py") for path in files("app", ".py")}
    here |= {Path("tests/static", *path.parts[1:]).with_suffix(".test.js") for path in files("static/views", ".js")}
    lost = [
        path.as_posix()
        for path in files("tests", ".py", ".js")
        if (path.name.startswith("test_") or path.name.endswith(".test.js"))
        and not any(path.as_posix().startswith(f"{folder}/") for folder in ACROSS)
        and path not in here
    ]
    nothing(lost)


def test_nothing_is_left_for_later() -> None:
    words = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"))
    wrong = [fault for path in CODE for fault in faults(path, read(path), rf"\b(?:{words})\b")]
    nothing(wrong)


def test_no_file_names_a_package_registry() -> None:
    # Put together here, so that this file may be searched as well.
    hosts = [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com")]
    pattern = "|".join(re.escape(".".join(host)) for host in hosts) + "|registry" + r"\.[a-z]+\.[a-z]+"
    found = [
        fault
        for path in files()
        if path.suffix in TEXT
        for fault in faults(path, read(path), pattern, flags=re.IGNORECASE)
    ]
    nothing(found)
