"""Numbers as JSON."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app.session.numbers import dumps, named, spell, to_json


def test_what_json_cannot_hold_is_a_string() -> None:
    assert to_json(np.array([[1.0, np.inf], [-np.inf, np.nan]])) == [[1.0, "inf"], ["-inf", "nan"]]
    assert to_json(np.array(np.inf)) == "inf"
    assert named({"c": np.array([np.nan])}) == {"c": ["nan"]}


@given(arrays.arrays(np.float64, arrays.array_shapes(max_dims=3, max_side=4)))
def test_every_double_survives(array: np.ndarray) -> None:
    text = dumps(to_json(array))
    back = np.array(json.loads(text, parse_constant=pytest.fail), dtype=float)  # "inf" and "nan" are read by float
    assert np.array_equal(back, array, equal_nan=True)


@given(st.floats())
def test_a_spelt_number_reads_back_the_same(value: float) -> None:
    back = float(spell(value))
    assert back == value or (math.isnan(back) and math.isnan(value))


def test_a_bare_infinity_is_never_written() -> None:
    with pytest.raises(ValueError, match="Out of range float"):
        dumps({"c": math.inf})


def test_text_stays_readable() -> None:
    assert dumps({"title": "记忆"}) == '{"title":"记忆"}'
