from __future__ import annotations

from app.engine import define
from app.engine.expr import Name
from app.engine.listing import listing
from app.engine.lower import Lowered
from app.engine.program import Program
from app.engine.schedule import Block, Schedule, added, members_of, runs, schedule, sum_terms
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
    """The output gate first: on the way back it hangs off h, the other three off c, and those lie side by side."""
    plan = plan_of(LSTM)
    assert (plan.ahead, plan.after) == ((), ())
    assert shown(plan.loop) == ["[o:in i:in f:in g:in]", "c", "h:tanh", "h"]
    members = list(members_of(plan))
    assert [m.activation for m in members] == ["o", "i", "f", "g"]
    assert [m.flipped for m in members] == [True, True, True, False]
    assert [[f"{listing(p.matrix)} @ {p.vector}" for p in m.products] for m in members] == [
        [f"U_{k} @ h_prev"] for k in "oifg"
    ]
    assert [[listing(term) for term in m.ahead] for m in members] == [[f"W_{k} @ x", f"b_{k}"] for k in "oifg"]
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
        k = r * h_prev
        n = tanh(W_n @ x + U_n @ k)
        h = (1 - z) * n + z * h_prev
    """
    assert shown(plan_of(gru).loop) == ["[z:in r:in]", "k", "[n:in]", "h"]


def test_a_sum_with_a_product_ahead_is_worked_out_in_its_place() -> None:
    """W @ x goes where the loop adds the rest to it; without a product there is nothing to gain."""
    (member,) = block("s = W @ x + b + u * s_prev\nh = tanh(s)").members
    assert [listing(term) for term in member.ahead] == ["W @ x", "b"]
    assert (member.products, [(sign, listing(term)) for sign, term in member.rest]) == ((), [(1, "u * s_prev")])
    assert shown(plan_of("s = u * s_prev + b\nh = tanh(s)").loop) == ["s"]


def test_other_terms_keep_their_signs() -> None:
    (member,) = block("h = tanh(b - W @ x + U @ h_prev - p * h_prev - -(V @ x))").members
    assert [listing(term) for term in member.ahead] == ["b", "-(W @ x)", "V @ x"]
    assert [(sign, listing(term)) for sign, term in member.rest] == [(-1, "p * h_prev")]


def test_products_with_one_vector_are_one() -> None:
    def products(text: str) -> list[str]:
        return [f"{listing(p.matrix)} @ {p.vector}" for p in block(text).members[0].products]

    assert products("h = tanh(W @ x - U @ h_prev)") == ["-U @ h_prev"]
    assert products("h = tanh(U @ h_prev + V @ h_prev)") == ["U + V @ h_prev"]
    assert products("h = tanh(U @ h_prev - V @ h_prev + P @ k_prev)\nk = h") == ["U + -V @ h_prev", "P @ k_prev"]


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


def test_what_neighbours_have_ahead() -> None:
    def ahead(text: str) -> list[tuple[int, int, str | None, list[str], list[str]]]:
        return [
            (a.first, a.stop, a.source, list(map(listing, a.matrices)), list(map(listing, a.offsets)))
            for a in block(text).ahead
        ]

    assert ahead(LSTM) == [(0, 4, "x", ["W_o", "W_i", "W_f", "W_g"], ["b_o", "b_i", "b_f", "b_g"])]
    assert ahead("h = tanh(W @ x + U @ h_prev)") == [(0, 1, "x", ["W"], [])]
    assert ahead("h = tanh(W @ x + U @ h_prev + b + d)") == [(0, 1, "x", ["W"], ["b + d"])]
    assert ahead("h = tanh(U @ h_prev + b)") == [(0, 1, None, [], ["b"])]
    assert ahead("h = tanh(U @ h_prev)") == [(0, 1, None, [], [])]
    # a bias on one side only; a parameter in place of an input is none
    one_side = "a = tanh(W @ x + U @ h_prev + b)\nh = a * tanh(V @ x + R @ h_prev)"
    assert ahead(one_side) == [(0, 1, "x", ["W"], ["b"]), (1, 2, "x", ["V"], [])]
    # sums of another form
    for text in ("W @ x + V @ x", "W @ x - b", "W @ p", "2 * (W @ x)"):
        (found,) = block(f"h = tanh({text} + U @ h_prev)\nk = p * h").ahead
        assert not found.plain, text


def test_sums() -> None:
    assert added([]) is None
    assert added([Name("a")]) == Name("a")
    total = added(map(Name, "abc"))
    assert total is not None
    assert listing(total) == "a + b + c"


def test_summands_with_their_signs() -> None:
    found = sum_terms(read("a - (b - c) + -(d + e * f)"))
    assert [(sign, listing(term)) for sign, term in found] == [(1, "a"), (-1, "b"), (1, "c"), (-1, "d"), (-1, "e * f")]
    assert sum_terms(Name("a"), -1) == [(-1, Name("a"))]


def test_equal_neighbours() -> None:
    assert runs("aabca") == [("a", 0, 2), ("b", 2, 3), ("c", 3, 4), ("a", 4, 5)]
    assert runs("") == []
