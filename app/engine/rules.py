"""What the lines of a cell must obey together. One generator per rule; each yields every breach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from .expr import Apply, Equation, Expr, Name, names, walk
from .listing import listing
from .ops import FUNCTIONS, OPS, is_pattern
from .problems import Problem, listed, problem, suggestion
from .syntax import Start, Statements

PREVIOUS = "_prev"
#: what may leave a cell, in order of preference
OUTPUTS = ("h", "y")


def base(name: str) -> str | None:
    """`c` for `c_prev`, None for a name that does not reach back in time."""
    return name.removesuffix(PREVIOUS) if name.endswith(PREVIOUS) else None


@dataclass(frozen=True)
class Draft:
    """The statements of a cell together with what may be read from outside it."""

    statements: Statements
    inputs: Mapping[str, str]
    needs_output: bool = True

    @cached_property
    def targets(self) -> dict[str, Equation]:
        return {equation.target: equation for equation in reversed(self.equations)}

    @property
    def equations(self) -> list[Equation]:
        return self.statements.equations

    @cached_property
    def nodes(self) -> list[tuple[Equation, list[Expr]]]:
        """Each equation with every node of its right side, parents before children."""
        return [(equation, list(walk(equation.expr))) for equation in self.equations]

    @cached_property
    def uses(self) -> list[Name]:
        """Every place where a name is read, in the order of the text."""
        return [node for _, nodes in self.nodes for node in nodes if isinstance(node, Name)]

    @cached_property
    def constants(self) -> set[str]:
        """Targets that nothing but numbers and earlier constants are given to, in whatever line."""
        varying = set(self.inputs)
        for equation, nodes in self.nodes:
            for node in nodes:
                given = isinstance(node, Name) and (node.id in varying or node.id not in self.targets)
                if given or is_pattern(node):
                    varying.add(equation.target)
                    break
        found: set[str] = set()
        for equation, nodes in self.nodes:
            if equation.target not in varying and all(n.id in found for n in nodes if isinstance(n, Name)):
                found.add(equation.target)
        return found

    @cached_property
    def parameters(self) -> list[str]:
        """Every name that no line defines, in order of first appearance."""
        return [
            name
            for name in dict.fromkeys(node.id for node in self.uses)
            if name not in self.targets and name not in self.inputs and base(name) is None
        ]


Rule = Callable[[Draft], Iterator[Problem]]


def duplicate(draft: Draft) -> Iterator[Problem]:
    """h = x  /  h = tanh(x)"""
    seen: dict[str, Equation] = {}
    for equation in draft.equations:
        first = seen.setdefault(equation.target, equation)
        if first is not equation:
            line = first.span.line if first.span else 0
            yield problem(
                "duplicate", f"'{equation.target}' is defined twice, first in line {line}",
                equation.span, "give one of the two another name", name=equation.target, first=line,
            )  # fmt: skip


def reserved(draft: Draft) -> Iterator[Problem]:
    """x = 1  /  c_prev = 0  /  tanh = x"""
    for equation in draft.equations:
        name = equation.target
        if name in draft.inputs:
            yield problem(
                "reserved", f"'{name}' comes from outside and cannot be defined", equation.span,
                "choose another name", name=name,
            )  # fmt: skip
        elif base(name) is not None:
            yield problem(
                "reserved", f"'{name}' is the value of '{base(name)}' one step earlier",
                equation.span, f"define '{base(name)}' instead", name=name,
            )  # fmt: skip
        elif name in FUNCTIONS:
            yield problem(
                "reserved", f"'{name}' is a function", equation.span, "choose another name",
                name=name,
            )  # fmt: skip


def function_without_argument(draft: Draft) -> Iterator[Problem]:
    """h = tanh * x"""
    for name in draft.uses:
        if name.id in FUNCTIONS and name.id not in draft.targets:
            yield problem(
                "function-as-name", f"'{name.id}' is a function and needs an argument", name.span,
                f"write {name.id}(...)", name=name.id,
            )  # fmt: skip


def order(draft: Draft) -> Iterator[Problem]:
    """h = o * c  /  o = sigmoid(x)"""
    defined: set[str] = set()
    later = draft.targets.keys() - draft.inputs.keys()
    for equation, nodes in draft.nodes:
        for node in nodes:
            if isinstance(node, Name) and node.id in later and node.id not in defined:
                own = node.id == equation.target
                said = "uses itself" if own else "is used before it is defined"
                yield problem(
                    "order", f"'{node.id}' {said}", node.span,
                    f"for its value one step earlier write '{node.id}{PREVIOUS}'", name=node.id,
                )  # fmt: skip
        defined.add(equation.target)


def previous(draft: Draft) -> Iterator[Problem]:
    """h = x_prev  /  h = q_prev"""
    for name in draft.uses:
        of = base(name.id)
        if of is None or name.id in draft.targets:
            continue
        if of in draft.inputs:
            keep = f"keep it yourself: k = {of}, then use k{PREVIOUS}"
            yield problem(
                "no-state", f"'{name.id}': an input has no earlier value here", name.span,
                keep if draft.needs_output else "keep states in the cell", name=name.id, base=of,
            )  # fmt: skip
        elif of in draft.constants:
            yield problem(
                "no-state", f"'{name.id}': '{of}' is a constant and has no earlier value",
                name.span, f"use '{of}'", name=name.id, base=of,
            )  # fmt: skip
        elif of not in draft.targets and of not in draft.statements.broken:
            near = suggestion(of, draft.targets)
            hint = f"did you mean '{near}{PREVIOUS}'?" if near else f"add a line: {of} = ..."
            if base(of) is not None:
                near, hint = "", f"one step back is as far as it goes; keep it yourself: k = {of}, then use k{PREVIOUS}"
            yield problem(
                "no-state", f"'{name.id}' needs a line that defines '{of}'", name.span, hint,
                name=name.id, base=of, suggestion=near,
            )  # fmt: skip


def limits(draft: Draft) -> Iterator[Problem]:
    """h = clip(x, 0, b)"""
    unknown = draft.statements.broken
    for _, nodes in draft.nodes:
        for node in nodes:
            if not isinstance(node, Apply) or not OPS[node.op].limits:
                continue
            for limit in node.args[-OPS[node.op].limits :]:
                given = set(names(limit))
                plain = all(OPS[part.op].form in ("infix", "prefix") for part in walk(limit) if isinstance(part, Apply))
                if not (plain and given <= draft.constants) and "" not in unknown and not given & unknown:
                    yield problem(
                        "bad-limits", f"'{listing(limit)}' cannot be a limit of '{node.op}'", limit.span,
                        f"limits are numbers and constants, as in {node.op}(v, -1, 1)",
                        name=node.op, text=listing(limit),
                    )  # fmt: skip


def output(draft: Draft) -> Iterator[Problem]:
    """c = x (and neither h nor y)"""
    if draft.statements.broken:
        return
    if not draft.equations:
        yield problem("empty", "there is no equation", None, "write a line such as h = tanh(W @ x + b)")
        return
    last = None if draft.needs_output else draft.equations[-1].target
    leaving = next((name for name in OUTPUTS if name in draft.targets), last)
    if leaving is None:
        yield problem(
            "no-output", "no line defines 'h' or 'y', so nothing leaves the cell", None,
            "name what leaves the cell h",
        )  # fmt: skip
    elif leaving in draft.constants:
        yield problem(
            "constant-output", f"'{leaving}' is always the same number", draft.targets[leaving].span,
            "let it read x or a state", name=leaving,
        )  # fmt: skip


def starts(draft: Draft) -> Iterator[Problem]:
    """start f = 1 (where f is computed)  /  start q = 1 (where no q is)"""
    seen: dict[str, int] = {}
    for start in draft.statements.starts:
        first = seen.setdefault(start.name, start.span.line)
        if start.name not in draft.parameters and not draft.statements.broken:
            yield _bad_start(draft, start)
        elif first != start.span.line:
            yield problem(
                "duplicate", f"'{start.name}' has two starting values, the first in line {first}", start.span,
                "keep one of them", name=start.name, first=first,
            )  # fmt: skip


def _bad_start(draft: Draft, start: Start) -> Problem:
    near = suggestion(start.name, draft.parameters)
    known = listed(draft.parameters) or "none"
    return problem(
        "unknown-parameter", f"'{start.name}' is not a parameter of this cell", start.span,
        f"did you mean '{near}'?" if near else f"its parameters are {known}",
        name=start.name, suggestion=near,
    )  # fmt: skip


RULES: tuple[Rule, ...] = (
    duplicate, reserved, function_without_argument, order, previous, limits, output, starts,
)  # fmt: skip


def check(draft: Draft) -> list[Problem]:
    """Every breach of every rule, in the order of the lines."""
    found = [each for rule in RULES for each in rule(draft)]
    return sorted(found, key=lambda each: (each.line or 0, each.start or 0))
