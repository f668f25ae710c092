"""An expression's text to its tree: Python's arithmetic read by Python's own parser, and nothing more of Python.

Nothing is evaluated. Every character, then every node of the tree, has to be on an allow-list.
"""

from __future__ import annotations

import ast
import keyword
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from .expr import Apply, Expr, Name, Number, Span
from .listing import listing
from .ops import FUNCTIONS, INFIX, OPS
from .problems import Problem, problem, suggestion

MAX_DEPTH = 40

_NUMBER = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_TOKEN = re.compile(
    rf"(?P<space>[ \t]+)|(?P<number>{_NUMBER})|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>[-+*@(),])|(?P<other>.)"
)

_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.MatMult: "matmul",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression begins in its line, to turn its columns into the line's."""

    line: int
    column: int

    def span(self, start: int, end: int) -> Span:
        return Span(self.line, self.column + start, self.column + end)


def read_expression(text: str, place: Place, problems: list[Problem]) -> Expr | None:
    """The tree of what stands right of '='; None, and `problems` longer, if it cannot be read."""
    if not text.strip():
        problems.append(
            problem(
                "syntax", "nothing stands right of '='", place.span(-1, 0),
                "write an expression such as f * c_prev", text="", rest="",
            )
        )  # fmt: skip
        return None
    indent = len(text) - len(text.lstrip())
    text, place = text.strip(), Place(place.line, place.column + indent)
    before = len(problems)
    problems += _check_tokens(text, place)
    if len(problems) > before:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        # where the text ends too early Python says 0
        column = min(error.offset - 1, len(text)) if error.offset else len(text)
        rest = text[column:]
        problems.append(
            problem(
                "syntax",
                f"cannot read '{text}' from '{rest}' on" if rest else f"'{text}' ends too early",
                place.span(column, max(column + 1, len(text))),
                "a sign or a name is missing here, or a parenthesis has no partner",
                text=text,
                rest=rest,
            )
        )
        return None
    expr = _Reader(text, place, problems).read(tree.body)
    return expr if len(problems) == before else None


def _check_tokens(text: str, place: Place) -> Iterator[Problem]:
    """Only known characters, no words of Python, no nesting that a recursive walk could not follow."""
    depth = deepest = 0
    chain = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        # a chain of signs nests as deeply as it is long, for the parser and for every walk after it
        chain = chain + 1 if token in ("+", "-", "*", "@") else chain
        depth += (token == "(") - (token == ")")
        deepest = max(deepest, depth)
        if match.lastgroup == "other":
            hint = {
                "/": "there is no division: multiply by a number such as 0.5",
                "^": "there are no powers: write the product",
                "=": "one '=' a line",
                "[": "a size is written left of '=': y[outputs] = ...",
            }.get(token, "use letters a-z, digits, _ and the signs + - * @ ( )")
            span = place.span(match.start(), match.end())
            yield problem("bad-character", f"'{token}' has no meaning here", span, hint, text=token)
        elif match.lastgroup == "name" and (keyword.iskeyword(token) or token.startswith("_")):
            yield problem(
                "bad-name", f"'{token}' cannot be a name", place.span(match.start(), match.end()),
                "use another name, of letters a-z, digits and _", text=token,
            )  # fmt: skip
    if max(deepest, chain) > MAX_DEPTH:
        yield problem(
            "too-deep", f"the expression nests {max(deepest, chain)} deep, {MAX_DEPTH} is allowed",
            place.span(0, len(text)), "give a part of it a line of its own",
            count=max(deepest, chain), limit=MAX_DEPTH,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reader:
    """Python's tree to ours, with a problem for every node that is not arithmetic."""

    text: str
    place: Place
    problems: list[Problem]

    def read(self, node: ast.expr) -> Expr:
        span = self.place.span(node.col_offset, node.end_col_offset or node.col_offset + 1)
        match node:
            case ast.Constant(value=int() | float() as value) if re.fullmatch(_NUMBER, self._source(node)):
                return self._number(value, node, span)
            case ast.Name(id=id):
                return Name(id, span)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Apply("neg", (self.read(operand),), span)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                expr = Apply(_OPERATORS[type(op)], (self.read(left), self.read(right)), span)
                self._refuse_mixed(node, expr)
                return expr
            case ast.Call(func=ast.Name(id=id), args=args, keywords=[]):
                return self._call(id, args, span)
        part = self._source(node)
        self.problems.append(
            problem(
                "not-arithmetic",
                f"'{part}' is not arithmetic that a cell can do",
                span,
                f"use names, numbers, {' '.join(INFIX)} and the functions {', '.join(FUNCTIONS)}",
                text=part,
            )
        )
        return Number(0.0, span)

    def _number(self, value: int | float, node: ast.expr, span: Span) -> Expr:
        try:
            result = float(value)
        except OverflowError:
            result = float("inf")
        if result == float("inf"):
            text = self._source(node)
            self.problems.append(
                problem(
                    "number-too-large",
                    f"'{text}' is more than a double can hold",
                    span,
                    "use a number below 1.7e308",
                    text=text,
                )
            )
            return Number(1.0, span)
        return Number(result, span)

    def _call(self, id: str, args: list[ast.expr], span: Span) -> Expr:
        read = tuple(self.read(arg) for arg in args)
        name_span = Span(span.line, span.start, span.start + len(id))
        row = OPS.get(id)
        if row is None or id not in FUNCTIONS:
            near = suggestion(id, FUNCTIONS)
            self.problems.append(
                problem(
                    "unknown-function",
                    f"unknown function '{id}'",
                    name_span,
                    f"did you mean '{near}'?" if near else f"known are {', '.join(FUNCTIONS)}",
                    name=id,
                    suggestion=near,
                )
            )
            return Number(0.0, span)
        if row.form == "pattern":
            self._check_periods(id, read, name_span)
        elif len(read) != row.arity:
            self.problems.append(
                problem(
                    "arity",
                    f"'{id}' takes {row.arity} argument{'s' if row.arity > 1 else ''}, here it has {len(read)}",
                    span,
                    f"write {id}(v, low, high)" if row.limits else f"write {id}(...) with one expression inside",
                    name=id,
                    expected=row.arity,
                    found=len(read),
                )
            )
            return Number(0.0, span)
        return Apply(id, read, span)

    def _check_periods(self, id: str, args: tuple[Expr, ...], span: Span) -> None:
        whole = all(isinstance(a, Number) and a.value == int(a.value) >= 1 for a in args)
        if not args or not whole:
            self.problems.append(
                problem(
                    "bad-periods",
                    f"'{id}' takes periods: whole numbers of at least 1",
                    span,
                    f"write for example {id}(1, 2, 4)",
                    name=id,
                )
            )

    def _refuse_mixed(self, node: ast.BinOp, expr: Apply) -> None:
        """`U @ r * h` parses as (U @ r) * h and would silently be another cell: ask which is meant."""
        # signs that bind alike are read from the left: only the left operand can hold the other one bare
        inner, right = expr.args
        bare = isinstance(node.left, ast.BinOp) and not self._in_parentheses(node.left)
        if not bare or not isinstance(inner, Apply) or {inner.op, expr.op} != {"mul", "matmul"}:
            return
        a, b = inner.args
        first, second = listing(expr), listing(Apply(inner.op, (a, Apply(expr.op, (b, right)))))
        text = self._source(node)
        self.problems.append(
            problem(
                "mixed-products",
                f"'{text}' can be read in two ways",
                expr.span,
                f"write {first} or {second}",
                text=text,
                first=first,
                second=second,
            )
        )

    def _source(self, node: ast.expr) -> str:
        return self.text[node.col_offset : node.end_col_offset]

    def _in_parentheses(self, node: ast.expr) -> bool:
        before = self.text[: node.col_offset].rstrip()
        after = self.text[node.end_col_offset or 0 :].lstrip()
        return before.endswith("(") and after.startswith(")")
