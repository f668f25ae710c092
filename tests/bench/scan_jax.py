"""LSTM and GRU in JAX: a scan compiled by XLA that gives the same trace and the same gradients as the engine.

The gradient of every value comes from a probe, a zero that is added to it. What is known ahead of the loop is one
product before it, and weights get theirs as one product after it, since a scan would add them up step by step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from tests.bench.cases import GATES, Array, Case

jax.config.update("jax_enable_x64", True)

#: the values that are kept and differentiated, with how many sizes of the layer each is wide
VALUES = {
    "lstm": {"before": 4, "gates": 4, "c": 1, "h:tanh": 1, "h": 1},
    "gru": {"before": 2, "valves": 2, "back": 1, "n:in": 1, "n": 1, "h": 1},
}


def prepare(case: Case) -> tuple[Callable[[], Any], Callable[[Any], dict[str, Array]]]:
    """A function that runs forward and back, and one that reads its result by our names; compiled at the first call."""
    compiled = jax.jit(_lstm if case.kind == "lstm" else _gru)
    given = [jnp.asarray(array) for array in (case.x, case.stacked("W"), case.stacked("U"), case.stacked("b"))]
    if case.kind == "gru":
        given.append(jnp.asarray(case.parameters["d_n"]))
    outside = jnp.asarray(case.outside)

    def run() -> Any:
        return jax.block_until_ready(compiled(outside, *given))

    def read(result: Any) -> dict[str, Array]:
        values, gradients, parameters = result
        found: dict[str, Any] = {}
        for mark, group in (("", values), ("∂", gradients)):
            found |= {mark + name: jnp.asarray(array) for name, array in group.items()}
        for letter, total in zip("WUb", parameters, strict=False):
            parts = jnp.split(total, len(GATES[case.kind]))
            found |= {f"{letter}_{gate}": part for gate, part in zip(GATES[case.kind], parts, strict=True)}
        if case.kind == "gru":
            found["d_n"] = parameters[3]
        return {name: jax.device_get(array) for name, array in found.items()}

    return run, read


def _lstm(outside: Any, x: Any, W: Any, U: Any, b: Any) -> Any:
    units = U.shape[1]
    ahead = x @ W.T + b
    turned = U.T

    def step(state: Any, row: Any) -> Any:
        c, h = state
        now, probe = row
        before = now + h @ turned + probe["before"]
        gates = jnp.concatenate([jax.nn.sigmoid(before[: 3 * units]), jnp.tanh(before[3 * units :])]) + probe["gates"]
        i, f, o, g = jnp.split(gates, 4)
        c = f * c + i * g + probe["c"]
        squashed = jnp.tanh(c) + probe["h:tanh"]
        h = o * squashed + probe["h"]
        return (c, h), {"before": before, "gates": gates, "c": c, "h:tanh": squashed, "h": h}

    values, gradients = _differentiate(step, ahead, outside, (jnp.zeros(units, x.dtype),) * 2, VALUES["lstm"])
    into = gradients["before"]
    earlier = jnp.concatenate([jnp.zeros((1, units), x.dtype), values["h"][:-1]])
    return values, gradients, (into.T @ x, into.T @ earlier, into.sum(0))


def _gru(outside: Any, x: Any, W: Any, U: Any, b: Any, d: Any) -> Any:
    units = U.shape[1]
    ahead = x @ W.T + b
    turned = U.T

    def step(state: Any, row: Any) -> Any:
        (h,) = state
        now, probe = row
        back = h @ turned
        before = now[: 2 * units] + back[: 2 * units] + probe["before"]
        valves = jax.nn.sigmoid(before) + probe["valves"]
        r, z = jnp.split(valves, 2)
        inner = back[2 * units :] + d + probe["back"]
        n_in = now[2 * units :] + r * inner + probe["n:in"]
        n = jnp.tanh(n_in) + probe["n"]
        h = (1 - z) * n + z * h + probe["h"]
        return (h,), {"before": before, "valves": valves, "back": inner, "n:in": n_in, "n": n, "h": h}

    values, gradients = _differentiate(step, ahead, outside, (jnp.zeros(units, x.dtype),), VALUES["gru"])
    into = jnp.concatenate([gradients["before"], gradients["n:in"]], axis=1)
    back = jnp.concatenate([gradients["before"], gradients["back"]], axis=1)
    earlier = jnp.concatenate([jnp.zeros((1, units), x.dtype), values["h"][:-1]])
    return values, gradients, (into.T @ x, back.T @ earlier, into.sum(0), gradients["back"].sum(0))


def _differentiate(step: Any, ahead: Any, outside: Any, start: Any, values: dict[str, int]) -> Any:
    """Values at all steps, and the gradient of each."""
    shape = outside.shape

    def scan(probes: Any) -> Any:
        return jax.lax.scan(step, start, (ahead, probes))[1]

    zeros = {name: jnp.zeros((*shape[:-1], wide * shape[-1]), ahead.dtype) for name, wide in values.items()}
    found, back = jax.vjp(scan, zeros)
    arriving = {name: jnp.zeros_like(array) for name, array in found.items()} | {"h": outside}
    return found, back(arriving)[0]
