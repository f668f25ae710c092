"""What range a value keeps to, as far as its equation says so at a glance."""

from __future__ import annotations

from collections.abc import Mapping

from .evaluate import constant
from .expr import Apply, Expr, Name, Number, walk
from .lower import Lowered
from .ops import OPS, is_pattern
from .program import Range


class Ranges:
    """The ranges of lowered values, found in the order of execution: (low, high), None where there is no end.

    An activation has its own; a sum or product with a number moves and stretches that of the other side, so that
    `f = 1 - i` is a gate where `i` is one.
    """

    def __init__(self, constants: Mapping[str, float]) -> None:
        self.constants = constants
        self.known: dict[str, Range] = {}

    def add(self, each: Lowered) -> Range | None:
        """The range of one more value, None if nothing is known of it."""
        found = self.of(each.expr)
        if found is not None:
            self.known[each.target] = found
        return found

    def of(self, expr: Expr) -> Range | None:
        match expr:
            case Name(id):
                return self.known.get(id)
            case Apply("neg", (inner,)):
                return _times(self.of(inner), -1.0)
            case Apply("add" | "sub" | "mul" as op, (left, right)):
                if (number := self.number(left)) is not None:
                    other = _times(self.of(right), -1.0) if op == "sub" else self.of(right)
                elif (number := self.number(right)) is not None:
                    number, other = (-number if op == "sub" else number), self.of(left)
                else:
                    return None
                return _times(other, number) if op == "mul" else _plus(other, number)
            case Apply(op, args) if OPS[op].limits:
                low, high = (arg.value for arg in args if isinstance(arg, Number))
                return low, high
            case Apply(op) if OPS[op].range != (None, None):
                return OPS[op].range
        return None

    def number(self, expr: Expr) -> float | None:
        """The number that an expression of numbers and constants is, None for any other."""
        for node in walk(expr):
            if is_pattern(node) or (isinstance(node, Name) and node.id not in self.constants):
                return None
        return constant(expr, self.constants)


def _plus(span: Range | None, number: float) -> Range | None:
    if span is None:
        return None
    low, high = span
    return (None if low is None else low + number), (None if high is None else high + number)


def _times(span: Range | None, number: float) -> Range | None:
    if span is None or number == 0:
        return None
    ends = (None if span[0] is None else span[0] * number), (None if span[1] is None else span[1] * number)
    return ends if number > 0 else ends[::-1]
