"""Alignments and labels: what collapses to what, in how many ways, and all of them for small cases."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations, groupby, pairwise
from math import comb
from typing import TypeVar

from ..check import whole
from ..problems import NetworkError, Problem
from .ctc_label import blank_in_label, repeats, with_blanks

Symbol = TypeVar("Symbol", bound=Hashable)
#: no longer number is written out in a message
_LONGEST = 10**18


def collapse(alignment: Iterable[Symbol], blank: Symbol) -> tuple[Symbol, ...]:
    """The label of an alignment: repeats are merged first, blanks deleted after (Graves et al. 2006, section 3.1).

    Symbols may be anything: `collapse("aa_ab", "_")` is ("a", "a", "b").
    """
    return only_delete_blanks((symbol for symbol, _ in groupby(alignment)), blank)


def only_delete_blanks(alignment: Iterable[Symbol], blank: Symbol) -> tuple[Symbol, ...]:
    """The wrong rule: blanks deleted and repeats left as they are. It makes ("a", "a", "a", "b") of "aa_ab"."""
    return tuple(symbol for symbol in alignment if symbol != blank)


def count_alignments(label: Sequence[Hashable], steps: int) -> int:
    """How many alignments of that many steps collapse to a label, exactly: C(T + U - r, 2 U).

    U symbols, r of them equal to the one before. An alignment is U runs of symbols of at least one step, and U + 1
    runs of blanks, r of them of at least one step: T - U - r steps are left for 2 U + 1 runs to share. Without
    repeats it is C(T + U, T - U). Raises NetworkError unless `steps` is a whole number of at least 0.
    """
    return comb(_steps(steps) + len(label) - repeats(label), 2 * len(label))


def count_by_only_deleting(label: Sequence[Hashable], steps: int) -> int:
    """How many there would be under the wrong rule, which only deletes blanks: C(T, U), the places of the symbols."""
    return comb(_steps(steps), len(label))


def alignments(
    label: Sequence[Symbol], steps: int, blank: Symbol, *, limit: int = 10_000
) -> Iterator[tuple[Symbol, ...]]:
    """Every alignment of that many steps that collapses to a label, one at a time; early symbols first.

    Raises NetworkError, at once, for more than `limit` of them and for a blank in the label.
    """
    for number, symbol in enumerate(label, start=1):
        if symbol == blank:
            raise NetworkError([blank_in_label(symbol, number)])
    steps = _steps(steps)
    count = count_alignments(label, steps)
    if count > limit:
        said = str(count) if count < _LONGEST else f"more than {_LONGEST}"
        message = f"the label has {said} alignments in {steps} steps, of which at most {limit} can be listed"
        args: dict[str, str | int | float] = {"count": said, "steps": steps, "limit": limit}
        raise NetworkError([Problem("too-many-alignments", message, args, "take fewer steps", field="steps")])
    return _spread(label, steps, blank)


def _spread(label: Sequence[Symbol], steps: int, blank: Symbol) -> Iterator[tuple[Symbol, ...]]:
    """The steps that are left over, shared among the runs in every way: bars among stars."""
    states = with_blanks(label, blank)
    least = [0] * len(states)
    for at in range(1, len(states), 2):
        least[at] = 1
        if at > 1 and states[at] == states[at - 2]:
            least[at - 1] = 1
    slots = steps - sum(least) + len(states) - 1
    for bars in combinations(range(slots), len(states) - 1):
        edges = (-1, *bars, slots)
        extra = (right - left - 1 for left, right in pairwise(edges))
        runs = zip(states, least, extra, strict=True)
        yield tuple(symbol for symbol, needed, more in runs for _ in range(needed + more))


def _steps(steps: object) -> int:
    found = whole(steps)
    if found is not None and found >= 0:
        return found
    said = f"{steps!s:.20}"
    message, hint = f"{said} is not a number of steps", "give a whole number of at least 0"
    raise NetworkError([Problem("bad-steps", message, {"value": said}, hint, field="steps")])
