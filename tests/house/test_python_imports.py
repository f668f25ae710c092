"""Who may import whom in app/ (Python is read, not run)."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.tree import ROOT, cycle, files, nothing, read

# The parts of app/ and what each may use: other parts, then packages from outside.
# engine knows neither web nor files nor lessons; session is driven by a host and knows no transport.
PARTS: dict[str, tuple[set[str], set[str]]] = {
    "engine": (set(), {"numpy"}),
    "cells": ({"engine"}, set()),
    "tasks": ({"engine"}, {"numpy"}),
    "frames": (set(), {"numpy"}),
    "learning": ({"engine", "cells", "tasks", "frames"}, {"numpy"}),
    "formats": ({"engine", "cells"}, {"numpy", "h5py", "onnx"}),
    "lessons": ({"engine", "cells", "tasks"}, {"numpy", "pydantic", "markdown_it"}),
    "session": ({"engine", "cells", "tasks", "learning", "lessons", "formats", "frames"}, {"numpy", "pydantic"}),
    "web": (
        {"session", "lessons", "cells", "engine", "learning", "frames"},
        {"fastapi", "starlette", "uvicorn", "jinja2", "plotly", "pydantic", "websockets", "anyio"},
    ),
    "main": ({"web", "session", "lessons", "cells", "engine"}, {"fastapi", "starlette"}),
    "blas": (set(), set()),
    "cli": ({"blas", "main", "web", "session", "lessons", "formats", "learning", "tasks", "cells", "engine"}, {"uvicorn"}),
    "__main__": ({"cli"}, set()),
    "__init__": (set(), set()),
}
# Heavy or optional: may be imported where they are used, inside a function.
LATE = {"plotly", "uvicorn", "torch", "onnx", "h5py", "safetensors"}
# Parts that others see only through their face, `app.<part>`.
FACES = {"engine", "cells", "tasks", "learning", "formats"}


@dataclass(frozen=True)
class Import:
    """`importer` and `imported` are dotted modules; `late` if it stands inside a function."""

    importer: str
    imported: str
    line: int
    late: bool


def module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in files("app", ".py")}


def imports_of(module: str, tree: ast.AST, package: bool) -> list[Import]:
    found = []
    late = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = module.split(".")[: len(module.split(".")) - node.level + package]
                base = ".".join([*up, base]) if base else ".".join(up)
            # `from package import module` names a module, `from module import thing` does not.
            names = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in MODULES else base for alias in node.names]
        else:
            continue
        found += [Import(module, name, node.lineno, id(node) in late) for name in dict.fromkeys(names)]
    return found


IMPORTS = [
    found
    for module, path in MODULES.items()
    for found in imports_of(module, ast.parse(read(path)), path.name == "__init__.py")
]


def part(module: str) -> str:
    names = module.split(".")
    return names[1] if len(names) > 1 else "__init__"


def said(found: Import) -> str:
    return f"{MODULES[found.importer]}:{found.line}: imports {found.imported}"


def test_every_part_is_listed() -> None:
    assert {part(module) for module in MODULES} <= set(PARTS)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_imports_only_what_lies_below_it(name: str) -> None:
    parts, packages = PARTS[name]
    wrong = []
    for found in IMPORTS:
        if part(found.importer) != name:
            continue
        top = found.imported.split(".")[0]
        if top == "app":
            allowed = part(found.imported) in parts | {name, "__init__"}
        else:
            allowed = top in packages or top in sys.stdlib_module_names
        if not allowed:
            wrong.append(said(found))
    nothing(wrong)


def test_some_parts_are_used_through_their_face() -> None:
    wrong = [
        said(found)
        for found in IMPORTS
        if found.imported.count(".") > 1
        and part(found.imported) in FACES
        and part(found.importer) != part(found.imported)
    ]
    nothing(wrong)


def test_imports_stand_at_the_top() -> None:
    wrong = [said(found) for found in IMPORTS if found.late and found.imported.split(".")[0] not in LATE]
    nothing(wrong)


def test_no_module_imports_itself_in_a_circle() -> None:
    graph: dict[str, set[str]] = {module: set() for module in MODULES}
    for found in IMPORTS:
        if found.imported in MODULES and found.imported != found.importer:
            graph[found.importer].add(found.imported)
    # A package's face imports its modules, and a module names its package only to reach a sibling: no circle in that.
    for module in graph:
        graph[module] = {other for other in graph[module] if not module.startswith(f"{other}.")}
    assert cycle(graph) is None


def test_the_reader_sees_what_it_should() -> None:
    """The rules above are worth nothing if the imports are not found."""
    text = "import json\nfrom . import expr\nfrom .ops import OPS\ndef f():\n    import app.web\n"
    found = imports_of("app.engine.rules", ast.parse(text), package=False)
    assert [(each.imported, each.late) for each in found] == [
        ("json", False),
        ("app.engine.expr", False),
        ("app.engine.ops", False),
        ("app.web", True),
    ]
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]
    assert (ROOT / "app").is_dir()
