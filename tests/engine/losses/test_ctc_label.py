from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import Problem
from app.engine.losses.ctc_label import (
    as_list,
    blank_in_label,
    check_blank,
    check_label,
    repeats,
    shortest,
    with_blanks,
)
from tests.engine.every_alignment import label_of


@pytest.mark.parametrize(("blank", "found"), [(0, 0), (4, 4), (np.int64(2), 2), (np.uint8(3), 3)])
def test_blanks(blank: Any, found: int) -> None:
    problems: list[Problem] = []
    assert check_blank(blank, 5, problems) == found
    assert not problems


@pytest.mark.parametrize(
    ("blank", "said"), [(5, "5"), (-1, "-1"), (1.0, "1.0"), (True, "True"), (None, "None"), ("x" * 40, "x" * 20)]
)
def test_what_is_no_blank(blank: Any, said: str) -> None:
    problems: list[Problem] = []
    assert check_blank(blank, 5, problems) == -1
    assert problems == [
        Problem(
            "bad-blank", f"the blank {said} is not one of the 5 symbols", {"value": said, "symbols": 5},
            "symbols are whole numbers from 0 to 4", field="blank",
        )
    ]  # fmt: skip


def test_labels() -> None:
    problems: list[Problem] = []
    for label in ([1, 2, 2], (1, 2, 2), np.array([1, 2, 2]), [np.int32(1), 2, 2]):
        found = check_label(label, 3, 0, problems)
        assert found == (1, 2, 2)
        assert {type(symbol) for symbol in found} == {int}
    assert check_label([], 3, 0, problems) == ()
    assert not problems


def test_all_that_is_wrong_with_a_label() -> None:
    problems: list[Problem] = []
    check_label([3, 1, 0, -2, 1.0], 3, 0, problems, field="labels.2")
    hint = "symbols are whole numbers from 0 to 2"

    def wrong(value: str, place: int) -> Problem:
        message = f"'labels.2' has {value} at place {place}, which is not one of the 3 symbols"
        return Problem("bad-label", message, {"name": "labels.2", "value": value, "place": place}, hint, field="labels.2")

    assert problems == [wrong("3", 1), blank_in_label(0, 3, "labels.2"), wrong("-2", 4), wrong("1.0", 5)]
    assert problems[1].message == "'labels.2' has 0 at place 3, which is the blank"
    assert problems[1].hint == "a label holds no blanks: they are put between its symbols"


@pytest.mark.parametrize("label", ["cat", b"cat", 3, None, {1, 2}, {1: 2}, np.array(3)])
def test_what_is_no_label(label: Any) -> None:
    problems: list[Problem] = []
    assert check_label(label, 3, 0, problems) == ()
    assert problems == [
        Problem(
            "bad-label", "'label' is not a list of symbols", {"name": "label"}, "give the symbols as a list of whole numbers",
            field="label",
        )
    ]  # fmt: skip
    assert as_list(label) is None


def test_blanks_stand_between_and_around() -> None:
    assert with_blanks("cat", "_") == tuple("_c_a_t_")
    assert with_blanks((), 5) == (5,)


@given(st.lists(st.integers(1, 3), max_size=6))
def test_the_shortest_alignment(label: list[int]) -> None:
    """Blanks only where they have to be: that many steps say the label, and one less cannot."""
    path: list[int] = []
    for symbol in label:
        path += [0, symbol] if path and path[-1] == symbol else [symbol]
    assert shortest(label) == len(path)
    assert label_of(path, 0) == tuple(label)
    assert repeats(label) == path.count(0)
