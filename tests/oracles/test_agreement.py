"""Our engine against PyTorch, Keras and ONNX Runtime: every golden case, converted, run and differentiated."""

from __future__ import annotations

import numpy as np
import pytest

from tests.oracles.agree import LIBRARIES, TOLERANCES, Agreement
from tests.oracles.case import Case, difference, load
from tests.oracles.recorder import Measured, record

CASES = [(library, case) for library in LIBRARIES for case in load(library).cases]
NAMES = [f"{library}-{case.name}" for library, case in CASES]


@pytest.mark.measures
@pytest.mark.parametrize(("library", "case"), CASES, ids=NAMES)
def test_a_case_agrees(library: str, case: Case) -> None:
    golden = load(library)
    agreement = Agreement.of(case)
    found, expected = agreement.results(), agreement.expected()
    values = difference(found.outputs, expected.outputs)
    gradients = difference(found.gradients, expected.gradients) if case.gradients else None
    assert values <= TOLERANCES[library]
    assert gradients is None or gradients <= TOLERANCES[library]
    record(Measured(f"{golden.title}, {golden.dtype}", case.kind, case.groups, values, gradients))


@pytest.mark.parametrize("library", ["pytorch", "keras"])
def test_every_gradient_is_compared(library: str) -> None:
    """Inputs, starting states and every array of every layer."""
    for case in load(library).cases:
        arrays = {f"{layer.name}.{name}" for layer in case.layers for name in layer.arrays}
        assert set(case.gradients) == {*case.inputs, *arrays}
        assert all(array.any() for array in case.gradients.values())


@pytest.mark.parametrize(("library", "case"), CASES, ids=NAMES)
def test_weights_are_distinct(library: str, case: Case) -> None:
    """Equal numbers could be exchanged for one another without anybody noticing."""
    if "unit_forget_bias" in case.groups:
        return
    numbers = np.concatenate([array.ravel() for layer in case.layers for array in layer.arrays.values()])
    assert len(np.unique(numbers)) == len(numbers)
    assert np.abs(numbers).min() > 0.01


def reads_backward(case: Case) -> bool:
    """As the library's own names tell it."""
    (layer, *above) = case.layers
    arrays = any("reverse" in name or "backward" in name for name in layer.arrays)
    turned = bool(layer.options.get("go_backwards")) and not above
    return arrays or turned or layer.options.get("direction") in ("reverse", "bidirectional")


BACKWARD = [(library, case) for library, case in CASES if reads_backward(case)]


@pytest.mark.parametrize(("library", "case"), BACKWARD, ids=[f"{library}-{case.name}" for library, case in BACKWARD])
def test_a_backward_layer_is_read_last_at_the_first_step(library: str, case: Case) -> None:
    """h_n of PyTorch, return_sequences=False of Keras, Y_h of ONNX; what stands at the sequence's end is something else."""
    agreement = Agreement.of(case)
    trace, expected = agreement.run(), agreement.expected().outputs
    assert any(".backward." in seat.address for seat in agreement.seats("last"))
    for seat in agreement.seats("last"):
        if ".backward." in seat.address and seat.address.endswith(".h"):
            array = expected[seat.array] if seat.index is None else expected[seat.array][seat.index]
            at_first, at_end = trace[seat.address][0], trace[seat.address][-1]
            assert np.max(np.abs(at_first - array)) <= TOLERANCES[library] * max(1, np.max(np.abs(array)))
            assert np.max(np.abs(at_end - array)) > 0.1
