"""README's table of what agrees with what, to how many digits, from the tests' own output.

    python -m tests.oracles.table

Runs the tests that compare with the libraries, all of which have to be installed (`pip install .[test,oracles]`), and
writes the table between its marks in README.md; what was measured, option by option, goes to tests/oracles/data/measured.json.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from math import ceil, floor, log10
from pathlib import Path

from tests.oracles.case import DATA
from tests.oracles.recorder import BEGIN, END, FILE, ROOT, Measured, digits

TESTS = ("tests/oracles", "tests/formats")
HEAD = "| ours against | what | with | values | gradients |\n|---|---|---|---|---|"


def measure() -> list[Measured]:
    """Runs the tests and gives what they recorded."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "measured.jsonl"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "measures", *TESTS]
        subprocess.run(command, cwd=ROOT, env={**os.environ, FILE: str(path)}, check=True)
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Measured(each["other"], each["what"], tuple(each["groups"]), _up(each["values"]) or 0.0, _up(each["gradients"]))
        for each in lines
    ]


def by_group(found: Iterable[Measured]) -> list[dict[str, object]]:
    """The largest difference of each option of each kind of layer."""
    largest: dict[tuple[str, str, str], list[float | None]] = {}
    for each in found:
        for group in each.groups or ("",):
            row = largest.setdefault((each.other, each.what, group), [0.0, None])
            row[0] = max(row[0] or 0.0, each.values)
            if each.gradients is not None:
                row[1] = max(row[1] or 0.0, each.gradients)
    return [
        {"other": other, "what": what, "option": group, "values": values, "gradients": gradients}
        for (other, what, group), (values, gradients) in largest.items()
    ]


def _up(difference: float | None) -> float | None:
    """Two digits of it, rounded up so that nothing looks better than it is."""
    if not difference:
        return difference
    unit = 10.0 ** (floor(log10(difference)) - 1)
    return float(f"{ceil(difference / unit) * unit:.1e}")


def rows(found: Sequence[Measured]) -> list[str]:
    """The table's lines, in the order of the tests: a kind of layer of a library in each."""
    order = dict.fromkeys((each.other, each.what) for each in found)
    lines = []
    for other, what in order:
        own = [each for each in found if (each.other, each.what) == (other, what)]
        groups = ", ".join(dict.fromkeys(group for each in own for group in each.groups))
        values = digits(max(each.values for each in own))
        known = [each.gradients for each in own if each.gradients is not None]
        gradients = str(digits(max(known))) if known else "–"
        lines.append(f"| {other} | {what} | {groups} | {values} | {gradients} |")
    return lines


def with_table(text: str, lines: Iterable[str]) -> str:
    """README with the lines between its marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert end, f"README.md has no {BEGIN} ... {END}"
    return f"{before}{begin}\n{HEAD}\n" + "".join(f"{line}\n" for line in lines) + f"{end}{after}"


def main() -> int:
    found = measure()
    data = by_group(found)
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in data)
    (DATA / "measured.json").write_text(f"[\n{lines}\n]\n", "utf-8")
    readme = ROOT / "README.md"
    readme.write_text(with_table(readme.read_text("utf-8"), rows(found)), "utf-8")
    print(f"{len(found)} comparisons, {len(data)} options, {len(rows(found))} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
