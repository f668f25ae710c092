"""What the editor shows of the language is what the engine reads."""

from __future__ import annotations

import pytest

from app.engine import define, vocabulary
from app.engine.ops import FUNCTIONS

FOUND = vocabulary()


def test_every_function_is_there() -> None:
    assert tuple(each["name"] for each in FOUND["functions"]) == FUNCTIONS


@pytest.mark.parametrize("function", FOUND["functions"], ids=lambda each: str(each["name"]))
def test_a_function_can_be_written_as_it_is_shown(function: dict[str, str]) -> None:
    written = function["written"].replace("low, high", "-1, 1")
    used = f"({written} * U) @ v" if function["name"] == "slower" else written
    assert "W" in define("shown", f"v = W @ x\nh = {used}").parameters


@pytest.mark.parametrize("start", FOUND["starts"])
def test_a_parameter_can_start_so(start: str) -> None:
    define("started", f"h = tanh(U @ h_prev + W @ x)\nstart U = {start}")


def test_signs_and_names() -> None:
    assert FOUND["signs"] == ["+", "-", "*", "@"]
    assert (FOUND["outputs"], FOUND["previous"], FOUND["input"]) == (["h", "y"], "_prev", "x")
