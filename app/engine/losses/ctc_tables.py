"""The forward and backward tables of connectionist temporal classification, in log space, over all states at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..ops import Array
from .ctc_label import with_blanks


def tables(
    logs: Array, labels: Sequence[Sequence[int]], lengths: Sequence[int], blank: int
) -> list[tuple[Array, Array]]:
    """alpha and beta of each sequence, (its T, 2 U + 1) each, from log probabilities (T, batch, symbols).

    alpha[t, s] is the log probability of being in state s at step t, summed over all ways there, step t's own symbol
    included; beta[t, s] that of all ways on from there, step t's own symbol left out. So alpha + beta is the log
    probability of all alignments through that state (Graves 2012, chapter 7; in Graves et al. 2006, eq. 9 to 11,
    beta includes the symbol too). States that cannot be are -inf.
    """
    states = [with_blanks(label, blank) for label in labels]
    count = len(labels)
    # beta is alpha of the sequence and the label read backward: both are worked out side by side
    emissions = np.zeros((len(logs), 2 * count, max(map(len, states))))
    same = np.zeros((2 * count, emissions.shape[-1] // 2), bool)
    for index, (label, row, length) in enumerate(zip(labels, states, lengths, strict=True)):
        spoken = logs[:length, index][:, row]
        emissions[:length, index, : len(row)] = spoken
        emissions[:length, index + count, : len(row)] = spoken[::-1, ::-1]
        for at in range(1, len(label)):
            if label[at] == label[at - 1]:
                same[index, at] = same[index + count, len(label) - at] = True
    arrived = _arrivals(emissions, same)
    emissions += arrived
    found = []
    for index, (row, length) in enumerate(zip(states, lengths, strict=True)):
        beta = arrived[:length, index + count, : len(row)][::-1, ::-1]
        found.append((emissions[:length, index, : len(row)].copy(), beta.copy()))
    return found


def _arrivals(emissions: Array, same: Array) -> Array:
    """Log probability of all ways into each state, its own symbol left out, of the shape of the emissions (T, rows, S).

    A blank is reached from itself and from the symbol before it; a symbol from itself and in the two ways in which
    the blank before it is, but for a symbol that is the `same` as the one before (rows, U): only by that blank.
    """
    arrived = np.empty(emissions.shape)
    arrived[0] = -np.inf
    arrived[0, :, :2] = 0
    # in front of the states one that cannot be, as a symbol before the first blank
    room = np.full((emissions.shape[1], emissions.shape[2] + 1), -np.inf)
    before, blanks, symbols, here = room[:, 0::2], room[:, 1::2], room[:, 2::2], room[:, 1:]
    source = np.empty(same.shape)
    np.add(arrived[0], emissions[0], out=here)
    for into, emission in zip(arrived[1:], emissions[1:], strict=True):
        np.logaddexp(blanks, before, out=into[:, 0::2])
        np.copyto(source, into[:, 0:-1:2])
        np.copyto(source, blanks[:, :-1], where=same)
        np.logaddexp(symbols, source, out=into[:, 1::2])
        np.add(into, emission, out=here)
    return arrived
