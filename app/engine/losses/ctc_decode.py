"""From what a network says at each step to a label: the best path, and a search over prefixes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from ..check import whole
from ..ops import Array
from ..problems import NetworkError, Problem
from .ctc_alignments import collapse
from .ctc_label import check_blank
from .log_space import log_softmax
from .loss_check import place, series

#: how many labels a search without a width follows
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class BestPath:
    """The most probable alignment, the label that it collapses to, and the log probability of the alignment alone."""

    path: tuple[int, ...]
    label: tuple[int, ...]
    log_probability: float


@dataclass(frozen=True, slots=True)
class Decoded:
    """A label, and the log of its probability as far as the search has followed it."""

    label: tuple[int, ...]
    log_probability: float


def best_path(logits: ArrayLike, *, blank: int = 0) -> BestPath:
    """Greedy decoding of logits (T, K): the most probable symbol of each step, the lower one of two alike.

    Its label need not be the most probable one, which may have many alignments that are each less probable (Graves et
    al. 2006, section 3.2). Raises NetworkError for other shapes, a blank that is no symbol, and NaN.
    """
    logs, blank = _checked(logits, blank)
    path = tuple(int(symbol) for symbol in logs.argmax(axis=-1))
    return BestPath(path, collapse(path, blank), float(logs.max(axis=-1).sum()))


def beam_search(logits: ArrayLike, *, width: int | None = 10, blank: int = 0) -> tuple[Decoded, ...]:
    """Prefix beam search of logits (T, K): the best labels found, the most probable first, at most `width` of them.

    A prefix is followed with two probabilities, of its alignments that end in a blank and of those that do not; the
    `width` most probable prefixes of each step are kept (Hannun, Maas, Jurafsky & Ng 2014, algorithm 1, without a
    language model). What is dropped is lost, so a label's probability is a lower bound. With `width=None` nothing
    is dropped: every label that can be, each with its exact probability. Of labels alike the smaller comes first.
    Raises NetworkError for other shapes, a blank that is no symbol, a width below 1, NaN, and without a width for
    more than 100,000 possible labels.
    """
    logs, blank = _checked(logits, blank, width)
    prefixes = _Prefixes()
    nodes, ends = np.array([0]), np.array([-1])
    in_blank, in_symbol = np.zeros(1), np.full(1, -np.inf)
    for row in logs:
        total = np.logaddexp(in_blank, in_symbol)
        longer = total[:, None] + row
        longer[:, blank] = -np.inf
        inner = np.flatnonzero(ends >= 0)
        # the same symbol again is a new one only after a blank
        longer[inner, ends[inner]] = in_blank[inner] + row[ends[inner]]
        blanks, same = total + row[blank], in_symbol + row[ends]
        at = {node: index for index, node in enumerate(nodes.tolist())}
        for index in inner.tolist():
            parent = at.get(prefixes.parents[nodes[index]])
            if parent is not None:
                symbol = ends[index]
                same[index] = np.logaddexp(same[index], longer[parent, symbol])
                longer[parent, symbol] = -np.inf
        scores = np.concatenate([np.logaddexp(blanks, same), longer.ravel()])
        kept = np.argsort(-scores, kind="stable")[:width]
        kept = kept[scores[kept] > -np.inf]
        old, new = kept[kept < len(nodes)], np.divmod(kept[kept >= len(nodes)] - len(nodes), len(row))
        grown = [prefixes.node(int(nodes[parent]), int(symbol)) for parent, symbol in zip(*new, strict=True)]
        in_blank = np.concatenate([blanks[old], np.full(len(grown), -np.inf)])
        in_symbol = np.concatenate([same[old], longer[new]])
        nodes, ends = np.concatenate([nodes[old], np.array(grown, int)]), np.concatenate([ends[old], new[1]])
    total = np.logaddexp(in_blank, in_symbol)
    found = [Decoded(prefixes.label(node), float(log)) for node, log in zip(nodes.tolist(), total, strict=True)]
    return tuple(sorted(found, key=lambda each: (-each.log_probability, each.label)))


@dataclass
class _Prefixes:
    """Every prefix that was ever kept, as a node of a tree: 0 is the empty one."""

    parents: list[int] = field(default_factory=lambda: [-1])
    symbols: list[int] = field(default_factory=lambda: [-1])
    children: dict[tuple[int, int], int] = field(default_factory=dict)

    def node(self, parent: int, symbol: int) -> int:
        found = self.children.setdefault((parent, symbol), len(self.parents))
        if found == len(self.parents):
            self.parents.append(parent)
            self.symbols.append(symbol)
        return found

    def label(self, node: int) -> tuple[int, ...]:
        symbols = []
        while node:
            symbols.append(self.symbols[node])
            node = self.parents[node]
        return tuple(reversed(symbols))


def count_labels(steps: int, symbols: int) -> int:
    """How many labels of `symbols` symbols (the blank not among them) have an alignment of that many steps, exactly.

    One more symbol needs one step, and two if it is that before it.
    """
    exactly = [1, symbols]
    while len(exactly) <= steps:
        after = exactly[-2] if len(exactly) > 2 else 0
        exactly.append(max(0, symbols - 1) * exactly[-1] + after)
    return sum(exactly[: steps + 1])


def _checked(logits: ArrayLike, blank: int, width: int | None = 1) -> tuple[Array, int]:
    """Log probabilities and the blank."""
    given = series(logits, "logits", size="symbols", axes=(2,))
    steps, symbols = given.shape
    problems: list[Problem] = []
    blank = check_blank(blank, symbols, problems)
    logs = log_softmax(given.astype(np.float64))
    wrong = np.flatnonzero(np.isnan(logs).any(axis=-1))
    if len(wrong):
        spot = place((int(wrong[0]),), 1)
        message, hint = f"the logits of {spot} have no softmax", "there is NaN or +inf among them, or -inf alone"
        problems.append(Problem("no-softmax", message, {"place": spot}, hint, field="logits"))
    if width is None:
        _check_count(steps, symbols - 1, problems)
    elif (whole(width) or 0) < 1:
        message, said = f"{width!s:.20} is not the width of a beam", f"{width!s:.20}"
        hint = "give a whole number of at least 1, or None to drop nothing"
        problems.append(Problem("bad-width", message, {"value": said}, hint, field="width"))
    if problems:
        raise NetworkError(problems)
    return logs, blank


def _check_count(steps: int, symbols: int, problems: list[Problem]) -> None:
    # that many steps are too many for two symbols, and counting on would only make the number long
    count = count_labels(min(steps, 64) if symbols > 1 else steps, symbols)
    if count > _MOST:
        message = (
            f"{steps} steps of {symbols} symbols can say more than {_MOST} labels, and without a width all are followed"
        )
        args: dict[str, str | int | float] = {"steps": steps, "symbols": symbols, "limit": _MOST}
        problems.append(Problem("too-many-labels", message, args, "give a width", field="width"))
