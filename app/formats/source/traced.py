"""A program for a library that differentiates by itself: the equations as written, and what each step hands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.engine import Apply, Expr, Name, Program

from .expr import Writer
from .names import Scope
from .sheet import PREVIOUS, START, folded, labels, pattern_sizes, patterns
from .text import aligned, number


@dataclass
class Traced:
    """One program in PyTorch or Keras. `taken` are names that the source uses, `attributes` those that a class has."""

    program: Program
    to: str
    taken: frozenset[str]
    attributes: frozenset[str]
    helpers: dict[str, str]
    learned: tuple[str, ...] = ()

    @cached_property
    def scope(self) -> Scope:
        program = self.program
        scope = Scope(self.taken)
        earlier = [state + PREVIOUS for state in program.states]
        symbols = [*program.inputs, *program.constants, *program.value, *program.fixed, *earlier]
        for symbol in symbols:
            scope.add(symbol)
        return scope

    @cached_property
    def members(self) -> Scope:
        """What the parameters are called as members of the class."""
        scope = Scope(self.attributes)
        for name in (*self.program.parameter, *(state + START for state in self.learned)):
            scope.add(name)
        return scope

    def name(self, symbol: str) -> str:
        """How a symbol is written in the step's code."""
        return f"self.{self.members[symbol]}" if symbol in self.members else self.scope[symbol]

    @cached_property
    def inside(self) -> dict[str, Expr]:
        """Derived values that are read once: they are written out where they are read."""
        reads: dict[str, int] = {}
        for each in self.program.lowered:
            for name in _names(each.expr):
                reads[name] = reads.get(name, 0) + 1
        return {
            each.target: each.expr
            for each in self.program.lowered
            if each.target in self.program.value
            and self.program.value[each.target].derived
            and each.target not in patterns(self.program)
            and reads.get(each.target) == 1
        }

    @cached_property
    def writer(self) -> Writer:
        return Writer(self.to, self.name, lambda expr: folded(self.program, expr), self.inside, self.helpers)

    @property
    def earlier(self) -> list[str]:
        return [state + PREVIOUS for state in self.program.states]

    @property
    def written(self) -> list[str]:
        """The lines of the text, constants left out."""
        return [value.name for value in self.program.values if not value.derived]

    @cached_property
    def varying(self) -> set[str]:
        """Values that depend on the input or on a state, and so are one for each sequence of a batch."""
        found = {*self.program.inputs, *self.earlier}
        for each in self.program.lowered:
            if found.intersection(_names(each.expr)):
                found.add(each.target)
        return found

    @cached_property
    def run_sizes(self) -> list[str]:
        """The sizes that are needed while it runs: of states, of clocks and masks, of values that are one for all."""
        program = self.program
        used = [program.value[state].size for state in program.states] + pattern_sizes(program)
        used += [program.value[name].size for name in self.written if name not in self.varying]
        return list(dict.fromkeys(used))

    def sizes(self, *more: str) -> list[str]:
        """All sizes that it is made with, and `more`."""
        used = {*self.run_sizes, *more, *(size for each in self.program.parameters for size in each.shape)}
        return sorted(used, key=lambda size: ("inputs", "units", *self.program.sizes).index(size))

    def constants(self) -> Iterator[str]:
        said = labels(self.program)
        lines = [(f"{self.scope[name]} = {number(value)}", said[name]) for name, value in self.program.constants.items()]
        yield from aligned(lines)

    def lines(self, depth: int, **places: str) -> list[str]:
        """The equations; `places` are for clocks: `now`, `like`, and `size` with a name of a size in it."""
        said, found = labels(self.program), []
        for each in self.program.lowered:
            if each.target in self.program.fixed or each.target in self.inside:
                continue
            match each.expr:
                case Apply("every") as clock:
                    size = places["size"].format(self.program.value[each.target].size)
                    code = f"{self.scope[each.target]} = {self.writer.pattern(clock, **{**places, 'size': size})}"
                case expr:
                    code = self.writer.assign(self.scope[each.target], expr, depth)
            found.append((code, said.get(each.target, "")))
        return aligned(found)

    def masks(self, like: str, size: str) -> Iterator[str]:
        for name, expr in patterns(self.program).items():
            if name in self.program.fixed:
                of = size.format(self.program.fixed[name][0])
                yield f"{self.scope[name]} = {self.writer.pattern(expr, like=like, size=of)}"


def _names(expr: Expr) -> Iterator[str]:
    match expr:
        case Name(id):
            yield id
        case Apply(_, args):
            for arg in args:
                yield from _names(arg)
