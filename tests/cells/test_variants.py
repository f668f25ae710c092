"""What sets the cells apart: how many numbers each learns, which are the same in other letters, and the one thing that differs."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, Trace, define
from tests.cells.written import Array
from tests.engine import reference, texts

#: inputs and units of the table in the literature, and the number of parameters that each cell has there
SIZES = [(3, 1), (2, 2), (8, 64), (28, 64)]
COUNTS = {
    "simple-rnn": [5, 10, 4672, 5952],
    "lstm": [20, 40, 18688, 23808],
    # as PyTorch and Keras count theirs: each block has two biases
    "gru-reset-after": [18, 36, 14208, 18048],
    "gru": [15, 30, 14016, 17856],
    "lstm-peephole": [23, 46, 18880, 24000],
    "lstm-full-peephole": [24, 56, 35072, 40192],
    "lstm-coupled": [15, 30, 14016, 17856],
}


@pytest.mark.parametrize("name", COUNTS)
def test_parameters_are_counted_as_in_the_literature(name: str) -> None:
    found = [
        sum(array.size for array in Network([Layer(load(name), units)], inputs).initial().values())
        for inputs, units in SIZES
    ]
    assert found == COUNTS[name]


@pytest.mark.parametrize(
    ("name", "counts"), [("lstm", [24, 48, 18944, 24064]), ("simple-rnn", [6, 12, 4736, 6016]), ("gru", [18, 36, 14208, 18048])]
)
def test_with_two_biases_they_are_counted_as_in_pytorch(name: str, counts: list[int]) -> None:
    lines = [line for line in load(name).text.splitlines() if not line.startswith(("#", "start"))]
    cell = define("mine", re.sub(r"\bb(_\w)?\b", r"b\1 + d\1", "\n".join(lines)))
    for (inputs, units), count in zip(SIZES, counts, strict=True):
        assert sum(array.size for array in Network([Layer(cell, units)], inputs).initial().values()) == count


@pytest.mark.parametrize(("one", "other", "factor"), [("lstm", "simple-rnn", 4), ("gru", "simple-rnn", 3), ("gru", "lstm", 3 / 4)])
def test_blocks_of_parameters(one: str, other: str, factor: float) -> None:
    for position in range(len(SIZES)):
        assert COUNTS[one][position] == factor * COUNTS[other][position]


def numbers(name: str, units: int = 4, length: int = 5) -> tuple[Network, dict[str, Array], Array]:
    """A layer of a shipped cell with three inputs, and numbers for it of which no two are alike."""
    random = np.random.default_rng(5)
    cell = load(name)
    network = Network([Layer(cell, units, **{size: texts.SIZES[size] for size in cell.extra_sizes})], 3)
    return network, {k: random.normal(size=v.shape) for k, v in network.initial().items()}, random.normal(size=(length, 3))


Rename = Callable[[dict[str, Array]], dict[str, Array]]
#: a cell, another, how the first one's parameters are the other's, and the value that then is the same
SAME: list[tuple[str, str, Rename, str, str]] = [
    ("simple-rnn", "simple-rnn-wh-wx", lambda p: {"W_x": p["W"], "W_h": p["U"], "b": p["b"]}, "h", "h"),
    ("simple-rnn-uwv", "simple-rnn", lambda p: {"W": p["U"], "U": p["W"], "b": np.zeros(4)}, "s", "h"),
    ("elman", "simple-rnn", lambda p: {k: p[k] for k in ("W", "U", "b")}, "a", "h"),
    ("lstm", "lstm-long-short", lambda p: p, "h", "h"),
    ("lstm", "lstm-peephole", lambda p: p | {f"p_{k}": np.zeros(4) for k in "ifo"}, "h", "h"),
    ("lstm", "lstm-full-peephole", lambda p: p | {f"P_{k}": np.zeros((4, 4)) for k in "ifog"}, "h", "h"),
    # a forget gate that is always open is none
    ("lstm-no-forget", "lstm", lambda p: p | {"W_f": np.zeros((4, 3)), "U_f": np.zeros((4, 4)), "b_f": np.full(4, 1e3)}, "h", "h"),
    # sigmoid(-a) is 1 - sigmoid(a): with the signs of one gate turned round, one convention is the other
    ("gru", "gru-flipped", lambda p: {k: -v if k.endswith("_z") else v for k, v in p.items()}, "h", "h"),
    ("lstm-coupled", "lstm", lambda p: p | {f"{k}_f": -p[f"{k}_i"] for k in "WUb"}, "c", "c"),
    # one gate in both places
    ("minimal-gated", "gru-flipped", lambda p: {**{f"{k}_{g}": p[f"{k}_f"] for k in "WUb" for g in "rz"},
                                                **{f"{k}_n": p[f"{k}_n"] for k in "WUb"}}, "h", "h"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "rename", "value", "as_value"), SAME, ids=[f"{row[0]} {row[1]}" for row in SAME])
def test_the_same_in_other_letters(one: str, other: str, rename: Rename, value: str, as_value: str) -> None:
    network, parameters, xs = numbers(one)
    expected = network.run(parameters, xs)[value]
    again, _, _ = numbers(other)
    np.testing.assert_allclose(again.run(rename(parameters), xs)[as_value], expected, rtol=1e-12, atol=1e-14)
    assert np.abs(expected).min() > 1e-6


def grus(reset: float) -> tuple[Trace, Trace]:
    """Both forms of the unit on the same numbers, the bias of the reset gate moved."""
    after, parameters, xs = numbers("gru-reset-after")
    parameters["b_r"] += reset
    merged = {k: v + parameters[f"d_{k[2:]}"] if k[0] == "b" else v for k, v in parameters.items() if k[0] != "d"}
    return numbers("gru")[0].run(merged, xs), after.run(parameters, xs)


def test_reset_before_and_after_the_matrix_are_two_cells() -> None:
    before, after = grus(0)
    assert np.abs(before["h"] - after["h"]).max() > 0.1
    # they meet where nothing is reset
    before, after = grus(1000)
    np.testing.assert_allclose(before["h"], after["h"], rtol=1e-12)
    # and not where everything is, since one of them forgets a bias too
    before, after = grus(-1000)
    assert np.abs(before["h"] - after["h"]).max() > 0.1


def test_input_and_forget_gate_coupled_are_one_together() -> None:
    network, parameters, xs = numbers("lstm-coupled")
    trace = network.run(parameters, xs)
    assert (trace["i"] + trace["f"]).tolist() == np.ones((5, 4)).tolist()


def test_without_a_forget_gate_what_is_written_stays() -> None:
    for name in ("lstm-no-forget", "lstm-1997"):
        network, parameters, xs = numbers(name, length=400)
        xs[5:] = 0
        weights = {k: np.zeros_like(v) if k[0] == "b" or k[0] == "U" else v for k, v in parameters.items()}
        trace = network.run(weights, xs)
        assert np.abs(trace["c"][4]).min() > 1e-3
        assert trace["c"][-1].tolist() == trace["c"][4].tolist()


def test_the_ranges_of_1997() -> None:
    network, parameters, xs = numbers("lstm-1997")
    trace = network.run({k: 50 * v for k, v in parameters.items()}, xs)
    assert trace["g"].min() == pytest.approx(-2, abs=1e-9)
    assert trace["g"].max() == pytest.approx(2, abs=1e-9)
    assert np.abs(trace["h"]).max() < 1
    assert network.places[0].program.value["g"].range == (-2, 2)
    np.testing.assert_allclose(trace["g"], 2 * np.tanh(trace["g:sigmoid:in"] / 2), rtol=1e-9)
    np.testing.assert_allclose(trace["h"], trace["o"] * np.tanh(trace["c"] / 2), rtol=1e-9, atol=1e-15)


def direct(network: Network, trace: Trace, of: str, symbol: str) -> Array:
    """d(of)/d(symbol) at the same step, the sum over the units of `of`, at the last step of the sequence."""
    outside = np.zeros_like(trace[of])
    outside[-1] = 1
    return np.asarray(trace.gradient({of: outside})[symbol][-1])


def test_what_a_use_gate_of_its_own_writes_cannot_be_read_at_once() -> None:
    network, parameters, xs = numbers("lstm-use-gate")
    trace = network.run(parameters, xs)
    assert not direct(network, trace, "h", "l").any()
    assert direct(network, trace, "h", "k").all()
    network, parameters, xs = numbers("lstm-long-short")
    assert direct(network, network.run(parameters, xs), "h", "l").all()


def test_which_memory_an_output_gate_sees() -> None:
    # what is written at a step reaches the output gate of that step through Gers' peephole, and not through whole matrices
    network, parameters, xs = numbers("lstm-peephole")
    assert direct(network, network.run(parameters, xs), "o", "g").all()
    network, parameters, xs = numbers("lstm-full-peephole")
    assert not direct(network, network.run(parameters, xs), "o", "g").any()


def test_what_is_remembered() -> None:
    """Elman's network goes on with its hidden layer, Jordan's with its output, and one without a memory with nothing."""
    for name, state in (("elman", "a"), ("jordan", "y")):
        network, parameters, xs = numbers(name)
        trace = network.run(parameters, xs)
        assert list(trace.before) == [network.full(state)]
        outside = np.zeros_like(trace["a"])
        outside[-1] = 1
        gradient = trace.gradient({"a": outside})
        assert gradient["a"][-2].all()
        assert gradient["y"][-2].any() == (state == "y")
    network, parameters, xs = numbers("feed-forward")
    there, back = network.run(parameters, xs)["h"], network.run(parameters, xs[::-1].copy())["h"]
    assert there.tolist() == back[::-1].tolist()


def test_a_recurrent_network_of_rectified_linear_units_starts_as_a_sum() -> None:
    network = Network([Layer(load("relu-rnn"), 100)], 3)
    start = network.initial(3)
    assert start["U"].tolist() == np.eye(100).tolist()
    assert not start["b"].any()
    assert start["W"].std() == pytest.approx(1e-3, rel=0.1)
    trace = network.run(start | {"W": np.abs(start["W"])}, np.ones((50, 3)))
    np.testing.assert_allclose(trace["h"][-1], 50 * trace["h"][0], rtol=1e-12)


def clockwork(units: int = 6) -> tuple[Network, dict[str, Array]]:
    network = Network([Layer(load("clockwork-rnn"), units)], 1)
    random = np.random.default_rng(2)
    return network, {k: random.normal(size=v.shape) for k, v in network.initial().items()}


def test_the_modules_of_a_clockwork_network_run_at_their_own_pace() -> None:
    network, parameters = clockwork()
    trace = network.run(parameters, np.random.default_rng(0).normal(size=(9, 1)))
    active = [{1, 2, 4}, {1}, {1, 2}, {1}, {1, 2, 4}, {1}, {1, 2}, {1}, {1, 2, 4}]
    for t, row in enumerate(trace["m"].reshape(9, 3, 2)):
        assert row[:, 0].tolist() == row[:, 1].tolist() == [float(period in active[t]) for period in (1, 2, 4)]
        changed = (trace["h"][t] != trace.before["h"][t]).reshape(3, 2)
        assert changed.tolist() == [[period in active[t]] * 2 for period in (1, 2, 4)]


def test_a_module_hears_itself_whole_and_the_slower_ones() -> None:
    network, parameters = clockwork()
    trace = network.run(parameters, np.random.default_rng(0).normal(size=(9, 1)))
    heard = trace.gradient({"h": np.ones((9, 6))}).parameters["U"] != 0
    # blocks and not a triangle of single units: both units of a module hear each other
    assert heard.tolist() == np.kron(np.triu(np.ones((3, 3))), np.ones((2, 2))).astype(bool).tolist()
    other = np.where(heard, parameters["U"], 1e6)
    again = network.run({**parameters, "U": other}, np.random.default_rng(0).normal(size=(9, 1)))
    assert again["h"].tolist() == trace["h"].tolist()


def test_units_that_no_three_modules_can_share_are_refused() -> None:
    with pytest.raises(ValueError, match="4 units cannot be divided into 3 equal groups"):
        Network([Layer(load("clockwork-rnn"), 4)], 1)


def test_a_context_changes_slowly_and_is_read_at_once() -> None:
    network = Network([Layer(load("scrn"), 1, context=1)], 1)
    zero, one = np.zeros((1, 1)), np.ones((1, 1))
    trace = network.run({"B": one, "P": one, "A": zero, "R": zero}, np.ones((5, 1)))
    np.testing.assert_allclose(trace["s"][:, 0], [0.05, 0.0975, 0.142625, 0.18549375, 0.2262190625], rtol=1e-12)
    # the hidden state reads the context of this step, not of the one before
    np.testing.assert_allclose(trace["h"], 1 / (1 + np.exp(-trace["s"])), rtol=1e-12)
    fading = network.run({"B": zero, "P": one, "A": zero, "R": zero}, np.zeros((50, 1)), initial={"s": [1.0]})
    assert fading["s"][-1, 0] == pytest.approx(0.95**50, rel=1e-12)
    assert fading["s"][-1, 0] == pytest.approx(0.077, abs=5e-4)
    assert fading["s"][12, 0] > 0.5 > fading["s"][13, 0]


def test_the_context_has_a_size_of_its_own() -> None:
    network = texts.network("scrn")
    assert {name: network.parameters[network.full(name)] for name in network.initial()} == {
        "B": (2, 2), "P": (3, 2), "A": (3, 2), "R": (3, 3),
    }  # fmt: skip
    trace = network.run(network.initial(), np.ones((4, 2)))
    assert (trace["s"].shape, trace["h"].shape) == ((4, 2), (4, 3))


@pytest.mark.parametrize(
    ("line", "of"),
    [
        ("clip(0.2 * v + 0.5, 0, 1)", lambda v: np.minimum(np.maximum(0.2 * v + 0.5, 0), 1)),
        ("relu(v) - 0.01 * relu(-v)", lambda v: np.where(v < 0, 0.01 * v, v)),
        ("relu(v) + 1.5 * (exp(-relu(-v)) - 1)", lambda v: np.where(v < 0, 1.5 * (np.exp(v) - 1), v)),
        ("v * step(v - 0.5)", lambda v: np.where(v > 0.5, v, 0)),
        ("1.5 * tanh(0.5 * v)", lambda v: 1.5 * np.tanh(0.5 * v)),
        ("0.7 * v + 0.1", lambda v: 0.7 * v + 0.1),
        ("softsign(v)", lambda v: v / (1 + np.abs(v))),
        ("0.5 * softplus(2 * v)", lambda v: 0.5 * np.log(np.exp(2 * v) + 1)),
    ],
)
def test_activations_of_other_libraries_are_lines_of_text(line: str, of: Callable[[Array], Array]) -> None:
    """ONNX's HardSigmoid, LeakyRelu, Elu, ThresholdedRelu, ScaledTanh, Affine, Softsign and a scaled Softplus."""
    for text in (f"v = 3 * (W @ x) + U @ h_prev\nh = {line}", f"v[inputs] = 2 * x\na[inputs] = {line}\nh = W @ a + 0.1 * h_prev"):
        network = Network([Layer(define("mine", text), 3)], 2)
        given = reference.numbers(network, 4, 6, (2,), share=1.0)
        trace = network.run(given.parameters, given.inputs, initial=given.initial)
        np.testing.assert_allclose(trace["a" if "a[" in text else "h"], of(trace["v"]), rtol=1e-12, atol=1e-15)
        reference.same(reference.found(network, given), reference.expected(network, given))
