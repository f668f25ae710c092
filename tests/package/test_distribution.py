"""What is in the wheel, and that it lists what it needs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.house.tree import files, read
from tests.package.conftest import ROOT, Built


def test_the_wheel_holds_the_package_and_nothing_else(built: Built) -> None:
    outside = {name for name in built.names() if not name.startswith("app/") and ".dist-info/" not in name}
    assert not outside


def test_the_wheel_holds_every_file_of_the_package_and_of_the_page(built: Built) -> None:
    wanted = {path.as_posix() for path in files("app")}
    wanted |= {f"app/_assets/{path.as_posix()}" for path in [*files("static"), *files("templates")]}
    assert not wanted - built.names()


def test_every_package_that_is_imported_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    needs = [*project["dependencies"], *extras["keras"], *extras["onnx"]]
    asked = {re.split(r"[^\w.-]", each)[0].lower().replace("_", "-") for each in needs}
    asked |= {"starlette", "anyio"}  # fastapi is made of these and passes their classes on
    names = {
        name.split(".")[0]
        for path in files("app", ".py")
        for node in ast.walk(ast.parse(read(path)))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    outside = names - sys.stdlib_module_names - {"app", ""}
    owners = packages_distributions()
    assert outside
    assert not {name for name in outside if not asked & {each.lower().replace("_", "-") for each in owners[name]}}


def test_the_package_has_the_promised_name_and_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["name"] == "unrolled"
    assert project["scripts"] == {"unrolled": "app.cli:main"}
    assert project["requires-python"] == ">=3.11"
    assert project["license"] == "MIT"
    assert "MIT License" in (ROOT / "LICENSE").read_text()
