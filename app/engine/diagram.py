"""Equations as a graph: nodes, edges and ranks, at gate level or with every operation shown.

At gate level a weighted sum with what is taken of it is one node, so that an LSTM is its gates, its products and
its sums; at operation level every operation, parameter and number is a node.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import cached_property

from .expr import Apply, Expr, Name, Number, names
from .listing import listing, number
from .lower import Lowered
from .ops import OPS, is_pattern
from .program import Program
from .rules import PREVIOUS, base
from .schedule import sum_terms

GATE, OPERATION = "gate", "operation"
LEVELS = (GATE, OPERATION)
#: how an operation is written in its node
SIGNS = {"add": "+", "sub": "−", "mul": "×", "matmul": "·", "neg": "−", "sigmoid": "σ"}


@dataclass(frozen=True, slots=True)
class Node:
    """`kind`: input, before (a state one step earlier), value, op, parameter, constant, number.

    `op` is the operation of an op node, or what is folded into a value ("affine" for a weighted sum alone).
    """

    id: str
    kind: str
    name: str
    op: str
    role: str
    label: str
    of: str
    rank: int


@dataclass(frozen=True, slots=True)
class Edge:
    """`name` is what travels; `when` is "before" for a state of one step earlier."""

    source: str
    target: str
    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Diagram:
    level: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def to_data(self) -> dict[str, object]:
        """The JSON form, edges as from and to."""
        return {
            "level": self.level,
            "nodes": [asdict(node) for node in self.nodes],
            "edges": [{"from": e.source, "to": e.target, "name": e.name, "when": e.when} for e in self.edges],
        }


def draw(program: Program, level: str = GATE) -> Diagram:
    """The program's graph at a level of detail. Ranks are the longest way from what is given."""
    return _Drawing(program, level).finish()


@dataclass
class _Drawing:
    program: Program
    level: str
    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    #: a set that keeps its order
    edges: dict[tuple[str, str], None] = field(default_factory=dict)
    #: where a name's value comes from, if that is not a node of its own
    source: dict[str, str] = field(default_factory=dict)

    def finish(self) -> Diagram:
        readers = self.readers()
        for each in self.program.lowered:
            expr, target = each.expr, each.target
            if self.level == GATE and target in self.program.fixed:
                continue
            follower = readers[target][0] if len(readers[target]) == 1 else None
            inner = target.endswith(":in") and self.level == GATE
            if inner and follower is not None and self.foldable(expr):
                self.source[target] = ""
                self.value(follower.target, self.op_of(follower.expr), each.of)
                self.connect_all(expr, target, follower.target)
            elif target in self.nodes:
                continue
            elif inner and follower is not None:
                self.source[target] = self.place(expr, target, "")
            elif self.level == GATE and self.foldable(expr):
                self.value(target, "affine", each.of)
                self.connect_all(expr, target, target)
            elif isinstance(expr, Apply) and (OPS[expr.op].activation or is_pattern(expr)):
                self.value(target, expr.op, each.of)
                for arg in expr.args:
                    if isinstance(arg, Name):
                        self.connect(self.leaf(arg), target)
            else:
                root = self.place(expr, target, "")
                self.value(target, "", each.of)
                self.connect(root, target)
        ranks = self.ranks()
        return Diagram(
            self.level,
            tuple(Node(id=id, rank=ranks[id], **node) for id, node in self.nodes.items()),
            tuple(
                Edge(a, b, self.nodes[a]["name"] or a,
                     "before" if self.nodes[a]["kind"] == "before" else "now")
                for a, b in self.edges
            ),
        )  # fmt: skip

    def readers(self) -> dict[str, list[Lowered]]:
        """For each lowered name the equations that read it."""
        found: dict[str, list[Lowered]] = {each.target: [] for each in self.program.lowered}
        for each in self.program.lowered:
            for name in names(each.expr):
                if name in found:
                    found[name].append(each)
        return found

    def foldable(self, expr: Expr) -> bool:
        """A sum of things weighted by parameters, and nothing else."""
        weighted = False
        for _, term in sum_terms(expr):
            match term:
                case Apply("matmul", (matrix, _)) if self.is_still(matrix):
                    weighted = True
                case Apply("mul", (Name(_) as left, Name(_) as right)):
                    if not (self.is_parameter(left) ^ self.is_parameter(right)):
                        return False
                    weighted = True
                case _ if self.is_still(term):
                    weighted = weighted or bool(names(term))
                case _:
                    return False
        return weighted

    def is_parameter(self, expr: Name) -> bool:
        return expr.id in self.program.parameter

    @cached_property
    def still(self) -> frozenset[str]:
        program = self.program
        return frozenset({*program.parameter, *program.constants, *program.fixed})

    def is_still(self, expr: Expr) -> bool:
        return self.still.issuperset(names(expr))

    def op_of(self, expr: Expr) -> str:
        return expr.op if isinstance(expr, Apply) else ""

    def connect_all(self, expr: Expr, name: str, target: str, path: str = "") -> None:
        """What a weighted sum called `name` weights goes into the node `target`; what has to be worked out first has its own."""
        match expr:
            case Apply("add" | "sub" | "neg", args):
                for index, arg in enumerate(args):
                    self.connect_all(arg, name, target, _down(path, index))
            case Apply("matmul", (_, Apply() as inner)):
                self.connect(self.place(inner, name, _down(path, 1)), target)
            case _:
                for each in names(expr):
                    self.connect(self.leaf(Name(each)), target)

    def place(self, expr: Expr, target: str, path: str) -> str:
        """The node of an expression, made with all below it; '' for what is not drawn at gate level."""
        if not isinstance(expr, Apply):
            return self.leaf(expr)
        if self.level == GATE and self.is_still(expr):
            return ""
        id = f"{target}/{path}"
        below = [self.place(arg, target, _down(path, n)) for n, arg in enumerate(expr.args)]
        sign = SIGNS.get(expr.op, expr.op)
        shown = ["" if below[n] else self.text(arg) for n, arg in enumerate(expr.args)]
        label = f"{shown[0]} {sign} {shown[-1] if len(shown) > 1 else ''}".strip()
        self.add(id, "op", "", expr.op, "", label, target.partition(":")[0])
        for source in below:
            self.connect(source, id)
        return id

    def text(self, expr: Expr) -> str:
        text = listing(expr).replace("-", "−")
        return f"({text})" if isinstance(expr, Apply) and OPS[expr.op].form in ("infix", "prefix") else text

    def leaf(self, expr: Expr) -> str:
        if isinstance(expr, Number):
            if self.level == GATE:
                return ""
            id = f"number {number(expr.value)}"
            self.add(id, "number", "", "", "constant", number(expr.value), "")
            return id
        assert isinstance(expr, Name)
        name = expr.id
        program = self.program
        if name in self.source:
            return self.source[name]
        if name in program.parameter or name in program.constants or name in program.fixed:
            if self.level == GATE:
                return ""
            kind = "parameter" if name in program.parameter else "constant"
            self.add(name, kind, name, "", kind, name, "")
        elif name in program.inputs:
            self.add(name, "input", name, "", "input", name, "")
        elif name.endswith(PREVIOUS):
            role = program.value[base(name) or name].role
            self.add(name, "before", name, "", role, name, base(name) or "")
        return name

    def value(self, name: str, op: str, of: str) -> None:
        value = self.program.value.get(name)
        role = value.role if value else "constant"
        self.add(name, "value", name, op, role, value.label if value else "", of)

    def add(self, id: str, kind: str, name: str, op: str, role: str, label: str, of: str) -> None:
        self.nodes.setdefault(id, {"kind": kind, "name": name, "op": op, "role": role, "label": label, "of": of})

    def connect(self, source: str, target: str) -> None:
        if source:
            self.edges[source, target] = None

    def ranks(self) -> dict[str, int]:
        ranks = dict.fromkeys(self.nodes, 0)
        changed = True
        while changed:
            changed = False
            for a, b in self.edges:
                if ranks[b] <= ranks[a]:
                    ranks[b] = ranks[a] + 1
                    changed = True
        return ranks


def _down(path: str, index: int) -> str:
    """The way down a tree, one argument further."""
    return f"{path}.{index}" if path else str(index)
