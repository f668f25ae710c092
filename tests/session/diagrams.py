"""Every cell's diagrams of gates and of operations, as files beside the tests of the page's scripts.

    python -m tests.session.diagrams       writes them anew
"""

from __future__ import annotations

import json
from pathlib import Path

from app import cells
from app.engine import draw

STATIC = Path(__file__).resolve().parents[1] / "static"
DIAGRAMS = {"gate": STATIC / "diagrams.json", "operation": STATIC / "operations.json"}
READ = ("id", "kind", "name", "op", "role", "label")
"""What the page's scripts read of a node."""


def drawn(level: str) -> str:
    """The text of a level's file, a line for each cell."""
    lines = {}
    for name in cells.names():
        data = draw(cells.load(name).program, level).to_data()
        nodes = [{key: node[key] for key in READ} for node in data["nodes"]]
        edges = [{key: edge[key] for key in ("from", "to", "name")} for edge in data["edges"]]
        lines[name] = json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False, separators=(",", ":"))
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {line}" for key, line in lines.items()) + "\n}\n"


if __name__ == "__main__":
    for level, path in DIAGRAMS.items():
        path.write_text(drawn(level), "utf-8")
