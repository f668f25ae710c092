"""Would the golden cases notice? Every mistake that an import can make is made, and every case has to show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from app.formats.library import LibraryLayer
from tests.oracles.agree import LIBRARIES, TOLERANCES, Agreement
from tests.oracles.case import Case, difference, load
from tests.oracles.mutations import gates_exchanged, mutations

#: a mistake is seen where it moves the result this many times further than agreement allows
SEEN = 1000
KINDS = [(library, kind) for library in LIBRARIES for kind in dict.fromkeys(case.kind for case in load(library).cases)]
SIMPLE = {"U transposed", "biases dropped", "direction turned", "directions exchanged", "another activation in h"}
LSTM = {f"gates {a} and {b} exchanged" for a, b in combinations("fgio", 2)}
LSTM |= {f"U_{gate} transposed" for gate in "ifgo"} | {f"another activation in {line}" for line in "ifgoh"}
GRU = {f"gates {a} and {b} exchanged" for a, b in combinations("nrz", 2)}
GRU |= {f"U_{gate} transposed" for gate in "rzn"} | {f"another activation in {line}" for line in "rzn"}
GRU |= {"other form of the reset gate", "z turned round"}
BOTH = {"biases dropped", "direction turned", "directions exchanged"}
TWO_BIASES = {"first bias dropped", "second bias dropped"}
#: the mistakes that have to be among those that were made
MADE: dict[tuple[str, str], set[str]] = {
    ("pytorch", "RNN tanh"): SIMPLE | TWO_BIASES | {"layers 2 and 3 exchanged"},
    ("pytorch", "RNN relu"): SIMPLE | TWO_BIASES | {"layers 2 and 3 exchanged"},
    ("pytorch", "LSTM"): LSTM | BOTH | TWO_BIASES | {"layers 2 and 3 exchanged"},
    ("pytorch", "GRU"): GRU | BOTH | TWO_BIASES | {"layers 2 and 3 exchanged"},
    ("keras", "SimpleRNN"): SIMPLE,
    ("keras", "LSTM"): LSTM | BOTH | {"forget bias added once more", "clip dropped in i"},
    ("keras", "GRU, reset after"): GRU | BOTH | TWO_BIASES,
    ("keras", "GRU, reset before"): GRU | BOTH,
    ("onnx", "RNN"): SIMPLE | TWO_BIASES | {"clip dropped in h"},
    ("onnx", "LSTM"): LSTM
    | BOTH
    | TWO_BIASES
    | {f"peepholes of {a} and {b} exchanged" for a, b in combinations("fio", 2)}
    | {f"clip dropped in {gate}" for gate in "ifgo"}
    | {"cell state clipped", "output gate sees the old cell state", "forget gate as the input gate"},
    ("onnx", "GRU, reset before"): GRU | BOTH | TWO_BIASES | {f"clip dropped in {gate}" for gate in "rzn"},
    ("onnx", "GRU, reset after"): GRU | BOTH | TWO_BIASES | {f"clip dropped in {gate}" for gate in "rzn"},
}


@pytest.mark.parametrize(("library", "kind"), KINDS)
def test_every_mistake_is_seen_by_every_case(library: str, kind: str) -> None:
    made: set[str] = set()
    missed = []
    for case in load(library).cases:
        if case.kind != kind:
            continue
        agreement = Agreement.of(case)
        expected = agreement.expected().outputs
        for said, found in mutations(case, agreement.found):
            made.add(said)
            # the gradients are not needed: the values show it already
            wrong = replace(case, gradients={})
            far = difference(Agreement(wrong, found, agreement.mistaken(found).network).results().outputs, expected)
            if far < SEEN * TOLERANCES[library]:
                missed.append(f"{case.name}: {said}, only {far:.2g} apart")
    assert not missed, "\n".join(missed)
    assert MADE[library, kind] <= made


@pytest.mark.parametrize("library", LIBRARIES)
def test_starting_states_and_lengths_matter(library: str) -> None:
    """A case with either is far from what it gives without."""
    for case in load(library).cases:
        agreement = Agreement.of(case)
        expected = agreement.expected().outputs
        for other in ignored(case, agreement):
            assert difference(Agreement(other, agreement.found).results().outputs, expected) > SEEN * TOLERANCES[library]


def ignored(case: Case, agreement: Agreement) -> Iterator[Case]:
    starts = {seat.array for seat in agreement.seats("start")}
    if starts & case.inputs.keys():
        inputs = {name: array for name, array in case.inputs.items() if name not in starts}
        yield replace(case, inputs=inputs, gradients={})
    if case.lengths:
        yield replace(case, lengths=None, gradients={})


def constant_cases() -> Iterator[Case]:
    """The LSTM nodes that the ONNX project publishes as tests: every weight is 0.1, the second bias 0."""
    units, inputs = 3, 2
    three = np.array([[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]])
    for name, way, steps, biased, peepholes in (
        ("test_lstm_defaults", "forward", 1, False, False),
        ("test_lstm_with_initial_bias", "forward", 1, True, False),
        ("test_lstm_with_peepholes", "forward", 1, True, True),
        ("test_lstm_reverse", "reverse", 3, False, False),
        ("test_lstm_bidirectional", "bidirectional", 3, False, False),
    ):
        count = 2 if way == "bidirectional" else 1
        arrays = {"W": np.full((count, 4 * units, inputs), 0.1), "R": np.full((count, 4 * units, units), 0.1)}
        if biased:
            arrays["B"] = np.concatenate([np.full((1, 4 * units), 0.1), np.zeros((1, 4 * units))], axis=1)
        if peepholes:
            arrays["P"] = np.full((1, 3 * units), 0.1)
        layer = LibraryLayer("onnx", "LSTM", name, arrays, {"direction": way})
        outputs = {"Y": np.empty(0), "Y_h": np.empty((count, 3, units)), "Y_c": np.empty((count, 3, units))}
        yield Case(name, "LSTM", (), (layer,), {"X": np.concatenate([three] * steps)}, outputs)


@pytest.mark.parametrize("case", list(constant_cases()), ids=lambda case: case.name)
def test_the_published_cases_see_no_gate_exchanged(case: Case) -> None:
    """With one number for all weights every order of the gates gives the same, to the last digit but rounding."""
    agreement = Agreement.of(case)
    right = agreement.results().outputs
    tried = list(gates_exchanged(agreement.found))
    assert len(tried) == 6 + 3 * ("P" in case.layers[0].arrays)
    for _, found in tried:
        assert difference(agreement.mistaken(found).results().outputs, right) == 0


def test_the_published_case_is_the_one_meant() -> None:
    """Its hidden states as the ONNX project publishes them."""
    case = next(iter(constant_cases()))
    found = Agreement.of(case).results().outputs["Y_h"][0]
    assert np.allclose(found, np.array([[0.0952412], [0.2560645], [0.4032378]]), rtol=0, atol=1e-7)
