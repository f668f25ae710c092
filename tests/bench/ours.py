"""The engine, from the outside: a network that is run and differentiated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine import Layer, Network
from tests.bench.cases import Array, Case, cell


def prepare(case: Case) -> tuple[Callable[[], Any], Callable[[Any], dict[str, Array]]]:
    """A function that runs forward and back, and one that reads its result."""
    network = Network([Layer(cell(case.kind), units=case.units)], inputs=case.x.shape[-1])

    def run() -> Any:
        trace = network.run(case.parameters, case.x, dtype=case.dtype)
        gradient = trace.gradient({"h": case.outside})
        for name in case.parameters:
            gradient.parameters[name]
        return trace, gradient

    def read(result: Any) -> dict[str, Array]:
        trace, gradient = result
        names = [network.short(full) for full in trace.values]
        found = {name: trace[name] for name in names}
        found |= {f"∂{name}": gradient[name] for name in names}
        found |= {name: gradient.parameters[name] for name in case.parameters}
        return found

    return run, read
