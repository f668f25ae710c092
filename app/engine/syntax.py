"""Text to statements: Python's arithmetic read by Python's own parser, and nothing more of Python.

Nothing is evaluated. Every character, then every node of the tree, has to be on an allow-list.
"""

from __future__ import annotations

import ast
import keyword
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from .expr import Apply, Equation, Expr, Name, Number, Span
from .listing import listing
from .ops import FUNCTIONS, INFIX, OPS
from .problems import Problem, problem, suggestion

MAX_LINES = 200
MAX_LINE_LENGTH = 400
MAX_DEPTH = 40
MAX_PROBLEMS = 100
#: how a parameter may start, besides a number
STARTS = ("identity", "orthogonal", "glorot", "zeros")

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_TOKEN = re.compile(
    r"(?P<space>[ \t]+)|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>[-+*@(),])|(?P<other>.)"
)
_TARGET = re.compile(r"(?P<name>[^\[\]]*?)\s*(?:\[(?P<size>[^\[\]]*)\])?\s*\Z")
_START = re.compile(r"\s*start\s+(?P<name>[A-Za-z]\w*)\s*=(?P<value>.*)\Z", re.ASCII)
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.MatMult: "matmul",
}


@dataclass(frozen=True, slots=True)
class Start:
    """`start name = value`: how a parameter begins, a number or one of STARTS."""

    name: str
    value: float | str
    span: Span


@dataclass(slots=True)
class Statements:
    """What was read: header comments, equations, start lines, and everything that was wrong."""

    header: list[str] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    #: targets of lines that could not be read, so that no further problem is made of their absence
    broken: set[str] = field(default_factory=set)


def parse(text: str) -> Statements:
    """Every line of a cell's text. Never raises: what is wrong stands in `problems`."""
    found = Statements()
    lines = re.split(r"\r\n|\r|\n", text)
    if len(lines) > MAX_LINES:
        found.problems.append(
            problem(
                "too-long",
                f"the text has {len(lines)} lines, {MAX_LINES} are allowed",
                Span(MAX_LINES + 1, 0, 0),
                "a cell is a few equations: shorten it",
                count=len(lines),
                limit=MAX_LINES,
            )
        )
        return found
    for number, line in enumerate(lines, start=1):
        _read_line(found, line, number)
    del found.problems[MAX_PROBLEMS:]
    return found


def _read_line(found: Statements, line: str, number: int) -> None:
    code, hash_sign, comment = line.partition("#")
    if not code.strip():
        if hash_sign and not found.equations and not found.starts:
            found.header.append(comment.strip())
        return
    if len(code) > MAX_LINE_LENGTH:
        found.problems.append(
            problem(
                "too-long",
                f"the line has {len(code)} characters, {MAX_LINE_LENGTH} are allowed",
                Span(number, MAX_LINE_LENGTH, len(code)),
                "split the equation into two",
                count=len(code),
                limit=MAX_LINE_LENGTH,
            )
        )
        return
    body, _, label = code.partition(":")
    start = _START.match(body)
    if start:
        _read_start(found, start, number)
        return
    left, equals, right = body.partition("=")
    whole = Span(number, len(body) - len(body.lstrip()), len(body.rstrip()))
    if not equals:
        found.broken.update(body.split()[:1])
        found.problems.append(
            problem(
                "no-equals",
                f"'{body.strip()}' has no '='",
                whole,
                "write a line as: name = expression : label",
                text=body.strip(),
            )
        )
        return
    problems: list[Problem] = []
    target = _read_target(left, number, problems)
    expr = _read_expression(right, Place(number, len(left) + 1), problems)
    found.problems += problems
    if problems:
        found.broken.add(target[0] if target else left.strip())
    elif target and expr:
        name, size = target
        found.equations.append(Equation(name, expr, " ".join(label.split()), size, whole))


def _read_target(
    left: str, number: int, problems: list[Problem]
) -> tuple[str, str | None] | None:
    match = _TARGET.match(left.strip())
    span = Span(number, len(left) - len(left.lstrip()), max(1, len(left.rstrip())))
    name, size = (match["name"], match["size"]) if match else (left.strip(), None)
    for word in (name, size):
        if word is None:
            continue
        if not match or not _NAME.match(word) or keyword.iskeyword(word):
            problems.append(
                problem(
                    "bad-name",
                    f"'{left.strip()}' cannot stand left of '='",
                    span,
                    "use a name of letters a-z, digits and _, such as h or y[outputs]",
                    text=left.strip(),
                )
            )
            return None
    return name, size


def _read_start(found: Statements, match: re.Match[str], number: int) -> None:
    text = match["value"].strip()
    span = Span(number, match.start("name"), match.end("value"))
    try:
        value: float | str = float(text)
        finite = abs(float(text)) < float("inf")
    except ValueError:
        value, finite = text, text in STARTS
    if finite:
        found.starts.append(Start(match["name"], value, span))
        return
    near = suggestion(text, STARTS)
    found.problems.append(
        problem(
            "bad-start",
            f"'{text}' is not a starting value",
            span,
            f"did you mean '{near}'?" if near else f"use a number or one of {', '.join(STARTS)}",
            value=text,
            suggestion=near,
        )
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression begins in its line, to turn its columns into the line's."""

    line: int
    column: int

    def span(self, start: int, end: int) -> Span:
        return Span(self.line, self.column + start, self.column + end)


def _read_expression(text: str, place: Place, problems: list[Problem]) -> Expr | None:
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
        column = min(max((error.offset or 1) - 1, 0), len(text))
        rest = text[column:] or "the end"
        problems.append(
            problem(
                "syntax",
                f"cannot read '{text}' from '{rest}' on",
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
    if not text:
        yield problem(
            "syntax", "nothing stands right of '='", place.span(-1, 0),
            "write an expression such as f * c_prev", text="", rest="the end",
        )  # fmt: skip
    depth = deepest = 0
    chain = 0
    for match in _TOKEN.finditer(text):
        token, span = match.group(), place.span(match.start(), match.end())
        if match.lastgroup == "space":
            continue
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
            yield problem("bad-character", f"'{token}' has no meaning here", span, hint, text=token)
        elif match.lastgroup == "name" and (keyword.iskeyword(token) or token.startswith("_")):
            yield problem(
                "bad-name", f"'{token}' cannot be a name", span,
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
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return self._number(value, span)
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
            case ast.Call(func=ast.Name(id=id), args=args, keywords=[]) if args:
                return self._call(id, args, span)
        part = self.text[node.col_offset : node.end_col_offset]
        self.problems.append(
            problem(
                "not-arithmetic", f"'{part}' is not arithmetic that a cell can do", span,
                f"use names, numbers, {' '.join(INFIX)} and the functions {', '.join(FUNCTIONS)}",
                text=part,
            )  # fmt: skip
        )
        return Number(0.0, span)

    def _number(self, value: int | float, span: Span) -> Expr:
        try:
            result = float(value)
        except OverflowError:
            result = float("inf")
        if result == float("inf"):
            text = self.text[span.start - self.place.column : span.end - self.place.column]
            self.problems.append(
                problem(
                    "number-too-large", f"'{text}' is more than a double can hold", span,
                    "use a number below 1.7e308", text=text,
                )  # fmt: skip
            )
            return Number(0.0, span)
        return Number(result, span)

    def _call(self, id: str, args: list[ast.expr], span: Span) -> Expr:
        read = tuple(self.read(arg) for arg in args)
        name_span = Span(span.line, span.start, span.start + len(id))
        row = OPS.get(id)
        if row is None or id not in FUNCTIONS:
            near = suggestion(id, FUNCTIONS)
            self.problems.append(
                problem(
                    "unknown-function", f"unknown function '{id}'", name_span,
                    f"did you mean '{near}'?" if near else f"known are {', '.join(FUNCTIONS)}",
                    name=id, suggestion=near,
                )  # fmt: skip
            )
            return Number(0.0, span)
        if row.form == "pattern":
            self._check_periods(id, read, name_span)
        elif len(read) != row.arity:
            self.problems.append(
                problem(
                    "arity", f"'{id}' takes {row.arity} argument, here it has {len(read)}", span,
                    f"write {id}(...) with one expression inside",
                    name=id, expected=row.arity, found=len(read),
                )  # fmt: skip
            )
            return Number(0.0, span)
        return Apply(id, read, span)

    def _check_periods(self, id: str, args: tuple[Expr, ...], span: Span) -> None:
        whole = all(isinstance(a, Number) and a.value == int(a.value) >= 1 for a in args)
        if not whole:
            self.problems.append(
                problem(
                    "bad-periods", f"'{id}' takes periods: whole numbers of at least 1", span,
                    f"write for example {id}(1, 2, 4)", name=id,
                )  # fmt: skip
            )

    def _refuse_mixed(self, node: ast.BinOp, expr: Apply) -> None:
        """`U @ r * h` parses as (U @ r) * h and would silently be another cell: ask which is meant."""
        for side, inner in ((node.left, expr.args[0]), (node.right, expr.args[1])):
            if not isinstance(inner, Apply) or {inner.op, expr.op} != {"mul", "matmul"}:
                continue
            if self._in_parentheses(side):
                continue
            a, b = inner.args
            other = expr.args[1] if side is node.left else expr.args[0]
            regrouped = Apply(inner.op, (a, Apply(expr.op, (b, other))))
            first, second = listing(expr), listing(regrouped)
            self.problems.append(
                problem(
                    "mixed-products",
                    f"'{self._source(node)}' can be read in two ways",
                    expr.span,
                    f"write {first} or {second}",
                    text=self._source(node), first=first, second=second,
                )  # fmt: skip
            )

    def _source(self, node: ast.expr) -> str:
        return self.text[node.col_offset : node.end_col_offset]

    def _in_parentheses(self, node: ast.expr) -> bool:
        before = self.text[: node.col_offset].rstrip()
        after = self.text[node.end_col_offset or 0 :].lstrip()
        return before.endswith("(") and after.startswith(")")
