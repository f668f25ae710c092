"""Who may compute now, where more want to than there are processors: each visitor as long as any other."""

from __future__ import annotations

from collections.abc import Hashable, Sequence


class Turns:
    """Gives turns to so many `at_once`. Pairs of a visitor and one of its runs, both told apart by identity."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._used: dict[Hashable, float] = {}
        self._now: list[tuple[Hashable, Hashable]] = []

    def next(self, wanting: Sequence[tuple[Hashable, Hashable]], seconds: float) -> list[tuple[Hashable, Hashable]]:
        """Those whose turn it is, of those that want one; the turns that were given last took so many seconds.

        Least used first: of the visitors, then of the visitor's runs. Who is new, or wants again, has used as much as
        the one with least, so that nobody saves up turns.
        """
        for pair in self._now:
            for each in pair:
                self._used[each] = self._used.get(each, 0.0) + seconds
        for at in (0, 1):
            self._admit([pair[at] for pair in wanting])
        present = {each for pair in wanting for each in pair}
        self._used = {each: used for each, used in self._used.items() if each in present}
        chosen: list[tuple[Hashable, Hashable]] = []
        given = dict.fromkeys(present, 0)
        left = list(wanting)
        while left and len(chosen) < self._at_once:
            pair = min(left, key=lambda each: (self._used[each[0]] + given[each[0]] * seconds, given[each[0]], self._used[each[1]]))
            left.remove(pair)
            chosen.append(pair)
            given[pair[0]] += 1
        self._now = chosen
        return chosen

    def _admit(self, kind: Sequence[Hashable]) -> None:
        known = [self._used[each] for each in kind if each in self._used]
        least = min(known, default=0.0)
        for each in kind:
            self._used.setdefault(each, least)
