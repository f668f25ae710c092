"""Where the page's files lie, inside the package in a wheel, beside it in a checkout; and which version this is."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = PACKAGE / "_assets"
ROOT = _INSTALLED if _INSTALLED.is_dir() else PACKAGE.parent

STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"


def _version() -> str:
    """The installed version; run from a checkout without installing, the one that would be installed."""
    try:
        return version("unrolled")
    except PackageNotFoundError:
        project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))
        return str(project["project"]["version"])


VERSION = _version()
