"""Who may import whom in static/, read off the import lines."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from tests.house.tree import cycle, faults, files, nothing, read, without_comments

# The first line that fits a script says what it may import: folders end in "/".
RULES: list[tuple[str, tuple[str, ...]]] = [
    (
        "main.js",
        (
            *("state/", "net/", "views/", "draw/"),
            *("drop.js", "embed.js", "finger.js", "focus.js", "keys.js", "later.js", "paper.js", "sight.js", "stage.js"),
        ),
    ),
    ("stage.js", ("views/",)),
    ("views/compare/", ("draw/", "state/derive.js", "state/sidename.js", "state/words.js", "views/compare/")),
    ("views/wide/", ("draw/", "state/derive.js", "state/words.js", "views/wide/")),
    # what only a view that comes later asks stands in a file that comes with it
    ("views/curve.js", ("draw/", "state/curves.js", "state/derive.js", "state/sketches.js", "state/words.js")),
    ("views/layers.js", ("draw/", "state/derive.js", "state/layernames.js", "state/words.js")),
    ("views/losses.js", ("draw/", "state/classes.js", "state/derive.js", "state/words.js")),
    ("views/targets.js", ("draw/", "state/classes.js", "state/derive.js", "state/words.js")),
    ("views/worksheet.js", ("draw/", "state/classes.js", "state/curves.js", "state/derive.js", "state/words.js")),
    ("views/editor.js", ("draw/", "state/derive.js", "state/editing.js", "state/words.js")),
    ("views/share.js", ("draw/", "state/kept.js", "state/words.js")),
    (
        "views/learning/",
        ("draw/", *(f"state/{name}.js" for name in ("chosen", "derive", "others", "pace", "words")), "views/learning/"),
    ),
    ("views/shares.js", ("draw/", "state/chosen.js", "state/derive.js", "state/words.js")),
    ("views/powers/", ("draw/", "state/derive.js", "state/powers.js", "state/surfaces.js", "state/words.js", "views/powers/")),
    (
        "views/surface/",
        ("draw/", *(f"state/{name}.js" for name in ("derive", "sidename", "surfaces", "words")), "views/surface/"),
    ),
    ("views/training/", ("draw/", "state/words.js", "state/training/", "views/training/")),
    ("views/", ("draw/", "state/derive.js", "state/words.js")),
    ("draw/", ("draw/",)),
    ("net/", ("net/",)),
    ("state/store.js", ()),
    (
        "state/fields.js",
        (*(f"state/{name}.js" for name in ("edit", "difference", "notation", "packing", "rules", "spelling", "starts", "ties")),),
    ),
    ("state/packing.js", ("net/numbers.js",)),  # an address and the wire spell numbers alike
    ("state/actions.js", ("state/", "net/")),
    ("state/", ("state/",)),
    ("later.js", ("views/", "state/")),
    ("focus.js", ("draw/", "state/derive.js")),
    ("keys.js", ("state/derive.js",)),
    ("theme.js", ()),
    ("embed.js", ()),
    ("sight.js", ()),
    ("finger.js", ()),
]
IMPORT = re.compile(
    r"""^\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']""", re.MULTILINE
)


def imports_of(path: Path, text: str) -> list[str]:
    """What a script imports, as paths below static/."""
    here = path.relative_to("static").parent.as_posix()
    named = [first or second for first, second in IMPORT.findall(without_comments(text))]
    return [posixpath.normpath(posixpath.join(here, name)) if name.startswith(".") else name for name in named]


GRAPH = {path.relative_to("static").as_posix(): imports_of(path, read(path)) for path in files("static", ".js")}


def allowed(script: str) -> tuple[str, ...]:
    for start, may in RULES:
        if script == start or (start.endswith("/") and script.startswith(start)):
            return may
    raise AssertionError(f"no rule for static/{script}: give it a line in RULES")


def test_a_script_imports_only_what_lies_below_it() -> None:
    wrong = [
        f"static/{script} imports {name}"
        for script, names in GRAPH.items()
        for name in names
        if not any(name == may or (may.endswith("/") and name.startswith(may)) for may in allowed(script))
    ]
    nothing(wrong)


def test_every_import_is_a_file_of_ours() -> None:
    missing = [f"{script} imports {name}" for script, names in GRAPH.items() for name in names if name not in GRAPH]
    nothing(missing)


def test_views_know_nothing_of_each_other() -> None:
    # Parts of one view stand in a folder of its own.
    wrong = [
        f"{script} imports {name}"
        for script, names in GRAPH.items()
        for name in names
        if script.startswith("views/") and name.startswith("views/") and Path(script).parts[1] != Path(name).parts[1]
    ]
    nothing(wrong)


def test_no_script_imports_itself_in_a_circle() -> None:
    assert cycle({script: set(names) for script, names in GRAPH.items()}) is None


def test_only_net_speaks_to_the_server() -> None:
    ways = r"\bfetch\(|\bWebSocket\(|\bXMLHttpRequest\b|\bEventSource\b|\bsendBeacon\b"
    wrong = [
        fault
        for path in files("static", ".js")
        if not path.as_posix().startswith("static/net/")
        for fault in faults(path, without_comments(read(path)), ways)
    ]
    nothing(wrong)


def test_the_reader_sees_what_it_should() -> None:
    text = """
    import { a } from "../draw/dom.js";
    import {
      b,
      c,
    } from './other.js';
    export { d } from "../net/port.js";
    // import { no } from "./comment.js";
    /** @type {import("../net/contract.js").Frame} */
    const later = () => import("../views/chart.js");
    """
    assert imports_of(Path("static/views/cell.js"), text) == [
        "draw/dom.js",
        "views/other.js",
        "net/port.js",
        "views/chart.js",
    ]
