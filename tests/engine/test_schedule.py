from __future__ import annotations

from app.engine import define
from app.engine.expr import Name
from app.engine.listing import listing
from app.engine.lower import Lowered
from app.engine.program import Program
from app.engine.schedule import Block, Member, Schedule, members_of, runs, schedule, stackable, sum_terms
from tests.engine.test_adjoint import LSTM
from tests.engine.test_listing import read


def plan_of(text: str) -> Schedule:
    return schedule(program(text))


def program(text: str) -> Program:
    return define("t", text).program


def shown(items: tuple[Block | Lowered, ...]) -> list[str]:
    return [
        f"[{' '.join(m.target for m in item.members)}]" if isinstance(item, Block) else item.target for item in items
    ]


def block(text: str) -> Block:
    return next(item for item in plan_of(text).loop if isinstance(item, Block))


def test_the_gates_of_an_lstm_are_one_block() -> None:
    plan = plan_of(LSTM)
    assert (plan.ahead, plan.after) == ((), ())
    assert shown(plan.loop) == ["[i:in f:in o:in g:in]", "c", "h:tanh", "h"]
    members = list(members_of(plan))
    assert [m.activation for m in members] == ["i", "f", "o", "g"]
    assert [m.flipped for m in members] == [True, True, True, False]
    assert [[f"{listing(p.matrix)} @ {p.vector}" for p in m.products] for m in members] == [
        [f"U_{k} @ h_prev"] for k in "ifog"
    ]
    assert [[listing(term) for term in m.ahead] for m in members] == [[f"W_{k} @ x", f"b_{k}"] for k in "ifog"]
    assert [(m.function, first, stop) for m, first, stop in block(LSTM).runs()] == [("sigmoid", 0, 3), ("tanh", 3, 4)]


def test_what_reads_no_state_runs_ahead_and_what_no_state_needs_runs_after() -> None:
    plan = plan_of("z = tanh(W @ x)\nc = 0.5 * c_prev + z\ny = tanh(c)\nh = y * z")
    assert [each.target for each in plan.ahead] == ["z:in", "z"]
    assert shown(plan.loop) == ["c"]
    assert [each.target for each in plan.after] == ["y", "h"]


def test_a_state_that_reads_none_needs_no_loop() -> None:
    plan = plan_of("k = W @ x\nh = tanh(V @ k_prev)")
    assert ([each.target for each in plan.ahead], plan.loop) == (["k"], ())
    assert [each.target for each in plan.after] == ["h:in", "h"]


def test_products_with_what_the_loop_has_to_form_first_come_a_level_later() -> None:
    gru = """
        z = sigmoid(W_z @ x + U_z @ h_prev)
        r = sigmoid(W_r @ x + U_r @ h_prev)
        n = tanh(W_n @ x + U_n @ (r * h_prev))
        h = (1 - z) * n + z * h_prev
    """
    # r * h_prev is no name: its product is worked out by itself
    assert shown(plan_of(gru).loop) == ["[z:in r:in]", "n:in", "n", "h"]
    named = gru.replace("n = tanh(W_n @ x + U_n @ (r * h_prev))", "k = r * h_prev\nn = tanh(W_n @ x + U_n @ k)")
    assert shown(plan_of(named).loop) == ["[z:in r:in]", "k", "[n:in]", "h"]


def test_other_terms_keep_their_signs() -> None:
    (member,) = block("h = tanh(b - W @ x + U @ h_prev - p * h_prev - -(V @ x))").members
    assert [listing(term) for term in member.ahead] == ["b", "-(W @ x)", "V @ x"]
    assert [listing(term) for term in member.rest] == ["-(p * h_prev)"]


def test_a_product_that_is_taken_off_or_comes_twice_is_no_blocks() -> None:
    assert shown(plan_of("h = tanh(W @ x - U @ h_prev)").loop) == ["h:in", "h"]
    assert shown(plan_of("h = tanh(U @ h_prev + V @ h_prev)").loop) == ["h:in", "h"]


def test_only_what_nobody_else_reads_is_stored_with_the_opposite_sign() -> None:
    def flipped(text: str) -> dict[str, bool]:
        return {m.target: m.flipped for m in members_of(plan_of(text))}

    assert flipped("h = sigmoid(W @ x + U @ h_prev)") == {"h:in": True}
    assert flipped("h = tanh(W @ x + U @ h_prev)") == {"h:in": False}
    assert flipped("a = U @ h_prev\ni = sigmoid(a)\nh = i * a") == {"a": False}
    assert flipped("a = U @ i_prev\ni = sigmoid(a)\nh = a_prev") == {"a": False}
    assert flipped("h = U @ i_prev\ni = sigmoid(h)") == {"h": False}


def test_one_call_takes_only_what_it_may() -> None:
    """Equal functions in a row, but no two softmaxes, and none of another sign."""

    def calls(text: str) -> list[tuple[str | None, int, int]]:
        return [(m.function, first, stop) for m, first, stop in block(text).runs()]

    softmaxes = "a = softmax(U @ h_prev)\nb = softmax(V @ h_prev)\nh = a * b"
    assert calls(softmaxes) == [("softmax", 0, 1), ("softmax", 1, 2)]
    mixed = "a = U @ h_prev\ni = sigmoid(a)\nf = sigmoid(V @ h_prev)\nh = f * a + i"
    assert calls(mixed) == [("sigmoid", 0, 1), ("sigmoid", 1, 2)]
    alone = "a = U @ h_prev\nb = V @ h_prev\nh = a * b"
    assert calls(alone) == [(None, 0, 2)]


def test_stackable() -> None:
    def stacked(text: str) -> tuple[str, list[str], list[str]] | None:
        own = program(text)
        members: tuple[Member, ...] = tuple(members_of(schedule(own)))
        found = stackable(members, own.parameter)
        return found and (found[0], list(map(listing, found[1])), list(map(listing, found[2])))

    assert stacked(LSTM) == ("x", ["W_i", "W_f", "W_o", "W_g"], ["b_i", "b_f", "b_o", "b_g"])
    assert stacked("h = tanh(W @ x + U @ h_prev)") == ("x", ["W"], [])
    assert stacked("h = tanh(W @ x + U @ h_prev + b + d)") == ("x", ["W"], ["b + d"])
    # no input at all, two of them, a bias on one side only, something else, a parameter in place of an input
    assert stacked("h = tanh(U @ h_prev + b)") is None
    assert stacked("h = tanh(W @ x + V @ x + U @ h_prev)") is None
    assert stacked("a = tanh(W @ x + U @ h_prev + b)\nh = a * tanh(V @ x + R @ h_prev)") is None
    assert stacked("h = tanh(W @ x + U @ h_prev - b)") is None
    assert stacked("h = tanh(W @ p + U @ h_prev)\nk = p * h") is None


def test_summands_with_their_signs() -> None:
    found = sum_terms(read("a - (b - c) + -(d + e * f)"))
    assert [(sign, listing(term)) for sign, term in found] == [(1, "a"), (-1, "b"), (1, "c"), (-1, "d"), (-1, "e * f")]
    assert sum_terms(Name("a"), -1) == [(-1, Name("a"))]


def test_equal_neighbours() -> None:
    assert runs("aabca") == [("a", 0, 2), ("b", 2, 3), ("c", 3, 4), ("a", 4, 5)]
    assert runs("") == []
