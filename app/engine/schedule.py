"""What of a program runs ahead of the loop over time, in it, and after it, and what runs side by side.

Worked out once a program, from names alone; `forward` and `backward` turn it into NumPy calls.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from .expr import Apply, Expr, Name, names
from .flow import Flow
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

    The terms of `rest` come with their signs. `flipped`: stored with the opposite sign, which saves the sigmoid one
    operation a step.
    """

    target: str
    ahead: tuple[Expr, ...]
    products: tuple[Product, ...]
    rest: tuple[tuple[int, Expr], ...]
    activation: str | None
    function: str | None
    flipped: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """What neighbours first..stop of a block have ahead of the loop: `matrix @ source + offset` for each.

    Without `source` there is no matrix, and there may be no offsets. `plain` False: sums of another form.
    """

    first: int
    stop: int
    source: str | None
    matrices: tuple[Expr, ...]
    offsets: tuple[Expr, ...]
    plain: bool = True


@dataclass(frozen=True)
class Block:
    """Equations whose recurrent products run as one, their values stored side by side."""

    members: tuple[Member, ...]
    parameters: frozenset[str]

    def runs(self) -> list[tuple[Member, int, int]]:
        """Neighbours whose activations one call works out: (the first of them, first, stop)."""
        return [(self.members[first], first, stop) for _, first, stop in runs(map(_call, self.members))]

    @cached_property
    def ahead(self) -> tuple[Ahead, ...]:
        """Neighbours whose sums ahead of the loop one product works out."""
        forms = [_plain(member, self.parameters) for member in self.members]
        keys = [
            (form.source, bool(form.offsets)) if form.plain else index for index, form in enumerate(forms)
        ]
        return tuple(
            Ahead(
                first, stop, forms[first].source,
                tuple(matrix for form in forms[first:stop] for matrix in form.matrices),
                tuple(offset for form in forms[first:stop] for offset in form.offsets),
                forms[first].plain,
            )
            for _, first, stop in runs(keys)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Schedule:
    """`loop` holds blocks and single equations of `program` in the order of execution."""

    program: Program
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
    at = 0
    for key, group in groupby(keys):
        stop = at + len(list(group))
        found.append((key, at, stop))
        at = stop
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


def added(terms: Iterable[Expr]) -> Expr | None:
    """The sum of terms, None if there are none."""
    total: Expr | None = None
    for term in terms:
        total = term if total is None else Apply("add", (total, term))
    return total


def schedule(program: Program, flow: Flow | None = None) -> Schedule:
    """The program's equations divided between before, in and after the loop.

    `flow` is how gradients are going to flow, so that what they run side by side is stored so.
    """
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
    loop = [e for e in equations if e.target in in_loop]
    arranged: list[Block | Lowered] = []
    if loop:
        arranged = _Arranging(program, loop, in_loop | earlier, flow or Flow(program, [program.output])).arranged()
    return Schedule(
        program,
        ahead=tuple(e for e in equations if e.target not in recurrent),
        loop=tuple(arranged),
        after=tuple(e for e in equations if e.target in recurrent - needed),
    )


class _Arranging:
    """Loop equations by level, those with recurrent products gathered into blocks."""

    def __init__(self, program: Program, loop: list[Lowered], moving: set[str], flow: Flow) -> None:
        self.program, self.loop, self.moving, self.flow = program, loop, moving, flow
        self.parameters = frozenset(program.parameter)
        self.reads = [names(e.expr) for e in program.lowered]
        self.activations = {
            e.expr.args[0].id: e
            for e in loop
            if isinstance(e.expr, Apply) and OPS[e.expr.op].activation and len(e.expr.args) == 1
            and isinstance(e.expr.args[0], Name)
        }  # fmt: skip

    def arranged(self) -> list[Block | Lowered]:
        levels: dict[str, int] = {}
        blocks: dict[tuple[int, tuple[str, ...]], list[Member]] = {}
        done: set[str] = set()
        for each in self.loop:
            depth = [levels[name] for name in names(each.expr) if name in levels]
            levels[each.target] = 1 + max(depth, default=0)
            member = self.member(each)
            if member is not None:
                key = (levels[each.target], tuple(sorted(p.vector for p in member.products)))
                blocks.setdefault(key, []).append(member)
                done |= {member.target, member.activation or ""}
        order: list[tuple[int, int, Block | Lowered]] = [
            (level, 0, Block(self.side_by_side(members), self.parameters)) for (level, _), members in blocks.items()
        ]
        order += [(levels[e.target], 1, e) for e in self.loop if e.target not in done]
        return [item for _, _, item in sorted(order, key=lambda entry: entry[:2])]

    def member(self, each: Lowered) -> Member | None:
        """The equation as a block's member, None if nothing of its sum is a product that runs with others."""
        ahead: list[Expr] = []
        rest: list[tuple[int, Expr]] = []
        matrices: dict[str, list[Expr]] = {}
        for sign, term in sum_terms(each.expr):
            match term:
                case _ if self.moving.isdisjoint(names(term)):
                    ahead.append(_signed(sign, term))
                case Apply("matmul", (matrix, Name(id))) if self.moving.isdisjoint(names(matrix)):
                    matrices.setdefault(id, []).append(_signed(sign, matrix))
                case _:
                    rest.append((sign, term))
        products = tuple(Product(added(parts) or parts[0], id) for id, parts in matrices.items())
        if not products and not any(_has_product(term) for term in ahead):
            return None
        activation = self.activations.get(each.target)
        function = activation.expr.op if activation and isinstance(activation.expr, Apply) else None
        # what is read elsewhere, at the next step or by the next layer keeps its sign
        kept = each.target in self.program.states or each.target == self.program.output
        only = sum(each.target in read for read in self.reads) == 1
        return Member(
            each.target, tuple(ahead), products, tuple(rest), activation.target if activation else None, function,
            flipped=function == "sigmoid" and only and not kept,
        )  # fmt: skip

    def side_by_side(self, members: list[Member]) -> tuple[Member, ...]:
        """Equal functions together, and among them last what shares its root on the way back with the next ones."""
        calls = sorted({_call(m)[:2] for m in members}, key=lambda call: (call[0] or "", call[1]))
        groups = [[m for m in members if _call(m)[:2] == call] for call in calls]
        for group, following in zip(groups, [*groups[1:], []], strict=True):
            roots = {self.root(m) for m in following}
            group.sort(key=lambda m: self.root(m) in roots)
        return tuple(m for group in groups for m in group)

    def root(self, member: Member) -> str:
        return self.flow.resolve(member.target)[0]


def _signed(sign: int, expr: Expr) -> Expr:
    return expr if sign > 0 else Apply("neg", (expr,))


def _has_product(expr: Expr) -> bool:
    return isinstance(expr, Apply) and (expr.op == "matmul" or any(map(_has_product, expr.args)))


def _plain(member: Member, parameters: Collection[str]) -> Ahead:
    """What one member has ahead of the loop."""
    offsets: list[Expr] = []
    products: list[tuple[Expr, str]] = []
    for term in member.ahead:
        match term:
            case Apply("matmul", (matrix, Name(id))) if id not in parameters:
                products.append((matrix, id))
            case Name(id) if id in parameters:
                offsets.append(term)
            case _:
                return Ahead(0, 1, None, (), member.ahead, plain=False)
    if len(products) > 1:
        return Ahead(0, 1, None, (), member.ahead, plain=False)
    offset = added(offsets)
    source = products[0][1] if products else None
    return Ahead(0, 1, source, tuple(matrix for matrix, _ in products), (offset,) if offset else ())
