"""Turns: nobody computes longer than others who want to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.web.turns import Turns

Pairs = Sequence[tuple[str, str]]


def shares(turns: Turns, wanting: Pairs, rounds: int) -> Counter[str]:
    """How often each run had its turn."""
    return Counter(run for _ in range(rounds) for _, run in turns.next(wanting, 1.0))


def test_where_there_is_room_everybody_computes() -> None:
    wanting = [("a", "a1"), ("a", "a2"), ("b", "b1")]
    assert sorted(Turns(3).next(wanting, 1.0)) == wanting
    assert Turns(3).next([], 1.0) == []


def test_a_visitor_with_many_trainings_has_no_more_than_one_with_one() -> None:
    wanting = [("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1")]
    found = shares(Turns(1), wanting, 120)
    assert found == {"a1": 20, "a2": 20, "a3": 20, "b1": 60}


def test_at_one_moment_places_go_to_different_visitors() -> None:
    turns = Turns(2)
    wanting = [("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1")]
    for _ in range(20):
        assert {visitor for visitor, _ in turns.next(wanting, 1.0)} == {"a", "b"}


def test_who_comes_later_does_not_make_up_for_the_time_before() -> None:
    turns = Turns(1)
    shares(turns, [("a", "a1")], 1000)
    assert shares(turns, [("a", "a1"), ("b", "b1")], 100) == {"a1": 50, "b1": 50}


def test_a_pause_saves_nothing_up() -> None:
    turns = Turns(1)
    shares(turns, [("a", "a1"), ("b", "b1")], 10)
    shares(turns, [("a", "a1")], 1000)
    found = shares(turns, [("a", "a1"), ("b", "b1")], 100)
    assert abs(found["a1"] - 50) <= 1
