from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.engine import Network, define
from app.engine.program import Range
from tests.engine.reference import found, numbers
from tests.engine.strategies import networks

I = "i = sigmoid(W @ x)\n"  # noqa: E741
ROWS: list[tuple[str, Range | None]] = [
    (I + "h = i", (0, 1)),
    (I + "h = 1 - i", (0, 1)),
    (I + "h = i - 1", (-1, 0)),
    (I + "h = -i", (-1, 0)),
    (I + "h = 4 * i - 2", (-2, 2)),
    (I + "h = i * -3 + 1", (-2, 1)),
    (I + "a = 0.5\nh = (a + 1) * i - a", (-0.5, 1)),
    ("h = 2 * tanh(W @ x)", (-2, 2)),
    ("h = 1 - relu(W @ x)", (None, 1)),
    ("h = -2 * exp(W @ x) + 1", (None, 1)),
    ("h = clip(W @ x, -0.25, 3)", (-0.25, 3)),
    ("a = 2\nh = 1 - clip(W @ x, -a, 3 * a)", (-5, 3)),
    ("h = softsign(W @ x)", (-1, 1)),
    ("h = 2 * every(1, 2) - h_prev * 0", None),
    (I + "h = 0 * i", None),
    (I + "h = i * i", None),
    (I + "h = i + h_prev", None),
    (I + "h = i * b", None),
    ("h = W @ x", None),
    ("h = identity(W @ x)", None),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_a_range_follows_from_the_equation(text: str, expected: Range | None) -> None:
    assert define("t", text).program.value["h"].range == expected


def test_what_keeps_to_0_and_1_is_a_gate_however_it_is_written() -> None:
    text = "i = sigmoid(W @ x)\nf = 1 - i\nk = clip(V @ x, 0, 1)\ng = 2 * i - 1\nh = f * h_prev + k * g"
    assert {v.name for v in define("t", text).program.values if v.role == "gate"} == {"i", "f", "k"}


@given(networks(), st.integers(0, 2**32))
def test_values_keep_to_their_ranges(network: Network, seed: int) -> None:
    given_numbers = numbers(network, seed, 3)
    result = found(network, given_numbers)
    assume(result.largest() < 1e6)
    for place in network.places:
        for value in place.program.values:
            low, high = value.range or (None, None)
            array = result.values[place.address(value.name)]
            assert low is None or array.min() >= low - 1e-12
            assert high is None or array.max() <= high + 1e-12
