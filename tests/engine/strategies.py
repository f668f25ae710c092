"""Hypothesis strategies: expressions that a person can write, and whole cells that are right by construction.

A cell is built from sizes outwards: every vector and matrix is asked for with the size that it must have, and what
stands right of an `@` always holds a name whose size is known without it, so that inference has one answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from hypothesis import strategies as st

from app.engine import Cell, Layer, Network, define
from app.engine.expr import Apply, Equation, Expr, Name, Number, names, walk
from app.engine.listing import cell_text

SMOOTH = ("sigmoid", "tanh", "identity", "exp", "softplus", "softsign", "softmax")
KINKED = ("relu", "step", "clip")
#: what a clip keeps to, in a drawn cell
LIMITS = ((Number(0.0), Number(1.0)), (Apply("neg", (Number(0.25),)), Number(0.5)), (Number(0.125), Number(2.0)))
INFIX = ("add", "sub", "mul", "matmul")
#: what an expression's text may nest, kept below the language's own limit
MOST_SIGNS = 30
#: readouts of two values of the top layer
READOUTS = (
    "out[outputs] = softmax(V @ {0} + d)",
    "out[outputs] = V @ {0} + 0.5 * (R @ tanh({1}))",
    "inner[outputs] = tanh(V @ ({0} * {0}))\nout[outputs] = sigmoid(inner) - R @ {1} : {1}",
)
LABELS = ("", "input gate", "état caché", "隐藏状态", "either : or")


def plain_names() -> st.SearchStrategy[str]:
    """Names that are neither words of Python nor functions."""
    return st.sampled_from(("x", "h_prev", "W_i", "U", "b", "alpha", "c_prev", "q1", "X", "a_b_c"))


def numbers() -> st.SearchStrategy[float]:
    """Numbers as they are written: not negative, since the sign is an operation."""
    return st.one_of(st.integers(0, 10**18).map(float), st.floats(0, 1.7e308, allow_nan=False, allow_infinity=False))


def _signs(expr: Expr) -> int:
    return sum(isinstance(node, Apply) for node in walk(expr))


def expressions() -> st.SearchStrategy[Expr]:
    """Any tree that has a text, whether its sizes fit or not."""
    leaves: st.SearchStrategy[Expr] = st.one_of(plain_names().map(Name), numbers().map(Number))

    def larger(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        periods = st.lists(st.integers(1, 9).map(lambda n: Number(float(n))), min_size=1, max_size=3).map(tuple)
        return st.one_of(
            st.builds(Apply, st.sampled_from(INFIX), st.tuples(inner, inner)),
            st.builds(Apply, st.sampled_from(("neg", *SMOOTH, "relu", "step")), st.tuples(inner)),
            st.builds(Apply, st.just("clip"), st.tuples(inner, inner, inner)),
            st.builds(Apply, st.sampled_from(("every", "slower")), periods),
        )

    return st.recursive(leaves, larger, max_leaves=14).filter(lambda expr: _signs(expr) <= MOST_SIGNS)


class Written:
    """A cell, its equations before they became text, and numbers for all its sizes."""

    def __init__(self, cell: Cell, equations: Sequence[Equation], sizes: Mapping[str, int]) -> None:
        self.cell, self.equations, self.sizes = cell, tuple(equations), sizes

    def __repr__(self) -> str:
        return f"{self.cell.text}{dict(self.sizes)}"

    @property
    def extra(self) -> dict[str, int]:
        """The sizes that a layer has to be given besides its units."""
        return {name: self.sizes[name] for name in self.cell.extra_sizes}


@st.composite
def cells(draw: st.DrawFn, *, smooth: bool = False, inputs: int | None = None) -> Written:
    """A whole cell of one to five equations over up to three sizes, with constants, clocks and masks.

    How large it is can shrink; what it holds is thrown with a die, so that each example is another cell.
    """
    count, depth = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    die = Random(draw(st.integers(0, 2**32)))
    sizes = {
        "inputs": inputs or die.choice((1, 2, 3, 7)),
        "units": die.choice((1, 2, 4)),
        "context": die.choice((2, 6)),
    }
    targets = {letter: die.choice(("units", "units", "context", "inputs")) for letter in die.sample("acgsk", count - 1)}
    targets[die.choice("hhy")] = die.choice(("units", "units", "units", "context"))
    maker = _Maker(die, sizes, targets, (*SMOOTH, *(() if smooth else KINKED)))
    equations = [Equation(name, expr) for name, expr in maker.constants()]
    for target, size in targets.items():
        expr = maker.vector(size, depth)
        equations.append(Equation(target, expr, die.choice(LABELS), None if size == "units" else size))
        maker.defined.append(target)
    equations += [Equation(f"t_{size}", Name(f"b_{size}"), "", size) for size in dict.fromkeys(maker.tied)]
    parameters = sorted({name for e in equations for name in names(e.expr) if name[:2] in ("b_", "W_")})
    starts = [(name, die.choice(("0.25", "identity", "-1", "glorot", "normal(0.5)"))) for name in parameters[: die.randrange(2)]]
    cell = define("drawn", cell_text(("Drawn by lot", "nobody 2026"), equations, starts))
    return Written(cell, equations, {name: sizes[name] for name in ("inputs", *cell.program.sizes)})


@st.composite
def networks(draw: st.DrawFn, *, smooth: bool = False, backward: bool = True) -> Network:
    """One to three layers of drawn cells, in any directions, often with a readout of some values of the topmost."""
    directions = ("forward", "forward", "backward", "both") if backward else ("forward",)
    layers: list[Layer] = []
    first = below = None
    for _ in range(draw(st.integers(1, 3))):
        written = draw(cells(smooth=smooth, inputs=below))
        direction = draw(st.sampled_from(directions))
        layer = Layer(written.cell, written.sizes.get("units", 1), direction=direction, **written.extra)
        layers.append(layer)
        first = first or written.sizes["inputs"]
        output = written.cell.program.value[written.cell.output]
        below = written.sizes[output.size] * len(layer.directions)
    readable = [value.name for value in layers[-1].cell.program.values if not value.derived]
    read, other = draw(st.sampled_from(readable)), draw(st.sampled_from(readable))
    readout = draw(st.sampled_from((None, *READOUTS)))
    if readout is None:
        return Network(layers, inputs=first or 1)
    return Network(layers, inputs=first or 1, readout=readout.format(read, other), outputs=2)


@dataclass
class _Maker:
    die: Random
    sizes: Mapping[str, int]
    targets: Mapping[str, str]
    functions: Sequence[str]
    defined: list[str] = field(default_factory=list)
    scalars: list[str] = field(default_factory=list)
    #: sizes of biases that stand right of an `@`, where they are in need of a line that says how long they are
    tied: list[str] = field(default_factory=list)

    def constants(self) -> list[tuple[str, Expr]]:
        found: list[tuple[str, Expr]] = []
        for name in ("alpha", "beta")[: self.die.randrange(3)]:
            found.append((name, self.scalar(2)))
            self.scalars.append(name)
        return found

    def scalar(self, depth: int) -> Expr:
        kinds = ("number", "name", "function", "infix", "neg") if depth else ("number",)
        match self.die.choice(kinds):
            case "name" if self.scalars:
                return Name(self.die.choice(self.scalars))
            case "function":
                return Apply(self.die.choice(("sigmoid", "tanh", "relu")), (self.scalar(depth - 1),))
            case "infix":
                return Apply(self.die.choice(("add", "sub", "mul")), (self.scalar(depth - 1), self.scalar(depth - 1)))
            case "neg":
                return Apply("neg", (self.scalar(depth - 1),))
        return Number(self.die.choice((0.0, 0.5, 1.0, 1.5, 0.95)))

    def known(self, size: str) -> list[str]:
        """Names of which the cell itself says that they have this size."""
        found = [name for name in self.defined if self.targets[name] == size]
        found += [f"{name}_prev" for name, its in self.targets.items() if its == size]
        return [*found, "x"] if size == "inputs" else found

    def vector(self, size: str, depth: int, *, anchored: bool = False) -> Expr:
        """A vector; `anchored` if it must hold, outside any product with a matrix, a name of known size."""
        kinds = ["leaf"]
        if depth:
            kinds += ["sum", "times", "neg", "scaled", "activation", "activation"]
            if not anchored:
                kinds += ["product", "affine", "affine", "gate", "gate", "clock"]
        match self.die.choice(kinds):
            case "leaf" if known := self.known(size):
                return Name(self.die.choice([*known, *known, *([] if anchored else [f"b_{size}", f"b_{size}2"])]))
            case "sum":
                return Apply(self.die.choice(("add", "add", "sub")), self.pair(size, depth, anchored=anchored))
            case "times":
                return Apply("mul", self.pair(size, depth, anchored=anchored))
            case "neg":
                return Apply("neg", (self.vector(size, depth - 1, anchored=anchored),))
            case "scaled":
                both = (self.scalar(2), self.vector(size, depth - 1, anchored=anchored))
                return Apply(self.die.choice(("add", "sub", "mul", "mul")), self.either_way(both))
            case "activation":
                function, inner = self.die.choice(self.functions), self.vector(size, depth - 1, anchored=anchored)
                return Apply(function, (inner, *(self.die.choice(LIMITS) if function == "clip" else ())))
            case "product":
                inner = self.die.choice([each for each in self.sizes if self.known(each)])
                vector = self.vector(inner, depth - 1, anchored=True)
                if not self.die.randrange(5):
                    vector = Name(f"b_{inner}")
                    self.tied.append(inner)
                return Apply("matmul", (self.matrix(size, inner, 1), vector))
            case "affine":
                return self.affine(size)
            case "gate":
                return Apply(self.die.choice(("sigmoid", "sigmoid", "tanh", "softmax")), (self.affine(size),))
            case "clock":
                return self.pattern("every", size)
        return Name(f"b_{size}")

    def affine(self, size: str) -> Expr:
        """What stands in most cells: products of the input and of a state with matrices, and a bias or none."""
        below = Apply("matmul", (Name(f"W_{size}_inputs{self.die.choice(('', '2'))}"), Name("x")))
        earlier = self.die.choice(list(self.targets))
        matrix = self.matrix(size, self.targets[earlier], self.die.randrange(2))
        expr = Apply("add", (below, Apply("matmul", (matrix, Name(f"{earlier}_prev")))))
        return Apply("add", (expr, Name(f"b_{size}"))) if self.die.randrange(2) else expr

    def pair(self, size: str, depth: int, *, anchored: bool) -> tuple[Expr, ...]:
        return self.either_way((self.vector(size, depth - 1, anchored=anchored), self.vector(size, depth - 1)))

    def either_way(self, both: tuple[Expr, Expr]) -> tuple[Expr, ...]:
        return both if self.die.randrange(2) else both[::-1]

    def matrix(self, rows: str, columns: str, depth: int) -> Expr:
        kinds = ["name"] * 5
        if depth:
            kinds += ["scaled", "neg", "sum", "times"] + ["mask", "mask"] * (rows == columns)
        match self.die.choice(kinds):
            case "scaled":
                return Apply(self.die.choice(("mul", "sub")), (self.scalar(1), self.matrix(rows, columns, depth - 1)))
            case "neg":
                return Apply("neg", (self.matrix(rows, columns, depth - 1),))
            case "sum" | "times" as kind:
                op = "mul" if kind == "times" else self.die.choice(("add", "sub"))
                return Apply(op, (self.matrix(rows, columns, depth - 1), self.matrix(rows, columns, depth - 1)))
            case "mask":
                mask = self.pattern("slower", rows)
                return self.die.choice((mask, Apply("mul", (mask, self.matrix(rows, columns, depth - 1)))))
        return Name(f"W_{rows}_{columns}{self.die.choice(('', '2'))}")

    def pattern(self, op: str, size: str) -> Expr:
        groups = self.die.choice([n for n in (1, 2, 3, 4) if self.sizes[size] % n == 0])
        return Apply(op, tuple(Number(float(self.die.randint(1, 3))) for _ in range(groups)))
