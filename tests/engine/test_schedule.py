from __future__ import annotations

import pytest

from app.engine import define
from app.engine.expr import Apply, Name
from app.engine.listing import listing
from app.engine.schedule import Block, Schedule, members_of, runs, schedule, stackable, sum_terms
from tests.engine import texts
from tests.engine.test_listing import read


def plan_of(name: str) -> Schedule:
    return schedule(texts.cell(name)[0].program)


def outline(plan: Schedule) -> tuple[list[str], list[object], list[str]]:
    """Targets before, in and after the loop; blocks as lists."""
    loop = [[m.target for m in item.members] if isinstance(item, Block) else item.target for item in plan.loop]
    return [e.target for e in plan.ahead], loop, [e.target for e in plan.after]


OUTLINES: dict[str, tuple[list[str], list[object], list[str]]] = {
    "lstm": ([], [["i:in", "f:in", "o:in", "g:in"], "c", "h:tanh", "h"], []),
    "linear-rnn": ([], [["h"]], []),
    "memory-cell": (["z", "i:in", "i", "f:in", "f", "o:in", "o"], ["c"], ["y"]),
    "gru-before": ([], [["r:in", "z:in"], "n:in", "n", "h"], []),
    "gru-after": ([], [["r:in", "z:in"], "n:in", "n", "h"], []),
    "peephole": ([], [["i:in", "f:in", "g:in"], "c", ["o:in"], "h:tanh", "h"], []),
    "no-memory": (["h:in", "h"], [], []),
    "clockwork": (["m"], [["n:in"], "h"], []),
    "scrn": ([], ["s", ["h:in"]], []),
    "outside-only": (["y:every"], [["h:in"]], ["y:sigmoid:in", "y:sigmoid", "y"]),
}


@pytest.mark.parametrize("name", OUTLINES)
def test_what_runs_before_in_and_after_the_loop(name: str) -> None:
    assert outline(plan_of(name)) == OUTLINES[name]


@pytest.mark.parametrize("name", texts.ALL)
def test_every_equation_runs_once_and_after_what_it_reads(name: str) -> None:
    program = texts.cell(name)[0].program
    plan = schedule(program)
    order = [e.target for e in plan.ahead]
    for item in plan.loop:
        if isinstance(item, Block):
            order += [m.target for m in item.members] + [m.activation for m in item.members if m.activation]
        else:
            order.append(item.target)
    order += [e.target for e in plan.after]
    assert sorted(order) == sorted(e.target for e in program.lowered if e.target not in program.fixed)
    for each in program.lowered:
        if each.target in order:
            before = {name for name in order[: order.index(each.target)]}
            read_now = {n.id for n in _names(each.expr)} & set(order)
            assert read_now <= before, each.target


def _names(expr: object) -> list[Name]:
    match expr:
        case Name():
            return [expr]
        case Apply(_, args):
            return [name for arg in args for name in _names(arg)]
    return []


def test_sigmoids_are_stored_side_by_side_with_their_sign_turned() -> None:
    block = plan_of("lstm").loop[0]
    assert isinstance(block, Block)
    assert [(m.target, m.activation, m.function, m.flipped) for m in block.members] == [
        ("i:in", "i", "sigmoid", True),
        ("f:in", "f", "sigmoid", True),
        ("o:in", "o", "sigmoid", True),
        ("g:in", "g", "tanh", False),
    ]
    assert [(first.target, a, b) for first, a, b in block.runs()] == [("i:in", 0, 3), ("g:in", 3, 4)]


def test_a_softmax_is_taken_of_one_vector_alone() -> None:
    cell = define("two", "a = softmax(W @ x + U @ h_prev)\nb = softmax(V @ x + R @ h_prev)\nh = a * b")
    (block, *_) = schedule(cell.program).loop
    assert isinstance(block, Block)
    assert [(first.target, a, b) for first, a, b in block.runs()] == [("a:in", 0, 1), ("b:in", 1, 2)]


@pytest.mark.parametrize(
    "text", ["s = W @ x + U @ s_prev\nh = sigmoid(s)", "y = W @ x + U @ a_prev\na = sigmoid(y)", "s = U @ a_prev\na = sigmoid(s)\nh = a * s"]
)
def test_what_is_read_elsewhere_keeps_its_sign(text: str) -> None:
    assert [m.flipped for m in members_of(schedule(define("kept", text).program))] == [False]


def test_what_a_member_adds_up() -> None:
    cell = define("parts", "h = tanh(W @ x - b + U @ h_prev - V @ h_prev + p * h_prev)")
    (member,) = members_of(schedule(cell.program))
    assert [listing(e) for e in member.ahead] == ["W @ x", "-b"]
    assert [(listing(p.matrix), p.vector) for p in member.products] == [("U", "h_prev")]
    assert [listing(e) for e in member.rest] == ["-(V @ h_prev)", "p * h_prev"]


def test_two_products_with_one_vector_are_no_block() -> None:
    assert list(members_of(plan_of("two-products"))) == []


def test_summands_with_their_signs() -> None:
    found = [(sign, listing(e)) for sign, e in sum_terms(read("a - (b - c * d) + -(e + f)"))]
    assert found == [(1, "a"), (-1, "b"), (1, "c * d"), (-1, "e"), (-1, "f")]


def test_equal_neighbours() -> None:
    assert runs("aabba") == [("a", 0, 2), ("b", 2, 4), ("a", 4, 5)]
    assert runs("") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("h = tanh(W @ x + U @ h_prev + b)", ("x", ["W"], ["b"])),
        ("h = tanh(b + W @ x + U @ h_prev + d)", ("x", ["W"], ["b + d"])),
        ("h = W @ x + U @ h_prev", ("x", ["W"], [])),
        ("h = tanh((2 * W) @ x + U @ h_prev)", ("x", ["2 * W"], [])),
        ("h = U @ h_prev + b", None),
        ("h = W @ x + V @ x + U @ h_prev", None),
        ("h = W @ x + U @ h_prev - b", None),
        ("h = W @ x + U @ h_prev + 1", None),
        ("k = 2\nh = W @ x + U @ h_prev + k", None),
        ("a = tanh(W @ x + U @ h_prev + b)\nc = tanh(V @ x + R @ h_prev)\nh = a * c", None),
        ("q = tanh(P @ x)\na = tanh(W @ x + U @ h_prev)\nc = tanh(V @ q + R @ h_prev)\nh = a * c", None),
    ],
)
def test_what_goes_into_one_product_ahead_of_the_loop(text: str, expected: tuple[str, list[str], list[str]] | None) -> None:
    program = define("stacked", text).program
    members = tuple(members_of(schedule(program)))
    found = stackable(members, program.parameter)
    said = None if found is None else (found[0], [listing(e) for e in found[1]], [listing(e) for e in found[2]])
    assert said == expected
