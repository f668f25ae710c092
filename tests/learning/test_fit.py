"""What a training would need is what it then takes."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from app.engine import ProblemError
from app.learning import check_fit, write_record
from tests.learning.small import small, trained


@pytest.mark.parametrize("changed", [{}, {"optimiser": "sgd"}, {"optimiser": "rmsprop", "cell": "gru", "every": 2}])
def test_the_numbers_of_a_record_are_counted(changed: dict[str, Any]) -> None:
    record = json.loads(write_record(trained(6, **changed)))
    held = sum(_count(record[name]) for name in ("history", "parameters", "memory"))
    assert check_fit(small(**changed)).numbers == held


def test_memory_grows_with_the_batch() -> None:
    sizes = [check_fit(small(batch=batch)).memory for batch in (100, 200, 300)]
    assert sizes[2] - sizes[1] == sizes[1] - sizes[0] > 0


def test_a_cell_that_does_not_fit_is_told() -> None:
    with pytest.raises(ProblemError, match="wants numbers"):
        check_fit(small(task="adding", options={}, cell="jordan"))


def _count(value: Any) -> int:
    return math.prod(value["shape"]) if "shape" in value else sum(map(_count, value.values()))
