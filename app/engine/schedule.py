"""What of a program runs ahead of the loop over time, in it, and after it, and what runs side by side.

Worked out once a program, from names alone; `forward` and `backward` turn it into NumPy calls.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from .expr import Apply, Expr, Name, names
from .lower import Lowered
from .ops import OPS
from .program import Program
from .rules import PREVIOUS

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Product:
    """`matrix @ vector` with a vector that only the loop knows."""

    matrix: Expr
    vector: str


@dataclass(frozen=True, slots=True)
class Member:
    """One equation of a block, `target = ahead + products + rest`; `function` is what is taken of it next.

    `flipped`: stored with the opposite sign, which saves the sigmoid one operation a step.
    """

    target: str
    ahead: tuple[Expr, ...]
    products: tuple[Product, ...]
    rest: tuple[Expr, ...]
    activation: str | None
    function: str | None
    flipped: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Equations whose recurrent products run as one, their values stored side by side."""

    members: tuple[Member, ...]

    def runs(self) -> list[tuple[Member, int, int]]:
        """Neighbours whose activations one call works out: (the first of them, first, stop)."""
        return [(self.members[first], first, stop) for _, first, stop in runs(map(_call, self.members))]


@dataclass(frozen=True, slots=True)
class Schedule:
    """`loop` holds blocks and single equations in the order of execution."""

    ahead: tuple[Lowered, ...]
    loop: tuple[Block | Lowered, ...]
    after: tuple[Lowered, ...]


def _call(member: Member) -> tuple[str | None, bool, str]:
    """What members must share for one call to take their activations together."""
    alone = member.function is not None and not OPS[member.function].elementwise
    return member.function, member.flipped, member.target if alone else ""


def members_of(plan: Schedule) -> Iterator[Member]:
    """The members of all blocks, in the order in which they are stored."""
    for item in plan.loop:
        if isinstance(item, Block):
            yield from item.members


def runs(keys: Iterable[Key]) -> list[tuple[Key, int, int]]:
    """Equal neighbours: (key, first, stop)."""
    found: list[tuple[Key, int, int]] = []
    for index, key in enumerate(keys):
        if found and found[-1][0] == key:
            found[-1] = (key, found[-1][1], index + 1)
        else:
            found.append((key, index, index + 1))
    return found


def sum_terms(expr: Expr, sign: int = 1) -> list[tuple[int, Expr]]:
    """The summands of an expression with their signs."""
    match expr:
        case Apply("add", (a, b)):
            return sum_terms(a, sign) + sum_terms(b, sign)
        case Apply("sub", (a, b)):
            return sum_terms(a, sign) + sum_terms(b, -sign)
        case Apply("neg", (a,)):
            return sum_terms(a, -sign)
    return [(sign, expr)]


def schedule(program: Program) -> Schedule:
    """The program's equations divided between before, in and after the loop."""
    equations = [e for e in program.lowered if e.target not in program.fixed]
    earlier = {state + PREVIOUS for state in program.states}
    reads = {e.target: set(names(e.expr)) for e in equations}
    recurrent: set[str] = set()
    for each in equations:
        if reads[each.target] & (recurrent | earlier):
            recurrent.add(each.target)
    needed: set[str] = set(program.states)
    for each in reversed(equations):
        if each.target in needed:
            needed |= reads[each.target]
    in_loop = recurrent & needed
    moving = in_loop | earlier
    loop = [e for e in equations if e.target in in_loop]
    return Schedule(
        ahead=tuple(e for e in equations if e.target not in recurrent),
        loop=tuple(_arrange(program, loop, moving)),
        after=tuple(e for e in equations if e.target in recurrent - needed),
    )


def _arrange(program: Program, loop: list[Lowered], moving: set[str]) -> list[Block | Lowered]:
    """Loop equations by level, those with recurrent products gathered into blocks."""
    levels: dict[str, int] = {}
    for each in loop:
        depth = [levels[name] for name in names(each.expr) if name in levels]
        levels[each.target] = 1 + max(depth, default=0)
    activations = {
        e.expr.args[0].id: e
        for e in loop
        if isinstance(e.expr, Apply) and OPS[e.expr.op].activation and isinstance(e.expr.args[0], Name)
        and len(e.expr.args) == 1
    }
    blocks: dict[tuple[int, tuple[str, ...]], list[Member]] = {}
    order: list[tuple[int, int, Block | Lowered]] = []
    done: set[str] = set()
    for each in loop:
        member = _member(each, moving, activations.get(each.target), program)
        if member is None:
            continue
        key = (levels[each.target], tuple(sorted({p.vector for p in member.products})))
        blocks.setdefault(key, []).append(member)
        done.add(each.target)
    for (level, _), members in blocks.items():
        order.append((level, 0, Block(tuple(sorted(members, key=lambda m: (m.function or "", m.flipped))))))
        done |= {m.activation for m in members if m.activation}
    order += [(levels[e.target], 1, e) for e in loop if e.target not in done]
    return [item for _, _, item in sorted(order, key=lambda entry: entry[:2])]


def _member(each: Lowered, moving: set[str], activation: Lowered | None, program: Program) -> Member | None:
    """The equation as a block's member, None if no recurrent product stands in its sum."""
    ahead: list[Expr] = []
    rest: list[Expr] = []
    products: list[Product] = []
    for sign, term in sum_terms(each.expr):
        match term:
            case _ if not moving.intersection(names(term)):
                ahead.append(term if sign > 0 else Apply("neg", (term,)))
            case Apply("matmul", (matrix, Name(id))) if sign > 0:
                products.append(Product(matrix, id))
            case _:
                rest.append(term if sign > 0 else Apply("neg", (term,)))
    if not products or len({p.vector for p in products}) != len(products):
        return None
    function = None
    if activation is not None and isinstance(activation.expr, Apply):
        function = activation.expr.op
    # what is read elsewhere, at the next step or by the next layer keeps its sign
    kept = each.target in program.states or each.target == program.output
    only = sum(each.target in names(e.expr) for e in program.lowered) == 1
    return Member(
        each.target, tuple(ahead), tuple(products), tuple(rest),
        activation.target if activation else None, function,
        flipped=function == "sigmoid" and only and not kept,
    )  # fmt: skip


def stackable(members: tuple[Member, ...], parameters: Collection[str]) -> tuple[str, list[Expr], list[Expr]] | None:
    """(input, matrices, biases) when every member is `matrix @ input` plus parameters ahead of the loop."""
    source: str | None = None
    matrices: list[Expr] = []
    biases: list[Expr] = []
    for member in members:
        offset: Expr | None = None
        found: tuple[Expr, str] | None = None
        for term in member.ahead:
            match term:
                case Apply("matmul", (matrix, Name(id))) if found is None and id not in parameters:
                    found = (matrix, id)
                case Name(id) if id in parameters:
                    offset = Apply("add", (offset, term)) if offset else term
                case _:
                    return None
        if found is None or (source is not None and found[1] != source):
            return None
        source = found[1]
        matrices.append(found[0])
        if offset:
            biases.append(offset)
    if source is None or len(biases) not in (0, len(members)):
        return None
    return source, matrices, biases
