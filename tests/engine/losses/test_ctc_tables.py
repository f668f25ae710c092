from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.losses.ctc_label import with_blanks
from app.engine.losses.ctc_tables import tables
from tests.engine.every_alignment import Array


def logs_of(steps: int, batch: int, symbols: int, seed: int = 0) -> Array:
    z = np.random.default_rng(seed).normal(size=(steps, batch, symbols)) * 2
    return np.asarray(z - np.log(np.exp(z).sum(axis=-1, keepdims=True)))


def allowed(states: tuple[int, ...], blank: int, one: int, other: int) -> bool:
    """Whether an alignment may go from a state to another in one step."""
    skips = other == one + 2 and states[other] != blank and states[other] != states[one]
    return other in (one, one + 1) or skips


def by_hand(logs: Array, label: tuple[int, ...], blank: int) -> tuple[Array, Array]:
    """Every walk through the states, added up as probabilities."""
    states, p = with_blanks(label, blank), np.exp(logs)
    alpha, beta = np.zeros((len(p), len(states))), np.zeros((len(p), len(states)))
    for t in range(len(p)):
        for walk in product(range(len(states)), repeat=t + 1):
            if walk[0] < 2 and all(allowed(states, blank, *pair) for pair in pairwise(walk)):
                alpha[t, walk[-1]] += np.prod([p[step, states[state]] for step, state in enumerate(walk)])
        for walk in product(range(len(states)), repeat=len(p) - t):
            if walk[-1] >= len(states) - 2 and all(allowed(states, blank, *pair) for pair in pairwise(walk)):
                beta[t, walk[0]] += np.prod([p[t + 1 + step, states[state]] for step, state in enumerate(walk[1:])])
    with np.errstate(divide="ignore"):
        return np.log(alpha), np.log(beta)


@pytest.mark.parametrize("label", [(), (1,), (1, 2), (1, 1), (2, 2)])
@pytest.mark.parametrize("steps", [1, 2, 4])
def test_tables_are_sums_over_walks(label: tuple[int, ...], steps: int) -> None:
    logs = logs_of(steps, 1, 3)
    ((alpha, beta),) = tables(logs, [label], [steps], 0)
    one, other = by_hand(logs[:, 0], label, 0)
    np.testing.assert_allclose(alpha, one, rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(beta, other, rtol=1e-13, atol=1e-13)


@given(st.data())
def test_sequences_of_a_batch_do_not_touch_each_other(data: st.DataObject) -> None:
    steps, batch = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 4))
    blank = data.draw(st.integers(0, 3))
    symbols = st.sampled_from([symbol for symbol in range(4) if symbol != blank])
    labels = [tuple(data.draw(st.lists(symbols, max_size=5))) for _ in range(batch)]
    lengths = [data.draw(st.integers(1, steps)) for _ in range(batch)]
    logs = logs_of(steps, batch, 4)
    together = tables(logs, labels, lengths, blank)
    for index, (label, length) in enumerate(zip(labels, lengths, strict=True)):
        ((alpha, beta),) = tables(logs[:length, index : index + 1], [label], [length], blank)
        assert alpha.shape == beta.shape == (length, 2 * len(label) + 1)
        np.testing.assert_array_equal(together[index][0], alpha)
        np.testing.assert_array_equal(together[index][1], beta)


def test_beta_is_alpha_read_backward() -> None:
    logs, label = logs_of(7, 1, 4), (1, 1, 3, 2)
    ((alpha, beta),) = tables(logs, [label], [7], 0)
    ((_, turned),) = tables(logs[::-1], [label[::-1]], [7], 0)
    spoken = logs[:, 0][:, list(with_blanks(label, 0))]
    np.testing.assert_array_equal(turned[::-1, ::-1] + spoken, alpha)
    assert np.isfinite(beta).any()


def test_tables_are_arrays_of_their_own() -> None:
    logs = logs_of(3, 2, 3)
    found = tables(logs, [(1,), (2,)], [3, 3], 0)
    # a part of a larger array would keep all of it in memory
    assert all(table.base is None for both in found for table in both)
