"""One program as two functions of NumPy: what it computes over a sequence, and how the gradients come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.engine import Apply, Expr, Name, Program

from .expr import Writer
from .functions import FUNCTIONS
from .names import Scope, gradient_prefix
from .sheet import PREVIOUS, folded, has_clock, labels, pattern_sizes, patterns, size_of
from .text import INDENT, WIDTH, aligned, assigned, block, enclosed, header, number, quoted

#: names that the functions use themselves
TAKEN = {
    "np", "t", "start", "steps", "values", "outside", "given", "parameters", "gradients", "of_parameters", "of_start",
    *(name for name, row in FUNCTIONS.items() if "numpy" in row.helper),
}  # fmt: skip
GRADIENT = "∂"


@dataclass
class CellSource:
    """Writes the functions `name` and `name_backward`. `any_value`: the loss may read derived values too."""

    program: Program
    name: str
    helpers: dict[str, str]
    any_value: bool = False

    @cached_property
    def scope(self) -> Scope:
        program = self.program
        scope = Scope(TAKEN | {self.name, f"{self.name}_backward"})
        earlier = [state + PREVIOUS for state in program.states]
        written = [equation.target for equation in program.equations]
        symbols = [*program.inputs, *program.parameter, *program.constants, *written, *earlier]
        for symbol in (*symbols, *program.value, *program.fixed):
            scope.add(symbol)
        prefix = gradient_prefix(symbols)
        for adjoint in program.adjoint:
            scope.add(GRADIENT + adjoint.symbol, prefix + scope[adjoint.symbol])
        for name in program.inputs:
            scope.add(f"all {name}", f"{scope[name]}s")
        for size in pattern_sizes(program):
            scope.add(f"size {size}", size)
        return scope

    @cached_property
    def writer(self) -> Writer:
        return Writer("numpy", self.scope.__getitem__, lambda expr: folded(self.program, expr), {}, self.helpers)

    @property
    def arguments(self) -> list[str]:
        """What both functions take: parameters, sequences, and sizes of clocks and masks."""
        sizes = [self.scope[f"size {size}"] for size in pattern_sizes(self.program)]
        return ["parameters", *(self.scope[f"all {name}"] for name in self.program.inputs), *sizes]

    @property
    def states(self) -> list[str]:
        return [state + PREVIOUS for state in self.program.states]

    def comment(self) -> str:
        """The cell's text, above its functions."""
        return "\n".join(header(self.program.text))

    # forward

    def forward(self) -> str:
        sequences = ", ".join(self.scope[f"all {name}"] for name in self.program.inputs)
        start = ["start"] if self.states else []
        earlier = f' "{self.states[0]}" is {self.program.states[0]} before each step.' if self.states else ""
        text = [
            enclosed(f"def {self.name}(", [*self.arguments, *start], "):"),
            block([
                f'"""Every value at every step, by name, (T, size), from {sequences} (T, size).{earlier}"""',
                *self.still(),
                *self.masks(),
                *self.constants(),
                *(f'{self.scope[s]} = start["{s.removesuffix(PREVIOUS)}"]' for s in self.states),
                "steps = []",
                self.loop(),
                block(self.body()),
                "return {name: np.array([step[name] for step in steps]) for name in steps[0]}",
            ]),
        ]  # fmt: skip
        return "\n".join(text)

    def loop(self) -> str:
        singles = ", ".join(self.scope[name] for name in self.program.inputs)
        series = ", ".join(self.scope[f"all {name}"] for name in self.program.inputs)
        several = len(self.program.inputs) > 1
        series = f"zip({series})" if several else series
        if not has_clock(self.program):
            return f"for {singles} in {series}:"
        return f"for t, {f'({singles})' if several else singles} in enumerate({series}):"

    def body(self) -> Iterator[str]:
        said, lines = labels(self.program), []
        for each in self.program.lowered:
            if each.target in self.program.fixed:
                continue
            name = self.scope[each.target]
            match each.expr:
                case Apply("every") as clock:
                    size = self.scope[f"size {size_of(self.program, each.target)}"]
                    code = f"{name} = {self.writer.pattern(clock, now='t', size=size)}"
                case expr:
                    code = self.writer.assign(name, expr, 2)
            lines.append((code, said.get(each.target, "")))
        yield from aligned(lines)
        kept = [*self.states, *self.program.value]
        yield enclosed("steps.append({", [f"{quoted(name)}: {self.scope[name]}" for name in kept], "})", 2)
        if self.program.states:
            earlier, now = (", ".join(self.scope[s] for s in each) for each in (self.states, self.program.states))
            yield f"{earlier} = {now}"

    def groups(self) -> list[list[str]]:
        """Parameters by the first equation that reads them."""
        found: dict[str, list[str]] = {}
        for parameter in self.program.parameters:
            found.setdefault(parameter.used_by[0], []).append(parameter.name)
        return list(found.values())

    def still(self) -> Iterator[str]:
        """What never changes, as local names."""
        for group in self.groups():
            yield assigned([self.scope[name] for name in group], [f"parameters[{quoted(name)}]" for name in group], 1)

    def zeros(self) -> Iterator[str]:
        """The gradients of the parameters, to which every step adds."""
        for group in self.groups():
            names = [self.scope[name] for name in group]
            totals = ", ".join(self.scope[GRADIENT + name] for name in group)
            if len(group) == 1:
                yield f"{totals} = np.zeros(np.shape({names[0]}))"
            else:
                yield enclosed(f"{totals} = (np.zeros(np.shape(each)) for each in (", names, "))", 1)

    def masks(self) -> Iterator[str]:
        for name, expr in patterns(self.program).items():
            if name in self.program.fixed:
                size = self.scope[f"size {self.program.fixed[name][0]}"]
                yield f"{self.scope[name]} = {self.writer.pattern(expr, size=size)}"

    def constants(self) -> Iterator[str]:
        said = labels(self.program)
        lines = [(f"{self.scope[name]} = {number(value)}", said[name]) for name, value in self.program.constants.items()]
        yield from aligned(lines)

    # backward

    def backward(self) -> str:
        program, scope = self.program, self.scope
        read = self.read_backward()
        lines = [
            '"""The gradients of a loss L: of every value at every step, of the parameters, of the starting states.',
            "",
            "outside: dL/dv of the values that the loss reads itself, by name, (T, size).",
            '"""',
            *self.still(),
            *self.masks(),
            *self.constants(),
            *self.zeros(),
            "given = {name: outside.get(name, np.zeros_like(series)) for name, series in values.items()}",
        ]
        if self.states:
            lines.append("# what the step after the last one sends back: nothing")
            lines += [f"{scope[GRADIENT + s]} = np.zeros_like(values[{quoted(s)}][0])" for s in self.states]
        sequences = [scope[f"all {name}"] for name in program.inputs]
        lines += [
            "steps = []",
            f"for t in reversed(range(len({sequences[0]}))):",
            block(self.body_backward(read)),
            "gradients = {name: np.array([step[name] for step in reversed(steps)]) for name in steps[0]}",
            self.gathered("of_parameters", {name: name for name in program.parameter}),
            self.gathered("of_start", {state: state + PREVIOUS for state in program.states}),
            "return gradients, of_parameters, of_start",
        ]
        begin = enclosed(f"def {self.name}_backward(", [*self.arguments, "values", "outside"], "):")
        return f"{begin}\n{block(lines)}"

    def gathered(self, table: str, symbols: dict[str, str]) -> str:
        entries = [f"{quoted(key)}: {self.scope[GRADIENT + symbol]}" for key, symbol in symbols.items()]
        return enclosed(f"{table} = {{", entries, "}", 1)

    def read_backward(self) -> set[str]:
        """The symbols whose numbers the backward pass reads."""
        found: set[str] = set()

        def visit(expr: Expr) -> None:
            match expr:
                case Name(id):
                    found.add(id)
                case Apply(op, args) if op not in ("outside", "next"):
                    for arg in args:
                        visit(arg)

        for adjoint in self.program.adjoint:
            for term in adjoint.terms:
                visit(term.expr)
            if not self.terms(adjoint.symbol):
                found.add(adjoint.symbol)
        return found

    def body_backward(self, read: set[str]) -> Iterator[str]:
        program, scope = self.program, self.scope
        inputs = [name for name in program.inputs if name in read]
        yield from (f"{scope[name]} = {scope[f'all {name}']}[t]" for name in inputs)
        needed = [name for name in (*self.states, *program.value) if name in read]
        yield from (f"{scope[name]} = values[{quoted(name)}][t]" for name in needed)
        said, lines = labels(program), []
        for adjoint in program.adjoint:
            sign = "+=" if adjoint.symbol in program.parameter else "="
            code = self.gradient(adjoint.symbol, sign)
            if code:
                lines.append((code, said.get(adjoint.symbol, "")))
        yield from aligned(lines)
        kept = [adjoint.symbol for adjoint in program.adjoint if adjoint.symbol not in program.parameter]
        entries = [f"{quoted(name)}: {scope[GRADIENT + name]}" for name in kept]
        yield enclosed("steps.append({", entries, "})", 2)

    def terms(self, symbol: str) -> list[tuple[str, str]]:
        """The terms of a gradient, each with what it comes through."""
        (adjoint,) = (each for each in self.program.adjoint if each.symbol == symbol)
        written = {equation.target for equation in self.program.equations}
        found = []
        for term in adjoint.terms:
            match term.when:
                case "outside" if self.any_value or symbol in written:
                    found.append((f"given[{quoted(symbol)}][t]", "from outside"))
                case "outside":
                    pass
                case "next":
                    found.append((self.writer.write(term.expr), "from the next step"))
                case _:
                    found.append((self.writer.write(term.expr), f"through {self.scope[term.via]}"))
        return found

    def gradient(self, symbol: str, sign: str) -> str:
        name, terms = self.scope[GRADIENT + symbol], self.terms(symbol)
        if not terms:
            return f"{name} = np.zeros_like({self.scope[symbol]})" if sign == "=" else ""
        line = f"{name} {sign} {joined([text for text, _ in terms])}"
        if len(line) + 2 * len(INDENT) <= WIDTH and len(terms) <= 3:
            return line
        rows = aligned([(text if not n else signed(text), said) for n, (text, said) in enumerate(terms)])
        return f"{name} {sign} (\n{block(rows)}\n)"


def signed(text: str) -> str:
    return f"- {text[1:]}" if text.startswith("-") else f"+ {text}"


def joined(terms: list[str]) -> str:
    return " ".join([terms[0], *(signed(term) for term in terms[1:])])
