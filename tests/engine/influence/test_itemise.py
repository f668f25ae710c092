from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, NetworkError, Problem, define
from app.engine.influence.itemise import itemised, itemised_bytes
from app.engine.influence.room import Limits
from tests.engine import bumped, texts, wirings
from tests.engine.wirings import large


def symbols_of(case: wirings.Case) -> list[str]:
    return [*case.differentiable(), *(state + "_prev" for state in case.network.states)]


@pytest.mark.parametrize("name", wirings.ALL)
def test_all_steps_losses_add_up_to_the_gradient(name: str) -> None:
    case = wirings.get(name)
    gradient = case.trace.gradient(case.outside)
    states, parameters = list(case.network.states), list(case.network.parameters)
    tables = itemised(case.trace, case.outside, symbols_of(case), initial=states, parameters=parameters)
    for symbol in symbols_of(case):
        np.testing.assert_allclose(tables.table(symbol).sum(0), gradient[symbol], rtol=1e-11, atol=1e-13, err_msg=symbol)
    for state in states:
        np.testing.assert_allclose(tables.initial(state).sum(0), gradient.initial[state], rtol=1e-11, atol=1e-13)
    for parameter in parameters:
        total = tables.parameters(parameter).sum(0)
        np.testing.assert_allclose(total, gradient.parameters[parameter], rtol=1e-11, atol=1e-12, err_msg=parameter)


@pytest.mark.parametrize("name", wirings.ALL)
def test_each_steps_loss_by_the_complex_step(name: str) -> None:
    case = wirings.get(name)
    tables = itemised(case.trace, case.outside, case.differentiable(), initial=list(case.network.states))
    norms = itemised(case.trace, case.outside, case.differentiable(), only_norms=True)
    for wrt in case.differentiable():
        wanted = sum(
            np.einsum("t...m,ts...mn->ts...n", given, wirings.matrices(name, of, wrt)) for of, given in case.outside.items()
        )
        np.testing.assert_allclose(tables.table(wrt), wanted, rtol=1e-10, atol=1e-12, err_msg=wrt)
        for each in (tables, norms):
            length = np.sqrt((np.asarray(wanted) ** 2).sum(-1))
            np.testing.assert_allclose(each.norms(wrt), length, rtol=1e-10, atol=1e-12, err_msg=wrt)
    for state in case.network.states:
        moved = wirings.moved_start(name, state)
        found = [np.einsum("t...m,tk...m->t...k", g, bumped.derivative(moved, of)) for of, g in case.outside.items()]
        np.testing.assert_allclose(tables.initial(state), sum(found), rtol=1e-10, atol=1e-12, err_msg=state)


def test_the_toy_of_the_lecture() -> None:
    """h = W x + U h_prev with U all ones: each step back doubles what arrives."""
    network = Network([Layer(load("linear-rnn"), 2)], 2)
    trace = network.run({"W": np.ones((2, 2)), "U": np.ones((2, 2))}, np.ones((4, 2)))
    outside = np.zeros((4, 2))
    outside[1:, 0] = 1
    table = itemised(trace, {"h": outside}, "h").table("h")
    assert table[..., 0].tolist() == [[0, 0, 0, 0], [1, 1, 0, 0], [2, 1, 1, 0], [4, 2, 1, 1]]
    assert table[..., 1].tolist() == [[0, 0, 0, 0], [1, 0, 0, 0], [2, 1, 0, 0], [4, 2, 1, 0]]


def test_a_step_depends_on_none_that_is_read_later() -> None:
    case = wirings.get("both")
    outside = {name: np.ones((4, 3)) for name in ("1.forward.h", "1.backward.h")}
    tables = itemised(case.trace, outside, ["1.forward.c", "1.backward.c"])
    earlier = np.tril(np.ones((4, 4), bool))
    assert np.array_equal(tables.norms("1.forward.c") > 0, earlier)
    assert np.array_equal(tables.norms("1.backward.c") > 0, earlier.T)


def test_a_batch_is_its_sequences() -> None:
    network = Network([texts.layer("lstm", "both"), texts.layer("lstm")], 2)
    parameters = wirings.case(network, 1, wirings.random(4, 2)).parameters
    xs, outside = wirings.random(4, 3, 2), wirings.random(4, 3, 3)
    options = {"initial": ["2.c"], "parameters": ["1.forward.U_i"]}
    whole = itemised(network.run(parameters, xs), {"2.h": outside}, "1.backward.c", **options)  # type: ignore[arg-type]
    total = 0
    for n in range(3):
        alone = itemised(network.run(parameters, xs[:, n]), {"2.h": outside[:, n]}, "1.backward.c", **options)  # type: ignore[arg-type]
        np.testing.assert_allclose(whole.table("1.backward.c")[:, :, n], alone.table("1.backward.c"), rtol=1e-11, atol=1e-14)
        np.testing.assert_allclose(whole.norms("1.backward.c")[:, :, n], alone.norms("1.backward.c"), rtol=1e-11, atol=1e-14)
        np.testing.assert_allclose(whole.initial("2.c")[:, n], alone.initial("2.c"), rtol=1e-11, atol=1e-14)
        total = total + alone.parameters("1.forward.U_i")
    np.testing.assert_allclose(whole.parameters("1.forward.U_i"), total, rtol=1e-11, atol=1e-14)


def test_float32_all_the_way() -> None:
    network = Network([texts.layer("lstm")], 2, wirings.READOUT, outputs=2)
    case = wirings.case(network, 1, wirings.random(4, 2))
    trace = network.run(case.parameters, case.xs, dtype="float32")
    tables = itemised(trace, {"readout.y": np.ones((4, 2))}, ["c", "x"], initial=["c"], parameters=["U_i", "readout.V"])
    found = [tables.table("c"), tables.norms("x"), tables.initial("c"), tables.parameters("U_i"), tables.parameters("readout.V")]
    assert {array.dtype for array in found} == {np.dtype("float32")}
    exact = itemised(network.run(case.parameters, case.xs), {"readout.y": np.ones((4, 2))}, "c").table("c")
    np.testing.assert_allclose(tables.table("c"), exact, rtol=1e-4, atol=1e-6)


def test_what_vanishes_and_explodes_has_norms() -> None:
    """Pascanu, Mikolov & Bengio 2013: with one linear unit a step's share is a power of w."""
    network = Network([Layer(define("line", "h = w * h_prev + W @ x"), 1)], 1)
    for w in (0.1, 10.0):
        trace = network.run({"w": [w], "W": [[1.0]]}, np.ones((301, 1)))
        norms = itemised(trace, {"h": np.ones((301, 1))}, "h", only_norms=True).norms("h")
        np.testing.assert_allclose(norms[300], w ** np.arange(300.0, -1, -1), rtol=1e-12)


@pytest.mark.parametrize("only_norms", [False, True])
def test_the_memory_is_told_before(*, only_norms: bool) -> None:
    trace, outside = large()
    told = itemised_bytes(trace, outside, ["1.c", "x"], parameters=["2.U_i"], only_norms=only_norms)
    itemised(trace, outside, ["1.c", "x"], only_norms=only_norms)  # what NumPy loads late
    tracemalloc.start()
    itemised(trace, outside, ["1.c", "x"], parameters=["2.U_i"], only_norms=only_norms)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # programs and passing results come on top
    assert told / 3 < peak < told + 400_000


def test_a_large_readout_costs_no_table_over_time() -> None:
    few, many = (itemised_bytes(*large(60, outputs), "1.c") for outputs in (5, 500))
    assert many - few < 60 * 60 * 495 * 8 / 10


def test_limits() -> None:
    trace, outside = large()
    with pytest.raises(NetworkError, match="a table of 60 by 60 steps: the limit is 59 steps"):
        itemised(trace, outside, "1.c", limits=Limits(steps=59))
    told = itemised_bytes(trace, outside, "1.c")
    itemised(trace, outside, "1.c", limits=Limits(bytes=told))
    with pytest.raises(NetworkError, match=f"this takes up to {told:,} bytes: the limit is {told - 1:,}"):
        itemised(trace, outside, "1.c", limits=Limits(bytes=told - 1))


def test_every_mistake_is_told() -> None:
    case = wirings.get("parts")
    outside = {"encoder.h": np.ones((4, 3)), "decoder.h": np.ones((3, 3))}
    with pytest.raises(NetworkError) as error:
        itemised(case.trace, outside, ["q", "decoder.U_i"], initial=["encoder.i"], parameters=["decoder.h"])
    assert [(p.code, p.message) for p in error.value.problems] == [
        ("unknown-name", "nothing here is called 'q'"),
        ("unknown-name", "'decoder.U_i' is a parameter and has no value of its own at each step"),
        ("unknown-name", "'encoder.i' is not one of the states"),
        ("unknown-name", "'decoder.h' is not one of the parameters"),
        ("several-parts", "the loss touches several parts: encoder, decoder"),
    ]
    assert error.value.problems[-1] == Problem(
        "several-parts", "the loss touches several parts: encoder, decoder", {"parts": "encoder, decoder"},
        "ask for one part's steps at a time", field="outside",
    )  # fmt: skip
    with pytest.raises(NetworkError, match="the shape"):
        itemised(case.trace, {"decoder.h": np.ones((2, 3))}, "decoder.c")


def test_no_loss_no_gradient() -> None:
    case = wirings.get("parts")
    tables = itemised(case.trace, {}, ["encoder.c", "decoder.x"], initial=["encoder.h"], parameters=["encoder.U_i"])
    assert tables.table("encoder.c").shape == (3, 4, 3)
    assert tables.norms("decoder.x").shape == (3, 3)
    assert tables.initial("encoder.h").shape == (3, 3)
    assert tables.parameters("encoder.U_i").shape == (3, 3, 3)
    assert not any(a.any() for a in (tables.table("encoder.c"), tables.initial("encoder.h"), tables.parameters("encoder.U_i")))


def test_tables_are_not_there_where_norms_were_asked_for() -> None:
    case = wirings.get("forward")
    with pytest.raises(AssertionError, match="only norms were asked for"):
        itemised(case.trace, case.outside, "c", only_norms=True).table("c")
