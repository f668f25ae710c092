"""A program: everything derived from a cell's text, as plain data in one versioned JSON form.

The evaluators, the wire, the diagram and the formulas read this and nothing else, so a second evaluator
(in a page without a server, say) needs no cell written twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from .adjoint import Adjoint, Term
from .expr import Equation, Span, from_data, to_data
from .lower import Lowered
from .shapes import Shape

VERSION = 1
Range = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A symbol that is learned: its shape as names of sizes, how it starts, the equations that read it.

    `recurrent` tells a square matrix that a state one step earlier goes through.
    """

    name: str
    shape: Shape
    start: float | str | None
    used_by: tuple[str, ...]
    recurrent: bool


@dataclass(frozen=True, slots=True)
class Value:
    """A named vector that is computed at each step; `of` is the written equation that it belongs to."""

    name: str
    size: str
    label: str
    role: str
    derived: bool
    of: str
    range: Range | None


@dataclass(frozen=True)
class Program:
    """One cell, or one readout, ready to run, to differentiate, to draw and to typeset."""

    name: str
    title: str
    source: str
    text: str
    inputs: Mapping[str, str]
    states: tuple[str, ...]
    output: str
    sizes: tuple[str, ...]
    constants: Mapping[str, float]
    parameters: tuple[Parameter, ...]
    values: tuple[Value, ...]
    #: matrices that never change: masks
    fixed: Mapping[str, Shape]
    equations: tuple[Equation, ...]
    lowered: tuple[Lowered, ...]
    adjoint: tuple[Adjoint, ...]
    version: int = field(default=VERSION)

    @cached_property
    def value(self) -> dict[str, Value]:
        """Values by name."""
        return {value.name: value for value in self.values}

    @cached_property
    def parameter(self) -> dict[str, Parameter]:
        """Parameters by name."""
        return {parameter.name: parameter for parameter in self.parameters}

    def to_data(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "version": self.version,
            "name": self.name,
            "title": self.title,
            "source": self.source,
            "text": self.text,
            "inputs": [{"name": name, "size": size} for name, size in self.inputs.items()],
            "states": list(self.states),
            "output": self.output,
            "sizes": list(self.sizes),
            "constants": dict(self.constants),
            "parameters": [
                {
                    "name": p.name,
                    "shape": list(p.shape),
                    "start": p.start,
                    "used_by": list(p.used_by),
                    "recurrent": p.recurrent,
                }
                for p in self.parameters
            ],
            "values": [
                {
                    "name": v.name,
                    "size": v.size,
                    "label": v.label,
                    "role": v.role,
                    "derived": v.derived,
                    "of": v.of,
                    "range": list(v.range) if v.range else None,
                }
                for v in self.values
            ],
            "fixed": {name: list(shape) for name, shape in self.fixed.items()},
            "equations": [
                {"target": e.target, "expr": to_data(e.expr), "label": e.label, "size": e.size,
                 "line": e.span.line if e.span else None}
                for e in self.equations
            ],
            "lowered": [
                {"target": e.target, "expr": to_data(e.expr), "of": e.of} for e in self.lowered
            ],
            "adjoint": [
                {
                    "target": a.target,
                    "symbol": a.symbol,
                    "terms": [
                        {"expr": to_data(t.expr), "via": t.via, "when": t.when} for t in a.terms
                    ],
                }
                for a in self.adjoint
            ],
        }  # fmt: skip

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Program:
        """The program behind a JSON form.

        Raises ValueError when the version is another one.
        """
        if data["version"] != VERSION:
            raise ValueError(f"program of version {data['version']}, version {VERSION} is known")
        return cls(
            name=data["name"],
            title=data["title"],
            source=data["source"],
            text=data["text"],
            inputs={each["name"]: each["size"] for each in data["inputs"]},
            states=tuple(data["states"]),
            output=data["output"],
            sizes=tuple(data["sizes"]),
            constants=dict(data["constants"]),
            parameters=tuple(
                Parameter(p["name"], tuple(p["shape"]), p["start"], tuple(p["used_by"]),
                          p["recurrent"])
                for p in data["parameters"]
            ),
            values=tuple(
                Value(v["name"], v["size"], v["label"], v["role"], v["derived"], v["of"],
                      cast(Range, tuple(v["range"])) if v["range"] else None)
                for v in data["values"]
            ),
            fixed={name: tuple(shape) for name, shape in data["fixed"].items()},
            equations=tuple(
                Equation(e["target"], from_data(e["expr"]), e["label"], e["size"],
                         Span(e["line"], 0, 0) if e["line"] else None)
                for e in data["equations"]
            ),
            lowered=tuple(
                Lowered(e["target"], from_data(e["expr"]), e["of"]) for e in data["lowered"]
            ),
            adjoint=tuple(
                Adjoint(
                    a["symbol"],
                    tuple(Term(from_data(t["expr"]), t["via"], t["when"]) for t in a["terms"]),
                )
                for a in data["adjoint"]
            ),
        )  # fmt: skip
