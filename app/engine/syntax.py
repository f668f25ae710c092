"""A cell's text to statements, line by line: equations, start lines and header comments."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, field

from .arithmetic import Place, read_expression
from .expr import Equation, Span
from .listing import number as shortest
from .problems import Problem, problem, split_lines, suggestion

MAX_LINES = 200
MAX_LINE_LENGTH = 400
MAX_PROBLEMS = 100
#: how a parameter may start, besides a number
STARTS = ("identity", "orthogonal", "glorot", "zeros", "normal(0.01)")

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_FIRST = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TARGET = re.compile(r"(?P<name>[^\[\]]*?)\s*(?:\[(?P<size>[^\[\]]*)\])?\s*\Z")
_START = re.compile(r"\s*start\s+(?P<name>[A-Za-z]\w*)\s*=(?P<value>.*)\Z", re.ASCII)
_NORMAL = re.compile(r"normal\s*(?:\((?P<spread>.*)\))?\Z")
#: the broad signs of Chinese and Japanese input methods, each by the one that it stands for
_BROAD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x3002: "."}
_WORDS = re.compile("[:#]")


@dataclass(frozen=True, slots=True)
class Start:
    """`start name = value`: how a parameter begins, a number or one of STARTS (`normal` with any spread)."""

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
    #: what lines that could not be read may have defined, '' for who knows what: no further problem is made of that
    broken: set[str] = field(default_factory=set)

    def lose(self, left: str) -> None:
        """A line that begins with `left` could not be read."""
        first = _FIRST.search(left)
        self.broken.add(first[0] if first else "")


def parse(text: str) -> Statements:
    """Every line of a cell's text. Never raises: what is wrong stands in `problems`."""
    found = Statements()
    lines = split_lines(text)
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
        found.lose("")
        return found
    for number, line in enumerate(lines, start=1):
        _read_line(found, line, number)
    return found


def _narrow(line: str) -> str:
    """The line with narrow signs, in as many characters; a label or a comment is left as it was written."""
    narrow = line.translate(_BROAD)
    words = _WORDS.search(narrow)
    return narrow if words is None else narrow[: words.end()] + line[words.end() :]


def _read_line(found: Statements, line: str, number: int) -> None:
    line = _narrow(line)
    code, hash_sign, comment = line.partition("#")
    if not code.strip():
        if hash_sign and not found.equations and not found.starts:
            found.header.append(comment.strip())
        return
    if len(code) > MAX_LINE_LENGTH:
        found.lose(code.partition("=")[0])
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
    if not body.strip():
        body = code
    whole = Span(number, len(body) - len(body.lstrip()), len(body.rstrip()))
    if not equals:
        found.lose(body)
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
    expr = read_expression(right, Place(number, len(left) + 1), problems)
    found.problems += problems
    if problems:
        found.lose(left)
    elif target and expr:
        name, size = target
        found.equations.append(Equation(name, expr, " ".join(label.split()), size, whole))


def _read_target(left: str, number: int, problems: list[Problem]) -> tuple[str, str | None] | None:
    text, indent = left.strip(), len(left) - len(left.lstrip())
    match = _TARGET.match(text)
    span = Span(number, indent, indent + max(1, len(text)))
    name, size = (match["name"], match["size"]) if match else (text, None)
    for word in (name, size):
        if word is None:
            continue
        if not match or not _NAME.match(word) or keyword.iskeyword(word):
            problems.append(
                problem(
                    "bad-name",
                    f"'{text}' cannot stand left of '='" if text else "nothing stands left of '='",
                    span,
                    "use a name of letters a-z, digits and _, such as h or y[outputs]",
                    text=text,
                )
            )
            return None
    return name, size


def _read_start(found: Statements, match: re.Match[str], line: int) -> None:
    text = match["value"].strip()
    span = Span(line, match.start("name"), match.end("value"))
    value = _start_value(text)
    if value is not None:
        found.starts.append(Start(match["name"], value, span))
        return
    near = suggestion(text, STARTS)
    hint = f"did you mean '{near}'?" if near else f"use a number or one of {', '.join(STARTS)}"
    if _NORMAL.match(text):
        near, hint = "", "write normal(0.01): in parentheses stands the standard deviation, a number above 0"
    found.problems.append(
        problem(
            "bad-start",
            f"'{text}' is not a starting value",
            span,
            hint,
            value=text,
            suggestion=near,
        )
    )


def _start_value(text: str) -> float | str | None:
    """A finite number, or a word in its canonical form; None for anything else."""
    drawn = _NORMAL.match(text)
    if drawn:
        spread = _finite(drawn["spread"] or "")
        return f"normal({shortest(spread)})" if spread is not None and spread > 0 else None
    return text if text in STARTS else _finite(text)


def _finite(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None
