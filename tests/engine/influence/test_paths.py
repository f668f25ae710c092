from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, NetworkError
from app.engine.influence.paths import Path, Paths
from app.engine.listing import listing
from tests.engine import bumped, wirings
from tests.engine.wirings import Array, Case


def short(paths: list[Path]) -> dict[tuple[str, str, str], Array]:
    found = {(path.kind, path.via.rpartition(".")[2], path.when): path.gradient for path in paths}
    assert len(found) == len(paths)
    return found


def paths_of(case: Case) -> Paths:
    """With something on the last values, too."""
    last = next(iter(list(case.trace.runs.values())[-1].stack.states.items()), None)
    lead = list(case.trace.runs.values())[-1].lead
    return Paths(case.trace, case.outside, last={last[0]: wirings.random(*lead, *last[1])} if last else None)


@pytest.mark.parametrize("name", wirings.ALL)
def test_all_paths_add_up_to_the_gradient(name: str) -> None:
    case = wirings.get(name)
    paths = paths_of(case)
    before, inputs = (f"{s}_prev" for s in case.network.states), (stack.input for stack in case.network.stacks.values())
    for symbol in (*case.network.values, *before, *inputs):
        found, wanted = paths.of(symbol), paths.gradient[symbol]
        assert all(path.gradient.shape == wanted.shape for path in found)
        total = np.sum([path.gradient for path in found], axis=0) if found else np.zeros_like(wanted)
        np.testing.assert_allclose(total, wanted, rtol=1e-13, atol=1e-14 * max(1, np.abs(wanted).max()), err_msg=symbol)


def test_an_lstms_memory_by_its_formulas() -> None:
    """dL/dc_t: through tanh(c), and along c through the next forget gate; dL/dh_t: through each of the next gates."""
    case = wirings.get("cell lstm")
    given = wirings.random(4, 3)
    paths, t = Paths(case.trace, {"h": given}), case.trace
    g = paths.gradient
    c, h = short(paths.of("c")), short(paths.of("h"))
    np.testing.assert_allclose(c["equation", "h:tanh", "now"], g["h"] * t["o"] * (1 - np.tanh(t["c"]) ** 2), rtol=1e-11)
    np.testing.assert_allclose(c["equation", "c", "next"][:-1], (g["c"] * t["f"])[1:], rtol=1e-11)
    assert set(c) == {("equation", "h:tanh", "now"), ("equation", "c", "next")}
    assert set(h) == {("loss", "", "now"), *(("equation", f"{k}:in", "next") for k in "ifog")}
    np.testing.assert_array_equal(h["loss", "", "now"], given)
    for k in "ifog":
        wanted = g[f"{k}:in"] @ case.parameters[f"main.1.forward.U_{k}"]
        np.testing.assert_allclose(h["equation", f"{k}:in", "next"][:-1], wanted[1:], rtol=1e-11, atol=1e-15)
        assert not h["equation", f"{k}:in", "next"][-1].any()
    along = next(path for path in paths.of("c") if path.when == "next")
    assert (along.via, along.of) == ("main.1.forward.c", "main.1.forward.c")
    assert [listing(term) for term in along.terms] == ["∂c * f"]
    gate = next(path for path in paths.of("h") if path.via.endswith("i:in"))
    assert (gate.of, len(gate.terms)) == ("main.1.forward.i", 1)


def test_peepholes_are_paths_of_their_own() -> None:
    case = wirings.get("cell lstm-peephole")
    found = {path.via.rpartition(".")[2]: path.when for path in Paths(case.trace, {"h": np.ones((4, 3))}).of("c")}
    assert found == {"h:tanh": "now", "o:in": "now", "c": "next", "f:in": "next", "i:in": "next"}


def test_terms_of_one_equation_are_one_path() -> None:
    case = wirings.get("cell read-twice")
    paths = Paths(case.trace, case.outside)
    assert [(p.via.rpartition(".")[2], len(p.terms)) for p in paths.of("f") if p.kind == "equation"] == [("h", 3)]
    before = {path.via.rpartition(".")[2]: path.when for path in paths.of("h_prev")}
    assert before == {"h": "now", "f:in": "now"}


def test_what_comes_from_elsewhere() -> None:
    fed = Paths(wirings.get("fed").trace, {"decoder.readout.y": np.ones((5, 4))})
    assert set(short(fed.of("decoder.readout.y"))) == {("loss", "", "now"), ("fed", "x", "next")}
    assert {path.via for path in fed.of("decoder.x")} == {f"decoder.1.forward.{k}:in" for k in "ifog"}
    assert ("part", "h", "next") in short(fed.of("encoder.h"))
    both = Paths(wirings.get("both").trace, {"readout.y": np.ones((4, 2))})
    assert both.of("1.backward.c")[0].via == "main.readout.forward.c"
    assert {path.via.rpartition(".")[0] for path in both.of("x")} == {"main.1.forward", "main.1.backward"}


@pytest.mark.parametrize("name", wirings.ALL)
def test_along_a_state_alone(name: str) -> None:
    """By the complex step, in a network where every other way through time of that layer is cut."""
    case = wirings.get(name)
    paths = Paths(case.trace, case.outside)
    for state in case.network.states:
        along = paths.along(state)
        assert along.state == state
        np.testing.assert_allclose(along.pure + along.rest, paths.gradient[state], rtol=1e-12, atol=1e-14)
        if case.trace.runs[state.partition(".")[0]].fed is not None:
            continue  # what is fed back counts as coming from outside, and this oracle cuts it, too
        moved = bumped.by_value(case.trace, state, along=state)
        wanted = sum(
            np.einsum("t...m,ts...mn->s...n", given, bumped.matrices(moved, of, state)) for of, given in case.outside.items()
        )
        np.testing.assert_allclose(along.pure, wanted, rtol=1e-10, atol=1e-12, err_msg=state)


def test_the_pure_way_of_an_lstm_is_the_product_of_its_forget_gates() -> None:
    for name in ("cell lstm", "cell lstm-peephole", "cell lstm-no-forget"):
        case = wirings.get(name)
        given = wirings.random(4, 3)
        t, along = case.trace, Paths(case.trace, {"h": given}).along("c")
        slope = t["o"] * (1 - np.tanh(t["c"]) ** 2)
        enters = given * slope
        if "peephole" in name:
            enters = enters + given * np.tanh(t["c"]) * t["o"] * (1 - t["o"]) * case.parameters["main.1.forward.p_o"]
        forget = t["f"] if "main.1.forward.f" in case.network.values else np.ones((4, 3))
        pure = [sum(np.prod(forget[s + 1 : u + 1], axis=0) * enters[u] for u in range(s, 4)) for s in range(4)]
        np.testing.assert_allclose(along.pure, pure, rtol=1e-11, err_msg=name)
        assert np.abs(along.rest[0]).max() > 1e-6
        assert np.abs(along.rest[-1]).max() < 1e-15


def test_a_gru_goes_along_h_by_its_update_gate() -> None:
    case = wirings.get("cell gru")
    given = np.zeros((4, 3))
    given[3] = 1
    along = Paths(case.trace, {"h": given}).along("h")
    written = next(e for e in case.network.places[0].program.equations if e.target == "h")
    z = case.trace["z"] if "z * h_prev" in listing(written.expr).replace("(1 - z) * h_prev", "") else 1 - case.trace["z"]
    np.testing.assert_allclose(along.pure[0], np.prod(z[1:], axis=0), rtol=1e-12)


def test_a_shut_gate_lets_nothing_through() -> None:
    network = Network([Layer(load("lstm"), 1)], 1)
    weights = {name: np.zeros(shape) for name, shape in network.parameters.items()}
    weights["main.1.forward.b_f"][0] = -800
    paths = Paths(network.run(weights, np.ones((3, 1))), {"c": np.ones((3, 1))})
    assert paths.along("c").pure.tolist() == [[1], [1], [1]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Paths(wirings.get("forward").trace, {"q": np.ones((4, 3))}), "nothing here is called 'q'"),
        (lambda: Paths(wirings.get("forward").trace, {"h": np.ones((3, 3))}), "'h' has the shape"),
        (lambda: Paths(wirings.get("forward").trace, {}).of("U_i"), "'U_i' is a parameter and has no value of its own"),
        (lambda: Paths(wirings.get("forward").trace, {}).of("nothing"), "nothing here is called 'nothing'"),
        (lambda: Paths(wirings.get("forward").trace, {}).along("i"), "'i' is not one of the states"),
    ],
)  # fmt: skip
def test_what_is_refused(call: object, message: str) -> None:
    assert callable(call)
    with pytest.raises(NetworkError, match=message):
        call()
