from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, NetworkError, Part, define
from tests.cells.written import complex_step
from tests.engine import seq2seq
from tests.engine.seq2seq import Array

DIRECTIONS = ("forward", "backward", "both")


@pytest.fixture(params=DIRECTIONS)
def direction(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def random(*shape: int, seed: int = 1) -> Array:
    return np.random.default_rng(seed).normal(size=shape)


def test_last_states_start_the_next_part(direction: str) -> None:
    network = seq2seq.network(direction)
    p, xs, ys = seq2seq.parameters(network), random(5, 2), random(3, 4, seed=2)
    trace = network.run(p, {"encoder": xs, "decoder": ys})
    for name, array in seq2seq.by_hand(p, xs, ys, direction).items():
        np.testing.assert_allclose(trace[name], array, rtol=1e-13)
    states = ["encoder.1.forward.c", "encoder.1.backward.c"] if direction == "both" else ["encoder.c"]
    np.testing.assert_array_equal(trace.before["decoder.c"][0], np.concatenate([trace.last[name] for name in states]))
    if direction != "forward":  # what a backward layer read last stands at the sequence's first step
        np.testing.assert_array_equal(trace.last[states[-1]], trace[states[-1]][0])
        assert np.abs(trace[states[-1]][-1] - trace.last[states[-1]]).max() > 0.01
    assert trace.length == 3
    assert trace.lengths == {"encoder": 5, "decoder": 3}


def test_gradients_go_from_the_decoder_into_the_encoder(direction: str) -> None:
    network = seq2seq.network(direction)
    p, xs, ys = seq2seq.parameters(network), random(4, 2), random(3, 4, seed=2)
    outside = {"decoder.readout.y": random(3, 4, seed=3), "decoder.c": random(3, 6 if direction == "both" else 3, seed=4)}
    trace = network.run(p, {"encoder": xs, "decoder": ys})
    gradient = trace.gradient(outside)

    def loss(p: dict[str, Array], xs: Array, ys: Array) -> Any:
        values = seq2seq.by_hand(p, xs, ys, direction)
        return sum(np.sum(given * values[name]) for name, given in outside.items())

    for name, array in p.items():
        wanted = complex_step(lambda a, n=name: loss({**p, n: a}, xs, ys), array)  # type: ignore[misc]
        np.testing.assert_allclose(gradient.parameters[name], wanted, rtol=1e-10, atol=1e-12, err_msg=name)
    np.testing.assert_allclose(gradient["encoder.x"], complex_step(lambda a: loss(p, a, ys), xs), rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(gradient.inputs, complex_step(lambda a: loss(p, xs, a), ys), rtol=1e-10, atol=1e-13)
    stretches = list(trace.gradient_frames(outside, 2))
    assert [(first, stop) for first, stop, _ in stretches] == [(1, 3), (0, 1)]
    for name, array in gradient.parameters.items():
        np.testing.assert_allclose(stretches[-1][2].parameters[name], array, rtol=1e-12, atol=1e-14)


def test_a_batch_with_lengths_of_its_own_in_each_part(direction: str) -> None:
    network = seq2seq.network(direction)
    p, xs, ys = seq2seq.parameters(network), random(4, 2, 2), random(3, 2, 4, seed=2)
    outside = random(3, 2, 4, seed=3)
    lengths = {"encoder": [4, 2], "decoder": [1, 3]}
    trace = network.run(p, {"encoder": xs, "decoder": ys}, lengths=lengths)
    gradient = trace.gradient({"decoder.readout.y": outside})
    totals: dict[str, Any] = {}
    for n in range(2):
        t, u = lengths["encoder"][n], lengths["decoder"][n]
        alone = network.run(p, {"encoder": xs[:t, n], "decoder": ys[:u, n]})
        np.testing.assert_allclose(trace["decoder.readout.y"][:u, n], alone["decoder.readout.y"], rtol=1e-13)
        each = alone.gradient({"decoder.readout.y": outside[:u, n]})
        np.testing.assert_allclose(gradient["encoder.x"][:t, n], each["encoder.x"], rtol=1e-10, atol=1e-14)
        assert not gradient["encoder.x"][t:, n].any()
        totals = {name: totals.get(name, 0) + array for name, array in each.parameters.items()}
    for name, array in gradient.parameters.items():
        np.testing.assert_allclose(array, totals[name], rtol=1e-10, atol=1e-13, err_msg=name)


def test_a_start_that_is_given_is_not_handed_on() -> None:
    network = seq2seq.network()
    p, xs, ys = seq2seq.parameters(network), random(4, 2), random(3, 4, seed=2)
    trace = network.run(p, {"encoder": xs, "decoder": ys}, initial={"decoder.c": [1, 2, 3]})
    assert trace.before["decoder.c"][0].tolist() == [1, 2, 3]
    np.testing.assert_array_equal(trace.before["decoder.h"][0], trace.last["encoder.h"])
    gradient = trace.gradient({"decoder.c": np.ones((3, 3))})
    assert gradient.initial["decoder.c"].all()
    np.testing.assert_array_equal(gradient["encoder.h"][-1], gradient.initial["decoder.h"])


def test_any_value_may_start_a_state_and_several_side_by_side() -> None:
    start = {"h": ["encoder.readout.v"], "c": ("encoder.1.backward.h", "encoder.1.forward.g")}
    first = replace(seq2seq.encoder("both"), readout="v[code] = R @ h", sizes={"code": 6})
    network = Network.of([first, seq2seq.decoder(6, start=start)])
    p, xs, ys = seq2seq.parameters(network), random(4, 2), random(3, 4, seed=2)
    trace = network.run(p, {"encoder": xs, "decoder": ys})
    np.testing.assert_array_equal(trace.before["decoder.h"][0], trace["encoder.readout.v"][-1])
    wanted = np.concatenate([trace["encoder.1.backward.h"][0], trace["encoder.1.forward.g"][-1]])
    np.testing.assert_array_equal(trace.before["decoder.c"][0], wanted)
    gradient = trace.gradient({"decoder.h": random(3, 6, seed=5)})
    np.testing.assert_array_equal(gradient["encoder.readout.v"][-1], gradient.initial["decoder.h"])


def test_three_parts_in_a_row_and_across() -> None:
    cell = load("simple-rnn")
    parts = [
        Part((Layer(cell, 2),), 1, name="a"),
        Part((Layer(cell, 2),), 1, name="b", start="a"),
        Part((Layer(cell, 4),), 1, name="c", start={"h": ["a.h", "b.h"]}),
    ]
    network = Network.of(parts)
    p = seq2seq.parameters(network)
    xs = {name: random(3, 1, seed=n) for n, name in enumerate("abc")}
    gradient = network.run(p, xs).gradient({"c.h": random(3, 4, seed=9)})
    way = {name: random(*array.shape, seed=7) for name, array in p.items()}

    def at(distance: float) -> float:
        moved = network.run({name: array + distance * way[name] for name, array in p.items()}, xs)
        return float(np.sum(random(3, 4, seed=9) * moved["c.h"]))

    slope = (at(-2e-4) - 8 * at(-1e-4) + 8 * at(1e-4) - at(2e-4)) / 12e-4
    assert slope == pytest.approx(sum(np.sum(gradient.parameters[name] * each) for name, each in way.items()), rel=1e-8)


# parameters in common


def test_tied_layers_share_their_parameters() -> None:
    cell = load("lstm")
    tied = Network.of([Part((Layer(cell, 2), Layer(cell, 2)), 2)], {"2": "1"})
    loose = Network([Layer(cell, 2), Layer(cell, 2)], 2)
    assert list(tied.parameters) == [name for name in loose.parameters if name.startswith("main.1.")]
    p, xs, outside = seq2seq.parameters(tied), random(4, 2), {"2.h": random(4, 2, seed=2)}
    both = p | {name.replace("main.1", "main.2"): array for name, array in p.items()}
    one, two = tied.run(p, xs), loose.run(both, xs)
    np.testing.assert_array_equal(one["2.h"], two["2.h"])
    ours, theirs = one.gradient(outside).parameters, two.gradient(outside).parameters
    for name in p:
        np.testing.assert_allclose(ours[name], theirs[name] + theirs[name.replace("main.1", "main.2")], rtol=1e-12)
    assert set(tied.initial()) == {tied.short(name) for name in tied.parameters}
    again = Network.from_description(tied.description, load)
    assert again.parameters == tied.parameters
    with pytest.raises(NetworkError, match=r"'2\.U_i' is not one of the parameters"):
        tied.run({**p, "2.U_i": np.zeros((2, 2))}, xs)
    with pytest.raises(NetworkError, match=r"'2\.U_i' is a parameter and has no value"):
        one["2.U_i"]


def test_single_parameters_may_be_tied_across_parts_and_to_a_readout() -> None:
    tied = {"decoder.W_i": "encoder.W_i", "decoder.readout.V": "decoder.U_g"}
    parts = [seq2seq.encoder(), replace(seq2seq.decoder(start="encoder"), inputs=2, sizes={"outputs": 3})]
    network = Network.of(parts, tied)
    assert "decoder.readout.forward.V" not in network.parameters
    p, xs, ys = seq2seq.parameters(network), random(4, 2), random(3, 2, seed=2)
    outside = {"decoder.readout.y": random(3, 3, seed=3)}
    full = p | {"decoder.1.forward.W_i": p["encoder.1.forward.W_i"], "decoder.readout.forward.V": p["decoder.1.forward.U_g"]}
    gradient = network.run(p, {"encoder": xs, "decoder": ys}).gradient(outside)

    def loss(p: dict[str, Array]) -> Any:
        return np.sum(outside["decoder.readout.y"] * seq2seq.by_hand(p, xs, ys)["decoder.readout.y"])

    for name, others in (("encoder.1.forward.W_i", ["decoder.1.forward.W_i"]),
                         ("decoder.1.forward.U_g", ["decoder.readout.forward.V"])):  # fmt: skip
        wanted = complex_step(lambda a, n=name, o=others: loss({**full, n: a, **dict.fromkeys(o, a)}), p[name])  # type: ignore[misc]
        np.testing.assert_allclose(gradient.parameters[name], wanted, rtol=1e-10, atol=1e-13)


# what is wrong

LSTM, RNN = Layer(load("lstm"), 3), Layer(load("simple-rnn"), 3)


def parts(**options: Any) -> list[Part]:
    return [seq2seq.encoder(), seq2seq.decoder(**options)]


FED = {"feed": "readout.y"}
MISTAKES: list[tuple[list[Part], dict[str, str], str, str, str]] = [
    (parts(start="decoder"), {}, "unknown-part", "'decoder' cannot start from 'decoder', which is no part before it",
     "did you mean 'encoder'?"),
    (parts(start="q"), {}, "unknown-part", "'decoder' cannot start from 'q', which is no part before it",
     "earlier parts are encoder"),
    (parts(start="encodr"), {}, "unknown-part", "'decoder' cannot start from 'encodr', which is no part before it",
     "did you mean 'encoder'?"),
    ([replace(seq2seq.encoder(), layers=(Layer(define("k", "k = W @ x + k_prev\ny = k"), 3),)), seq2seq.decoder(start="encoder")],
     {}, "nothing-handed", "'encoder' has no state of the same layer and name as one of 'decoder'",
     "say which value starts which state"),
    (parts(start={"q": "encoder.h"}), {}, "unknown-name", "nothing here is called 'q'", "known are"),
    (parts(start={"i": "encoder.h"}), {}, "unknown-state", "'i' is not a state of 'decoder'",
     "its states are decoder.c, decoder.h"),
    (parts(start={"h": "decoder.c"}), {}, "not-earlier", "'decoder.c' is not a value of a part before 'decoder'",
     "start from values of parts that run before"),
    (parts(start={"h": "encoder.W_i"}), {}, "not-earlier", "'encoder.W_i' is not a value of a part before 'decoder'",
     "start from values of parts that run before"),
    (parts(units=4, start={"h": "encoder.h"}), {}, "handed-size", "'decoder.h' has 4 numbers, what it starts from 3",
     "make the sizes equal, or say which value starts which state"),
    (parts(), {"decoder.1": "encoder.1"}, "tied-shape",
     "'decoder.W_i' has the shape (3, 4), 'encoder.W_i' (3, 2)", "tie parameters of one shape"),
    ([Part((LSTM, RNN), 3)], {"2": "1"}, "tied-unlike", "'2' and '1' are not layers of the same cell and direction",
     "tie layers that are alike, or single parameters"),
    ([Part((LSTM, LSTM), 3)], {"2.h": "1.U_i"}, "not-a-parameter", "'2.h' is not a parameter", "tie parameters"),
    ([Part((LSTM, LSTM), 3)], {"2.U_q": "1.U_i"}, "unknown-name", "nothing here is called '2.U_q'", "did you mean"),
    ([Part((RNN, RNN, RNN), 3)], {"3": "2", "2": "1"}, "tied-twice",
     "'2.W' is tied to two things, or to one that is tied itself", "tie each to a parameter that is not tied"),
    ([Part((RNN,), 3)], {"U": "U"}, "tied-twice", "'U' is tied to two things, or to one that is tied itself",
     "tie each to a parameter that is not tied"),
    (parts(stop=1), {}, "stop-alone", "'decoder' has a stop symbol, but is not fed its own output",
     "name the value that is fed back as feed"),
    (parts(feed="readout.V"), {}, "not-a-value", "'readout.V' has no value at each step", "feed back an output"),
    (parts(feed="h"), {}, "feed-size", "'h' has 3 numbers, but 'decoder' takes 4 inputs", "make the two sizes equal"),
    (parts(**FED, feed_as="guess"), {}, "bad-feed", "'guess' is not a way to feed an output back", "use value or symbol"),
    (parts(**FED, stop=4), {}, "bad-stop", "the stop symbol 4 is not one of the 4 of 'readout.y'", "use a number from 0 to 3"),
    ([Part((Layer(load("lstm"), 3, direction="backward"),), 3, feed="h")], {}, "feed-backward",
     "'main' reads backward, so it cannot be fed what it has not computed yet", "use forward layers only"),
]  # fmt: skip


@pytest.mark.parametrize("row", MISTAKES, ids=[row[3][:50] for row in MISTAKES])
def test_a_mistake(row: tuple[list[Part], dict[str, str], str, str, str]) -> None:
    given, tied, code, message, hint = row
    with pytest.raises(NetworkError) as error:
        Network.of(given, tied)
    first = error.value.problems[0]
    assert (first.code, first.message) == (code, message)
    assert first.hint.startswith(hint)


def test_all_mistakes_at_once() -> None:
    with pytest.raises(NetworkError) as error:
        Network.of(parts(start="nobody", feed="h", stop=9), {"decoder.U_i": "encoder.h"})
    assert [each.code for each in error.value.problems] == ["not-a-parameter", "unknown-part", "feed-size", "bad-stop"]
    assert [each.field for each in error.value.problems] == ["tied", "decoder.start", "decoder.feed", "decoder.stop"]
