"""The backward pass, derived: lowered equations to adjoint equations in the same tree form.

The gradient of the loss with respect to `v` at a step is called `∂v`, a name that no text can hold. It is a
sum of terms, each remembering the equation that it came through. Back-propagation through time is the term
`next(∂v_prev)`: what one step later still depends on `v` (Werbos 1990, "Backpropagation through time").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .expr import Apply, Expr, Name
from .lower import Lowered
from .ops import OPS, apply, is_pattern
from .rules import PREVIOUS
from .simplify import ZERO, Done, simplify

GRADIENT = "∂"


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a gradient: `via` is the equation it came through, `when` "now", "next" or "outside"."""

    expr: Expr
    via: str
    when: str = "now"


@dataclass(frozen=True, slots=True)
class Adjoint:
    """`∂symbol = sum of terms`."""

    symbol: str
    terms: tuple[Term, ...]

    @property
    def target(self) -> str:
        return GRADIENT + self.symbol


def gradient_name(symbol: str) -> Name:
    return Name(GRADIENT + symbol)


def derive(
    lowered: Sequence[Lowered],
    states: Sequence[str],
    inputs: Sequence[str],
    parameters: Sequence[str],
) -> list[Adjoint]:
    """Adjoint equations in the order of execution: values from last to first, then the states one step
    earlier (`states` are the names read so), inputs, and parameters, which sum over all steps.
    """
    values = [each for each in lowered if not is_pattern(each.expr)]
    earlier = [state + PREVIOUS for state in states]
    wanted = {each.target for each in values}.union(earlier, inputs, parameters)
    terms: dict[str, list[Term]] = {name: [] for name in wanted}

    def back(expr: Expr, gradient: Expr, via: str) -> None:
        match expr:
            case Name(id):
                if id in wanted:
                    terms[id].append(Term(gradient, via))
            case Apply(op, args):
                for arg, part in zip(args, OPS[op].adjoint(args, expr, gradient), strict=True):
                    if part is not None:
                        back(arg, part, via)

    done: Done = {}
    found: list[Adjoint] = []
    for each in reversed(values):
        name = each.target
        total = [Term(apply("outside", Name(name)), name, "outside"), *terms[name]]
        if name in states:
            total.append(Term(apply("next", gradient_name(name + PREVIOUS)), name, "next"))
        found.append(Adjoint(name, _tidy(total, done)))
        match each.expr:
            case Apply(op, args) if OPS[op].activation:
                # the rule may speak of the activation's own value by its name
                parts = OPS[op].adjoint(args, Name(name), gradient_name(name))
                for arg, part in zip(args, parts, strict=True):
                    if part is not None:
                        back(arg, part, name)
            case _:
                back(each.expr, gradient_name(name), name)
    found += [Adjoint(name, _tidy(terms[name], done)) for name in [*earlier, *inputs]]
    for name in parameters:
        summed = tuple(Term(apply("sum", term.expr), term.via, term.when) for term in _tidy(terms[name], done))
        found.append(Adjoint(name, summed))
    return found


def _tidy(terms: Sequence[Term], done: Done) -> tuple[Term, ...]:
    tidy = (Term(simplify(term.expr, done), term.via, term.when) for term in terms)
    return tuple(term for term in tidy if term.expr != ZERO)
