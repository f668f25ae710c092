"""How gradients flow through a program: which have to wait for the next step, and which follow by themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from .adjoint import GRADIENT
from .expr import Apply, Expr, Name, Number, names, walk
from .program import Program
from .rules import PREVIOUS

_MINUS = Number(-1.0)


@dataclass(frozen=True, slots=True)
class Linear:
    """A term that is `after * (matrix^T @ (factors * ∂of))`, elementwise where there is no matrix."""

    of: str
    factors: tuple[Expr, ...] = ()
    matrix: Expr | None = None
    after: tuple[Expr, ...] = ()


class Flow:
    """How gradients flow in a program once it is known where the loss touches it (`outside`)."""

    def __init__(self, program: Program, outside: Collection[str]) -> None:
        self.program, self.outside = program, frozenset(outside)
        now = {a.symbol: [t.expr for t in a.terms if t.when == "now"] for a in program.adjoint}
        self._resolved: dict[str, tuple[str, tuple[Expr, ...]]] = {}
        alive = self._alive(now)
        #: the terms by which something can arrive at all
        self.terms = {
            symbol: [term for term in terms if alive.intersection(gradients(term))] for symbol, terms in now.items()
        }

    def _alive(self, now: Mapping[str, list[Expr]]) -> set[str]:
        alive = set(self.outside)
        before = -1
        while len(alive) != before:
            before = len(alive)
            for symbol, terms in now.items():
                if any(alive.intersection(gradients(term)) for term in terms):
                    alive.add(symbol)
            alive.update(s for s in self.program.states if s + PREVIOUS in alive)
        return alive

    @cached_property
    def carried(self) -> tuple[str, ...]:
        """The states through which something comes back from the next step."""
        return tuple(s for s in self.program.states if self.terms[s + PREVIOUS])

    @cached_property
    def late(self) -> set[str]:
        """What cannot be known before the loop has reached its step."""
        found = set(self.carried)
        for each in reversed(self.program.lowered):
            terms = self.terms.get(each.target, [])
            if any(found.intersection(gradients(term)) for term in terms):
                found.add(each.target)
        return found

    def resolve(self, of: str) -> tuple[str, tuple[Expr, ...]]:
        """The nearest gradient that ∂of is a plain elementwise multiple of, and the factors."""
        if of not in self._resolved:
            root = of
            factors: tuple[Expr, ...] = ()
            if of not in self.outside and of not in self.carried:
                found = self._multiple(of)
                if found is not None:
                    root, before = self.resolve(found[0])
                    factors = before + found[1]
            self._resolved[of] = root, factors
        return self._resolved[of]

    def _multiple(self, of: str) -> tuple[str, tuple[Expr, ...]] | None:
        """The gradient that all terms of ∂of are elementwise multiples of, and the factors."""
        parts = [linear(term) for term in self.terms[of]]
        known = [part for part in parts if part is not None and part.matrix is None]
        if not known or len(known) < len(parts):
            return None
        if len(known) == 1:
            return known[0].of, known[0].factors
        ways = [(part.of, part.factors) for part in known]
        if len({source for source, _ in ways}) > 1:
            ways = [(self.resolve(part.of)[0], self.resolve(part.of)[1] + part.factors) for part in known]
        if len({source for source, _ in ways}) > 1:
            return None
        # what is taken off comes last, so that it needs no sign of its own
        return ways[0][0], (_sum([_product(factors) for _, factors in sorted(ways, key=lambda way: _MINUS in way[1])]),)

    @cached_property
    def needed(self) -> tuple[set[str], set[str]]:
        """(roots, vectors): sums that the loop has to form, and multiples of them that it has to spell out."""
        roots: set[str] = set()
        vectors: set[str] = set()
        waiting = [term for state in self.carried for term in self.terms[state + PREVIOUS]]
        while waiting:
            term = waiting.pop()
            part = linear(term)
            for of in self.late.intersection(gradients(term)):
                root, _ = self.resolve(of)
                spelt_out = part is None or part.matrix is not None
                if spelt_out and of != root:
                    vectors.add(of)
                if root not in roots:
                    roots.add(root)
                    waiting += self.terms[root]
        return roots, vectors

    @cached_property
    def multiplied(self) -> dict[str, set[str]]:
        """By vector: whose gradients it is multiplied with to give that of a matrix; by "" whose are those of biases."""
        found: dict[str, set[str]] = {}
        for parameter in self.program.parameter:
            for node in (node for term in self.terms[parameter] for node in walk(term)):
                match node:
                    case Apply("outer", (Name(name), Name(vector))):
                        found.setdefault(vector, set()).add(name.removeprefix(GRADIENT))
                    case Apply("sum", (Name(name),)):
                        found.setdefault("", set()).add(name.removeprefix(GRADIENT))
        return found


def gradients(expr: Expr) -> list[str]:
    """The symbols whose gradients an adjoint expression reads."""
    return [name.removeprefix(GRADIENT) for name in names(expr) if name.startswith(GRADIENT)]


def linear(expr: Expr) -> Linear | None:
    """A term taken apart, None when it is not of that form (softmax)."""
    match expr:
        case Name(id) if id.startswith(GRADIENT):
            return Linear(id.removeprefix(GRADIENT))
        case Apply("neg", (inner,)):
            return _times(linear(inner), _MINUS)
        case Apply("mul", (inner, factor)) if gradients(inner) and not gradients(factor):
            return _times(linear(inner), factor)
        case Apply("mul", (factor, inner)) if gradients(inner) and not gradients(factor):
            return _times(linear(inner), factor)
        case Apply("matmul", (Apply("transpose", (matrix,)), inner)):
            found = linear(inner)
            if found is not None and found.matrix is None:
                return Linear(found.of, found.factors, matrix)
    return None


def _times(term: Linear | None, factor: Expr) -> Linear | None:
    if term is None:
        return None
    if term.matrix is None:
        return Linear(term.of, (*term.factors, factor))
    return Linear(term.of, term.factors, term.matrix, (*term.after, factor))


def _product(factors: tuple[Expr, ...]) -> Expr:
    total: Expr = Number(1.0)
    for factor in factors:
        total = factor if total == Number(1.0) else Apply("mul", (total, factor))
    return total


def _sum(terms: list[Expr]) -> Expr:
    total = terms[0]
    for term in terms[1:]:
        match term:
            case Apply("mul", (inner, Number(-1.0))):
                total = Apply("sub", (total, inner))
            case _:
                total = Apply("add", (total, term))
    return total
