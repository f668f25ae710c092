"""What a training would need is what it then takes."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from app.engine import ProblemError
from app.learning import check_fit, packed, shapes_of, write_record
from tests.learning.small import small, trained

GIVEN: dict[str, Any] = {
    "start": "given", "weights": {name: packed(np.ones(shape)) for name, shape in shapes_of(small()).items()},
}  # fmt: skip


@pytest.mark.parametrize("changed", [{}, {"optimiser": "sgd"}, {"optimiser": "rmsprop", "cell": "gru", "every": 2}, GIVEN])
def test_the_numbers_of_a_record_are_counted(changed: dict[str, Any]) -> None:
    record = json.loads(write_record(trained(6, **changed)))
    held = sum(_count(record[name]) for name in ("history", "parameters", "memory")) + _count(record["settings"]["weights"])
    assert check_fit(small(**changed)).numbers == held


def test_memory_grows_with_the_batch() -> None:
    sizes = [check_fit(small(batch=batch)).memory for batch in (100, 200, 300)]
    assert sizes[2] - sizes[1] == sizes[1] - sizes[0] > 0


def test_a_cell_that_does_not_fit_is_told() -> None:
    with pytest.raises(ProblemError, match="wants numbers"):
        check_fit(small(task="adding", options={}, cell="jordan"))


def test_given_weights_that_do_not_fit_are_told_before_anything_is_made() -> None:
    with pytest.raises(ProblemError, match="W_i of the weights to start from is 4 x 6, and 5 x 6 here"):
        check_fit(small(**GIVEN, units=5))


def test_shapes_are_those_of_all_weights() -> None:
    assert shapes_of(small(cell="simple-rnn")) == {
        "main.1.forward.W": (4, 6), "main.1.forward.U": (4, 4), "main.1.forward.b": (4,),
        "main.readout.forward.V": (4, 4), "main.readout.forward.d": (4,),
    }  # fmt: skip


def _count(value: Any) -> int:
    return math.prod(value["shape"]) if "shape" in value else sum(map(_count, value.values()))
