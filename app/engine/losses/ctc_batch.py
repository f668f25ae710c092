"""Connectionist temporal classification of a batch: many sequences, each with its own label and length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..check import as_lengths
from ..ops import Array
from ..problems import NetworkError, Problem
from .ctc import Ctc, losses
from .ctc_label import as_list, check_blank, check_label
from .loss_check import series


@dataclass(frozen=True, slots=True, eq=False)
class CtcBatch:
    """The losses of many sequences: each on its own, as long as it is; `totals` (batch,), and their sum `total`.

    `gradient` is dtotal/dlogits (T, batch, K), 0 after a sequence's end.
    """

    sequences: tuple[Ctc, ...]
    total: float
    totals: Array
    gradient: Array


def ctc_loss_batch(
    logits: ArrayLike,
    labels: Sequence[Sequence[int] | Array] | Array,
    *,
    blank: int = 0,
    lengths: Sequence[int] | None = None,
) -> CtcBatch:
    """The losses of a label for each sequence of a batch of logits (T, batch, K); see `ctc_loss`.

    `lengths` says how many steps of each sequence count; what comes after is not looked at.
    Raises NetworkError as `ctc_loss` does, for lengths that do not fit, and for another number of labels.
    """
    given = series(logits, "logits", size="symbols", axes=(3,))
    length, count, symbols = given.shape
    problems: list[Problem] = []
    blank = check_blank(blank, symbols, problems)
    listed = as_list(labels) or ()
    if len(listed) != count:
        message = f"there are {len(listed)} labels for {count} sequences"
        args: dict[str, str | int | float] = {"labels": len(listed), "sequences": count}
        problems.append(Problem("bad-labels", message, args, "give a list with a label for each", field="labels"))
    checked = [
        check_label(label, symbols, blank, problems, field=f"labels.{number}")
        for number, label in enumerate(listed, start=1)
    ]
    ends = [length] * count
    try:
        known = as_lengths(lengths, length, (count,))
        if known is not None:
            ends = [int(end) for end in known]
    except NetworkError as error:
        problems += error.problems
    if problems:
        raise NetworkError(problems)
    sequences = losses(given, checked, ends, blank)
    gradient = np.zeros_like(given)
    for index, (each, end) in enumerate(zip(sequences, ends, strict=True)):
        gradient[:end, index] = each.gradient
    totals = np.array([each.total for each in sequences])
    return CtcBatch(tuple(sequences), float(totals.sum()), totals, gradient)
