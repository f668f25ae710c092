from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Free, Layer, Network, NetworkError, Part, define
from app.engine.free import symbols
from tests.engine import seq2seq


def counting(stop: int | None = None) -> Network:
    """The symbol moves on by one at each step: 0, 1, 2 ... of 5."""
    cell = define("next", "h = M @ x")
    return Network.of([Part((Layer(cell, 5),), 5, feed="h", feed_as="symbol", stop=stop)])


NEXT = {"M": np.roll(np.eye(5), 1, axis=0)}


def test_the_likeliest_symbol_is_the_next_input() -> None:
    trace = counting().run(NEXT, Free(7, first=np.eye(5)[2]))
    assert trace["x"].argmax(-1).tolist() == [2, 3, 4, 0, 1, 2, 3]
    assert trace["x"].sum(-1).tolist() == [1] * 7
    assert trace["h"].argmax(-1).tolist() == [3, 4, 0, 1, 2, 3, 4]
    assert trace.length == 7


def test_the_stop_symbol_ends_the_sequence() -> None:
    trace = counting(stop=4).run(NEXT, Free(9, first=np.eye(5)[1]))
    assert trace.length == 3
    assert trace["h"].argmax(-1).tolist() == [2, 3, 4]


def test_each_sequence_of_a_batch_ends_at_its_own_stop() -> None:
    network = counting(stop=4)
    trace = network.run(NEXT, Free(4, first=np.eye(5)[[3, 0, 1]]))
    assert trace.lengths["main"].tolist() == [1, 4, 3]  # type: ignore[union-attr]
    assert trace.length == 4
    assert trace["h"].argmax(-1)[:, 2].tolist() == [2, 3, 4, 0]
    assert not trace["h"][1:, 0].any()
    gradient = trace.gradient({"h": np.ones((4, 3, 5))})
    assert not gradient.inputs[1:, 0].any()
    assert gradient.inputs[0].all()


def test_values_may_be_fed_back_as_they_are() -> None:
    network = Network.of([Part((Layer(load("linear-rnn"), 1),), 1, feed="h")])
    trace = network.run({"W": [[0.5]], "U": [[0.25]]}, Free(4, first=[1.0]))
    assert trace["h"][:, 0].tolist() == [0.5, 0.375, 0.28125, 0.2109375]
    assert trace["x"][:, 0].tolist() == [1, 0.5, 0.375, 0.28125]


def test_free_running_is_teacher_forcing_with_its_own_outputs() -> None:
    network = seq2seq.network(feed="readout.y", feed_as="symbol")
    p, xs = seq2seq.parameters(network, 3), np.random.default_rng(0).normal(size=(4, 2))
    free = network.run(p, {"encoder": xs, "decoder": Free(6)})
    forced = network.run(p, {"encoder": xs, "decoder": free["decoder.x"]})
    chosen = np.eye(4)[free["decoder.readout.y"].argmax(-1)]
    np.testing.assert_array_equal(free["decoder.x"], [[0] * 4, *chosen[:-1]])
    np.testing.assert_array_equal(free["decoder.readout.y"], forced["decoder.readout.y"])
    outside = {"decoder.readout.y": np.random.default_rng(1).normal(size=(6, 4))}
    ours, theirs = free.gradient(outside), forced.gradient(outside)
    for name, array in theirs.parameters.items():  # no gradient goes through a choice
        np.testing.assert_array_equal(ours.parameters[name], array)


def test_drawn_symbols_follow_their_probabilities_and_the_seed() -> None:
    random = np.random.default_rng(0)
    weights = np.broadcast_to([0.1, 0.6, 0.3, 0.0], (20_000, 4))
    drawn = symbols(weights, 1.0, random)
    assert drawn.sum(-1).tolist() == [1] * 20_000
    np.testing.assert_allclose(drawn.mean(0), [0.1, 0.6, 0.3, 0], atol=0.01)
    np.testing.assert_allclose(symbols(weights, 0.5, random).mean(0), np.array([1, 36, 9, 0]) / 46, atol=0.01)
    assert symbols(weights, 0.0, random).mean(0).tolist() == [0, 1, 0, 0]
    assert symbols(np.array([2.0, 2.0]), 0.0, random).tolist() == [1, 0]
    network = seq2seq.network(feed="readout.y", feed_as="symbol")
    p, xs = seq2seq.parameters(network, 3), np.zeros((2, 2))

    def said(seed: int) -> list[int]:
        drawn = network.run(p, {"encoder": xs, "decoder": Free(30, temperature=1.0, seed=seed)})
        return list(drawn["decoder.x"].argmax(-1))

    assert said(1) == said(1)
    assert said(1) != said(2)


MISTAKES: list[tuple[dict[str, Any], Any, dict[str, Any], str]] = [
    ({}, Free(3), {}, "'main' is not fed its own output"),
    ({"feed": "h"}, Free(0), {}, "steps is 0, not a whole number of at least 1"),
    ({"feed": "h"}, Free(True), {}, "steps is True, not a whole number of at least 1"),
    ({"feed": "h"}, Free(3, first=[1.0, 2.0]), {}, r"'main' has the shape \(1, 2\), not \(T, 1\)"),
    ({"feed": "h"}, Free(3), {"lengths": [2]}, "'main' runs freely and ends by itself"),
]


@pytest.mark.parametrize(("options", "xs", "more", "said"), MISTAKES, ids=[row[3][:40] for row in MISTAKES])
def test_a_mistake(options: dict[str, Any], xs: Any, more: dict[str, Any], said: str) -> None:
    network = Network.of([Part((Layer(load("linear-rnn"), 1),), 1, **options)])
    with pytest.raises(NetworkError, match=said):
        network.run({"W": [[0.5]], "U": [[0.25]]}, xs, **more)
