from __future__ import annotations

from collections import Counter
from itertools import product
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import (
    NetworkError,
    Problem,
    alignments,
    collapse,
    count_alignments,
    count_by_only_deleting,
    only_delete_blanks,
)
from app.engine.losses.ctc_label import repeats, shortest, with_blanks
from tests.engine.every_alignment import label_of

paths = st.lists(st.integers(0, 3), max_size=12)
labels = st.lists(st.integers(1, 3), max_size=5)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("好好好棒棒棒棒棒", "好棒"), ("好φφ棒φφφφ", "好棒"), ("好φφ棒φ棒φφ", "好棒棒"), ("好φ棒φφφ", "好棒"),
        ("好φφ棒φφ", "好棒"), ("好φφφ棒φ", "好棒"), ("HφφIS_φφφφφφFφφRIφφφφφENDφφ'S_", "HIS_FRIEND'S_"), ("", ""), ("φφ", ""),
    ],
)  # fmt: skip
def test_the_slides(path: str, label: str) -> None:
    assert "".join(collapse(path, "φ")) == label


def test_the_wrong_rule_keeps_repeats() -> None:
    assert "".join(only_delete_blanks("好好好棒棒棒棒棒", "φ")) == "好好好棒棒棒棒棒"
    assert "".join(only_delete_blanks("好φφ棒φφφφ", "φ")) == "好棒"
    assert "".join(collapse("aaφa", "φ")) == "aa"
    assert "".join(only_delete_blanks("aaφa", "φ")) == "aaa"
    assert collapse(np.array([0, 1, 1, 0, 1]), 0) == (1, 1)


@given(paths)
def test_collapsing(path: list[int]) -> None:
    label = collapse(path, 0)
    assert label == label_of(path, 0)
    # a label with blanks between is an alignment of it; so is the label itself unless it repeats
    assert collapse(with_blanks(label, 0), 0) == label
    assert (collapse(label, 0) == label) == (not repeats(label))
    # reading on from there changes nothing that has been said
    assert collapse([*path, 0], 0) == label
    assert collapse(path[::-1], 0) == label[::-1]
    # said twice at each step, it says the same
    assert collapse([symbol for symbol in path for _ in range(2)], 0) == label
    assert len(label) <= len(only_delete_blanks(path, 0))
    assert shortest(label) <= len(path)


@pytest.mark.parametrize(
    ("label", "steps", "count", "deleting"),
    [("cat", 6, 84, 20), ("好棒", 6, 70, 15), ("好棒", 8, 210, 28), ("好棒棒", 8, 210, 56), ("", 5, 1, 1), ("a", 1, 1, 1)],
)
def test_how_many(label: str, steps: int, count: int, deleting: int) -> None:
    assert count_alignments(label, steps) == count
    assert count_by_only_deleting(label, steps) == deleting
    assert len(list(alignments(label, steps, "φ"))) == count
    found = Counter(only_delete_blanks(path, "φ") for path in product({*label, "φ"}, repeat=steps))
    assert found[tuple(label)] == deleting


def dynamic(label: list[int], steps: int) -> int:
    """Counted state by state, without a formula."""
    states = with_blanks(label, 0)
    ways = [1] + [0] * len(states)
    for _ in range(steps):
        # one more state in front: before the first step
        before, ways = ways, [0] * (len(states) + 1)
        for at, symbol in enumerate(states, start=1):
            ways[at] = before[at] + before[at - 1]
            two = at - 2
            if two == 0 and symbol != 0:
                ways[at] += before[0]
            if two > 0 and symbol not in (0, states[two - 1]):
                ways[at] += before[two]
    return sum(ways[max(0, len(states) - 1) :]) - (ways[0] if len(states) == 1 else 0)


@given(labels, st.integers(1, 40))
def test_counting_is_dynamic_programming(label: list[int], steps: int) -> None:
    assert count_alignments(label, steps) == dynamic(label, steps)
    if not repeats(label) and steps >= len(label):
        assert count_alignments(label, steps) == comb(steps + len(label), steps - len(label))
    assert (count_alignments(label, steps) > 0) == (shortest(label) <= steps)


def test_counts_are_exact() -> None:
    assert count_alignments(range(50), 1000) == comb(1050, 950)
    assert count_alignments([1] * 400, 1000) == dynamic([1] * 400, 1000)
    assert count_alignments("aa", np.int64(3)) == 1  # type: ignore[arg-type]
    assert count_alignments("aa", 2) == 0
    assert count_alignments("", 0) == 1


@given(st.lists(st.integers(1, 2), max_size=4), st.integers(0, 7))
def test_all_alignments(label: list[int], steps: int) -> None:
    found = list(alignments(label, steps, 0))
    every = [path for path in product(range(3), repeat=steps) if label_of(path, 0) == tuple(label)]
    assert len(found) == len(set(found)) == count_alignments(label, steps)
    assert set(found) == set(every)


def test_one_at_a_time() -> None:
    found = alignments("ab", 3, "_")
    assert ["".join(path) for path in found] == ["ab_", "abb", "a_b", "aab", "_ab"]
    assert next(found, None) is None
    many = alignments("ab", 60, "_", limit=10**9)
    assert "".join(next(many)) == "ab" + "_" * 58


def test_too_many_to_list() -> None:
    with pytest.raises(NetworkError) as error:
        alignments("cat", 6, "_", limit=83)
    assert error.value.problems == (
        Problem(
            "too-many-alignments", "the label has 84 alignments in 6 steps, of which at most 83 can be listed",
            {"count": "84", "steps": 6, "limit": 83}, "take fewer steps", field="steps",
        ),
    )  # fmt: skip
    assert len(list(alignments("cat", 6, "_", limit=84))) == 84
    with pytest.raises(NetworkError, match="the label has more than 1000000000000000000 alignments in 10000 steps"):
        alignments(list(range(3000)), 10_000, -1)


def test_a_label_with_a_blank_in_it() -> None:
    with pytest.raises(NetworkError, match="'label' has _ at place 2, which is the blank") as error:
        alignments("a_b", 6, "_")
    assert error.value.problems[0].hint == "a label holds no blanks: they are put between its symbols"


@pytest.mark.parametrize(("steps", "said"), [(-1, "-1"), (2.0, "2.0"), (True, "True"), ("6", "6"), (None, "None")])
def test_what_is_no_number_of_steps(steps: Any, said: str) -> None:
    for count in (count_alignments, count_by_only_deleting, lambda label, n: alignments(label, n, "_")):
        with pytest.raises(NetworkError) as error:
            count("ab", steps)
        assert error.value.problems == (
            Problem(
                "bad-steps", f"{said} is not a number of steps", {"value": said}, "give a whole number of at least 0",
                field="steps",
            ),
        )  # fmt: skip
