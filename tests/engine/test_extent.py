from __future__ import annotations

import numpy as np

from app.engine.extent import Extent

SIZES, FLOAT = {"inputs": 1, "units": 3}, np.dtype(np.float64)


def test_runs_of_one_extent_can_take_each_others_place_and_no_others() -> None:
    one = Extent(SIZES, 5, (2,), FLOAT)
    assert one == Extent(dict(reversed(SIZES.items())), 5, (2,), np.dtype("float64"))
    others = [
        one._replace(sizes={"inputs": 1, "units": 4}), one._replace(length=6), one._replace(lead=()),
        one._replace(dtype=np.dtype(np.float32)), one._replace(masked=True), one._replace(many=True), one._replace(shared=True),
    ]  # fmt: skip
    assert all(one != other for other in others)
