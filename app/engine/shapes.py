"""What size everything has, inferred by unification.

Targets have the layer's units unless they name another size; the rest follows from how it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .expr import Apply, Equation, Expr, Name, Number, Span, walk
from .listing import listing
from .lower import Lowered
from .ops import OPS
from .problems import Problem, problem, suggestion
from .rules import Draft, base

Shape = tuple[str, ...]
UNITS = "units"
#: of the problems that are found here
CODES = ("shape", "no-vector")


class _Size:
    """A size not known yet; two that must be equal become one."""

    def __init__(self, name: str | None = None) -> None:
        self.name = name
        self.same: _Size | None = None

    def root(self) -> _Size:
        found = self
        while found.same:
            found = found.same
        if found is not self:
            self.same = found  # the way is short the next time
        return found


class _Form:
    """Scalar (), vector (n) or matrix (m, n), not known yet which when `sizes` is None."""

    def __init__(self, sizes: tuple[_Size, ...] | None = None) -> None:
        self.sizes = sizes
        self.same: _Form | None = None

    def root(self) -> _Form:
        found = self
        while found.same:
            found = found.same
        if found is not self:
            self.same = found
        return found

    def text(self) -> str:
        sizes = self.root().sizes
        if sizes is None:
            return "of unknown size"
        if not sizes:
            return "a number"
        return " × ".join(size.root().name or "?" for size in sizes)


class _Mismatch(Exception):
    """Two forms that cannot be the same."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shape of every name as names of sizes, () for constants; sizes in order of appearance."""

    of: dict[str, Shape]
    sizes: tuple[str, ...]


def infer(draft: Draft, lines: Sequence[Equation | Lowered] | None = None) -> tuple[Shapes, list[Problem]]:
    """Every name's shape, and a problem for each place where sizes disagree.

    `lines` are the draft's equations, or what they have been lowered to: then derived names have shapes too.
    """
    inference = _Inference(draft)
    for line in draft.equations if lines is None else lines:
        if line.target not in draft.inputs:
            inference.equation_shape(line.target, line.expr)
    shapes = inference.settle()
    return shapes, inference.problems


class _Inference:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.problems: list[Problem] = []
        self.sizes: dict[str, _Size] = {}
        self.forms: dict[str, _Form] = {}
        for name, size in draft.inputs.items():
            self.forms[name] = _Form((self.size(size),))
        for equation in draft.equations:
            if equation.target not in draft.inputs:
                constant = equation.target in draft.constants
                self.forms[equation.target] = _Form(() if constant else (self.size(equation.size or UNITS),))

    def size(self, name: str) -> _Size:
        return self.sizes.setdefault(name, _Size(name))

    def equation_shape(self, target: str, expr: Expr) -> None:
        form, wanted = self.infer(expr), self.forms.setdefault(target, _Form())
        scalar = form.root().sizes == ()
        try:
            if not (scalar and wanted.root().sizes):  # a number alone fills a vector
                self.unify(form, wanted)
        except _Mismatch:
            hint = f"mark the line's size, as in {target}[{form.text()}] = ..., or change the product"
            if len(form.root().sizes or ()) == 2:
                hint = "a line gives a vector: multiply the matrix with one by @"
            self.refuse(
                expr, f"'{target}' is {wanted.text()}, but '{listing(expr)}' is {form.text()}", hint,
                left=target, left_size=wanted.text(), right=listing(expr), right_size=form.text(),
            )  # fmt: skip

    def infer(self, expr: Expr) -> _Form:
        match expr:
            case Number():
                return _Form(())
            case Name(id):
                of = base(id) or id
                # nothing is known of a line that could not be read
                return _Form() if of in self.draft.statements.broken else self.forms.setdefault(of, _Form())
            case Apply("matmul", (matrix, vector)):
                return self.product(expr, matrix, vector)
            case Apply("slower"):
                size = _Size()
                return _Form((size, size))
            case Apply("every"):
                return _Form((_Size(),))
            case Apply(op, (inner,)) | Apply("clip" as op, (inner, _, _)):
                return self.function(op, inner)
            case Apply(_, (left, right)):
                return self.elementwise(expr, left, right)
        raise AssertionError(f"no shape rule for {expr}")

    def function(self, op: str, inner: Expr) -> _Form:
        form = self.infer(inner)
        sizes = form.root().sizes
        if OPS[op].activation and sizes is None:
            form.root().sizes = (_Size(),)
        elif OPS[op].activation and (len(sizes or ()) == 2 or (op == "softmax" and sizes == ())):
            self.problems.append(problem(
                "no-vector", f"'{op}' takes a vector, but '{listing(inner)}' is {form.text()}", inner.span,
                "apply it to the product with a vector", name=op, part=listing(inner), size=form.text(),
            ))  # fmt: skip
            return _Form()
        return form

    def elementwise(self, expr: Expr, left: Expr, right: Expr) -> _Form:
        a, b = self.infer(left), self.infer(right)
        if a.root().sizes == ():
            return b
        if b.root().sizes == ():
            return a
        try:
            self.unify(a, b)
        except _Mismatch:
            self.refuse(
                expr,
                f"cannot combine '{listing(left)}' ({a.text()}) with '{listing(right)}' ({b.text()})",
                "both sides need the same size; a matrix and @ change one into the other",
                left=listing(left), left_size=a.text(), right=listing(right), right_size=b.text(),
            )  # fmt: skip
            return _Form()
        return a

    def product(self, expr: Expr, left: Expr, right: Expr) -> _Form:
        a, b = self.infer(left), self.infer(right)
        rows, columns = _Size(), _Size()
        try:
            self.unify(b, _Form((columns,)))
            self.unify(a, _Form((rows, columns)))
        except _Mismatch:
            self.refuse(
                expr,
                f"cannot multiply '{listing(left)}' ({a.text()}) with '{listing(right)}' ({b.text()})",
                "@ takes a matrix on its left and a vector on its right; * is elementwise",
                left=listing(left), left_size=a.text(), right=listing(right), right_size=b.text(),
            )  # fmt: skip
            return _Form()
        return _Form((rows,))

    def unify(self, a: _Form, b: _Form) -> None:
        a, b = a.root(), b.root()
        if a is b:
            return
        if a.sizes is None:
            a.same = b
        elif b.sizes is None:
            b.same = a
        elif len(a.sizes) != len(b.sizes):
            raise _Mismatch
        else:
            for one, other in zip(a.sizes, b.sizes, strict=True):
                one, other = one.root(), other.root()
                if one.name and other.name and one.name != other.name:
                    raise _Mismatch
                if one is not other:
                    known, unknown = (one, other) if one.name else (other, one)
                    unknown.same = known

    def settle(self) -> Shapes:
        """Parameters that nothing ties to a size are vectors of the layer's units."""
        of: dict[str, Shape] = {}
        for name, form in self.forms.items():
            sizes = form.root().sizes
            if sizes is None:
                sizes = (self.size(UNITS),)
            for size in sizes:
                if size.root().name is None and not self.problems:
                    unknown = problem(
                        "ambiguous-size",
                        f"nothing says what size '{name}' has",
                        self.span_of(name),
                        "give the inner product a line of its own with a size: p[inner] = U @ x",
                        name=name,
                    )
                    self.problems.append(self.slip(name) or unknown)
            of[name] = tuple(size.root().name or "?" for size in sizes)
        used = dict.fromkeys(size for shape in of.values() for size in shape)
        return Shapes(of, tuple(used))

    def slip(self, matrix: str) -> Problem | None:
        """What a matrix of unknown size is multiplied with, where that is nearly the name of something known."""
        known = [*self.draft.inputs]
        for equation in self.draft.equations:
            known += [equation.target, f"{equation.target}_prev"]
        for node in (node for equation in self.draft.equations for node in walk(equation.expr)):
            match node:
                case Apply("matmul", (Name(name), Name(id))) if name == matrix and (base(id) or id) not in known:
                    if near := suggestion(id, known):
                        said, hint = f"nothing here is called '{id}'", f"did you mean '{near}'?"
                        return problem("unknown-name", said, node.args[1].span, hint, name=id, suggestion=near)
        return None

    def span_of(self, name: str) -> Span | None:
        nodes = (node for equation in self.draft.equations for node in walk(equation.expr))
        uses = (n.span for n in nodes if isinstance(n, Name) and (base(n.id) or n.id) == name)
        return next(uses, None)

    def refuse(self, expr: Expr, message: str, hint: str, **args: str) -> None:
        self.problems.append(problem("shape", message, expr.span, hint, **args))
