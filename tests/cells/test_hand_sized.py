"""Three steps of one unit: numbers that were worked out elsewhere, those of the libraries' cells by PyTorch too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, Trace

X = [[1.0], [-1.0], [0.5]]
GATES = {
    "W_i": 0.5, "W_f": -0.3, "W_g": 0.8, "W_o": 0.2, "U_i": 0.1, "U_f": 0.4, "U_g": -0.6, "U_o": 0.7,
    "b_i": 0.1, "b_f": 0.2, "b_g": -0.1, "b_o": 0.05,
}  # fmt: skip
#: one bias is the sum of the two where both are added outside the reset
GRU = {
    "W_r": 0.5, "W_z": -0.3, "W_n": 0.8, "U_r": 0.1, "U_z": 0.4, "U_n": -0.6,
    "b_r": 0.1 + 0.05, "b_z": 0.2 - 0.1, "b_n": -0.1 + 0.3,
}  # fmt: skip
TWO = {**GRU, "b_r": 0.1, "b_z": 0.2, "b_n": -0.1, "d_r": 0.05, "d_z": -0.1, "d_n": 0.3}
OUTPUT = {"W": 0.5, "U": 0.8, "b": 0.1, "V": 1.5, "d": -0.2}
STANDARD = [0.208873635171377, -0.0315150823610712, 0.0784382326489]
USE_GATE = [0, 0.110196119750166, -0.0129822461568217]


@dataclass(frozen=True)
class Oracle:
    """Parameters, starting states, and what values are: at every step, or the memory after the last."""

    cell: str
    parameters: Mapping[str, float]
    expected: Mapping[str, list[float]]
    memory: float | None = None
    initial: Mapping[str, float] = field(default_factory=dict)


ORACLES = [
    Oracle("lstm", GATES, {"h": STANDARD}, 0.148539456643841),
    Oracle("lstm-long-short", GATES, {"h": STANDARD}, 0.148539456643841),
    Oracle(
        "lstm-peephole", {**GATES, "p_i": 0.3, "p_f": -0.2, "p_o": 0.5},
        {"h": [0.226447223996358, -0.0458920723313828, 0.0732498187460674]}, 0.134920378406639,
    ),
    Oracle("lstm-no-forget", GATES, {"h": [0.208873635171377, 0.0381072165547622, 0.125700558632284]}, 0.235292239962588),
    Oracle("lstm-coupled", GATES, {"h": [0.208873635171377, -0.0408565711523241, 0.0787701151703612]}, 0.149642227008907),
    Oracle("lstm-use-gate", {**GATES, "W_u": 1, "b_u": 0}, {"h": USE_GATE}, 0.112033752658409),
    Oracle("gru", GRU, {"h": [0.478862001105114, 0.0879924840690415, 0.302620779248633]}, initial={"h": 0.2}),
    Oracle("gru-reset-after", TWO, {"h": [0.45150169378761, 0.0346782794741252, 0.239005071192874]}, initial={"h": 0.2}),
    Oracle("elman", OUTPUT, {"a": [0.537049566998035, 0.0296309770792482, 0.357227988400012]}),
    Oracle("simple-rnn", OUTPUT, {"h": [0.537049566998035, 0.0296309770792482, 0.357227988400012]}),
    Oracle(
        "jordan", OUTPUT,
        {"a": [0.537049566998035, 0.117006089706383, 0.632217822835543],
         "y": [0.646930591828044, 0.493877589656582, 0.678813993687391]},
    ),
]  # fmt: skip


def run(oracle: Oracle) -> Trace:
    cell = load(oracle.cell)
    network = Network([Layer(cell, 1, **dict.fromkeys(cell.extra_sizes, 1))], 1)
    parameters = {p: np.full(network.parameters[network.full(p)], oracle.parameters[p]) for p in network.initial()}
    return network.run(parameters, X, initial={state: [value] for state, value in oracle.initial.items()})


@pytest.mark.parametrize("oracle", ORACLES, ids=[oracle.cell for oracle in ORACLES])
def test_three_steps_of_one_unit(oracle: Oracle) -> None:
    trace = run(oracle)
    for name, expected in oracle.expected.items():
        # given with 13 to 16 digits
        np.testing.assert_allclose(trace[name][:, 0], expected, rtol=1e-12, atol=0)
    if oracle.memory is not None:
        np.testing.assert_allclose(trace["c"][-1, 0], oracle.memory, rtol=1e-12)


def test_the_output_of_elman_is_the_sigmoid_of_its_hidden_layer() -> None:
    (elman,) = (oracle for oracle in ORACLES if oracle.cell == "elman")
    expected = [1 / (1 + np.exp(-(1.5 * a - 0.2))) for a in elman.expected["a"]]
    np.testing.assert_allclose(run(elman)["y"][:, 0], expected, rtol=1e-12)
