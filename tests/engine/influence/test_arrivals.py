from __future__ import annotations

import numpy as np
import pytest

from app.engine.influence.arrivals import Arrival, Arrivals
from tests.engine import seq2seq, wirings
from tests.engine.wirings import Array, Case


def arrivals(case: Case, outside: dict[str, Array], last: dict[str, Array] | None = None) -> Arrivals:
    gradient = case.trace.gradient(outside, last=last)
    return Arrivals(case.trace, gradient, outside, last or {})


def kinds(found: list[Arrival]) -> list[tuple[str, str, str]]:
    return [(each.kind, each.via, each.when) for each in found]


def test_the_loss_and_the_layers_above() -> None:
    case = wirings.get("stack both ways")
    given = wirings.random(4, 3)
    found = arrivals(case, {"1.forward.h": given, "readout.y": np.ones((4, 2))})
    at = found.at("main.1.forward.h")
    assert kinds(at) == [("loss", "", "now"), ("layer", "main.2.backward.x", "now")]
    np.testing.assert_array_equal(at[0].gradient, given)
    np.testing.assert_array_equal(at[1].gradient, found.gradient.read("main.2.backward.x")[..., :3])
    below = found.at("main.2.backward.h")
    assert kinds(below) == [("layer", "main.3.forward.x", "now"), ("layer", "main.3.backward.x", "now")]
    top = found.at("main.3.backward.c")
    assert kinds(top) == [("layer", "main.readout.forward.c", "now")]
    np.testing.assert_array_equal(top[0].gradient, found.gradient.read("main.readout.forward.c")[..., 3:])
    assert kinds(found.at("main.readout.forward.y")) == [("loss", "", "now")]
    assert found.at("main.1.forward.i") == []


def test_what_a_later_part_starts_from() -> None:
    case = wirings.get("parts with lengths")
    found = arrivals(case, {"decoder.readout.y": np.ones((3, 2, 4))}, {"encoder.h": np.ones((2, 3))})
    loss, handed = found.at("encoder.1.backward.h")
    assert kinds([loss, handed]) == [("loss", "", "now"), ("part", "decoder.1.forward.h", "next")]
    # a backward layer reads the first step last
    assert loss.gradient[0].tolist() == np.ones((2, 3)).tolist()
    np.testing.assert_array_equal(handed.gradient[0], found.gradient.initial["decoder.h"])
    assert not handed.gradient[1:].any()
    assert not loss.gradient[1:].any()


def test_the_loss_on_the_last_values_and_on_all_of_them() -> None:
    case = wirings.get("lengths")
    found = arrivals(case, {"1.forward.h": np.full((4, 3, 3), 2.0)}, {"1.forward.h": np.ones((3, 3))})
    (loss, _) = found.at("main.1.forward.h")
    assert loss.gradient[..., 0].tolist() == [[2, 2, 2], [2, 3, 2], [2, 0, 3], [3, 0, 0]]


def test_what_is_the_next_input() -> None:
    case = wirings.get("fed")
    found = arrivals(case, {"decoder.readout.y": np.ones((5, 4))})
    loss, fed = found.at("decoder.readout.forward.y")
    assert (loss.kind, fed.kind, fed.via, fed.when) == ("loss", "fed", "decoder.0.forward.x", "next")
    np.testing.assert_array_equal(fed.gradient[:-1], found.gradient.read("decoder.0.forward.x")[1:])
    assert not fed.gradient[-1].any()


@pytest.mark.parametrize("start", ["given", "handed"])
def test_a_start_that_was_given_comes_from_nowhere(start: str) -> None:
    network = seq2seq.network()
    initial = {"decoder.h": np.ones(3)} if start == "given" else {}
    xs = {"encoder": wirings.random(4, 2), "decoder": wirings.random(3, 4)}
    trace = network.run(seq2seq.parameters(network), xs, initial=initial)
    outside = {"decoder.h": np.ones((3, 3))}
    found = Arrivals(trace, trace.gradient(outside), outside, {})
    assert kinds(found.at("encoder.1.forward.h")) == ([("part", "decoder.1.forward.h", "next")] if start == "handed" else [])
