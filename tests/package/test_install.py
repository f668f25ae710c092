"""Installed in an empty environment and started from another folder, as a newcomer does it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from tests.package.conftest import ROOT, Built, Environment
from tests.server import Server


def check_that_it_serves(server: Server) -> None:
    """The page and all that it names, the lessons, Plotly; then Ctrl-C."""
    try:
        server.start()
        status, kind, page = server.get("")
        assert (status, kind) == (200, "text/html")
        named = re.findall(r'(?:src|href)="([^"#?:]+\.(?:js|css|svg|png))"', page.decode())
        assert any(name.endswith("main.js") for name in named)
        assert any(name.endswith(".css") for name in named)
        for name in named:
            assert server.get(name)[0] == 200, name
        status, _, lessons = server.get("api/lessons")
        assert status == 200
        assert {"linear-toy", "gated-cell"} <= set(re.findall(r'"id":\s*"([^"]+)"', lessons.decode()))
        assert json.loads(server.get("api/lessons/gated-cell")[2])["id"] == "gated-cell"
        assert server.interrupt() < 5
        assert "Traceback" not in server.output
    except BaseException:
        print(server.output)
        raise
    finally:
        server.kill()


def test_the_wheel_serves_from_any_folder(
    built: Built, environment: Callable[[str], Environment], tmp_path: Path
) -> None:
    made = environment("wheel")
    made.install(str(built.wheel))
    check_that_it_serves(Server([made.unrolled], tmp_path))
    check_that_it_serves(Server([made.python, "-m", "app"], tmp_path))


def test_an_editable_install_serves_the_working_copy(environment: Callable[[str], Environment], tmp_path: Path) -> None:
    made = environment("editable")
    made.install("-e", str(ROOT))
    server = Server([made.unrolled], tmp_path)
    check_that_it_serves(server)
