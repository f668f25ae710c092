"""Equations as MathML, every symbol in an element that carries its name.

A gradient is written as a fraction, the loss over the symbol; ℓ is the part of the loss given at that step.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from .adjoint import GRADIENT, Adjoint
from .expr import Apply, Equation, Expr, Name, Number, walk
from .listing import number
from .ops import OPS, is_pattern
from .program import Program
from .rules import PREVIOUS, base

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "omega": "ω",
}  # fmt: skip
_SIGNS = {"add": "+", "sub": "−", "mul": "⊙", "matmul": "\u2062", "neg": "−"}
_FUNCTIONS = {"sigmoid": "σ"}
_MINUS = "<mo>−</mo>"


def formulas(program: Program) -> dict[str, str]:
    """MathML of each equation by its target, and of each adjoint equation by `∂` and its symbol."""
    writer = _Writer(program)
    found = {e.target: writer.equation(e) for e in program.equations}
    found |= {a.target: writer.adjoint(a) for a in program.adjoint}
    return found


def symbols_math(program: Program) -> dict[str, str]:
    """MathML of each symbol alone, without the time."""
    writer = _Writer(program)
    plain = [*program.inputs, *program.value, *program.parameter, *program.constants]
    earlier = [state + PREVIOUS for state in program.states]
    found = {name: _math(writer.symbol(name, None)) for name in plain}
    found |= {name: _math(writer.symbol(name, 0)) for name in earlier}
    found |= {
        GRADIENT + name: _math(writer.gradient(name, None))
        for name in (*plain, *earlier)
        if name not in program.constants
    }
    return found


class _Writer:
    """`shift` counts steps from t: 0 is t, 1 is t+1, None leaves the time out."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.timeless = {*program.parameter, *program.constants, *program.fixed}
        self.inner = {e.target: e.expr for e in program.lowered if ":" in e.target}
        self.terms = {a.symbol: a.terms for a in program.adjoint}
        #: parts that many formulas share, as they have been written
        self.written: dict[tuple[int, int], str] = {}

    def equation(self, equation: Equation) -> str:
        left = self.symbol(equation.target, 0)
        return _math(f"{left}<mo>=</mo>{self.write(equation.expr, 0)}")

    def adjoint(self, adjoint: Adjoint) -> str:
        timed = None if adjoint.symbol in self.timeless else 0
        left = self.gradient(adjoint.symbol, timed)
        right = ""
        for term, shift in self._summands(adjoint):
            text = self.write(term, shift)
            right += f"<mo>+</mo>{text}" if right and not text.startswith(_MINUS) else text
        return _math(f"{left}<mo>=</mo>{right or '<mn>0</mn>'}")

    def _summands(self, adjoint: Adjoint) -> list[tuple[Expr, int]]:
        """What the sum reads like in a book: terms of the next step spelled out, the loss at the output only."""
        found: list[tuple[Expr, int]] = []
        for term in adjoint.terms:
            if term.when == "outside" and adjoint.symbol != self.program.output:
                continue
            if term.when == "next":
                found += [(t.expr, 1) for t in self.terms[adjoint.symbol + PREVIOUS]]
            else:
                found.append((term.expr, 0))
        return found

    def write(self, expr: Expr, shift: int) -> str:
        key = id(expr), shift
        if key not in self.written:
            self.written[key] = self._write(expr, shift)
        return self.written[key]

    def _write(self, expr: Expr, shift: int) -> str:
        match expr:
            case Number(value):
                text = number(abs(value))
                return f"<mn>{text}</mn>" if value >= 0 else f"{_MINUS}<mn>{text}</mn>"
            case Name(name) if name.startswith(GRADIENT):
                return self.gradient(name.removeprefix(GRADIENT), shift)
            case Name(name):
                return self.symbol(name, shift)
            case Apply("outside", (Name(name),)):
                return (
                    f"<mfrac><mrow><mo>∂</mo><msub><mi>ℓ</mi>{_time(shift)}</msub></mrow>"
                    f"<mrow><mo>∂</mo>{self.symbol(name, shift)}</mrow></mfrac>"
                )
            case Apply("sum", (inner,)):
                return f"<munder><mo>∑</mo><mi>t</mi></munder>{self.operand(inner, 2, shift)}"
            case Apply("total", (inner,)):
                return f"<munder><mo>∑</mo><mi>k</mi></munder>{self.operand(inner, 9, shift)}"
            case Apply("transpose", (inner,)):
                return f"<msup>{_row(self.operand(inner, 9, shift))}<mo>⊤</mo></msup>"
            case Apply("abs", (inner,)):
                return f"<mrow><mo>|</mo>{self.write(inner, shift)}<mo>|</mo></mrow>"
            case Apply("outer", (left, right)):
                turned = f"<msup>{_row(self.operand(right, 9, shift))}<mo>⊤</mo></msup>"
                return f"{self.operand(left, 2, shift)}<mo>\u2062</mo>{turned}"
            case Apply("neg", (inner,)):
                return f"{_MINUS}{self.operand(inner, 2, shift)}"
            case Apply(op, (left, right)) if OPS[op].form == "infix":
                sign = "·" if op == "mul" and self._plain(left, right) else _SIGNS[op]
                binding = OPS[op].binding
                # a product with a matrix is written without a sign, and read before any other
                before = self.operand(left, 9 if op == "matmul" and _is(left, "mul", "neg") else binding, shift)
                after = self.operand(right, 9 if _is(right, "neg") else binding + (op != "add"), shift)
                return f"{before}<mo>{sign}</mo>{after}"
            case Apply(op, args):
                return self.call(op, args, shift)

    def call(self, op: str, args: Sequence[Expr], shift: int) -> str:
        inside = "<mo>,</mo>".join(self.write(arg, shift) for arg in args)
        return f"<mi>{_FUNCTIONS.get(op, op)}</mi><mo>\u2061</mo><mrow><mo>(</mo>{inside}<mo>)</mo></mrow>"

    def operand(self, expr: Expr, binding: int, shift: int) -> str:
        text = self.write(expr, shift)
        if not isinstance(expr, Apply):
            return text
        row = OPS[expr.op]
        loose = row.form in ("infix", "prefix") and (
            row.binding < binding or (expr.op in ("neg", "mul", "matmul") and binding > 3)
        )
        return f"<mrow><mo>(</mo>{text}<mo>)</mo></mrow>" if loose else text

    def _plain(self, *factors: Expr) -> bool:
        """Whether a product is with a mere number."""
        return any(
            all(
                node.id in self.program.constants if isinstance(node, Name) else not is_pattern(node)
                for node in walk(factor)
            )
            for factor in factors
        )

    def gradient(self, name: str, shift: int | None) -> str:
        symbol = self.symbol(name, shift)
        return (
            f'<mrow data-name="{GRADIENT}{escape(name)}"><mfrac><mrow><mo>∂</mo><mi>L</mi></mrow>'
            f"<mrow><mo>∂</mo>{symbol}</mrow></mfrac></mrow>"
        )

    def symbol(self, name: str, shift: int | None) -> str:
        """A name: W_i with its subscript, h with the time, a derived value as what it is taken of."""
        attribute = f' data-name="{escape(name)}"'
        of = base(name)
        if of is not None:
            earlier = None if shift is None else shift - 1
            return _subscripted(of, _time(earlier if earlier is not None else -1), attribute)
        if ":" not in name:
            timed = shift is not None and name not in self.timeless
            return _subscripted(name, _time(shift or 0) if timed else "", attribute)
        if name.endswith(":in"):
            # what an activation is taken of: the activation's own letter with "in" above it
            of = name.removesuffix(":in")
            if ":" not in of:
                stem, below = _pieces(of)
                time = _time(shift) if shift is not None else ""
                return (
                    f"<msubsup{attribute}>{stem}{_join(below, time) or '<mrow></mrow>'}"
                    '<mi mathvariant="normal">in</mi></msubsup>'
                )
        return f"<mrow{attribute}>{self.write(self.inner[name], shift or 0)}</mrow>"


def _is(expr: Expr, *ops: str) -> bool:
    return isinstance(expr, Apply) and expr.op in ops


def _pieces(name: str) -> tuple[str, str]:
    stem, _, below = name.partition("_")
    written = f"<mi>{_GREEK.get(stem, escape(stem))}</mi>"
    return written, f"<mi>{_GREEK.get(below, escape(below))}</mi>" if below else ""


def _subscripted(name: str, time: str, attribute: str) -> str:
    stem, below = _pieces(name)
    together = _join(below, time)
    if not together:
        return stem.replace("<mi>", f"<mi{attribute}>", 1)
    return f"<msub{attribute}>{stem}{together}</msub>"


def _join(below: str, time: str) -> str:
    if below and time:
        return f"<mrow>{below}<mo>,</mo>{time}</mrow>"
    return below or time


def _time(shift: int) -> str:
    if not shift:
        return "<mi>t</mi>"
    sign = "+" if shift > 0 else "−"
    return f"<mrow><mi>t</mi><mo>{sign}</mo><mn>{abs(shift)}</mn></mrow>"


def _row(text: str) -> str:
    return f"<mrow>{text}</mrow>"


def _math(body: str) -> str:
    return f"<math><mrow>{body}</mrow></math>"
