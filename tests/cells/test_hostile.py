"""Whatever a network is described by or run with: it works, or problems with a sentence come back, and never another exception."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cells import load
from app.engine import Layer, Network, NetworkError, ProblemError, define
from app.engine.evaluate import Arrays

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 5), st.just(10**400), st.floats(), st.text(max_size=6), st.binary(max_size=3),
    st.just(1j), st.just(np.nan), st.just(np.float32(1)), st.just(object),
)  # fmt: skip
JUNK: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=4), inner, max_size=3), st.tuples(inner, inner)
    ),
    max_leaves=8,
)
#: things of about the right kind, so that later checks are reached
ROWS = st.one_of(
    st.lists(st.lists(st.floats(), min_size=2, max_size=2), min_size=1, max_size=3),
    st.just(np.zeros((3, 2))), st.just(np.zeros((3, 2, 2))), st.just(np.ones((2, 2), complex)), st.just(np.zeros((0, 2))),
    st.just(np.array([["1", "2"]])), st.just(np.ones((3, 2), dtype=object)), st.just(np.ones((3, 2), dtype="datetime64[D]")),
)  # fmt: skip
NET = Network([Layer(load("lstm"), 2, direction="both")], 2, "y[outputs] = V @ h", outputs=1)
NAMES = st.one_of(
    st.sampled_from([*NET.parameters, *NET.states, *map(NET.short, NET.parameters), "h", "c_prev", "W_i", "", ".", "a.b.c.d.e"]),
    st.text(max_size=5),
    st.integers(),
)  # fmt: skip
MAPPINGS = st.one_of(JUNK, st.dictionaries(NAMES, st.one_of(JUNK, ROWS), max_size=4))


def beside(more: Any) -> Any:
    """All that is needed, and something more."""
    return {**NET.initial(), **more} if isinstance(more, dict) else more


def answered(error: ProblemError) -> None:
    assert error.problems
    for problem in error.problems:
        assert problem.code
        assert problem.message
        assert problem.hint
    assert str(error)


@settings(max_examples=300)
@given(
    st.one_of(st.just(NET.initial()), MAPPINGS, MAPPINGS.map(beside)),
    st.one_of(ROWS, JUNK),
    st.one_of(st.none(), MAPPINGS),
    st.one_of(st.none(), JUNK, st.lists(st.integers(0, 4), max_size=3), st.just(np.array([2], np.uint64))),
    st.one_of(st.just(float), st.sampled_from(["float32", "int", "f2", "nonsense", "O", None, 5, {"": ""}, "f8,f8", object()])),
)  # fmt: skip
def test_whatever_a_network_is_run_with(parameters: Any, xs: Any, initial: Any, lengths: Any, dtype: Any) -> None:
    try:
        trace = NET.run(parameters, xs, initial=initial, lengths=lengths, dtype=dtype)
    except NetworkError as error:
        answered(error)
        return
    assert trace["readout.y"].shape == (*np.shape(xs)[:-1], 1)


@given(MAPPINGS)
def test_whatever_a_gradient_is_asked_for(outside: Any) -> None:
    trace = NET.run(NET.initial(), np.ones((3, 2)))
    try:
        gradient = trace.gradient(outside)
    except NetworkError as error:
        answered(error)
        return
    assert gradient.inputs.shape == (3, 2)


SIZE_NAMES = st.one_of(st.sampled_from(["outputs", "context", "self", "units"]), st.text(max_size=4))
SIZES = st.one_of(JUNK, st.dictionaries(SIZE_NAMES, st.integers(0, 9)))
CELL_TEXTS = ["h = tanh(W @ x + U @ h_prev)", "s[context] = B @ x\nh = P @ s", "h = x", ""]
READ = ["y[outputs] = V @ h", "y = h", "y = 1", "y = V @ h_prev", "p = q", "out[units] = every(1, 2) * h"]
LAYER = st.one_of(
    JUNK,
    st.fixed_dictionaries(
        {"units": st.one_of(st.integers(0, 4), JUNK)},
        optional={
            "cell": st.one_of(st.sampled_from(["lstm", "lsmt", "simple-rnn", ""]), JUNK),
            "text": st.one_of(st.sampled_from(CELL_TEXTS), JUNK),
            "direction": st.one_of(st.sampled_from(["forward", "both", "up"]), JUNK),
            "sizes": SIZES,
            "more": JUNK,
        },
    ),
)
PART = st.one_of(
    JUNK,
    st.fixed_dictionaries(
        {"inputs": st.one_of(st.integers(0, 3), JUNK), "layers": st.one_of(JUNK, st.lists(LAYER, max_size=2))},
        optional={
            "name": st.one_of(st.just("main"), JUNK),
            "readout": st.one_of(st.sampled_from(READ), JUNK),
            "sizes": SIZES,
        },
    ),
)  # fmt: skip


@settings(max_examples=500)
@given(
    st.one_of(
        st.dictionaries(st.text(max_size=6), JUNK),
        st.fixed_dictionaries({"parts": st.one_of(JUNK, st.lists(PART, max_size=2))}),
    )
)
def test_whatever_a_network_is_described_by(description: dict[str, Any]) -> None:
    try:
        network = Network.from_description(description, load)
    except ProblemError as error:
        answered(error)
        return
    assert Network.from_description(network.description, load).to_data() == network.to_data()
    if max(math.prod(shape) for shape in [*network.parameters.values(), (1,)]) < 10_000:
        trace = network.run(network.initial(), np.ones((2, network.inputs)))
        assert trace.gradient({next(iter(trace.values)): trace[next(iter(trace.values))]}).inputs.shape == (
            2,
            network.inputs,
        )


PIECES = (
    "y", "h", "c", "z", "x", "V", "_prev", "[outputs]", "[units]", " = ", "tanh(", ")", " @ ", " * ", " + ", "1", "\n",
    "every(1, 2)",
)  # fmt: skip
READOUTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(max_examples=200)
@given(READOUTS)
def test_whatever_is_read_out(text: str) -> None:
    cell = define("two", "c = tanh(W @ x + U @ c_prev)\nh = c * c")
    try:
        network = (
            Network([Layer(cell, 2, direction="both")], 2, text, outputs=3)
            if "outputs" in text
            else Network([Layer(cell, 2)], 2, text)
        )
    except ProblemError as error:
        answered(error)
        return
    trace = network.run(network.initial(), np.ones((3, 2)))
    name = f"readout.{network.places[-1].program.output}"
    assert trace.gradient({name: np.ones_like(trace[name])}).inputs.shape == (3, 2)


@pytest.mark.parametrize("inputs", [0, -1, 1.5, "2", True, None])
def test_inputs_that_are_no_number_of_them(inputs: Any) -> None:
    with pytest.raises(NetworkError, match="not a whole number of at least 1"):
        Network([Layer(load("lstm"), 2)], inputs)


def test_sizes_of_numpy_are_numbers_like_any_other() -> None:
    network = Network([Layer(load("lstm"), np.int64(3))], np.int32(2), "y[outputs] = V @ h", outputs=np.int16(2))  # type: ignore[arg-type]
    assert {type(size) for place in network.places for size in place.sizes.values()} == {int}
    assert network.description == Network.from_description(network.description, load).description


def test_what_is_given_twice() -> None:
    given_numbers: Arrays = NET.initial()
    with pytest.raises(NetworkError, match=r"'main\.1\.forward\.W_i' is given twice"):
        NET.run({**given_numbers, "main.1.forward.W_i": given_numbers["1.forward.W_i"]}, np.ones((1, 2)))
