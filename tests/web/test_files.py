"""Where the page's files lie."""

from __future__ import annotations

import tomllib

from app.web import files


def test_in_a_checkout_they_lie_beside_the_package() -> None:
    assert files.PACKAGE.name == "app"
    assert files.ROOT in (files.PACKAGE.parent, files.PACKAGE / "_assets")
    assert (files.STATIC / "main.js").is_file()
    assert (files.TEMPLATES / "explorer.html").is_file()


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((files.PACKAGE.parent / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == files.VERSION
