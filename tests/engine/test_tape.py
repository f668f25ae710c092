from __future__ import annotations

import numpy as np
import pytest

from app.engine import tape as tapes
from app.engine.tape import Series, Still, Tape


@pytest.fixture(autouse=True, params=[0, 4_096], ids=["long", "short"])
def calls_kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All in both ways: as a sequence that is too long for its calls to be kept step by step, and as a short one."""
    monkeypatch.setattr(tapes, "_SHORT", request.param)


def test_every_step_runs_the_operations_in_their_order() -> None:
    """s = 2 s + x, the running state in a column of its own."""
    x = np.arange(1.0, 5.0).reshape(4, 1)
    room = np.zeros((5, 1))
    before, after, scratch = Series(room[:-1]), Series(room[1:]), Still(np.empty(1))
    tape = Tape(4)
    tape.add(np.multiply, Still(np.array(2.0)), before, scratch)
    tape.add(np.add, scratch, Series(x), after)
    tape.run(0, 4)
    assert room[:, 0].tolist() == [0, 1, 4, 11, 26]


def test_stretches_one_after_the_other_are_the_whole() -> None:
    x = np.arange(1.0, 8.0).reshape(7, 1)
    room = np.zeros((8, 1))
    tape = Tape(7)
    tape.add(np.add, Series(room[:-1]), Series(x), Series(room[1:]))
    for first, stop in ((0, 0), (0, 3), (3, 4), (4, 4), (4, 7)):
        tape.run(first, stop)
    assert room[1:, 0].tolist() == np.cumsum(x[:, 0]).tolist()


def test_backward_runs_from_the_last_step() -> None:
    seen: list[float] = []
    tape = Tape(6, backward=True)
    tape.add(lambda row: seen.append(float(row[0])), Series(np.arange(6.0).reshape(6, 1)))
    tape.run(2, 5)
    tape.run(1, 2)
    tape.run(0, 1)
    assert seen == [4, 3, 2, 1, 0]


def test_new_contents_are_seen_by_the_next_run() -> None:
    x, out = np.ones((3, 1)), np.zeros((3, 1))
    tape = Tape(3)
    tape.add(np.multiply, Series(x), Still(np.array(3.0)), Series(out))
    tape.run(0, 3)
    x[...] = 5
    tape.run(0, 3)
    assert out[:, 0].tolist() == [15, 15, 15]


def test_an_operation_runs_no_oftener_than_there_are_steps() -> None:
    """The still columns never end, so the first operation must not be drawn once more than the others."""
    seen: list[str] = []
    tape = Tape(3)
    tape.add(lambda thing, row: seen.append("first"), Still(1), Series(np.zeros((3, 1))))
    tape.add(lambda thing: seen.append("second"), Still(2))
    tape.run(0, 3)
    assert seen == ["first", "second"] * 3


def test_rows_of_single_numbers_are_arrays() -> None:
    """A number in place of an array is slow, and cannot be written to."""
    single, out = np.arange(3.0), np.zeros((3, 2))
    for backward in (False, True):
        tape = Tape(3, backward=backward)
        tape.add(np.multiply, Still(np.array([1.0, 10.0])), Series(single), Series(out))
        tape.run(0, 3)
        assert out.tolist() == [[0, 0], [1, 10], [2, 20]]
        out[...] = 0


def test_every_column_has_a_row_for_each_step() -> None:
    tape = Tape(4)
    tape.add(np.positive, Series(np.zeros((3, 1))), Still(np.zeros(1)))
    with pytest.raises(AssertionError, match="a column has a row for each step"):
        tape.run(0, 1)
