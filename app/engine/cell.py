"""A cell: a named set of equations, checked, with everything derived from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite

from .adjoint import derive
from .evaluate import constant
from .expr import Apply, Equation, Expr, Name, Number, names, rebuild
from .listing import cell_text, listing, number
from .lower import Lowered, lower
from .ops import OPS
from .problems import CellError, Problem, problem
from .program import Parameter, Program, Range, Value
from .ranges import Ranges
from .rules import OUTPUTS, Draft, base, check
from .shapes import CODES, UNITS, Shape, Shapes, infer
from .syntax import MAX_PROBLEMS, Start, parse

INPUT = {"x": "inputs"}
#: sizes that every layer has; all others are arguments of the layer
LAYER_SIZES = ("inputs", UNITS)


@dataclass(frozen=True)
class Cell:
    """A cell that has passed every check. `program` holds all that follows from its text."""

    name: str
    program: Program

    @property
    def title(self) -> str:
        return self.program.title

    @property
    def text(self) -> str:
        """The cell's text, in its canonical form."""
        return self.program.text

    @property
    def parameters(self) -> dict[str, Shape]:
        """Each parameter's shape as names of sizes, for example ("units", "inputs")."""
        return {p.name: p.shape for p in self.program.parameters}

    @property
    def states(self) -> tuple[str, ...]:
        return self.program.states

    @property
    def output(self) -> str:
        """What leaves the cell: `h`, or `y` where there is no `h`."""
        return self.program.output

    @property
    def extra_sizes(self) -> tuple[str, ...]:
        """Sizes that a layer of this cell has to be given besides its units."""
        return tuple(size for size in self.program.sizes if size not in LAYER_SIZES)


def define(name: str, text: str) -> Cell:
    """The cell that a text describes.

    Raises CellError with every problem of the text, each with line, columns, code and hint.
    """
    return Cell(name, build(name, text, INPUT))


def define_readout(text: str, inputs: Mapping[str, str]) -> Cell:
    """A readout: equations that read the top layer's values, `inputs` naming each value's size."""
    used = {base(name) or name for equation in parse(text).equations for name in names(equation.expr)}
    read = {name: size for name, size in inputs.items() if name in used}
    return Cell("readout", build("readout", text, read, needs_output=False))


def build(name: str, text: str, inputs: Mapping[str, str], *, needs_output: bool = True) -> Program:
    """Parse, check everything, then derive."""
    statements = parse(text)
    draft = Draft(statements, inputs, needs_output)
    problems = statements.problems + check(draft)
    shapes, size_problems = infer(draft)
    problems += size_problems if not problems else [p for p in size_problems if p.code in CODES]
    constants = {} if problems else _constants(draft)
    problems += _too_large(draft, constants)
    problems += () if problems else _limits(draft, constants)
    if problems:
        raise CellError(sorted(problems, key=lambda p: (p.line or 0, p.start or 0))[:MAX_PROBLEMS], text)
    equations = tuple(draft.equations)
    lowered = lower(_settled(equations, constants), constants)
    inner = infer(draft, lowered)[0].of
    states = _states(draft)
    parameters = _parameters(draft, shapes, statements.starts)
    output = next((each for each in OUTPUTS if each in draft.targets), equations[-1].target)
    header = statements.header
    return Program(
        name=name,
        title=header[0] if header else name,
        source=" ".join(header[1:]),
        text=cell_text(header, equations, [(s.name, _start_text(s.value)) for s in statements.starts]),
        inputs=dict(inputs),
        states=states,
        output=output,
        sizes=shapes.sizes,
        constants=constants,
        parameters=parameters,
        values=_values(lowered, draft, inner, constants, states, output),
        fixed={e.target: inner[e.target] for e in lowered if _is_mask(e)},
        equations=equations,
        lowered=tuple(lowered),
        adjoint=tuple(derive(lowered, states, list(inputs), [p.name for p in parameters])),
    )


def _states(draft: Draft) -> tuple[str, ...]:
    read_earlier = {base(name) for equation in draft.equations for name in names(equation.expr)}
    return tuple(e.target for e in draft.equations if e.target in read_earlier)


def _constants(draft: Draft) -> dict[str, float]:
    found: dict[str, float] = {}
    for equation in draft.equations:
        if equation.target in draft.constants:
            found[equation.target] = constant(equation.expr, found)
    return found


def _too_large(draft: Draft, constants: Mapping[str, float]) -> Iterator[Problem]:
    for name, value in constants.items():
        if not isfinite(value):
            yield problem(
                "number-too-large", f"'{name}' is more than a double can hold", draft.targets[name].span,
                "use numbers whose result is below 1.7e308", text=name,
            )  # fmt: skip


def _limits(draft: Draft, constants: Mapping[str, float]) -> Iterator[Problem]:
    """h = clip(x, 1, -1)"""
    for _, nodes in draft.nodes:
        for node in nodes:
            if isinstance(node, Apply) and OPS[node.op].limits:
                low, high = (number(constant(limit, constants)) for limit in node.args[-OPS[node.op].limits :])
                if not float(low) < float(high):
                    yield problem(
                        "bad-limits", f"'{listing(node)}' leaves nothing: {low} is not below {high}", node.span,
                        f"the smaller number stands first, as in {node.op}(v, -1, 1)",
                        name=node.op, text=listing(node), low=low, high=high,
                    )  # fmt: skip


def _settled(equations: Sequence[Equation], constants: Mapping[str, float]) -> list[Equation]:
    """The equations with every limit worked out."""

    def settle(node: Expr) -> Expr:
        if not isinstance(node, Apply) or not OPS[node.op].limits:
            return node
        first = len(node.args) - OPS[node.op].limits
        limits = (Number(constant(limit, constants)) for limit in node.args[first:])
        return Apply(node.op, (*node.args[:first], *limits), node.span)

    return [replace(equation, expr=rebuild(equation.expr, settle)) for equation in equations]


def _parameters(draft: Draft, shapes: Shapes, starts: list[Start]) -> tuple[Parameter, ...]:
    start = {each.name: each.value for each in starts}
    recurrent = _recurrent(draft)
    used_by: dict[str, list[str]] = {name: [] for name in draft.parameters}
    for equation in draft.equations:
        for name in names(equation.expr):
            if name in used_by:
                used_by[name].append(equation.target)
    found = []
    for name, targets in used_by.items():
        shape = shapes.of[name]
        square = len(shape) == 2 and shape[0] == shape[1]
        found.append(Parameter(name, shape, start.get(name), tuple(targets), square and name in recurrent))
    return tuple(found)


def _recurrent(draft: Draft) -> set[str]:
    """What stands in a matrix that something of one step earlier goes through."""
    found: set[str] = set()

    def reads_earlier(expr: Expr) -> bool:
        match expr:
            case Name(id):
                return base(id) is not None
            case Apply(op, args):
                earlier = [reads_earlier(arg) for arg in args]
                if op == "matmul" and earlier[1]:
                    found.update(names(args[0]))
                return any(earlier)
        return False

    for equation in draft.equations:
        reads_earlier(equation.expr)
    return found


def _values(
    lowered: list[Lowered],
    draft: Draft,
    inner: Mapping[str, Shape],
    constants: Mapping[str, float],
    states: tuple[str, ...],
    output: str,
) -> tuple[Value, ...]:
    found = []
    ranges = Ranges(constants)
    for each in lowered:
        if _is_mask(each):
            continue
        written = each.target in draft.targets
        equation = draft.targets[each.of]
        span = ranges.add(each)
        role = _role(each.target, span, states, output) if written else "value"
        label = equation.label if written else ""
        size = inner[each.target][0]
        found.append(Value(each.target, size, label, role, not written, each.of, span))
    return tuple(found)


def _role(name: str, span: Range | None, states: tuple[str, ...], output: str) -> str:
    """What a value is to the reader: an LSTM's h leaves it and c is its state; an RNN's h is its state."""
    if name in states and (name != output or states == (name,)):
        return "state"
    if name == output:
        return "output"
    return "gate" if span is not None and span[0] == 0 and span[1] == 1 else "value"


def _is_mask(each: Lowered) -> bool:
    return isinstance(each.expr, Apply) and each.expr.op == "slower"


def _start_text(value: float | str) -> str:
    return value if isinstance(value, str) else number(value)
