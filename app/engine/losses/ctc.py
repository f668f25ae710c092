"""Connectionist temporal classification (Graves, Fernandez, Gomez & Schmidhuber 2006): loss, gradient, posteriors.

The network says at each step one of K symbols, one of which is the blank. An alignment is what it says at all T steps;
merging repeats and then dropping blanks makes it a label. The loss is -log of the probability of a label, summed over
all its alignments. Everything is worked out in log space in float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..ops import Array, quietly, softmax
from ..problems import NetworkError, Problem
from .ctc_label import check_blank, check_label, repeats, shortest, with_blanks
from .ctc_tables import tables
from .log_space import log_softmax, log_sum_exp
from .loss_check import series


@dataclass(frozen=True, slots=True, eq=False)
class Ctc:
    """The loss of one sequence, and how it came about. S = 2 U + 1 states for a label of U symbols.

    `total` is -log P(label), in nats; `gradient` dtotal/dlogits (T, K), of the type of the logits. `states` are the
    symbols at the states: blank l1 blank l2 ... blank. `alpha` and `beta` (T, S) are logarithms: alpha includes the
    symbol at its own step and beta does not, so logsumexp(alpha[t] + beta[t]) is log P(label) at every t.
    `occupancy` (T, S) is the probability of a state at a step given the label, `posterior` (T, K) that of a symbol;
    each row sums to 1. `reason` says why a label cannot be: then total is inf, and gradient and both posteriors are 0.
    """

    label: tuple[int, ...]
    blank: int
    states: tuple[int, ...]
    total: float
    gradient: Array
    alpha: Array
    beta: Array
    occupancy: Array
    posterior: Array
    reason: Problem | None = None


def ctc_loss(logits: ArrayLike, label: Sequence[int] | Array, *, blank: int = 0) -> Ctc:
    """The loss of a label for one sequence of logits (T, K); log probabilities are logits too.

    `label` is U symbols from 0 to K - 1 without blanks; none at all is a label as well. The gradient is
    softmax - posterior (Graves et al. 2006, eq. 16). NaN in the logits is carried: loss, gradient and posteriors are
    NaN. Raises NetworkError for other shapes, symbols that are none, blanks in a label.
    """
    given = series(logits, "logits", size="symbols", axes=(2,))
    problems: list[Problem] = []
    blank = check_blank(blank, given.shape[-1], problems)
    checked = check_label(label, given.shape[-1], blank, problems)
    if problems:
        raise NetworkError(problems)
    return losses(given[:, None], [checked], [len(given)], blank)[0]


def losses(given: Array, labels: list[tuple[int, ...]], lengths: list[int], blank: int) -> list[Ctc]:
    """The losses of sequences side by side (T, batch, K), all checked, each as long as its length."""
    logs = log_softmax(given.astype(np.float64))
    with quietly():
        both = tables(logs, labels, lengths, blank)
        return [
            _loss(logs[:length, index], label, blank, *both[index], given.dtype)
            for index, (label, length) in enumerate(zip(labels, lengths, strict=True))
        ]


def _loss(logs: Array, label: tuple[int, ...], blank: int, alpha: Array, beta: Array, dtype: np.dtype[Any]) -> Ctc:
    states = with_blanks(label, blank)
    # it may end in the last blank, or in the last symbol if there is one; rounding may make it more than certain
    total = float(np.maximum(0, 0 - log_sum_exp(alpha[-1, -2:])[0]))
    reason = _too_short(label, len(logs)) or _impossible(total)
    if reason is not None:
        nothing = np.zeros(logs.shape)
        return Ctc(
            label, blank, states, np.inf, nothing.astype(dtype), alpha, beta, np.zeros(alpha.shape), nothing, reason
        )
    # by each step's own sum, which is P(label) but for rounding: so a row sums to 1 however long the sequence
    occupancy = softmax(alpha + beta)
    posterior = occupancy @ (np.array(states)[:, None] == np.arange(logs.shape[1])).astype(float)
    gradient = (np.exp(logs) - posterior).astype(dtype)
    return Ctc(label, blank, states, total, gradient, alpha, beta, occupancy, posterior)


def _too_short(label: tuple[int, ...], length: int) -> Problem | None:
    if shortest(label) <= length:
        return None
    between = repeats(label)
    return Problem(
        "ctc-too-short",
        f"the label needs {shortest(label)} steps or more (symbols: {len(label)}, blanks between equal ones: {between}), "
        f"but the sequence has {length}",
        {"needed": shortest(label), "symbols": len(label), "blanks": between, "steps": length},
        "give a shorter label or a longer sequence",
    )


def _impossible(total: float) -> Problem | None:
    if total != np.inf:
        return None
    message = "every alignment of the label has probability 0"
    return Problem("ctc-impossible", message, hint="a symbol that the label needs has a logit of -inf, or nearly so")
