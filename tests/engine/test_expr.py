from __future__ import annotations

import json

import pytest
from hypothesis import given

from app.engine.expr import Apply, Expr, Name, Number, Span, from_data, names, rebuild, to_data, walk
from tests.engine.strategies import expressions

# f * c_prev + i * 2
TREE = Apply("add", (Apply("mul", (Name("f"), Name("c_prev"))), Apply("mul", (Name("i"), Number(2.0)))))


def test_walk_gives_parents_before_children_from_left_to_right() -> None:
    shown = [node.op if isinstance(node, Apply) else getattr(node, "id", "2") for node in walk(TREE)]
    assert shown == ["add", "mul", "f", "c_prev", "mul", "i", "2"]


def test_names_are_given_once_in_order_of_appearance() -> None:
    assert names(Apply("sub", (Apply("mul", (Name("b"), Name("a"))), Name("b")))) == ["b", "a"]
    assert names(Number(1.0)) == []


def test_rebuild_changes_children_first_and_keeps_places() -> None:
    seen: list[Expr] = []

    def change(node: Expr) -> Expr:
        seen.append(node)
        return Name("F") if node == Name("f") else node

    place = Span(1, 4, 14)
    changed = rebuild(Apply("mul", (Name("f"), Name("c")), place), change)
    assert changed == Apply("mul", (Name("F"), Name("c")))
    assert isinstance(changed, Apply)
    assert changed.span == place
    assert seen == [Name("f"), Name("c"), Apply("mul", (Name("F"), Name("c")))]


def test_places_do_not_count_when_trees_are_compared() -> None:
    assert Name("h", Span(1, 0, 1)) == Name("h", Span(9, 5, 6))
    assert hash(Name("h", Span(1, 0, 1))) == hash(Name("h"))


def test_the_json_form() -> None:
    assert to_data(TREE) == ["add", ["mul", "f", "c_prev"], ["mul", "i", 2.0]]


@given(expressions())
def test_a_tree_survives_json(expr: Expr) -> None:
    assert from_data(json.loads(json.dumps(to_data(expr)))) == expr


@pytest.mark.parametrize("data", [None, True, [], {}, [1, 2], ["add", None], ["add", [False]], b"x"])
def test_what_is_no_tree_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="not an expression"):
        from_data(data)
