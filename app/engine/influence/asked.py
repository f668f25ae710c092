"""What a question about gradients names: values over time, starting states and parameters, found and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..problems import NetworkError, Problem
from ..wiring import Wires


class Asked:
    """Names by full address, in the order in which they were given; every problem with any of them is collected."""

    def __init__(self, wires: Wires) -> None:
        self.wires = wires
        self.problems: list[Problem] = []

    def series(self, names: str | Iterable[str]) -> list[str]:
        """Values, inputs and states one step earlier."""
        return self._all([names] if isinstance(names, str) else names, self.wires.value)

    def states(self, names: Iterable[str]) -> list[str]:
        """States, of which the value before the first step is meant."""
        return self._all(names, lambda name: self._among(name, list(self.wires.states), "states"))

    def parameters(self, names: Iterable[str]) -> list[str]:
        """Parameters; the one that a tied parameter is the same as."""
        known = [*self.wires.parameters, *self.wires.tied]
        found = self._all(names, lambda name: self._among(name, known, "parameters"))
        return [self.wires.tied.get(full, full) for full in found]

    def uses(self, parameter: str) -> list[str]:
        """A parameter by full address in every place that has it."""
        return [parameter, *(name for name, other in self.wires.tied.items() if other == parameter)]

    def check(self) -> None:
        """Raises NetworkError with every problem."""
        if self.problems:
            raise NetworkError(self.problems)

    def _all(self, names: Iterable[str], find: Callable[[str], str]) -> list[str]:
        found: list[str] = []
        for name in names:
            try:
                found.append(find(name))
            except NetworkError as error:
                self.problems += error.problems
        return found

    def _among(self, name: str, known: list[str], what: str) -> str:
        full = self.wires.names.full(name)
        if full not in known:
            said, hint = f"'{name}' is not one of the {what}", f"they are {', '.join(map(self.wires.names.short, known))}"
            raise NetworkError([Problem("unknown-name", said, {"name": name, "suggestion": ""}, hint, field=name)])
        return full
