"""The README's Python runs as it stands, one block after the other."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from tests.house.tree import ROOT


def test_the_examples_in_python() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    names: dict[str, Any] = {"print": lambda *shown: said.extend(shown)}
    said: list[Any] = []
    for block in blocks:
        exec(block, names)  # noqa: S102  our own text
    assert len(blocks) == 3
    assert len(said) > 40
    assert all(np.all(np.isfinite(each)) for each in said if isinstance(each, np.ndarray | float | int))
    assert set(said[-1][1:].sum(-1)) <= {1}
