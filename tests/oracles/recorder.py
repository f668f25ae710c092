"""What agrees with what, as the tests measured it: one line for each thing that was compared.

Tests call `record`. Where the environment variable UNROLLED_MEASURED names a file the line is added to it, which is how
`python -m tests.oracles.table` gets README's table; and in every run a test fails that README claims more digits than.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from functools import cache
from math import floor, log10
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = "UNROLLED_MEASURED"
BEGIN, END = "<!-- agreement: begin -->", "<!-- agreement: end -->"
#: what rounding may add on another machine
NOISE = 2e-15


@dataclass(frozen=True, slots=True)
class Measured:
    """The largest differences, relative to the largest number, between ours and `other`'s `what`.

    `groups` are the options that the comparison is about; a difference is None where there is nothing of the kind.
    """

    other: str
    what: str
    groups: tuple[str, ...]
    values: float
    gradients: float | None = None


def record(measured: Measured) -> None:
    """Notes it, and fails if README claims more digits than were found."""
    path = os.environ.get(FILE)
    if path:
        # one short line is written at once, so that processes side by side do not mix theirs
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(measured)) + "\n")
        return
    row = claims().get((measured.other, measured.what))
    said = f"{measured.other}, {measured.what}"
    again = "run python -m tests.oracles.table"
    assert row is not None, f"README's table has no row for {said}: {again}"
    for claim, found in zip(row, (measured.values, measured.gradients), strict=True):
        if found is not None:
            assert claim is not None, f"README's table says nothing of gradients for {said}: {again}"
            assert found < 10.0**-claim, f"README claims {claim} digits for {said}, {found:.2g} apart: {again}"


def digits(difference: float) -> int:
    """How many digits agree, on other machines too."""
    return floor(-log10(difference + NOISE))


@cache
def claims() -> dict[tuple[str, str], tuple[int | None, int | None]]:
    """README's rows: the digits of values and of gradients."""
    text = (ROOT / "README.md").read_text("utf-8")
    inside = text.partition(BEGIN)[2].partition(END)[0]
    found: dict[tuple[str, str], tuple[int | None, int | None]] = {}
    for line in inside.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 5 and re.fullmatch(r"\d+", cells[3]):
            found[cells[0], cells[1]] = (int(cells[3]), int(cells[4]) if cells[4].isdigit() else None)
    return found
