from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.engine import CellError, Layer, Network, NetworkError, Problem, define
from app.engine.sizes import check_sizes, group_problems, size_problems, unknown_size

SCRN = define("scrn", "s[context] = B @ x + 0.9 * s_prev\nh = sigmoid(P @ s + R @ h_prev)")
CLOCK = define("clock", "m = every(1, 2, 4)\nh = m * tanh(W @ x + (slower(1, 2, 4) * U) @ h_prev) + (1 - m) * h_prev")
INNER = define("inner", "k[mem] = V @ x\nm[mem] = every(1, 2) * k\nh = (slower(1, 2) * U) @ h_prev + R @ m")


def bad_size(name: str, shown: str) -> Problem:
    return Problem(
        "bad-size", f"'{name}' is {shown}, not a whole number of at least 1", {"name": name, "value": shown.strip("'")},
        "give a whole number such as 4", field=name,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (-3, "-3"), (2.0, "2.0"), ("4", "'4'"), (True, "True"), (None, "None"), (1.5, "1.5")]
)
def test_what_is_no_size(value: Any, shown: str) -> None:
    with pytest.raises(NetworkError) as caught:
        check_sizes({"outputs": 2, "inputs": value})
    assert caught.value.problems == (bad_size("inputs", shown),)
    with pytest.raises(NetworkError) as caught:
        Layer(SCRN, value, context=2)
    assert caught.value.problems == (bad_size("units", shown),)


def test_sizes_that_do() -> None:
    check_sizes({"inputs": 1, "outputs": np.int64(3)})
    sizes: dict[str, Any] = {"context": np.int32(2)}
    assert Layer(SCRN, 3, **sizes).sizes == {"context": 2}


def test_all_that_are_wrong_at_once() -> None:
    with pytest.raises(NetworkError) as caught:
        Layer(SCRN, 0, other=-1, direction="up")
    assert [(p.code, p.field) for p in caught.value.problems] == [
        ("bad-size", "units"), ("bad-size", "other"), ("unknown-size", "other"), ("missing-size", "context"),
        ("bad-direction", "direction"),
    ]  # fmt: skip


def test_a_size_that_is_missing() -> None:
    (problem,) = size_problems(SCRN.program, {"units": 3}, ("context",))
    assert problem == Problem(
        "missing-size", "'scrn' needs the size 'context'", {"name": "context"}, "give it as context=4", field="context"
    )


def test_a_size_that_nothing_names() -> None:
    (problem,) = size_problems(SCRN.program, {"units": 3, "context": 2, "outputs": 2}, ("context",))
    assert problem == Problem(
        "unknown-size", "no equation names a size 'outputs'", {"name": "outputs"}, "the sizes here are context",
        field="outputs",
    )  # fmt: skip
    assert unknown_size("outputs", ()).hint == "leave it out"
    assert unknown_size("q", ("a", "b")).hint == "the sizes here are a, b"


def test_units_that_a_clock_cannot_divide() -> None:
    """Told once, though its clock and its mask both are of them."""
    (found,) = group_problems(CLOCK.program, {"units": 4})
    assert found == Problem(
        "unequal-groups", "4 units cannot be divided into 3 equal groups", {"size": 4, "groups": 3}, "use a multiple of 3",
        field="units",
    )  # fmt: skip
    assert list(group_problems(CLOCK.program, {"units": 6})) == []


def test_groups_of_other_sizes() -> None:
    found = [p.message for p in group_problems(INNER.program, {"units": 3, "mem": 5})]
    assert found == ["5 mem cannot be divided into 2 equal groups", "3 units cannot be divided into 2 equal groups"]
    assert list(group_problems(INNER.program, {"units": 4, "mem": 6})) == []


def test_inputs_that_a_clock_cannot_divide_are_found_when_they_are_known() -> None:
    cell = define("masked", "k[inputs] = slower(1, 2) @ x\nh = W @ k")
    layer = Layer(cell, 3)
    assert Network([layer], 4).inputs == 4
    with pytest.raises(NetworkError) as caught:
        Network([layer], 5)
    assert [(p.message, p.field) for p in caught.value.problems] == [
        ("5 inputs cannot be divided into 2 equal groups", "inputs")
    ]


def test_sizes_of_a_network_and_its_readout() -> None:
    layer = Layer(SCRN, 3, context=2)
    with pytest.raises(NetworkError) as caught:
        Network([layer], 2, outputs=2)
    assert [(p.code, p.hint) for p in caught.value.problems] == [("unknown-size", "leave it out")]
    with pytest.raises(NetworkError) as caught:
        Network([layer], 2, "y[outputs] = V @ h")
    assert [(p.message, p.field) for p in caught.value.problems] == [("'readout' needs the size 'outputs'", "outputs")]
    with pytest.raises(NetworkError) as caught:
        Network([layer], 0, "y[outputs] = V @ h", outputs=0)
    assert [p.field for p in caught.value.problems] == ["inputs", "outputs"]
    with pytest.raises(CellError):
        Network([layer], 2, "y[outputs] = V @ hh +", outputs=2)
