"""Python names for the symbols of a cell: each its own, none that Python or the source around it uses."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable, Sequence

#: what Python itself has: nothing may be called so
PYTHON = frozenset(keyword.kwlist) | frozenset(name for name in dir(builtins))
_GRADIENTS = ("d_", "dL_", "grad_")


class Scope:
    """The names of one piece of source. `taken` are those that the source itself uses."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._used = set(PYTHON).union(taken)
        self._names: dict[str, str] = {}

    def add(self, symbol: str, wanted: str | None = None) -> str:
        """The name of a symbol: `i:in` is `i_in`; an underscore more where that is taken.

        `wanted` is what to call it instead of its own name.
        """
        if symbol not in self._names:
            name = (wanted or symbol).replace(":", "_")
            assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name), f"{symbol!r} gives no Python name"
            while name in self._used:
                name += "_"
            self._used.add(name)
            self._names[symbol] = name
        return self._names[symbol]

    def __getitem__(self, symbol: str) -> str:
        return self._names[symbol]

    def __contains__(self, symbol: str) -> bool:
        return symbol in self._names


def gradient_prefix(symbols: Sequence[str]) -> str:
    """What the gradient of `c` begins with: `d_c`, unless a cell has names such as `d_n` itself."""
    free = (prefix for prefix in _GRADIENTS if not any(symbol.startswith(prefix) for symbol in symbols))
    return next(free, "gradient_of_")


def function_name(title: str) -> str:
    """`simple_rnn` for a cell called 'simple-rnn'; any text gives a name."""
    words = re.findall(r"[A-Za-z0-9]+", title)[:6]
    name = "_".join(words).lower()[:40].strip("_")
    return name if name[:1].isalpha() else f"cell_{name}".rstrip("_")


def class_name(title: str) -> str:
    """`SimpleRnn` for a cell called 'simple-rnn'."""
    return "".join(word.capitalize() for word in function_name(title).split("_"))
