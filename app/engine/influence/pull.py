"""One place's adjoint, ready for several gradients at once.

The backward pass is linear in what arrives from outside, so that the same equations carry any number of gradients side
by side: every gradient has one more axis, in front of its last one, and the values that it is multiplied with have 1 there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..adjoint import GRADIENT, Adjoint
from ..expr import Apply, Expr, Name, Number, names
from ..flow import Flow, gradients, linear
from ..forward import Forward
from ..ops import OPS, Array, quietly
from ..program import Program
from ..rules import PREVIOUS

#: one step, several, or all of them, in the order in which the place reads
Steps = int | slice | Array
Term = Callable[[Steps, Mapping[str, Array]], Array | None]


class Numbers(dict[str, Array]):
    """The numbers of a finished run by name: series (T, ..., 1, size), vectors (..., 1, size), matrices as they are."""

    def __init__(self, forward: Forward) -> None:
        vectors = {p.name for p in forward.program.parameters if len(p.shape) == 1}
        super().__init__({n: a[..., None, :] if n in vectors else a for n, a in forward.still.items()})
        self.still = frozenset(self)
        self._series = forward.part()

    def __missing__(self, name: str) -> Array:
        self[name] = self._series[name][..., None, :]
        return self[name]

    def moves(self, expr: Expr) -> bool:
        """Whether an expression has another value at each step."""
        return not self.still.issuperset(names(expr))


def evaluate(expr: Expr, env: Mapping[str, Array]) -> Array:
    """An expression with every vector (..., rays, size), `rays` being 1 for values."""
    match expr:
        case Number(value):
            return value  # type: ignore[return-value]  # a plain number lets float32 be float32
        case Name(id):
            return env[id]
        case Apply("matmul", (matrix, vector)):
            found: Array = np.matmul(evaluate(vector, env), np.swapaxes(evaluate(matrix, env), -1, -2))
            return found
        case Apply("outer", (left, right)):
            return evaluate(left, env)[..., :, None] * evaluate(right, env)[..., None, :]
        case Apply(op, args):
            return OPS[op].compute(*(evaluate(arg, env) for arg in args))


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """What a gradient is multiplied with; `moves` tells that it has a first axis for the steps."""

    array: Array
    moves: bool

    @classmethod
    def of(cls, factors: tuple[Expr, ...], numbers: Numbers) -> Factor | None:
        """The product of some expressions of values, at all steps; None if there are none."""
        if not factors:
            return None
        total = np.asarray(evaluate(factors[0], numbers))
        for factor in factors[1:]:
            total = total * evaluate(factor, numbers)
        return cls(np.asarray(total), any(numbers.moves(factor) for factor in factors))

    def at(self, steps: Steps) -> Array:
        return self.array[steps] if self.moves else self.array


class Pull:
    """The gradients of one place that `wanted` ones follow from, when the loss touches the values `outside`.

    `along` keeps a single way back in time: from a state straight to itself one step earlier.
    """

    def __init__(
        self,
        forward: Forward,
        outside: Collection[str],
        wanted: Collection[str],
        *,
        along: str | None = None,
        numbers: Numbers | None = None,
    ) -> None:
        program = forward.program if along is None else only_along(forward.program, along)
        self.program = program
        self.numbers = numbers or Numbers(forward)
        self._flow = Flow(program, outside)
        needed = self._needed(wanted)
        order = [a.symbol for a in program.adjoint if a.symbol in needed and a.symbol not in program.parameter]
        #: the gradients that are formed at each step, in their order
        self.forms = [symbol for symbol in order if self._arrives(symbol)]
        #: those that the step before has to know
        self.carried = [s + PREVIOUS for s in self._flow.carried if s + PREVIOUS in self.forms]
        with quietly():
            self._terms = [(symbol, [self._term(t) for t in self._flow.terms[symbol]]) for symbol in self.forms]

    def step(
        self, steps: Steps, outside: Mapping[str, Array], later: Mapping[str, Array]
    ) -> dict[str, Array]:
        """Gradients (..., rays, size) by name; what nothing arrives at is left out.

        `outside` is dL/dv from outside, `later` what this gave for the step after. With several steps at once each of
        them stands alone: then `later` is empty.
        """
        found: dict[str, Array] = {}
        for symbol, terms in self._terms:
            total = outside.get(symbol)
            following = later.get(symbol + PREVIOUS)
            if following is not None:
                total = following if total is None else total + following
            for term in terms:
                part = term(steps, found)
                if part is not None:
                    total = part if total is None else total + part
            if total is not None:
                found[symbol] = total
        return found

    def terms(self, symbol: str) -> list[Expr]:
        """The terms of a gradient by which something can arrive."""
        return self._flow.terms[symbol]

    def _arrives(self, symbol: str) -> bool:
        flow = self._flow
        return symbol in flow.outside or bool(flow.terms[symbol]) or symbol in flow.carried

    def _needed(self, wanted: Collection[str]) -> set[str]:
        """Everything that the wanted gradients are made of."""
        found: set[str] = set()
        waiting = list(wanted)
        while waiting:
            symbol = waiting.pop()
            if symbol not in found and symbol in self._flow.terms:
                found.add(symbol)
                waiting += [of for term in self._flow.terms[symbol] for of in gradients(term)]
                if symbol in self._flow.carried:
                    waiting.append(symbol + PREVIOUS)
        return found

    def _term(self, expr: Expr) -> Term:
        part = linear(expr)
        if part is None:
            return self._any(expr)
        before, after = (Factor.of(factors, self.numbers) for factors in (part.factors, part.after))
        of = part.of
        matrix = None if part.matrix is None else evaluate(part.matrix, self.numbers)

        def term(steps: Steps, found: Mapping[str, Array]) -> Array | None:
            result = found.get(of)
            if result is None:
                return None
            if before is not None:
                result = result * before.at(steps)
            if matrix is not None:
                result = np.matmul(result, matrix)
            return result if after is None else result * after.at(steps)

        return term

    def _any(self, expr: Expr) -> Term:
        reads = [name for name in names(expr) if name not in self.numbers.still and not name.startswith(GRADIENT)]
        of = gradients(expr)

        def term(steps: Steps, found: Mapping[str, Array]) -> Array | None:
            if not all(name in found for name in of):
                return None
            env = {name: self.numbers[name] for name in self.numbers.still}
            env |= {name: self.numbers[name][steps] for name in reads}
            return evaluate(expr, env | {GRADIENT + name: found[name] for name in of})

        return term


def only_along(program: Program, state: str) -> Program:
    """The program whose gradients go back in time by one way only: from `state` to itself, through its own equation."""
    written = {each.target: each.of for each in program.lowered}

    def kept(adjoint: Adjoint) -> Adjoint:
        if adjoint.symbol not in {s + PREVIOUS for s in program.states}:
            return adjoint
        own = adjoint.symbol == state + PREVIOUS
        return Adjoint(adjoint.symbol, tuple(t for t in adjoint.terms if own and written[t.via] == state))

    return replace(program, adjoint=tuple(kept(each) for each in program.adjoint))
