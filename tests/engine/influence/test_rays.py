from __future__ import annotations

import numpy as np

from app.engine.influence.rays import Rays, entering, turned
from tests.engine import wirings


def test_turned_with_axes_of_any_kind() -> None:
    case = wirings.get("lengths")  # sequences of 4, 2 and 3 steps
    run = case.trace.runs["main"]
    forward, backward = run.places[:2]
    series = np.arange(4)[:, None, None, None] + np.zeros((4, 3, 2, 5))
    np.testing.assert_array_equal(turned(run, forward, series), series)
    assert turned(run, backward, series)[..., 0, 0].T.tolist() == [[3, 2, 1, 0], [1, 0, 2, 3], [2, 1, 0, 3]]
    np.testing.assert_array_equal(turned(run, backward, turned(run, backward, series)), series)


def test_where_losses_enter() -> None:
    run = wirings.get("lengths").trace.runs["main"]
    forward, backward = run.places[:2]
    when = np.array([1, 1, 3])
    ahead, back = entering(run, forward, when), entering(run, backward, when)
    assert [ahead(0), ahead(2)] == [None, None]
    assert [index.tolist() for index in ahead(1) or ()] == [[0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]]
    assert [index.tolist() for index in ahead(3) or ()] == [[0, 1, 2], [2, 2, 2]]
    # the second sequence, of two steps, has step 1 first when it is read backward, the third second
    assert [index.tolist() for index in back(0) or ()] == [[0, 1, 1], [2, 0, 1]]
    assert [index.tolist() for index in back(1) or ()] == [[2, 2], [0, 1]]
    assert [index.tolist() for index in back(2) or ()] == [[0, 0], [0, 1]]
    alone = wirings.get("stack both ways").trace.runs["main"]
    assert [index.tolist() for index in entering(alone, alone.places[1], np.array([0, 3]))(0) or ()] == [[1]]


def test_how_many() -> None:
    assert Rays("main", np.array([2, 2]), {}).count == 2
