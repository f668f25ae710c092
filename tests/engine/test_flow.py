from __future__ import annotations

from app.engine import define
from app.engine.expr import Apply, Name
from app.engine.flow import Flow, Linear, gradients, linear
from app.engine.listing import listing
from tests.engine.test_adjoint import LSTM, show
from tests.engine.test_listing import read


def flow(text: str, *outside: str) -> Flow:
    return Flow(define("t", text).program, outside)


def test_only_terms_by_which_something_arrives_are_kept() -> None:
    found = flow("c = 0.5 * c_prev + W @ x\nh = tanh(c)\ny = V @ h", "h")
    assert found.terms["y"] == []
    assert found.terms["V"] == []
    assert [show(term) for term in found.terms["h"]] == []
    assert [show(term) for term in found.terms["W"]] == ["sum(outer(∂c, x))"]
    nothing = flow("h = tanh(W @ x + U @ h_prev)")
    assert not any(nothing.terms.values())
    assert nothing.carried == ()


def test_states_carry_gradients_and_what_hangs_off_them_comes_late() -> None:
    found = flow(LSTM, "h")
    assert found.carried == ("c", "h")
    assert found.late == {"i:in", "f:in", "o:in", "g:in", "i", "f", "o", "g", "c", "h:tanh", "h"}
    gated = flow("z = tanh(W @ x)\nc = f * c_prev + z\ny = V @ c", "y")
    assert gated.carried == ("c",)
    assert gated.late == {"z:in", "z", "c"}


def test_a_gradient_that_is_an_elementwise_multiple_is_traced_to_its_root() -> None:
    found = flow(LSTM, "h")
    assert found.resolve("h") == ("h", ())
    root, factors = found.resolve("f:in")
    assert (root, [show(f) for f in factors]) == ("c", ["c_prev", "f", "(1 - f)"])
    root, factors = found.resolve("o:in")
    assert (root, [show(f) for f in factors]) == ("h", ["h:tanh", "o", "(1 - o)"])
    # what the loss touches itself is a root
    assert flow(LSTM, "h", "f").resolve("f:in")[0] == "f"


def test_a_sum_of_multiples_of_one_gradient_is_a_multiple() -> None:
    gated = flow("z = sigmoid(W @ x + U @ h_prev)\nh = (1 - z) * (V @ x) + z * h_prev", "h")
    root, factors = gated.resolve("z")
    assert (root, [show(f) for f in factors]) == ("h", ["(h_prev - (V @ x))"])
    assert gated.needed == ({"h"}, {"z:in"})
    # through two ways of different length
    two = flow("z = tanh(W @ x + U @ h_prev)\nh = z * tanh(0.5 * z)", "h")
    root, factors = two.resolve("z")
    assert root == "h"
    assert [show(f) for f in factors] == ["(h:tanh + ((z * (1 - (h:tanh * h:tanh))) * 0.5))"]
    # of two gradients
    assert flow(LSTM, "h", "c").resolve("o") == ("h", (Name("h:tanh"),))
    assert flow("z = tanh(W @ x)\na = z * a_prev\nh = z * h_prev + a", "h").resolve("z") == ("z", ())


def test_whose_gradients_a_vector_is_multiplied_with() -> None:
    assert flow(LSTM, "h").multiplied == {
        "x": {"i:in", "f:in", "o:in", "g:in"},
        "h_prev": {"i:in", "f:in", "o:in", "g:in"},
        "": {"i:in", "f:in", "o:in", "g:in"},
    }


def test_what_the_loop_has_to_form() -> None:
    assert flow(LSTM, "h").needed == ({"c", "h"}, {"i:in", "f:in", "o:in", "g:in"})
    # nothing comes back through a state that only the input fills
    assert flow("k = W @ x\nh = tanh(V @ k_prev)", "h").needed == (set(), set())


def test_a_term_taken_apart() -> None:
    g, u = Name("∂h"), Apply("transpose", (Name("U"),))
    f, one_less = read("f"), read("1 - f")
    product = Apply("matmul", (u, Apply("mul", (g, f))))
    assert linear(g) == Linear("h")
    assert linear(Apply("mul", (Apply("mul", (g, f)), one_less))) == Linear("h", (f, one_less))
    assert linear(Apply("mul", (f, g))) == Linear("h", (f,))
    assert linear(product) == Linear("h", (f,), Name("U"))
    assert linear(Apply("mul", (product, one_less))) == Linear("h", (f,), Name("U"), (one_less,))
    negated = linear(Apply("neg", (g,)))
    assert negated is not None
    assert [listing(factor) for factor in negated.factors] == ["-1"]
    # a second matrix, a sum and a product of two gradients are of another form
    assert linear(Apply("matmul", (Apply("transpose", (Name("V"),)), product))) is None
    assert linear(Apply("add", (g, g))) is None
    assert linear(Apply("mul", (g, g))) is None
    assert linear(f) is None


def test_gradients_in_an_expression() -> None:
    assert gradients(Apply("mul", (Name("∂h"), Apply("mul", (Name("o"), Name("∂c_prev")))))) == ["h", "c_prev"]
